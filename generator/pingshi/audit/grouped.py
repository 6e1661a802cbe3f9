"""Findings put together as they are told: by unit, period and code; what is said alike once, with all that it is of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pingshi.audit.result import CODES
from pingshi.audit.wording import place_of
from pingshi.layout import SCHEMES, Misplaced
from pingshi.layout import scheme_of as name_of_scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pingshi.audit.result import Audit, Finding
    from pingshi.periods import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """What a finding is about: a unit's period; its general files (no period); everything (no unit).

    `scheme`: a scheme's files, whichever units use it.
    """

    unit: str | None
    period: Period | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """One commit of which something is said, when that was (None: not known), and the paths that it is said of."""

    commit: str
    at: int | None
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Something said once: what happened, what to do, and each commit of which it holds."""

    message: str
    hint: str
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of a code within a scope."""

    scope: Scope
    code: str
    told: tuple[Told, ...]


def scope_of(finding: Finding) -> Scope:
    """Return what a finding is about."""
    if finding.path is None:
        return Scope(finding.unit)
    return _scope(finding.path, finding.unit)


def _scope(path: str, unit: str | None = None) -> Scope:
    if path.startswith(f"{SCHEMES}/"):
        try:
            return Scope(unit, scheme=name_of_scheme(path))
        except Misplaced:
            return Scope(unit)
    location = place_of(path)
    return Scope(unit) if location is None else Scope(unit or location.unit, location.period)


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Group findings: first those that concern everything, then by unit, its general files before its periods."""
    scopes: dict[Scope, dict[str, dict[tuple[str, str], list[Finding]]]] = {}
    for it in findings:
        codes = scopes.setdefault(scope_of(it), {})
        codes.setdefault(it.code, {}).setdefault((it.message, it.hint), []).append(it)
    order = list(CODES)
    return tuple(
        Group(scope, code, tuple(Told(*said, tuple(_occasions(own))) for said, own in alike.items()))
        for scope, codes in sorted(scopes.items(), key=lambda item: _key(item[0]))
        for code, alike in sorted(codes.items(), key=lambda item: order.index(item[0]))
    )


def _key(scope: Scope) -> tuple[object, ...]:
    period = scope.period
    return (scope.unit or "", scope.scheme or "", period is not None, (period.last, str(period)) if period else ())


def _occasions(findings: Iterable[Finding]) -> Iterator[Occasion]:
    paths: dict[tuple[str, int | None], list[str]] = {}
    for it in findings:
        own = paths.setdefault((it.commit, it.at), [])
        if it.path is not None and it.path not in own:
            own.append(it.path)
    for (commit, at), own in paths.items():
        yield Occasion(commit, at, tuple(own))


def narrowed(audit: Audit, unit: str | None, period: Period | None) -> Audit:
    """Return an audit of one unit or period alone. What concerns everything stays: nothing is sound without it.

    A unit's general files are left out where a period is named.
    """

    def wanted(scope: Scope) -> bool:
        if scope.unit is None and scope.scheme is None:
            return True
        mine = unit is None or scope.unit is None or scope.unit == unit
        return mine and (period is None or (scope.period is not None and period.contains(scope.period)))

    return replace(
        audit,
        findings=tuple(it for it in audit.findings if wanted(scope_of(it))),
        records=tuple(it for it in audit.records if wanted(_scope(it.path))),
    )
