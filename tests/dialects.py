"""CODEOWNERS as the forges read it, so that tests can ask whom they would request.

owners = GiteaOwners(text).of("records/u/unit.yml")
"""

from __future__ import annotations

import re

#: What Go's regular expressions and Python's take for the same, and a pattern of ours may consist of.
_COMMON = re.compile(r"(?:[A-Za-z0-9/_.*+|-]|\(\?:|\)|\[(?:[a-z0-9]-[a-z0-9]|[0-9A-Za-z.])+\])+")


class GiteaOwners:
    """Gitea's and Forgejo's reading: a backslash keeps the next character, `^…$` around each pattern; all that fit."""

    def __init__(self, text: str) -> None:
        self.rules: list[tuple[bool, re.Pattern[str], tuple[str, ...]]] = []
        for line in text.split("\n"):
            tokens = _tokens(line)
            if not tokens:
                continue
            pattern, *owners = tokens
            assert owners, f"incorrect format: {line}"
            assert all(it.startswith("@") for it in owners), line
            negative = pattern.startswith("!")
            bare = pattern.removeprefix("!")
            assert _COMMON.fullmatch(bare), bare
            self.rules.append((negative, re.compile(f"^{bare}$"), tuple(it[1:] for it in owners)))

    def fitting(self, path: str) -> list[tuple[str, ...]]:
        """Return the owners of every line that fits a path."""
        return [owners for negative, pattern, owners in self.rules if bool(pattern.search(path)) != negative]

    def of(self, path: str) -> set[str]:
        """Return everybody who is asked about a path."""
        return {owner for owners in self.fitting(path) for owner in owners}


def _tokens(line: str) -> list[str]:
    tokens, token, kept = [], "", False
    for char in line.strip().replace("\t", " "):
        if kept:
            token, kept = token + char, False
        elif char == "\\":
            kept = True
        elif char == "#":
            break
        elif char != " ":
            token += char
        elif token:
            tokens.append(token)
            token = ""
    return [*tokens, token] if token else tokens


class GitLabOwners:
    """GitLab's reading: File.fnmatch with slashes apart and dot files; of a section's lines the last one that fits."""

    def __init__(self, text: str) -> None:
        self.rules: list[tuple[re.Pattern[str], tuple[str, ...]]] = []
        self.sections: list[str] = []
        for line in text.split("\n"):
            if not line or line.startswith("#"):
                assert "@" not in line, f"GitLab looks for owners in comments too: {line}"
            elif line.startswith("["):
                assert not self.rules, "one section for all"
                self.sections.append(line)
            else:
                pattern, *owners = line.split(" ")
                assert all(it.startswith("@") for it in owners), line
                self.rules.append((_glob(pattern), tuple(it[1:] for it in owners)))

    def of(self, path: str) -> set[str]:
        """Return everybody who may approve a path."""
        return set(next((owners for pattern, owners in reversed(self.rules) if pattern.fullmatch(f"/{path}")), ()))


def _glob(pattern: str) -> re.Pattern[str]:
    """Return a pattern that must fit the whole path, with a slash before it."""
    if not pattern.startswith("/"):
        pattern = f"/**/{pattern}"
    made = ""
    for part in re.split(r"(/\*\*/|\*|\?)", pattern):
        made += {"/**/": "/(?:.*/)?", "*": "[^/]*", "?": "[^/]"}.get(part) or re.escape(part)
    return re.compile(made)
