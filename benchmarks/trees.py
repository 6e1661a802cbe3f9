"""Large repositories for the benchmarks, made of the sample bureaus."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
#: Whoever heads a department or leads one is one of a kind.
_ONE_OF_A_KIND = re.compile(r"head|led_by|principal_leader|leadership|personnel_office|discipline_inspection")


def many_bureaus(tree: Path, files: int) -> None:
    """Copy all sample bureaus until the tree holds at least so many files."""
    shutil.copytree(ROOT / "schemes", tree / "schemes")
    units = sorted(it for it in (ROOT / "records").iterdir() if it.is_dir())
    once = sum(1 for unit in units for _ in unit.rglob("*.yml"))
    for index in range(-(-files // once)):
        for unit in units:
            shutil.copytree(unit, tree / "records" / f"{unit.name}-{index}")


def one_bureau(tree: Path, files: int, unit: str = "ecology") -> None:
    """Let every ordinary colleague of one sample bureau stand for many, until the tree holds so many files.

    Whoever holds an office stays single. The others' own files are copied under new ids; in
    sheets, decisions and notes the new people get what the old one got.
    """
    shutil.copytree(ROOT / "schemes", tree / "schemes")
    source = ROOT / "records" / unit
    shutil.copytree(source, tree / "records" / unit)
    known = {it.stem for it in (source / "people").glob("*.yml")}
    offices = yaml.load((source / "unit.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- texts, nothing else
    people = known - set(_strings(offices, within=False))
    own = {it: sorted(source.rglob(f"{it}.yml")) for it in people}
    times = -(-(files - sum(1 for _ in source.rglob("*.yml"))) // sum(len(it) for it in own.values()))
    names = {it: [f"{it}-{index}" for index in range(times)] for it in people}
    for person, found in own.items():
        for file in found:
            text = file.read_text(encoding="utf-8")
            for name in names[person]:
                target = tree / "records" / unit / file.relative_to(source).with_name(f"{name}.yml")
                target.write_text(text, encoding="utf-8")
    for file in sorted(source.rglob("*.yml")):
        if file.stem in people or file.name == "unit.yml" or file.parent.name in ("people", "facts", "goals", "logs"):
            continue
        value = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- texts, nothing else
        text = yaml.dump(_with_all(value, names), allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper)
        (tree / "records" / unit / file.relative_to(source)).write_text(text, encoding="utf-8")


def _strings(value: Any, *, within: bool) -> list[str]:
    """Return the texts under keys that name office holders."""
    if isinstance(value, dict):
        return [it for key, inner in value.items() for it in _strings(inner, within=within or key in _OFFICES)]
    if isinstance(value, list):
        return [it for inner in value for it in _strings(inner, within=within)]
    return [str(value)] if within else []


_OFFICES = frozenset(_ONE_OF_A_KIND.pattern.split("|"))


def _with_all(value: Any, names: dict[str, list[str]]) -> Any:
    """Give the new people in a shared file what the old one has."""
    if isinstance(value, dict):
        made = {}
        for key, inner in value.items():
            for name in (key, *names.get(key, ())):
                made[name] = _with_all(inner, names)
        return made
    if isinstance(value, list):
        made_list = []
        for inner in value:
            made_list.append(_with_all(inner, names))
            person = inner.get("person") if isinstance(inner, dict) else None
            made_list += [{**inner, "person": name} for name in names.get(person, ())]
        return made_list
    return value
