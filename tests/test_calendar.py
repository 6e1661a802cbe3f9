"""Working days: the official calendar of 2026 with its make-up days, deadlines across holidays, a unit's own days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pingshi.periods import Calendar, UnknownYearError

OFFICIAL = Calendar()


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 4),  # Sunday, for New Year
        date(2026, 2, 14),  # Saturday, for the Spring Festival
        date(2026, 2, 28),  # Saturday, for the Spring Festival
        date(2026, 5, 9),  # Saturday, for Labour Day
        date(2026, 9, 20),  # Sunday, for National Day
        date(2026, 10, 10),  # Saturday, for National Day
        date(2026, 9, 30),  # an ordinary Wednesday
        date(2026, 10, 8),  # the Thursday after the holidays
    ],
)
def test_people_work_on_weekdays_and_on_the_days_that_make_up_for_holidays(day: date) -> None:
    assert OFFICIAL.is_workday(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 2, 16),  # Monday, the eve of the Spring Festival
        date(2026, 2, 23),
        date(2026, 4, 6),
        date(2026, 6, 19),
        date(2026, 9, 25),  # Friday, Mid-Autumn
        date(2026, 10, 1),
        date(2026, 10, 7),
        date(2026, 3, 7),  # an ordinary Saturday
        date(2026, 3, 8),  # an ordinary Sunday
    ],
)
def test_people_rest_on_holidays_and_weekends(day: date) -> None:
    assert not OFFICIAL.is_workday(day)


def test_the_working_days_of_the_third_quarter_of_2026_are_66() -> None:
    days = OFFICIAL.workdays(date(2026, 7, 1), date(2026, 9, 30))
    assert (len(days), days[0], days[-1]) == (66, date(2026, 7, 1), date(2026, 9, 30))
    assert date(2026, 9, 20) in days
    assert date(2026, 9, 25) not in days


@pytest.mark.clause("Q8", "D10")
def test_working_days_count_the_first_and_the_last_day() -> None:
    assert OFFICIAL.workdays(date(2026, 9, 30), date(2026, 10, 9)) == (
        date(2026, 9, 30),
        date(2026, 10, 8),
        date(2026, 10, 9),
    )
    assert OFFICIAL.workdays(date(2026, 10, 8), date(2026, 10, 8)) == (date(2026, 10, 8),)
    assert OFFICIAL.workdays(date(2026, 10, 1), date(2026, 10, 7)) == ()
    assert OFFICIAL.workdays(date(2026, 10, 9), date(2026, 10, 8)) == ()


@pytest.mark.clause("B11")
@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2026, 9, 30), 3, date(2026, 10, 8)),  # 3 October is a holiday
        (date(2026, 3, 31), 3, date(2026, 4, 3)),  # a Friday
        (date(2026, 6, 30), 3, date(2026, 7, 3)),  # a Friday
        (date(2026, 3, 31), 4, date(2026, 4, 7)),  # Saturday, and Qingming after it
        (date(2026, 2, 11), 3, date(2026, 2, 14)),  # a Saturday on which people work
        (date(2026, 9, 17), 3, date(2026, 9, 20)),  # a Sunday on which people work
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_a_limit_in_days_counts_from_the_next_day_and_never_ends_on_a_holiday(
    start: date, count: int, last: date
) -> None:
    assert OFFICIAL.deadline_days(start, count) == last


@pytest.mark.clause("C18", "D13")
@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2026, 9, 30), 5, date(2026, 10, 13)),  # 8, 9, Saturday 10, 12, 13 October
        (date(2026, 10, 3), 5, date(2026, 10, 13)),  # told within the holidays: the same
        (date(2026, 4, 9), 5, date(2026, 4, 16)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 9, 30), 0, date(2026, 9, 30)),
    ],
)
def test_a_limit_in_working_days_counts_only_these_from_the_next_day(start: date, count: int, last: date) -> None:
    assert OFFICIAL.deadline_workdays(start, count) == last


# --- years that nobody knows -----------------------------------------------------------


def test_a_year_that_is_not_announced_is_an_error_and_never_guessed() -> None:
    assert (OFFICIAL.knows(2026), OFFICIAL.knows(2999), OFFICIAL.knows(1999)) == (True, False, False)
    with pytest.raises(UnknownYearError) as caught:
        OFFICIAL.is_workday(date(2999, 1, 2))
    assert (str(caught.value), caught.value.year) == ("没有 2999 年的工作日历", 2999)


def test_a_limit_that_runs_into_an_unknown_year_is_an_error() -> None:
    calendar = Calendar(holidays=[date(2998, 12, 31)])
    with pytest.raises(UnknownYearError) as caught:
        calendar.deadline_workdays(date(2998, 12, 30), 1)
    assert caught.value.year == 2999
    with pytest.raises(UnknownYearError) as caught:
        calendar.deadline_days(date(2998, 12, 29), 2)
    assert caught.value.year == 2999
    with pytest.raises(UnknownYearError) as caught:
        calendar.workdays(date(2998, 12, 30), date(2999, 1, 1))
    assert caught.value.year == 2999


def test_a_limit_beyond_the_last_day_of_all_calendars_is_an_error_too() -> None:
    for limit in (OFFICIAL.deadline_days, OFFICIAL.deadline_workdays):
        with pytest.raises(UnknownYearError) as caught:
            limit(date(9999, 12, 31), 1)
        assert (str(caught.value), caught.value.year) == ("没有 9999 年的工作日历", 9999)


# --- a unit's own calendar -------------------------------------------------------------


def test_a_unit_may_bring_the_calendar_of_a_year_that_is_not_known_yet() -> None:
    calendar = Calendar(holidays=[date(2999, 1, 1)], workdays=[date(2999, 1, 5)])
    assert calendar.knows(2999)
    days = [date(2999, 1, day) for day in range(1, 8)]  # from a Tuesday to a Monday
    assert [calendar.is_workday(day) for day in days] == [False, True, True, True, True, False, True]
    assert calendar.deadline_days(date(2998, 12, 30), 2) == date(2999, 1, 2)


def test_a_working_day_alone_does_not_make_its_year_known() -> None:
    calendar = Calendar(workdays=[date(2999, 1, 5)])
    assert (calendar.knows(2999), calendar.is_workday(date(2999, 1, 5))) == (False, True)
    with pytest.raises(UnknownYearError):
        calendar.is_workday(date(2999, 1, 2))


def test_where_both_speak_the_unit_wins() -> None:
    calendar = Calendar(holidays=[date(2026, 10, 8), date(2026, 10, 10)], workdays=[date(2026, 10, 7)])
    days = [date(2026, 10, day) for day in range(6, 13)]
    assert [calendar.is_workday(day) for day in days] == [False, True, False, True, False, False, True]
    assert [OFFICIAL.is_workday(day) for day in days] == [False, False, True, True, True, False, True]


def test_a_calendar_of_nothing_but_holidays_ends_in_an_error_and_not_in_an_endless_search() -> None:
    calendar = Calendar(holidays=[date(2026, 7, 1) + timedelta(days=i) for i in range(100)])
    with pytest.raises(UnknownYearError) as caught:
        calendar.deadline_days(date(2026, 6, 30), 1)
    assert caught.value.year == 2026
