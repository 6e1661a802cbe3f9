"""Who may write a path and who must approve it: the whole table under each scheme, and what makes it differ."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import blessed
import pytest
from office import ROOT, Office

from pingshi.authority import TABLE, Access, access, terms_of_approval
from pingshi.layout import KINDS, Location, Misplaced
from pingshi.periods import Period
from pingshi.records import read_working_tree, take

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent / "golden" / "authority.txt"
SCHEMES = ("baishan-audit", "zhangdian-stats", "chaoyang-ecology", "qufu-approval", "city-drc")
PERIODS = {
    "unit": None,
    "year": Period("year", 2026),
    "cycle": Period("quarter", 2026, 1),
    "month": Period("month", 2026, 1),
}
#: Of each kind: somebody's own file, and that of everybody who may review or note.
NAMED = {"person": ("wang-fang",), "reviewer": ("he-jun", "liu-yang", "zhou-min"), "leader": ("liu-yang", "zhou-min")}
SPRING = date(2026, 4, 1)


def ask(office: Office, path: str, day: date = SPRING, author: str | None = None) -> Access:
    """Ask about a path under records/u/, or with a leading slash about any."""
    return access(office.snapshot().units, path[1:] if path.startswith("/") else f"records/u/{path}", day, author)


def approval(it: Access) -> tuple[str, tuple[str, ...], str, str | None]:
    """Return who approves, as what, in which manner, under which clause."""
    return it.approver, it.approvers, it.manner, it.clause


def line(it: Access) -> str:
    """Write an answer in one line."""
    manner = "签收" if it.manner == "receipt" else "审核"
    path = it.path.removeprefix("records/u/")
    writers, approvers = "、".join(it.writers), "、".join(it.approvers)
    return f"{path}：{it.writer}（{writers}）填写，{it.approver}（{approvers}）{manner}，依据 {it.clause or '—'}\n"


def table() -> Iterator[str]:
    """Yield every kind under every scheme."""
    for scheme in SCHEMES:
        yield f"{scheme}\n"
        office = Office(scheme).write("people/he-jun.yml", HEAD)
        for kind in KINDS:
            for scope in kind.scopes:
                for person in NAMED[kind.person] if kind.person else (None,):
                    yield "  " + line(ask(office, "/" + Location("u", kind.name, PERIODS[scope], person).path))
        yield "  " + line(ask(office, f"/schemes/{scheme}/scheme.yml"))


HEAD = "name: 何军\ndepartment: hall\npost: staff\ncategory: civil_servant\nleader: false\njoined: 2019-07-01\n"


@pytest.mark.clause("B7", "C8", "Z4", "Q4", "Q5", "D4")
def test_the_whole_table_under_every_scheme() -> None:
    blessed.same(GOLDEN, "".join(table()), "tests/test_authority.py")


def test_the_table_has_a_row_for_every_kind_in_the_layouts_order() -> None:
    assert list(TABLE) == [kind.name for kind in KINDS]


# --- what the clauses say ----------------------------------------------------------------


@pytest.mark.clause("Q4")
def test_in_qufu_the_supervising_leader_approves_plans_that_the_scheme_does_not_demand() -> None:
    it = ask(Office("qufu-approval"), "2026-02/plans/wang-fang.yml")
    assert approval(it) == ("主管领导", ("liu-yang",), "agreement", "Q4")
    assert [(rule.says, rule.clause, rule.applies) for rule in it.considered] == [
        ("月工作计划台账由本人填写。", None, True),
        ("周期性工作计划经主管领导审定后，列入个性指标。", "Q4", True),
    ]


@pytest.mark.clause("Q5")
def test_in_qufu_the_direct_leader_approves_reports() -> None:
    office = Office("qufu-approval", staff="wang-fang he-jun")
    direct = ("直接领导", ("he-jun",), "agreement", "Q5")
    above = ("直接领导", ("liu-yang",), "agreement", "Q5")
    assert approval(ask(office, "2026-02/reports/wang-fang.yml")) == direct
    assert approval(ask(office, "2026-02/reports/he-jun.yml")) == above
    office.write("unit.yml", office.texts["unit.yml"].replace("head: he-jun, ", ""))
    assert approval(ask(office, "2026-02/reports/wang-fang.yml")) == above


@pytest.mark.clause("Z4")
def test_in_zhangdian_the_principal_or_the_supervising_leader_approves_goals_and_plans() -> None:
    for path in ("2026/goals/wang-fang.yml", "2026-02/plans/wang-fang.yml"):
        either = ("主要领导或分管领导", ("zhou-min", "liu-yang"), "agreement", "Z4")
        assert approval(ask(Office("zhangdian-stats"), path)) == either


@pytest.mark.clause("D4")
def test_in_the_drc_the_deputy_director_in_charge_approves_ledgers() -> None:
    it = ask(Office("city-drc"), "2026-02/plans/wang-fang.yml")
    assert approval(it) == ("分管领导", ("liu-yang",), "agreement", "D4")


@pytest.mark.clause("B7", "C8")
def test_whoever_proposes_the_grade_approves_the_summary() -> None:
    baishan = ask(Office("baishan-audit"), "2026-Q1/summaries/wang-fang.yml")
    assert approval(baishan) == ("主管领导", ("liu-yang",), "agreement", "B7")
    office = Office("chaoyang-ecology", staff="wang-fang he-jun")
    staff, head = (ask(office, f"2026-Q1/summaries/{it}.yml") for it in ("wang-fang", "he-jun"))
    assert approval(staff) == ("科室负责人", ("he-jun",), "agreement", "C8")
    assert approval(head) == ("分管领导", ("liu-yang",), "agreement", "C8")
    assert [(rule.says, rule.clause, rule.applies) for rule in staff.considered] == [
        ("个人小结由本人填写。", "C7", True),
        ("科室正职由分管领导提出等次建议，报局机关负责人或领导班子审定。", "C8", False),
        ("其他人员由科室正职提出等次建议，报分管领导审定。", "C8", True),
        ("个人小结由提出等次的科室负责人审核。", "C8", True),
    ]


@pytest.mark.clause("C8")
def test_a_sheet_of_somebody_who_decides_is_received_by_the_office() -> None:
    office = Office("chaoyang-ecology", staff="wang-fang he-jun")
    decides = ask(office, "2026-Q1/reviews/liu-yang.yml")
    assert approval(decides) == ("机关党委办公室（办公室）", ("qian-wei",), "receipt", "C8")
    assert decides.considered[-1].says == "liu-yang自己就是审定的人，评鉴表由机关党委办公室（办公室）签收。"
    assert approval(ask(office, "2026-Q1/reviews/he-jun.yml")) == ("分管领导", ("liu-yang",), "agreement", "C8")


# --- terms of office ---------------------------------------------------------------------


def test_roles_are_looked_up_on_the_day() -> None:
    """A new leader approves what is owed for a time when another one led."""
    office = Office("baishan-audit")
    office.write(
        "unit.yml",
        office.texts["unit.yml"].replace(
            "led_by: [liu-yang]",
            "led_by: [{is: liu-yang, to: 2026-03-31}, {is: wu-gang, from: 2026-04-02}]",
        ),
    )
    path = "2026-03/plans/wang-fang.yml"
    assert ask(office, path, date(2026, 3, 31)).approvers == ("liu-yang",)
    assert ask(office, path, date(2026, 4, 2)).approvers == ("wu-gang",)
    vacant = ask(office, path, date(2026, 4, 1))
    assert approval(vacant) == ("主管领导", (), "agreement", "B7")
    assert vacant.considered[-1].says == "2026-04-01 那天没有人担任主管领导，没有人可以审核；先在 unit.yml 里写明。"


def test_the_procedure_is_that_of_the_period_and_its_holder_that_of_the_day() -> None:
    """Whoever headed a department when the quarter ended is proposed for as a head, also when they no longer are."""
    office = Office("chaoyang-ecology", staff="wang-fang zhao-lei he-jun")
    terms = "head: [{is: he-jun, to: 2026-03-31}, {is: zhao-lei, from: 2026-04-01}]"
    office.write("unit.yml", office.texts["unit.yml"].replace("head: he-jun", terms))
    assert ask(office, "2026-Q1/summaries/he-jun.yml").approvers == ("liu-yang",)
    assert ask(office, "2026-Q1/summaries/wang-fang.yml").approvers == ("zhao-lei",)


def test_the_personnel_office_is_that_of_the_day() -> None:
    office = Office()
    terms = "personnel_office: [{is: qian-wei, to: 2026-03-31}, {is: [wu-gang, he-jun], from: 2026-04-01}]"
    office.write("unit.yml", office.texts["unit.yml"].replace("personnel_office: [qian-wei]", terms))
    assert ask(office, "2026-03/attendance.yml", date(2026, 3, 31)).writers == ("qian-wei",)
    assert ask(office, "2026-03/attendance.yml", SPRING).writers == ("wu-gang", "he-jun")


# --- nobody approves their own -----------------------------------------------------------


def test_where_the_only_approver_is_the_author_the_principal_leader_approves() -> None:
    office = Office("baishan-audit")
    it = ask(office, "2026-01/logs/liu-yang.yml")
    assert approval(it) == ("主要领导", ("zhou-min",), "agreement", "B7")
    assert [rule.says for rule in it.considered[-2:]] == [
        "liu-yang不能审核自己写的或者关于自己的材料。",
        "没有别的主管领导，由主要领导审核。",
    ]


def test_for_the_principal_leader_another_member_of_the_leadership_approves() -> None:
    office = Office()
    office.write("unit.yml", office.texts["unit.yml"].replace("[qian-wei]", "[zhou-min]"))
    it = ask(office, "2026-Q1/determination.yml")
    assert (it.writers, approval(it)) == (
        ("zhou-min",),
        ("领导班子其他成员", ("liu-yang",), "agreement", "Q7"),
    )


def test_an_author_who_is_known_is_left_out_and_one_of_several_is_not_guessed() -> None:
    office = Office()
    office.write("unit.yml", office.texts["unit.yml"].replace("[qian-wei]", "[qian-wei, liu-yang]"))
    path = "2026-Q1/ballots.yml"
    assert ask(office, path).approvers == ("liu-yang", "zhou-min")
    assert ask(office, path, author="liu-yang").approvers == ("zhou-min",)
    assert ask(office, path, author="qian-wei").approvers == ("liu-yang", "zhou-min")


def test_nobody_approves_what_the_office_records_about_them() -> None:
    it = ask(Office(), "facts/liu-yang.yml")
    assert approval(it) == ("主管领导或主要领导", ("zhou-min",), "agreement", None)


def test_an_objection_of_the_only_clerk_is_received_by_the_principal_leader() -> None:
    it = ask(Office(), "2026-Q1/objections/qian-wei.yml")
    assert approval(it) == ("主要领导", ("zhou-min",), "receipt", None)


def test_where_nobody_else_is_left_nobody_approves() -> None:
    office = Office("baishan-audit")
    office.write("unit.yml", office.texts["unit.yml"].replace("[zhou-min, liu-yang]", "[zhou-min]"))
    office.write("unit.yml", office.texts["unit.yml"].replace("[liu-yang]", "[zhou-min]"))
    it = ask(office, "2026-01/logs/zhou-min.yml")
    assert approval(it) == ("领导班子其他成员", (), "agreement", "B7")


# --- files that are not there yet, and none that could be ----------------------------------


def test_a_new_colleague_is_approved_by_any_supervising_leader() -> None:
    it = ask(Office(), "people/new-face.yml")
    assert (it.writers, it.approvers) == (("qian-wei",), ("liu-yang", "zhou-min"))


@pytest.mark.parametrize(
    "path", ["2026-Q1/summaries/new-face.yml", "2026-Q1/reviews/new-face.yml", "facts/new-face.yml"]
)
def test_a_file_named_after_nobody_may_only_be_taken_away_by_the_office(path: str) -> None:
    it = ask(Office(), path)
    assert (it.writer, it.writers, it.only_removal) == ("督查指导科", ("qian-wei",), True)
    assert approval(it) == ("主要领导", ("zhou-min",), "agreement", None)
    assert [rule.says for rule in it.considered] == [
        "没有“new-face”这个人，这份文件只能由督查指导科删去；是新来的人，就先补上人员资料；文件名写错了，就改正文件名。",
        "删去这份文件由主要领导审核。",
    ]
    assert not ask(Office(), path.replace("new-face", "wang-fang")).only_removal
    assert not ask(Office(), "people/new-face.yml").only_removal


def test_somebody_whose_file_cant_be_read_is_no_stranger() -> None:
    office = Office("baishan-audit").write("people/wang-fang.yml", "name: [\n")
    it = ask(office, "2026-Q1/summaries/wang-fang.yml")
    assert (it.writers, it.only_removal) == (("wang-fang",), False)


def test_of_a_unit_without_a_readable_roster_the_other_units_take_care() -> None:
    for path in (
        "/records/other/unit.yml",
        "/records/other/people/wang-fang.yml",
        "/records/other/2026-Q1/ballots.yml",
    ):
        it = ask(Office(), path)
        assert (it.writer, it.writers) == ("督查指导科", ("qian-wei",))
        assert approval(it) == ("主要领导", ("zhou-min",), "agreement", None)
        assert it.considered[0].says == (
            "还没有 records/other/unit.yml，或者它有错误读不了，由仓库里别的单位的人事部门和主要领导代办。"
        )


def test_where_no_unit_has_a_roster_nothing_can_be_told() -> None:
    for path in ("records/u/unit.yml", "README.md", "schemes/qufu-approval/scheme.yml"):
        it = access({}, path, SPRING)
        assert (it.writers, it.approvers) == ((), ())
        assert it.considered[-1].says == (
            "仓库里还没有哪个单位有可以读的 unit.yml，不知道谁担任什么职务，没有人可以填写和审核。"
        )


@pytest.mark.parametrize(
    "path",
    ["README.md", "mkdocs.yml", "site/pages/about.md", "CODEOWNERS", ".gitea/workflows/pingshi.yml", ".gitattributes"],
)
def test_what_is_neither_record_nor_scheme_is_the_offices_and_the_principal_leaders(path: str) -> None:
    it = ask(Office(), f"/{path}")
    assert (it.writer, it.writers) == ("督查指导科", ("qian-wei",))
    assert approval(it) == ("主要领导", ("zhou-min",), "agreement", None)
    assert [rule.says for rule in it.considered] == [
        "记录和方案以外的文件由督查指导科填写。",
        "记录和方案以外的文件由主要领导审核。",
    ]


def test_the_repositorys_own_files_belong_to_the_offices_of_all_its_units() -> None:
    units = take(read_working_tree([ROOT])).units
    it = access(units, "CODEOWNERS", date(2026, 9, 1))
    offices, leaders = (
        {person for unit in units.values() for term in getattr(unit.unit.organs, role) for person in term.value}
        for role in ("personnel_office", "principal_leader")
    )
    assert (it.writer, set(it.writers), set(it.approvers)) == ("人事部门", offices, leaders)
    assert len(it.approvers) == len(units) == 5


def test_the_only_clerk_who_is_also_the_leader_does_not_approve_their_own_settings() -> None:
    office = Office()
    office.write("unit.yml", office.texts["unit.yml"].replace("[qian-wei]", "[zhou-min]"))
    assert ask(office, "/CODEOWNERS").approvers == ("liu-yang",)


def test_before_any_scheme_is_in_force_the_general_words_are_used() -> None:
    it = ask(Office(since="2026-Q3"), "2026-Q1/summaries/wang-fang.yml")
    assert approval(it) == ("科室负责人或主管领导", ("he-jun", "liu-yang"), "agreement", None)
    sheet = ask(Office(since="2026-Q3"), "2026-Q1/reviews/he-jun.yml")
    assert approval(sheet) == ("主要领导", ("zhou-min",), "agreement", None)


def test_a_scheme_belongs_to_whoever_uses_it_and_a_new_one_to_all() -> None:
    office = Office()
    used, new = (ask(office, f"/schemes/{it}/scheme.yml") for it in ("qufu-approval", "other"))
    assert (used.writer, used.writers, used.approvers) == ("督查指导科", ("qian-wei",), ("zhou-min",))
    assert (new.writer, new.writers, new.approvers) == ("人事部门", ("qian-wei",), ("zhou-min",))


def test_every_record_of_the_samples_can_be_written_and_approved() -> None:
    """Each on the day after its period, or on the last day of the year."""
    units = take(read_working_tree([ROOT])).units
    for records in units.values():
        for location in records.records:
            period = location.period or Period("year", 2026)
            it = access(units, location.path, period.last + timedelta(days=1))
            assert (location.path, bool(it.writers), bool(it.approvers)) == (location.path, True, True)
            assert location.person not in it.approvers


@pytest.mark.parametrize(
    "path",
    [
        "2026-Q1/notes.yml",
        "/schemes/qufu-approval/notes.yml",
        "/records",
        "/schemes",
        "/records/u/../unit.yml",
        "/./README.md",
        "/site//x.md",
        "/.git/config",
        "/site/.GIT/config",
        "/",
    ],
)
def test_a_path_that_holds_no_file_of_ours_is_nobodys(path: str) -> None:
    with pytest.raises(Misplaced):
        ask(Office(), path)


@pytest.mark.parametrize("top", ["Records", "RECORDS", "ｒecords", "rec\u200bords", "Schemes", "ſchemes"])
def test_a_folder_that_looks_like_the_records_is_no_way_round_them(top: str) -> None:
    with pytest.raises(Misplaced) as raised:
        ask(Office(), f"/{top}/u/2026-Q1/determination.yml")
    assert (raised.value.code, "容易与" in raised.value.message) == ("misplaced-file", True)


# --- who is there to act -------------------------------------------------------------------


def test_a_leader_who_has_left_approves_nothing_though_the_unit_still_names_them() -> None:
    office = Office("baishan-audit").person("liu-yang", leader="true", left="2026-03-31")
    path = "2026-Q1/summaries/wang-fang.yml"
    assert ask(office, path, date(2026, 3, 31)).approvers == ("liu-yang",)
    gone = ask(office, path, SPRING)
    assert approval(gone) == ("主管领导", (), "agreement", "B7")
    assert [rule.says for rule in gone.considered[-2:]] == [
        "liu-yang 2026-03-31 离开，2026-04-01 那天已经不在册，不算在内；unit.yml 里要换人。",
        "2026-04-01 那天没有人担任主管领导，没有人可以审核；先在 unit.yml 里写明。",
    ]


def test_a_leader_who_is_yet_to_come_approves_nothing() -> None:
    office = Office("baishan-audit").person("liu-yang", leader="true", joined="2026-04-02")
    it = ask(office, "2026-Q1/summaries/wang-fang.yml")
    assert it.approvers == ()
    assert it.considered[-2].says == "liu-yang 2026-04-02 到岗，2026-04-01 那天还不在册，不算在内。"
    assert ask(office, "2026-Q1/summaries/wang-fang.yml", date(2026, 4, 2)).approvers == ("liu-yang",)


def test_where_the_head_has_left_whoever_leads_the_department_is_the_direct_leader() -> None:
    office = Office("qufu-approval").person("he-jun", leader="true", left="2026-03-31")
    path = "2026-02/reports/wang-fang.yml"
    assert ask(office, path, date(2026, 3, 31)).approvers == ("he-jun",)
    assert ask(office, path).approvers == ("liu-yang",)


def test_a_clerk_who_has_left_writes_nothing_for_the_office_but_still_what_is_their_own() -> None:
    office = Office().person("qian-wei", leader="true", left="2026-03-31")
    office.write("unit.yml", office.texts["unit.yml"].replace("[qian-wei]", "[qian-wei, wu-gang]"))
    assert ask(office, "2026-03/attendance.yml").writers == ("wu-gang",)
    assert ask(office, "/README.md").writers == ("wu-gang",)
    own = ask(office, "2026-Q1/objections/qian-wei.yml")
    assert (own.writers, own.approvers, own.manner) == (("qian-wei",), ("wu-gang",), "receipt")


def test_an_office_is_not_held_by_somebody_who_is_in_no_roster_or_in_an_unreadable_one() -> None:
    office = Office("baishan-audit")
    office.write("unit.yml", office.texts["unit.yml"].replace("led_by: [liu-yang]", "led_by: [liu-yang, no-body]"))
    it = ask(office, "2026-01/logs/wang-fang.yml")
    assert it.approvers == ("liu-yang",)
    assert it.considered[-1].says == "没有 no-body 的人员资料，不算在内；先补上人员资料，或者改正 unit.yml。"
    office.write("people/no-body.yml", "name: [\n")
    assert ask(office, "2026-01/logs/wang-fang.yml").considered[-1].says == (
        "no-body 的人员资料有错误读不了，不知道在不在册，不算在内；先改正人员资料。"
    )


def test_a_substitute_who_has_left_does_not_stand_in() -> None:
    """The principal leader is the author's only substitute; after they have left, another of the leadership is."""
    office = Office("baishan-audit").person("zhou-min", leader="true", left="2026-03-31")
    office.write("unit.yml", office.texts["unit.yml"].replace("[zhou-min, liu-yang]", "[zhou-min, liu-yang, wu-gang]"))
    it = ask(office, "2026-01/logs/liu-yang.yml")
    assert approval(it) == ("领导班子其他成员", ("wu-gang",), "agreement", "B7")


# --- on which other days -------------------------------------------------------------------


def spans(office: Office, path: str, person: str, author: str | None = None) -> list[str]:
    """Write the spans on which somebody may approve, `…` for an open end."""
    found = terms_of_approval(office.snapshot().units, f"records/u/{path}", person, author)
    return [f"{first or '…'} {last or '…'}" for first, last in found]


def test_the_days_on_which_somebody_may_approve_are_those_of_their_terms() -> None:
    office = Office("baishan-audit")
    terms = "led_by: [{is: liu-yang, to: 2026-03-31}, {is: wu-gang, from: 2026-04-02, to: 2026-05-31}, "
    terms += "{is: liu-yang, from: 2026-06-01}]"
    office.write("unit.yml", office.texts["unit.yml"].replace("led_by: [liu-yang]", terms))
    path = "2026-Q1/summaries/wang-fang.yml"
    assert spans(office, path, "liu-yang") == ["2019-07-01 2026-03-31", "2026-06-01 …"]
    assert spans(office, path, "wu-gang") == ["2026-04-02 2026-05-31"]
    assert spans(office, path, "he-jun") == []
    assert spans(office, path, "nobody") == []


def test_spans_end_with_the_last_day_on_the_roll_and_adjoining_ones_are_one() -> None:
    office = Office("baishan-audit").person("liu-yang", leader="true", left="2026-04-30")
    office.person("zhao-lei", joined="2026-02-02")
    assert spans(office, "2026-Q1/summaries/wang-fang.yml", "liu-yang") == ["2019-07-01 2026-04-30"]


def test_whoever_wrote_it_may_never_approve_it_on_any_day() -> None:
    path = "2026-Q1/ballots.yml"
    office = Office()
    office.write("unit.yml", office.texts["unit.yml"].replace("[qian-wei]", "[qian-wei, liu-yang]"))
    assert spans(office, path, "liu-yang") == ["2019-07-01 …"]
    assert spans(office, path, "liu-yang", author="liu-yang") == []


def test_days_are_told_for_schemes_and_the_repositorys_own_files_too() -> None:
    units = Office().snapshot().units
    for path in ("README.md", "schemes/qufu-approval/scheme.yml", "records/other/unit.yml"):
        assert terms_of_approval(units, path, "zhou-min") == ((date(2019, 7, 1), None),)
        assert terms_of_approval({}, path, "zhou-min") == ()


def test_a_term_until_the_last_day_there_is_does_no_harm() -> None:
    office = Office("baishan-audit")
    office.write("unit.yml", office.texts["unit.yml"].replace("[liu-yang]", "[{is: liu-yang, to: 9999-12-31}]"))
    assert spans(office, "2026-Q1/summaries/wang-fang.yml", "liu-yang") == ["2019-07-01 …"]


def test_the_rule_of_the_scheme_tells_where_it_stands() -> None:
    it = ask(Office("qufu-approval"), "2026-02/plans/wang-fang.yml")
    first, second = it.considered
    place = second.place
    assert first.place is None
    assert place is not None
    text = (ROOT / place.path).read_text(encoding="utf-8").splitlines()
    assert (place.path, "plans" in text[place.line - 1]) == ("schemes/qufu-approval/scheme.yml", True)
