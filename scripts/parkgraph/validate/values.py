"""Literals: which are ill-typed by XML Schema, and how SPARQL's operators compare two of them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from struct import error as StructError
from struct import pack, unpack
from typing import Any, NamedTuple

from pyoxigraph import Literal

from parkgraph.names import XSD
from parkgraph.read.turtle import Term

_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_FLOATING = r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)"
_NAME = r"[^\W\d][\w.\-\u00b7]*"

# XML Schema 1.1 part 2, sections 3.3 and 3.4: the lexical mapping of each datatype.
_FORMS = {
    "boolean": "true|false|1|0",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "double": _FLOATING,
    "float": _FLOATING,
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE[:-1]}",
    "time": _TIME + _ZONE,
    "gYear": _YEAR + _ZONE,
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "duration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    "yearMonthDuration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?",
    "dayTimeDuration": r"-?P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    "hexBinary": "(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]"
    r"|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?",
    "language": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^ \t\n\r]+(?: [^ \t\n\r]+)*)?",
    "Name": f"[:_]?{_NAME}|[:_]",
    "NCName": f"_?{_NAME}|_",
    "NMTOKEN": r"[\w.\-:\u00b7]+",
}
_WHOLE = re.compile(r"[+-]?[0-9]+")
_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_INTEGERS = {XSD + name: bounds for name, bounds in _RANGES.items()}


def well_formed(literal: Literal) -> bool:
    """Whether a literal's text is one of its datatype; true where the datatype is not XML Schema's."""
    datatype, text = literal.datatype.value, literal.value
    if datatype in _INTEGERS:
        return _WHOLE.fullmatch(text) is not None and _within(Decimal(text), _INTEGERS[datatype])
    name = datatype.removeprefix(XSD)
    if name not in _FORMS or name == datatype:
        return True
    return _pattern(name).fullmatch(text) is not None and _on_calendar(name, text)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_FORMS[name], re.ASCII if "\\w" not in _FORMS[name] else 0)


def _within(number: Decimal, bounds: tuple[int | None, int | None]) -> bool:
    least, most = bounds
    return (least is None or number >= least) and (most is None or number <= most)


def _on_calendar(datatype: str, text: str) -> bool:
    if datatype in ("date", "dateTime", "dateTimeStamp"):
        year, month, day = _date_parts(text)
        return day <= monthrange(year % 400 + 400, month)[1]  # the calendar repeats
    if datatype == "gMonthDay":
        return int(text[5:7]) <= monthrange(2000, int(text[2:4]))[1]
    return True


# --- comparing: SPARQL 1.1, section 17.3, with XPath's operators behind it ----


class _Moment(NamedTuple):
    """A point of time: seconds, and whether a zone was given; without one it may be 14 hours off."""

    seconds: Decimal
    zoned: bool


class _Duration(NamedTuple):
    months: int
    seconds: Decimal


def compare(one: Term, other: Term) -> int | None:
    """-1, 0 or 1 as `one` is less than, equal to or greater than `other`.

    None where SPARQL cannot say: terms that are no literals, ill-typed ones, texts in a language, values of
    different kinds, NaN, and times with and without a zone that are too near each other.
    """
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return None
    (kind, left), (other_kind, right) = _value(one), _value(other)
    if kind is None or kind != other_kind:
        return None
    if isinstance(left, _Moment):
        return _compare_moments(left, right)
    if isinstance(left, _Duration):
        return _compare_durations(left, right)
    if isinstance(left, float) != isinstance(right, float):  # XPath 2.0, B.1: to the type of the other
        alike = _Single if isinstance(left, _Single) or isinstance(right, _Single) else float
        left, right = alike(left), alike(right)
    return -1 if left < right else 1 if left > right else 0 if left == right else None


def _value(literal: Literal) -> tuple[str | None, Any]:
    if literal.language or not well_formed(literal):
        return None, None
    name = literal.datatype.value.removeprefix(XSD) if literal.datatype.value.startswith(XSD) else ""
    text = literal.value
    if name in _RANGES or name == "decimal":
        return "number", Decimal(text)
    kind = _KINDS.get(name)
    return (kind[0], kind[1](text)) if kind else (None, None)


class _Single(float):
    """A number in the precision of xsd:float."""

    def __new__(cls, written: str | Decimal) -> _Single:
        number = float(written)
        try:
            return float.__new__(cls, unpack("f", pack("f", number))[0])
        except (OverflowError, StructError):
            return float.__new__(cls, "inf" if number > 0 else "-inf")


def _compare_moments(one: _Moment, other: _Moment) -> int | None:
    if one.zoned == other.zoned:
        return (one.seconds > other.seconds) - (one.seconds < other.seconds)
    apart = one.seconds - other.seconds
    return None if abs(apart) <= 14 * 3600 else 1 if apart > 0 else -1


def _compare_durations(one: _Duration, other: _Duration) -> int | None:
    # A month has 28 to 31 days: it is less where it is less whatever the months are.
    months, seconds = one.months - other.months, one.seconds - other.seconds
    apart = [months * days * 86400 + seconds for days in ((28, 31) if abs(months) == 1 else (30, 31))]
    signs = {(number > 0) - (number < 0) for number in apart}
    return signs.pop() if len(signs) == 1 else None


def _date_parts(text: str) -> tuple[int, int, int]:
    found = re.match(r"(-?\d+)-(\d\d)-(\d\d)", text)
    assert found
    return int(found[1][-4000:]), int(found[2]), int(found[3])  # Python reads no longer numbers


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 in the Gregorian calendar, which has a year 0 here."""
    year -= month <= 2
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return year * 365 + year // 4 - year // 100 + year // 400 + of_year - 719468


def _moment(date: str, time: str, zone: str) -> _Moment:
    hours, minutes, seconds = time.split(":")
    of_day = int(hours) * 3600 + int(minutes) * 60 + Decimal(seconds)
    offset = 0
    if zone and zone != "Z":
        offset = (int(zone[1:3]) * 60 + int(zone[4:6])) * (-60 if zone[0] == "-" else 60)
    return _Moment(_days(*_date_parts(date)) * 86400 + of_day - offset, bool(zone))


def _timed(before: str, after: str = "") -> Callable[[str], _Moment]:
    """Reads a date, which `before` and `after` complete."""

    def read(text: str) -> _Moment:
        found = re.fullmatch(r"(.*?)(Z|[+-]\d\d:\d\d)?", text)
        assert found
        whole = before + found[1].lstrip("-" if before else "") + after
        date, __, of_day = whole.partition("T")
        return _moment(date, of_day or "00:00:00", found[2] or "")

    return read


def _duration(text: str) -> _Duration:
    numbers = {"M": Decimal(0), "Y": Decimal(0), "D": Decimal(0), "TH": Decimal(0), "TM": Decimal(0)}
    date, __, time = text.lstrip("-P").partition("T")
    numbers |= {unit: Decimal(number) for number, unit in re.findall(r"([\d.]+)([YMD])", date)}
    numbers |= {"T" + unit: Decimal(number) for number, unit in re.findall(r"([\d.]+)([HMS])", time)}
    sign = -1 if text.startswith("-") else 1
    seconds = ((numbers["D"] * 24 + numbers["TH"]) * 60 + numbers["TM"]) * 60 + numbers.get("TS", 0)
    return _Duration(sign * int(numbers["Y"] * 12 + numbers["M"]), sign * Decimal(seconds))


_KINDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "double": ("number", float),
    "float": ("number", _Single),
    "boolean": ("boolean", lambda text: text in ("true", "1")),
    "dateTime": ("dateTime", _timed("")),
    "dateTimeStamp": ("dateTime", _timed("")),
    "date": ("date", _timed("")),
    "time": ("time", _timed("2000-01-01T")),
    "gYear": ("gYear", _timed("", "-01-01")),
    "gYearMonth": ("gYearMonth", _timed("", "-01")),
    "gMonth": ("gMonth", _timed("2000-", "-01")),
    "gMonthDay": ("gMonthDay", _timed("2000-")),
    "gDay": ("gDay", _timed("2000-01-")),
    "duration": ("duration", _duration),
    "yearMonthDuration": ("duration", _duration),
    "dayTimeDuration": ("duration", _duration),
}
_KINDS |= {
    name: ("string", str)
    for name in ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")
}
