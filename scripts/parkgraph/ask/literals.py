"""Values that are no entity: a year, a date, a number, a language or a text, from what a user typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode

from parkgraph.messages import Text
from parkgraph.names import XSD

LONGEST_TEXT = 1000

_YEAR = re.compile(r"\d{4}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBERS = {
    XSD + "integer": re.compile(r"[+-]?\d{1,18}", re.ASCII),
    XSD + "decimal": re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{1,18})?|\.\d{1,18})", re.ASCII),
    XSD + "double": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII),
}


class NotSuch(ValueError):
    """The text is no value of the kind; `message` says in both languages what is needed."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.message: Text = {"en": en, "zh": zh}


def literal(kind: str, datatype: str, text: str) -> Literal:
    """The literal of `kind` (year, date, number, language, text) that `text` writes.

    datatype: IRI, for a year or a number.  Full-width digits count as digits.  Raises NotSuch.
    """
    return _READERS[kind](datatype, text)


def _year(datatype: str, text: str) -> Literal:
    digits = normalize("NFKC", text).strip().removesuffix("年")
    if not _YEAR.fullmatch(digits):
        raise NotSuch("a year has four digits, as 2017", "年份为四位数字，如 2017")
    return Literal(digits, datatype=NamedNode(datatype))


def _date(datatype: str, text: str) -> Literal:
    from datetime import date

    written = normalize("NFKC", text).strip()
    try:
        if not _DATE.fullmatch(written):
            raise ValueError
        date.fromisoformat(written)
    except ValueError:
        raise NotSuch("a date is year-month-day, as 2018-06-15", "日期为 年-月-日，如 2018-06-15") from None
    return Literal(written, datatype=NamedNode(XSD + "date"))


def _number(datatype: str, text: str) -> Literal:
    written = normalize("NFKC", text).strip()
    if not _NUMBERS[datatype].fullmatch(written):
        if datatype == XSD + "integer":
            raise NotSuch("a whole number is needed, as 30", "需要整数，如 30")
        raise NotSuch("a number is needed, as 56 or 57.97", "需要数字，如 56 或 57.97")
    return Literal(written.removeprefix("+"), datatype=NamedNode(datatype))


def _language(datatype: str, text: str) -> Literal:
    if text not in ("zh", "en"):
        raise NotSuch("the languages are zh and en", "语言为 zh 或 en")
    return Literal(text)


def _text(datatype: str, text: str) -> Literal:
    # SPARQL lets an engine decode \u0022 before it reads the query, even inside a text and after another
    # backslash; rdflib does. So no backslash may come from outside.
    if "\\" in text:
        raise NotSuch("a text cannot hold a backslash", "文字中不能含反斜杠")
    if not all(char in "\n\t" or " " <= char <= "\ud7ff" or char >= "\ue000" for char in text):
        raise NotSuch("a text cannot hold control characters", "文字中不能含控制字符")
    if len(text) > LONGEST_TEXT:
        raise NotSuch(f"a text has at most {LONGEST_TEXT} characters", f"文字最多 {LONGEST_TEXT} 个字符")
    return Literal(text)


_READERS: dict[str, Callable[[str, str], Literal]] = {
    "year": _year,
    "date": _date,
    "number": _number,
    "language": _language,
    "text": _text,
}
