"""The audit's findings, each on the page where it belongs, and none lost: what fits no page is told of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.audit import CODES, grouped, heading, moment, short, titled_path
from pingshi.diagnostics import visible
from pingshi.publishing.colleagues import headline
from pingshi.publishing.office.data import Departure, Happened, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pingshi.audit import Audit, Occasion, Scope, Told


class Departures:
    """All findings of an audit, to be taken page by page."""

    def __init__(self, audit: Audit | None, names: Mapping[str, str]) -> None:
        self._audit = audit
        self._names = names
        self._groups = grouped(audit.findings) if audit is not None else ()
        self._told: set[Scope] = set()

    def take(self, wanted: Callable[[Scope], bool]) -> tuple[Departure, ...]:
        """Take those of a page, in the order of the codes. A scheme's are taken by every unit that uses it."""
        codes: dict[str, list[Said]] = {}
        for it in self._groups:
            if wanted(it.scope):
                self._told.add(it.scope)
                codes.setdefault(it.code, []).extend(self._said(it.told))
        return tuple(Departure(title, tuple(codes[code])) for code, title in CODES.items() if code in codes)

    def rest(self) -> tuple[Departure, ...]:
        """Take what no page has taken, with what it is about."""
        if self._audit is None:
            return ()
        audit = self._audit
        left = [it for it in self._groups if it.scope not in self._told]
        return tuple(
            Departure(CODES[it.code], tuple(self._said(it.told)), headline(heading(it.scope, audit))) for it in left
        )

    def _said(self, told: Iterable[Told]) -> Iterable[Said]:
        for it in told:
            yield Said(
                visible(it.message), visible(it.hint), tuple(self._happened(one, it.message) for one in it.occasions)
            )

    def _happened(self, it: Occasion, message: str) -> Happened:
        paths = tuple((visible(path), self._title(path, message)) for path in it.paths)
        return Happened(moment(it.at) if it.at is not None else "", short(it.commit), paths)

    def _title(self, path: str, message: str) -> str:
        """Say what a path holds, unless the message has said so."""
        title = titled_path(path, self._names)
        return "" if title is None or title in message else title
