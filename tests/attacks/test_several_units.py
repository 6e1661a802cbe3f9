"""Several units in one repository: one that joins, and people whose ids are the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator import History

if TYPE_CHECKING:
    from pathlib import Path

_PEOPLE = re.compile(r"\b(wang-fang|zhao-lei|zhou-min|he-jun|wu-gang|qian-wei|liu-yang)\b")


def _second_unit(history: History) -> dict[str, str | bytes]:
    """Return the files of a unit that is like the first one, of other people, and has chosen no level of trust."""
    texts = {f"/records/v/{it}": text.split("trust:")[0] for it, text in history.office.texts.items()}
    return {
        _PEOPLE.sub(r"\1-v", it): _PEOPLE.sub(r"\1-v", text.replace("@u.example", "@v.example"))
        for it, text in texts.items()
    }


def test_a_second_unit_joins(history: History) -> None:
    """The first unit's office and principal leader act for one that has no roster yet."""
    branch = history.offers("qian-wei", history.commit("qian-wei", _second_unit(history)), "submit/qian-wei/1")
    history.refused(lambda: history.approves("liu-yang", branch))
    history.approves("zhou-min", branch)
    assert history.codes() == []


def test_a_second_unit_made_past_the_hooks(trust: str, tmp_path: Path) -> None:
    """In the names of the first unit's people: what proof that unit asks for, its newcomers' entry needs as well."""
    history = History(tmp_path, trust).at("2026-03-30 09:00")
    with history.bypass():
        branch = history.offers("qian-wei", history.commit("qian-wei", _second_unit(history)), "submit/qian-wei/1")
        history.approves("zhou-min", branch, key=None)
    expected = {"forge": set(), "receipts": {"missing-receipt"}, "signatures": {"missing-receipt", "unsigned"}}
    assert set(history.codes()) == expected[trust]


def test_shared_files_by_a_namesake_of_the_principal_leader(history: History) -> None:
    """The second unit has a zhou-min, too, on its staff: what belongs to both units, that one does not approve."""
    texts = {it.replace("wang-fang-v", "zhou-min"): text for it, text in _second_unit(history).items()}
    texts["/records/v/people/zhou-min.yml"] = str(texts["/records/v/people/zhou-min.yml"]).replace(
        "wang-fang-v", "zhou-min"
    )
    joining = history.offers("qian-wei", history.commit("qian-wei", texts), "submit/qian-wei/1")
    history.approves("zhou-min", joining)
    assert history.codes() == []
    branch = history.submits("qian-wei", "/README.md", "说明\n")
    history.emails["zhou-min"] = "zhou-min@v.example"
    said = history.refused(lambda: history.approves("zhou-min", branch, pusher="zhou-min@v.example"))
    assert "看不出是哪一位" in said
    with history.unchecked():
        history.approves("zhou-min", branch, pusher="zhou-min@v.example")
    assert set(history.codes()) - {"bad-signature"} == {"wrong-approver"}


def test_shared_files_by_a_namesake_of_the_office(history: History) -> None:
    texts = {it.replace("wang-fang-v", "qian-wei"): text for it, text in _second_unit(history).items()}
    texts["/records/v/people/qian-wei.yml"] = str(texts["/records/v/people/qian-wei.yml"]).replace(
        "wang-fang-v", "qian-wei"
    )
    joining = history.offers("qian-wei", history.commit("qian-wei", texts), "submit/qian-wei/1")
    history.approves("zhou-min", joining)
    history.emails["qian-wei"] = "qian-wei@v.example"
    said = history.refused(lambda: history.submits("qian-wei", "/README.md", "x\n", pusher="qian-wei@v.example"))
    assert "看不出" in said
    with history.unchecked():
        branch = history.submits("qian-wei", "/README.md", "x\n", pusher="qian-wei@v.example")
        history.approves("zhou-min", branch)
    assert history.found() == ["wrong-author README.md"]
