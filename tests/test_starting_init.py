"""A bureau's own repository: complete, right at once, and never half-made."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from command import ROOT, Done, pingshi, tree
from jsonschema import Draft202012Validator
from sites import Site

from pingshi.cli.parser import parser
from pingshi.layout import KINDS, glob_of
from pingshi.starting import asked_for
from pingshi.starting import init as begin_bureau

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 8, 11)
SCHEMES = ("baishan-audit", "chaoyang-ecology", "city-drc", "qufu-approval", "zhangdian-stats")
TITLES = """\
  baishan-audit  白山市审计局公务员平时考核工作方案
  chaoyang-ecology  朝阳市生态环境局公务员平时考核实施方案
  city-drc  市发展改革委日常考核工作方案（试行）
  qufu-approval  曲阜市行政审批服务局机关事业单位工作人员平时考核工作方案
  zhangdian-stats  张店区统计局公务员平时考核实施方案
"""


def init(folder: Path, *options: str, scheme: str = "qufu-approval") -> Done:
    """Make a repository in a folder beside others of no account."""
    return pingshi("init", folder.name, "--scheme", scheme, "--from", "2026-Q3", *options, cwd=folder.parent)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_new_repository_is_right_and_can_be_built_at_once(scheme: str, tmp_path: Path) -> None:
    root = tmp_path / "bureau"
    assert init(root, "--name", "示例市某局", scheme=scheme).status == 0
    assert pingshi("check", repo=root) == Done(0, "检查了 3 个文件：没有发现问题\n", "")
    assert pingshi("lint", repo=root).status == 0
    built = pingshi("build", "--on", "2026-10-15", repo=root)
    assert (built.status, built.err) == (0, "")
    site = Site(root / "build" / "site")
    assert "示例市某局" in site.page("index.html").title
    assert any("示例市某局内部网络" in line for line in site.page("about.html").lines)
    assert "pingshi.css" in site.files  # the program's own
    assert "bureau/scheme.html" in site.files


def test_everything_that_a_bureau_needs_is_there_and_nothing_of_the_program(tmp_path: Path) -> None:
    root = tmp_path / "approval"
    init(root)
    assert [path for path, data in tree(root).items() if data is not None and not path.startswith(".schema/")] == [
        ".editorconfig",
        ".gitattributes",
        ".gitignore",
        ".vscode/extensions.json",
        ".vscode/settings.json",
        "README.md",
        "mkdocs.yml",
        "records/approval/unit.yml",
        "schemes/qufu-approval/clauses.yml",
        "schemes/qufu-approval/scheme.yml",
        "site/README.md",
        "site/pages/about.md",
    ]
    for file in ("clauses.yml", "scheme.yml"):
        path = f"schemes/qufu-approval/{file}"
        assert (root / path).read_bytes() == (ROOT / path).read_bytes()


def test_it_ends_by_saying_what_to_do_next(tmp_path: Path) -> None:
    done = init(tmp_path / "approval", "--name", "示例市行政审批服务局")
    assert done == Done(
        0,
        "已建好 approval，方案从 2026-Q3 起执行。接下来：\n"
        "  cd approval\n"
        "  1. 打开 records/approval/unit.yml，改好科室\n"
        "  2. 改方案：schemes/qufu-approval/scheme.yml 里的 title、terms.office 等改成本单位的文件名称和科室\n"
        "  3. 每人建一份资料：pingshi new person wang-fang --name 王芳 --department office\n"
        "  4. 把科室正职、分管领导和各项职务的人员代号写进 records/approval/unit.yml\n"
        "  5. 检查：pingshi check\n"
        "  6. 生成网站：pingshi build\n"
        "谁写什么、怎么写，见 README.md\n",
        "",
    )


def test_the_units_file_is_what_was_asked_for_and_explains_itself(tmp_path: Path) -> None:
    root = tmp_path / "x"
    init(root, "--name", "某局: #1", "--unit", "approval")
    text = (root / "records" / "approval" / "unit.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text) == {
        "name": "某局: #1",
        "schemes": [{"from": "2026-Q3", "scheme": "qufu-approval"}],
        "departments": [{"id": "office", "name": "综合科", "kind": "general"}],
        "organs": {
            "principal_leader": [],
            "leadership": [],
            "personnel_office": [],
            "discipline_inspection": [],
        },
    }
    assert text.splitlines()[0] == "# yaml-language-server: $schema=../../.schema/unit.json"
    schema = json.loads((root / ".schema" / "unit.json").read_text(encoding="utf-8"))
    assert [*Draft202012Validator(schema).iter_errors(yaml.safe_load(text))] == []
    for key in schema["properties"]:
        assert re.search(rf"^(# )?{key}:", text, re.MULTILINE) or key == "trust"  # that one is for engineers


def test_the_editor_finds_the_schema_of_every_kind_of_file(tmp_path: Path) -> None:
    root = tmp_path / "approval"
    init(root)
    settings: Any = json.loads((root / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    schemas = settings["yaml.schemas"]
    assert sorted(schemas) == sorted(f"./{it.relative_to(root).as_posix()}" for it in (root / ".schema").iterdir())
    for kind in KINDS:
        assert schemas[f"./.schema/{kind.name}.json"] == glob_of(kind)
    recommended = json.loads((root / ".vscode" / "extensions.json").read_text(encoding="utf-8"))
    assert recommended == {"recommendations": ["redhat.vscode-yaml"]}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_command_in_the_readme_is_one_that_there_is(scheme: str, tmp_path: Path) -> None:
    root = tmp_path / "approval"
    init(root, scheme=scheme)
    text = (root / "README.md").read_text(encoding="utf-8")
    assert "{{" not in text
    assert "{%" not in text
    commands = re.findall(r"pingshi ([a-z][^`\n]*)", text)
    assert len(commands) > 15
    for command in commands:
        words = command.replace("自己的代号", "wang-fang").replace("代号", "wang-fang").split()
        if "--help" not in words:
            parser().parse_args(words)


def test_the_readme_tells_each_what_the_scheme_asks_of_them(tmp_path: Path) -> None:
    init(tmp_path / "a", scheme="city-drc")
    text = (tmp_path / "a" / "README.md").read_text(encoding="utf-8")
    assert "- 每月写月工作计划台账：`pingshi new plan 2026-07 自己的代号`；" in text
    assert "- 每月：月评价，`pingshi new evaluation 2026-07 代号`；" in text
    assert "new ballots" not in text
    assert "还缺谁的评鉴：`pingshi grade" in text
    init(tmp_path / "b", scheme="qufu-approval")
    text = (tmp_path / "b" / "README.md").read_text(encoding="utf-8")
    assert "- 每月写月小结：`pingshi new report 2026-07 自己的代号`；" in text
    assert "- 计票以后：`pingshi new ballots 2026-Q3`；" in text
    assert "- 期末，看建议等次和名额，还缺谁的评鉴、测评票：`pingshi grade 2026-Q3`；" in text
    assert "## 经办科室\n\n方案里叫督查指导科，请改成本单位的名称。\n" in text
    for word in ("new outside", "new spot_check", "new determination 2026`", "--repo . --repo ../"):
        assert word in text, word
    about = (tmp_path / "b" / "site" / "pages" / "about.md").read_text(encoding="utf-8")
    assert "经办科室（请改成本单位的名称）" in about
    assert "督查指导科" not in about


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("x", f"用 --scheme 指明执行哪个方案（以后可以改）：\n{TITLES}"),
        ("x --scheme qufu", "没有“qufu”这个方案；是不是 qufu-approval？\n"),
        ("x --scheme qufu-aproval", "没有“qufu-aproval”这个方案；是不是 qufu-approval？\n"),
        (
            "审批局 --scheme qufu-approval",
            "文件夹名“审批局”不能作单位代号，用 --unit 另写一个；代号只用小写英文字母、数字和减号，如 approval\n",
        ),
        ("x --scheme city-drc --unit A_B", "“A_B”不能作单位代号；只用小写英文字母、数字和减号，如 approval\n"),
        ("x --scheme city-drc --from 2026-H1", "方案 city-drc 每季度考核一次，写成 2026-Q3 这样\n"),
        ("x --scheme city-drc --from q", "“q”不是合格的周期；写成 2026-Q3（季度）或 2026-H1（半年）\n"),
        (
            "x --scheme chaoyang-ecology --from 2019-Q4",
            "方案 chaoyang-ecology 从 2020-Q2 开始考核，不能从 2019-Q4 起执行\n",
        ),
        ("full --scheme city-drc", "full 里已经有：a、b；换一个空的或者还没有的文件夹\n"),
        ("file --scheme city-drc", "file 已经有了，而且不是文件夹；换一个名字\n"),
    ],
)
def test_what_can_not_be_is_told_and_nothing_is_written(arguments: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").write_text("", encoding="utf-8")
    (tmp_path / "full" / "b").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    before = tree(tmp_path)
    assert pingshi("init", *arguments.split(), cwd=tmp_path) == Done(2, "", says)
    assert tree(tmp_path) == before


def test_a_name_of_several_lines_is_refused(tmp_path: Path) -> None:
    done = init(tmp_path / "x", "--name", "某局\nextra: 1")
    assert done == Done(2, "", "单位名称是空的，或者有换行等看不见的字符；写成一行\n")


def test_the_folder_may_be_the_one_where_one_stands_even_a_fresh_clone(tmp_path: Path) -> None:
    root = tmp_path / "approval"
    (root / ".git").mkdir(parents=True)
    done = pingshi("init", ".", "--scheme", "qufu-approval", cwd=root)
    assert done.status == 0
    assert done.out.splitlines()[1].startswith("  1. 打开 records/approval/unit.yml，填写单位名称")
    assert pingshi("check", cwd=root).status == 0
    assert list((root / ".git").iterdir()) == []


def test_what_a_forge_has_put_there_stays_and_our_readme_stands_beside_it(tmp_path: Path) -> None:
    root = tmp_path / "approval"
    (root / ".git").mkdir(parents=True)
    own = {"README.md": "# 自己的\n", "LICENSE": "许可\n"}
    for name, text in own.items():
        (root / name).write_text(text, encoding="utf-8")
    done = init(root)
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("谁写什么、怎么写，见 使用说明.md\n")
    assert {name: (root / name).read_text(encoding="utf-8") for name in own} == own
    assert (root / "使用说明.md").read_text(encoding="utf-8").startswith("# 本单位")
    assert pingshi("check", cwd=root).status == 0


def test_folders_above_are_made_as_well(tmp_path: Path) -> None:
    assert pingshi("init", "a/b/c", "--scheme", "qufu-approval", cwd=tmp_path).status == 0
    assert pingshi("check", repo=tmp_path / "a" / "b" / "c").status == 0


@pytest.mark.parametrize("existing", ["", "approval"])
def test_where_writing_fails_nothing_is_left(existing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "approval"
    (tmp_path / existing).mkdir(exist_ok=True)
    before = tree(tmp_path)

    def full(_: Path) -> list[str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pingshi.starting.bureau.write_schemas", full)
    with pytest.raises(OSError, match="No space left"):
        begin_bureau(target, asked_for(target, "qufu-approval", None, None, None, DAY))
    assert tree(tmp_path) == before


def test_where_a_part_can_not_be_moved_the_others_go_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "approval"
    target.mkdir()
    moves: list[str] = []
    rename = type(tmp_path).rename

    def failing(self: Path, to: Path) -> Path:
        moves.append(self.name)
        if self.name == "records":
            raise OSError(13, "Permission denied")
        return rename(self, to)

    monkeypatch.setattr(type(tmp_path), "rename", failing)
    with pytest.raises(OSError, match="Permission denied"):
        begin_bureau(target, asked_for(target, "qufu-approval", None, None, None, DAY))
    assert moves.index("records") > 0
    assert tree(tmp_path) == {"approval": None}


def test_only_what_is_written_in_the_bureaus_mkdocs_yml_differs_from_the_programs(tmp_path: Path) -> None:
    root = tmp_path / "approval"
    init(root, "--name", "某局")
    (root / "mkdocs.yml").write_text("site_name: 甲\ncopyright: 乙\n", encoding="utf-8")
    assert pingshi("build", "--on", "2026-10-15", repo=root).status == 0
    page = (root / "build" / "site" / "index.html").read_text(encoding="utf-8")
    assert "<title>甲</title>" in page or "甲" in Site(root / "build" / "site").page("index.html").title
    assert "乙" in page
    assert 'lang="zh"' in page  # the program's theme and language


# --- schemas as files --------------------------------------------------------------------


def test_the_schemas_are_written_and_written_again(tmp_path: Path) -> None:
    out = tmp_path / "s"
    done = pingshi("schema", "--out", str(out), cwd=tmp_path)
    assert done == Done(0, f"已写出 22 个文件到 {out}\n", "")
    names = sorted(it.name for it in out.iterdir())
    assert names == sorted([*(f"{kind.name}.json" for kind in KINDS), "clauses.json", "scheme.json"])
    before = tree(out)
    assert pingshi("schema", "--out", str(out), cwd=tmp_path).status == 0
    assert tree(out) == before


def test_somebody_elses_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "unit.json").write_text("{}", encoding="utf-8")
    done = pingshi("schema", "--out", str(tmp_path), cwd=tmp_path)
    says = f"{tmp_path} 里的 unit.json 不是程序生成的，不敢覆盖；换一个文件夹，或先把它移走\n"
    assert done == Done(2, "", says)
    assert tree(tmp_path) == {"unit.json": b"{}"}


def test_the_json_document_has_records_and_the_language_of_schemes() -> None:
    found = pingshi("schema", "--json", repo=ROOT).json
    assert sorted(found) == ["language", "records", "schemes"]
    assert sorted(found["language"]) == ["clauses", "scheme"]
    assert sorted(found["records"]) == sorted(kind.name for kind in KINDS)
