"""Years, half-years, quarters, months, weeks: how they are written, where they begin and end, how they order."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from pingshi.periods import Period, Week, months_after

NO_PERIODS = (
    "26 20260 0000 0000-Q1 0999-Q1 1899-Q4 9999 9999-12 2026-Q5 2026-Q0 2026-q1 2026-H3 2026-13 2026-00 2026-1 "
    "2026Q1 2026- ２０２６ 2026-Q１ 2026-01-01 2026-W02 第一季度"
)


@pytest.mark.parametrize(
    ("text", "title", "first", "last"),
    [
        ("2026", "2026年度", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H1", "2026年上半年", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", "2026年下半年", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q1", "2026年第一季度", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q2", "2026年第二季度", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-Q3", "2026年第三季度", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-Q4", "2026年第四季度", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-01", "2026年1月", date(2026, 1, 1), date(2026, 1, 31)),
        ("2026-02", "2026年2月", date(2026, 2, 1), date(2026, 2, 28)),
        ("2028-02", "2028年2月", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", "2026年12月", date(2026, 12, 1), date(2026, 12, 31)),
        ("1900-Q1", "1900年第一季度", date(1900, 1, 1), date(1900, 3, 31)),
        ("9998-12", "9998年12月", date(9998, 12, 1), date(9998, 12, 31)),
    ],
)
def test_a_period_is_written_one_way_and_has_a_title_and_two_ends(
    text: str, title: str, first: date, last: date
) -> None:
    period = Period.parse(text)
    assert (str(period), period.title, period.first, period.last) == (text, title, first, last)


@pytest.mark.parametrize("text", ["", "2026-Q1 ", " 2026", "2026-Q1\n", *NO_PERIODS.split()])
def test_nothing_else_is_a_period(text: str) -> None:
    with pytest.raises(ValueError, match="周期") as caught:
        Period.parse(text)
    assert str(caught.value) == f"“{text}”不是合格的周期"


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2026-02", ["2026-02"]),
        ("2026-Q3", ["2026-07", "2026-08", "2026-09"]),
        ("2026-H2", ["2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12"]),
        ("2026", [f"2026-{month:02}" for month in range(1, 13)]),
    ],
)
def test_a_period_has_its_months_in_order(text: str, months: list[str]) -> None:
    assert [str(month) for month in Period.parse(text).months] == months


def test_periods_order_by_their_last_day_and_the_longer_comes_after_what_it_ends_with() -> None:
    written = (
        "2025 2026-01 2026-03 2026-Q1 2026-06 2026-Q2 2026-H1 2026-09 2026-Q3 2026-12 2026-Q4 2026-H2 2026 2027-01"
    )
    periods = [Period.parse(text) for text in written.split()]
    assert sorted([*periods[5:], *periods[:5]]) == periods
    for earlier, later in itertools.pairwise(periods):
        assert earlier < later
        assert earlier <= later
        assert later > earlier
        assert later >= earlier
        assert not later < earlier
        assert not later <= earlier
        assert not earlier > later
        assert not earlier >= later


def test_a_period_is_neither_before_nor_after_itself() -> None:
    quarter, same = Period.parse("2026-Q1"), Period("quarter", 2026, 1)
    assert quarter == same
    assert hash(quarter) == hash(same)
    assert quarter <= same
    assert quarter >= same
    assert not quarter < same
    assert not quarter > same


def test_a_period_holds_its_first_and_last_day_and_no_other() -> None:
    quarter = Period.parse("2026-Q1")
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [quarter.holds(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("outer", "inner", "within"),
    [
        ("2026", "2026-Q4", True),
        ("2026", "2026", True),
        ("2026-H1", "2026-Q2", True),
        ("2026-Q1", "2026-03", True),
        ("2026-Q1", "2026-04", False),
        ("2026-Q1", "2026", False),
        ("2026-Q1", "2025-12", False),
        ("2026", "2025-Q4", False),
    ],
)
def test_one_period_lies_within_another(outer: str, inner: str, *, within: bool) -> None:
    assert Period.parse(outer).contains(Period.parse(inner)) is within


# --- weeks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "monday", "sunday"),
    [
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-W02", date(2026, 1, 5), date(2026, 1, 11)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2021-W01", date(2021, 1, 4), date(2021, 1, 10)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("2027-W01", date(2027, 1, 4), date(2027, 1, 10)),
        ("1900-W01", date(1900, 1, 1), date(1900, 1, 7)),
        ("9998-W53", date(9998, 12, 28), date(9999, 1, 3)),
    ],
)
def test_a_week_runs_from_monday_to_sunday_across_the_end_of_a_year(text: str, monday: date, sunday: date) -> None:
    week = Week.parse(text)
    assert (str(week), week.first, week.last) == (text, monday, sunday)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2027-W53", "2027 年没有第 53 周"),
        ("2026-W54", "2026 年没有第 54 周"),
        ("2026-W00", "2026 年没有第 0 周"),
        ("9999-W52", "“9999-W52”不是合格的周，应写成 2026-W02"),  # its Sunday is beyond all calendars
        ("1899-W52", "“1899-W52”不是合格的周，应写成 2026-W02"),
        ("2026-W2", "“2026-W2”不是合格的周，应写成 2026-W02"),
        ("2026-02", "“2026-02”不是合格的周，应写成 2026-W02"),
        ("2026W02", "“2026W02”不是合格的周，应写成 2026-W02"),
        ("0000-W02", "“0000-W02”不是合格的周，应写成 2026-W02"),
        ("２０２６-W02", "“２０２６-W02”不是合格的周，应写成 2026-W02"),
        ("2026-W02\n", "“2026-W02\n”不是合格的周，应写成 2026-W02"),
    ],
)
def test_a_week_that_does_not_exist_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="周") as caught:
        Week.parse(text)
    assert str(caught.value) == message


def test_weeks_order_by_time() -> None:
    weeks = [Week.parse(text) for text in ("2025-W52", "2026-W01", "2026-W53", "2027-W01")]
    assert sorted([*weeks[2:], *weeks[:2]]) == weeks


def test_a_week_across_two_months_belongs_to_both() -> None:
    week = Week.parse("2026-W01")
    months = ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert [week.overlaps(Period.parse(month)) for month in months] == [False, True, True, False]


# --- calendar months -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2028, 1, 31), 1, date(2028, 3, 1)),
        (date(2026, 8, 31), 6, date(2027, 3, 1)),
        (date(2026, 8, 28), 6, date(2027, 2, 28)),
        (date(2026, 8, 29), 6, date(2027, 3, 1)),
        (date(2027, 8, 29), 6, date(2028, 2, 29)),
        (date(2027, 8, 31), 6, date(2028, 3, 1)),
        (date(2026, 10, 31), 1, date(2026, 12, 1)),
        (date(2026, 12, 31), 6, date(2027, 7, 1)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2028, 2, 29), 12, date(2029, 3, 1)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
        (date(9999, 6, 30), 6, date(9999, 12, 30)),
        (date(9999, 6, 30), 7, date.max),  # beyond all calendars
    ],
)
def test_months_after_a_day_is_the_same_date_or_the_first_of_the_next_month_where_there_is_none(
    day: date, months: int, later: date
) -> None:
    assert months_after(day, months) == later
