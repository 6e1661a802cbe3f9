"""Numbers and days as they are read out in Chinese."""

from __future__ import annotations

import errno
from datetime import UTC, datetime, timedelta, timezone
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
        return "约 " + decimal(
            Fraction(int(abs(scaled) + Fraction(1, 2)), 10**places) * (1 if fraction >= 0 else -1), places
        )
    text = decimal(fraction, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Fraction | int) -> str:
    """Write a number as it follows a Chinese word: set off by a space, unless it begins with 约."""
    text = number(value)
    return text if text.startswith("约") else f" {text}"


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


#: What the operating system says, as a clerk would be told.
_TROUBLES = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这里只能读，不能写",
    errno.ENOENT: "文件或文件夹不存在",
    errno.EEXIST: "同名的文件已经存在",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EMFILE: "打开的文件太多",
    errno.EIO: "读写设备出错",
    errno.EADDRINUSE: "地址已被占用",
}


def in_words(error: OSError) -> str:
    """Say in Chinese what went wrong with a file; the system's own words where there are none of ours."""
    return _TROUBLES.get(error.errno or 0) or error.strerror or str(error)


#: The one time of the offices that this is for.
BEIJING = timezone(timedelta(hours=8))


def moment(time: int) -> str:
    """Write a time, in seconds since 1970, as it is in China: 2026-04-02 10:00."""
    return datetime.fromtimestamp(time, UTC).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
