"""What Gitea and Forgejo need: CODEOWNERS and branch protection.

Their CODEOWNERS holds regular expressions of Go, each of which must fit a whole path. The owners of all lines that fit
are asked, so no two lines may fit the same path: of a record each line names the kinds, the periods and the people for
which it holds. A full stop is written `[.]`, because these forges take a backslash out of a line before they read the
pattern. A line that begins with `!` is for every path that the pattern does not fit.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pingshi.forges.folders import either, regexp_of
from pingshi.layout import KINDS, RECORDS, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pingshi.forges.basis import Basis
    from pingshi.forges.folders import Run
    from pingshi.forges.ownership import Owned, Ownership

#: The name of a kind's folder or file, for the order of lines.
_ORDER = {kind.name: number for number, kind in enumerate(KINDS)}


def owner_words(basis: Basis) -> Mapping[str, Any]:
    """Return what the template of CODEOWNERS is filled in with."""
    ownership = basis.ownership
    lines: list[str] = []
    for unit, heading in basis.headings():
        lines += ["", heading, *unit_lines(unit, ownership.units[unit])]
    lines += ["", "# 方案", *scheme_lines(ownership.of_schemes())]
    lines += ["", "# 其余的文件：网站、设置、自动任务和这个文件本身", *rest_line(ownership)]
    return {"lines": "\n".join(lines), "first_year": ownership.first_year}


def unit_lines(unit: str, owned: Iterable[Owned]) -> list[str]:
    """Return the lines of a unit's records; of what nobody can approve there is none."""
    whose: dict[tuple[str, tuple[Run | None, ...], tuple[str, ...]], list[str | None]] = {}
    for it in owned:
        for owners in dict.fromkeys(those for _, those in it.runs if those):
            runs = tuple(run for run, those in it.runs if those == owners)
            whose.setdefault((it.kind.name, runs, owners), []).append(it.person)
    kinds: dict[tuple[tuple[Run | None, ...], tuple[str | None, ...], tuple[str, ...]], list[str]] = {}
    for (kind, runs, owners), people in whose.items():
        kinds.setdefault((runs, tuple(people), owners), []).append(kind)
    ordered = sorted(kinds.items(), key=lambda it: _ORDER[it[1][0]])
    return [_line(_path(unit, runs, names, people), owners) for (runs, people, owners), names in ordered]


def _path(unit: str, runs: Iterable[Run | None], kinds: Iterable[str], people: Iterable[str | None]) -> str:
    dated = [it for it in runs if it is not None]
    named = [it for it in people if it is not None]
    parts = [RECORDS, unit, *([regexp_of(dated)] if dated else []), either(kinds), *([either(named)] if named else [])]
    return "/".join(parts) + "[.]yml"


def scheme_lines(schemes: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the lines of the schemes that units name."""
    return [_line(f"{SCHEMES}/{name}/[a-z]+[.]yml", owners) for name, owners in schemes.items() if owners]


def rest_line(ownership: Ownership) -> list[str]:
    """Return the line for whatever is neither a known unit's nor a named scheme's."""
    owners = ownership.of_the_rest()
    known = [(RECORDS, list(ownership.units)), (SCHEMES, list(ownership.of_schemes()))]
    folders = "|".join(f"{top}/{either(names)}" for top, names in known if names)
    return [_line(f"!(?:{folders})/.*", owners)] if owners and folders else []


def _line(pattern: str, owners: Iterable[str]) -> str:
    return " ".join([pattern, *(f"@{it}" for it in owners)])


# --- protection ---------------------------------------------------------------------------

#: Only merge commits: nothing else shows who approved.
_REPOSITORY = {
    "allow_merge_commits": True,
    "allow_squash_merge": False,
    "allow_rebase": False,
    "allow_rebase_explicit": False,
    "allow_fast_forward_only_merge": False,
    "allow_manual_merge": False,
    "autodetect_manual_merge": False,
    "default_merge_style": "merge",
    "default_delete_branch_after_merge": False,
}


def protection_words(basis: Basis) -> Mapping[str, Any]:
    """Return what the script that sets up branch protection is filled in with.

    Several people are asked to review where any one of them will do, so a merge must not wait for all who were asked.
    Where leaders sign, they merge on their own computers and push. A key that one of the forges, or an old version,
    does not know is passed over there.
    """
    approvers = list(basis.approvers)
    main = {
        "rule_name": "main",
        "enable_push": basis.signed,
        "enable_push_whitelist": basis.signed,
        "push_whitelist_usernames": approvers if basis.signed else [],
        "enable_force_push": False,
        "enable_merge_whitelist": True,
        "merge_whitelist_usernames": approvers,
        "required_approvals": 1,
        "enable_approvals_whitelist": True,
        "approvals_whitelist_username": approvers,
        "dismiss_stale_approvals": True,
        "block_on_rejected_reviews": True,
        "block_on_official_review_requests": False,
        "block_on_codeowner_reviews": True,
        "block_admin_merge_override": True,
        "apply_to_admins": True,
        "enable_status_check": True,
        "status_check_contexts": ["pingshi / check*"],
        "protected_file_patterns": ".gitea/**;.forgejo/**",
    }
    people = basis.accounts_by_person().items()
    return {
        "repository": json.dumps(_REPOSITORY, indent=2),
        "main": json.dumps(main, indent=2),
        "submissions": "\n".join(f"{it} {json.dumps(accounts, separators=(',', ':'))}" for it, accounts in people),
    }
