"""What the documents show is what happens: every command block is run, every shown record is there.

How the blocks are written stands in `documents.py`.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import ROOT
from documents import KINDS, LEFT_OUT, Block, Command, Desk, blocks, commands, fits, indented

from pingshi.cli.parser import parser

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENTS = (
    "README.md",
    "README.zh-CN.md",
    "CONTRIBUTING.md",
    *sorted(it.relative_to(ROOT).as_posix() for it in (ROOT / "site" / "pages" / "handbook").glob("*.md")),
)
HANDBOOK = ROOT / "tests" / "handbook" / "records"
#: Words that stand for something of the reader's own.
PLACEHOLDERS = {"COMMAND", "命令"}
_WORD = re.compile(r"`(?:\.venv/bin/)?pingshi ([^`]+)`")


def _is_a_target(words: str) -> bool:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.search(rf"^{re.escape(words.split()[1])}:", makefile, re.MULTILINE) is not None


def _is_installable(words: str) -> bool:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return words.endswith((" .", f" {project['name']}")) and "pingshi" in project["scripts"]


#: What no test can run, by how it begins, and what is looked at instead.
NOT_RUN: dict[str, Callable[[str], bool]] = {
    "make ": _is_a_target,
    "pingshi serve": lambda words: parser().parse_args(words.split()[1:]).command == "serve",
    "python3 -m venv ": lambda words: len(words.split()) == 4,
    "pip wheel ": _is_installable,
    "pip install ": _is_installable,
    ".venv/bin/pip install ": _is_installable,
    ".venv/bin/pytest ": lambda words: all((ROOT / it).is_file() for it in words.split()[1:] if it.endswith(".py")),
    "PINGSHI_BLESS=1 .venv/bin/pytest ": lambda words: (ROOT / words.split()[-1]).is_file(),
    ".venv/bin/python ": lambda words: (ROOT / words.split()[1]).is_file(),
}


def _run(desk: Desk, command: Command) -> str | None:
    """Run a command, or look at it where it cannot be run; return what is wrong, or None."""
    for begins, is_right in NOT_RUN.items():
        if command.words.startswith(begins):
            return None if is_right(command.words) else "this cannot work"
    status, printed = desk.run(command.words)
    if not command.shown and status != 0:
        return "\n".join([f"ended with {status}", *printed])
    if not fits(command.shown, printed):
        return "\n".join(["shown:", *command.shown, "printed:", *printed])
    return None


def _try(desk: Desk, block: Block) -> list[str]:
    if block.kind == "heading":
        (desk.reset if block.text.startswith("## ") else desk.restore)()
    elif block.kind == "console":
        told = ((it, _run(desk, it)) for it in commands(block))
        return [f"line {it.line}: $ {it.words}\n{wrong}" for it, wrong in told if wrong is not None]
    elif block.kind in ("diff", "yaml"):
        wrong = desk.change(block) if block.kind == "diff" else desk.file(block)
        return [f"line {block.line}: {wrong}"] if wrong is not None else []
    return []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_shows_is_what_happens(document: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path, HANDBOOK if "handbook" in document else ROOT / "records")
    text = (ROOT / document).read_text(encoding="utf-8")
    wrong = [it for block in blocks(text) for it in _try(desk, block)]
    if wrong:
        pytest.fail(f"{document}\n" + "\n\n".join(wrong), pytrace=False)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_has_no_block_that_nobody_tries(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert {it.kind for it in blocks(text)} <= {*KINDS, "heading"}
    assert indented(text) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_within_a_sentence_have_the_options_that_there_are(document: str) -> None:
    """`pingshi check --format github` in running text: the command and its options exist."""
    known = parser()._subparsers
    assert known is not None
    choices = known._group_actions[0].choices
    assert isinstance(choices, dict)
    for words in _WORD.findall((ROOT / document).read_text(encoding="utf-8")):
        command, *rest = words.split()
        if command in PLACEHOLDERS or command.startswith("--"):
            continue
        assert command in choices, f"pingshi {words}"
        options = {it.strip("[]") for it in rest if it.startswith(("--", "[--"))}
        assert options <= set(choices[command]._option_string_actions), f"pingshi {words}"


def test_every_document_of_the_handbook_is_among_them() -> None:
    names = {Path(it).name for it in DOCUMENTS if "handbook" in it}
    assert names == {"index.md", "civil-servant.md", "leader.md", "personnel-office.md", "it.md"}


# --- that the test itself can fail --------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "printed", "is_right"),
    [
        ("a\nb", "a\nb", True),
        ("a", "a\nb", False),
        ("", "a", False),
        ("a\n…\nd", "a\nb\nc\nd", True),
        ("a\n…\nd", "a\nd", True),
        ("a\n…\nd", "a\nb", False),
        ("检查了 … 个文件", "检查了 465 个文件", True),
        ("检查了 … 个文件", "检查了 465 个文件：", False),
        ("1. x", "1y x", False),
    ],
)
def test_left_out_parts_stand_for_anything_and_the_rest_for_itself(shown: str, printed: str, is_right: bool) -> None:  # noqa: FBT001 -- a case
    lines = tuple(shown.split("\n")) if shown else ()
    assert fits(lines, printed.split("\n")) is is_right


def told(text: str, tmp_path: Path) -> list[str]:
    """Try a document out; return what is wrong with it."""
    desk = Desk(tmp_path, HANDBOOK)
    return [it for block in blocks(text) for it in _try(desk, block)]


def test_a_command_that_prints_something_else_is_told(tmp_path: Path) -> None:
    (wrong,) = told("```console\n$ pingshi --version\npingshi 9.9.9\n```\n", tmp_path)
    assert wrong == "line 2: $ pingshi --version\nshown:\npingshi 9.9.9\nprinted:\npingshi 0.1.0"


def test_a_command_that_fails_in_silence_is_told(tmp_path: Path) -> None:
    assert told("```console\n$ false\n$ true\n```\n", tmp_path) == ["line 2: $ false\nended with 1"]


def test_a_change_holds_until_the_next_heading(tmp_path: Path) -> None:
    path = "records/demo/2026-Q3/publicity.yml"
    shown = f"```console\n$ grep contact {path}\ncontact: {{}}\n```\n"
    change = f"```diff\n--- {path}\n from: …\n to: 2026-10-16\n-contact: 综合科\n+contact: 人事科\n```\n"
    text = f"{change}{shown.format('人事科')}## 下一节\n{shown.format('综合科')}"
    assert told(text, tmp_path) == []
    assert told(change.replace("综合科", "督查科"), tmp_path / "again") == [
        "line 1: 0 places in publicity.yml where these lines stand"
    ]


def test_a_record_that_says_something_else_by_now_is_told(tmp_path: Path) -> None:
    path = "records/demo/2026-Q3/publicity.yml"
    right = f"```yaml\n# {path}\nfrom: 2026-10-13        # 第一天\n{LEFT_OUT}\ntelephone: 0000-5550101\n```\n"
    assert told(right, tmp_path) == []
    assert told(right.replace("10-13", "10-14"), tmp_path / "again") == ["line 1: publicity.yml does not say this"]


def test_a_form_is_filled_in_and_is_there_until_the_next_section(tmp_path: Path) -> None:
    path = "records/demo/2026-H2/summaries/shi-lei.yml"
    form = f"```console\n$ mkdir -p {Path(path).parent}\n$ echo says: > {path}\n```\n"
    filled = f"```yaml\n# {path}，填好以后\nsays: 好\n```\n### 小节\n```console\n$ cat {path}\nsays: 好\n```\n"
    gone = f"## 下一节\n```console\n$ ls {path}\nls: …\n```\n"
    assert told(form + filled + gone, tmp_path) == []
    assert told(filled, tmp_path / "again")[0] == f"line 1: no such form: # {path}，填好以后"


def test_a_new_record_is_there_for_its_section(tmp_path: Path) -> None:
    path = "records/demo/2026-Q3/objections/shi-lei.yml"
    new = f"```yaml\n# {path}\nraised_on: 2026-10-14\nsays: 请核对\n```\n"
    text = f"{new}```console\n$ cat {path}\nraised_on: 2026-10-14\nsays: 请核对\n```\n# 下一节\n"
    text += f"```console\n$ ls {path}\nls: …\n```\n"
    assert told(text, tmp_path) == []
