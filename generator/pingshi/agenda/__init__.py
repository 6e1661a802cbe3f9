"""What is due: who must do what by when, under which clause.

Duties that are remembered are told without the records: what makes them out of records is loaded when it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pingshi.agenda.duty import Duty, Someone, read_duty
from pingshi.agenda.ical import as_ical, dates_as_ical
from pingshi.agenda.opened import Task, Urgency, tasks, urgency
from pingshi.agenda.wording import action, by_when, by_whom, whom

if TYPE_CHECKING:
    from pingshi.agenda.scheduled import Date, Line, dates, timetable
    from pingshi.agenda.whole import duties

#: Where the names are that need the records.
_LATER = {"Date": "scheduled", "Line": "scheduled", "dates": "scheduled", "timetable": "scheduled", "duties": "whole"}

__all__ = [
    "Date",
    "Duty",
    "Line",
    "Someone",
    "Task",
    "Urgency",
    "action",
    "as_ical",
    "by_when",
    "by_whom",
    "dates",
    "dates_as_ical",
    "duties",
    "read_duty",
    "tasks",
    "timetable",
    "urgency",
    "whom",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    found = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = found
    return found
