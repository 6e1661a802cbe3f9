"""The chain of receipts: forged, shortened, doubled, put in another order. At `forge` there is none to look at."""

from __future__ import annotations

import json
import shutil
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from objects import Key, Stamp, key_of
from simulator import OTHERS, RECEIVING, SUMMARY, History, same_at_each_level, summary

from pingshi.audit import audit
from pingshi.history import RECEIPTS, NoRepositoryError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: At each level that has receipts.
at_both_levels = pytest.mark.parametrize("trust", RECEIVING, indirect=True)


@pytest.fixture
def told(history: History) -> History:
    """Return a history with five receipts: the root, a summary and its approval, another summary and its approval."""
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    history.enters("zhao-lei", "liu-yang", OTHERS, summary())
    assert [it["number"] for it in said(history)] == [1, 2, 3, 4, 5]
    assert history.codes() == []
    return history


def said(history: History) -> list[dict[str, Any]]:
    """Return what the receipts say, the first one first."""
    return [json.loads(history.git("log", "-1", "--format=%B", it).splitlines()[-1]) for it in history.receipts]


def server_key(history: History) -> Key:
    """Return the server's key: whoever has it is the server."""
    return Key(history.server / "pingshi/receipts_ed25519", "")


def add(history: History, parent: str | None, receipt: dict[str, Any], key: Key | None) -> str:
    """Write a receipt upon another one; return its commit."""
    stamp = Stamp("pingshi", "receipts@pingshi.invalid", history.now)
    message = f"回执 {receipt['number']}\n\n{json.dumps(receipt, ensure_ascii=False)}"
    return history.store.commit(history.store.tree({}), [parent] if parent else [], stamp, stamp, message, key)


def write(history: History, receipts: Iterable[dict[str, Any]], key: Key) -> None:
    """Put another chain in the place of the server's."""
    head = None
    for it in receipts:
        head = add(history, head, it, key)
    history.git("update-ref", RECEIPTS, head or "")


def renumbered(receipts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Number receipts from 1 on."""
    return [it | {"number": number} for number, it in enumerate(receipts, 1)]


@at_both_levels
def test_a_client_writes_receipts(told: History) -> None:
    for ref in (RECEIPTS, "refs/pingshi/other", "refs/pingshi"):
        assert "refs/pingshi" in told.refused(partial(told.push, "qian-wei", {ref: told.receipts[0]}))
    assert told.refused(lambda: told.push("qian-wei", {RECEIPTS: None}))


@at_both_levels
def test_a_forged_receipt(told: History) -> None:
    """Signed by another key than the roster's: it would cover a push that the server never saw."""
    branch = told.submits("wang-fang", SUMMARY, summary("第二稿"))
    before = told.main
    with told.bypass():
        merge = told.approves("liu-yang", branch)
    update = {"ref": "refs/heads/main", "old": before, "new": merge}
    forged = said(told)[-1] | {"number": 7, "pusher": "liu-yang", "updates": [update]}
    told.git("update-ref", RECEIPTS, add(told, told.receipts[-1], forged, key_of("forger")))
    assert "bad-receipt" in told.codes()


@at_both_levels
def test_a_chain_forged_from_its_beginning(told: History) -> None:
    """The roster lists the server's key since the root: nobody is taken on trust."""
    write(told, said(told), key_of("forger"))
    assert set(told.codes()) == {"bad-receipt"}


@same_at_each_level
def test_an_unsigned_receipt(told: History) -> None:
    update = {"ref": "refs/heads/submit/wang-fang/7", "old": None, "new": told.main}
    forged = said(told)[-1] | {"number": 6, "updates": [update]}
    told.git("update-ref", RECEIPTS, add(told, told.receipts[-1], forged, None))
    assert told.codes() == ["bad-receipt"]


@same_at_each_level
def test_a_receipt_whose_text_was_changed_under_its_signature(told: History) -> None:
    last = told.receipts[-1]
    changed = told.git("cat-file", "commit", last).replace('"liu-yang"', '"zhou-min"') + "\n"
    told.git("update-ref", RECEIPTS, told.store.write("commit", changed.encode()))
    assert "bad-receipt" in told.codes()


@same_at_each_level
def test_a_receipt_that_says_nothing(told: History) -> None:
    stamp = Stamp("pingshi", "receipts@pingshi.invalid", told.now)
    nothing = told.store.commit(told.store.tree({}), [told.receipts[-1]], stamp, stamp, "回执 6", server_key(told))
    told.git("update-ref", RECEIPTS, nothing)
    assert told.codes() == ["bad-receipt"]


@same_at_each_level
def test_a_receipt_with_files(told: History) -> None:
    """A receipt is a commit of nothing: what it carried along would be hidden from whoever reads main."""
    stamp = Stamp("pingshi", "receipts@pingshi.invalid", told.now)
    tree = told.store.tree({"secret.yml": told.store.file("夹带")})
    last = said(told)[-1] | {"number": 6, "updates": []}
    message = f"回执 6\n\n{json.dumps(last, ensure_ascii=False)}"
    laden = told.store.commit(tree, [told.receipts[-1]], stamp, stamp, message, server_key(told))
    told.git("update-ref", RECEIPTS, laden)
    assert told.codes() == ["bad-receipt"]


@at_both_levels
def test_removed_receipts_at_the_end(told: History) -> None:
    """The last approval has lost its receipt."""
    told.git("update-ref", RECEIPTS, told.receipts[-2])
    assert told.codes() == ["missing-receipt"]


@same_at_each_level
def test_removed_receipts_at_the_end_together_with_what_they_cover(told: History) -> None:
    """An administrator who sets main and receipts back together leaves nothing to find, here.

    A published checkpoint names both, and so does any clone: `pingshi build` and `verify` find it.
    """
    told.git("update-ref", RECEIPTS, told.receipts[2])
    told.git("update-ref", "refs/heads/main", "main^1")
    assert told.codes() == []


@at_both_levels
def test_a_removed_receipt_in_the_middle(told: History) -> None:
    """What follows can't be signed anew without the server's key; so it is cut and hung upon what was before it."""
    receipts = said(told)
    head = told.receipts[1]
    for it in receipts[3:]:
        head = add(told, head, it, key_of("forger"))
    told.git("update-ref", RECEIPTS, head)
    assert set(told.codes()) == {"bad-receipt", "missing-receipt"}


@same_at_each_level
def test_a_removed_receipt_in_the_middle_by_somebody_with_the_servers_key(told: History) -> None:
    """Even numbered and signed anew, the chain doesn't cover main any more."""
    receipts = said(told)
    write(told, renumbered([*receipts[:2], *receipts[3:]]), server_key(told))
    assert told.codes() == ["missing-receipt"]
    write(told, [*receipts[:2], *receipts[3:]], server_key(told))
    assert told.codes() == ["bad-receipt", "missing-receipt"]


@at_both_levels
def test_removed_receipts_altogether(told: History) -> None:
    told.git("update-ref", "-d", RECEIPTS)
    assert set(told.codes()) == {"missing-receipt"}
    assert told.audit().receipts is None


@at_both_levels
def test_a_doubled_receipt(told: History) -> None:
    """The same push, received twice: which time is it?"""
    receipts = said(told)
    write(told, renumbered([*receipts, receipts[-1]]), server_key(told))
    assert told.codes() == ["bad-receipt"]


@same_at_each_level
def test_a_doubled_receipt_that_tells_another_time(told: History) -> None:
    """The earlier one counts; that there is another is told."""
    receipts = said(told)
    later = receipts[-1] | {"time": "2026-04-30T00:00:00+00:00"}
    write(told, renumbered([*receipts, later]), server_key(told))
    assert told.codes() == ["bad-receipt"]


@at_both_levels
def test_reordered_receipts(told: History) -> None:
    """An approval before its submission, numbers and all."""
    first, second, third, fourth, fifth = said(told)
    write(told, [first, third, second, fourth, fifth], server_key(told))
    assert set(told.codes()) == {"bad-receipt"}


@same_at_each_level
def test_reordered_receipts_with_fresh_numbers(told: History) -> None:
    """Their times still tell."""
    first, second, third, fourth, fifth = said(told)
    write(told, renumbered([first, fourth, fifth, second, third]), server_key(told))
    assert "bad-receipt" in told.codes()


@same_at_each_level
def test_a_receipt_that_was_put_back_in_time(told: History) -> None:
    """The server's own clock, or whoever has its key, says that a late summary came in time: times must go up."""
    late = told.at("2026-04-02 09:00").submits("wang-fang", SUMMARY, summary("第二稿"))
    told.approves("liu-yang", late)
    receipts = said(told)
    receipts[-2]["time"] = "2026-03-01T00:00:00+00:00"
    write(told, receipts, server_key(told))
    assert "bad-receipt" in told.codes()


@same_at_each_level
def test_a_receipt_of_a_push_that_never_was(told: History) -> None:
    """It names commits that main doesn't have."""
    update = {"ref": "refs/heads/main", "old": told.main, "new": "1" * 40}
    write(told, [*said(told), said(told)[-1] | {"number": 6, "updates": [update]}], server_key(told))
    assert told.codes() == ["rewritten-history"]


@same_at_each_level
def test_a_second_chain_hung_upon_the_first(told: History) -> None:
    """A merge of two chains: each receipt has one before it."""
    last = said(told)[-1] | {"number": 6, "updates": []}
    stamp = Stamp("pingshi", "receipts@pingshi.invalid", told.now)
    message = f"回执 6\n\n{json.dumps(last, ensure_ascii=False)}"
    other = add(told, None, last | {"number": 1}, server_key(told))
    both = told.store.commit(told.store.tree({}), [told.receipts[-1], other], stamp, stamp, message, server_key(told))
    told.git("update-ref", RECEIPTS, both)
    assert set(told.codes()) == {"bad-receipt"}


def change_key(history: History) -> str:
    """Give the server another key; return its public one."""
    new = key_of("next-server")
    server_key(history).file.write_bytes(new.file.read_bytes())
    server_key(history).file.with_suffix(".pub").write_text(new.public, encoding="ascii")
    return new.public


@pytest.mark.parametrize("kept", [True, False], ids=["beside the old one", "in the old one's place"])
@same_at_each_level
def test_receipts_under_a_new_server_key(kept: bool, told: History) -> None:  # noqa: FBT001 -- a parameter of pytest's
    """The office registers the server's next key, the principal leader approves it: from there on it is the one.

    What the old one signed in its time stays good.
    """
    text = told.office.texts["unit.yml"]
    start, old = text.index("server_keys: ["), f'"{told.key}"'
    assert old in text[start:]
    new = key_of("next-server").public
    told.enters("qian-wei", "zhou-min", "unit.yml", text.replace(old, f'{old}, "{new}"' if kept else f'"{new}"'))
    change_key(told)
    told.enters("wang-fang", "liu-yang", SUMMARY, summary("第二稿"))
    assert told.found() == []
    found = told.audit().receipts
    assert found is not None
    assert len(found.keys) == 2


@same_at_each_level
def test_receipts_under_the_old_server_key_once_it_is_replaced(told: History) -> None:
    """Somebody has a copy of the key that was taken out of use."""
    old = told.key
    new = key_of("next-server").public
    told.enters("qian-wei", "zhou-min", "unit.yml", told.office.texts["unit.yml"].replace(old, new))
    told.enters("wang-fang", "liu-yang", SUMMARY, summary("第二稿"))
    assert set(told.codes()) == {"bad-receipt"}


@same_at_each_level
def test_receipts_under_a_key_that_the_roster_had_not_listed_yet(told: History) -> None:
    """The key was changed first, and registered afterwards."""
    new = change_key(told)
    told.enters("wang-fang", "liu-yang", SUMMARY, summary("第二稿"))
    old = told.key
    told.enters("qian-wei", "zhou-min", "unit.yml", told.office.texts["unit.yml"].replace(old, f'{old}", "{new}'))
    assert set(told.codes()) == {"bad-receipt"}


@same_at_each_level
def test_signatures_that_could_not_be_looked_at_are_looked_at_again(
    told: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git calls a signature bad or missing where it can't run OpenSSH or write a file; nobody is blamed for it."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "git").symlink_to(str(shutil.which("git")))
    with monkeypatch.context() as without:
        without.setenv("PATH", str(programs))
        with pytest.raises(NoRepositoryError, match="OpenSSH"):
            audit(told.server)
    with monkeypatch.context() as full:
        full.setenv("TMPDIR", str(tmp_path / "nowhere"))
        with pytest.raises(NoRepositoryError, match="TMPDIR"):
            audit(told.server)
    assert audit(told.server).findings == ()
