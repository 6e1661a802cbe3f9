"""`export`: material for others. `case`: all that bears on one person's result, with its proof."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.appeal import case_of
from pingshi.audit import audit
from pingshi.cli.parser import ENVIRONMENT, FAULTY, FINE, USAGE, fail
from pingshi.cli.progress import shown
from pingshi.cli.repository import choose_unit, no_such, roots
from pingshi.evaluation import period_of
from pingshi.history import NoRepositoryError, UnknownRevisionError, read_commit
from pingshi.layout import RECORDS, SCHEMES, Location, meant_period
from pingshi.records import take
from pingshi.starting import place
from pingshi.wording import listed

if TYPE_CHECKING:
    import argparse

    from pingshi.audit import Audit
    from pingshi.files import Blob
    from pingshi.periods import Period
    from pingshi.records import UnitRecords

_TAKEN = "已经有 {} 了，不覆盖；换一个名字（--out），或者先把它移走"


def export(given: argparse.Namespace) -> int:
    """Export one of the kinds."""
    if given.material is None:
        fail("用法有误：缺少种类\n用 pingshi export --help 查看说明", USAGE)
    return _case(given)


def _case(given: argparse.Namespace) -> int:
    if given.repo is not None and len(given.repo) > 1:
        fail("两个仓库各有各的历史，一次只能导出一个；--repo 只写一次，分别导出", USAGE)
    period = _period(given)
    if given.out is not None:
        _refuse(given, Path(given.out))  # before any work is done
    folder, found, blobs = _read(given)
    choose_unit(given, blobs)
    out = Path(given.out or f"{given.unit}-{given.person}-{period}.zip")
    _refuse(given, out)
    snapshot = take(blobs)
    records = snapshot.units.get(given.unit)
    if records is None:
        fail(f"单位 {given.unit} 的 unit.yml 有错误读不了；先用 pingshi check --rev {found.head} 看问题", FAULTY)
    _known(records, given.person)
    book = records.book(period) if period.kind != "year" else None
    if book is not None and book.scheme.cycle.period != period.kind:
        often, example = ("季度", "2026-Q3") if book.scheme.cycle.period == "quarter" else ("半年", "2026-H1")
        fail(f"方案 {book.name} 每{often}考核一次，没有 {period}；周期写成 {example} 这样", USAGE)
    made = case_of(folder, found, snapshot, records, period, given.person)
    try:
        place(out, made.archive())
    except FileExistsError:
        fail(_TAKEN.format(out), USAGE)
    out.chmod(0o600)  # it holds what colleagues must not read
    sys.stdout.write(f"{out}\n")
    if sys.stderr.isatty():
        sys.stderr.write(
            f"已导出 {len(made.evidence.bearing)} 份记录和它们的证明。里面有别人的内容，只交给受理机关；"
            "怎样核对见其中的 说明.md\n"
        )
    return FINE


def _period(given: argparse.Namespace) -> Period:
    period = period_of(given.period)
    if period is None or period.kind == "month":
        if period_of(given.person) is not None:
            fail(f"先写人员代号，再写周期：pingshi export case {given.period} {given.person}", USAGE)
        meant = meant_period(given.period)
        told = (
            f"是不是 {meant}？" if meant and period is None else "写成 2026-Q3（季度）、2026-H1（半年）或 2026（年度）"
        )
        fail(f"“{given.period}”不是考核的周期；{told}", USAGE)
    return period


def _refuse(given: argparse.Namespace, out: Path) -> None:
    """Leave with status 2 where the file must not be written."""
    if out.exists() or out.is_symlink():
        fail(_TAKEN.format(out), USAGE)
    for root in given.repo or ["."]:
        for top in (RECORDS, SCHEMES):
            if out.resolve().is_relative_to((Path(root) / top).resolve()):
                fail(f"{out} 在放记录和方案的文件夹里；用 --out 换一个地方", USAGE)


def _read(given: argparse.Namespace) -> tuple[Path, Audit, list[Blob]]:
    """Return the repository, its audit, and what stood at the commit up to which it was audited."""
    rev, given.rev = given.rev, given.rev or "HEAD"  # a bare repository has no files to look for
    folder = roots(given)[0]
    try:
        with shown("核对历史") as progress:
            found = audit(folder, rev=rev, progress=progress)
        blobs = read_commit([folder], found.head)
    except NoRepositoryError as error:
        fail(str(error), ENVIRONMENT)
    except UnknownRevisionError as error:
        fail(str(error), USAGE)
    if not blobs:
        fail(f"“{folder}”里没有 records 和 schemes 文件夹，不是考核仓库；用 --repo 指明仓库在哪里", USAGE)
    return folder, found, blobs


def _known(records: UnitRecords, person: str) -> None:
    """Leave with status 2 where nobody has this id; the file may be broken all the same."""
    if person in records.people or Location(records.id, "people", None, person) in records.broken:
        return
    same = [it for it, known in records.people.items() if known.name == person]
    if same:
        fail(f"这里写代号：{person}的代号是 {listed(same)}", USAGE)
    no_such("人员", person, set(records.people))
