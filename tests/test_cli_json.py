"""What machines read: the JSON of `check`, `grade` and `explain`, and several roots (design §6, contract)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from canaries import SCHEMES, private_office
from command import ROOT, pingshi
from office import Office
from sites import save
from telling import rate

if TYPE_CHECKING:
    from pathlib import Path

PARTICIPATION = {"graded", "comment_only", "elsewhere", "excluded"}


def shape(problem: dict[str, Any]) -> dict[str, type]:
    """Return the keys of a problem with their types."""
    return {key: type(value) for key, value in problem.items()}


def test_check_tells_every_problem_in_full(tmp_path: Path) -> None:
    office = Office(staff="wang-fang")
    office.write("2026-Q1/summaries/wang-fang.yml", "political: 学习\nunknown: 1\n")
    done = pingshi("check", "--json", repo=save(office, tmp_path / "repository"))
    assert done.status == 1
    path = "records/u/2026-Q1/summaries/wang-fang.yml"
    assert list(done.json) == ["problems", "files"]
    assert done.json["files"] == len(office.files) == 10
    first = next(it for it in done.json["problems"] if it["code"] == "unknown-key")
    assert list(first) == ["path", "line", "column", "code", "severity", "clause", "message", "hint"]
    assert {key: first[key] for key in ("path", "line", "column", "code", "severity", "clause")} == {
        "path": path,
        "line": 2,
        "column": 1,
        "code": "unknown-key",
        "severity": "error",
        "clause": None,
    }
    assert {it["code"] for it in done.json["problems"]} == {"unknown-key", "missing-key"}
    text = {"path": str, "code": str, "severity": str, "message": str, "hint": str}
    for it in done.json["problems"]:
        assert shape(it) == {**text, "line": int, "column": int, "clause": type(None)} | {"path": str}
        assert it["message"]
        assert it["hint"]


def test_a_problem_that_rests_on_a_clause_names_it(tmp_path: Path) -> None:
    office = rate(Office(staff="wang-fang"), {"wang-fang": 70}).decide({"wang-fang": "好"})
    done = pingshi("check", "--json", repo=save(office, tmp_path / "repository"))
    found = {it["code"]: it["clause"] for it in done.json["problems"]}
    assert (done.status, found["quota-exceeded"]) == (1, "Q7")


def test_check_of_a_sound_repository_says_so() -> None:
    done = pingshi("check", "--json", repo=ROOT)
    assert (done.status, done.json["problems"]) == (0, [])
    assert done.json["files"] > 400


def test_check_of_one_unit_leaves_the_others_problems_out(tmp_path: Path) -> None:
    office = Office().write("/records/v/unit.yml", "name: [\n")
    root = save(office, tmp_path / "repository")
    paths = {it["path"] for it in pingshi("check", "--json", "--unit", "u", repo=root).json["problems"]}
    assert paths == set()
    other = pingshi("check", "--json", "--unit", "v", repo=root)
    assert (other.status, {it["path"] for it in other.json["problems"]}) == (1, {"records/v/unit.yml"})


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_result_of_a_period_has_the_contracts_form(scheme: str, tmp_path: Path) -> None:
    office, _ = private_office(scheme)
    done = pingshi("grade", "2026-Q1", "--unit", "u", "--json", repo=save(office, tmp_path / "repository"))
    found = done.json
    assert done.status == 0
    assert list(found) == ["unit", "period", "scheme", "people", "quotas", "problems"]
    assert (found["unit"], found["period"], found["scheme"]) == ("u", "2026-Q1", scheme)
    expected = set(office.grade().people)
    assert set(found["people"]) == expected
    assert {"id-bali", "id-jiuhou"}.isdisjoint(expected)
    by_score = scheme in ("qufu-approval", "city-drc", "zhangdian-stats")
    for person in found["people"].values():
        assert list(person) == ["participation", "score", "suggested", "determined", "steps"]
        assert person["participation"] in PARTICIPATION
        graded = person["participation"] == "graded"
        assert isinstance(person["score"], str) == (graded and by_score)
        assert (person["suggested"] is not None) == graded
        assert person["score"] is None or person["score"].split(".")[1].__len__() == 2
        for step in person["steps"]:
            assert list(step) == ["rule", "clause", "says", "value", "at"]
            assert isinstance(step["rule"], str)
            assert isinstance(step["says"], str)
            assert step["says"]
            assert isinstance(step["clause"], str | None)
            assert isinstance(step["value"], str | None)
            assert step["at"] is None or step["at"].startswith(("records/u/", "schemes/"))
    for quota in found["quotas"]:
        assert list(quota) == ["grade", "pool", "base", "limit", "used"]
        assert [type(quota[it]) for it in ("base", "limit", "used")] == [int, int, int]
        assert isinstance(quota["pool"], str) == (scheme == "qufu-approval")
    assert (found["quotas"] == []) == (scheme == "zhangdian-stats")
    assert {it["severity"] for it in found["problems"]} <= {"warning"}


def test_a_grade_in_full(tmp_path: Path) -> None:
    office = rate(
        Office(staff="wang-fang zhao-lei a b c"), {"wang-fang": 88.4, "zhao-lei": 70, "a": 80, "b": 80, "c": 50}
    )
    done = pingshi("grade", "2026-Q1", "--json", repo=save(office, tmp_path / "repository"))
    people = done.json["people"]
    short = {
        it: (people[it]["participation"], people[it]["score"], people[it]["suggested"], people[it]["determined"])
        for it in people
    }
    leaders = dict.fromkeys(("zhou-min", "liu-yang", "he-jun", "wu-gang", "qian-wei"), ("excluded", None, None, None))
    assert short == {
        "wang-fang": ("graded", "88.40", "好", None),
        "zhao-lei": ("graded", "70.00", "一般", None),
        "a": ("graded", "80.00", "较好", None),
        "b": ("graded", "80.00", "较好", None),
        "c": ("graded", "50.00", "较差", None),
        **leaders,
    }
    assert done.json["quotas"] == [{"grade": "好", "pool": "civil_servant", "base": 5, "limit": 2, "used": 1}]


def test_the_problems_of_a_grade_are_those_of_check_for_that_unit_and_period(tmp_path: Path) -> None:
    office = rate(Office(staff="wang-fang"), {"wang-fang": 70}).decide({"wang-fang": "好"})
    office.write("2026-Q2/ballots.yml", "totals: [\n").write("/records/v/unit.yml", "name: [\n")
    root = save(office, tmp_path / "repository")
    every = pingshi("check", "--json", repo=root).json["problems"]
    here = [it for it in every if not it["path"].startswith(("records/u/2026-Q2", "records/v/"))]
    assert len(here) < len(every)
    done = pingshi("grade", "2026-Q1", "--unit", "u", "--json", repo=root)
    assert (done.status, done.json["problems"]) == (1, here)


def test_a_unit_whose_own_file_is_broken_has_its_problems_told_and_nobody_graded(tmp_path: Path) -> None:
    root = save(Office().write("unit.yml", "name: [\n"), tmp_path / "repository")
    done = pingshi("grade", "2026-Q1", "--unit", "u", "--json", repo=root)
    found = done.json
    assert (done.status, found["scheme"], found["people"], found["quotas"]) == (1, None, {}, [])
    assert [(it["path"], it["code"]) for it in found["problems"]] == [("records/u/unit.yml", "yaml-syntax")]


def test_explain_is_one_document(tmp_path: Path) -> None:
    root = save(rate(Office(), {"wang-fang": 88, "zhao-lei": 70}), tmp_path / "repository")
    done = pingshi("explain", "2026-Q1", "wang-fang", "--json", repo=root)
    assert done.status == 0
    assert (done.json["unit"], done.json["period"]) == ("u", "2026-Q1")


def test_the_individual_indicators_of_a_scheme_are_listed() -> None:
    schemes = pingshi("schema", "--json", repo=ROOT).json["schemes"]
    assert set(schemes) == set(SCHEMES)
    assert list(schemes["zhangdian-stats"]["indicators"]["staff"]) == [
        *("virtue", "ability", "diligence", "achievement", "integrity"),
    ]
    for scheme in ("baishan-audit", "chaoyang-ecology", "qufu-approval"):
        common = ["politics", "ethics", "style", "integrity", "attendance"]
        assert [list(sheet)[:5] for sheet in schemes[scheme]["indicators"].values()] == [common] * len(
            schemes[scheme]["indicators"]
        )


@pytest.mark.parametrize("wrong", [["--unit", "nope"], ["--repo", "/nowhere-at-all"], ["--frob"]])
def test_wrong_usage_prints_no_json(wrong: list[str], tmp_path: Path) -> None:
    done = pingshi("check", "--json", *wrong, cwd=save(Office(), tmp_path / "repository"))
    assert (done.status, done.out) == (2, "")
    assert done.err


# --- several roots ---------------------------------------------------------------------

CONFIDENTIAL = (
    *("reviews", "ballots", "facts", "determination", "feedback", "objections", "replies", "outside", "evaluations"),
    *("attendance", "spot_checks"),
)


def split(tmp_path: Path) -> tuple[Path, Path, Office]:
    """Return an office as two repositories: an open one, and one for what is confidential."""
    office, _ = private_office("baishan-audit")
    kinds = [f"/{kind}{end}" for kind in CONFIDENTIAL for end in ("/", ".yml")]
    hidden = {path: data for path, data in office.files.items() if any(kind in path for kind in kinds)}
    closed = Office("baishan-audit", staff="")
    closed.files = hidden
    whole = dict(office.files)
    office.files = {path: data for path, data in whole.items() if path not in hidden}
    save(office, tmp_path / "open")
    save(closed, tmp_path / "closed")
    office.files = whole
    return tmp_path / "open", tmp_path / "closed", office


def test_two_roots_are_read_as_one_tree(tmp_path: Path) -> None:
    one, two, office = split(tmp_path)
    whole = save(office, tmp_path / "whole")
    for command in (["check", "--json"], ["grade", "2026-Q1", "--json"], ["grade", "2026-Q1"]):
        assert pingshi(*command, "--repo", str(one), "--repo", str(two)) == pingshi(*command, repo=whole)
    assert pingshi("check", "--repo", str(one), "--repo", str(two)).status == 0


def test_two_roots_have_the_same_site_as_one(tmp_path: Path) -> None:
    one, two, office = split(tmp_path)
    whole = save(office, tmp_path / "whole")
    day = ("--on", "2026-04-15")
    assert pingshi("build", *day, "--repo", str(one), "--repo", str(two)).status == 0
    assert pingshi("build", *day, repo=whole).status == 0
    sites = [{it.relative_to(root): it.read_bytes() for it in root.rglob("*") if it.is_file()} for root in
             (one / "build" / "site", whole / "build" / "site")]  # fmt: skip
    assert sites[0] == sites[1]
    assert not (two / "build").exists()


@pytest.mark.parametrize("kind", CONFIDENTIAL)
def test_a_confidential_kind_in_the_open_root_is_refused(kind: str, tmp_path: Path) -> None:
    one, two, office = split(tmp_path)
    path = next(it for it in office.files if f"/{kind}/" in it or f"/{kind}.yml" in it)
    (one / path).parent.mkdir(parents=True, exist_ok=True)
    (two / path).rename(one / path)
    found = pingshi("check", "--json", "--repo", str(one), "--repo", str(two))
    refused = [it for it in found.json["problems"] if it["code"] == "misplaced-file"]
    assert (found.status, [(it["path"], it["line"], it["severity"]) for it in refused]) == (1, [(path, 1, "error")])
    assert refused[0]["message"].endswith("是不公开的记录，不能放在公开的仓库里")
    assert pingshi("check", "--json", repo=one).json["problems"] != found.json["problems"]


def test_the_same_file_in_both_roots_is_refused(tmp_path: Path) -> None:
    one, two, _ = split(tmp_path)
    path = "records/u/people/id-yihao.yml"
    (two / path).parent.mkdir(parents=True)
    (two / path).write_bytes((one / path).read_bytes())
    found = pingshi("check", "--json", "--repo", str(one), "--repo", str(two))
    errors = [it for it in found.json["problems"] if it["severity"] == "error"]
    assert [(it["path"], it["code"], it["message"]) for it in errors] == [
        (path, "misplaced-file", "同一个文件在两个仓库里都有")
    ]


def test_an_open_root_is_refused_confidential_kinds_even_when_the_second_is_still_empty(tmp_path: Path) -> None:
    """Two roots were given; that the second holds nothing yet changes nothing about the first."""
    office = Office().facts("wang-fang", "kind: admonition, on: 2026-02-20, reason: 某事")
    one = save(office, tmp_path / "open")
    (tmp_path / "closed" / "records").mkdir(parents=True)
    done = pingshi("check", "--json", "--repo", str(one), "--repo", str(tmp_path / "closed"))
    assert (done.status, [(it["path"], it["code"]) for it in done.json["problems"]]) == (
        1,
        [("records/u/facts/wang-fang.yml", "misplaced-file")],
    )


@pytest.mark.parametrize(
    "written", ['"scheme": qufu-approval', "scheme : qufu-approval", 'scheme: "qufu\\u002dapproval"']
)
def test_the_scheme_in_force_is_found_however_it_is_written(written: str, tmp_path: Path) -> None:
    office = Office()
    office.files |= {it: data for it, data in Office("baishan-audit").files.items() if it.startswith("schemes/")}
    text = (office.files["records/u/unit.yml"] or b"").decode()
    named = f"[{{from: 2019-Q1, scheme: baishan-audit}}, {{from: 2020-Q1, {written}}}]"
    office.files["records/u/unit.yml"] = re.sub(r"(?m)^schemes: .*$", lambda _: f"schemes: {named}", text).encode()
    done = pingshi("grade", "2026-Q1", "--json", repo=save(office, tmp_path / "repository"))
    assert (done.json["scheme"], sorted(done.json["people"])[:1]) == ("qufu-approval", ["he-jun"])


def test_a_link_in_the_place_of_all_schemes_or_records_is_told(tmp_path: Path) -> None:
    root = save(Office(), tmp_path / "repository")
    (root / "schemes").rename(tmp_path / "real")
    (root / "schemes").symlink_to(tmp_path / "real")
    done = pingshi("check", "--unit", "u", "--json", repo=root)
    assert "symlink" in [it["code"] for it in done.json["problems"]]
    assert pingshi("grade", "2026-Q1", "--unit", "u", repo=root).status == 1
