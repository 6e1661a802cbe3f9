"""Names and ids decide nothing, not even between equals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from office import UNIT
from properties.proving import prove
from properties.units import LEADERS, NAMES, STAFF, Case, renamed, units
from variants import SCHEMES

from pingshi.grading import check_unit
from pingshi.periods import Period
from pingshi.records import Blob, take

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.property
PEOPLE = (*LEADERS, *STAFF)
_NAME = re.compile("|".join(NAMES.values()))
_NEW_IDS = st.permutations([f"{it}-new" for it in "zyxwvutsrqpo"])
_NEW_NAMES = st.permutations(["一", "龘", "丁丁", "Àgnes", "欧阳修文", "戊", "己", "庚辛", "壬", "癸", "子丑", "寅"])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_result_never_depends_on_name_or_id(scheme: str) -> None:
    def holds(case: Case, ids: list[str], names: list[str]) -> None:
        case.show()
        new_id, new_name = dict(zip(PEOPLE, ids, strict=True)), dict(zip(NAMES.values(), names, strict=True))

        def forth(text: str) -> str:
            return _NAME.sub(lambda found: new_name[found.group()], renamed(text, new_id.__getitem__))

        scheme_files, own = case.blobs()[:2], case.texts()
        other = [*scheme_files, *(Blob(forth(path), forth(text).encode()) for path, text in own.items())]
        assert _told(case.blobs(), case.period, forth) == _told(other, case.period, str)

    prove(f"names, {scheme}", holds, units(scheme), _NEW_IDS, _NEW_NAMES, share=len(SCHEMES))


def _told(blobs: list[Blob], period: str, changed: Callable[[str], str]) -> tuple[Any, ...]:
    """Return results and problems with ids and names replaced, in no order but that of what they are replaced by."""
    parsed = Period.parse(period)
    checked = check_unit(take(blobs).units[UNIT], parsed)
    result = checked.results[parsed]
    assert result.book is not None
    people = {
        changed(it.person): (
            it.participation,
            it.score and it.score.exact,
            it.suggested,
            it.determined,
            [(step.rule, step.clause, changed(step.says), step.value, changed(str(step.at))) for step in it.steps],
        )
        for it in result.people.values()
    }
    pools = [
        (it.pool, it.base, it.limit, it.used, it.cut, {*map(changed, it.tied)}, {*map(changed, it.members)})
        for it in result.pools
    ]
    problems = sorted((it.code, it.clause or "", it.severity) for it in checked.by_period[parsed])
    return people, pools, problems
