"""The values of a scheme: weights above nought, few grades and decimals, and words for each limit and form."""

from __future__ import annotations

import pytest
from variants import book_of, faults

SAY = "补上“says: …”；冒号用英文半角，后面加一个空格"


# --- more than nought ---------------------------------------------------------------------


def test_weights_and_points_are_more_than_nought() -> None:
    """They would add up all the same, and turn a good rating into a bad score."""
    pair = (
        "weight: 40, from: rating",
        "weight: 140, from: rating",
        "weight: 30, from: ballots",
        "weight: -70, from: ballots",
    )
    assert faults("qufu-approval", *pair) == [
        "scheme.yml:68 bad-value “weight”：“-70”不是正数 → 分值、权重和满分都要大于 0"
    ]
    pair = (
        "{name: 政治素质, points: 10}",
        "{name: 政治素质, points: 25}",
        "{name: 职业道德, points: 10}",
        "{name: 职业道德, points: -5}",
    )
    assert faults("qufu-approval", *pair) == [
        "scheme.yml:34 bad-value “points”：“-5”不是正数 → 分值、权重和满分都要大于 0"
    ]


@pytest.mark.parametrize(
    ("scheme", "old", "new", "place"),
    [
        ("qufu-approval", "  total: 100\n", "  total: 0\n", "64 bad-value “total”"),
        ("qufu-approval", "weight: 40, from: rating", "weight: 0, from: rating", "66 bad-value “weight”"),
        ("city-drc", "    weight: 100\n", "    weight: 0\n", "27 bad-value “weight”"),
        ("zhangdian-stats", "    weight: 100\n", "    weight: 0\n", "32 bad-value “weight”"),
        ("zhangdian-stats", "{name: 德, points: 15}", "{name: 德, points: 0}", "34 bad-value “points”"),
        ("city-drc", "within: 10}", "within: 0}", "44 bad-value “within”"),
    ],
)
def test_nought_is_no_weight_no_points_and_no_full_score(scheme: str, old: str, new: str, place: str) -> None:
    assert faults(scheme, old, new) == [f"scheme.yml:{place}：“0”不是正数 → 分值、权重和满分都要大于 0"]


def test_a_weight_that_is_no_number_is_told_as_such() -> None:
    assert faults("qufu-approval", "weight: 40, from: rating", "weight: １０, from: rating") == [
        (
            "scheme.yml:66 bad-value “weight”：“１０”不是合格的数字"
            " → 写成普通的数字，如 88 或 9.5（半角，不带单位、逗号和多余的零）；是不是 10？"
        )
    ]


# --- limits -------------------------------------------------------------------------------


@pytest.mark.parametrize(("places", "close"), [("7", ""), ("2.0", ""), ("二", ""), ("02", "；是不是 2？")])
def test_a_number_is_rounded_to_at_most_six_decimals(places: str, close: str) -> None:
    assert faults("qufu-approval", "round: {places: 2,", f"round: {{places: {places},") == [
        f"scheme.yml:69 bad-value “places”：“{places}”不在可选范围内 → 可以写：0、1、2、3、4、5、6{close}"
    ]


@pytest.mark.parametrize("places", ["0", "6"])
def test_a_number_may_be_rounded_to_any_place_up_to_six(places: str) -> None:
    assert faults("qufu-approval", "round: {places: 2,", f"round: {{places: {places},") == []


NAMES = "一级, 二级, 三级, 四级, 五级, 六级, 七级, 八级, 九级, 十级"


def test_there_are_at_most_ten_grades() -> None:
    """The linter tries every combination of a year; with more grades there are too many."""
    old = "names: [好, 较好, 一般, 较差]"
    assert faults("qufu-approval", old, f"names: [{NAMES}, 十一级]") == [
        "scheme.yml:74 bad-value “names”超过 10 项 → 删去多余的项，或合并"
    ]
    assert not any("超过 10 项" in it for it in faults("qufu-approval", old, f"names: [{NAMES}]"))


# --- what rules say -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "old", "new", "line"),
    [
        ("city-drc", "{cite: D13, says: 对反映的异议进行复核，并在5个工作日内答复, what", "{cite: D13, what", 71),
        ("chaoyang-ecology", "{cite: C5, says: 考核方案报市委组织部备案后实施, form", "{cite: C5, form", 113),
        ("qufu-approval", "says: 主要领导评价分, weight", "weight", 66),
    ],
    ids=["deadline", "filing", "score-part"],
)
def test_a_limit_and_a_form_tell_their_clause_in_words(scheme: str, old: str, new: str, line: int) -> None:
    assert faults(scheme, old, new) == [f"scheme.yml:{line} missing-key 缺少“says”（规定） → {SAY}"]


@pytest.mark.clause("B5", "B11", "C5", "Q10")
@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        (
            "baishan-audit",
            [
                "每季度结束后3日内，将考核结果报人教科",
                "每年年初将考核方案报市委组织部备案",
                "每季度将平时考核备案名册报市委组织部审核备案",
                "每季度将平时考核奖励备案名册报市委组织部审核备案",
            ],
        ),
        ("zhangdian-stats", ["由本单位考核的外单位人员，把考核结果通报原单位"]),
        (
            "chaoyang-ecology",
            [
                "对本人考核结果有异议的，应当在得知考核结果5个工作日内书面反映",
                "考核方案报市委组织部备案后实施",
            ],
        ),
        (
            "qufu-approval",
            [
                "年底形成工作总结，公务员的报市委组织部备案",
                "年底形成工作总结，事业单位人员的报市人力资源和社会保障局备案",
            ],
        ),
        ("city-drc", ["对反映的异议进行复核，并在5个工作日内答复"]),
    ],
)
def test_the_deadlines_and_filings_are_told_in_the_documents_words(scheme: str, said: list[str]) -> None:
    rules = book_of(scheme).scheme
    assert [it.says for it in rules.deadlines] + [it.says for it in rules.filings] == said
