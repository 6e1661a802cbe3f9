"""Every case that a set of conditions can tell apart: what the linter tries them on.

The cases are built around the constants that the conditions themselves use: each number,
the points between and beyond, each word, each set of measures. So a condition that holds
for none of them holds for nobody.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations as subsets
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pingshi.schemes.expressions import Condition
    from pingshi.schemes.vocabulary import Vocabulary, Word

#: More cases than this are not tried: of conditions with so many words nobody can say that they never hold.
MOST_TRIED = 20_000


def combinations(
    vocabulary: Vocabulary, conditions: Sequence[Condition], more: Iterable[str] = ()
) -> Iterator[dict[str, Any]]:
    """Yield values for all names that the conditions use, in every combination that matters.

    `more` are further words that may stand where text stands (the scheme's own posts).
    """
    names = sorted({name for it in conditions for name in it.names})
    texts = [text for it in conditions for text in it.texts]
    every = [list(_samples(vocabulary[name], name, conditions, [*texts, *more])) for name in names]
    for index, values in enumerate(product(*every)):
        if index == MOST_TRIED:
            return
        yield dict(zip(names, values, strict=True))


def _samples(word: Word, name: str, conditions: Sequence[Condition], texts: Sequence[str]) -> Iterator[Any]:
    arguments = [given for it in conditions for called, given in it.calls if called == name]
    match word.kind:
        case "flag":
            yield from (False, True)
        case "text":
            yield from dict.fromkeys((*word.samples, *texts)) if word.open else word.samples
        case "number":
            yield from _around({*word.samples, *(number for it in conditions for number in it.numbers)}, word)
        case "months":
            limits = sorted({0, *(int(it) for given in arguments for it in given)})
            for length in (*limits, *(limit + 1 for limit in limits)):
                yield lambda months, length=length: length > months
        case "measures":
            each = list(dict.fromkeys(it for given in arguments for it in given))
            sets = [set[Any](), *({it} for it in each), *(set(two) for two in subsets(each, 2))]
            sets += [set(given) for given in arguments] + [set(each)]
            for held in sets:
                yield lambda *measures, held=held: bool(held.intersection(measures))
        case "count":
            for times in (0, 1, 2, 4):
                yield lambda *_, times=times: times


def _around(values: Iterable[Fraction | int], word: Word) -> list[Fraction | int]:
    """Return the values within the word's range, with the points between neighbours."""
    low, high = word.range
    known = sorted({it for it in values if low <= it <= high and not (word.whole and it.denominator > 1)})
    between = [] if word.whole else [(Fraction(a) + b) / 2 for a, b in pairwise(known)]
    return sorted({*known, *between})
