"""The automatic tasks that are generated for Gitea and GitLab: each step run as a runner would run it."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from command import tree
from fakeforge import FakeForge
from forgework import DAY, GOOD, SUMMARY, Ran, Upstream, install_program, ran, run
from office import Office

from pingshi.forges import FORGES, Forge, generated

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like /opt/pingshi/bin."""
    return install_program(tmp_path_factory.mktemp("installed"))


# --- shell and YAML -----------------------------------------------------------------------


def scripts(forge: Forge) -> dict[str, str]:
    """Return every piece of shell that is generated for a forge, by where it stands."""
    found = {}
    for it in generated(forge, Office("baishan-audit").snapshot().units, DAY):
        if it.path.endswith(".sh"):
            found[it.path] = it.text
        elif it.path.endswith(".yml"):
            made = yaml.safe_load(it.text)
            if forge == "gitea":
                for job in made["jobs"].values():
                    found |= {f"{it.path}: {job['name']}: {step['name']}": step["run"] for step in job["steps"]}
            else:
                for name, job in made.items():
                    if "script" in job:
                        found[f"{it.path}: {name}"] = "\n".join(job["script"])
    return found


@pytest.mark.parametrize("forge", FORGES)
def test_all_shell_is_shell(forge: Forge) -> None:
    found = scripts(forge)
    assert len(found) == {"gitea": 8, "gitlab": 6, "gitolite": 0, "plain": 0}[forge]
    for where, text in found.items():
        done = subprocess.run(["bash", "-n", "-c", text], check=False, capture_output=True, text=True)
        assert (where, done.returncode, done.stderr) == (where, 0, "")


# --- Gitea's workflow ---------------------------------------------------------------------


class Workflow:
    """Gitea's workflow as it stands on main, run for pull request 1."""

    def __init__(self, upstream: Upstream, installed: Path, forge: FakeForge | None = None) -> None:
        text = upstream.git("show", "main:.gitea/workflows/pingshi.yml")
        self.jobs: dict[str, Any] = yaml.safe_load(text)["jobs"]
        self.upstream = upstream
        self.installed = installed
        self.api = f"{forge.url}/api/v1/repos/owner/repo" if forge else ""

    def run(self, job: str, folder: Path, head: str, branch: str, number: str = "1") -> dict[str, Ran]:
        """Run the steps of a job in an empty folder, each whatever became of the ones before it."""
        folder.mkdir()
        known = {
            "${{ github.event.pull_request.number }}": number,
            "${{ github.event.pull_request.head.sha || github.sha }}": head,
            "${{ github.event.pull_request.head.ref }}": branch,
            "${{ secrets.GITHUB_TOKEN }}": "s3cret",
            "Authorization: token ${{ secrets.GITHUB_TOKEN }}": "Authorization: token s3cret",
            "${{ github.server_url }}/${{ github.repository }}.git": str(self.upstream.bare),
            "${{ github.server_url }}/api/v1/repos/${{ github.repository }}": self.api,
            "/opt/pingshi/bin/pingshi": str(self.installed / "pingshi"),
            "/opt/pingshi/bin/python": str(self.installed / "python"),
            "1": "1",
            "http.extraHeader": "http.extraHeader",
        }
        told = {}
        for step in self.jobs[job]["steps"]:
            env = {name: known[it] for name, it in {**self.jobs[job]["env"], **step.get("env", {})}.items()}
            told[step["name"]] = run(step["run"], folder, env)
        return told


STEPS = ["取提交", "检查记录", "核对由谁填写", "核对由程序生成的文件"]


def test_a_sound_pull_request_passes_and_is_told_what_it_changes(tmp_path: Path, installed: Path) -> None:
    upstream = Upstream("gitea", tmp_path)
    head = upstream.propose("wang-fang", GOOD)
    with FakeForge({"GET /api/v1/repos/owner/repo/issues/1/comments?limit=50": (200, [])}) as forge:
        workflow = Workflow(upstream, installed, forge)
        checked = workflow.run("check", tmp_path / "check", head, "submit/wang-fang/q1")
        assert [(name, it.status) for name, it in checked.items()] == [(name, 0) for name in STEPS], checked
        previewed = workflow.run("preview", tmp_path / "preview", head, "submit/wang-fang/q1")
        assert [it.status for it in previewed.values()] == [0, 0], previewed
        assert forge.named("POST", "PATCH", "PUT") == ["POST /api/v1/repos/owner/repo/issues/1/comments"]
    sent = forge.calls[-1]
    assert sent.headers["Authorization"] == "token s3cret"
    assert sent.json["body"].startswith("<!-- pingshi preview -->\n## 考核记录变化\n")
    assert f"新增 wang-fang2026年第一季度个人小结（本人填写）：`{SUMMARY}`" in sent.json["body"]
    assert "**主管领导（liu-yang）**审核" in sent.json["body"]
    left = {it for it in tree(tmp_path / "preview") if not it.startswith(".git")}
    assert left == set()


def test_what_was_written_below_the_pull_request_before_is_changed(tmp_path: Path, installed: Path) -> None:
    upstream = Upstream("gitea", tmp_path)
    head = upstream.propose("wang-fang", GOOD)
    known = [{"id": 7, "body": "同意"}, {"id": 9, "body": "<!-- pingshi preview -->\n以前的"}]
    with FakeForge({"GET /api/v1/repos/owner/repo/issues/1/comments?limit=50": (200, known)}) as forge:
        previewed = Workflow(upstream, installed, forge).run("preview", tmp_path / "run", head, "submit/wang-fang/q1")
        assert [it.status for it in previewed.values()] == [0, 0]
        assert forge.named("POST", "PATCH") == ["PATCH /api/v1/repos/owner/repo/issues/comments/9"]


def test_a_record_with_an_error_fails_and_is_told_all_the_same(tmp_path: Path, installed: Path) -> None:
    upstream = Upstream("gitea", tmp_path)
    head = upstream.propose("wang-fang", {SUMMARY: "politcal: 参加学习。\n"})
    with FakeForge({"GET /api/v1/repos/owner/repo/issues/1/comments?limit=50": (200, [])}) as forge:
        workflow = Workflow(upstream, installed, forge)
        checked = workflow.run("check", tmp_path / "check", head, "submit/wang-fang/q1")
        assert checked["检查记录"].status == 1
        assert f"{SUMMARY}:1:1: 错误 [unknown-key]" in checked["检查记录"].out
        previewed = workflow.run("preview", tmp_path / "preview", head, "submit/wang-fang/q1")
        assert [it.status for it in previewed.values()] == [0, 0]
    assert "[unknown-key]" in forge.calls[-1].json["body"] or "没有“politcal”这个键" in forge.calls[-1].json["body"]


def test_somebody_elses_file_fails_the_pull_request(tmp_path: Path, installed: Path) -> None:
    upstream = Upstream("gitea", tmp_path)
    head = upstream.propose("wang-fang", {SUMMARY.replace("wang-fang", "zhao-lei"): GOOD[SUMMARY]})
    checked = Workflow(upstream, installed).run("check", tmp_path / "run", head, "submit/wang-fang/q1")
    assert [(name, it.status) for name, it in checked.items()] == list(zip(STEPS, (0, 0, 1, 0), strict=True))
    assert "您不能改动" in checked["核对由谁填写"].err


def test_a_change_of_the_roster_must_bring_the_generated_files_along(tmp_path: Path, installed: Path) -> None:
    """Nothing of the branch is executed meanwhile: neither its modules nor a link of its in the place of a file."""
    upstream = Upstream("gitea", tmp_path)
    unit = upstream.office.texts["unit.yml"].replace("led_by: [liu-yang]", "led_by: [wu-gang]")
    trap = f"open({str(tmp_path / 'executed')!r}, 'w')\n"
    changes = {"records/u/unit.yml": unit, "json.py": trap, "pingshi/__init__.py": trap}
    head = upstream.propose("qian-wei", changes)
    workflow = Workflow(upstream, installed)
    checked = workflow.run("check", tmp_path / "stale", head, "submit/qian-wei/q1")
    assert [(name, it.status) for name, it in checked.items()] == list(zip(STEPS, (0, 0, 0, 1), strict=True)), checked
    assert "  CODEOWNERS\n" in checked["核对由程序生成的文件"].out
    assert "重新生成：pingshi init --forge gitea\n" in checked["核对由程序生成的文件"].out
    done = ran([str(installed / "pingshi"), "init", "--forge", "gitea"], upstream.work, {})
    assert done.status == 0
    upstream.commit("qian-wei", "重新生成")
    head = upstream.git("rev-parse", "HEAD")
    upstream.git("push", "--quiet", "origin", "HEAD:refs/heads/submit/qian-wei/q1", "HEAD:refs/pull/1/head")
    checked = workflow.run("check", tmp_path / "fresh", head, "submit/qian-wei/q1")
    assert [it.status for it in checked.values()] == [0, 0, 0, 0], checked
    assert not (tmp_path / "executed").exists()


def test_a_stale_file_on_main_stops_nobody_else_but_fails_main(tmp_path: Path, installed: Path) -> None:
    upstream = Upstream("gitea", tmp_path)
    (upstream.work / "CODEOWNERS").write_text("# 由 pingshi init --forge gitea 生成\n", encoding="utf-8")
    main = upstream.commit("qian-wei", "过期了")
    upstream.git("push", "--quiet", "origin", "main")
    head = upstream.propose("wang-fang", GOOD)
    workflow = Workflow(upstream, installed)
    checked = workflow.run("check", tmp_path / "request", head, "submit/wang-fang/q1")
    assert [it.status for it in checked.values()] == [0, 0, 0, 0], checked
    pushed = workflow.run("check", tmp_path / "main", main, "", number="")
    assert [it.status for it in pushed.values()] == [0, 0, 0, 1], pushed


# --- GitLab's pipeline --------------------------------------------------------------------


class Pipeline:
    """GitLab's pipeline as it stands on main, run for merge request 1 in a checkout of it."""

    def __init__(self, upstream: Upstream, installed: Path, folder: Path, forge: FakeForge | None = None) -> None:
        self.made: dict[str, Any] = yaml.safe_load(upstream.git("show", "main:.gitlab-ci.yml"))
        upstream.git("clone", "--quiet", "--no-checkout", str(upstream.bare), str(folder))
        head = upstream.git("rev-parse", "HEAD")
        subprocess.run(["git", "checkout", "--quiet", head], cwd=folder, check=True)
        self.folder = folder
        self.env = {
            "PINGSHI": str(installed / "pingshi"),
            "PYTHON": str(installed / "python"),
            "CI_COMMIT_SHA": head,
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": upstream.git("branch", "--show-current"),
            "CI_API_V4_URL": f"{forge.url}/api/v4" if forge else "",
            "CI_PROJECT_ID": "3",
            "CI_MERGE_REQUEST_IID": "1",
        }

    def run(self, job: str, **env: str) -> Ran:
        """Run a job's script."""
        return run("\n".join(self.made[job]["script"]), self.folder, {**self.env, **env})


NOTES = "/api/v4/projects/3/merge_requests/1/notes"


def test_a_sound_merge_request_passes_and_is_told_what_it_changes(tmp_path: Path, installed: Path) -> None:
    upstream = Upstream("gitlab", tmp_path)
    upstream.propose("wang-fang", GOOD)
    with FakeForge({f"GET {NOTES}?per_page=100&sort=asc": (200, [])}) as forge:
        pipeline = Pipeline(upstream, installed, tmp_path / "run", forge)
        for job in ("check", "writers", "generated"):
            assert (job, pipeline.run(job).status) == (job, 0)
        report = json.loads((tmp_path / "run" / "gl-code-quality-report.json").read_text(encoding="utf-8"))
        assert report == []
        quiet = pipeline.run("preview")
        assert (quiet.status, quiet.out.startswith("## 考核记录变化\n")) == (0, True)
        assert quiet.out.endswith("没有设置变量 PINGSHI_TOKEN，只写在这里，没有写到合并请求下面\n")
        assert forge.calls == []
        assert pipeline.run("preview", PINGSHI_TOKEN="s3cret").status == 0  # noqa: S106 -- nobody's
    assert forge.named("GET", "POST", "PUT") == [f"GET {NOTES}?per_page=100&sort=asc", f"POST {NOTES}"]
    assert {it.headers["PRIVATE-TOKEN"] for it in forge.calls} == {"s3cret"}
    assert forge.calls[-1].json["body"].startswith("<!-- pingshi preview -->\n## 考核记录变化\n")


@pytest.mark.parametrize("ours", [True, False])
def test_a_note_that_is_ours_is_changed_and_another_one_answered(ours: bool, tmp_path: Path, installed: Path) -> None:  # noqa: FBT001 -- a case
    upstream = Upstream("gitlab", tmp_path)
    upstream.propose("wang-fang", GOOD)
    answers = {
        f"GET {NOTES}?per_page=100&sort=asc": (200, [{"id": 5, "body": "<!-- pingshi preview -->\n以前的"}]),
        f"PUT {NOTES}/5": (200 if ours else 403, {}),
    }
    with FakeForge(answers) as forge:
        pipeline = Pipeline(upstream, installed, tmp_path / "run", forge)
        assert pipeline.run("preview", PINGSHI_TOKEN="s3cret").status == 0  # noqa: S106 -- nobody's
        assert forge.named("PUT", "POST") == [f"PUT {NOTES}/5", *([] if ours else [f"POST {NOTES}"])]


def test_a_merge_request_with_faults_fails_and_a_link_in_it_leads_nowhere(tmp_path: Path, installed: Path) -> None:
    upstream = Upstream("gitlab", tmp_path)
    upstream.git("switch", "--quiet", "--create", "submit/wang-fang/q1")
    victim = tmp_path / "victim"
    victim.write_text("mine\n", encoding="utf-8")
    for name in ("gl-code-quality-report.json", "headers", "preview.md", "body.json"):
        (upstream.work / name).symlink_to(victim)
    upstream.propose("wang-fang", {SUMMARY.replace("wang-fang", "zhao-lei"): "politcal: x\n"})
    with FakeForge({f"GET {NOTES}?per_page=100&sort=asc": (200, [])}) as forge:
        pipeline = Pipeline(upstream, installed, tmp_path / "run", forge)
        checked, written = pipeline.run("check"), pipeline.run("writers")
        assert (checked.status, "[unknown-key]" in checked.out) == (1, True)
        assert (written.status, "zhao-lei" in written.err) == (1, True)
        assert pipeline.run("preview", PINGSHI_TOKEN="s3cret").status == 0  # noqa: S106 -- nobody's
    report = tmp_path / "run" / "gl-code-quality-report.json"
    assert "unknown-key" in {it["check_name"] for it in json.loads(report.read_text(encoding="utf-8"))}
    assert victim.read_text(encoding="utf-8") == "mine\n"
