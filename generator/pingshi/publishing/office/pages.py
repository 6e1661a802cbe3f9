"""The office's pages: Markdown through the templates in `site/templates/office`, each page marked as internal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pingshi.publishing.pages import copied, writer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pingshi.publishing.office.data import OfficeSite

#: What every page says, at the top and at the foot.
INTERNAL = "内部资料，不得公开"
#: What MkDocs is told for this audience, whatever a repository's own settings say.
SETTINGS: Mapping[str, str] = {"site_name": "考核记录核对（内部）", "copyright": INTERNAL}
_HEADING = "# "
_BANNER = f'<p class="internal" data-search-exclude>{INTERNAL}</p>'


def write_office_pages(site: OfficeSite, templates: list[Path], static: list[Path], target: Path) -> list[Any]:
    """Write the Markdown tree of the office's site; return the navigation. `static`: folders to copy as they are."""
    copied(static, target)
    write = writer(templates, target, _marked, site=site)
    write("index.md", "office/home.md.j2")
    write("history.md", "office/history.md.j2")
    for unit in site.units:
        write(f"{unit.id}/index.md", "office/unit.md.j2", unit=unit)
        write(f"{unit.id}/files.md", "office/sheet.md.j2", unit=unit, sheet=unit.own)
        for sheet in unit.periods:
            write(f"{unit.id}/{sheet.id}/index.md", "office/sheet.md.j2", unit=unit, sheet=sheet)
    units = [{unit.name: f"{unit.id}/index.md"} for unit in site.units]
    return [{"首页": "index.md"}, *([{"单位": units}] if units else []), {"历史和回执": "history.md"}]


def _marked(text: str) -> str:
    """Put the mark below a page's heading, which must come first; not in the templates, where it could be left out."""
    lines = text.split("\n")
    at = next((number for number, line in enumerate(lines) if line.startswith(_HEADING)), None)
    if at is None:
        return f"{_BANNER}\n\n{text}"
    return "\n".join([*lines[: at + 1], "", _BANNER, "", *lines[at + 1 :]])
