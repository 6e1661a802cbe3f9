"""The command line: usage, messages and exit statuses (design §6)."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest
from command import ROOT, Done, environment, pingshi, tree
from office import Office
from sites import save
from telling import rate

from pingshi.cli import main

COMMANDS = (
    "init, new, check, lint, grade, explain, annual, todo, analysis, "
    "preview, access, audit, build, verify, export, serve, schema, hook, completion"
)
LATIN_SENTENCE = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+ [a-z]+")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An office of Qufu whose 2026-Q1 is being rated, and nothing wrong with it."""
    return save(rate(Office(), {"wang-fang": 88, "zhao-lei": 70}), tmp_path / "repository")


def broken(repository: Path) -> Path:
    """Put one error into the repository."""
    (repository / "records" / "u" / "people" / "wang-fang.yml").write_text("name: [\n", encoding="utf-8")
    return repository


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "lint",
        "schema",
        "grade 2026-Q1",
        "explain 2026-Q1 wang-fang",
        "annual 2026",
        "analysis 2026-Q1",
        "build",
    ],
)
def test_every_command_is_fine_with_a_sound_repository(command: str, repository: Path) -> None:
    done = pingshi(*command.split(), repo=repository)
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("check", 1),
        ("grade 2026-Q1", 1),
        ("explain 2026-Q1 zhao-lei", 1),
        ("annual 2026", 1),
        ("analysis 2026-Q1", 1),
        ("analysis 2026 --full", 1),
        ("explain 2026 zhao-lei", 1),
        ("lint", 0),
        ("schema", 0),
        ("build", 0),
    ],
)
def test_an_error_in_the_data_is_status_1_but_the_site_is_built(command: str, status: int, repository: Path) -> None:
    assert pingshi(*command.split(), repo=broken(repository)).status == status


def test_a_warning_is_no_error(repository: Path) -> None:
    (repository / "records" / "u" / "2026-Q1" / "ballots.yml").unlink()
    done = pingshi("check", repo=repository)
    assert done.status == 0
    assert done.out.endswith("检查了 12 个文件：0 个错误，2 个提醒\n")
    assert done.out.count("提醒 [missing-rating]") == 2


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("frob", f"用法有误：命令不能写“frob”，可以写：{COMMANDS}\n用 pingshi --help 查看说明\n"),
        ("grade", "用法有误：缺少周期\n用 pingshi grade --help 查看说明\n"),
        ("explain 2026-Q1", "用法有误：缺少人员代号\n用 pingshi explain --help 查看说明\n"),
        ("check --frob", "用法有误：不认识：--frob\n用 pingshi check --help 查看说明\n"),
        ("check --jso", "用法有误：不认识：--jso；是不是 --json？\n用 pingshi check --help 查看说明\n"),
        ("check --unit", "用法有误：--unit 后面要写一个值\n用 pingshi check --help 查看说明\n"),
        (
            "check --format xml",
            "用法有误：--format 不能写“xml”，可以写：text, github, gitlab\n用 pingshi check --help 查看说明\n",
        ),
        (
            "build --on 2026-02-30",
            "用法有误：--on：“2026-02-30”不是日期，写成 2026-10-15 这样\n用 pingshi build --help 查看说明\n",
        ),
        (
            "build --on 2026年10月15日",
            "用法有误：--on：“2026年10月15日”不是日期，写成 2026-10-15 这样\n用 pingshi build --help 查看说明\n",
        ),
        ("check --unit uu", "没有“uu”这个单位；是不是 u？\n"),
        ("check --unit 审批局", "没有“审批局”这个单位；有：u\n"),
        ("lint qufu-aproval", "没有“qufu-aproval”这个方案；是不是 qufu-approval？\n"),
        ("grade 2026-Q1 --unit uu", "没有“uu”这个单位；是不是 u？\n"),
        ("grade 2026-Q5", "“2026-Q5”不是合格的周期；写成 2026-Q3（季度）或 2026-H1（半年）\n"),
        ("grade 2026Q1", "“2026Q1”不是合格的周期；是不是 2026-Q1？\n"),
        ("grade 二季度", "“二季度”不是合格的周期；写成 2026-Q3（季度）或 2026-H1（半年）\n"),
        ("grade 2026-H1", "方案 qufu-approval 每季度考核一次，没有 2026-H1；周期写成 2026-Q3 这样\n"),
        ("grade 2026-01", "方案 qufu-approval 每季度考核一次，没有 2026-01；周期写成 2026-Q3 这样\n"),
        ("grade 2019-Q4", "2019年第四季度还没有方案在执行\n"),
        ("explain 2026-Q1 wang-fan", "没有“wang-fan”这个人员；是不是 wang-fang？\n"),
        ("explain 2019-Q1 wang-fang", "2019年第一季度还没有方案在执行\n"),
        ("annual", "用法有误：缺少年度\n用 pingshi annual --help 查看说明\n"),
        ("annual 2026-Q1", "“2026-Q1”不是年度；年度写成 2026\n"),
        ("annual 今年", "“今年”不是合格的周期；年度写成 2026\n"),
        ("annual 2019", "2019年度还没有方案在执行\n"),
        ("annual 2026 --unit uu", "没有“uu”这个单位；是不是 u？\n"),
        ("analysis 2026Q1", "“2026Q1”不是合格的周期；是不是 2026-Q1？\n"),
        ("analysis 今年", "“今年”不是合格的周期；写成 2026-Q3（季度）、2026-H1（半年）或 2026（年度）\n"),
        ("analysis 2026-H1", "方案 qufu-approval 每季度考核一次，没有 2026-H1；周期写成 2026-Q3 或者 2026 这样\n"),
        ("analysis 2019", "2019年度还没有方案在执行\n"),
        ("explain 2026 wang-fan", "没有“wang-fan”这个人员；是不是 wang-fang？\n"),
    ],
)
def test_wrong_usage_is_status_2_and_says_what_would_be_right(command: str, says: str, repository: Path) -> None:
    assert pingshi(*command.split(), cwd=repository) == Done(2, "", says)


def test_without_a_command_the_help_is_shown_and_the_status_is_2(repository: Path) -> None:
    done = pingshi(cwd=repository)
    assert (done.status, done.err) == (2, "")
    assert done.out == pingshi("--help").out


def test_with_several_units_one_has_to_be_named() -> None:
    says = "有 5 个单位，用 --unit 指明一个：approval, audit, ecology, reform, statistics\n"
    assert pingshi("grade", "2026-Q3", repo=ROOT) == Done(2, "", says)


def test_somebody_who_was_not_on_the_roll_is_told_so(tmp_path: Path) -> None:
    office = Office().person("wang-fang", name="王芳", joined="2026-05-01")
    done = pingshi("explain", "2026-Q1", "wang-fang", repo=save(office, tmp_path / "repository"))
    assert done == Done(2, "", "王芳在 2026-03-31 不在册（2026-05-01 到岗），没有2026年第一季度的结果\n")


def test_somebody_who_was_not_on_the_roll_when_the_year_ended_is_told_so(tmp_path: Path) -> None:
    office = Office().person("wang-fang", name="王芳", left="2026-12-30")
    done = pingshi("explain", "2026", "wang-fang", repo=save(office, tmp_path / "repository"))
    assert done == Done(2, "", "王芳在 2026-12-31 已不在册（2026-12-30 离开），没有2026年度的结果\n")


@pytest.mark.parametrize("command", ["check", "build", "grade 2026-Q1", "annual 2026"])
def test_a_folder_that_is_no_repository_is_wrong_usage(command: str, tmp_path: Path) -> None:
    words = command.split()
    nowhere = tmp_path / "没有"
    assert pingshi(*words, repo=nowhere) == Done(2, "", f"没有“{nowhere}”这个文件夹\n")
    says = f"“{tmp_path}”里没有 records 和 schemes 文件夹，不是考核仓库；用 --repo 指明仓库在哪里\n"
    assert pingshi(*words, repo=tmp_path) == Done(2, "", says)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize(
    "command", ["", "check", "lint", "grade", "explain", "annual", "todo", "analysis", "preview", "build", "schema"]
)
def test_help_is_in_chinese(command: str) -> None:
    """Every line of it: no sentence of the library's own English is left."""
    done = pingshi(*command.split(), "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"用法：pingshi {command} ".replace("  ", " "))
    english = ("usage", "options", "optional", "positional", "arguments", "show this", "default", "error", "required")
    assert [word for word in english if word in done.out.lower()] == []
    assert "选项:" in done.out or "选项：" in done.out


def test_the_version() -> None:
    assert pingshi("--version") == Done(0, "pingshi 0.1.0\n", "")


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.GB18030", "en_US.ISO-8859-1"])
def test_messages_are_utf_8_whatever_the_locale(locale: str, repository: Path) -> None:
    done = pingshi("check", repo=broken(repository), LC_ALL=locale, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.status == 1
    assert "错误 [yaml-syntax]" in done.out


@pytest.mark.parametrize("command", ["check", "schema --json", "--help", "grade 2026-Q1", "annual 2026"])
def test_a_reader_who_has_had_enough_is_no_fault(command: str, repository: Path) -> None:
    """`pingshi check | head -1`: no message, and no fault of the data either."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "pingshi", *command.split()],
        cwd=repository,
        env=environment(),
        check=False,
        stdout=writing,
        stderr=subprocess.PIPE,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "command", ["check", "schema --json", "grade 2026-Q1 --json", "annual 2026 --json", "analysis 2026 --json"]
)
def test_a_full_disk_is_status_3(command: str, repository: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 -- a device, as the shell opens it
        done = subprocess.run(
            [sys.executable, "-m", "pingshi", *command.split()],
            cwd=repository,
            env=environment(),
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    said = done.stderr.decode()
    assert done.returncode == 3
    assert said.startswith("环境问题：")
    assert LATIN_SENTENCE.search(said) is None
    assert "Traceback" not in said


@pytest.mark.parametrize("out", ["file/site", "file"])
def test_where_no_site_can_be_written_a_sentence_says_so(out: str, repository: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("文件", encoding="utf-8")
    done = pingshi("build", "--out", str(tmp_path / out), repo=repository)
    assert (done.status, done.out) == (3, "")
    assert str(tmp_path / "file") in done.err
    assert LATIN_SENTENCE.search(done.err.replace(str(tmp_path), "")) is None
    assert re.search(r"[A-Z][a-z]+ [a-z]+", done.err.replace(str(tmp_path), "")) is None


def test_the_installed_command_and_the_module_are_the_same(repository: Path) -> None:
    code = "import sys; from pingshi.cli import main; sys.exit(main(['check']))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=repository, env=environment(), check=False, capture_output=True, text=True
    )
    assert Done(done.returncode, done.stdout, done.stderr) == pingshi("check", cwd=repository)


def test_reading_writes_nothing(repository: Path, tmp_path: Path) -> None:
    before = tree(repository)
    for command in (
        "check",
        "check --json",
        "lint",
        "grade 2026-Q1",
        "annual 2026",
        "analysis 2026-Q1",
        "explain 2026-Q1 wang-fang",
        "schema",
    ):
        pingshi(*command.split(), cwd=repository, HOME=str(tmp_path / "home"), XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert tree(repository) == before
    assert sorted(it.name for it in tmp_path.iterdir()) == ["cache", "repository"]
    assert [it.name for it in (tmp_path / "cache").iterdir()] == ["pingshi"]


def test_read_only_files_are_read(repository: Path, tmp_path: Path) -> None:
    for it in repository.rglob("*"):
        if it.is_file():
            it.chmod(0o444)
    assert pingshi("check", repo=repository).status == 0
    for _ in range(2):
        assert pingshi("build", "--out", str(tmp_path / "site"), repo=repository).status == 0


def test_a_file_that_may_not_be_read_is_named_and_everything_else_is_checked(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One such file never stops the rest."""
    secret = broken(repository) / "records" / "u" / "people" / "zhao-lei.yml"

    def refuse(file: str, mode: str, buffering: int) -> IO[Any]:
        if file == str(secret):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), file)
        return open(file, mode, buffering)  # noqa: PTH123 -- in the place of the function itself

    monkeypatch.setattr("pingshi.files.open", refuse, raising=False)
    assert main(["check", "--repo", str(repository)]) == 1
    shown = capsys.readouterr()
    assert shown.err == ""
    assert "records/u/people/zhao-lei.yml:1:1: 错误" in shown.out
    assert "没有权限" in shown.out
    assert "records/u/people/wang-fang.yml:1:8: 错误 [yaml-syntax]" in shown.out


def test_files_may_be_named_from_here_from_the_root_or_as_a_folder(repository: Path) -> None:
    broken(repository)
    everything = pingshi("check", "--json", repo=repository).json
    path = "records/u/people/wang-fang.yml"
    own = [it for it in everything["problems"] if it["path"] == path]
    assert own
    for name, where in ((path, "/"), ("people/wang-fang.yml", repository / "records" / "u"), ("./" + path, repository)):
        done = pingshi("check", name, "--json", cwd=Path(where), repo=repository)
        assert (done.json["files"], done.json["problems"]) == (1, own)
    for name in (".", str(repository)):
        assert pingshi("check", name, "--json", cwd=repository, repo=repository).json == everything


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("check records/u/people/wang-fan.yml", "没有“records/u/people/wang-fan.yml”这个文件；是不是 {}？\n"),
        ("check README.md", "没有“README.md”这个文件；有：records, schemes\n"),
        ("check records --unit u", "指明文件时，不能再用 --rev 或 --unit\n"),
    ],
)
def test_a_file_that_is_not_there_is_told(arguments: str, says: str, repository: Path) -> None:
    done = pingshi(*arguments.split(), cwd=repository)
    assert (done.status, done.err) == (2, says.format("records/u/people/wang-fang.yml"))


def test_a_file_outside_the_repository_is_told(repository: Path) -> None:
    (repository / "notes.txt").write_text("x", encoding="utf-8")
    done = pingshi("check", "notes.txt", cwd=repository)
    assert (done.status, done.err) == (2, "“notes.txt”不在仓库的 records 或 schemes 文件夹里\n")
