"""The linter of schemes: what a scheme may not leave undone, each fault one function.

A check's name is its code in the listing, its docstring the rule. Faults are ordinary
problems with the code `bad-value` (or `missing-key` for what is not there), because a
scheme is a file like any other: the place says which rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pingshi.diagnostics import Place, Problem, problem
from pingshi.layout import scheme_path
from pingshi.schemes.lint_annual import annual_grades_are_known, annual_leaves_a_grade, fault, years_of
from pingshi.schemes.samples import MOST_TRIED, combinations
from pingshi.schemes.vocabulary import PERSON, REVIEWER_ROLES, ROLES
from pingshi.wording import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pingshi.schemes.book import Book
    from pingshi.schemes.deciding import Override, Procedure
    from pingshi.schemes.expressions import Condition
    from pingshi.schemes.model import Scheme
    from pingshi.schemes.rule import Rule
    from pingshi.schemes.scoring import ScorePart


def lint(book: Book) -> tuple[list[Problem], bool]:
    """Run every check on a scheme that could be read; also tell whether it can be graded by.

    A scheme whose clauses are incomplete still grades; one whose rules contradict
    themselves does not, because its results could not be trusted.
    """
    about_clauses = [found for check in CLAUSE_CHECKS for found in check(book)]
    about_rules = [found for check in RULE_CHECKS for found in check(book)]
    return about_clauses + about_rules, not about_rules


def clauses_listed(book: Book) -> Iterator[Problem]:
    """方案文件夹里要有 clauses.yml，列出原文的全部条款。"""
    if book.clauses is None:
        yield problem(
            Place(scheme_path(book.name)),
            "missing-key",
            "没有条款清单 clauses.yml，或它有错误读不了",
            "在同一文件夹放 clauses.yml，逐条列出方案原文的条款",
        )


def rule_has_clause(book: Book) -> Iterator[Problem]:
    """规则所引的条款要在条款清单里。"""
    if book.clauses is None:
        return
    listed = book.clauses.clauses
    for section, rule in book.rules():
        if rule.cite not in listed:
            yield fault(
                rule.at("cite"),
                f"{section} 的规则引用的条款 {rule.cite} 不在 clauses.yml 里",
                "改正条款编号，或把这一条补进 clauses.yml",
            )
    for assumption in book.scheme.assumptions:
        for clause in assumption.about:
            if clause not in listed:
                yield fault(assumption.at("about"), f"说明所指的条款 {clause} 不在 clauses.yml 里", "改正条款编号")


def clause_has_cover(book: Book) -> Iterator[Problem]:
    """每个条款都要有着落：写明由程序计算、检查、记录或公布，或者写明由谁去做。"""
    if book.clauses is None:
        return
    cited = {rule.cite for _, rule in book.rules()}
    if book.scheme.publicity.summaries is not None:
        cited.add(book.scheme.publicity.summaries)
    for name, entry in book.clauses.clauses.items():
        if not entry.covered:
            yield fault(
                entry.at("covered"), f"条款 {name} 没有着落", "在 covered 里写明怎样落实，或写 people 并说明由谁去做"
            )
        if "people" in entry.covered and entry.people is None:
            yield fault(entry.at("covered"), f"条款 {name} 由人去做，但没有写是谁、做什么", "补上 people: …")
        claims = [how for how in ("computed", "checked") if how in entry.covered]
        if claims and name not in cited:
            how = "计算" if claims[0] == "computed" else "检查"
            yield fault(
                entry.at("covered"),
                f"条款 {name} 写着由程序{how}，但 scheme.yml 里没有规则引用它",
                f"在相应的规则上写 cite: {name}，或改写 covered",
            )


def weights_add_up(book: Book) -> Iterator[Problem]:
    """权重之和要等于满分，各指标分值之和要等于该部分的权重。"""
    scheme = book.scheme
    if scheme.score is not None:
        weights = sum(part.weight for part in scheme.score.parts)
        if weights != 100:  # noqa: PLR2004 -- percent
            yield fault(scheme.score.at("parts"), f"各部分权重之和是 {number(weights)}，不是 100", "改正 weight")
    common, individual = scheme.indicators.common, scheme.indicators.individual
    total = scheme.score.total if scheme.score else None
    if common is not None:
        points = sum(item.points for item in common.items.values())
        if points != common.weight:
            yield fault(
                common.at("items"),
                f"共性指标分值之和是 {number(points)}，不是 {number(common.weight)}",
                "改正 points 或 weight",
            )
    if individual is not None:
        for post, items in individual.by_post.items():
            points = sum(item.points for item in items.values())
            if points != individual.weight:
                yield fault(
                    individual.at("by_post", post),
                    f"岗位 {post} 的个性指标分值之和是 {number(points)}，不是 {number(individual.weight)}",
                    "改正 points 或 weight",
                )
    whole = (common.weight if common else 0) + (individual.weight if individual else 0)
    if total is not None and whole != total:
        yield fault(scheme.indicators.place, f"指标满分是 {number(whole)}，评分满分是 {number(total)}", "两者应当相等")


def bands_are_whole(book: Book) -> Iterator[Problem]:
    """有得分就要有分档：每个等次一档，分数线从高到低，最低一档从 0 开始，没有空档。"""
    grades, score = book.scheme.grades, book.scheme.score
    if score is None:
        if grades.bands is not None:
            yield fault(grades.at("bands"), "没有 score 却写了分档", "删掉 bands，或写上 score")
        return
    if grades.bands is None:
        yield fault(grades.place, "有 score 却没有写分档", "写上 bands: 每个等次从多少分开始")
        return
    if not grades.names:
        return
    missing = [name for name in grades.names if name not in grades.bands]
    unknown = [name for name in grades.bands if name not in grades.names]
    for name in unknown:
        yield fault(grades.at("bands", name), f"分档里的“{name}”不是方案的等次", f"等次有：{', '.join(grades.names)}")
    if missing:
        yield fault(grades.at("bands"), f"这些等次没有分档，中间有空档：{', '.join(missing)}", "每个等次写一个起点分数")
        return
    starts = [grades.bands[name] for name in grades.names]
    if any(above <= below for above, below in pairwise(starts)):
        yield fault(grades.at("bands"), "分数线没有从高到低排列，有的等次永远达不到", "让较高等次的分数线高于较低等次")
    if starts[-1] != 0:
        yield fault(grades.at("bands"), f"低于 {number(starts[-1])} 分没有对应的等次", "最低一档从 0 开始")
    if starts[0] > score.total:
        yield fault(grades.at("bands"), "最高一档的分数线超过满分", "改正分数线")


def grades_are_known(book: Book) -> Iterator[Problem]:
    """规则里写的等次都要是方案自己的等次。"""
    scheme = book.scheme
    names = scheme.grades.names
    used: list[tuple[Place, str]] = [(scheme.grades.at("binding"), it) for it in scheme.grades.binding]
    used += [(rule.place, rule.grade) for rule in scheme.overrides]
    used += [(quota.at("grade"), quota.grade) for quota in scheme.quota]
    if scheme.publicity.grades != "all":
        used += [(scheme.publicity.at("grades"), it) for it in scheme.publicity.grades]
    if scheme.consultation:
        used += [(scheme.consultation.at("grades"), it) for it in scheme.consultation.grades]
    if scheme.objections:
        used += [(scheme.objections.at("grades"), it) for it in scheme.objections.grades]
    used += [(rule.at("grades"), it) for rule in scheme.follow_up for it in rule.grades or ()]
    if not names:
        yield fault(scheme.grades.at("names"), "没有写等次", "从好到差写上各个等次，如 [好, 较好, 一般, 较差]")
        return
    for place, grade in used:
        if grade not in names:
            yield fault(place, f"方案没有“{grade}”这个等次", f"等次有：{', '.join(names)}")
    if len(set(names)) != len(names):
        yield fault(scheme.grades.at("names"), "同一个等次写了两次", "每个等次只写一次，从好到差")
    if scheme.annual:
        yield from annual_grades_are_known(scheme.annual, names)


def roles_can_be_held(book: Book) -> Iterator[Problem]:
    """评分、建议、审定的角色都要有人能担任；科室正职不能给自己提等次。"""
    scheme = book.scheme
    uses: list[tuple[Place, str, tuple[str, ...]]] = []
    for part in scheme.score.parts if scheme.score else ():
        yield from _part_role(part)
        if part.source == "rating" and part.by is not None:
            uses.append((part.at("by"), part.by, REVIEWER_ROLES))
    for step in scheme.procedure:
        uses.append((step.at("decide"), step.decide, tuple(ROLES)))
        if step.propose is not None:
            uses.append((step.at("propose"), step.propose, REVIEWER_ROLES))
        yield from _own_proposal(step)
    if scheme.consultation:
        uses.append((scheme.consultation.at("whom"), scheme.consultation.whom, tuple(ROLES)))
    uses += [(rule.at("by"), role, tuple(ROLES)) for rule in scheme.follow_up for role in rule.by or ()]
    if scheme.adjustment:
        uses.append((scheme.adjustment.at("sign"), scheme.adjustment.sign, tuple(ROLES)))
        uses.append((scheme.adjustment.at("agree"), scheme.adjustment.agree, tuple(ROLES)))
    for place, role, possible in uses:
        if role not in possible:
            yield fault(place, f"没有人能担任“{role}”来做这件事", f"可以写：{', '.join(possible)}")
    if scheme.score is None and not all(step.propose for step in scheme.procedure):
        place = scheme.procedure[0].place if scheme.procedure else scheme.place
        yield fault(place, "既没有得分，也没有人提出等次", "写上 score，或在 procedure 里写 propose")
    if scheme.procedure and all(step.who is not None for step in scheme.procedure) and not _everybody_served(scheme):
        yield fault(scheme.procedure[0].place, "有的人没有任何程序适用", "最后一条程序不写 for，表示其余的人")
    if not scheme.procedure:
        yield fault(scheme.at("procedure"), "没有写审定程序 procedure", "至少写一条：由谁审定")


def _part_role(part: ScorePart) -> Iterator[Problem]:
    if part.source == "rating" and part.by is None:
        yield fault(part.place, "没有写由谁评分", f"补上 by: …，可以写：{', '.join(REVIEWER_ROLES)}")
    if part.source != "rating" and part.by is not None:
        yield fault(part.at("by"), "这一部分不是评分表，不需要写 by", "删掉 by")


def _own_proposal(step: Procedure) -> Iterator[Problem]:
    heads = step.who is None or any(
        step.who.holds(values) and values.get("is_head", True) for values in combinations(PERSON, [step.who])
    )
    if step.propose == "section_head" and heads:
        yield fault(step.at("propose"), "这样写，科室正职就要给自己提等次", "写 for: not is_head，另为正职写一条程序")
    if step.decide == step.propose:
        yield fault(step.at("decide"), "提出等次的人和审定的人是同一个角色", "改由上一级审定")


def _everybody_served(scheme: Scheme) -> bool:
    conditions = [step.who for step in scheme.procedure if step.who is not None]
    return all(any(it.holds(values) for it in conditions) for values in combinations(PERSON, conditions, scheme.posts))


def rule_can_fire(book: Book) -> Iterator[Problem]:
    """每条规则都要有可能用得上：条件不能永远不成立，也不能被前面的规则完全挡住。"""
    scheme = book.scheme
    conditions: list[tuple[Rule, Condition]] = [(it, it.when) for it in scheme.overrides if it.when is not None]
    conditions += [(it.prefer, it.prefer.when) for it in scheme.quota if it.prefer is not None]
    conditions += [(it, it.who) for it in scheme.procedure if it.who is not None]
    conditions += [(it, it.who) for it in scheme.outside]
    conditions += [(it, it.who) for it in scheme.filings if it.who is not None]
    patience = _Patience()
    for rule, condition in conditions:
        if not _may_hold(scheme, condition, [], patience):
            yield _never(rule)
    for index, participation in enumerate(scheme.participants):
        before = [it.when for it in scheme.participants[:index]]
        if not _may_hold(scheme, participation.when, before, patience):
            yield _never(participation)
    if scheme.annual is not None and scheme.grades.names:
        years = list(years_of(scheme))
        for annual_rule in scheme.annual.rules:
            if not any(annual_rule.when.holds(year.values()) for year in years):
                yield _never(annual_rule)


@dataclass
class _Patience:
    """How many cases are still tried for the rules of one scheme; together they get as many as a few hard ones need."""

    left: int = 3 * MOST_TRIED


def _may_hold(scheme: Scheme, condition: Condition, before: list[Condition], patience: _Patience) -> bool:
    """Tell whether it holds for anybody whom none of those before takes, or there are too many cases to say."""
    tried = 0
    for values in combinations(PERSON, [condition, *before], scheme.posts):
        if patience.left <= 0:
            return True
        patience.left -= 1
        if condition.holds(values):
            patience.left -= len(before)
            if not any(it.holds(values) for it in before):
                return True
        tried += 1
    return tried == MOST_TRIED


def _never(rule: Rule) -> Problem:
    message = "这条规则永远用不上：条件不可能成立，或已被前面的规则挡住"
    return fault(rule.place, message, "改正条件，调整先后，或删掉这条规则")


def items_are_told_apart(book: Book) -> Iterator[Problem]:
    """同一种事实的同一情形，同样的处理只写一条规则。"""
    seen: dict[tuple[str | None, str | None, str | None], Override] = {}
    for rule in book.scheme.overrides:
        if rule.fact is None:
            continue
        key = (rule.fact, rule.item, "sets" if rule.sets else "at_most" if rule.at_most else "allows")
        if key in seen:
            yield fault(
                rule.place, f"与第 {seen[key].place.line} 行的规则重复，不知道按哪一条", "合并成一条，或写不同的 item"
            )
        seen[key] = rule


def posts_have_sheets(book: Book) -> Iterator[Problem]:
    """每个岗位都要有评分表，并且一定有 staff 这个岗位。"""
    scheme = book.scheme
    if "staff" not in scheme.posts:
        yield fault(scheme.at("posts"), "没有 staff（一般工作人员）这个岗位", "补上 staff: 一般工作人员")
    if scheme.indicators.individual is None:
        return
    by_post = scheme.indicators.individual.by_post
    for post in scheme.posts:
        if post not in by_post:
            yield fault(
                scheme.at("posts", post), f"岗位 {post} 没有个性指标", "在 indicators.individual.by_post 里补上"
            )
    for post in by_post:
        if post not in scheme.posts:
            yield fault(
                scheme.indicators.individual.at("by_post", post),
                f"岗位 {post} 不在 posts 里",
                "在 posts 里补上，或删掉",
            )


#: The checks of the clauses: what they find leaves the rules as they are.
CLAUSE_CHECKS: tuple[Callable[[Book], Iterator[Problem]], ...] = (clauses_listed, rule_has_clause, clause_has_cover)
#: The checks of the rules, in the order in which a reader meets the sections.
RULE_CHECKS: tuple[Callable[[Book], Iterator[Problem]], ...] = (
    posts_have_sheets,
    weights_add_up,
    bands_are_whole,
    grades_are_known,
    roles_can_be_held,
    rule_can_fire,
    items_are_told_apart,
    annual_leaves_a_grade,
)
#: Every check of the linter.
CHECKS = (*CLAUSE_CHECKS, *RULE_CHECKS)
