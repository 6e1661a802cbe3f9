"""The files for each forge, as texts. The same rosters and schemes on the same day give the same bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from pingshi.forges import gitea, gitlab, gitolite, page
from pingshi.forges.basis import Basis

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from pingshi.records import UnitRecords

Forge = Literal["gitea", "gitlab", "gitolite", "plain"]
#: What `--forge` takes, and how each is called.
FORGES: Mapping[Forge, str] = {
    "gitea": "Gitea 或者 Forgejo",
    "gitlab": "GitLab",
    "gitolite": "gitolite",
    "plain": "普通的裸仓库",
}

#: Stands in one of the first two lines of every file of ours (a script's first line is its interpreter's).
_MARK = "由 pingshi init --forge {} 生成，不要手工修改；人员、职务、方案变了以后重新执行这条命令"
_OURS = re.compile(r"由 pingshi init --forge [a-z]+ 生成")


def _none(_: Basis) -> Mapping[str, Any]:
    return {}


#: Of each forge: a file's path, its template, and what that is filled in with.
_FILES: Mapping[Forge, tuple[tuple[str, str, Callable[[Basis], Mapping[str, Any]]], ...]] = {
    "gitea": (
        ("CODEOWNERS", "CODEOWNERS.gitea", gitea.owner_words),
        (".gitea/workflows/pingshi.yml", "gitea-workflow.yml", _none),
        ("forge/protect.sh", "gitea-protect.sh", gitea.protection_words),
        ("forge/server-hook.sh", "gitea-hook.sh", _none),
        ("forge/README.md", "page/gitea.md", lambda basis: page.words("gitea", basis)),
    ),
    "gitlab": (
        ("CODEOWNERS", "CODEOWNERS.gitlab", gitlab.owner_words),
        (".gitlab-ci.yml", "gitlab-ci.yml", _none),
        ("forge/protect.sh", "gitlab-protect.sh", gitlab.protection_words),
        ("forge/server-hook.sh", "gitlab-hook.sh", _none),
        ("forge/README.md", "page/gitlab.md", lambda basis: page.words("gitlab", basis)),
    ),
    "gitolite": (
        ("forge/pingshi.conf", "gitolite.conf", gitolite.words),
        ("forge/README.md", "page/gitolite.md", lambda basis: page.words("gitolite", basis)),
    ),
    "plain": (("forge/README.md", "page/plain.md", lambda basis: page.words("plain", basis)),),
}


@dataclass(frozen=True, slots=True)
class Generated:
    """A file to be written: its path from the repository's root, and its text."""

    path: str
    text: str


def is_ours(text: str) -> bool:
    """Tell whether a file was written by this program, so that it may be replaced."""
    return any(_OURS.search(line) for line in text.split("\n", 2)[:2])


def generated(forge: Forge, units: Mapping[str, UnitRecords], day: date) -> list[Generated]:
    """Return the files for a forge, by who holds which office on the day."""
    basis = Basis(units, day)
    templates = Environment(  # noqa: S701 -- shell, YAML and Markdown; what comes from records is made plain first
        loader=PackageLoader("pingshi.forges", "templates"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        block_start_string="@%",
        block_end_string="%@",
        variable_start_string="@{",
        variable_end_string="}@",
        comment_start_string="@#",
        comment_end_string="#@",
    )
    return [
        Generated(path, templates.get_template(name).render(mark=_MARK.format(forge), forge=forge, **words(basis)))
        for path, name, words in _FILES[forge]
    ]


def left_from_others(forge: Forge) -> list[str]:
    """Return the paths of what other forges have, and this one has not."""
    own = {path for path, _, _ in _FILES[forge]}
    return sorted({path for those in _FILES.values() for path, _, _ in those} - own)
