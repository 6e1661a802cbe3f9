"""Duties to rate, propose and vote: one of each reviewer, and the ballots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.agenda.duty import Duty
from pingshi.agenda.holders import named
from pingshi.agenda.material import Order, office_duty
from pingshi.grading import Standing, rating_of, reviewers
from pingshi.layout import Location
from pingshi.records import Ballots
from pingshi.schemes import REVIEWER_ROLES
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.grading import PeriodResult, PersonResult
    from pingshi.records import UnitRecords
    from pingshi.schemes import Rule, Scheme

#: More names than this are not all told.
_FEW = 6


def rating_duties(records: UnitRecords, scheme: Scheme, result: PeriodResult) -> Iterator[Duty]:
    """Yield the sheets that reviewers must fill in, and the ballots."""
    yield from _sheets(records, scheme, result)
    rule = next((it for it in (scheme.score.parts if scheme.score else ()) if it.source == "ballots"), None)
    graded = [it for it in result.people.values() if it.participation == "graded"]
    if rule is None or not graded:
        return
    ballots = records.get(Ballots, "ballots", result.period)
    missing = [it.name for it in graded if ballots is None or not ballots.totals.get(it.person)]
    yield office_duty(
        records,
        scheme,
        result.period,
        Location(records.id, "ballots", result.period),
        Order(
            "组织测评并登记测评票",
            result.period.last,
            rule.cite,
            rule.says,
            note=_left(missing) if ballots is not None else None,
        ),
        done=not missing,
    )


def _sheets(records: UnitRecords, scheme: Scheme, result: PeriodResult) -> Iterator[Duty]:
    """Yield one duty for each reviewer: who is still missing on the sheet."""
    wanted: dict[str, list[tuple[PersonResult, str, Rule, bool]]] = {}
    for it, person in result.people.items():
        if person.participation != "graded":
            continue
        standing = Standing(records, it, result.period)
        for role, rule, scored in _roles(scheme, person):
            found = reviewers(standing, role)
            for reviewer in found:
                wanted.setdefault(reviewer, []).append((person, role, rule, scored))
            if not found:
                yield _nobody(records, scheme, result, person, role, rule)
    for reviewer, asked in sorted(wanted.items()):
        missing = []
        for person, role, _, scored in asked:
            _, rating = rating_of(Standing(records, person.person, result.period), role, reviewer)
            given = rating is not None and (bool(rating.scores) or rating.total is not None if scored else rating.grade)
            if not given and person.name not in missing:
                missing.append(person.name)
        location = Location(records.id, "reviews", result.period, reviewer)
        unread = location in records.broken
        rule = asked[0][2]
        roles = dict.fromkeys(scheme.role_title(role) for _, role, _, _ in asked)
        yield Duty(
            unit=records.id,
            period=result.period,
            kind="reviews",
            task=f"填评鉴表（{listed(roles)}）",
            role=listed(roles),
            who=named(records, [reviewer]),
            about=None,
            path=location.path,
            since=result.period.last,
            due=None,
            note="文件有错误读不了，先用 pingshi check 看问题并改正" if unread else _left(missing),
            clause=rule.cite,
            says=getattr(rule, "says", ""),
            done=not missing and not unread,
        )


def _nobody(
    records: UnitRecords, scheme: Scheme, result: PeriodResult, person: PersonResult, role: str, rule: Rule
) -> Duty:
    """Return what the office must do where nobody can rate somebody: who leads it can't rate themselves."""
    title = scheme.role_title(role)
    order = Order(
        f"明确由谁评鉴（没有可以评的{title}）",
        result.period.first,
        rule.cite,
        getattr(rule, "says", ""),
        note=f"在 unit.yml 里写明 {result.period.last} 那天的{title}；自己不能评自己",
    )
    location = Location(records.id, "unit")
    return office_duty(records, scheme, result.period, location, order, done=False, about=person.person)


def _roles(scheme: Scheme, person: PersonResult) -> Iterator[tuple[str, Rule, bool]]:
    """Yield the roles in which somebody must rate (True) a person or name a grade (False)."""
    for part in scheme.score.parts if scheme.score else ():
        if part.source == "rating" and part.by is not None:
            yield part.by, part, True
    procedure = person.procedure
    if procedure is None:
        return
    if procedure.propose is not None and scheme.score is None:
        yield procedure.propose, procedure, False
    if procedure.decide in REVIEWER_ROLES and scheme.score is None:
        yield procedure.decide, procedure, False


def _left(missing: list[str]) -> str | None:
    if not missing:
        return None
    more = f"等 {len(missing)} 人" if len(missing) > _FEW else ""
    return f"还差{listed(missing[:_FEW])}{more}"
