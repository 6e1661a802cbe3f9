"""Begin records in a small office, as `pingshi new` does, and read what was written.

form = begin(office, tmp_path, "reviews", period="2026-Q1", person="liu-yang")
form.path, form.text, form.body, form.faults
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from office import UNIT
from sites import save

from pingshi.layout import locate
from pingshi.records.loading import LISTS, MAPPINGS
from pingshi.source import load, load_list
from pingshi.starting import Words, new

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office

TODAY = "2026-02-11"


@dataclass(frozen=True)
class Form:
    """A file that `new` wrote or added to."""

    path: str
    text: str

    @property
    def lines(self) -> list[str]:
        """Its lines without comments of their own and blank lines."""
        return [line for line in self.text.splitlines() if line.strip() and not line.lstrip().startswith("#")]

    @property
    def body(self) -> str:
        """What stands below the heading."""
        return self.text.partition("\n\n")[2]

    @property
    def faults(self) -> set[str]:
        """The codes of what is wrong with it as it stands."""
        kind = locate(self.path).kind
        if kind in LISTS:
            return {it.code for it in load_list(self.path, self.text.encode(), LISTS[kind])[1]}
        return {it.code for it in load(self.path, self.text.encode(), MAPPINGS[kind])[1]}


def begin(office: Office, folder: Path, kind: str, *people: str, today: str = TODAY, **words: str) -> Form:
    """Write the office into a folder, begin a record there, and return it."""
    root = save(office, folder)
    said = Words(kind, words.get("period"), words.get("person"), words.get("role"), words.get("what"), people)
    done = new(root, office.snapshot().units[UNIT], said, date.fromisoformat(today))
    return Form(done.path, (root / done.path).read_bytes().decode())
