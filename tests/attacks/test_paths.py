"""Paths that look like somebody else's, or lead out of the records. The objects are written raw: git would refuse some."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from objects import SUBMODULE, Node
from simulator import SUMMARY, History, summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator import Content

FULL = f"records/u/{SUMMARY}"
TRICKS = {
    "capital kind": FULL.replace("summaries", "Summaries"),
    "capital person": FULL.replace("wang-fang", "Wang-Fang"),
    "capital top": FULL.replace("records", "Records"),
    "capital extension": FULL.replace(".yml", ".YML"),
    "look-alike letter": FULL.replace("wang", "w\u0430ng"),
    "full-width letters": FULL.replace("wang", "\uff57\uff41\uff4e\uff47"),
    "look-alike hyphen": FULL.replace("wang-fang", "wang\u2010fang"),
    "composed": FULL.replace("wang", unicodedata.normalize("NFC", "wa\u0304ng")),
    "decomposed": FULL.replace("wang", unicodedata.normalize("NFD", "w\u0101ng")),
    "joined by nothing": FULL.replace("wang", "wa\u200dng"),
    "turned around": FULL.replace("wang-fang", "\u202egnaf-gnaw"),
    "up and down": "records/u/2026-Q1/reviews/../summaries/wang-fang.yml",
    "out": "records/../../outside.yml",
    "out of the repository": "../outside.yml",
    "here": "records/u/./2026-Q1/summaries/wang-fang.yml",
    "nothing between": "records/u//2026-Q1/summaries/wang-fang.yml",
    "backslashes": "records\\u\\2026-Q1\\summaries\\wang-fang.yml",
    "a space at the end": f"{FULL} ",
    "a line feed": FULL.replace("wang", "wa\nng"),
    "a carriage return": FULL.replace("wang", "wa\rng"),
    "an escape": FULL.replace("wang", "\x1b[31mwang"),
    "a tab": FULL.replace("wang", "wa\tng"),
    "a quote": FULL.replace("wang", 'wa"ng'),
    "a colon": FULL.replace("wang-fang.yml", "wang-fang.yml:x"),
    "too deep": FULL.replace("summaries/", "summaries/summaries/"),
    "another period": FULL.replace("2026-Q1", "2026-Q01"),
    "git's own folder": ".git/hooks/post-receive",
    "git's own folder below": "records/u/.git/config",
    "git's own folder in capitals": "records/u/.GIT/config",
    "attributes": ".gitattributes",
    "attributes below": "records/u/.gitattributes",
    "modules": ".gitmodules",
    "ignored": ".gitignore",
    "a folder of the program": "generator/pingshi/__init__.py",
    "a hook": "hooks/pre-receive",
    "build": "build/site/index.html",
}


def brings(history: History, changes: Mapping[str, Content], *, by: str = "wang-fang") -> str:
    """Submit files at any paths, along with a summary that is in order."""
    made = history.commit(by, {SUMMARY: summary(), **{f"/{path}": it for path, it in changes.items()}})
    return history.offers(by, made, history.new_branch(by))


@pytest.mark.parametrize("trick", TRICKS)
def test_a_path_that_is_no_records(trick: str, history: History) -> None:
    """Refused; and where it has got in, found as nobody's file, and told so that it can't be taken for another."""
    attack = {TRICKS[trick]: summary("造的")}
    said = history.refused(lambda: brings(history, attack))
    assert said
    with history.unchecked():
        history.approves("liu-yang", brings(history, attack))
    found = history.audit()
    assert {it.code for it in found.findings} == {"wrong-author"}
    assert SUMMARY not in {(it.path or "").removeprefix("records/u/") for it in found.findings}
    latest = {it.path: it.latest for it in found.records}
    assert latest[FULL].approved is not None
    assert history.git("show", f"main:{FULL}") == summary().strip()


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
    attack = {".gitmodules": modules, "records/u/x": Node(SUBMODULE, "1" * 40)}
    said = history.refused(lambda: brings(history, attack))
    assert ".gitmodules" in said
    with history.unchecked():
        history.approves("liu-yang", brings(history, attack))
    assert history.found() == ["wrong-author .gitmodules", "wrong-author x"]


def test_attributes_that_would_show_other_contents(history: History) -> None:
    """`.gitattributes` may hide a file from diffs, or let a filter change it: no record, and nobody's to bring."""
    attributes = "*.yml -diff export-ignore working-tree-encoding=UTF-16 merge=ours\n"
    attack = {".gitattributes": attributes, "records/u/2026-Q1/.gitattributes": attributes}
    history.refused(lambda: brings(history, attack))
    with history.unchecked():
        history.approves("liu-yang", brings(history, attack))
    assert history.found() == ["wrong-author .gitattributes", "wrong-author 2026-Q1/.gitattributes"]


def test_an_executable_record(history: History) -> None:
    """The mode is no content; the record is read all the same, and what isn't executed needs no such mode."""
    node = Node("100755", history.store.file(summary()).id)
    with history.unchecked():
        history.approves("liu-yang", history.submits("wang-fang", SUMMARY, node))
    assert history.codes() == []


def test_the_same_file_twice_in_a_tree(history: History) -> None:
    """Git's own tools take the first; another program may take the second. Raw objects can hold both."""
    good, bad = history.store.file(summary()), history.store.file(summary("造的"))
    entries = b"".join(b"100644 wang-fang.yml\0" + bytes.fromhex(it.id) for it in (good, bad))
    folder = Node("40000", history.store.write("tree", entries))
    made = history.commit("wang-fang", {"2026-Q1/summaries": folder})
    history.refused(lambda: history.offers("wang-fang", made, "submit/wang-fang/1"))


def test_a_folder_that_is_named_like_a_record(history: History) -> None:
    attack = {f"{FULL.replace('wang-fang', 'zhao-lei')}/wang-fang.yml": summary()}
    history.refused(lambda: brings(history, attack))
    with history.unchecked():
        history.approves("liu-yang", brings(history, attack))
    assert set(history.codes()) == {"wrong-author"}
