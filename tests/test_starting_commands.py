"""The command line of a first hour: help in Chinese with examples, suggestions, completion, and a whole quarter."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from command import Done, environment, pingshi

from pingshi.cli.parser import parser
from pingshi.cli.starting_commands import CATEGORIES, FACTS, FEEDBACK, FILED, KINDS, ROLES
from pingshi.cli.tables import width
from pingshi.layout import BY_NAME
from pingshi.records.loading import LISTS
from pingshi.schemes import REVIEWER_ROLES, vocabulary
from pingshi.starting import SINGULAR

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = (
    *("init", "new", "check", "lint", "grade", "explain", "annual", "todo", "analysis"),
    *("preview", "access", "audit", "build", "verify", "export", "serve", "schema", "hook", "demo", "completion"),
)
EVERY = (*COMMANDS, *(f"new {kind.word}" for kind in KINDS), "export case")


# --- help --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", EVERY)
def test_every_command_explains_itself_in_chinese_with_an_example_of_itself(command: str) -> None:
    done = pingshi(*command.split(), "--help", COLUMNS="80")
    assert (done.status, done.err) == (0, "")
    examples = done.out.rpartition("\n例：")[2].splitlines()
    assert examples[0].startswith(f"pingshi {command}")
    described = [line for line in done.out.splitlines() if line.startswith("  ") and not line.startswith("   ")]
    assert [line for line in described if not re.search("[\u4e00-\u9fff]", line)] == []
    usage, _, rest = done.out.partition("\n\n")
    assert usage.startswith(f"用法：pingshi {command} ")
    assert {line for line in rest.splitlines() if line.endswith(("：", ":"))} <= {
        "参数：",
        "选项：",
        "种类：",
        "命令：",
    }
    assert [line for line in rest.rpartition("\n例：")[0].splitlines() if width(line) > 80 and " " * 8 in line] == []


def test_the_examples_are_understood() -> None:
    for command in EVERY:
        for example in re.findall(r"pingshi (\S[^\n]*?)(?:    |\n|$)", pingshi(*command.split(), "--help").out):
            if example.startswith(command) and "种类" not in example and "[" not in example and ">>" not in example:
                parser().parse_args(example.split())


def test_the_commands_stand_in_the_order_in_which_they_are_met() -> None:
    listed = re.findall(r"^    (\w+) ", pingshi("--help").out.partition("命令：")[2], re.MULTILINE)
    assert tuple(listed[: len(COMMANDS)]) == COMMANDS


def test_help_is_quick() -> None:
    def best(*arguments: str) -> float:
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], env=environment(), check=True, capture_output=True)
            taken.append(time.perf_counter() - start)
        return min(taken)

    assert best("-m", "pingshi", "--help") < 10 * best("-c", "pass")


def test_help_does_not_load_the_models() -> None:
    code = "import sys; from pingshi.cli.parser import parser; parser(); print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"


def test_what_the_command_line_says_of_words_is_what_the_vocabulary_says() -> None:
    branches = LISTS["facts"].__args__[0].__args__
    assert {it.model_fields["kind"].annotation.__args__[0]: it.model_config["title"] for it in branches} == FACTS
    assert FEEDBACK == vocabulary.FEEDBACK_KINDS
    assert FILED == vocabulary.FORMS
    assert CATEGORIES == vocabulary.CATEGORIES
    assert {role: vocabulary.ROLES[role] for role in REVIEWER_ROLES} == ROLES
    assert {kind.name for kind in KINDS} == set(BY_NAME) - {"unit"}
    assert {kind.word: kind.name for kind in KINDS if kind.word != kind.name} == SINGULAR


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (
            "nw",
            f"用法有误：命令不能写“nw”，可以写：{', '.join(COMMANDS)}；是不是 new？",
        ),
        ("check --jsn", "用法有误：不认识：--jsn；是不是 --json？"),
        ("check --jsn=1", "用法有误：不认识：--jsn=1；是不是 --json？"),
        ("new person x --departmnt office", "用法有误：不认识：--departmnt office；是不是 --department？"),
        ("new summry 2026-Q1 x", None),
        ("completion bsh", "用法有误：终端不能写“bsh”，可以写：bash, zsh, fish；是不是 bash？"),
        ("new fact x leav", None),
        ("new", "用法有误：缺少种类"),
        ("new summary", "用法有误：缺少周期、人员代号"),
        ("new spot_check 2026-Q1", "用法有误：缺少被抽查人"),
        ("--versoin", "用法有误：不认识：--versoin；是不是 --version？"),
        ("help", f"用法有误：命令不能写“help”，可以写：{', '.join(COMMANDS)}；看说明用 pingshi --help"),
        ("serve --port abc", "用法有误：--port：“abc”不是端口，写 1 到 65535 之间的数，如 8001"),
        ("build --on 2026", "用法有误：--on：“2026”不是日期，写成 2026-10-15 这样"),
        ("build --audience publik", "用法有误：--audience 不能写“publik”，可以写：public, office；是不是 public？"),
    ],
)
def test_a_mistyped_word_gets_a_suggestion(command: str, says: str | None) -> None:
    done = pingshi(*command.split())
    assert (done.status, done.out) == (2, "")
    first, last = done.err.splitlines()
    assert last.startswith("用 pingshi ")
    assert last.endswith(" --help 查看说明")
    if says is not None:
        assert first == says
    else:
        meant = {"summry": "summary", "leav": "leave"}[command.split()[1 if "summry" in command else 3]]
        assert first.endswith(f"；是不是 {meant}？")
        assert "summaries" not in first  # other names of kinds are known, not told


# --- completion --------------------------------------------------------------------------


def completed(line: str, folder: Path, tmp_path: Path) -> list[str]:
    """Return what the shell is offered behind a line."""
    answer = tmp_path / "answer"
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_SHELL": "bash",
        "_ARGCOMPLETE_IFS": "|",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line.encode())),
        "COMP_TYPE": "9",
    }
    code = "import sys; sys.argv = ['pingshi']; from pingshi.cli import main; main()"
    subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment(**asked), check=True, capture_output=True)
    return [it.strip() for it in answer.read_text(encoding="utf-8").split("|")]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("pingshi ", list(COMMANDS)),
        ("pingshi ch", ["check"]),
        ("pingshi new s", ["summary", "spot_check"]),
        ("pingshi new fact wang-fang le", ["leave"]),
        ("pingshi export ", ["case"]),
        ("pingshi export case wa", ["wang-fang"]),
        ("pingshi export case wang-fang ", ["2026-Q1"]),
        ("pingshi new review 2026-Q1 ", ["liu-yang", "wang-fang"]),
        ("pingshi grade 2026", ["2026-Q1"]),
        ("pingshi explain ", ["2026-Q1"]),
        ("pingshi new plan ", ["2026-01"]),
        ("pingshi new person x --department ", [""]),
        ("pingshi new person x --post ", [""]),
        ("pingshi check --unit ", ["u"]),
        ("pingshi check --u", ["--unit"]),
        ("pingshi init x --scheme z", ["zhangdian-stats"]),
        ("pingshi lint ", ["qufu-approval"]),
        ("pingshi completion ", ["bash", "zsh", "fish"]),
    ],
)
def test_the_tab_key_offers_commands_kinds_and_the_names_in_the_folder(
    line: str, offered: list[str], tmp_path: Path
) -> None:
    root = tmp_path / "repository"
    for folder in (
        "records/u/people",
        "records/u/2026-01",
        "records/u/2026-Q1",
        "records/u/facts",
        "schemes/qufu-approval",
    ):
        (root / folder).mkdir(parents=True)
    for person in ("wang-fang", "liu-yang"):
        (root / "records/u/people" / f"{person}.yml").write_text("", encoding="utf-8")
    assert completed(line, root, tmp_path) == offered


@pytest.mark.parametrize(
    ("shell", "first"),
    [
        (
            "bash",
            "# 把这一段加到 ~/.bashrc 的最后（pingshi completion bash >> ~/.bashrc），重新打开终端就能用 Tab 键补全",
        ),
        ("zsh", "# 把这一段加到 ~/.zshrc 的最后（pingshi completion zsh >> ~/.zshrc），重新打开终端就能用 Tab 键补全"),
        ("fish", "# 存成 ~/.config/fish/completions/pingshi.fish，重新打开终端就能用 Tab 键补全"),
    ],
)
def test_what_the_shell_needs_is_printed_with_where_to_put_it(shell: str, first: str) -> None:
    done = pingshi("completion", shell)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[0] == first
    assert "pingshi" in done.out.partition("\n")[2]
    assert "-o default" not in done.out  # or the shell would offer files where none is meant


def test_bash_takes_it() -> None:
    script = pingshi("completion", "bash").out + "\ncomplete -p pingshi\n"
    done = subprocess.run(
        ["bash", "--norc"], input=script, env={"PATH": os.environ["PATH"]}, check=True, capture_output=True, text=True
    )
    assert done.stdout.startswith("complete ")


# --- `new` on the command line -----------------------------------------------------------


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    """A fresh repository with two people."""
    root = tmp_path / "approval"
    pingshi("init", "approval", "--scheme", "qufu-approval", "--from", "2026-Q1", cwd=tmp_path)
    for person, name in (("wang-fang", "王芳"), ("zhao-lei", "赵磊")):
        options = f"--name {name} --department office --post staff --category civil_servant --leader false"
        done = pingshi("new", "person", person, *options.split(), "--joined", "2019-07-01", cwd=root)
        assert done == Done(0, f"records/approval/people/{person}.yml\n", "")
    return root


def test_the_path_is_printed_from_where_one_stands(bureau: Path) -> None:
    done = pingshi("new", "summary", "2026-Q1", "wang-fang", repo=bureau)
    assert done == Done(0, f"{bureau}/records/approval/2026-Q1/summaries/wang-fang.yml\n", "")


def test_the_layouts_own_name_of_a_kind_is_understood(bureau: Path) -> None:
    done = pingshi("new", "summaries", "2026-Q1", "wang-fang", cwd=bureau)
    assert done == Done(0, "records/approval/2026-Q1/summaries/wang-fang.yml\n", "")


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (
            "summary 2026-Q1 wang-fan",
            "没有“wang-fan”这个人；是不是 wang-fang？新来的人先用 pingshi new person wang-fan 建人员资料",
        ),
        ("summary 2026Q1 wang-fang", "“2026Q1”不是合格的周期；是不是 2026-Q1？"),
        ("summary 2026-Q1 王芳", "这里写代号：王芳的代号是 wang-fang"),
        ("summary 2026-Q1 wang-fang --unit aproval", "没有“aproval”这个单位；是不是 approval？"),
        (
            "person wang-fang",
            "records/approval/people/wang-fang.yml 已经有了，没有动它；要改就直接改，要重来先把它移走",
        ),
    ],
)
def test_what_can_not_be_begun_is_status_2(command: str, says: str, bureau: Path) -> None:
    assert pingshi("new", *command.split(), cwd=bureau) == Done(2, "", f"{says}\n")


def test_a_unit_whose_own_file_is_broken_is_told_so(bureau: Path) -> None:
    (bureau / "records" / "approval" / "unit.yml").write_text("name: [\n", encoding="utf-8")
    says = "单位 approval 的 unit.yml 没有，或者有错误读不了；先用 pingshi check 看问题\n"
    assert pingshi("new", "ballots", "2026-Q1", "--unit", "approval", cwd=bureau) == Done(2, "", says)


def test_whoever_is_left_out_of_a_form_is_named_on_the_screen_and_in_it(bureau: Path) -> None:
    person = bureau / "records" / "approval" / "people" / "wang-fang.yml"
    person.write_text(person.read_text(encoding="utf-8").replace("leader: false", "leader:"), encoding="utf-8")
    says = "注意：王芳（wang-fang）的资料有错误，没有列入，改正后重新建表"
    done = pingshi("new", "ballots", "2026-Q1", cwd=bureau)
    assert (done.status, done.err) == (0, f"{says}\n")
    form = (bureau / done.out.strip()).read_text(encoding="utf-8")
    assert f"# {says}\n" in form
    assert "\n  zhao-lei:" in form
    done = pingshi("new", "determination", "2026-Q1", cwd=bureau)
    says = "注意：王芳（wang-fang）的资料有错误，没有列入，参加考核的人数和名额也没有算上，改正后重新建表"
    assert done.err == f"{says}\n"
    done = pingshi("explain", "2026-Q1", "wang-fang", cwd=bureau)
    file = "records/approval/people/wang-fang.yml"
    says = f"wang-fang 的人员资料（{file}）有错误读不了，没有算结果；先用 pingshi check 看问题，改正后再看"
    assert done == Done(1, "", f"{says}\n")


def test_of_several_units_one_must_be_named(bureau: Path) -> None:
    other = bureau / "records" / "audit"
    other.mkdir()
    (other / "unit.yml").write_bytes((bureau / "records" / "approval" / "unit.yml").read_bytes())
    says = "有 2 个单位，用 --unit 指明一个：approval, audit\n"
    assert pingshi("new", "ballots", "2026-Q1", cwd=bureau) == Done(2, "", says)


def test_confidential_records_go_to_the_second_folder(bureau: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "records").mkdir(parents=True)
    both = ("--repo", str(bureau), "--repo", str(closed))
    done = pingshi("new", "ballots", "2026-Q1", *both)
    assert done.out == f"{closed}/records/approval/2026-Q1/ballots.yml\n"
    done = pingshi("new", "summary", "2026-Q1", "wang-fang", *both)
    assert done.out == f"{bureau}/records/approval/2026-Q1/summaries/wang-fang.yml\n"


# --- a whole quarter ---------------------------------------------------------------------


def fill(file: Path, **answers: str) -> None:
    """Fill in a form as somebody would: what stands blank behind a key gets an answer; remarks stay."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        found = re.fullmatch(r"( *(?:- )?)([\w-]+):((?:  #.*)?)", line)
        if found and not line.lstrip().startswith("#") and found[2] in answers:
            lines[number] = f"{found[1]}{found[2]}: {answers[found[2]]}{found[3]}"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


SUMMARY = dict.fromkeys(
    ("political", "discipline", "achievements", "shortcomings", "improvements", "task", "result"), "有"
)
PEOPLE = {"zhou-min": "true", "liu-yang": "true", "he-jun": "false", "wang-fang": "false", "zhao-lei": "false"}


@pytest.mark.parametrize("scheme", ["qufu-approval", "chaoyang-ecology"])
def test_from_an_empty_folder_to_a_graded_quarter_and_a_site_only_by_the_forms(scheme: str, tmp_path: Path) -> None:
    pingshi("init", "bureau", "--scheme", scheme, "--name", "某局", "--from", "2026-Q3", cwd=tmp_path)
    root = tmp_path / "bureau"
    base = root / "records" / "bureau"

    def new(*words: str) -> Path:
        done = pingshi("new", *words, cwd=root)
        assert (done.status, done.err) == (0, ""), words
        return root / done.out.strip()

    for person, leader in PEOPLE.items():
        form = new("person", person, "--department", "office", "--post", "staff", "--leader", leader)
        fill(form, name=person, category="civil_servant", joined="2019-07-01")
    unit = base / "unit.yml"
    text = unit.read_text(encoding="utf-8").replace("kind: general}", "kind: general, head: he-jun, led_by: liu-yang}")
    for organ, who in (
        ("principal_leader", "zhou-min"),
        ("leadership", "[zhou-min, liu-yang]"),
        ("personnel_office", "he-jun"),
    ):
        text = text.replace(f"{organ}: []", f"{organ}: {who}")
    unit.write_text(text, encoding="utf-8")
    assert pingshi("check", cwd=root).out == "检查了 8 个文件：没有发现问题\n"

    staff = [person for person, leader in PEOPLE.items() if leader == "false"]
    for person in staff:
        fill(new("summary", "2026-Q3", person), **SUMMARY, classified="false")
    reviewers = ("zhou-min", "liu-yang") if scheme == "qufu-approval" else ("he-jun", "liu-yang")
    points = dict.fromkeys(("politics", "ethics", "style", "integrity", "attendance", "quality", "duty"), "9")
    points |= dict.fromkeys(("efficiency", "service"), "8")
    for reviewer in reviewers:
        fill(new("review", "2026-Q3", reviewer), **points, grade="较好")
    if scheme == "qufu-approval":
        fill(
            new("ballots", "2026-Q3"), counted_on="2026-10-09", counted_by="he-jun", **dict.fromkeys(staff, "[80, 82]")
        )
    determination = new("determination", "2026-Q3")
    assert determination.read_text(encoding="utf-8").count("建议 较好") == len(staff)
    fill(determination, decided_on="2026-10-10", meeting="2026年第6次局党组会议", **dict.fromkeys(staff, "较好"))
    feedback = new("feedback", "2026-Q3", "liu-yang")
    fill(feedback, on="2026-10-13", form="talk")
    fill(new("spot_check", "2026-Q3", "wang-fang"), on="2026-09-10", by="he-jun", found="台账齐全")

    checked = pingshi("check", cwd=root)
    assert (checked.status, "错误 [" in checked.out) == (0, False), checked.out
    graded = pingshi("grade", "2026-Q3", "--json", cwd=root).json
    assert {it: graded["people"][it]["determined"] for it in staff} == dict.fromkeys(staff, "较好")
    assert pingshi("build", "--on", "2026-10-20", cwd=root).status == 0
    assert (root / "build" / "site" / "bureau" / "2026-Q3" / "roster.html").is_file()
