"""The public timetable: what a scheme orders of whom by when, from its rules and the calendar alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar, Event
from office import UNIT, Office
from sites import build

from pingshi.agenda import dates, timetable
from pingshi.grading import periods_of
from pingshi.periods import Period

if TYPE_CHECKING:
    from pathlib import Path

YEAR = Period("year", 2026)


def lines(scheme: str) -> list[str]:
    """Return a scheme's timetable, a line each."""
    book = Office(scheme).snapshot().books[scheme]
    return [f"{it.task} {it.role} {it.when} {it.clause}" for it in timetable(book.scheme)]


@pytest.mark.clause("B2", "B5", "B6", "B10", "B11")
def test_what_baishan_orders() -> None:
    assert lines("baishan-audit") == [
        "写个人小结 本人 每期，当期结束以前 B6",
        "审定等次 领导班子 每期，方案没有写明日期 B7",
        "审定考核结果 人教科 考核期结束以后3日以内 B11",
        "反馈考核结果 主管领导 审定以后及时 B10",
        "向市委组织部报送平时考核工作方案 人教科 每年，3月31日以前 B5",
        "向市委组织部报送平时考核备案名册 人教科 每期，方案没有写明日期 B11",
        "向市委组织部报送平时考核奖励备案名册 人教科 每期，方案没有写明日期 B11",
    ]


@pytest.mark.clause("Z4", "Z5", "Z6", "Z14")
def test_what_zhangdian_orders() -> None:
    assert lines("zhangdian-stats") == [
        "定年度工作目标 本人 每年，1月31日以前 Z4",
        "定月工作计划 本人 每月，不晚于当月开始前7日 Z4",
        "写工作记实 本人 每周，当周结束以前 Z5",
        "写月小结 本人 每月，方案没有写明日期 Z6",
        "写个人小结 本人 每期，方案没有写明日期 Z7",
        "抽查工作记实 考核办公室 每期，当期结束以前 Z5",
        "审定等次 领导班子 每期，方案没有写明日期 Z3",
        "反馈考核结果 主要领导或者分管领导 审定以后及时 Z14",
    ]


@pytest.mark.clause("D3", "D13")
def test_what_the_commission_orders() -> None:
    assert [it for it in lines("city-drc") if it.endswith((" D3", " D13", " D10"))] == [
        "定月工作计划 本人 每月，当月前5个工作日以内 D3",
        "答复异议 人事科、评估督导科 收到异议以后5个工作日以内 D13",
        "公示考核结果 人事科、评估督导科 不少于3个工作日 D10",
    ]


@pytest.mark.clause("B11")
def test_the_years_last_days_move_off_holidays_and_leave_out_what_no_calendar_tells() -> None:
    records = Office("baishan-audit").snapshot().units[UNIT]
    book = records.book(YEAR)
    assert book is not None
    found = dates(book.scheme, records.calendar, YEAR, periods_of(records, YEAR))
    assert [f"{it.day} {it.period} {it.task}" for it in found] == [
        "2026-03-31 2026-Q1 写个人小结",
        "2026-03-31 2026 报送平时考核工作方案",
        "2026-04-03 2026-Q1 审定考核结果",
        "2026-06-30 2026-Q2 写个人小结",
        "2026-07-03 2026-Q2 审定考核结果",
        "2026-09-30 2026-Q3 写个人小结",
        "2026-10-08 2026-Q3 审定考核结果",
        "2026-12-31 2026-Q4 写个人小结",
    ]


@pytest.mark.clause("Z4")
def test_the_page_and_the_calendar_hold_what_falls_into_the_year(tmp_path: Path) -> None:
    """The plan of January 2027 is due in December; that of January 2026 was due the year before."""
    site = build(Office("zhangdian-stats", since="2025-Q1"), tmp_path / "site", "2026-04-15")
    events = [it for it in Calendar.from_ical(site.files["u/agenda.ics"]).walk() if isinstance(it, Event)]
    told = [(it.start, str(it["SUMMARY"])) for it in events if "定月工作计划" in str(it["SUMMARY"])]
    assert told[0] == (date(2026, 1, 25), "【2026年2月】定月工作计划")
    assert told[-1] == (date(2026, 12, 25), "【2027年1月】定月工作计划")
    assert len({str(it["UID"]) for it in events}) == len(events)
    text = "\n".join(site.page("u/agenda.html").lines)
    assert "2027年1月定月工作计划" in text
    assert "wang-fang" not in text + site.files["u/agenda.ics"].decode()
