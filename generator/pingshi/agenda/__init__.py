"""What is due: who must do what by when, under which clause."""

from pingshi.agenda.duty import Duty, Someone, read_duty
from pingshi.agenda.ical import as_ical, dates_as_ical
from pingshi.agenda.timetable import Date, Line, dates, timetable
from pingshi.agenda.whole import SOON, Task, Urgency, duties, tasks, urgency
from pingshi.agenda.wording import action, by_when, by_whom, names, whom

__all__ = [
    "SOON",
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
    "names",
    "read_duty",
    "tasks",
    "timetable",
    "urgency",
    "whom",
]
