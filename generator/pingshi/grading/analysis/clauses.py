"""Which clause a matter of the analysis rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pingshi.schemes import Book


def clause_on(book: Book, matter: str) -> str | None:
    """Return the clause under which the scheme has a matter looked into, or None where it says nothing of it."""
    return next((it.cite for it in book.scheme.supervision if it.matter == matter), None)


def of_material(book: Book, record: str) -> str | None:
    """Return the clause that orders a material, or None where none does."""
    return next((it.cite for it in book.scheme.materials if it.record == record), None)


def of_quota(book: Book) -> str | None:
    """Return the clause on the places of the best grade, or None where they are not limited."""
    return next((it.cite for it in book.scheme.quota if it.grade == book.scheme.grades.best), None)
