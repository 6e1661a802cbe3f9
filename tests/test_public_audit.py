"""What the public is told of the audit: how far history can be trusted; never what was found, nor whether anything was.

The office of `canaries` with an audit in which every text and every id of a commit is a canary of its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from audits import Story, commit
from canaries import Canaries, private_office
from office import UNIT
from sites import Site

from pingshi.audit import CODES, Act, Audit, Finding, Receipts, Recorded, Version
from pingshi.publishing import build_site, public_site

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office

    from pingshi.audit import TrustLevel

OF_RECEIPTS = {"missing-receipt", "bad-receipt"}


def full_of_canaries(office: Office, canaries: Canaries, level: TrustLevel = "receipts") -> Audit:
    """Return an audit that holds a canary wherever there is a text, and one finding of every code."""
    new = canaries.new
    received = 1775000000

    def act(what: str) -> Act:
        return Act(new(f"{what}'s id"), new(f"{what}'s name"), received, new(f"{what}'s commit"), "good", received=True)

    paths = [f"records/{UNIT}/{it}" for it in office.texts if not it.startswith("/")]
    records = tuple(
        Recorded(
            path, (Version(new("a commit of main"), act("writer"), act("approver"), new("what a commit says")),) * 2
        )
        for path in sorted(paths)
    )
    findings = tuple(
        Finding(code, path, new("a finding's commit"), new(f"{code} told"), new(f"{code} hint"), UNIT, received)
        for code, path in zip(CODES, paths, strict=False)
    )
    receipts = Receipts(
        new("the receipts' head"), 817263, (new("a key"),), anchored=False, gaps=((received, new("a gap"), 918273),),
        simulated=False,
    )  # fmt: skip
    whole = Story(office).audit(level)
    return replace(
        whole,
        bootstrap=new("the root"),
        steps=716253,
        commits=615243,
        receipts=receipts,
        records=records,
        findings=findings,
        notes=(new("a note"),),
    )


def build(office: Office, audit: Audit | None, out: Path) -> Site:
    """Build the public site in the middle of the publicity."""
    root = out.parent / "repository"
    root.mkdir(parents=True, exist_ok=True)
    build_site(office.snapshot(), [root], out, date(2026, 4, 15), audit=audit)
    return Site(out)


def test_no_byte_of_the_public_site_holds_anything_of_the_audit_but_its_head(tmp_path: Path) -> None:
    office, canaries = private_office("qufu-approval")
    audit = full_of_canaries(office, canaries)
    site = build(office, audit, tmp_path / "site")
    assert "history.html" in site.files
    assert {canaries[text]: paths for text, paths in site.holding(*canaries).items()} == {}
    assert site.holding("817263", "918273", "716253", "615243", "1775000000") == {}
    assert list(site.holding(audit.head)) == [commit("head")]
    shown = repr(public_site(office.snapshot(), date(2026, 4, 15), audit).history)
    assert [what for text, what in canaries.items() if text in shown] == []


def test_the_pages_name_no_finding_no_person_and_no_number(tmp_path: Path) -> None:
    office, canaries = private_office("qufu-approval")
    lines = build(office, full_of_canaries(office, canaries), tmp_path / "site").page("history.html").lines
    text = "\n".join(lines)
    assert [it for it in (*CODES, *CODES.values()) if it in text] == []
    assert [it.name for it in office.snapshot().units[UNIT].people.values() if it.name in text] == []
    numbers = text.replace(commit("head"), "").replace("2026年4月15日", "")
    assert [it for it in numbers if it.isdigit()] == []


@pytest.mark.parametrize("level", ["forge", "receipts", "signatures"])
def test_whatever_was_found_the_public_site_is_the_same_to_the_byte(level: TrustLevel, tmp_path: Path) -> None:
    """But for what is wrong with the receipts, which is no person's doing."""
    office, canaries = private_office("qufu-approval")
    audit = full_of_canaries(office, canaries, level)
    assert audit.receipts is not None
    faulty = replace(audit, findings=tuple(it for it in audit.findings if it.code not in OF_RECEIPTS))
    sound = replace(
        audit,
        findings=(),
        records=(),
        notes=(),
        steps=1,
        commits=1,
        receipts=replace(audit.receipts, count=1, gaps=(), keys=(), anchored=True),
    )
    one = build(office, faulty, tmp_path / "a" / "site")
    two = build(office, sound, tmp_path / "b" / "site")
    assert len(faulty.findings) == len(CODES) - len(OF_RECEIPTS)
    assert one.files == two.files


@pytest.mark.parametrize(
    ("level", "code", "says"),
    [
        ("forge", None, "没有要求服务器回执。"),
        ("forge", "missing-receipt", "没有要求服务器回执。"),
        ("receipts", None, "应当有回执的每一步都有服务器的回执，前后相连，核对无误。"),
        ("receipts", "missing-receipt", "服务器的回执还没有全部核对无误。"),
        ("signatures", "bad-receipt", "服务器的回执还没有全部核对无误。"),
        ("signatures", "late", "应当有回执的每一步都有服务器的回执，前后相连，核对无误。"),
    ],
)
def test_the_public_is_told_whether_the_receipts_are_complete_where_any_are_asked_for(
    level: TrustLevel, code: str | None, says: str, tmp_path: Path
) -> None:
    office = private_office("qufu-approval")[0]
    told = Story(office)
    if code is not None:
        told.finding(code, None, "消息", "办法")
    lines = build(office, told.audit(level), tmp_path / "site").page("history.html").lines
    assert lines[lines.index("服务器的回执") + 1] == says


def test_the_page_reads_like_this(tmp_path: Path) -> None:
    office = private_office("qufu-approval")[0]
    audit = Story(office).audit("signatures")
    assert audit.receipts is not None
    simulated = replace(audit, receipts=replace(audit.receipts, simulated=True))
    site = build(office, simulated, tmp_path / "site")
    assert site.page("history.html").lines == [
        "历史记录",
        (
            f"本网站按考核记录的历史制作，核对到2026年4月15日时的提交 {commit('head')}。"
            "每一份记录由谁提交、由谁审核、什么时候，都留在历史里，后来的更正另记一笔，不覆盖原来的内容。"
            "核对的情况由经办部门和领导掌握，这里不公布。"
        ),
        "可信程度",
        "示例局",
        "回执加本人签名：除了服务器的回执，领导审核时还要用本人登记的密钥签名；只有任职期间、本人密钥的签名才算有效。",
        "服务器的回执",
        "应当有回执的每一步都有服务器的回执，前后相连，核对无误。",
        "回执里的时间是演示时设定的。",
        "怎样核对",
        (
            "网站文件夹里的 checkpoint.json 记着制作时的提交、回执和全部网页的摘要。"
            "手里有考核记录仓库的人，运行 pingshi verify 网站文件夹，就能按同一个提交重新制作，逐个字节比较。"
        ),
    ]
    assert "历史记录" in site.page("index.html").navigation


def test_without_an_audit_the_public_site_says_nothing_of_history(tmp_path: Path) -> None:
    site = build(private_office("qufu-approval")[0], None, tmp_path / "site")
    assert "history.html" not in site.files
    assert "历史记录" not in site.page("index.html").navigation


def test_a_unit_that_cannot_be_read_has_no_level_and_stops_nothing(tmp_path: Path) -> None:
    office = private_office("qufu-approval")[0]
    audit = Story(office).audit()
    office.write("unit.yml", "name: [\n")
    lines = build(office, replace(audit, trust={}, units={}), tmp_path / "site").page("history.html").lines
    assert "示例局" not in lines
    assert "没有要求服务器回执。" in lines
