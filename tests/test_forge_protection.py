"""The scripts that set up branch protection: what they send, to an API on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakeforge import FakeForge
from forgework import DAY, Ran, office, ran

from pingshi.forges import Forge, generated

if TYPE_CHECKING:
    from pathlib import Path


def protect(forge: Forge, fake: FakeForge, tmp_path: Path, **env: str) -> Ran:
    """Run the protection script of an office of seven."""
    script = next(
        it.text for it in generated(forge, office(forge).snapshot().units, DAY) if it.path.endswith("protect.sh")
    )
    file = tmp_path / "protect.sh"
    file.write_text(script, encoding="utf-8")
    where = {"GITEA": fake.url, "GITLAB": fake.url, "OWNER": "o", "REPO": "r", "PROJECT": "3", "TOKEN": "s3cret"}
    return ran(["bash", str(file)], tmp_path, {**where, **env})


def test_gitea_is_told_of_main_and_of_everybodys_branches(tmp_path: Path) -> None:
    rules = "/api/v1/repos/o/r/branch_protections"
    known: dict[str, tuple[int, Any]] = {
        f"GET {rules}/main": (404, {}),
        f"GET {rules}/submit%2Fzhao-lei%2F%2A%2A": (404, {}),
    }
    with FakeForge(known) as fake:
        done = protect("gitea", fake, tmp_path)
        assert (done.status, done.err) == (0, "")
        assert fake.named("POST", "PATCH")[:3] == [
            "PATCH /api/v1/repos/o/r",
            f"POST {rules}",
            f"PATCH {rules}/main",
        ]
        assert {it.headers["Authorization"] for it in fake.calls} == {"token s3cret"}
        sent = {it.named: it.json for it in fake.calls if it.body}
        assert sent["PATCH /api/v1/repos/o/r"]["default_merge_style"] == "merge"
        assert sent[f"PATCH {rules}/main"] == {"enable_force_push": False}
        posted = [it.json for it in fake.calls if it.method == "POST"]
        assert posted[0]["merge_whitelist_usernames"] == ["liu-yang", "qian-wei", "zhou-min"]
        assert posted[1:] == [
            {
                "rule_name": "submit/zhao-lei/**",
                "enable_push": True,
                "enable_push_whitelist": True,
                "push_whitelist_usernames": ["zhao-lei"],
            }
        ]
        there = [it.json for it in fake.calls if it.named == f"PATCH {rules}/submit%2Fwang-fang%2F%2A%2A"]
        assert [it.get("push_whitelist_usernames") for it in there] == [["wang-fang"], None]


def test_gitlab_is_told_of_main_of_submissions_and_of_merging(tmp_path: Path) -> None:
    with FakeForge({"DELETE /api/v4/projects/3/protected_branches/main": (404, {})}) as fake:
        done = protect("gitlab", fake, tmp_path)
        assert (done.status, done.err) == (0, "")
        calls = [(it.named, it.body) for it in fake.calls]
    base = "/api/v4/projects/3"
    rule = "&merge_access_level=40&allow_force_push=false"
    more = "&allow_merge_on_skipped_pipeline=false&remove_source_branch_after_merge=false"
    assert calls == [
        (f"DELETE {base}/protected_branches/main", ""),
        (f"POST {base}/protected_branches", f"name=main&push_access_level=0{rule}"),
        (f"DELETE {base}/protected_branches/submit%2F%2A", ""),
        (f"POST {base}/protected_branches", f"name=submit%2F%2A&push_access_level=30{rule}"),
        (
            f"PUT {base}",
            f"merge_method=merge&squash_option=never&only_allow_merge_if_pipeline_succeeds=true{more}",
        ),
    ]


@pytest.mark.parametrize(("forge", "missing"), [("gitea", "OWNER"), ("gitlab", "PROJECT")])
def test_a_protection_script_says_what_it_must_be_given(forge: Forge, missing: str, tmp_path: Path) -> None:
    with FakeForge() as fake:
        done = protect(forge, fake, tmp_path, **{missing: ""})
        assert (done.status != 0, fake.calls) == (True, [])
        assert f"{missing}: 写上" in done.err


@pytest.mark.parametrize("forge", ["gitea", "gitlab"])
def test_a_protection_script_stops_where_the_forge_refuses(forge: Forge, tmp_path: Path) -> None:
    refused: dict[str, tuple[int, Any]] = {
        "PATCH /api/v1/repos/o/r": (403, {}),
        "POST /api/v4/projects/3/protected_branches": (403, {}),
    }
    with FakeForge(refused) as fake:
        done = protect(forge, fake, tmp_path)
        assert done.status != 0
        assert "设置好了" not in done.out
        assert len(fake.calls) <= 2
