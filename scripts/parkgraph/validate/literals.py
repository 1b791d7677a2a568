"""Lexical forms: which literals are wrong by XML Schema, and which both engines surely treat alike."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime

from pyoxigraph import Literal

from parkgraph.names import XSD

_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_FLOATING = r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)"
_NAME = r"[^\W\d][\w.\-\u00b7]*"

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
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}==|(?:[A-Za-z0-9+/] ?){3}=)?",
    "language": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\s]+(?: [^\s]+)*)?",
    "Name": f"[:_]?{_NAME}|:",
    "NCName": f"_?{_NAME}|_",
    "NMTOKEN": r"[\w.\-:\u00b7]+",
}
_PATTERNS = {XSD + name: re.compile(form) for name, form in _FORMS.items()}
_WHOLE = re.compile(r"[+-]?\d+")
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
_MOST_DIGITS = 4000  # Python refuses to read longer numbers


def well_formed(literal: Literal) -> bool:
    """Whether a literal's text is one of its datatype; true where the datatype is not XML Schema's."""
    datatype, text = literal.datatype.value, literal.value
    if datatype in _INTEGERS:
        return _WHOLE.fullmatch(text) is not None and _within(text, _INTEGERS[datatype])
    pattern = _PATTERNS.get(datatype)
    if pattern is None:
        return True
    return pattern.fullmatch(text) is not None and _on_calendar(datatype, text)


def _within(text: str, bounds: tuple[int | None, int | None]) -> bool:
    least, most = bounds
    if least is None and most is None:
        return True
    if len(text) > _MOST_DIGITS:
        return False
    number = int(text)
    return (least is None or number >= least) and (most is None or number <= most)


def _on_calendar(datatype: str, text: str) -> bool:
    found = re.match(r"(-?\d{4,})-(\d\d)-(\d\d)", text)
    if found and datatype.removeprefix(XSD) in ("date", "dateTime", "dateTimeStamp"):
        year = int(found[1][:_MOST_DIGITS]) % 400 + 400  # the calendar repeats
        return int(found[3]) <= monthrange(year, int(found[2]))[1]
    if datatype == XSD + "gMonthDay":
        return int(text[5:7]) <= monthrange(2000, int(text[2:4]))[1]
    return True


_PLAIN_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)")
_PLAIN_DOUBLE = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})(?:[eE][+-]?\d)?")
_PLAIN_DATE = re.compile(r"(?!0000)\d{4}-\d\d-\d\d")
_PLAIN_DATETIME = re.compile(
    r"(?!0000)\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?"
)


def family(literal: Literal) -> str | None:
    """numeric, date, dateTime or string for a literal that both engines compare alike with its own family.

    None for any other: each engine has rules of its own for the unusual ones.
    """
    if literal.language:
        return None
    datatype, text = literal.datatype.value.removeprefix(XSD), literal.value
    if datatype == "string":
        return "string"
    if datatype in _RANGES:
        return "numeric" if len(text) <= 15 and well_formed(literal) else None
    if datatype == "decimal":
        return "numeric" if len(text) <= 15 and _PLAIN_DECIMAL.fullmatch(text) else None
    if datatype in ("double", "float"):
        return "numeric" if _PLAIN_DOUBLE.fullmatch(text) else None
    if datatype == "date" and _PLAIN_DATE.fullmatch(text) and well_formed(literal):
        return "date"
    if datatype == "dateTime" and _PLAIN_DATETIME.fullmatch(text) and _is_moment(text):
        return "dateTime"
    return None


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


_ALIKE = {
    "integer": re.compile(r"\S*"),
    "long": re.compile(r"[+-]?\d{1,15}|.*[A-Za-z].*"),
    "decimal": re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?|(?!.*[eEnN]).*[A-Za-z].*"),
    "double": re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?(?:[eE][+-]?\d)?|NaN|-?INF|(?!.*[eEnN]).*[A-Za-z].*"),
    "date": re.compile(r"(?!0000)\d{4}-\d\d-\d\d(?:Z|[+-]0\d:00)?|(?!.*[TW]).*[A-Za-z\u4e00-\u9fff].*"),
    "dateTime": re.compile(
        r"(?!0000)\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]0\d:00)?"
        r"|(?!.*[TW]).*[A-Za-z\u4e00-\u9fff].*"
    ),
    "time": re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ?"),
    "duration": re.compile(r"-?P\d+[YMD]"),
    "hexBinary": re.compile(r"(?:[0-9A-Fa-f]{2})+"),
    "base64Binary": re.compile(r"(?:[A-Za-z0-9+/]{4})+"),
}
_DIFFERENT = ("normalizedString", "token")


def judged_alike(literal: Literal) -> bool:
    """Whether both engines say the same of a literal under sh:datatype with its own datatype."""
    datatype = literal.datatype.value.removeprefix(XSD)
    if datatype in _DIFFERENT:
        return False
    pattern = _ALIKE.get(datatype)
    return pattern is None or pattern.fullmatch(literal.value) is not None
