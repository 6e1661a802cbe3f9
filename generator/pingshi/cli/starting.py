"""What `init`, `new` and `schema --out` do: call, print, return the exit status."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.cli.parser import FINE, USAGE, fail
from pingshi.cli.repository import read, roots
from pingshi.evaluation import period_of
from pingshi.layout import BY_NAME, Location, scheme_path
from pingshi.starting import (
    CannotStartError,
    Words,
    asked_for,
    nearest,
    scheme_titles,
    write_schemas,
)
from pingshi.starting import init as begin_bureau
from pingshi.starting import new as begin_record

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from pingshi.records import Snapshot, UnitRecords


def _told(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Let what can't be begun end as wrong usage."""

    def run(given: argparse.Namespace) -> int:
        try:
            return command(given)
        except CannotStartError as error:
            fail(str(error), USAGE)

    return run


@_told
def init(given: argparse.Namespace) -> int:
    """Make a bureau's own repository; equip the server's; or write what a forge needs into one that is there."""
    if given.forge is not None and given.server:
        fail("用法有误：--server 和 --forge 分两次运行：先在服务器上，再在仓库里", USAGE)
    if given.forge is not None:
        from pingshi.cli.forging import forge  # noqa: PLC0415 -- for this way to use it only

        return forge(given)
    if given.folder is None:
        fail("用法有误：缺少文件夹\n用 pingshi init --help 查看说明", USAGE)
    alone = next((it for it in ("check", "on", "repo") if getattr(given, it)), None)
    if alone is not None:
        fail(f"用法有误：--{alone} 要与 --forge 一起写\n用 pingshi init --help 查看说明", USAGE)
    if given.server:
        from pingshi.cli.serverside import init_server  # noqa: PLC0415 -- git and the audit: not for other beginnings

        return init_server(given)
    if given.scheme is None:
        listed = "".join(f"  {name}  {title}\n" for name, title in scheme_titles().items())
        fail(f"用 --scheme 指明执行哪个方案（以后可以改）：\n{listed}".rstrip(), USAGE)
    folder = Path(given.folder)
    today = date.today()  # noqa: DTZ011 -- the office's own day
    made = asked_for(folder, given.scheme, given.unit, given.name, given.since, today)
    readme = begin_bureau(folder, made)
    unit = Location(made.unit, "unit").path
    name = "填写单位名称，" if made.name is None else ""
    here = folder.resolve() == Path.cwd()
    where, enter = ("", "") if here else (f" {folder}", f"  cd {folder}\n")
    sys.stdout.write(
        f"已建好{where}，方案从 {made.since} 起执行。接下来：\n"
        f"{enter}"
        f"  1. 打开 {unit}，{name}改好科室\n"
        f"  2. 改方案：{scheme_path(made.book.name)} 里的 title、terms.office 等改成本单位的文件名称和科室\n"
        "  3. 每人建一份资料：pingshi new person wang-fang --name 王芳 --department office\n"
        f"  4. 把科室正职、分管领导和各项职务的人员代号写进 {unit}\n"
        "  5. 检查：pingshi check\n"
        "  6. 生成网站：pingshi build\n"
        f"谁写什么、怎么写，见 {readme}\n"
    )
    return FINE


@_told
def new(given: argparse.Namespace) -> int:
    """Begin a record."""
    if given.kind is None:
        fail("用法有误：缺少种类\n用 pingshi new --help 查看说明", USAGE)
    found = roots(given)
    records = _unit(given, read(given, _bears_on(getattr(given, "period", None))))
    root = found[1] if len(found) > 1 and BY_NAME[given.kind].confidential else found[0]
    words = Words(
        given.kind,
        getattr(given, "period", None),
        getattr(given, "person", None),
        getattr(given, "role", None),
        getattr(given, "what", None),
        getattr(given, "people", ()),
        {
            key: str(value)
            for key in ("name", "department", "post", "category", "leader", "joined")
            if (value := getattr(given, key, None)) is not None
        },
    )
    done = begin_record(root, records, words, date.today(), found[0])  # noqa: DTZ011 -- the office's own day
    sys.stdout.write(f"{root / done.path}\n")
    sys.stderr.write("".join(f"注意：{it}\n" for it in done.notices))
    if sys.stderr.isatty():
        what = "已加在最后" if done.added else "已建好"
        sys.stderr.write(f"{what}。填好空着的项，再用 pingshi check 检查\n")
    return FINE


def _unit(given: argparse.Namespace, snapshot: Snapshot) -> UnitRecords:
    units = sorted(snapshot.units)
    if given.unit is None and len(units) == 1:
        return snapshot.units[units[0]]
    if given.unit in snapshot.units:
        return snapshot.units[given.unit]
    if given.unit is None and units:
        raise CannotStartError(f"有 {len(units)} 个单位，用 --unit 指明一个：{', '.join(units)}")
    if given.unit is None or Location(given.unit, "unit").path in snapshot.texts:
        which = f" {given.unit} " if given.unit else ""
        raise CannotStartError(f"单位{which}的 unit.yml 没有，或者有错误读不了；先用 pingshi check 看问题")
    raise CannotStartError(f"没有“{given.unit}”这个单位；{nearest(given.unit, units)}")


def _bears_on(text: str | None) -> Callable[[str], bool]:
    """Return what to read for a record of a period: all that is undated, and what lies in the period or around it."""
    period = period_of(text or "")

    def wanted(path: str) -> bool:
        folder = period_of(next(iter(path.split("/")[2:3]), ""))
        return folder is None or (period is not None and (period.contains(folder) or folder.contains(period)))

    return wanted


@_told
def schemas(given: argparse.Namespace) -> int:
    """Write the JSON Schemas for editors."""
    folder = Path(given.out)
    names = write_schemas(folder)
    sys.stdout.write(f"已写出 {len(names)} 个文件到 {folder}\n")
    return FINE
