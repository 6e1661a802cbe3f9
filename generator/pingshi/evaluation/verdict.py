"""What a check comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pingshi.files import read_each

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pingshi.diagnostics import Place, Problem
    from pingshi.evaluation.parts import Source


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that is wrong, in order, and how many files were looked at."""

    problems: tuple[Problem, ...]
    files: int
    sources: Mapping[str, Source] = field(repr=False)

    def line(self, place: Place) -> str | None:
        """Return the text of a place's line, for showing it beside a problem."""
        source = self.sources.get(place.path)
        data = next((it.data for it in read_each([source])), None) if source else None
        lines = (data or b"").decode("utf-8", "replace").splitlines()
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None
