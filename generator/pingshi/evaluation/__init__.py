"""Checking a whole repository quickly: in parts, over two processes, remembering what has not changed.

What is found is what `grading.check_repository` finds over a snapshot of everything; this
package only divides the work. Evaluating a part is a pure function of its files.
"""

from pingshi.evaluation.agenda import Agenda, agenda_of
from pingshi.evaluation.cache import Cache, program
from pingshi.evaluation.cache import folder as cache_folder
from pingshi.evaluation.parts import Source, counts_for_its_year, period_of
from pingshi.evaluation.remembered import remembered
from pingshi.evaluation.run import check_parts
from pingshi.evaluation.single import check_files, check_listed
from pingshi.evaluation.verdict import Verdict

__all__ = [
    "Agenda",
    "Cache",
    "Source",
    "Verdict",
    "agenda_of",
    "cache_folder",
    "check_files",
    "check_listed",
    "check_parts",
    "counts_for_its_year",
    "period_of",
    "program",
    "remembered",
]
