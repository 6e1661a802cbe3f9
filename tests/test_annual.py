"""A unit's year from its records: reading 14, sentence by sentence, for each of the five schemes.

What comes out is told in a table in the test; the whole JSON, with every step, stands in tests/golden/annual/.
`PINGSHI_BLESS=1 pytest tests/test_annual.py` rewrites the golden files: read the difference.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import blessed
import pytest
from office import LEADERS, ROOT, UNIT, Office

from pingshi.cli import main
from pingshi.cli.annual import document as document_of
from pingshi.cli.annual import people_as_json
from pingshi.grading import AnnualResult, PersonYear, annual, explain_year, share
from pingshi.periods import Period
from pingshi.records import Snapshot, read_working_tree, take

if TYPE_CHECKING:
    from collections.abc import Mapping

GOLDEN = Path(__file__).parent / "golden" / "annual"
YEAR = Period.parse("2026")
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
FREE = "优秀 称职 基本称职 不称职"
NOT_BEST = "称职 基本称职 不称职"
LOW = "基本称职 不称职"
AWAY = "kind: away, type: aid, from: 2025-12-01, host: 示例县"
ABSENT = "kind: absent, period: 2026-Q2, reason: 无正当理由"


def decide(office: Office, grades: Mapping[str, str]) -> Office:
    """Determine everybody's quarters: four words each, `-` where there is no grade; all else stays as it is."""
    for index, quarter in enumerate(QUARTERS):
        decided = {it: words.split()[index] for it, words in grades.items() if words.split()[index] != "-"}
        if decided:
            office.decide(decided, period=quarter, on="2027-01-04")
    return office


def host(office: Office, person: str, grades: str) -> Office:
    """Let the host unit give somebody's grades; `-` where it has given none."""
    for quarter, grade in zip(QUARTERS, grades.split(), strict=True):
        if grade != "-":
            office.write(f"{quarter}/outside/{person}.yml", f"unit: 示例县\ngrade: {grade}\nbasis: 考核结果通报\n")
    return office


def result_of(office: Office, year: str = "2026") -> AnnualResult:
    """Return the office's year."""
    return annual(office.snapshot().units[UNIT], Period.parse(year))


def of(office: Office, person: str) -> PersonYear:
    """Return one person's year."""
    return result_of(office).people[person]


def told(person: PersonYear) -> str:
    """Tell a person's year in a line: what is allowed, then what is preferred (+)."""
    if not person.takes_part:
        assert person.allowed == person.preferred == ()
        return "不参加"
    return " ".join([*person.allowed, *(f"+{it}" for it in person.preferred)])


def same(name: str, text: str) -> None:
    """Hold a text against the golden file of that name."""
    blessed.same(GOLDEN / name, text, "tests/test_annual.py")


def document(office: Office) -> str:
    """Return the contract's document of the office's year, without its leaders."""
    result = result_of(office)
    made = document_of(result.unit, result.year, (), people_as_json(result))
    made["people"] = {it: person for it, person in made["people"].items() if it not in LEADERS}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


# --- the five schemes ---------------------------------------------------------------------

#: Everybody's quarters and what the year allows. `aid` is elsewhere for the whole year: the host unit's grades count.
BAISHAN = {
    "all-good": ("好 好 好 好", f"{FREE} +优秀"),
    "half-good": ("好 好 较好 较好", FREE),
    "few-good": ("好 较好 较好 较好", NOT_BEST),
    "one-low": ("好 好 好 一般", NOT_BEST),
    "half-low": ("好 好 一般 较差", NOT_BEST),
    "most-low": ("好 一般 一般 较差", LOW),
    "two-of-three": ("好 好 - 较好", FREE),
    "none": ("- - - -", NOT_BEST),
    "aid": ("- - - -", f"{FREE} +优秀"),
}
CASES: dict[str, dict[str, tuple[str, str]]] = {
    "baishan-audit": BAISHAN,
    "chaoyang-ecology": BAISHAN
    | {
        "all-bad": ("较差 较差 较差 较差", LOW),
        "refused": ("好 好 好 好", "不称职"),
        "fraud-refused": ("好 好 好 好", "不称职"),
        "fraud": ("好 好 好 好", f"{FREE} +优秀"),
        "absent": ("好 - 好 好", f"{FREE} +优秀"),
    },
    "zhangdian-stats": {
        "one-good": ("好 较好 较好 较好", FREE),
        "no-good": ("较好 较好 较好 较好", NOT_BEST),
        "one-low": ("好 好 好 一般", NOT_BEST),
        "one-bad": ("好 好 好 较差", NOT_BEST),
        "two-low": ("好 好 一般 一般", "基本称职"),
        "two-bad": ("好 好 较差 较差", "不称职"),
        "two-of-each": ("一般 一般 较差 较差", "不称职"),
        "admonished": ("好 好 好 好", FREE),
        "admonished-twice": ("好 好 好 好", LOW),
        "absent": ("好 - 好 好", "不参加"),
        "none": ("- - - -", NOT_BEST),
        "aid": ("好 好 好 好", FREE),  # nothing is said of aid there: assessed here
    },
    "qufu-approval": {
        "all-good": ("好 好 好 好", f"{FREE} +优秀"),
        "all-low": ("一般 一般 一般 一般", FREE),
        "one-bad": ("好 好 好 较差", NOT_BEST),
        "two-bad": ("好 好 较差 较差", "基本称职"),
        "three-bad": ("好 较差 较差 较差", "不称职"),
        "absent": ("好 - 好 好", NOT_BEST),
        "absent-two-bad": ("较差 - 好 较差", "基本称职"),
        "none": ("- - - -", FREE),
        "institution": ("好 好 好 好", "优秀 合格 基本合格 不合格 +优秀"),
        "institution-two-bad": ("好 好 较差 较差", "基本合格"),
        "institution-three-bad": ("好 较差 较差 较差", "不合格"),
    },
    "city-drc": {
        "all-good": ("好 好 好 好", f"{FREE} +优秀"),
        "half-good": ("好 好 较好 较好", f"{FREE} +优秀"),
        "few-good": ("好 较好 较好 较好", FREE),
        "half-low": ("好 好 一般 较差", FREE),
        "most-low": ("好 一般 一般 较差", LOW),
        "all-bad": ("较差 较差 较差 较差", LOW),
        "none": ("- - - -", FREE),
        "aid": ("- - - -", f"{FREE} +优秀"),
        "institution": ("一般 一般 一般 好", "基本合格 不合格"),
    },
}
FACTS = {
    "aid": [AWAY],
    "absent": [ABSENT],
    "absent-two-bad": [ABSENT],
    "refused": [f"{ABSENT}, educated_on: 2026-07-10, refused_on: 2026-07-20"],
    "fraud": ["kind: fraud, on: 2026-03-21, basis: 文号, educated_on: 2026-03-25"],
    "fraud-refused": ["kind: fraud, on: 2026-03-21, basis: 文号, educated_on: 2026-03-25, refused_on: 2026-03-30"],
    "admonished": ["kind: admonition, on: 2026-02-20, reason: 未填写记实"],
    "admonished-twice": [
        "kind: admonition, on: 2026-02-20, reason: 未填写记实",
        "kind: admonition, on: 2026-12-31, reason: 未填写记实",
    ],
}


def case(scheme: str) -> Office:
    """Make the office of a scheme's cases."""
    people = CASES[scheme]
    office = Office(scheme, " ".join(people))
    for person in people:
        if person.startswith("institution"):
            office.person(person, category="institution")
        if person in FACTS:
            office.facts(person, *FACTS[person])
    decide(office, {it: grades for it, (grades, _) in people.items()})
    return host(office, "aid", "好 好 - 好")


@pytest.mark.clause("B14", "Z13", "Z16", "Z17", "C14", "C17", "Q13", "Q17", "D16")
@pytest.mark.parametrize("scheme", CASES)
def test_reading_14_what_the_quarters_allow_for_the_year(scheme: str) -> None:
    result = result_of(case(scheme))
    expected = {it: allowed for it, (_, allowed) in CASES[scheme].items()}
    assert {it: told(person) for it, person in result.people.items() if it not in LEADERS} == expected
    assert {it for it, person in result.people.items() if person.excluded} == set(LEADERS)


@pytest.mark.parametrize("scheme", CASES)
def test_the_whole_document_with_every_step(scheme: str) -> None:
    same(f"{scheme}.json", document(case(scheme)))


@pytest.mark.parametrize("scheme", CASES)
def test_every_step_has_a_clause_of_the_scheme_and_a_line_that_exists(scheme: str) -> None:
    office = case(scheme)
    snapshot = office.snapshot()
    clauses = snapshot.books[scheme].clauses
    assert clauses is not None
    steps = [step for person in result_of(office).people.values() for step in person.steps]
    assert [step for step in steps if step.clause not in clauses.clauses] == []
    assert [step for step in steps if step.at is None or not snapshot.line(step.at)] == []
    assert len(steps) > 40


@pytest.mark.clause("Z16")
@pytest.mark.parametrize(
    ("value", "written"),
    [("3/5", "0.60"), ("1", "1.00"), ("1/8", "0.125"), ("1/3", "0.3333"), ("2/3", "0.6667"), ("1/2", "0.50")],
)
def test_a_share_is_written_with_at_least_two_decimals(value: str, written: str) -> None:
    assert share(Fraction(value)) == written


# --- which periods and facts count --------------------------------------------------------


@pytest.mark.clause("C4")
def test_the_year_2020_has_three_quarters_in_chaoyang() -> None:
    office = Office("chaoyang-ecology", "a", since="2020-Q2")
    for index, grade in enumerate(("好", "较好", "好"), 2):
        office.decide({"a": grade}, period=f"2020-Q{index}")
    result = result_of(office, "2020")
    assert [str(it) for it in result.periods] == ["2020-Q2", "2020-Q3", "2020-Q4"]
    assert told(result.people["a"]) == FREE
    assert len([it for it in result.people["a"].steps if it.rule in ("grade", "not_counted")]) == 3


def test_a_unit_that_assesses_by_half_years_counts_two() -> None:
    office = Office("baishan-audit", "a")
    path = "schemes/baishan-audit/scheme.yml"
    office.files[path] = (office.files[path] or b"").replace(b"period: quarter", b"period: half")
    office.decide({"a": "好"}, period="2026-H1").decide({"a": "好"}, period="2026-H2", on="2027-01-04")
    assert [str(it) for it in result_of(office).periods] == ["2026-H1", "2026-H2"]
    assert told(of(office, "a")) == f"{FREE} +优秀"


def test_a_changed_reply_counts_once_the_determination_carries_it() -> None:
    office = decide(Office("baishan-audit", "a"), {"a": "好 好 好 较好"})
    office.write("2026-Q4/objections/a.yml", "raised_on: 2027-01-08\nsays: 请复核\n")
    office.write("2026-Q4/replies/a.yml", "replied_on: 2027-01-12\noutcome: changed\ngrade: 好\nsays: 改定\n")
    assert told(of(office, "a")) == FREE
    decide(office, {"a": "好 好 好 好"})
    assert told(of(office, "a")) == f"{FREE} +优秀"


@pytest.mark.parametrize(
    ("fact", "scheme", "expected"),
    [
        ("kind: absent, period: 2025-Q4, reason: 无正当理由", "zhangdian-stats", FREE),
        ("kind: absent, period: 2026-Q4, reason: 无正当理由", "zhangdian-stats", "不参加"),
        # what was refused to be mended is of 2026, whenever that was found
        (f"{ABSENT}, educated_on: 2026-12-30, refused_on: 2027-01-05", "chaoyang-ecology", "不称职"),
        (
            "kind: fraud, on: 2025-12-30, basis: 文号, educated_on: 2026-01-05, refused_on: 2026-01-06",
            "chaoyang-ecology",
            f"{FREE} +优秀",
        ),
    ],
)
def test_reading_15_a_fact_counts_in_the_year_that_holds_its_day_or_its_period(
    fact: str, scheme: str, expected: str
) -> None:
    office = decide(Office(scheme, "a"), {"a": "好 好 好 好"}).facts("a", fact)
    assert told(of(office, "a")) == expected


@pytest.mark.clause("Z13")
def test_admonitions_of_another_year_are_that_years() -> None:
    office = decide(Office("zhangdian-stats", "a"), {"a": "好 好 好 好"})
    office.facts("a", *(f"kind: admonition, on: {on}, reason: 未填写" for on in ("2025-12-31", "2026-01-01")))
    assert told(of(office, "a")) == FREE


def test_whoever_joined_within_the_year_counts_from_then_and_whoever_left_is_not_there() -> None:
    office = Office("qufu-approval", "a b c")
    office.person("a", joined="2026-05-04").person("b", left="2026-12-30").person("c", left="2026-12-31")
    decide(office, {"a": "好 好 好 好", "b": "好 好 好 好", "c": "好 好 好 好"})
    people = result_of(office).people
    assert sorted(set(people) - set(LEADERS)) == ["a", "c"]
    assert [str(it) for it in people["a"].grades] == ["2026-Q2", "2026-Q3", "2026-Q4"]


def test_whoever_is_a_leader_when_the_year_ends_keeps_the_grades_and_is_assessed_elsewhere() -> None:
    office = decide(Office("qufu-approval", "a"), {"a": "好 好 好 -"})
    office.person("a", leader="[{is: false, to: 2026-10-31}, {is: true, from: 2026-11-01}]")
    person = of(office, "a")
    assert told(person) == "不参加"
    assert list(person.grades.values()) == ["好", "好", "好"]
    assert person.steps[-1].says.endswith("。a：是领导成员，2026年度考核不适用本方案。")


def test_a_grade_that_the_scheme_does_not_know_is_shown_and_not_counted() -> None:
    office = decide(Office("qufu-approval", "a"), {"a": "好 好 好 优"})
    person = of(office, "a")
    assert list(person.grades.values()) == ["好", "好", "好", "优"]
    assert (told(person), person.certain) == (f"{FREE} +优秀", False)
    assert "记录的“优”不是方案的等次，改正之前不计入" in person.steps[3].says


@pytest.mark.parametrize("path", ["2026-Q4/determination.yml", "facts/a.yml"])
def test_a_record_that_cannot_be_read_is_told_and_leaves_the_year_open(path: str) -> None:
    office = decide(Office("qufu-approval", "a"), {"a": "好 好 好 较差"}).write(path, "x: [")
    person = of(office, "a")
    assert not person.certain
    assert any(f"records/u/{path}）有错误读不了" in it.says for it in person.steps)
    office.decide({"a": "优秀"}, period="2026", on="2027-01-15")
    assert office.problems("grade-not-allowed") == []


def test_a_scheme_that_says_nothing_of_the_year_allows_nothing_that_could_be_told() -> None:
    office = decide(Office("qufu-approval", "a"), {"a": "好 好 好 好"})
    path = "schemes/qufu-approval/scheme.yml"
    before, _, after = (office.files[path] or b"").decode().partition("\nannual:\n")
    office.files[path] = f"{before}\n{after[after.index(chr(10) + 'assumptions:') :]}".encode()
    person = of(office, "a")
    assert (person.takes_part, person.allowed, list(person.grades.values())) == (True, (), ["好"] * 4)
    assert person.steps[-1].says == "方案没有写与年度考核挂钩的规定，算不出a2026年度考核可以确定的等次。"


def test_a_bureau_with_three_annual_grades_has_no_other_names_for_its_institution_staff() -> None:
    office = decide(Office("qufu-approval", "a"), {"a": "好 好 好 好"}).person("a", category="institution")
    path = "schemes/qufu-approval/scheme.yml"
    text = (office.files[path] or b"").decode().replace("[优秀, 称职, 基本称职, 不称职]", "[优秀, 基本称职, 不称职]")
    office.files[path] = text.encode()
    assert of(office, "a").allowed == ("优秀", "基本称职", "不称职")
    office.decide({"a": "合格"}, period="2026", on="2027-01-15")
    assert [it.hint for it in office.problems("bad-value")] == ["等次可以写：优秀、基本称职、不称职"]


# --- odd years ----------------------------------------------------------------------------


def changing(earlier: str, later: str, staff: str, since: str = "2026-Q3") -> Office:
    """Make an office that changes its scheme within the year."""
    office = Office(later, staff)
    for file in ("scheme.yml", "clauses.yml"):
        office.files[f"schemes/{earlier}/{file}"] = (ROOT / "schemes" / earlier / file).read_bytes()
    unit = office.texts["unit.yml"]
    both = f"{{from: 2020-Q1, scheme: {earlier}}}, {{from: {since}, scheme: {later}}}"
    return office.write("unit.yml", unit.replace(f"{{from: 2020-Q1, scheme: {later}}}", both))


def test_in_a_year_with_two_schemes_each_period_cites_its_own_and_the_later_one_decides() -> None:
    office = decide(changing("zhangdian-stats", "qufu-approval", "a"), {"a": "好 好 好 好"})
    records = office.snapshot().units[UNIT]
    sentences = explain_year(records, annual(records, YEAR), "a").sentences
    assert [it.partition("（依据")[2].partition("，")[0] for it in sentences] == [
        *("方案七、1（Z8）", "方案七、1（Z8）", "方案三、（二）4（Q7）", "方案三、（二）4（Q7）"),
        *("方案四（Q13）", "方案四（Q13）"),
    ]
    assert told(of(office, "a")) == f"{FREE} +优秀"


def test_a_grade_that_only_the_earlier_scheme_knows_is_not_translated_and_leaves_the_year_open() -> None:
    office = changing("zhangdian-stats", "qufu-approval", "a")
    path = "schemes/zhangdian-stats/scheme.yml"
    office.files[path] = (office.files[path] or b"").replace("较差".encode(), "差".encode())
    decide(office, {"a": "好 差 好 好"})
    person = of(office, "a")
    assert list(person.grades.values()) == ["好", "差", "好", "好"]
    assert (person.certain, person.best, person.share) == (False, 3, Fraction(1))
    says = "2026年第二季度的结果是差；年底执行的方案没有这个等次，没有写明怎样折算，没有计入。"
    assert (person.steps[1].rule, person.steps[1].says) == ("not_counted", says)
    office.decide({"a": "基本称职"}, period="2026", on="2027-01-15")
    assert office.problems("grade-not-allowed") == []


def test_an_earlier_scheme_that_cannot_be_used_leaves_the_year_open_and_is_told_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = decide(changing("zhangdian-stats", "qufu-approval", "a"), {"a": "较差 较差 好 好"})
    office.write("/schemes/zhangdian-stats/scheme.yml", "x: [")
    office.decide({"a": "优秀"}, period="2026", on="2027-01-15")
    person = of(office, "a")
    assert (list(person.grades.values()), person.certain) == (["好", "好"], False)
    says = "2026年第一季度、2026年第二季度执行的方案有错误用不了，改正之前，这段时间的结果没有计入。"
    assert [it.says for it in person.steps if it.rule == "not_counted"] == [says]
    assert office.problems("grade-not-allowed") == []
    for path, data in office.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data or b"")
    assert main(["annual", "2026", "--repo", str(tmp_path)]) == 1
    assert "schemes/zhangdian-stats/scheme.yml:1:" in capsys.readouterr().out


def test_the_year_after_a_change_has_nothing_to_do_with_the_old_scheme() -> None:
    office = changing("zhangdian-stats", "qufu-approval", "a").write("/schemes/zhangdian-stats/scheme.yml", "x: [")
    office.decide({"a": "好"}, period="2027-Q1")
    person = result_of(office, "2027").people["a"]
    assert person.certain
    assert told(person) == f"{FREE} +优秀"


def test_whoever_joined_in_the_third_quarter_is_judged_by_two_periods() -> None:
    office = Office("baishan-audit", "a b").person("a", joined="2026-09-30").person("b", joined="2026-10-01")
    decide(office, {"a": "好 好 好 较好", "b": "好 好 好 较好"})
    people = result_of(office).people
    assert [(told(people[it]), people[it].best, people[it].share) for it in "ab"] == [
        (FREE, 1, Fraction(1, 2)),
        (NOT_BEST, 0, Fraction(0)),
    ]
    assert [it.says for it in people["a"].steps[:2]] == [
        f"a在2026年第{it}季度最后一天还没有到岗，这一期没有等次，不计入。" for it in "一二"
    ]


def test_a_removal_in_principle_is_told_as_one() -> None:
    office = decide(Office("zhangdian-stats", "a"), {"a": "较好 较好 较好 较好"})
    path = "schemes/zhangdian-stats/scheme.yml"
    text = (office.files[path] or b"").decode()
    barred = "when: count('好') < 1 or count('一般', '较差') > 0\n      bars: [优秀]\n"
    office.files[path] = text.replace(barred, f"{barred}      strength: in_principle\n").encode()
    person = of(office, "a")
    assert person.in_principle
    assert person.steps[-1].says == "a2026年度考核原则上确定为称职、基本称职、不称职。"


# --- who comes into question first ---------------------------------------------------------


@pytest.mark.clause("B12", "C12", "D14")
def test_the_order_is_by_eligibility_preference_number_and_share_and_equals_share_a_rank() -> None:
    people = {
        "fewer": "好 较好 较好 好",
        "late": "- - - 好",
        "equal": "好 好 较好 较好",
        "barred": "好 好 好 一般",
        "all": "好 好 好 好",
        "share": "- 好 好 较好",
        "nothing": "- - - -",
    }
    office = decide(Office("baishan-audit", " ".join(people)), people)
    result = result_of(office)
    assert list(result.people) == sorted([*people, *LEADERS])
    ranked = {it: rank for it, rank in result.ranks.items() if it not in LEADERS}
    assert list(ranked.items()) == [
        ("all", 1),
        ("late", 2),  # preferred: all that he has are 好
        ("share", 3),
        ("equal", 4),
        ("fewer", 4),
        ("barred", 6),
        ("nothing", None),
    ]
    assert [(it, result.ranks[it]) for it in list(result.ranks)[-5:]] == [(it, None) for it in sorted(LEADERS)]


def test_within_a_rank_people_stand_by_department_and_name() -> None:
    office = Office("baishan-audit", "a b c")
    unit = office.texts["unit.yml"]
    first = "departments:\n  - {id: first, name: 甲科, kind: general}\n"
    office.write("unit.yml", unit.replace("departments:\n", first))
    office.person("a", name="乙").person("b", name="丙").person("c", department="first", name="丁")
    decide(office, dict.fromkeys("abc", "好 好 好 好"))
    assert [it for it in result_of(office).ranks.items() if it[0] in "abc"] == [("c", 1), ("b", 1), ("a", 1)]


# --- the samples, and the command ---------------------------------------------------------


@cache
def samples() -> Snapshot:
    """Read the repository's own records once."""
    return take(read_working_tree([ROOT]))


@pytest.mark.parametrize("unit", ["approval", "audit", "ecology", "reform", "statistics"])
def test_the_samples_years_read_well(unit: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annual", "2026", "--unit", unit, "--repo", str(ROOT)]) == 0
    same(f"{unit}.txt", capsys.readouterr().out)


def test_a_years_explanation_can_be_read_out() -> None:
    records = samples().units["statistics"]
    same("explain-qu-deming.txt", explain_year(records, annual(records, YEAR), "qu-deming").as_text())


def test_the_command_tells_what_check_finds_of_the_year_and_of_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = decide(Office("qufu-approval", "a b"), {"a": "好 好 好 较差", "b": "- - - -"})
    office.decide({"a": "优秀"}, period="2026", on="2027-01-15").decide({"x": "好"}, period="2025-Q4")
    for path, data in office.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data or b"")

    def run(*words: str) -> tuple[int, Any]:
        status = main([*words, "--repo", str(tmp_path), "--json"])
        return status, json.loads(capsys.readouterr().out)

    status, found = run("annual", "2026")
    assert status == 1
    assert list(found) == ["unit", "year", "problems", "people"]
    assert (found["unit"], found["year"]) == ("u", "2026")
    of_year = [it for it in run("check")[1]["problems"] if "/2025-" not in it["path"]]
    assert found["problems"] == of_year
    assert [it["clause"] for it in found["problems"] if it["code"] == "grade-not-allowed"] == ["Q13"]
    keys = ["grades", "allowed", "preferred", "takes_part", "score_weight", "steps"]
    assert list(found["people"]["a"]) == keys
    assert found["people"]["a"]["score_weight"] is None
    status, explained = run("explain", "2026", "a")
    assert (status, explained["person"], explained["steps"]) == (1, "a", found["people"]["a"]["steps"])
    (tmp_path / "records/u/unit.yml").write_text("name: [")
    status, found = run("annual", "2026")
    assert (status, found["people"], {it["code"] for it in found["problems"]}) == (1, {}, {"yaml-syntax"})
