"""Literals: which are ill-typed by XML Schema, and how SPARQL's operators compare two of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

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
    if datatype not in ("date", "dateTime", "dateTimeStamp", "gMonthDay"):
        return True
    found = re.match(r"-?(\d*)-(\d\d)-(\d\d)", text)
    assert found
    year, month, day = int(found[1][-4:] or 2000), int(found[2]), int(found[3])  # the calendar repeats
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day <= (30 if month in (4, 6, 9, 11) else 31 if month != 2 else 29 if leap else 28)


# --- comparing: SPARQL 1.1, section 17.3, with XPath's operators behind it ----

_KIND = {
    name: kind
    for kind, names in {
        "exact": f"decimal {' '.join(_RANGES)}",
        "floating": "double float",
        "dateTime": "dateTime dateTimeStamp",
        "duration": "duration yearMonthDuration dayTimeDuration",
        "string": "string normalizedString token language Name NCName NMTOKEN",
        **{
            name: name
            for name in ["boolean", "date", "time", "gYear", "gYearMonth", "gMonth", "gDay", "gMonthDay"]
        },
    }.items()
    for name in names.split()
}
"""Datatype → the kind of its values; those of one kind can be compared, and numbers of both kinds."""


def compare(one: Term, other: Term) -> int | None:
    """-1, 0 or 1 as `one` is less than, equal to or greater than `other`.

    None where SPARQL cannot say: terms that are no literals, ill-typed ones, texts in a language, values of
    different kinds, NaN, and times with and without a zone that are too near each other.
    """
    kind, other_kind = _kind(one), _kind(other)
    if not isinstance(one, Literal) or not isinstance(other, Literal) or kind is None or other_kind is None:
        return None
    if kind == "exact" and other_kind == "floating":  # XPath 2.0, B.1: to the type of the other
        return _asked(Literal(one.value, datatype=other.datatype), other)
    if kind == "floating" and other_kind == "exact":
        return _asked(one, Literal(other.value, datatype=one.datatype))
    if kind != other_kind:
        return None
    if kind not in _OWN:
        return _asked(one, other)
    left, right = (_OWN[kind](term.value) for term in (one, other))
    return (left > right) - (left < right)


_OWN: dict[str, Callable[[str], Any]] = {
    "exact": Decimal,
    "string": str,
    "boolean": lambda text: text in ("true", "1"),
}
"""The kinds that Oxigraph does not compare, or not all values of."""


def _kind(term: Term) -> str | None:
    known = isinstance(term, Literal) and term.datatype.value.startswith(XSD) and well_formed(term)
    return _KIND.get(term.datatype.value.removeprefix(XSD)) if known else None  # type: ignore[union-attr]


@lru_cache(maxsize=100_000)
def _asked(one: Literal, other: Literal) -> int | None:
    """What Oxigraph says, but for 29 February as a day of any year, which it does not know."""
    if one.datatype.value == XSD + "gMonthDay":
        date = NamedNode(XSD + "date")
        one, other = (Literal("2000" + term.value[1:], datatype=date) for term in (one, other))
    asked = " ".join(f"({one} {sign} {other} AS ?n{number})" for number, sign in enumerate("<=>"))
    (row,) = _STORE.query(f"SELECT {asked} {{}}")  # type: ignore[misc]
    return next((n - 1 for n, holds in enumerate(row) if holds is not None and holds.value == "true"), None)


_STORE = Store()
