"""A review sheet: all the people that one reviewer reviews, with the indicators of each one's post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.records import holders
from pingshi.schemes import REVIEWER_ROLES
from pingshi.source import held
from pingshi.starting.contents import described, result_of
from pingshi.starting.form import Filled
from pingshi.starting.wanted import CannotStartError
from pingshi.wording import listed, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pingshi.grading import PersonResult
    from pingshi.schemes import Scheme
    from pingshi.starting.form import Value
    from pingshi.starting.wanted import Wanted


@dataclass(frozen=True, slots=True)
class _Duty:
    """What the scheme asks of a reviewer for one person: scores, a grade proposed or decided."""

    scores: bool = False
    proposes: bool = False
    decides: bool = False


def review(wanted: Wanted, role: str | None) -> Mapping[str, Value]:
    """Return the sheet of a reviewer as of the period's last day.

    The role follows from the offices; where several would need sheets of their own, it must be asked for.
    """
    result = result_of(wanted)
    scheme, reviewer = wanted.book.scheme, wanted.person or ""
    duties: dict[str, dict[str, _Duty]] = {}
    for it, person in result.people.items():
        if not person.takes_part or it == reviewer:
            continue
        for held_role in REVIEWER_ROLES:
            if reviewer in holders(wanted.records, held_role, it, result.period.last):
                duty = _duty(scheme, person, held_role)
                if duty != _Duty():
                    duties.setdefault(held_role, {})[it] = duty
    chosen = _role(wanted, duties, role)
    people = {
        it: Filled(
            _rating(wanted, result.people[it], [duties[r][it] for r in duties if it in duties[r]]),
            above=(f"{described(wanted.records, it, result.period.last)}{_part(result.people[it])}",),
        )
        for it in duties[chosen]
    }
    graded = any(it.proposes or it.decides for own in duties.values() for it in own.values())
    says = (
        "等次 grade：本方案要求提出或者审定，下面列出 grade 的都要写"
        if graded
        else "等次 grade：本方案由得分确定，评鉴人不写"
    )
    return {
        "role": Filled(chosen, note=scheme.role_title(chosen)),
        "people": Filled(people, above=(says,)),
    }


def _duty(scheme: Scheme, person: PersonResult, role: str) -> _Duty:
    parts = scheme.score.parts if scheme.score else ()
    procedure = person.procedure
    return _Duty(
        scores=any(part.source == "rating" and part.by == role for part in parts),
        proposes=procedure is not None and procedure.propose == role,
        decides=procedure is not None and procedure.decide == role,
    )


def _role(wanted: Wanted, duties: Mapping[str, Mapping[str, _Duty]], asked: str | None) -> str:
    records, scheme = wanted.records, wanted.book.scheme
    name = records.name_of(wanted.person or "")
    assert wanted.period is not None  # noqa: S101 -- a review has one
    if not duties:
        raise CannotStartError(
            f"{name}在 {wanted.period.last} 那天不用给任何人评分、提出或者审定等次；"
            "核对 unit.yml 里科室的 head、led_by 和 organs，以及人员的科室"
        )
    roles = listed(f"{it}（{scheme.role_title(it)}，{len(duties[it])} 人）" for it in duties)
    if asked is not None:
        if asked not in duties:
            raise CannotStartError(f"{name}没有要以 {asked} 的身份评鉴的人；可以写 --role：{roles}")
        return asked
    everybody = {it for people in duties.values() for it in people}
    whole = [it for it in duties if set(duties[it]) == everybody]
    if not whole:
        raise CannotStartError(f"{name}以几种身份评鉴不同的人：{roles}；用 --role 指明这张评鉴表用哪一种")
    return whole[-1]


def _part(person: PersonResult) -> str:
    return "，不定等次，只写评语" if person.participation == "comment_only" else ""


def _rating(wanted: Wanted, person: PersonResult, duties: list[_Duty]) -> dict[str, Value]:
    if person.participation == "comment_only":
        return {"comment": "", "evidence": ""}
    scheme = wanted.book.scheme
    assert wanted.period is not None  # noqa: S101 -- a review has one
    post = held(wanted.records.people[person.person].post, wanted.period.last) or ""
    sheet = scheme.indicators.sheet(post) or {}
    lines = {it: Filled("", note=f"{line.name}，满分 {number(line.points)}") for it, line in sheet.items()}
    made: dict[str, Value] = {}
    if lines:
        must = any(it.scores for it in duties)
        above = () if must else ("各项得分可以不写；要写的，去掉下面各行开头的 #",)
        made["scores"] = Filled(lines, above=above, off=not must)
    elif any(it.scores for it in duties):
        made["total"] = Filled("", note=f"总分，满分 {number(scheme.score.total)}" if scheme.score else "")
    grades = "、".join(scheme.grades.names)
    if any(it.decides for it in duties):
        made["grade"] = Filled("", note=f"由本人审定，写 {grades}")
    elif any(it.proposes for it in duties):
        made["grade"] = Filled("", note=f"由本人提出，写 {grades}")
    return {**made, "comment": "", "evidence": ""}
