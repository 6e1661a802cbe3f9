"""Which clause a matter of the analysis rests on, where no rule of the scheme's could be cited.

Supervision, conduct and preference are left to people, so that no rule cites their clauses; the list of clauses says of
each what it is about (`topic`), and by that they are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pingshi.schemes import Book

Matter = Literal["analysis", "inspection", "conduct", "preference"]

#: What a clause's topic says of each matter, the closest words first.
_TOPICS: dict[Matter, tuple[str, ...]] = {
    "analysis": ("综合分析",),
    "inspection": ("督促检查", "监督检查"),
    "conduct": ("考核纪律", "监督检查"),
    "preference": ("优先",),
}


def clause_on(book: Book, matter: Matter) -> str | None:
    """Return the clause on a matter, or None where the document has none."""
    listed = book.clauses.clauses if book.clauses else {}
    for words in _TOPICS[matter]:
        for name, entry in listed.items():
            if words in entry.topic:
                return name
    return None


def of_material(book: Book, record: str) -> str | None:
    """Return the clause that orders a material, or None where none does."""
    return next((it.cite for it in book.scheme.materials if it.record == record), None)


def of_quota(book: Book) -> str | None:
    """Return the clause on the places of the best grade, or None where they are not limited."""
    return next((it.cite for it in book.scheme.quota if it.grade == book.scheme.grades.best), None)
