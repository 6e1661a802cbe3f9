"""The site of one audience: Markdown from that audience's data, built by MkDocs with Material into one folder.

Same tree, same day, same bytes: the build date is the day asked for, and nothing of the
machine gets in.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.history import Standing
from pingshi.publishing.bundle import bundle
from pingshi.publishing.checkpoint import MARK, NAME, Audience, checkpoint_of
from pingshi.publishing.office import SETTINGS, office_site, write_office_pages
from pingshi.publishing.origin import Origin, refuse_rewritten
from pingshi.publishing.pages import write_pages
from pingshi.publishing.public import public_site
from pingshi.publishing.reference import write_reference
from pingshi.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from pingshi.audit import Audit
    from pingshi.records import Snapshot


class SiteError(Exception):
    """The site could not be written (the environment's fault, exit status 3)."""


#: What a repository says on its home page, in `site/`. Never taken from the program, whose own is about its samples.
FOREWORD = "home.md"
_TITLES: Mapping[str, str] = {"public": "公开的网站", "office": "内部的网站"}


def build_site(  # noqa: PLR0913 -- what is built, for whom, of what day, to where: each is the caller's to say
    snapshot: Snapshot,
    roots: list[Path],
    out: Path,
    on: date,
    pages: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    origin: Origin | None = None,
    *,
    audience: Audience = "public",
    audit: Audit | None = None,
) -> None:
    """Build the site of a snapshot for an audience into `out`, replacing what stood there.

    The folder is replaced only once the new site is complete. `pages` keeps the Markdown
    tree, for another builder; without it the tree is thrown away. `progress` is told how
    many of how many pages are rendered. `origin` goes into the site's checkpoint; without it the site is of files
    outside of git. `audit` is of the history that the snapshot is from, if any. SiteError where a folder holds
    anything that the program did not write, or wrote for another audience, or where writing fails; RewrittenError as
    `refuse_rewritten`.
    """
    if origin is None:
        origin = Origin(tuple(roots), "files", tuple(Standing() for _ in roots))
    for target in (out, pages):
        if target is not None:
            _may_replace(target, [*roots, *origin.folders], audience)
    refuse_rewritten(out, origin)
    try:
        with tempfile.TemporaryDirectory(prefix="pingshi-") as scratch:
            tree = Path(scratch) / "pages"
            settings = write_tree(snapshot, roots, on, tree, audience=audience, audit=audit)
            built = Path(scratch) / "site"
            render(roots, tree, built, settings, on, progress=progress)
            made = checkpoint_of(built, audience, on, origin.read_from, origin.sources)
            (built / NAME).write_bytes(made.as_bytes())
            if pages is not None:
                _replace(tree, pages, audience)
            _replace(built, out, audience)
    except OSError as error:
        raise SiteError(f"写网站时出错：{in_words(error)}（{error.filename or out}）") from error


def write_tree(
    snapshot: Snapshot,
    roots: list[Path],
    on: date,
    tree: Path,
    *,
    audience: Audience = "public",
    audit: Audit | None = None,
) -> dict[str, Any]:
    """Write the whole Markdown tree into a new folder; return the settings that MkDocs needs for it."""
    tree.mkdir()
    templates = _places(roots, "site/templates")
    if audience == "office":
        site = office_site(snapshot, audit, on, several=len(roots) > 1)
        return {**SETTINGS, "nav": write_office_pages(site, templates, _static(roots, "site/assets"), tree)}
    write_reference(templates, _places(roots, "site/examples"), _bundled_schemes(), tree)
    static = _static(roots, "site/pages", "site/assets")
    return {"nav": write_pages(public_site(snapshot, on, audit), templates, static, tree, _foreword(roots))}


def _foreword(roots: list[Path]) -> str:
    """Return what the repository itself says at the top of its home page; the program has nothing to say there."""
    files = (root / "site" / FOREWORD for root in roots)
    return next((it.read_text(encoding="utf-8") for it in files if it.is_file()), "")


def _may_replace(target: Path, roots: list[Path], audience: Audience) -> None:
    """Refuse a folder that holds somebody's files or another site, or lies within one, or over or under the sources."""
    where = target.resolve()
    for root in roots:
        for source in (root / "records", root / "schemes", root / "site"):
            kept = source.resolve()
            if where == kept or where in kept.parents or kept in where.parents:
                raise SiteError(f"{target} 里有考核记录、方案或网站的源文件，不能用来放生成的内容；换一个文件夹")
    if any((it / MARK).is_file() for it in where.parents):
        raise SiteError(f"{target} 在另一个生成的网站里面，会和那个网站一起给人看到；换一个文件夹")
    if not target.exists() and not target.is_symlink():
        return
    if target.is_symlink() or not target.is_dir() or (any(target.iterdir()) and not (target / MARK).is_file()):
        raise SiteError(f"{target} 不是空文件夹，也不是上次生成的内容，不敢覆盖；换一个文件夹，或先把它移走")
    made_for = (target / MARK).read_text(encoding="utf-8").strip() if (target / MARK).is_file() else audience
    if (made_for or "public") != audience:
        theirs, ours = (_TITLES.get(it, it) for it in (made_for or "public", audience))
        raise SiteError(f"{target} 里是{theirs}，不能用{ours}覆盖；换一个文件夹，或者先把它移走")


def _replace(source: Path, target: Path, audience: Audience) -> None:
    """Put a new folder in the place of the old one, which is there until the new one is complete."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.new")
    old = target.with_name(f"{target.name}.old")
    for leftover in (fresh, old):
        if leftover.is_dir() and (leftover / MARK).is_file():
            shutil.rmtree(leftover)
    fresh.mkdir()
    (fresh / MARK).write_text(f"{audience}\n", encoding="utf-8")
    shutil.copytree(source, fresh, dirs_exist_ok=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    if old.exists():
        shutil.rmtree(old)


def _places(roots: list[Path], folder: str) -> list[Path]:
    """Return where to look for a folder of the site: the repository's own first, then the program's.

    A folder without files is none, as in a commit.
    """
    places = (*(root / folder for root in roots), bundle() / folder)
    return [it for it in places if any(not inner.is_dir() for inner in it.rglob("*"))]


def _bundled_schemes() -> list[str]:
    """Return the texts of the schemes that come with the program, to quote from."""
    return [it.read_text(encoding="utf-8") for it in sorted((bundle() / "schemes").glob("*/scheme.yml"))]


def _static(roots: list[Path], *folders: str) -> list[Path]:
    """Return folders to copy, the program's first so that the repository's own files win."""
    return [it for folder in folders for it in reversed(_places(roots, folder))]


def render(
    roots: list[Path],
    tree: Path,
    built: Path,
    settings: dict[str, Any],
    on: date,
    *,
    only_newer: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Let MkDocs make a site of the Markdown tree; `only_newer`: of the pages that are newer than theirs.

    `settings` come from `write_tree`, and win over those of `mkdocs.yml`.
    """
    from mkdocs.commands.build import build  # noqa: PLC0415 -- 100 ms, for this command only
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415
    from mkdocs.utils.yaml import yaml_load  # noqa: PLC0415

    ours = bundle() / "mkdocs.yml"
    own = next((root / "mkdocs.yml" for root in roots if (root / "mkdocs.yml").is_file()), ours)
    overrides = _places(roots, "site/overrides")
    with _quiet(), _build_date(on):
        try:
            with own.open("rb") as said, ours.open("rb") as default:
                known = yaml_load(said)
                more = {key: value for key, value in yaml_load(default).items() if key not in known}
            config = load_config(config_file=str(own), docs_dir=str(tree), site_dir=str(built), **(more | settings))
            if overrides:
                config.theme.dirs.insert(0, str(overrides[0]))
            config.strict = config.strict and not only_newer  # MkDocs warns of that mode itself
            if progress is not None:
                config.plugins.events["post_page"].append(_counted(progress, sum(1 for _ in tree.rglob("*.md"))))
            build(config, dirty=only_newer)
        except MkDocsException as error:
            raise SiteError(f"MkDocs 没有生成网站：{error}") from error


def _counted(progress: Callable[[int, int], None], whole: int) -> Callable[..., str]:
    """Return what MkDocs calls after each page."""
    numbers = itertools.count(1)

    def after_page(output: str, **_: Any) -> str:
        progress(min(next(numbers), whole), whole)
        return output

    return after_page


@contextlib.contextmanager
def _build_date(on: date) -> Iterator[None]:
    """Let MkDocs date its files with the day asked for, by the convention for reproducible builds."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str((on.toordinal() - 719163) * 86400)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep MkDocs' own chatter off the terminal; what goes wrong comes as an exception."""
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.setLevel(logging.ERROR)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        yield
    finally:
        logger.setLevel(before)
