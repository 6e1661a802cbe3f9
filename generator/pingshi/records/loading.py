"""From files to typed records, each by itself: what can't be read becomes problems and is remembered as broken."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pingshi.diagnostics import Place, Problem, problem
from pingshi.layout import BY_NAME, RECORDS, SCHEMES, Location, Misplaced, locate, scheme_of
from pingshi.records import facts, monthly, people, quarterly
from pingshi.source import load, load_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel

    from pingshi.files import Blob

#: What each kind of record is: a model of one mapping, or (listed second) a list of items.
MAPPINGS: Mapping[str, type[BaseModel]] = {
    "unit": people.Unit,
    "people": people.Person,
    "goals": monthly.Goals,
    "plans": monthly.Plan,
    "logs": monthly.Log,
    "reports": monthly.Report,
    "evaluations": monthly.Evaluation,
    "attendance": monthly.Attendance,
    "summaries": quarterly.Summary,
    "reviews": quarterly.Review,
    "ballots": quarterly.Ballots,
    "outside": quarterly.Outside,
    "determination": quarterly.Determination,
    "publicity": quarterly.Publicity,
    "objections": quarterly.Objection,
    "replies": quarterly.Reply,
}
LISTS: Mapping[str, Any] = {
    "facts": facts.Fact,
    "feedback": quarterly.FeedbackNote,
    "spot_checks": quarterly.SpotCheck,
    "filings": quarterly.FiledForm,
}


@dataclass
class Loaded:
    """What a set of files holds: records, the identities of broken ones, the schemes' files, all texts."""

    records: dict[Location, Any] = field(default_factory=dict)
    broken: set[Location] = field(default_factory=set)
    schemes: dict[str, dict[str, bytes | None]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)

    def joined(self, other: Loaded) -> Loaded:
        """Return both together."""
        return Loaded(
            self.records | other.records,
            self.broken | other.broken,
            self.schemes | other.schemes,
            self.problems + other.problems,
            self.texts | other.texts,
        )


def loaded(blobs: Iterable[Blob], *, several: bool = False) -> Loaded:
    """Read every file by itself; `several` where two or more roots were given."""
    found = Loaded()
    for blob in blobs:
        if blob.is_placeholder:
            continue
        if blob.path in found.texts:
            message = "同一个文件在两个仓库里都有"
            found.problems.append(problem(Place(blob.path), "misplaced-file", message, "只在一个仓库里保留"))
            continue
        found.texts[blob.path] = blob.data or b""
        unreadable = _unreadable(blob, several=several)
        if unreadable is not None:
            found.problems.append(unreadable)
            _remember_broken(blob, found)
            continue
        try:
            if blob.path.startswith(f"{SCHEMES}/"):
                found.schemes.setdefault(scheme_of(blob.path), {})[blob.path.rsplit("/", 1)[1]] = blob.data
            elif blob.path.startswith(f"{RECORDS}/"):
                _read(locate(blob.path), blob, found)
        except Misplaced as error:
            found.problems.append(problem(Place(blob.path), error.code, error.message, error.hint))
    return found


def _read(location: Location, blob: Blob, found: Loaded) -> None:
    assert blob.data is not None  # noqa: S101 -- _unreadable has reported those
    value: Any
    if location.kind in LISTS:
        value, problems = load_list(blob.path, blob.data, LISTS[location.kind])
    else:
        value, problems = load(blob.path, blob.data, MAPPINGS[location.kind])
    found.problems += problems
    if value is None:
        found.broken.add(location)
    else:
        found.records[location] = value


def _remember_broken(blob: Blob, found: Loaded) -> None:
    """Note what stands there unread, so that nobody is told that it is missing."""
    with contextlib.suppress(Misplaced):
        if blob.path.startswith(f"{SCHEMES}/"):
            found.schemes.setdefault(scheme_of(blob.path), {})[blob.path.rsplit("/", 1)[1]] = None
        else:
            found.broken.add(locate(blob.path))


def _unreadable(blob: Blob, *, several: bool) -> Problem | None:
    if blob.denied:
        hint = "请管理员把这个文件（夹）的读取权限给运行程序的账号"
        return problem(Place(blob.path), "yaml-syntax", "没有权限读取", hint)
    if blob.data is None:
        return problem(Place(blob.path), "symlink", "这是符号链接或特殊文件，不读取", "删掉它，把真正的文件放在这里")
    if several and blob.root == 0 and blob.path.startswith(f"{RECORDS}/"):
        try:
            kind = BY_NAME[locate(blob.path).kind]
        except Misplaced:
            return None
        if kind.confidential:
            message = f"{kind.title}是不公开的记录，不能放在公开的仓库里"
            return problem(
                Place(blob.path), "misplaced-file", message, "移到第二个（不公开的）仓库的同一位置，并从公开仓库删除"
            )
    return None
