"""What is wrong in one unit and the schemes that bear on it, from where `check` gets it, and so mostly from memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.cli.progress import shown
from pingshi.cli.repository import several
from pingshi.evaluation import check_parts
from pingshi.layout import SCHEMES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from pingshi.evaluation import Source, Verdict


def checked(given: argparse.Namespace, files: Sequence[Source], wanted: Callable[[str], bool]) -> Verdict:
    """Check those of the chosen unit's files that are wanted, by all schemes; only wanted schemes are told of."""
    schemes = {it.path.split("/")[1] for it in files if it.path.startswith(f"{SCHEMES}/") and wanted(it.path)}
    near = [it for it in files if it.path.startswith(SCHEMES) or wanted(it.path)]
    with shown("检查") as progress:
        return check_parts(
            near,
            several=several(given),
            only=lambda it: it.name in schemes if it.top == SCHEMES else it.name == given.unit,
            progress=progress,
        )
