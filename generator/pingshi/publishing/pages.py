"""Public data → plain Markdown, through the Jinja2 templates in `site/templates`.

Everything that a template prints is escaped, unless the template itself wrote it: a
summary that holds HTML or Markdown comes out as the characters that were typed.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import jinja2

    from pingshi.publishing.public import PublicSite, PublicUnit

#: The hand-written pages for each kind of reader, in the order of the navigation.
HANDBOOK: Mapping[str, str] = {
    "使用手册": "handbook/index.md",
    "公务员": "handbook/civil-servant.md",
    "领导": "handbook/leader.md",
    "人事科": "handbook/personnel-office.md",
    "信息技术人员": "handbook/it.md",
}
_FIRST_PAGE_ASIDE = "handbook/first-page.md"
_HISTORY = "history.md"
#: The pages that are made from the code (`reference/`).
REFERENCE: Mapping[str, str] = {
    "记录的格式": "reference/records.md",
    "检查的内容": "reference/checks.md",
    "方案的写法": "reference/scheme-language.md",
}
#: What Markdown, HTML or an extension could take for markup; as entities they are plain characters.
_MARKUP = re.compile(r"[!\"#$&'*+<=>?@\[\\\]^_`{|}~]")
_AT_START = re.compile(r"^[-.:()0-9]")
_LINES = re.compile(r"\s*\n\s*")


def escape(value: object) -> str:
    """Return a value as Markdown that shows exactly its characters, line breaks as breaks."""
    import markupsafe  # noqa: PLC0415 -- only when pages are written

    if isinstance(value, markupsafe.Markup):
        return str(value)
    text = _MARKUP.sub(_entity, str(value))
    text = re.sub(r"(\d)\.(?=\s)", r"\1&#46;", text)
    text = _AT_START.sub(_entity, text) if not text[:1].isdigit() else text
    return _LINES.sub("<br>", text.strip())


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def environment(templates: list[Path]) -> jinja2.Environment:
    """Return the templates' environment; the first folder that has a template wins."""
    import jinja2  # noqa: PLC0415 -- only when pages are written

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(it) for it in templates]),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 -- `finalize` escapes for Markdown, which autoescape knows nothing of
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["link"] = _link
    made.filters["code"] = _code
    made.filters["block"] = _block
    return made


def _link(path: str) -> Any:
    """Mark a part of a path as safe to print: ids of units, periods and clauses, which `layout` has let through."""
    import markupsafe  # noqa: PLC0415 -- only when pages are written

    return markupsafe.Markup(path)  # noqa: S704 -- [a-zA-Z0-9-]+, see above


def _code(text: str) -> Any:
    """Show a text as code within a line, exactly its characters."""
    import markupsafe  # noqa: PLC0415 -- only when pages are written

    return markupsafe.Markup(f"<code>{escape(text)}</code>")  # noqa: S704 -- escaped


def _block(text: str, language: str) -> Any:
    """Show a text of the program's own as a block of code. It must hold no fence."""
    import markupsafe  # noqa: PLC0415 -- only when pages are written

    return markupsafe.Markup(f"```{language}\n{text.rstrip()}\n```")  # noqa: S704 -- never from a record


def _handwritten(text: str) -> Any:
    """Let a text of the site's own sources through as the Markdown that it is."""
    import markupsafe  # noqa: PLC0415 -- only when pages are written

    return markupsafe.Markup(text.strip())  # noqa: S704 -- as trusted as the pages beside it, never from a record


def copied(static: list[Path], target: Path) -> None:
    """Copy folders of hand-written pages and assets as they are; what comes later wins."""
    for folder in static:
        if folder.is_dir():
            shutil.copytree(folder, target, dirs_exist_ok=True)


def writer(
    templates: list[Path], target: Path, finish: Callable[[str], str] = str, **always: object
) -> Callable[..., None]:
    """Return what writes a page: its path, its template, and the values of that page besides those for all.

    `finish` has the last word on a page's text.
    """
    env = environment(templates)

    def write(path: str, template: str, **values: object) -> None:
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = finish(env.get_template(template).render(**always, **values))
        file.write_text(text, encoding="utf-8", newline="\n")

    return write


def write_pages(
    site: PublicSite, templates: list[Path], static: list[Path], target: Path, foreword: str = ""
) -> list[Any]:
    """Write the Markdown tree of the public site; return the navigation.

    `static` are folders of hand-written pages and assets, copied as they are; `foreword` is
    hand-written Markdown for the top of the home page.
    """
    copied(static, target)
    _make_room(site.units, target)
    write = writer(templates, target, site=site)
    write("index.md", "home.md.j2", foreword=_handwritten(foreword))
    write("archive.md", "archive.md.j2")
    if site.history is not None:
        write(_HISTORY, "history.md.j2", history=site.history)
    for unit in site.units:
        write(f"{unit.id}/index.md", "unit.md.j2", unit=unit)
        if unit.scheme is not None:
            write(f"{unit.id}/scheme.md", "scheme.md.j2", unit=unit, scheme=unit.scheme)
        if unit.agenda is not None:
            write(f"{unit.id}/agenda.md", "agenda.md.j2", unit=unit, agenda=unit.agenda)
            (target / unit.id / "agenda.ics").write_bytes(unit.agenda.calendar)
        for year in unit.years:
            write(f"{unit.id}/{year.id}/index.md", "year.md.j2", unit=unit, year=year, notice=year.notice)
        for period in unit.periods:
            values = {"unit": unit, "period": period, "scheme": unit.scheme}
            write(f"{unit.id}/{period.id}/index.md", "period.md.j2", **values)
            if period.state != "faulty":
                write(f"{unit.id}/{period.id}/roster.md", "roster.md.j2", **values)
            if period.notice is not None:
                write(f"{unit.id}/{period.id}/notice.md", "notice.md.j2", notice=period.notice, **values)
            for summary in period.summaries:
                path = f"{unit.id}/{period.id}/summaries/{summary.number:02}.md"
                write(path, "summary.md.j2", summary=summary, **values)
    return navigation(site.units, target)


def _make_room(units: tuple[PublicUnit, ...], target: Path) -> None:
    """Move the handbook's first page aside for a unit that is called like its folder."""
    first = target / "handbook" / "index.md"
    if first.is_file() and any(unit.id == first.parent.name for unit in units):
        first.rename(target / _FIRST_PAGE_ASIDE)


def navigation(units: tuple[PublicUnit, ...], target: Path) -> list[Any]:
    """Return the navigation: index pages only, since it is drawn again on every page."""
    nav: list[Any] = [{"首页": "index.md"}]
    nav.append({"单位": [{unit.name: f"{unit.id}/index.md"} for unit in units]} if units else {"单位": "index.md"})
    nav.append({"历次结果": "archive.md"})
    if (target / _HISTORY).is_file():
        nav.append({"历史记录": _HISTORY})
    moved = {"handbook/index.md": _FIRST_PAGE_ASIDE} if (target / _FIRST_PAGE_ASIDE).is_file() else {}
    paths = {title: moved.get(path, path) for title, path in HANDBOOK.items()}
    handbook = [{title: path} for title, path in paths.items() if (target / path).is_file()]
    if handbook:
        nav.append({"使用手册": handbook})
    reference = [{title: path} for title, path in REFERENCE.items() if (target / path).is_file()]
    if reference:
        nav.append({"格式参考": reference})
    if (target / "about.md").is_file():
        nav.append({"说明": "about.md"})
    return nav
