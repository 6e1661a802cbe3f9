"""What the grading cases share: how they rate, change a scheme, and read results and problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from office import Office

RATERS = {"zhou-min": "principal_leader", "liu-yang": "supervising_leader"}


def rate(office: Office, totals: Mapping[str, object], period: str = "2026-Q1") -> Office:
    """Let both leaders and one ballot give the same total, so that it is the score in any weighting."""
    for reviewer, role in RATERS.items():
        office.review(reviewer, role, totals, period)
    lines = "".join(f"  {person}: [{total}]\n" for person, total in totals.items())
    return office.write(f"{period}/ballots.yml", f"counted_on: 2026-04-01\ncounted_by: [qian-wei]\ntotals:\n{lines}")


def amend(office: Office, old: str, new: str) -> Office:
    """Change one text of the scheme, which must stand in it exactly once."""
    path = f"schemes/{office.scheme}/scheme.yml"
    text = (office.files[path] or b"").decode()
    assert text.count(old) == 1, old
    office.files[path] = text.replace(old, new).encode()
    return office


def told(office: Office, *codes: str) -> str:
    """Return problems of these codes as `check` prints them, without the offending lines."""
    return "".join(as_text([it], lambda _: None) for it in office.problems(*codes))


def suggested(office: Office, period: str = "2026-Q1") -> dict[str, str | None]:
    """Return the suggestions for all who are graded."""
    people = office.grade(period).people.values()
    return {it.person: it.suggested for it in people if it.participation == "graded"}


def parts(office: Office, period: str = "2026-Q1") -> dict[str, str]:
    """Return what part everybody takes, leaders left out."""
    people = office.grade(period).people.values()
    return {it.person: it.participation for it in people if not it.steps[0].says.startswith("领导成员")}


SUMMARY = """
political: 坚持理论学习
work: [{task: 窗口受理, result: 按时办结, classified: false}]
discipline: 遵守纪律
achievements: 提速
shortcomings: 宣传不足
improvements: 加强宣传
classified: false
"""
FEEDBACK = "- {{person: {}, on: 2026-04-09, form: talk, kind: {}, praised: 扎实, shortcomings: 不细, improve: 更细}}\n"
MONTHS = ("2026-01", "2026-02", "2026-03")


def file_summaries(office: Office, *people: str) -> Office:
    """Let people file their summaries of 2026-Q1."""
    for person in people:
        office.write(f"2026-Q1/summaries/{person}.yml", SUMMARY)
    return office


def talk(office: Office, *notes: tuple[str, str]) -> Office:
    """Let liu-yang note talks: (person, kind)."""
    return office.write("2026-Q1/feedback/liu-yang.yml", "".join(FEEDBACK.format(*note) for note in notes))


def publish(office: Office, since: str = "2026-04-03", until: str = "2026-04-08") -> Office:
    """Make 2026-Q1 known."""
    return office.write("2026-Q1/publicity.yml", f"from: {since}\nto: {until}\ncontact: 办公室\ntelephone: 0000-1\n")


def table(office: Office, period: str = "2026-Q1") -> dict[str, tuple[str, str | None, str | None, str | None]]:
    """Return participation, score, suggestion and decision of everybody but the office's leaders."""
    people = office.grade(period).people.values()
    return {
        it.person: (it.participation, it.score.written if it.score else None, it.suggested, it.determined)
        for it in people
        if not it.steps[0].says.startswith("领导成员")
    }
