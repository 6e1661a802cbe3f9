"""Analysis of the results for the office: how grades are spread, what stands out, who is good throughout."""

from pingshi.grading.analysis.analyse import HINTS, Analysis, Preferred, analyse
from pingshi.grading.analysis.distribution import Row, Table
from pingshi.grading.analysis.gathered import one_before
from pingshi.grading.analysis.notable import Notable
from pingshi.grading.analysis.withheld import FEWEST, SMALL

__all__ = ["FEWEST", "HINTS", "SMALL", "Analysis", "Notable", "Preferred", "Row", "Table", "analyse", "one_before"]
