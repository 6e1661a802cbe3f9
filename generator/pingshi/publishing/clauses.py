"""Every clause of a scheme beside the rules that implement it, in words that a clerk would use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.layout import BY_NAME
from pingshi.schemes import (
    ROLES,
    AnnualPublicity,
    AnnualRule,
    Approval,
    Book,
    FollowUp,
    Grades,
    Material,
    Override,
    Participation,
    Procedure,
    Quota,
    Rule,
    ScorePart,
    TaskAdjustment,
)
from pingshi.schemes.annual_rules import AnnualWeight
from pingshi.schemes.deciding import Consultation, Preference, Publicity
from pingshi.schemes.duties import Deadline, Filing, Objections, OutsideResult, Supervision
from pingshi.schemes.model import Cycle
from pingshi.schemes.scoring import Adjustment, CommonIndicators, IndividualIndicators
from pingshi.wording import listed, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pingshi.schemes import Indicator

COVER = {
    "computed": "程序计算",
    "checked": "程序检查",
    "recorded": "有记录",
    "published": "网站公布",
    "exported": "程序导出",
    "reminded": "程序提醒",
    "people": "由人办理",
}
_REMINDED = "（到期提醒）"
_OUTCOMES = {"excluded": "不参加考核", "elsewhere": "不在本单位定等次", "comment_only": "参加考核，不确定等次"}


@dataclass(frozen=True, slots=True)
class ClausePage:
    """A clause as the scheme page shows it."""

    id: str
    at: str
    topic: str
    says: str
    covered: str
    people: str
    rules: tuple[str, ...]
    assumptions: tuple[str, ...]


def clause_pages(book: Book) -> tuple[ClausePage, ...]:
    """Return every clause in the document's order; none where the list of clauses can't be read."""
    if book.clauses is None:
        return ()
    by_clause: dict[str, list[str]] = {}
    for _, rule in book.rules():
        told = rule_in_words(book, rule)
        if told and told not in by_clause.setdefault(rule.cite, []):
            by_clause[rule.cite].append(told)
    summaries = book.scheme.publicity.summaries
    if summaries is not None:
        by_clause.setdefault(summaries, []).append("个人小结除涉密内容外，随结果一并公布。")
    return tuple(
        ClausePage(
            id=name,
            at=entry.where,
            topic=entry.topic,
            says=entry.says,
            covered=listed(COVER[how] for how in entry.covered),
            people=entry.people or "",
            rules=tuple(by_clause.get(name, ())),
            assumptions=tuple(it.says for it in book.scheme.assumptions if name in it.about),
        )
        for name, entry in book.clauses.clauses.items()
    )


def rule_in_words(book: Book, rule: Rule) -> str:  # noqa: C901, PLR0911, PLR0912 -- one case a kind of rule
    """Tell a rule in one sentence; empty for sections whose parts are told one by one."""
    terms = book.scheme.terms
    match rule:
        case Cycle():
            often = "每季度" if rule.period == "quarter" else "每半年"
            since = f"，从{rule.since.title}开始" if rule.since else ""
            return f"{often}考核一次{since}。"
        case Participation():
            return f"{rule.says}（{_OUTCOMES[rule.outcome]}）。"
        case CommonIndicators():
            kind = "共性指标" if book.scheme.indicators.individual else "考核指标"
            return f"{kind}共{number(rule.weight)}分：{_items(rule.items)}。"
        case IndividualIndicators():
            posts = book.scheme.posts
            sheets = [f"{posts.get(post, post)}：{_items(items)}" for post, items in rule.by_post.items()]
            if len(sheets) == 1:
                sheets = [_items(items) for items in rule.by_post.values()]
            kind = "个性指标" if book.scheme.indicators.common else "考核指标"
            return f"{kind}共{number(rule.weight)}分。{'；'.join(sheets)}。"
        case ScorePart():
            return f"{rule.says}占{number(rule.weight)}%。"
        case Adjustment():
            return f"加减分相抵后，在正负{number(rule.within)}分以内计入得分。"
        case Grades():
            return _grades(rule)
        case Override():
            effect = {"sets": "直接确定为", "at_most": "不得高于", "allows": "由审定的人决定是否直接确定为"}
            how = "sets" if rule.sets else "at_most" if rule.at_most else "allows"
            soft = "原则上" if rule.strength == "in_principle" else ""
            return f"{rule.says}（{soft}{effect[how]}“{rule.grade}”）。"
        case Quota():
            return _quota(rule)
        case Consultation():
            return f"审定{listed(rule.grades)}等次，须先征求{ROLES.get(rule.whom, rule.whom)}意见。"
        case Publicity():
            what = "全部结果" if rule.grades == "all" else f"{listed(rule.grades)}等次名单"
            least = f"，不少于{rule.at_least}" if rule.at_least else ""
            return f"{rule.wording}{what}{least}。"
        case AnnualPublicity():
            every = "每季度" if book.scheme.cycle.period == "quarter" else "每半年"
            more = f"，一并公示其当年{every}的等次" if rule.with_periods else ""
            return f"公示年度考核{listed(rule.grades)}等次人员{more}。"
        case Deadline() | Preference() | OutsideResult() | TaskAdjustment() | Approval():
            return f"{rule.says}。"
        case Supervision() | Procedure() | AnnualRule():
            return f"{rule.says}。"
        case FollowUp():
            return f"{rule.says}{_REMINDED if rule.remind_only else ''}。"
        case Filing():
            until = f"，{rule.until.told(rule.each)}" if rule.until else ""
            return f"{rule.says}{until}{_REMINDED if rule.remind_only else ''}。"
        case Objections():
            return f"受理对{listed(rule.grades)}等次的复核。"
        case Material():
            each = {"period": "每期", "month": "每月", "week": "每周", "year": "每年"}[rule.each]
            until = f"，{rule.until.told(rule.each)}" if rule.until else ""
            how = "提醒" if rule.remind_only else "检查是否有"
            return f"{rule.says}（{each}{how}“{BY_NAME[rule.record].title}”{until}）。"
        case AnnualWeight():
            return f"量化年度考核时，{terms.assessment}占{percent(rule.share)}。"
        case _:
            return ""


def _items(items: Mapping[str, Indicator]) -> str:
    return listed(f"{item.name}{number(item.points)}分" for item in items.values())


def _grades(rule: Grades) -> str:
    if rule.bands is None:
        return f"结果分为{listed(rule.names)}。"
    lines = [f"{number(rule.bands[name])}分以上为{name}" for name in rule.names if rule.bands.get(name)]
    lowest: Iterable[str] = [name for name in rule.names if rule.bands.get(name) == 0]
    told = f"{'，'.join(lines)}，其余为{listed(lowest)}。"
    return told + (f"{listed(rule.binding)}按得分确定，不得调高。" if rule.binding else "")


def _quota(rule: Quota) -> str:
    pools = {"category": "按人员类别分别", "department": "按科室分别", "supervising_leader": "按分管领导分别"}
    how = pools[rule.pools] + "计算，" if rule.pools else ""
    limits = [] if rule.at_most is None else [f"参加考核总人数的{percent(rule.at_most)}（小数舍去）"]
    limits += [] if rule.number is None else [f"下达的{rule.number}人"]
    limit = "和".join(limits) + ("中较少的一个" if len(limits) > 1 else "")
    limit += f"，但不少于{rule.least}人" if rule.least is not None else ""
    soft = "原则上" if rule.strength == "in_principle" else ""
    return f"{rule.grade}等次人数{how}{soft}不超过{limit}。"
