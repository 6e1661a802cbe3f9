"""The five schemes' rules over people and facts: who takes part, who decides, what overrides (readings 5–16)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from variants import SCHEMES, book_of

from pingshi.schemes import MEASURES

HALF = Fraction(1, 2)
MORE_THAN_HALF = Fraction(31, 60)


def part(
    scheme: str,
    *,
    leader: bool = False,
    category: str = "civil_servant",
    on_probation: bool = False,
    leave_share: Fraction = Fraction(0),
    away: tuple[str, int] = ("", 0),
    measure: str = "",
) -> str:
    """Return what part somebody takes, by the first rule that matches; `away` is why and for how many months."""
    values = {
        "leader": leader,
        "category": category,
        "on_probation": on_probation,
        "leave_share": leave_share,
        "away": away[0],
        "away_longer_than": lambda limit: away[1] > limit,
        "disciplined": lambda *measures: measure in measures,
    }
    rules = book_of(scheme).scheme.participants
    return next((f"{it.cite} {it.outcome}" for it in rules if it.when.holds(values)), "graded")


@pytest.mark.clause("B1", "Z1", "C2", "Q1", "D1")
@pytest.mark.parametrize(
    ("scheme", "clause"),
    [
        ("baishan-audit", "B1"),
        ("zhangdian-stats", "Z1"),
        ("chaoyang-ecology", "C2"),
        ("qufu-approval", "Q1"),
        ("city-drc", "D1"),
    ],
)
def test_leaders_are_not_assessed_here_and_ordinary_staff_are(scheme: str, clause: str) -> None:
    assert part(scheme, leader=True) == f"{clause} excluded"
    assert part(scheme, leader=True, leave_share=Fraction(1), away=("aid", 3)) == f"{clause} excluded"
    assert part(scheme) == "graded"


@pytest.mark.clause("B1", "Z1", "C20", "Q1", "D1")
@pytest.mark.parametrize(
    ("scheme", "worker", "institution"),
    [
        ("baishan-audit", "B1 excluded", "B1 excluded"),
        ("zhangdian-stats", "Z1 excluded", "Z1 excluded"),
        ("chaoyang-ecology", "C20 excluded", "C20 excluded"),
        ("qufu-approval", "Q1 excluded", "graded"),
        ("city-drc", "D1 excluded", "graded"),
    ],
)
def test_workers_stay_out_and_institution_staff_take_part_in_two_bureaus(
    scheme: str, worker: str, institution: str
) -> None:
    assert part(scheme, category="worker") == worker
    assert part(scheme, category="institution") == institution


@pytest.mark.clause("B1", "Z9", "C19", "D1")
@pytest.mark.parametrize(
    ("scheme", "aid", "secondment", "loan", "training", "taskforce"),
    [
        ("baishan-audit", "B1 elsewhere", "B1 elsewhere", "graded", "graded", "graded"),
        ("zhangdian-stats", "graded", "graded", "graded", "graded", "graded"),
        ("chaoyang-ecology", "C19 elsewhere", "C19 elsewhere", "graded", "graded", "graded"),
        ("qufu-approval", "graded", "graded", "graded", "graded", "graded"),
        ("city-drc", "D1 elsewhere", "D1 elsewhere", "D1 elsewhere", "graded", "graded"),
    ],
)
def test_who_is_away_for_six_months_is_assessed_where_the_scheme_says(
    scheme: str, aid: str, secondment: str, loan: str, training: str, taskforce: str
) -> None:
    found = [part(scheme, away=(it, 6)) for it in ("aid", "secondment", "loan", "training", "taskforce")]
    assert found == [aid, secondment, loan, training, taskforce]


@pytest.mark.clause("Z9")
def test_the_statistics_bureau_leaves_to_the_host_whoever_is_away_for_longer_than_six_months() -> None:
    found = {it: part("zhangdian-stats", away=(it, 7)) for it in ("secondment", "loan", "training", "aid", "taskforce")}
    assert found == {
        "secondment": "Z9 elsewhere",
        "loan": "Z9 elsewhere",
        "training": "Z9 elsewhere",
        "aid": "graded",
        "taskforce": "graded",
    }


@pytest.mark.clause("B1", "C19", "Q16")
@pytest.mark.parametrize(
    ("scheme", "over"),
    [
        ("baishan-audit", "B1 comment_only"),
        ("zhangdian-stats", "graded"),
        ("chaoyang-ecology", "C19 comment_only"),
        ("qufu-approval", "Q16 comment_only"),
        ("city-drc", "graded"),
    ],
)
def test_a_person_on_leave_for_exactly_half_the_quarter_is_graded(scheme: str, over: str) -> None:
    assert part(scheme, leave_share=HALF) == "graded"
    assert part(scheme, leave_share=MORE_THAN_HALF) == over


@pytest.mark.clause("Q16")
def test_only_civil_servants_on_probation_in_qufu_get_a_comment_only() -> None:
    assert {it: part(it, on_probation=True) for it in SCHEMES} == {
        "baishan-audit": "graded",
        "zhangdian-stats": "graded",
        "chaoyang-ecology": "graded",
        "qufu-approval": "Q16 comment_only",
        "city-drc": "graded",
    }
    assert part("qufu-approval", on_probation=True, category="institution") == "graded"


@pytest.mark.clause("Z11")
def test_the_statistics_bureau_only_comments_on_whoever_bears_a_demerit_or_worse() -> None:
    found = [it for it in MEASURES if part("zhangdian-stats", measure=it) == "Z11 comment_only"]
    assert found == ["记过", "记大过", "降级", "撤职", "降低岗位等级"]


@pytest.mark.clause("Q16")
def test_qufu_only_comments_on_whoever_bears_a_grave_measure_of_state_or_party() -> None:
    found = [it for it in MEASURES if part("qufu-approval", measure=it) == "Q16 comment_only"]
    assert found == ["记过", "记大过", "降级", "撤职", "降低岗位等级", "党内严重警告", "撤销党内职务", "留党察看"]


def test_elsewhere_a_measure_changes_nothing_about_taking_part() -> None:
    for scheme in ("baishan-audit", "chaoyang-ecology", "city-drc"):
        assert {part(scheme, measure=it) for it in MEASURES} == {"graded"}


# --- overrides ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "rules"),
    [
        pytest.param(
            "baishan-audit",
            ["B9 outstanding allows 好", "B9 misconduct allows 较差"],
            marks=pytest.mark.clause("B9"),
        ),
        pytest.param(
            "zhangdian-stats",
            ["Z13 admonition sets 较差", "Z10 accountability at_most 一般", "Z11 disciplined('警告') at_most 一般"],
            marks=pytest.mark.clause("Z10", "Z11", "Z13"),
        ),
        pytest.param(
            "chaoyang-ecology",
            ["C11 outstanding allows 好", "C11 misconduct allows 较差"],
            marks=pytest.mark.clause("C11"),
        ),
        pytest.param(
            "qufu-approval",
            ["Q12 misconduct 一票否决 sets 较差", "Q11 outstanding 一票肯定 sets 好"],
            marks=pytest.mark.clause("Q11", "Q12"),
        ),
        pytest.param(
            "city-drc",
            ["D11 outstanding allows 好", "D11 misconduct allows 较差"],
            marks=pytest.mark.clause("D11"),
        ),
    ],
)
def test_each_override_has_the_strength_of_the_documents_wording(scheme: str, rules: list[str]) -> None:
    found = []
    for rule in book_of(scheme).scheme.overrides:
        effect = "sets" if rule.sets else "at_most" if rule.at_most else "allows"
        cause = [rule.fact or "", rule.item or "", rule.when.text if rule.when else ""]
        found.append(" ".join([rule.cite, *filter(None, cause), effect, rule.grade]))
        assert rule.strength == "firm"
    assert found == rules


@pytest.mark.clause("Q11", "Q12")
def test_the_items_of_a_fact_are_the_schemes_own() -> None:
    scheme = book_of("qufu-approval").scheme
    assert (scheme.items("outstanding"), scheme.items("misconduct")) == (("一票肯定",), ("一票否决",))
    assert book_of("baishan-audit").scheme.items("outstanding") == ()


# --- procedure ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "steps"),
    [
        pytest.param("baishan-audit", ["supervising_leader → leadership"], marks=pytest.mark.clause("B7")),
        pytest.param("zhangdian-stats", ["score → leadership"], marks=pytest.mark.clause("Z3")),
        pytest.param(
            "chaoyang-ecology",
            ["is_head: supervising_leader → leadership", "not is_head: section_head → supervising_leader"],
            marks=pytest.mark.clause("C8"),
        ),
        pytest.param("qufu-approval", ["score → leadership"], marks=pytest.mark.clause("Q7")),
        pytest.param("city-drc", ["score → principal_leader"], marks=pytest.mark.clause("D9")),
    ],
)
def test_who_proposes_and_who_decides(scheme: str, steps: list[str]) -> None:
    found = [
        (f"{it.who.text}: " if it.who else "") + f"{it.propose or 'score'} → {it.decide}"
        for it in book_of(scheme).scheme.procedure
    ]
    assert found == steps


# --- cycle, annual weight -----------------------------------------------------------------


@pytest.mark.clause("B2", "C4", "Q3")
def test_every_bureau_assesses_by_the_quarter_and_chaoyang_began_with_the_second_of_2020() -> None:
    cycles = {name: book_of(name).scheme.cycle for name in SCHEMES}
    assert {it.period for it in cycles.values()} == {"quarter"}
    assert {name: str(it.since) for name, it in cycles.items() if it.since} == {"chaoyang-ecology": "2020-Q2"}


@pytest.mark.clause("Z16")
def test_only_in_zhangdian_the_quarters_weigh_sixty_percent_of_the_year() -> None:
    weights = {name: annual.weight for name in SCHEMES if (annual := book_of(name).scheme.annual)}
    assert set(weights) == set(SCHEMES)
    assert {name: (it.cite, it.share) for name, it in weights.items() if it} == {
        "zhangdian-stats": ("Z16", Fraction(3, 5))
    }
