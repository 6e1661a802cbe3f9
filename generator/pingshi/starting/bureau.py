"""`pingshi init`: a bureau's own repository, complete or not at all."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pingshi.files import list_working_tree
from pingshi.layout import BY_NAME, KINDS, SCHEMES, Location, glob_of, scheme_path
from pingshi.periods import Period
from pingshi.publishing import bundle
from pingshi.records import take
from pingshi.schemes import Book, load_book
from pingshi.source import can_be_written
from pingshi.starting.disk import settle
from pingshi.starting.draft import SCHEMA_FOLDER
from pingshi.starting.form import scalar
from pingshi.starting.record import SINGULAR
from pingshi.starting.schemas import write_schemas
from pingshi.starting.wanted import CannotStartError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_UNIT = re.compile(r"[a-z0-9-]+", re.ASCII)
_MOST_SHOWN = 10
#: Stands in a folder that is being filled, and goes away with everything unfinished in it.
_BUSY = ".pingshi-init"
#: Where each file of the skeleton goes. Names with a dot stand without it, so that they have no effect here.
_FILES = {
    "README.md": "README.md",
    "mkdocs.yml": "mkdocs.yml",
    "site/README.md": "site/README.md",
    "site/pages/about.md": "site/pages/about.md",
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
    "editorconfig": ".editorconfig",
}
#: What may stand in the folder already, as a forge puts it there; none of it is touched.
_LEFT_ALONE = frozenset({".git", "README.md", "LICENSE"})
#: Where our README goes beside somebody's own.
_SECOND_README = "使用说明.md"
_EDITOR = "redhat.vscode-yaml"


@dataclass(frozen=True, slots=True)
class Bureau:
    """What a new repository is to hold."""

    unit: str
    name: str | None
    book: Book
    since: Period


def scheme_titles() -> dict[str, str]:
    """Return the schemes that come with the program, with their titles."""
    folder = bundle() / SCHEMES
    found = {path.parent.name: _book(path.parent.name) for path in sorted(folder.glob("*/scheme.yml"))}
    return {name: book.scheme.title for name, book in found.items()}


def asked_for(folder: Path, scheme: str, unit: str | None, name: str | None, since: str | None, today: date) -> Bureau:
    """Check what was asked for; CannotStartError where a scheme, an id or a period can't be."""
    if scheme not in scheme_titles():
        raise CannotStartError(f"没有“{scheme}”这个方案；{nearest(scheme, scheme_titles())}")
    book = _book(scheme)
    if unit is None:
        unit = folder.resolve().name
        if not _UNIT.fullmatch(unit):
            raise CannotStartError(
                f"文件夹名“{unit}”不能作单位代号，用 --unit 另写一个；代号只用小写英文字母、数字和减号，如 approval"
            )
    elif not _UNIT.fullmatch(unit):
        raise CannotStartError(f"“{unit}”不能作单位代号；只用小写英文字母、数字和减号，如 approval")
    if name is not None and (not name.strip() or not name.isprintable() or not can_be_written(name)):
        raise CannotStartError("单位名称是空的，或者有换行等看不见的字符；写成一行")
    return Bureau(unit, name.strip() if name else None, book, _since(book, since, today))


def _book(name: str) -> Book:
    files = [(bundle() / scheme_path(name, file)).read_bytes() for file in ("scheme.yml", "clauses.yml")]
    book, problems = load_book(name, *files)
    assert book is not None, problems  # noqa: S101 -- those that come with the program are sound
    return book


def _since(book: Book, since: str | None, today: date) -> Period:
    kind = book.scheme.cycle.period
    if since is None:
        size = {"quarter": 3, "half": 6}[kind]
        return Period(kind, today.year, (today.month - 1) // size + 1)
    try:
        period = Period.parse(since)
    except ValueError as error:
        raise CannotStartError(f"{error}；写成 2026-Q3（季度）或 2026-H1（半年）") from None
    if period.kind != kind:
        example = "季度考核一次，写成 2026-Q3" if kind == "quarter" else "半年考核一次，写成 2026-H1"
        raise CannotStartError(f"方案 {book.name} 每{example} 这样")
    first = book.scheme.cycle.since
    if first is not None and period < first:
        raise CannotStartError(f"方案 {book.name} 从 {first} 开始考核，不能从 {period} 起执行")
    return period


def init(folder: Path, made: Bureau) -> str:
    """Make the repository and return the name of its README; nothing half-made remains.

    CannotStartError where something is in the way.
    """
    _must_be_free(folder)
    readme = _SECOND_README if (folder / "README.md").exists() else "README.md"
    if not folder.is_dir():
        above = next(it for it in folder.resolve().parents if it.is_dir())
        with tempfile.TemporaryDirectory(prefix=".pingshi-init-", dir=above, ignore_cleanup_errors=True) as scratch:
            tree = _finished(Path(scratch) / "tree", made, readme)
            folder.parent.mkdir(parents=True, exist_ok=True)
            tree.rename(folder)
        return readme
    busy = folder / _BUSY
    try:
        busy.mkdir()  # one at a time
    except FileExistsError:
        raise CannotStartError(f"{folder} 里另有一个 init 在进行；没有的话，删掉里面的 {_BUSY} 再试") from None
    try:
        tree = _finished(busy / "tree", made, readme)
        _must_be_free(folder)
        settle(tree, folder)
    finally:
        shutil.rmtree(busy, ignore_errors=True)
    return readme


def _finished(tree: Path, made: Bureau, readme: str) -> Path:
    _write(tree, made)
    problems = take(it.read() for it in list_working_tree([tree])).problems
    assert problems == (), problems  # noqa: S101 -- our own writing, and nothing is left otherwise
    (tree / "README.md").rename(tree / readme)
    return tree


def _must_be_free(folder: Path) -> None:
    if folder.is_dir():
        names = sorted(it.name for it in folder.iterdir() if it.name not in (*_LEFT_ALONE, _BUSY))
        if names:
            shown = "、".join(names[:_MOST_SHOWN]) + (f" 等 {len(names)} 项" if len(names) > _MOST_SHOWN else "")
            raise CannotStartError(f"{folder} 里已经有：{shown}；换一个空的或者还没有的文件夹")
    elif folder.exists() or folder.is_symlink():
        raise CannotStartError(f"{folder} 已经有了，而且不是文件夹；换一个名字")


def _write(tree: Path, made: Bureau) -> None:
    skeleton = Environment(  # noqa: S701 -- Markdown and YAML, no HTML
        loader=PackageLoader("pingshi.starting", "skeleton"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=False,
    )
    said = _said(made)
    files = {target: (source, said) for source, target in _FILES.items()}
    files[Location(made.unit, "unit").path] = ("unit.yml", {**said, "name": scalar(said["name"])})
    for target, (source, words) in files.items():
        _file(tree, target, skeleton.get_template(source).render(words))
    for file in ("scheme.yml", "clauses.yml"):
        path = scheme_path(made.book.name, file)
        _file(tree, path, (bundle() / path).read_text(encoding="utf-8"))
    _file(tree, ".vscode/extensions.json", _json({"recommendations": [_EDITOR]}))
    _file(tree, ".vscode/settings.json", _json(_settings()))
    write_schemas(tree / SCHEMA_FOLDER)


def _file(tree: Path, path: str, text: str) -> None:
    file = tree / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _settings() -> dict[str, Any]:
    schemas = {f"./{SCHEMA_FOLDER}/{kind.name}.json": glob_of(kind) for kind in KINDS}
    schemas |= {
        f"./{SCHEMA_FOLDER}/{Path(path).stem}.json": path
        for path in (scheme_path("*"), scheme_path("*", "clauses.yml"))
    }
    return {
        "yaml.schemas": schemas,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
    }


# --- what the texts say ------------------------------------------------------------------


def _said(made: Bureau) -> dict[str, Any]:
    scheme = made.book.scheme
    name = made.name or "本单位（在 unit.yml 里填写名称）"
    sources = {part.source for part in scheme.score.parts} if scheme.score else set()
    materials = list(_materials(made))
    return {
        "name": name,
        "title": scalar(f"{made.name or ''}{scheme.terms.assessment}"),
        "unit": made.unit,
        "scheme": made.book.name,
        "scheme_title": scheme.title,
        "since": str(made.since),
        "month": str(made.since.months[0]),
        "assessment": scheme.terms.assessment,
        "office_there": scheme.terms.office,
        "wording": scheme.publicity.wording,
        "scored": scheme.score is not None or scheme.indicators.sheet("staff") is not None,
        "ballots": "ballots" in sources,
        "staff": [it for it in materials if not it["office"]],
        "year": str(made.since.year),
        "annual": scheme.annual is not None,
        "office": [it for it in materials if it["office"]],
    }


def _materials(made: Bureau) -> Iterator[dict[str, Any]]:
    """Yield what the scheme orders to be filed, with the words of the command that begins it."""
    words = {name: word for word, name in SINGULAR.items()}
    month = str(made.since.months[0])
    periods = {"period": str(made.since), "month": month, "week": month, "year": str(made.since.year)}
    for rule in made.book.scheme.materials:
        kind = BY_NAME[rule.record]
        yield {
            "title": kind.title,
            "word": words.get(kind.name, kind.name),
            "period": periods[rule.each],
            "each": {"period": "每期", "month": "每月", "week": "每周", "year": "每年"}[rule.each],
            "person": kind.person is not None or kind.name == "spot_checks",
            "office": kind.person is None or kind.name == "evaluations",
        }
