"""Paths that look like somebody else's, or lead out of the records. The objects are raw: git would refuse some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from objects import SUBMODULE, Node
from simulator import SUMMARY, History, same_at_each_level, summary

from pingshi.history import GitError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pingshi.audit import Finding

FULL = f"records/u/{SUMMARY}"
#: Names that git itself takes; each would be taken for another file by somebody, or somewhere.
TRICKS = {
    "capital kind": FULL.replace("summaries", "Summaries"),
    "capital person": FULL.replace("wang-fang", "Wang-Fang"),
    "capital top": FULL.replace("records", "Records"),
    "capital extension": FULL.replace(".yml", ".YML"),
    "look-alike letter": FULL.replace("wang", "w\u0430ng"),
    "full-width letters": FULL.replace("wang", "\uff57\uff41\uff4e\uff47"),
    "look-alike hyphen": FULL.replace("wang-fang", "wang\u2010fang"),
    "composed": FULL.replace("wang", "w\u0101ng"),
    "decomposed": FULL.replace("wang", "wa\u0304ng"),
    "joined by nothing": FULL.replace("wang", "wa\u200dng"),
    "turned around": FULL.replace("wang-fang", "\u202egnaf-gnaw"),
    "backslashes": "records\\u\\2026-Q1\\summaries\\wang-fang.yml",
    "a space at the end": f"{FULL} ",
    "a line feed": FULL.replace("wang", "wa\nng"),
    "a carriage return": FULL.replace("wang", "wa\rng"),
    "an escape": FULL.replace("wang", "\x1b[31mwang"),
    "a quote": FULL.replace("wang", 'wa"ng'),
    "a colon": FULL.replace("wang-fang.yml", "wang-fang.yml:x"),
    "no UTF-8": FULL.replace("wang", "wa\udcffng"),
    "too deep": FULL.replace("summaries/", "summaries/summaries/"),
    "another period": FULL.replace("2026-Q1", "2026-Q01"),
    "attributes": ".gitattributes",
    "attributes below": "records/u/.gitattributes",
    "modules": ".gitmodules",
    "ignored": ".gitignore",
    "a folder of the program": "generator/pingshi/__init__.py",
    "a hook": "hooks/pre-receive",
}
#: Names that git refuses to take, on a server whose settings `install` has made, and to unpack.
OUTSIDE = {
    "up and down": "records/u/2026-Q1/reviews/../summaries/wang-fang.yml",
    "out": "records/../../outside.yml",
    "out of the repository": "../outside.yml",
    "here": "records/u/./2026-Q1/summaries/wang-fang.yml",
    "nothing between": "records/u//2026-Q1/summaries/wang-fang.yml",
    "git's own folder": ".git/hooks/post-receive",
    "git's own folder below": "records/u/.git/config",
    "git's own folder in capitals": "records/u/.GIT/config",
    "git's own folder as Windows shortens it": "records/git~1/config",
}


def brings(history: History, *paths: str) -> str:
    """Submit files at any paths, along with a summary that is in order."""
    made = history.commit("wang-fang", {SUMMARY: summary(), **{f"/{it}": summary("造的") for it in paths}})
    return history.offers("wang-fang", made, history.new_branch("wang-fang"))


@same_at_each_level
@pytest.mark.parametrize("trick", TRICKS)
def test_a_path_that_is_no_records(trick: str, history: History) -> None:
    """Refused by its name alone, whatever the level of trust; the summary beside it doesn't get in with it."""
    assert history.refused(lambda: brings(history, TRICKS[trick]))


def test_paths_that_are_no_records_and_got_in(history: History) -> None:
    """Each is found as nobody's file, and told so that it can't be taken for another."""
    with history.unchecked():
        history.approves("liu-yang", brings(history, *TRICKS.values()))
    found = history.audit()
    assert by_code(found.findings)["wrong-author"] == sorted(TRICKS.values())
    assert set(by_code(found.findings)) == {"wrong-author", "wrong-approver"}
    assert FULL not in {it.path for it in found.findings}
    latest = {it.path: it.latest for it in found.records}
    assert latest[FULL].approved is not None
    assert history.git("show", f"main:{FULL}") == summary().strip()


def by_code(findings: Iterable[Finding]) -> dict[str, list[str]]:
    """Return the paths of findings by code. (Who approves what is no record of anybody's is another question.)"""
    found: dict[str, list[str]] = {}
    for it in findings:
        found.setdefault(it.code, []).append(it.path or "")
    return {code: sorted(paths) for code, paths in found.items()}


@same_at_each_level
@pytest.mark.parametrize("trick", [*OUTSIDE, "the same file twice"])
def test_a_path_that_leads_out(trick: str, trust: str, tmp_path: Path) -> None:
    """Git looks at the objects before the hook does: pushed by git itself, whatever the level of trust."""
    history = History(tmp_path, trust).at("2026-03-30 09:00")
    with history.over_git():
        made = twice(history) if trick == "the same file twice" else nowhere(history, trick)
        said = history.refused(lambda: history.offers("wang-fang", made, "submit/wang-fang/1"))
    assert "fsck" in said or "empty filename" in said


def twice(history: History) -> str:
    """Make a commit whose tree holds one name twice: programs don't agree which of them counts."""
    good, bad = history.store.file(summary()), history.store.file(summary("造的"))
    entries = b"".join(b"100644 wang-fang.yml\0" + bytes.fromhex(it.id) for it in (good, bad))
    folder = Node("40000", history.store.write("tree", entries))
    return history.commit("wang-fang", {"2026-Q1/summaries": folder})


def test_paths_that_lead_out_and_got_in(history: History) -> None:
    """An administrator may store anything. What git can read is found as nobody's file, and no disk was written to."""
    paths = [it for name, it in OUTSIDE.items() if name != "nothing between"]
    with history.unchecked():
        history.approves("liu-yang", brings(history, *paths))
    found = by_code(history.audit().findings)
    assert found["wrong-author"] == sorted(paths)
    assert set(found) <= {"wrong-author", "wrong-approver"}


@same_at_each_level
def test_a_tree_that_git_cannot_read(history: History) -> None:
    """An empty name: git stops there, and so does the audit, aloud; it doesn't go on as if nothing were there."""
    with history.unchecked():
        history.push("wang-fang", {"main": history.merge("liu-yang", nowhere(history, "nothing between"))})
    with pytest.raises(GitError, match="empty filename"):
        history.audit()


def nowhere(history: History, trick: str) -> str:
    """Make a commit with a file that git refuses."""
    return history.commit("wang-fang", {f"/{OUTSIDE[trick]}": summary()})


@same_at_each_level
@pytest.mark.parametrize("target", ["zhao-lei.yml", "../../people/liu-yang.yml", "/etc/passwd", "nowhere"])
def test_a_symlink(target: str, history: History) -> None:
    """A record that is a link would be whatever it leads to."""
    link = history.store.link(target)
    said = history.refused(lambda: history.submits("wang-fang", SUMMARY, link))
    assert "链接" in said
    with history.unchecked():
        history.approves("liu-yang", history.submits("wang-fang", SUMMARY, link))
    assert history.audit().head == history.main
    assert history.git("ls-tree", "-r", "main", f"records/u/{SUMMARY}").startswith("120000")


@same_at_each_level
def test_a_symlink_in_the_place_of_a_folder(history: History) -> None:
    link = history.store.link("../2026-Q2")
    made = history.commit("wang-fang", {"2026-Q1": link})
    history.refused(lambda: history.offers("wang-fang", made, "submit/wang-fang/1"))
    with history.unchecked():
        history.approves("liu-yang", history.offers("wang-fang", made, "submit/wang-fang/1"))
    assert history.found() == ["wrong-author 2026-Q1"]


def test_a_submodule(history: History) -> None:
    """Another repository's commit in the place of a record: what stands in it is not here."""
    other = Node(SUBMODULE, "1" * 40)
    history.refused(lambda: history.submits("wang-fang", SUMMARY, other))
    with history.unchecked():
        history.approves("liu-yang", history.submits("wang-fang", SUMMARY, other))
    assert history.audit().head == history.main


def test_a_submodule_with_its_modules_file(history: History) -> None:
    """`.gitmodules` makes a clone fetch from elsewhere, or run what its names say."""
    modules = '[submodule "../../hooks"]\n\tpath = records/u/x\n\turl = ext::sh -c true\n'
    made = history.commit("wang-fang", {"/.gitmodules": modules, "x": Node(SUBMODULE, "1" * 40)})
    assert ".gitmodules" in history.refused(lambda: history.offers("wang-fang", made, "submit/wang-fang/1"))
    with history.unchecked():
        history.approves("liu-yang", history.offers("wang-fang", made, "submit/wang-fang/1"))
    assert by_code(history.audit().findings)["wrong-author"] == [".gitmodules", "records/u/x"]


def test_attributes_that_would_show_other_contents(history: History) -> None:
    """`.gitattributes` may hide a file from diffs, or let a filter change it: no record, and nobody's to bring."""
    attributes = "*.yml -diff export-ignore working-tree-encoding=UTF-16 merge=ours\n"
    made = history.commit("wang-fang", {"/.gitattributes": attributes, "2026-Q1/.gitattributes": attributes})
    history.refused(lambda: history.offers("wang-fang", made, "submit/wang-fang/1"))
    with history.unchecked():
        history.approves("liu-yang", history.offers("wang-fang", made, "submit/wang-fang/1"))
    found = by_code(history.audit().findings)
    assert found["wrong-author"] == [".gitattributes", "records/u/2026-Q1/.gitattributes"]


@same_at_each_level
def test_an_executable_record(history: History) -> None:
    """The mode is no content; the record is read all the same, and what isn't executed needs no such mode."""
    node = Node("100755", history.store.file(summary()).id)
    with history.unchecked():
        history.approves("liu-yang", history.submits("wang-fang", SUMMARY, node))
    assert history.codes() == []


@same_at_each_level
def test_a_folder_that_is_named_like_a_record(history: History) -> None:
    path = f"{FULL.replace('wang-fang', 'zhao-lei')}/wang-fang.yml"
    history.refused(lambda: brings(history, path))
    with history.unchecked():
        history.approves("liu-yang", brings(history, path))
    assert [(it.code, it.path) for it in history.audit().findings] == [("wrong-author", path)]
