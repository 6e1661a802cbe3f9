"""Nothing that stands on the disk is harmed by `init` and `new`, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command import environment, pingshi

from pingshi.starting import disk
from pingshi.starting.wanted import CannotStartError

if TYPE_CHECKING:
    from pathlib import Path

INIT = ("init", "--scheme", "qufu-approval", "--unit", "u", "--from", "2026-Q3")
PERSON = ("new", "person", "wang-fang", "--name", "王芳", "--department", "office", "--post", "staff")


def test_of_four_at_once_in_one_folder_one_makes_everything(tmp_path: Path) -> None:
    folder = tmp_path / "bureau"
    folder.mkdir()
    command = [sys.executable, "-m", "pingshi", *INIT, str(folder)]
    running = [subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE) for _ in range(4)]
    said = [it.communicate()[1].decode() for it in running]
    assert sorted(it.returncode for it in running) == [0, 2, 2, 2], said
    assert {it.name for it in folder.iterdir()} >= {"records", "schemes", "site", "mkdocs.yml", ".gitignore"}
    assert not (folder / ".pingshi-init").exists()
    assert pingshi("check", repo=folder).status == 0


def test_what_somebody_puts_there_meanwhile_is_kept(tmp_path: Path) -> None:
    tree, folder = tmp_path / "tree", tmp_path / "folder"
    (tree / "records").mkdir(parents=True)
    (tree / "records" / "unit.yml").write_text("ours", encoding="utf-8")
    (tree / "zz.md").write_text("ours", encoding="utf-8")
    folder.mkdir()
    (folder / "zz.md").write_text("theirs", encoding="utf-8")
    with pytest.raises(FileExistsError):
        disk.settle(tree, folder)
    assert {it.name: it.read_text(encoding="utf-8") for it in folder.iterdir()} == {"zz.md": "theirs"}


def test_a_folder_below_one_that_may_not_be_written_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mount point, or a folder that IT has made for the clerk: nothing is written beside it."""
    folder = tmp_path / "bureau"
    folder.mkdir()
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr("tempfile.mkdtemp", None)
    monkeypatch.setattr("tempfile.TemporaryDirectory", None)
    from pingshi.cli import main  # noqa: PLC0415 -- in this process, where nothing temporary can be made

    assert main([*INIT, str(folder)]) == 0
    assert sorted(tmp_path.iterdir()) == before


def test_a_full_disk_leaves_no_half_made_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "people" / "wang-fang.yml"

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        disk.place(file, b"name: x\n")
    assert list(file.parent.iterdir()) == []


def test_a_new_file_never_replaces_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        disk.place(file, b"ours")

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr("os.link", no_links)
    with pytest.raises(FileExistsError):
        disk.place(file, b"ours")
    disk.place(tmp_path / "y.yml", b"ours")
    assert {it.name: it.read_bytes() for it in tmp_path.iterdir()} == {"x.yml": b"theirs", "y.yml": b"ours"}


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    root = tmp_path / "bureau"
    assert pingshi(*INIT, str(root)).status == 0
    (tmp_path / "elsewhere").mkdir()
    (root / "records" / "u" / "people").symlink_to(tmp_path / "elsewhere")
    done = pingshi(*PERSON, repo=root)
    assert (done.status, done.err) == (2, "records/u/people 是符号链接，不能往里写；换成真正的文件夹\n")
    assert list((tmp_path / "elsewhere").iterdir()) == []
    with pytest.raises(CannotStartError):
        disk.refuse_links(root, "records/u/people/x.yml")


@pytest.mark.parametrize("name", ["❤️单位", " ", "甲\n乙", "甲\u3164"])
def test_names_that_no_record_may_hold_are_refused(name: str, tmp_path: Path) -> None:
    root = tmp_path / "bureau"
    done = pingshi(*INIT, "--name", name, str(root))
    assert (done.status, done.err) == (2, "单位名称是空的，或者有换行等看不见的字符；写成一行\n")
    assert pingshi(*INIT, str(root)).status == 0
    done = pingshi("new", "person", "zz", "--name", name, repo=root)
    assert (done.status, done.err) == (2, "姓名是空的，或者有换行等看不见的字符；写成一行\n")
