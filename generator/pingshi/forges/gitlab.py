"""What GitLab needs: CODEOWNERS and branch protection.

Its CODEOWNERS holds patterns as shells write them, of which the last one that fits a path holds; so what is general
comes first. `*` and `?` fit nothing that has a slash in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pingshi.forges.folders import glob_of
from pingshi.layout import RECORDS, SCHEMES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pingshi.forges.basis import Basis
    from pingshi.forges.ownership import Owned, Ownership


def owner_words(basis: Basis) -> Mapping[str, Any]:
    """Return what the template of CODEOWNERS is filled in with."""
    lines = ["# 其余的文件：网站、设置、自动任务和这个文件本身", *rest_line(basis.ownership)]
    lines += ["", "# 方案", *scheme_lines(basis.ownership.of_schemes())]
    for unit, heading in basis.headings():
        lines += ["", heading, *unit_lines(unit, basis.ownership)]
    return {"lines": "\n".join(lines)}


def protection_words(basis: Basis) -> Mapping[str, Any]:
    """Return what the script that sets up branch protection is filled in with: who may push main (40: maintainers)."""
    told = "；领导自己签名合并，所以维护者也可以推送，由钩子检查" if basis.signed else "，谁都不能推送"
    return {"main_push": 40 if basis.signed else 0, "pushing_told": told}


def unit_lines(unit: str, ownership: Ownership) -> list[str]:
    """Return the lines of a unit's records; a line without owners says that nobody can approve."""
    owned = ownership.units[unit]
    lines: list[str] = []
    for kind in dict.fromkeys(it.kind for it in owned):
        strangers = ownership.of_strangers(unit, kind) if kind.person is not None else ()
        if kind.person is not None:
            folder = "" if kind.scopes == ("unit",) else "*/"
            lines.append(_line(f"/{RECORDS}/{unit}/{folder}{kind.name}/*.yml", strangers))
        for it in (it for it in owned if it.kind == kind):
            lines += _lines_of(unit, it)
    return lines


def _lines_of(unit: str, it: Owned) -> Iterator[str]:
    """Yield the line that holds from some period on, and then one for each earlier period that differs from it."""
    *earlier, (_, owners) = it.runs
    if it.period is None:
        yield _line(_path(unit, None, it), owners)
        return
    yield _line(_path(unit, glob_of(it.period), it), owners)
    for run, those in earlier:
        assert run is not None  # noqa: S101 -- what has periods has them in all its runs
        if those != owners:
            yield from (_line(_path(unit, str(period), it), those) for period in run.periods())


def _path(unit: str, folder: str | None, it: Owned) -> str:
    file = _file(it.kind, it.person)
    return "/".join(["", RECORDS, unit, *([folder] if folder is not None else []), file])


def _file(kind: Kind, person: str | None) -> str:
    return f"{kind.name}.yml" if person is None else f"{kind.name}/{person}.yml"


def scheme_lines(schemes: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the lines of the schemes that units name."""
    return [_line(f"/{SCHEMES}/{name}/*.yml", owners) for name, owners in schemes.items()]


def rest_line(ownership: Ownership) -> list[str]:
    """Return the line for whatever no later one fits."""
    return [_line("*", ownership.of_the_rest())]


def _line(pattern: str, owners: Iterable[str]) -> str:
    return " ".join([pattern, *(f"@{it}" for it in owners)])
