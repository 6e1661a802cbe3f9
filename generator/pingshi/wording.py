"""Numbers and days as they are read out in Chinese."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def number(value: Fraction | int, places: int = 2) -> str:
    """Write an exact number: all of its decimals where there are few, else rounded and marked 约."""
    fraction = Fraction(value)
    scaled = fraction * 10**places
    if scaled.denominator != 1:
        return "约" + decimal(
            Fraction(int(abs(scaled) + Fraction(1, 2)), 10**places) * (1 if fraction >= 0 else -1), places
        )
    text = decimal(fraction, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimal(value: Fraction, places: int) -> str:
    """Write a number that has at most so many decimals, with exactly that many."""
    scaled = value * 10**places
    digits = f"{abs(scaled.numerator):0{places + 1}}"
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def percent(value: Fraction) -> str:
    """Write a share in percent, to one decimal."""
    return f"{number(value * 100, 1)}%"


def day(value: date) -> str:
    """Write a day: 2026年10月9日."""
    return f"{value.year}年{value.month}月{value.day}日"


def listed(words: Iterable[str]) -> str:
    """Join words as Chinese lists do."""
    return "、".join(words)
