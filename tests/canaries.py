"""An office in which everything that is not public holds a text of its own, to be looked for in the built site.

    office, canaries = private_office("qufu-approval")

Everybody of the office has a part to play in 2026-Q1: one is graded 好, one each 较好, 一般 and 较差, one takes part
without a grade (where the scheme has that), one is assessed elsewhere (where it has that), one is a worker, one has
left, one joins later. Nothing in it is an error, so that everything that may be published is.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from office import LEADERS, Office

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMES = ("baishan-audit", "zhangdian-stats", "chaoyang-ecology", "qufu-approval", "city-drc")
GRADED = {"id-yihao": "好", "id-erjiao": "较好", "id-sanyi": "一般", "id-sicha": "较差"}
COMMENTED, ELSEWHERE, WORKER, LEFT, LATER = "id-wuping", "id-liuwai", "id-qigong", "id-bali", "id-jiuhou"
NAMES = {
    "id-yihao": "赵一鸣",
    "id-erjiao": "钱二虎",
    "id-sanyi": "孙三省",
    "id-sicha": "李四维",
    COMMENTED: "周五常",
    "zhou-min": "周敏",
    "liu-yang": "刘扬",
    "he-jun": "何军",
    "wu-gang": "吴刚",
    "qian-wei": "钱伟",
}
#: Whoever has no grade although he takes part, and whoever is assessed elsewhere, as each scheme has it.
WITHOUT_GRADE = {
    "baishan-audit": "{kind: leave, type: sick, from: 2026-01-05, to: 2026-03-31}",
    "zhangdian-stats": "{kind: discipline, measure: 记过, from: 2026-01-05, to: 2026-12-31, basis: %s}",
    "chaoyang-ecology": "{kind: leave, type: personal, from: 2026-01-05, to: 2026-03-31}",
    "qufu-approval": "{kind: discipline, measure: 记过, from: 2026-01-05, to: 2026-12-31, basis: %s}",
}
AWAY = {"baishan-audit": "aid", "zhangdian-stats": "secondment", "chaoyang-ecology": "secondment", "city-drc": "loan"}
#: Days and numbers that stand nowhere but in what is private.
PRIVATE_DAYS = (
    "2026-02-17",
    "2026-02-18",
    "2026-02-19",
    "2017-11-23",
    "2018-10-21",
    "2026-04-02",
    "2026-04-09",
    "2031-05-06",
)
SCORES = {"id-yihao": "93.4617", "id-erjiao": "81.3529", "id-sanyi": "67.2943", "id-sicha": "41.8361"}
MONTHS = ("2026-01", "2026-02", "2026-03")


class Canaries(dict[str, str]):
    """Texts that may be nowhere on the public site, each with what it was."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count(1)

    def new(self, what: str) -> str:
        """Return a text that stands nowhere else; no escaping changes it."""
        text = f"CANARY{next(self._numbers):03}X"
        self[text] = what
        return text


def takes_part(scheme: str) -> list[str]:
    """Return the names of all who take part."""
    return [NAMES[it] for it in (*GRADED, *([COMMENTED] if scheme in WITHOUT_GRADE else []))]


def private_office(scheme: str) -> tuple[Office, Canaries]:
    """Return the office and all texts that are private in it."""
    office, canaries = Office(scheme, staff=""), Canaries()
    _people(office, canaries)
    _facts(office, canaries)
    _materials(office, canaries)
    _ratings(office, canaries)
    _decisions(office, canaries)
    _aftermath(office, canaries)
    return office, canaries


def _everybody(office: Office) -> list[str]:
    some = [COMMENTED] if office.scheme in WITHOUT_GRADE else []
    return [*GRADED, *some, *([ELSEWHERE] if office.scheme in AWAY else [])]


def _people(office: Office, canaries: Canaries) -> None:
    def add(person: str, name: str, **given: str) -> None:
        texts = ("born", "political_status", "title", "level", "in_post_since", "work_since", "home_unit")
        more = {key: canaries.new(f"{key} of {person}") for key in texts}
        email, key = canaries.new("e-mail"), canaries.new("key")
        more["git"] = f'{{emails: ["{email}@office.example"], keys: ["ssh-ed25519 {key}"]}}'
        office.person(person, **{"name": name, "joined": "2017-11-23", "sex": "女"} | more | given)

    for person in LEADERS:
        add(person, NAMES[person], leader="true")
    for person in _everybody(office):
        add(person, NAMES.get(person) or canaries.new("somebody assessed elsewhere"))
    add(WORKER, canaries.new("a worker"), category="worker")
    add(LEFT, canaries.new("somebody who left"), left="2025-12-30")
    add(LATER, canaries.new("somebody who joins later"), joined="2026-04-20")
    unit = office.texts["unit.yml"]
    committer = f"{canaries.new('committer')}@forge.example"
    office.write(
        "unit.yml",
        unit
        + f"""
bodies: [{{name: 平时考核工作领导小组, head: zhou-min, deputies: [liu-yang], members: [qian-wei]}}]
trust: {{level: forge, committers: ["{committer}"]}}
calendar: {{holidays: [2031-05-06], workdays: [2031-05-07]}}
""",
    )


def _facts(office: Office, canaries: Canaries) -> None:
    new = canaries.new
    more = [
        f"kind: accountability, on: 2026-02-17, type: {new('accountability')}, basis: {new('basis')}",
        f"kind: admonition, on: 2026-02-18, reason: {new('admonition')}",
        f"kind: outstanding, on: 2026-02-19, what: {new('outstanding')}, basis: {new('basis')}",
        f"kind: misconduct, on: 2026-02-17, what: {new('misconduct')}, basis: {new('basis')}",
        f"kind: bonus, on: 2026-02-17, item: {new('bonus')}, points: 1.2345, basis: {new('basis')}",
        f"kind: penalty, on: 2026-02-17, item: {new('penalty')}, points: 1.2345, basis: {new('basis')}",
        f"kind: absent, period: 2025-Q3, reason: {new('absent')}, educated_on: 2026-02-18",
        f"kind: fraud, on: 2026-02-18, basis: {new('fraud')}",
        f"kind: merit, on: 2026-02-19, what: {new('merit')}, basis: {new('basis')}",
        f"kind: reward, on: 2026-02-19, what: {new('reward')}, basis: {new('basis')}",
    ]
    if office.scheme in WITHOUT_GRADE:
        first = WITHOUT_GRADE[office.scheme]
        office.facts(COMMENTED, (first % new("basis") if "%s" in first else first)[1:-1], *more)
    else:
        office.facts("id-sicha", *more)
    if office.scheme in AWAY:
        stint = f"kind: away, type: {AWAY[office.scheme]}, from: 2025-03-01, host: {new('host')}"
        office.facts(ELSEWHERE, stint)
        outside = f"unit: {new('host')}\nopinion: {new('opinion')}\ngrade: 好\nbasis: {new('basis')}\n"
        office.write(f"2026-Q1/outside/{ELSEWHERE}.yml", outside)


def _materials(office: Office, canaries: Canaries) -> None:
    new = canaries.new
    for person in _everybody(office):
        goal = f"{{id: z1, kind: key, content: {new('goal')}, standard: {new('goal')}, due: 2026-12-15}}"
        office.write(f"2026/goals/{person}.yml", f"goals: [{goal}]\n")
        public = office.scheme == "zhangdian-stats" and person != ELSEWHERE
        _summary(office, f"2026/summaries/{person}.yml", new)
        if public and person != "id-erjiao":
            item = f"{{task: {new('classified task')}, result: {new('classified result')}, classified: true}}"
            _summary(office, f"2026-Q1/summaries/{person}.yml", lambda what: f"公布的{what}", item)
        else:
            _summary(office, f"2026-Q1/summaries/{person}.yml", new, classified=public)
        for month in MONTHS:
            task = f"{{id: t1, ledger: plan, content: {new('task')}, due: {month}-20, standard: {new('standard')}}}"
            office.write(f"{month}/plans/{person}.yml", f"tasks: [{task}]\n")
            credit = {"id-yihao": "1", "id-erjiao": "0.8127", "id-sanyi": "0.6733"}.get(person, "0.4127")
            done = f"{{t1: {{result: late, credit: {credit}, evidence: {new('evidence')}}}}}"
            office.write(f"{month}/evaluations/{person}.yml", f"tasks: {done}\n")
            week = {"2026-01": "2026-W02", "2026-02": "2026-W07", "2026-03": "2026-W11"}[month]
            day = {"2026-01": "2026-01-05", "2026-02": "2026-02-09", "2026-03": "2026-03-09"}[month]
            entry = f"{{week: {week}, entries: [{{on: {day}, did: {new('log')}}}], major: {new('log')}}}"
            office.write(f"{month}/logs/{person}.yml", f"weeks: [{entry}]\n")
            report = f"done: [{new('report')}]\nundone: [{{task: {new('report')}, reason: {new('report')}}}]\n"
            office.write(f"{month}/reports/{person}.yml", f"{report}opinion: {new('opinion')}\n")
    for month in MONTHS:
        office.write(f"{month}/attendance.yml", "people: {id-sanyi: {late: 7, absent: 3, leave: 2}}\n")


def _summary(
    office: Office, path: str, text: Callable[[str], str], item: str = "", *, classified: bool = False
) -> None:
    keys = ("political", "discipline", "achievements", "shortcomings", "improvements")
    lines = [f"{key}: {text(f'summary {key}')}" for key in keys]
    work = f"{{task: {text('summary task')}, result: {text('summary result')}, classified: false}}"
    lines += [f"work: [{', '.join(it for it in (work, item) if it)}]", f"classified: {str(classified).lower()}"]
    office.write(path, "\n".join(lines) + "\n")


def _ratings(office: Office, canaries: Canaries) -> None:
    raters = {"zhou-min": "principal_leader", "liu-yang": "supervising_leader", "he-jun": "section_head"}
    for reviewer, role in raters.items():
        lines = [f"role: {role}", "people:"]
        for person in _everybody(office):
            if person == ELSEWHERE:
                continue
            grade = f", grade: {GRADED[person]}" if person in GRADED else ""
            words = f"comment: {canaries.new('comment')}, evidence: {canaries.new('evidence')}"
            lines.append(f"  {person}: {{total: {SCORES.get(person, '70.1234')}{grade}, {words}}}")
        office.write(f"2026-Q1/reviews/{reviewer}.yml", "\n".join(lines) + "\n")
    office.ballots({it: [score] for it, score in SCORES.items()})


def _decisions(office: Office, canaries: Canaries) -> None:
    new = canaries.new
    said = f"{{on: 2026-04-02, outcome: no_objection, except: {{id-sanyi: {new('except')}}}}}"
    more = f"consulted: {{discipline_inspection: {said}}}\nquota_reason: {new('quota_reason')}"
    grades = {it: f"{{grade: {grade}, reason: {new('reason')}}}" for it, grade in GRADED.items()}
    office.decide(grades, more=more)
    text = office.texts["2026-Q1/determination.yml"]
    office.write("2026-Q1/determination.yml", text.replace("2026年第6次局党组会议", new("meeting")))
    office.write(
        "2026-Q1/publicity.yml", "from: 2026-04-13\nto: 2026-04-17\ncontact: 综合科王科长\ntelephone: 0000-8899\n"
    )
    annual = "\n".join(f"  {it}: {{grade: 称职, reason: {new('annual reason')}}}" for it in GRADED)
    office.write(
        "2026/determination.yml", f"decided_on: 2027-01-15\nmeeting: {new('annual meeting')}\ngrades:\n{annual}\n"
    )


def _aftermath(office: Office, canaries: Canaries) -> None:
    new = canaries.new
    notes = []
    for person in _everybody(office)[:5]:
        words = ", ".join(f"{key}: {new(key)}" for key in ("praised", "shortcomings", "improve", "answer", "plan"))
        notes.append(f"- {{person: {person}, on: 2026-04-09, form: talk, kind: feedback, {words}}}\n")
    notes.append(f"- {{person: id-sanyi, on: 2026-04-09, form: talk, kind: reminder, plan: {new('plan')}}}\n")
    notes.append(f"- {{person: id-sicha, on: 2026-04-09, form: talk, kind: criticism, plan: {new('plan')}}}\n")
    office.write("2026-Q1/feedback/liu-yang.yml", "".join(notes))
    office.write("2026-Q1/objections/id-sicha.yml", f"raised_on: 2026-04-09\nsays: {new('objection')}\n")
    office.write("2026-Q1/replies/id-sicha.yml", f"replied_on: 2026-04-09\noutcome: upheld\nsays: {new('reply')}\n")
    office.write(
        "2026-Q1/spot_checks.yml", f"- {{on: 2026-02-17, by: qian-wei, person: id-sanyi, found: {new('spot check')}}}\n"
    )
    forms = ("scheme", "quarterly_roster", "reward_roster", "annual_summary", "annual_roster")
    filed = "".join(f"- {{form: {form}, to: {new('filing')}, on: 2026-04-09}}\n" for form in forms)
    office.write("2026-Q1/filings.yml", filed)
    office.write("2026/filings.yml", filed)
