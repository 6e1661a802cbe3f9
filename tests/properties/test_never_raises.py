"""Whatever stands in the files: nothing raises, and every problem says where, what and what to do."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from properties.proving import prove
from properties.spoiling import Spoiled, spoiled
from properties.units import scheme_files, show
from variants import SCHEMES

from pingshi.cli.grading import grades_as_json
from pingshi.diagnostics import Problem, as_github, as_gitlab, as_text
from pingshi.grading import check_repository, check_unit, explain, problems_of
from pingshi.layout import Misplaced, locate, scheme_of
from pingshi.periods import Period
from pingshi.records import Snapshot, UnitRecords, take

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.property
_CHINESE = re.compile("[一-鿿]")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_record_raises_an_exception_and_every_problem_can_be_acted_on(scheme: str) -> None:
    def holds(drawn: Spoiled) -> None:
        own = [it for it in drawn.blobs if it.data not in scheme_files(drawn.scheme)]
        texts = {it.path: None if it.data is None else _readable(it.data) for it in own}
        show(texts, f"{drawn.scheme}; {drawn.what}")
        snapshot = take(drawn.blobs, several=drawn.several)
        problems = check_repository(snapshot)
        for it in problems:
            _can_be_acted_on(it, snapshot)
        _renders(problems, snapshot)
        for records in snapshot.units.values():
            for period in {Period.parse(drawn.period), *records.periods()}:
                _is_graded_and_explained(snapshot, records, period)

    prove(f"never raises, {scheme}", holds, spoiled(scheme), share=len(SCHEMES))


def _readable(data: bytes) -> str | bytes:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def _can_be_acted_on(it: Problem, snapshot: Snapshot) -> None:
    assert _CHINESE.search(it.message), it
    assert _CHINESE.search(it.hint), it
    assert it.place.line >= 1, it
    assert it.place.column >= 1, it
    data = snapshot.texts.get(it.place.path)
    if data is None:
        assert _could_stand(it.place.path), it
    else:
        assert it.place.line <= max(1, len(re.split(rb"\r\n|\r|\n|\xe2\x80\xa8|\xc2\x85", data))), it


def _could_stand(path: str) -> bool:
    """Tell whether it is the path of a file that is missing."""
    try:
        return bool(locate(path) if path.startswith("records/") else scheme_of(path))
    except Misplaced:
        return False


def _renders(problems: Iterable[Problem], snapshot: Snapshot) -> None:
    problems = list(problems)
    as_text(problems, snapshot.line).encode()
    as_github(problems).encode()
    json.loads(as_gitlab(problems))
    json.dumps([it.as_json() for it in problems], ensure_ascii=False).encode()


def _is_graded_and_explained(snapshot: Snapshot, records: UnitRecords, period: Period) -> None:
    checked = check_unit(records, period)
    result = checked.results[period]
    problems = problems_of(snapshot, records, checked, period)
    for it in problems:
        _can_be_acted_on(it, snapshot)
    json.dumps(grades_as_json(result, problems), ensure_ascii=False).encode()
    for person in result.people:
        explained = explain(records, result, person)
        explained.as_text().encode()
        json.dumps(explained.as_json(), ensure_ascii=False).encode()
