"""The installed package: what `pip install` gives works on a bureau's repository, without this one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from command import ROOT, environment
from office import Office
from sites import Site, save
from telling import rate

COPIED = ("generator", "site", "schemes", "mkdocs.yml", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the tree."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", str(target)]
    command = [sys.executable, "-m", "pip", "wheel", *options, str(source)]
    done = subprocess.run(
        command, cwd=target, env=environment(PYTHONPATH=""), check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return next(target.glob("pingshi-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in an environment of its own, which borrows the other packages from the one that runs the tests."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    packages = next((home / "lib").glob("python3.*")) / "site-packages"
    options = ["--no-deps", "--no-index", "--quiet", "--target", str(packages)]
    command = [sys.executable, "-m", "pip", "install", *options, str(wheel)]
    done = subprocess.run(
        command, cwd=home, env=environment(PYTHONPATH=""), check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    borrowed = sysconfig.get_path("purelib")
    (packages / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return home / "bin" / "python"


def run(python: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed package, from a folder that is not this repository."""
    env = environment()
    del env["PYTHONPATH"]
    command = [str(python), "-m", "pingshi", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, check=False, capture_output=True, encoding="utf-8")


def test_the_wheel_holds_the_program_and_what_the_site_is_made_of_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tops = {name.split("/")[0] for name in names}
    assert tops == {"pingshi", "pingshi-0.1.0.dist-info"}
    assert {
        "pingshi/__main__.py",
        "pingshi/bundle/mkdocs.yml",
        "pingshi/bundle/site/templates/notice.md.j2",
        "pingshi/bundle/site/pages/about.md",
        "pingshi/bundle/site/pages/handbook/civil-servant.md",
        "pingshi/bundle/site/examples/problems.yml",
        "pingshi/bundle/site/templates/reference/records.md.j2",
        "pingshi/bundle/schemes/qufu-approval/scheme.yml",
        "pingshi-0.1.0.dist-info/licenses/LICENSE",
        "pingshi-0.1.0.dist-info/entry_points.txt",
    } <= names
    assert {name for name in names if "__pycache__" in name or "/records/u" in name or "/tests/" in name} == set()


def test_the_installed_package_is_what_is_tested_here(installed: Path, tmp_path: Path) -> None:
    code = "import pingshi, sys; sys.stdout.write(pingshi.__file__)"
    env = {name: it for name, it in environment().items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(installed), "-c", code], cwd=tmp_path, env=env, check=True, capture_output=True, text=True
    )
    assert Path(done.stdout).is_relative_to(installed.parent.parent)


def test_check_grade_and_build_work_on_a_repository_with_only_records_and_schemes(
    installed: Path, tmp_path: Path
) -> None:
    root = save(rate(Office(), {"wang-fang": 88, "zhao-lei": 70}), tmp_path / "bureau")
    checked = run(installed, "check", cwd=root)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "检查了 13 个文件：没有发现问题\n", "")
    graded = run(installed, "grade", "2026-Q1", cwd=root)
    assert (graded.returncode, graded.stderr) == (0, "")
    assert "wang-fang" in graded.stdout
    built = run(installed, "build", "--on", "2026-04-15", cwd=root)
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    assert sorted(it.name for it in root.iterdir()) == ["build", "records", "schemes"]
    site = Site(root / "build" / "site")
    assert site.page("u/2026-Q1/roster.html").lines[-2:] == ["1 ¦ wang-fang ¦ 窗口服务科", "2 ¦ zhao-lei ¦ 窗口服务科"]
    assert "pingshi.css" in site.files
    assert "handbook/civil-servant.html" in site.files
    assert site.page("reference/records.html").lines[0] == "记录的格式"


def test_the_installed_package_builds_the_same_site_as_the_checkout(installed: Path, tmp_path: Path) -> None:
    root = save(rate(Office(), {"wang-fang": 88, "zhao-lei": 70}), tmp_path / "bureau")
    day = ("--on", "2026-04-15", "--out")
    assert run(installed, "build", *day, str(tmp_path / "a"), cwd=root).returncode == 0
    command = [sys.executable, "-m", "pingshi", "build", *day, str(tmp_path / "b")]
    assert subprocess.run(command, cwd=root, env=environment(), check=False).returncode == 0
    one, two = Site(tmp_path / "a"), Site(tmp_path / "b")
    assert one.files.keys() == two.files.keys()
    assert [path for path in one.files if one.files[path] != two.files[path]] == []
    assert one.holding(str(installed.parent.parent), "site-packages") == {}


def test_a_bureau_begins_from_the_installed_package_alone(installed: Path, tmp_path: Path) -> None:
    made = run(installed, "init", "bureau", "--scheme", "city-drc", "--from", "2026-Q3", cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    root = tmp_path / "bureau"
    assert run(installed, "new", "person", "wang-fang", "--name", "王芳", cwd=root).returncode == 0
    (root / "records" / "bureau" / "people" / "wang-fang.yml").unlink()
    checked = run(installed, "check", cwd=root)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "检查了 3 个文件：没有发现问题\n", "")
    assert run(installed, "build", "--on", "2026-07-15", cwd=root).returncode == 0
    assert "pingshi.css" in Site(root / "build" / "site").files
    assert run(installed, "completion", "bash", cwd=root).returncode == 0
