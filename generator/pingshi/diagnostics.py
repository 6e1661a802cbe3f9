"""Diagnostics are data: collected everywhere, sorted once, rendered at the edge.

A `Problem` says where it is, what is wrong in the reader's words (Chinese), what to do
next, and which clause of the scheme it rests on. Rendering is here too: text with the
offending line, JSON, and the annotations that forges show beside a pull request.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Severity = Literal["error", "warning"]

#: Every code with its usual severity and what it says (design §6, contract).
#: The last two go beyond the contract's table: they keep silence from being a guess.
CODES: Mapping[str, tuple[Severity, str]] = {
    "yaml-syntax": ("error", "文件不是合格的 YAML，无法读取"),
    "duplicate-key": ("error", "同一处写了两个相同的键"),
    "alias": ("error", "使用了 YAML 的锚点或引用（& 或 *）"),
    "tag": ("error", "使用了 YAML 的类型标签 (!)"),
    "not-utf8": ("error", "文件不是 UTF-8 编码"),
    "too-large": ("error", "文件超过 256 KiB"),
    "symlink": ("error", "文件或文件夹是符号链接"),
    "misplaced-file": ("error", "文件不在规定的位置，或文件名不合规定"),
    "unknown-key": ("error", "写了格式里没有的键"),
    "missing-key": ("error", "缺少必填的键"),
    "bad-value": ("error", "值不合要求"),
    "bad-date": ("error", "日期不合要求"),
    "wrong-period": ("error", "周期不对"),
    "unknown-person": ("error", "所写的人不存在"),
    "unknown-scheme": ("error", "所写的方案不存在"),
    "unknown-indicator": ("error", "所写的考核指标不存在"),
    "score-out-of-range": ("error", "分数超出范围"),
    "quota-exceeded": ("error", "等次人数超过限额"),
    "grade-not-allowed": ("error", "等次为方案所不许"),
    "reason-missing": ("error", "审定等次与建议不一致而没有写明理由"),
    "not-consulted": ("error", "没有按方案征求纪检监察机关意见"),
    "publicity-too-short": ("error", "公示时间不够"),
    "missing-rating": ("warning", "应有的评分或等次建议还没有"),
    "missing-record": ("warning", "应有的材料还没有"),
    "missing-follow-up": ("warning", "应做的反馈、谈话等还没有记录"),
    "late": ("warning", "超过了规定的时限"),
    "tie-at-quota": ("warning", "名额边缘得分相同"),
    "not-counted": ("warning", "写了，但不计入结果，或者没有读进来"),
    "unknown-calendar": ("warning", "没有该年的工作日历，无法判断"),
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a file: path from the repository's root, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"

    def settled(self) -> Place:
        """Return the plain place: itself, but for places that are looked up only when asked."""
        return self


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `hint` says what to do next; `clause` is null for matters of form."""

    place: Place
    code: str
    message: str
    hint: str
    clause: str | None = None
    severity: Severity = "error"

    def as_json(self) -> dict[str, str | int | None]:
        """Return the contract's form of one problem (design §6)."""
        return {
            "path": self.place.path,
            "line": self.place.line,
            "column": self.place.column,
            "code": self.code,
            "severity": self.severity,
            "clause": self.clause,
            "message": self.message,
            "hint": self.hint,
        }


def problem(
    place: Place,
    code: str,
    message: str,
    hint: str,
    *,
    clause: str | None = None,
    severity: Severity | None = None,
) -> Problem:
    """Make a problem with the code's usual severity, unless another is given."""
    usual, _ = CODES[code]
    return Problem(place.settled(), code, message, hint, clause, severity or usual)


def arranged(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once, by place, then code and message: the order of every output."""
    return tuple(
        sorted(set(problems), key=lambda it: (it.place, it.code, it.message, it.clause or "", it.hint, it.severity))
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of them is an error rather than a warning."""
    return any(it.severity == "error" for it in problems)


# --- rendering ------------------------------------------------------------------------

_SEVERITY_WORDS: Mapping[str, str] = {"error": "错误", "warning": "提醒"}
_LONGEST_LINE = 100


def as_text(problems: Iterable[Problem], read_line: Callable[[Place], str | None]) -> str:
    """Render for people: each problem with the line it is about and what to do.

    `read_line` gives the text of a place's line, or None where it can't be shown.
    """
    return "\n".join(_entry(it, read_line(it.place)) for it in problems)


def _entry(it: Problem, line: str | None) -> str:
    clause = f"（依据 {it.clause}）" if it.clause else ""
    place = f"{visible(it.place.path)}:{it.place.line}:{it.place.column}"
    parts = [f"{place}: {_SEVERITY_WORDS[it.severity]} [{it.code}] {visible(it.message)}{clause}"]
    if line is not None and line.strip():
        written = line.rstrip("\r\n")
        before = visible(written[: it.place.column - 1])
        shown, column = _window(before + visible(written[it.place.column - 1 :]), len(before))
        parts += [f"    {shown}", f"    {_blank(shown[:column])}^"]
    parts.append(f"    → {visible(it.hint)}")
    return "\n".join(parts) + "\n"


def visible(text: str) -> str:
    """Show control and direction characters as their code, so that no line can lie about itself."""
    return "".join(c if c.isprintable() or c == " " else f"⟨U+{ord(c):04X}⟩" for c in text)


def _window(line: str, column: int) -> tuple[str, int]:
    if len(line) <= _LONGEST_LINE:
        return line, min(column, len(line))
    start = max(0, min(column - _LONGEST_LINE // 2, len(line) - _LONGEST_LINE))
    return line[start : start + _LONGEST_LINE], max(0, min(column - start, _LONGEST_LINE))


def _blank(text: str) -> str:
    return "".join("\u3000" if unicodedata.east_asian_width(c) in "WF" else " " for c in text)


def as_github(problems: Iterable[Problem]) -> str:
    """Render as workflow commands, which GitHub, Gitea and Forgejo runners understand."""
    lines = []
    for it in problems:
        title = f"{it.code} {it.clause}" if it.clause else it.code
        place = f"file={_property(it.place.path)},line={it.place.line},col={it.place.column},title={_property(title)}"
        lines.append(f"::{it.severity} {place}::{_data(f'{it.message} {it.hint}')}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_gitlab(problems: Iterable[Problem]) -> str:
    """Render as a GitLab code quality report (one JSON array)."""
    report = []
    seen: Counter[tuple[str, str, str]] = Counter()
    for it in problems:
        same = (it.place.path, it.code, it.message)
        seen[same] += 1  # the line would change with every edit above it; the count does not
        report.append(
            {
                "description": f"{it.message} {it.hint}",
                "check_name": it.code,
                "fingerprint": hashlib.sha256(
                    "\0".join((*same, str(seen[same]))).encode(errors="surrogateescape")
                ).hexdigest(),
                "severity": "major" if it.severity == "error" else "minor",
                "location": {"path": it.place.path, "lines": {"begin": it.place.line}},
            }
        )
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
