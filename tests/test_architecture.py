"""The order of the modules (design §3): a lower one never imports a higher one."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parent.parent / "generator" / "pingshi"

#: From the ground up. `wording` writes plain numbers and days; `layout` names periods, so they stand below it.
ORDER = (
    "diagnostics",
    "wording",
    "periods",
    "layout",
    "files",
    "source",
    "schemes",
    "records",
    "grading",
    "authority",
    "agenda",
    "evaluation",
    "history",
    "audit",
    "server",
    "forges",
    "comparison",
    "publishing",
    "starting",
    "appeal",
    "demo",
    "desk",
    "cli",
    "__main__",
)
#: Reads no disk, no clock, no git: values in, values out. `files` alone reads them.
PURE = ("diagnostics", "wording", "periods", "source", "layout", "schemes", "grading", "authority", "agenda")
OUTSIDE_WORLD = {"git", "io", "os", "pathlib", "random", "shutil", "subprocess", "tempfile", "time"}
CLOCK = {"now", "today", "utcnow", "localtime", "time", "monotonic"}


def modules() -> Iterator[tuple[str, str, ast.Module]]:
    """Yield every module: the part of the package it is in, its path, its tree."""
    for path in sorted(SOURCE.rglob("*.py")):
        relative = path.relative_to(SOURCE)
        part = relative.parts[0].removesuffix(".py")
        yield part, relative.as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the dotted name of every import, those for types and inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute"
            if node.module == "pingshi":
                yield from ((node.lineno, f"pingshi.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, str(node.module)


def docstrings(tree: ast.Module) -> set[int]:
    """Return the ids of the constants that are docstrings."""
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }


def test_every_part_of_the_package_has_its_place_in_the_order() -> None:
    parts = {part for part, _, _ in modules()} - {"__init__"}
    assert {"diagnostics", "periods", "source", "layout", "schemes", "records", "grading"} <= parts
    assert parts - set(ORDER) == set()


def test_a_lower_module_never_imports_a_higher_one() -> None:
    upwards = [
        f"{path}:{line} imports {name}"
        for part, path, tree in modules()
        if part != "__init__"
        for line, name in imported(tree)
        if name.startswith("pingshi.") and name != "pingshi.__version__"
        if ORDER.index(name.split(".")[1]) > ORDER.index(part)
    ]
    assert upwards == []


def test_the_package_itself_imports_nothing() -> None:
    trees = [tree for part, _, tree in modules() if part == "__init__"]
    assert len(trees) == 1
    assert list(imported(trees[0])) == []


def test_only_the_calendar_knows_the_package_of_official_holidays() -> None:
    assert [
        path
        for _, path, tree in modules()
        if any(name.split(".")[0] == "chinese_calendar" for _, name in imported(tree))
    ] == ["periods/calendar.py"]


@pytest.mark.parametrize("part", PURE)
def test_what_computes_reaches_for_no_disk_no_clock_and_no_git(part: str) -> None:
    reached = [
        f"{path}:{line} imports {name}"
        for its, path, tree in modules()
        if its == part
        for line, name in imported(tree)
        if name.split(".")[0] in OUTSIDE_WORLD
    ]
    for its, path, tree in modules():
        if its != part:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK:
                reached.append(f"{path}:{node.lineno} asks for the time: {ast.unparse(node.func)}()")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "input"}:
                reached.append(f"{path}:{node.lineno} calls {node.func.id}()")
    assert reached == []


def test_only_the_layout_spells_out_paths_of_records_and_schemes() -> None:
    spelled = [
        f"{path}:{node.lineno} {node.value!r}"
        for part, path, tree in modules()
        if part != "layout"
        for said in [docstrings(tree)]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
        if node.value.startswith(("records/", "schemes/"))
    ]
    assert spelled == []


def test_only_history_drives_git() -> None:
    assert [
        f"{path}:{line}"
        for part, path, tree in modules()
        if part != "history"
        for line, name in imported(tree)
        if name.split(".")[0] == "git"
    ] == []


def test_no_package_imports_another_ones_private_names() -> None:
    private = [
        f"{path}:{node.lineno} imports {alias.name} from {node.module}"
        for part, path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pingshi.")
        if node.module.split(".")[1] != part
        for alias in node.names
        if alias.name.startswith("_")
    ]
    assert private == []
