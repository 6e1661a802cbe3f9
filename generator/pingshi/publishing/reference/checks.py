"""Every code with its rules, which are the docstrings of the checks, and a message as people meet it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pingshi.diagnostics import CODES
from pingshi.grading import CHECKS as PERIOD_CHECKS
from pingshi.grading import YEAR_CHECKS
from pingshi.records import CHECKS as RECORD_CHECKS
from pingshi.schemes import LINT_CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_SEVERITIES: Mapping[str, str] = {"error": "错误", "warning": "提醒"}


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """What the reference tells about a code. Where no check stands behind it, reading itself finds the fault."""

    code: str
    severity: str
    says: str
    rules: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class LintEntry:
    """A check of the linter: its name in the code and its rule."""

    name: str
    rule: str


def code_entries(examples: Mapping[str, Mapping[str, str]]) -> tuple[CodeEntry, ...]:
    """Return all codes in the order of their table; `examples` is a problem of each code, as JSON has it."""
    rules: dict[str, list[str]] = {code: [] for code in CODES}
    for code, check in _checks():
        rules[code].append(_rule(check))
    return tuple(
        CodeEntry(code, _SEVERITIES[severity], says, tuple(rules[code]), _shown(code, examples[code]))
        for code, (severity, says) in CODES.items()
    )


def lint_entries() -> tuple[LintEntry, ...]:
    """Return the checks of schemes, in the linter's order."""
    return tuple(LintEntry(check.__name__, _rule(check)) for check in LINT_CHECKS)


def _checks() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every check with its code. Those of records are named after theirs."""
    for check in RECORD_CHECKS:
        yield check.__name__.replace("_", "-"), check
    yield from PERIOD_CHECKS
    yield from YEAR_CHECKS


def _rule(check: Callable[..., Any]) -> str:
    return (check.__doc__ or "").strip()


def _shown(code: str, told: Mapping[str, str]) -> str:
    """Write a problem as the terminal does, without the place, which is nobody's."""
    clause = f"（依据 {told['clause']}）" if told.get("clause") else ""
    return f"{_SEVERITIES[told['severity']]} [{code}] {told['message']}{clause}\n    → {told['hint']}"
