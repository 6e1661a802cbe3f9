"""The real schemes, changed in one place: what the linter and the loader say about it.

assert faults("qufu-approval", "at_most: 40%", "at_most: 140%") == ["scheme.yml:70 bad-value “at_most”：… → …"]
"""

from __future__ import annotations

from pathlib import Path

from pingshi.schemes import Book, lint, load_book

ROOT = Path(__file__).parent.parent
SCHEMES = ("baishan-audit", "zhangdian-stats", "chaoyang-ecology", "qufu-approval", "city-drc")


def read(scheme: str, file: str = "scheme.yml") -> str:
    """Return the text of a scheme's file."""
    return (ROOT / "schemes" / scheme / file).read_text(encoding="utf-8")


def changed(text: str, old: str, new: str) -> str:
    """Replace a text that stands there exactly once."""
    assert text.count(old) == 1, f"“{old}” stands there {text.count(old)} times"
    return text.replace(old, new)


def book_of(scheme: str) -> Book:
    """Load a scheme of the repository."""
    book, problems = load_book(scheme, read(scheme).encode(), read(scheme, "clauses.yml").encode())
    assert book is not None
    assert problems == []
    return book


def faults(scheme: str, *change: str, file: str = "scheme.yml") -> list[str]:
    """Change a file of a scheme (old, new, old, new …) and return everything that is said about it, in full."""
    texts = {name: read(scheme, name) for name in ("scheme.yml", "clauses.yml")}
    for old, new in zip(change[::2], change[1::2], strict=True):
        texts[file] = changed(texts[file], old, new)
    return faults_in(texts["scheme.yml"], texts["clauses.yml"], scheme)


def usable(scheme: str, *change: str, file: str = "scheme.yml") -> bool:
    """Change a file of a scheme that can still be read, and tell whether the linter lets people be graded by it."""
    texts = {name: read(scheme, name) for name in ("scheme.yml", "clauses.yml")}
    for old, new in zip(change[::2], change[1::2], strict=True):
        texts[file] = changed(texts[file], old, new)
    book, _ = load_book(scheme, texts["scheme.yml"].encode(), texts["clauses.yml"].encode())
    assert book is not None
    return lint(book)[1]


def faults_in(scheme: str | None, clauses: str | None, name: str = "trial") -> list[str]:
    """Load and lint a scheme's two texts; each problem as `file:line code message → hint`."""
    book, problems = load_book(
        name,
        None if scheme is None else scheme.encode(),
        None if clauses is None else clauses.encode(),
    )
    problems += [] if book is None else lint(book)[0]
    assert all(it.severity == "error" for it in problems)
    folder = f"schemes/{name}/"
    assert all(it.place.path.startswith(folder) for it in problems)
    return [f"{str(it.place).removeprefix(folder)} {it.code} {it.message} → {it.hint}" for it in problems]
