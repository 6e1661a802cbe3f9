"""`pingshi todo`: what it prints, what it writes, what it remembers, and what it says when something can't be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import blessed
import pytest
from command import ROOT, Done, pingshi
from icalendar import Calendar
from office import Office
from sites import save

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = ROOT / "tests" / "golden" / "todo"


def todo(office: Office, folder: Path, *more: str, on: str = "2026-04-10") -> Done:
    """Ask what is due in an office, on a day."""
    return pingshi("todo", "--on", on, *more, repo=save(office, folder / "repository"))


def named(scheme: str = "baishan-audit") -> Office:
    """An office whose people have names."""
    office = Office(scheme, since="2026-Q1")
    for person, name in {"wang-fang": "王芳", "zhao-lei": "赵磊"}.items():
        office.person(person, name=name)
    for person, name in {"zhou-min": "周敏", "liu-yang": "刘扬", "qian-wei": "钱伟"}.items():
        office.person(person, name=name, leader="true")
    return office


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("audit.txt", ("--unit", "audit")),
        ("statistics.txt", ("--unit", "statistics", "--all")),
        ("ecology-leader.txt", ("--unit", "ecology", "--for", "gong-weimin")),
    ],
)
def test_the_samples_tasks_read_well(name: str, arguments: tuple[str, ...]) -> None:
    done = pingshi("todo", *arguments, "--on", "2026-11-20", repo=ROOT)
    assert (done.status, done.err) == (0, "")
    blessed.same(GOLDEN / name, done.out, "tests/test_todo.py")


def test_what_a_clerk_sees(tmp_path: Path) -> None:
    office = named().decide({"wang-fang": "一般", "zhao-lei": "较好"})
    done = todo(office, tmp_path, "--for", "liu-yang")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "示例局 刘扬的考核待办事项（2026年4月10日）\n"
        "\n现在可以办理（4 项）\n"
        "- 【2026年第一季度】填评鉴表（主管领导）\n"
        "  方案没有写明日期，2026-03-31起可以办理；由主管领导（刘扬）办理\n"
        "  依据 B7：主管领导审核个人小结、作出评价、提出等次，由主要领导或领导班子审定\n"
        "  还差王芳、赵磊\n"
        "  记在 records/u/2026-Q1/reviews/liu-yang.yml\n"
        "- 【2026年第一季度】反馈考核结果：还差 2 人：王芳、赵磊\n"
        "  方案没有写明日期，2026-04-02起可以办理；由主管领导（刘扬）办理\n"
        "  依据 B10：由主管领导及时向本人反馈考核结果，肯定成绩、指出不足，提出改进意见\n"
        "  记在 records/u/2026-Q1/feedback/liu-yang.yml\n"
        "- 【2026年第一季度】帮助制定整改措施：王芳\n"
        "  方案没有写明日期，2026-04-02起可以办理；由主管领导（刘扬）办理\n"
        "  依据 B13：对一般、较差等次的公务员，帮助查找原因，制定整改措施\n"
        "  记在 records/u/2026-Q1/feedback/liu-yang.yml\n"
        "- 【2026年第一季度】谈话提醒：王芳\n"
        "  方案没有写明日期，2026-04-02起可以办理；由主管领导（刘扬）办理\n"
        "  依据 B13：对一般等次的公务员，由分管领导及时谈话提醒\n"
        "  记在 records/u/2026-Q1/feedback/liu-yang.yml\n"
        "\n以后要办，还没有到开始办理的时间（9 项）\n"
        "其中 9 项要在四十五天以后才能开始，没有列出；加上 --all 全部列出\n"
    )


def test_json_tells_every_duty_by_itself(tmp_path: Path) -> None:
    office = named().decide({"wang-fang": "一般", "zhao-lei": "较好"})
    document = todo(office, tmp_path, "--json").json
    assert {key: document[key] for key in ("unit", "on", "person", "problems")} == {
        "unit": "u",
        "on": "2026-04-10",
        "person": None,
        "problems": [],
    }
    assert document["duties"][0] == {
        "urgency": "overdue",
        "period": "2026-Q1",
        "kind": "summaries",
        "task": "写个人小结",
        "role": "本人",
        "who": [{"id": "wang-fang", "name": "王芳"}],
        "about": {"id": "wang-fang", "name": "王芳"},
        "path": "records/u/2026-Q1/summaries/wang-fang.yml",
        "since": "2026-03-17",
        "due": "2026-03-31",
        "note": None,
        "clause": "B6",
        "says": "每季度对照考核指标写出个人小结，以书面形式报主管领导",
    }
    ranks = {"overdue": 0, "soon": 1, "open": 2, "later": 3}
    order = [ranks[it["urgency"]] for it in document["duties"]]
    assert order == sorted(order)
    assert set(order) == {0, 2, 3}


def test_a_calendar_file_is_one_that_a_calendar_can_read(tmp_path: Path) -> None:
    office = named().decide({"wang-fang": "一般", "zhao-lei": "较好"})
    out = tmp_path / "待办.ics"
    assert todo(office, tmp_path, "--ics", str(out)) == Done(0, "", "")
    events = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    count = len(events)
    assert count > 10
    assert len({str(it["UID"]) for it in events}) == count
    again = out.read_bytes()
    todo(office, tmp_path, "--ics", str(out))
    assert out.read_bytes() == again
    assert [it.name for it in tmp_path.iterdir() if it.name.startswith("待办")] == ["待办.ics"]


def test_a_calendar_file_is_never_written_over_anything_else(tmp_path: Path) -> None:
    root = save(named(), tmp_path / "repository")
    record = root / "records" / "u" / "unit.yml"
    before = record.read_bytes()
    done = pingshi("todo", "--ics", str(record), repo=root)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"{record} 已经有了，而且不是日历文件，不敢覆盖；换一个文件名，如 待办.ics\n"
    assert record.read_bytes() == before
    assert pingshi("todo", "--ics", str(root), repo=root).err == f"{root} 是文件夹；写成文件名，如 待办.ics\n"
    assert pingshi("todo", "--ics", "-", "--json", repo=root).status == 2


def test_what_is_remembered_is_what_the_files_say_now(tmp_path: Path) -> None:
    office = named()

    def summaries() -> list[str]:
        duties = todo(office, tmp_path, "--json").json["duties"]
        return [it["about"]["id"] for it in duties if it["kind"] == "summaries" and it["period"] == "2026-Q1"]

    assert summaries() == ["wang-fang", "zhao-lei"]
    office.write("2026-Q1/summaries/wang-fang.yml", (ROOT / SOME_SUMMARY).read_text(encoding="utf-8"))
    assert summaries() == ["zhao-lei"]
    office.person("zhao-lei", name="赵磊", left="2026-02-28")
    assert summaries() == []


SOME_SUMMARY = "records/audit/2026-Q1/summaries/bao-wenjing.yml"


def test_in_january_what_the_old_year_left_is_still_told(tmp_path: Path) -> None:
    duties = todo(named(), tmp_path, "--json", on="2027-01-04").json["duties"]
    assert ("2026-Q4", "determination") in {(it["period"], it["kind"]) for it in duties}
    assert ("2026", "determination") in {(it["period"], it["kind"]) for it in duties}


@pytest.mark.clause("Z4")
def test_in_december_the_plans_of_january_are_told(tmp_path: Path) -> None:
    duties = todo(named("zhangdian-stats"), tmp_path, "--json", on="2026-12-22").json["duties"]
    plans = [(it["urgency"], it["due"]) for it in duties if it["kind"] == "plans" and it["period"] == "2027-01"]
    assert plans == [("soon", "2026-12-25")] * 2


def test_a_person_whom_nobody_knows_is_wrong_usage(tmp_path: Path) -> None:
    done = todo(named(), tmp_path, "--for", "zhao")
    assert (done.status, done.out) == (2, "")
    assert "zhao-lei" in done.err


def test_errors_are_told_and_nothing_is_called_done_because_of_them(tmp_path: Path) -> None:
    office = named().write("2026-Q1/summaries/wang-fang.yml", "political: [")
    done = todo(office, tmp_path, "--for", "wang-fang")
    assert done.status == 1
    assert "文件有错误读不了，先用 pingshi check 看问题并改正" in done.out
    assert done.out.endswith("记录和方案里有 1 个错误，改正以前上面列的可能不全；用 pingshi check 查看。\n")
    assert [it["code"] for it in todo(office, tmp_path, "--json").json["problems"]] == ["yaml-syntax"]


@pytest.mark.parametrize("broken", ["schemes/baishan-audit/scheme.yml", "records/u/unit.yml"])
def test_where_nothing_can_be_told_it_is_not_said_that_nothing_is_to_be_done(broken: str, tmp_path: Path) -> None:
    office = named()
    office.files[broken] = b"title: [\n"
    done = todo(office, tmp_path)
    assert done.status == 1
    assert "没有要办的事项" not in done.out
    assert "算不出来" in done.out


def test_somebody_whose_own_file_is_broken_is_not_told_that_nothing_is_to_be_done(tmp_path: Path) -> None:
    office = named()
    office.files["records/u/people/wang-fang.yml"] = b"name: [\n"
    done = todo(office, tmp_path, "--for", "wang-fang")
    assert done.status == 1
    assert "没有要办的事项" not in done.out
    assert done.out.endswith("改正以前上面列的可能不全；用 pingshi check 查看。\n")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_all_calendars_are_days_too(day: str, tmp_path: Path) -> None:
    assert todo(named(), tmp_path, on=day).status == 0
