"""What is generated for forges: whom CODEOWNERS asks is who `access` says, and nothing of a record can break out."""

from __future__ import annotations

import itertools
import json
import re
from datetime import date
from typing import TYPE_CHECKING, get_args

import pytest
import yaml
from dialects import GiteaOwners, GitLabOwners
from office import ROOT, Office

from pingshi.authority import access
from pingshi.forges import FORGES, Forge, generated, is_ours, left_from_others, without_account
from pingshi.forges.accounts import accounts_of
from pingshi.forges.folders import Run, regexp_of
from pingshi.layout import KINDS, Location
from pingshi.periods import Period
from pingshi.records import UnitRecords, read_working_tree, take

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Units = dict[str, UnitRecords]
#: In the middle of terms of office that the samples tell, and after them.
DAYS = (date(2026, 4, 15), date(2026, 9, 1))


@pytest.fixture(scope="module")
def samples() -> Units:
    """The units of the samples."""
    return dict(take(read_working_tree([ROOT])).units)


def files(forge: Forge, units: Mapping[str, UnitRecords], day: date = DAYS[1]) -> dict[str, str]:
    """Return what is generated, by path."""
    return {it.path: it.text for it in generated(forge, units, day)}


def accounts(units: Units, path: str, day: date) -> set[str]:
    """Return the accounts of those who may approve a path."""
    unit = path.split("/")[1] if path.startswith("records/") else None
    within = [units[unit]] if unit in units else list(units.values())
    people = access(units, path, day).approvers
    return {accounts_of(it, person)[0] for person in people for it in within if person in it.people}


def paths(units: Units) -> Iterator[str]:
    """Yield every record there is, the schemes, and some of the rest."""
    for records in units.values():
        yield from (it.path for it in records.records)
    yield from (f"schemes/{it}/{file}.yml" for it in _schemes(units) for file in ("scheme", "clauses"))
    yield from ("README.md", "CODEOWNERS", ".gitea/workflows/pingshi.yml", ".gitlab-ci.yml", "site/pages/about.md")
    yield from ("records/new/unit.yml", "records/new/2026-Q1/ballots.yml", "schemes/new/scheme.yml", "recordsx", "a/b")


def _schemes(units: Units) -> set[str]:
    return {it.scheme for records in units.values() for it in records.unit.schemes}


# --- code owners --------------------------------------------------------------------------


def test_of_every_record_of_the_samples_gitea_asks_exactly_those_who_may_approve(samples: Units) -> None:
    day = DAYS[0]
    owners = GiteaOwners(files("gitea", samples, day)["CODEOWNERS"])
    told = {path: owners.of(path) for path in paths(samples)}
    assert len(told) > 1_300
    assert told == {path: accounts(samples, path, day) for path in told}
    assert {path for path in told if len(owners.fitting(path)) != 1} == set()


def test_of_every_record_of_the_samples_gitlab_names_exactly_those_who_may_approve(samples: Units) -> None:
    day = DAYS[1]
    owners = GitLabOwners(files("gitlab", samples, day)["CODEOWNERS"])
    told = {path: owners.of(path) for path in paths(samples)}
    assert told == {path: accounts(samples, path, day) for path in told}
    assert owners.sections == ["[平时考核]"]


def test_what_is_not_there_yet_is_covered_too(samples: Units) -> None:
    """The records of the next years, for everybody on the roster who may have one."""
    units = {name: samples[name] for name in ("ecology", "statistics")}
    dialects: list[GiteaOwners | GitLabOwners] = [
        GiteaOwners(files("gitea", units)["CODEOWNERS"]),
        GitLabOwners(files("gitlab", units)["CODEOWNERS"]),
    ]
    told = 0
    for name, records in units.items():
        for year, kind in itertools.product((2026, 2027, 2028, 2040, 2099), KINDS):
            periods = {
                "unit": (None,),
                "year": (Period("year", year),),
                "cycle": (Period("quarter", year, 1), Period("quarter", year, 4)),
                "month": (Period("month", year, 1), Period("month", year, 10)),
            }
            people = sorted(records.people) if kind.person == "person" else [None]
            for scope, person in itertools.product(kind.scopes, people):
                if kind.person in ("reviewer", "leader"):
                    continue
                for period in periods[scope]:
                    path = Location(name, kind.name, period, person).path
                    expected = accounts(units, path, DAYS[1])
                    assert [(path, it.of(path)) for it in dialects] == [(path, expected)] * 2
                    told += 1
    assert told > 4_500


def test_an_earlier_period_may_have_other_approvers_than_a_later_one() -> None:
    """Whoever was a head when the quarter ended is proposed for as a head."""
    office = Office("chaoyang-ecology", staff="wang-fang zhao-lei he-jun", since="2026-Q1")
    terms = "head: [{is: he-jun, to: 2026-06-30}, {is: zhao-lei, from: 2026-07-01}]"
    office.write("unit.yml", office.texts["unit.yml"].replace("head: he-jun", terms))
    office.write("2026-Q3/summaries/he-jun.yml", "political: 好\n")
    units = dict(office.snapshot().units)
    gitea, gitlab = (files(it, units)["CODEOWNERS"] for it in ("gitea", "gitlab"))
    for quarter, approver in (
        ("2026-Q1", "liu-yang"),
        ("2026-Q2", "liu-yang"),
        ("2026-Q3", "zhao-lei"),
        ("2031-Q4", "zhao-lei"),
    ):
        path = f"records/u/{quarter}/summaries/he-jun.yml"
        assert (GiteaOwners(gitea).of(path), GitLabOwners(gitlab).of(path)) == ({approver}, {approver})
    assert "records/u/2026-Q[1-2]/(?:feedback|reviews|summaries)/he-jun[.]yml @liu-yang\n" in gitea
    later = "records/u/(?:2026-Q[3-4]|(?:202[7-9]|20[3-9][0-9])-Q[1-4])/summaries/he-jun[.]yml @zhao-lei\n"
    assert later in gitea
    assert (
        "/records/u/*-Q?/summaries/he-jun.yml @zhao-lei\n/records/u/2026-Q1/summaries/he-jun.yml @liu-yang\n" in gitlab
    )


def test_half_years_are_told_where_they_are_assessed() -> None:
    office = Office("baishan-audit", since="2026-H1")
    path = "schemes/baishan-audit/scheme.yml"
    office.files[path] = (office.files[path] or b"").replace(b"period: quarter", b"period: half")
    units = dict(office.snapshot().units)
    assert units["u"].books["baishan-audit"].scheme.cycle.period == "half"
    path = "records/u/2026-H2/summaries/wang-fang.yml"
    assert accounts(units, path, DAYS[1]) == {"liu-yang"}
    assert GiteaOwners(files("gitea", units)["CODEOWNERS"]).of(path) == {"liu-yang"}
    assert GitLabOwners(files("gitlab", units)["CODEOWNERS"]).of(path) == {"liu-yang"}


def test_of_a_vacant_office_nobody_is_asked_for() -> None:
    office = Office("baishan-audit").person("liu-yang", leader="true", left="2026-03-31")
    units = dict(office.snapshot().units)
    path = "records/u/2026-Q1/summaries/wang-fang.yml"
    assert accounts(units, path, DAYS[1]) == set()
    assert GiteaOwners(files("gitea", units)["CODEOWNERS"]).of(path) == set()
    gitlab = files("gitlab", units)["CODEOWNERS"]
    assert GitLabOwners(gitlab).of(path) == set()
    assert "\n/records/u/*-Q?/summaries/wang-fang.yml\n" in gitlab


def test_strangers_files_are_the_principal_leaders_in_gitlab_and_nobodys_in_gitea() -> None:
    units = dict(Office("baishan-audit").snapshot().units)
    gitea, gitlab = GiteaOwners(files("gitea", units)["CODEOWNERS"]), GitLabOwners(files("gitlab", units)["CODEOWNERS"])
    for path, expected in (
        ("records/u/2026-Q1/summaries/no-body.yml", {"zhou-min"}),
        ("records/u/facts/no-body.yml", {"zhou-min"}),
        ("records/u/people/new-face.yml", {"liu-yang", "zhou-min"}),
    ):
        assert accounts(units, path, DAYS[1]) == expected
        assert (gitea.of(path), gitlab.of(path)) == (set(), expected)


def test_an_account_stands_for_its_person_the_first_one_where_there_are_several() -> None:
    office = Office("baishan-audit")
    office.person("liu-yang", leader="true", git="{accounts: [liuy, liu.yang]}")
    units = dict(office.snapshot().units)
    owners = files("gitea", units)["CODEOWNERS"]
    assert GiteaOwners(owners).of("records/u/2026-Q1/summaries/wang-fang.yml") == {"liuy"}
    conf = files("gitolite", units)["forge/pingshi.conf"]
    assert "    RW  refs/heads/submit/liu-yang/ = liu.yang liuy\n" in conf
    assert "@pingshi_approvers = liu.yang liuy qian-wei zhou-min\n" in conf


# --- folders ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["year", "half", "quarter", "month"])
def test_a_pattern_fits_the_folders_of_its_runs_and_no_others(kind: str) -> None:
    size = {"year": 1, "half": 2, "quarter": 4, "month": 12}[kind]
    every = [Period(kind, year, it + 1) for year in range(2018, 2100) for it in range(size)]  # type: ignore[arg-type]  # one of the four
    at = every.index(Period(kind, 2026, 1))  # type: ignore[arg-type]  # as above
    bounds = [0, at, at + 1, at + size - 1, at + size, at + size + 1, at + 5 * size + 2, len(every) - 1]
    for first, last in itertools.combinations_with_replacement(bounds, 2):
        for runs in ([Run(every[first], every[last])], [Run(every[first], None)]):
            end = every[last] if runs[0].last else every[-1]
            pattern = re.compile(regexp_of(runs))
            fitting = [it for it in every if pattern.fullmatch(str(it))]
            assert fitting == every[first : every.index(end) + 1], (str(every[first]), str(end), pattern.pattern)


def test_several_runs_are_one_pattern() -> None:
    runs = [Run(Period("month", 2026, 1), Period("month", 2026, 11)), Run(Period("month", 2027, 12), None)]
    assert regexp_of(runs) == ("(?:2026-(?:0[1-9]|1[0-1])|2027-12|(?:202[8-9]|20[3-9][0-9])-(?:0[1-9]|1[0-2]))")


# --- the other files ----------------------------------------------------------------------


def test_every_forge_has_its_files_and_each_says_in_its_first_two_lines_whose_it_is(samples: Units) -> None:
    assert set(FORGES) == set(get_args(Forge))
    expected = {
        "gitea": [
            "CODEOWNERS",
            ".gitea/workflows/pingshi.yml",
            "forge/protect.sh",
            "forge/server-hook.sh",
            "forge/README.md",
        ],
        "gitlab": ["CODEOWNERS", ".gitlab-ci.yml", "forge/protect.sh", "forge/server-hook.sh", "forge/README.md"],
        "gitolite": ["forge/pingshi.conf", "forge/README.md"],
        "plain": ["forge/README.md"],
    }
    one = {"audit": samples["audit"]}
    for forge in FORGES:
        made = files(forge, one)
        assert list(made) == expected[forge]
        for text in made.values():
            assert is_ours(text)
            assert f"由 pingshi init --forge {forge} 生成" in "".join(text.splitlines()[:2])
            assert text.endswith("\n")
            assert "@{" not in text
            assert "@%" not in text
    assert left_from_others("gitlab") == [".gitea/workflows/pingshi.yml", "forge/pingshi.conf"]
    assert not is_ours("# 说明\n#\n# 由 pingshi init --forge gitea 生成\n")


def test_what_could_not_be_run_here_says_so(samples: Units) -> None:
    one = {"audit": samples["audit"]}
    forges: tuple[Forge, ...] = ("gitea", "gitlab")
    for forge in forges:
        made = files(forge, one)
        assert "没有在真实平台上运行过" in made["forge/README.md"]
        for path, text in made.items():
            if path.endswith((".sh", ".yml")):
                assert "没有在真实平台上运行过" in text, path
    assert "社区版（CE）和免费版不看它" in files("gitlab", one)["CODEOWNERS"]
    for page in (files("gitolite", one)["forge/README.md"], files("plain", one)["forge/README.md"]):
        assert "在程序的测试里" in page


def test_the_workflow_takes_neither_itself_nor_the_program_from_the_pull_request(samples: Units) -> None:
    text = files("gitea", {"audit": samples["audit"]})[".gitea/workflows/pingshi.yml"]
    made = yaml.safe_load(text)
    assert set(made[True]) == {"pull_request_target", "push"}  # YAML 1.1 reads the key `on` as true
    steps = [step for job in made["jobs"].values() for step in job["steps"]]
    assert all("uses" not in step for step in steps)
    assert all("${{" not in step["run"] for step in steps), "nothing of the pull request is pasted into a script"
    assert {job["env"]["PINGSHI"] for job in made["jobs"].values()} == {"/opt/pingshi/bin/pingshi"}
    assert all("/bin/python" not in step["run"] for step in steps)
    assert all('"$PYTHON" -I' in line for step in steps for line in step["run"].splitlines() if "$PYTHON" in line)


def test_only_those_who_approve_something_may_merge_on_gitea() -> None:
    office = Office("baishan-audit")
    units = dict(office.snapshot().units)
    script = files("gitea", units)["forge/protect.sh"]
    repository, main = (json.loads(it) for it in re.findall(r"<<'JSON'\n(.*?)\nJSON\n", script, re.DOTALL))
    approvers = ["liu-yang", "qian-wei", "zhou-min"]
    assert main["merge_whitelist_usernames"] == main["approvals_whitelist_username"] == approvers
    assert (main["enable_push"], main["push_whitelist_usernames"]) == (False, [])
    assert (repository["allow_merge_commits"], repository["allow_squash_merge"]) == (True, False)
    listed = re.findall(r"<<'LIST'\n(.*?)\nLIST\n", script, re.DOTALL)[0].splitlines()
    assert listed[0] == 'he-jun ["he-jun"]'
    assert len(listed) == len(units["u"].people)


def test_where_leaders_sign_they_may_push_their_merges() -> None:
    office = Office("baishan-audit")
    office.write("unit.yml", office.texts["unit.yml"] + "trust: {level: signatures}\n")
    units = dict(office.snapshot().units)
    gitea = files("gitea", units)
    main = json.loads(re.findall(r"<<'JSON'\n(.*?)\nJSON\n", gitea["forge/protect.sh"], re.DOTALL)[1])
    assert (main["enable_push"], main["push_whitelist_usernames"]) == (True, ["liu-yang", "qian-wei", "zhou-min"])
    assert "git merge --no-ff -S " in gitea["forge/README.md"]
    assert "\nprotect main main 40\n" in files("gitlab", units)["forge/protect.sh"]


def test_a_bureau_without_people_gets_files_that_let_nobody_merge() -> None:
    office = Office()
    organs = "principal_leader: []\n  leadership: []\n  personnel_office: []\n  discipline_inspection: []\n"
    unit = re.sub(r"principal_leader.*", organs, office.texts["unit.yml"], flags=re.DOTALL)
    office.write("unit.yml", re.sub(r", head: .*?\]", "", unit))
    for path in [it for it in office.files if "/people/" in it]:
        del office.files[path]
    units = dict(office.snapshot().units)
    assert GiteaOwners(files("gitea", units)["CODEOWNERS"]).rules == []
    assert GitLabOwners(files("gitlab", units)["CODEOWNERS"]).of("README.md") == set()
    assert '"merge_whitelist_usernames": []' in files("gitea", units)["forge/protect.sh"]
    assert "RW" not in files("gitolite", units)["forge/pingshi.conf"]


# --- hostile records ----------------------------------------------------------------------

EVIL = (
    "a b",
    "a#b",
    "@all",
    "-evil",
    "$(id)",
    "`id`",
    'x"]}',
    "x'; touch y; '",
    "x=@all",
    "a/../b",
    "王芳",
    "a" * 101,
)


def hostile() -> Units:
    """An office whose names and accounts mean harm: `EVIL` one by one, and markup everywhere."""
    office = Office("baishan-audit", staff=" ".join(f"p{number}" for number in range(len(EVIL))))
    for number, account in enumerate(EVIL):
        name = f'"王 @all `id` $(id) | <b>芳</b> -->　}}@ @% x {number}"'
        office.person(f"p{number}", name=name, git=f"{{accounts: [{json.dumps(account)}]}}")
    office.person("liu-yang", leader="true", git='{accounts: ["liu yang", "$(id)", liuy]}')
    unit = office.texts["unit.yml"].replace("name: 示例局", 'name: "局 @all `id` $(id) --> \'"')
    office.write("unit.yml", unit.replace("name: 窗口服务科", 'name: "科@all - @root"'))
    units = dict(office.snapshot().units)
    assert len(units["u"].people) == len(EVIL) + 5
    return units


@pytest.mark.parametrize("forge", FORGES)
def test_names_and_accounts_that_mean_harm_do_not_break_out(forge: Forge) -> None:
    units = hostile()
    for path, text in files(forge, units).items():
        own = text.replace("refs/pingshi/ = @all", "")
        for evil in ("$(id)", "`id`", "@all", "<b>", "touch y", "-evil", "芳</", "liu yang", "}@", "@%", "a/../b"):
            assert evil not in own, (path, evil)
        assert text.count("-->") == text.count("<!--")
        if path.endswith(".yml"):
            yaml.safe_load(text)
    if forge == "gitea":
        owners = GiteaOwners(files(forge, units)["CODEOWNERS"])
        assert owners.of("records/u/2026-Q1/summaries/wang-fang.yml") == set()
        assert owners.of("records/u/2026-Q1/summaries/p0.yml") == {"liuy"}
    if forge == "gitlab":
        assert GitLabOwners(files(forge, units)["CODEOWNERS"]).of("records/u/2026-Q1/summaries/p0.yml") == {"liuy"}


def test_whoever_has_no_account_that_can_be_written_is_told_of() -> None:
    expected = sorted(f"p{number}" for number in range(len(EVIL)))
    assert [person for _, person in without_account(hostile())] == expected


@pytest.mark.parametrize("account", ["x\\nRW+ = y", "x\\rRW+ = y", "x\\u2028y", "x\\u0000"])
def test_an_account_of_more_than_one_line_is_not_even_read(account: str) -> None:
    office = Office().person("wang-fang", git=f'{{accounts: ["{account}"]}}')
    assert {it.place.path for it in office.snapshot().problems} == {"records/u/people/wang-fang.yml"}
