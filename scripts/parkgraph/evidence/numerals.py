"""The numbers of a text: Arabic ones, dates, and Chinese numerals in counting use."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from parkgraph.evidence.text import SourceText, Span

Kind = Literal["figure", "date", "code", "ordinal", "ordinary"]
"""figure: counts or measures.  date: a day, month, year or span of them.  code: digits joined by "+".
ordinal: after 第.  ordinary: a numeral inside a word that does not count (一直, 进一步)."""


@dataclass(frozen=True, slots=True)
class DateParts:
    """What a printed date or period says; None where it says nothing.  time: HH:MM or HH:MM:SS."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_year: int | None = None
    last_month: int | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the text.

    span: without its unit.  values: what it may be worth: of 2000亿 both 2000 and 200,000,000,000.
    in_range: one end of a range such as 10—15.  reason: for an ordinary word, why it does not count.
    """

    span: Span
    printed: str
    kind: Kind
    values: tuple[Decimal, ...] = ()
    date: DateParts | None = None
    in_range: bool = False
    reason: dict[str, str] | None = None


def numbers(text: str) -> list[Number]:
    """Every number of the text, in its order; numerals inside ordinary words come with kind "ordinary"."""
    plain = text.translate(_HALF_WIDTH)
    words = _ordinary_places(text)
    found: list[Number] = []
    at = 0
    while start := _START.search(plain, at):
        at = start.start()
        match, read = _read_form(plain, at)
        whole = Span(*match.span())
        word = next((word for word in words if word[0].contains(whole)), None)
        if word and not plain[at].isdecimal():
            found.append(Number(whole, _cut(text, whole), "ordinary", reason=word[1]))
        else:
            found += [replace(number, printed=_cut(text, number.span)) for number in read(match)]
        at = whole.end
    return found


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _read_form(plain: str, at: int) -> tuple[re.Match[str], Callable[[re.Match[str]], list[Number]]]:
    for pattern, read in _FORMS:
        if match := pattern.match(plain, at):
            return match, read
    raise AssertionError(f"no form fits the numeral at {at}")


def cut_numbers(text: str) -> set[int]:
    """Offsets strictly inside a number: a passage that starts or ends at one cuts the number in two."""
    plain = text.translate(_HALF_WIDTH)
    runs = [match.span() for match in _UNBROKEN.finditer(plain)]
    runs += [(n.span.start, n.span.end) for n in numbers(text) if n.kind in ("figure", "ordinal")]
    return {offset for start, end in runs for offset in range(start + 1, end)}


def worth(numeral: str) -> int:
    """The value of a Chinese numeral: 二十一 is 21, 三百 300, 两万 20000; digits in a row count as digits."""
    if all(character in _DIGITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total = part = digit = 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _TENS:
            part += (digit or 1) * _TENS[character]
            digit = 0
        elif character == "万":
            total += (part + digit or 1) * _MYRIADS[character]
            part = digit = 0
        else:
            total = (total + part + digit or 1) * _MYRIADS[character]
            part = digit = 0
    return total + part + digit


# --- forms -------------------------------------------------------------------

_BY_VALUE = ("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")
_DIGITS = {sign: value for value, signs in enumerate(_BY_VALUE) for sign in signs}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

# Full-width forms stand for the half-width ones, one for one, so offsets stay.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９％．＋", "0123456789%.+")

_N = "[零〇一二三四五六七八九十百千万亿两]"
_D = "[零〇一二三四五六七八九]"
_DASH = r"(?:——|[—–\-~～至到])"
_NUM = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_START = re.compile(rf"\d|第(?={_N})|百分之(?={_N})|{_N}")
_UNBROKEN = re.compile(rf"\d+(?:\+\d+)+|{_NUM}(?:[%‰]?{_DASH}(?=\d){_NUM})?[%‰]?")


def _dated(match: re.Match[str]) -> list[Number]:
    """A date or period whose parts are the named groups of the pattern, in Arabic or Chinese numerals."""
    given = match.groupdict()
    parts = {name: _whole(value) for name, value in given.items() if value and name != "time"}
    return [Number(Span(*match.span()), match[0], "date", date=DateParts(**parts, time=given.get("time")))]


def _whole(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else worth(numeral)


def _one(match: re.Match[str], kind: Kind, *values: Decimal) -> list[Number]:
    return [Number(Span(*match.span()), match[0], kind, values)]


def _measured(match: re.Match[str]) -> list[Number]:
    """One Arabic number, or the two ends of a range, with the values its 万 or 亿 may add."""
    scale = 1
    for character in match["scale"] or "":
        scale *= _TENS.get(character) or _MYRIADS[character]
    ends = [name for name in ("low", "high") if match[name]]
    return [
        Number(Span(*match.span(name)), match[name], "figure", values, in_range=len(ends) == 2)
        for name in ends
        for value in [Decimal(match[name].rstrip("%‰").replace(",", ""))]
        for values in [(value, value * scale) if scale > 1 else (value,)]
    ]


def _counted(match: re.Match[str]) -> list[Number]:
    """A Chinese numeral; two small digits in a row may also be an estimate (三四个: three or four)."""
    values = [Decimal(worth(match["n"]))]
    if re.fullmatch(f"{_D}{{2}}", match["n"]):
        values += [Decimal(_DIGITS[character]) for character in match["n"]]
    return _one(match, "figure", *values)


def _ordinal(match: re.Match[str]) -> list[Number]:
    return _one(match, "ordinal", Decimal(worth(match["n"])))


def _fraction(match: re.Match[str]) -> list[Number]:
    """Of 百分之八 the 8, as it is written with a sign; of 三分之一 a third."""
    whole = match.groupdict().get("of")
    number = Decimal(worth(match["n"]))
    return _one(match, "figure", Decimal(worth(whole)) / number if whole else number)


_Y, _M = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})"
# The first form that fits at a place counts, so the longer ones stand before the shorter.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[Number]]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_Y}-{_M}-(?P<day>\d{{1,2}})(?:[ T](?P<time>\d{{1,2}}:\d\d(?::\d\d)?))?", _dated),
        (rf"(?:{_Y}年)?{_M}月(?P<day>\d{{1,2}})日", _dated),
        (rf"(?:{_Y}年)?{_M}月?{_DASH}(?P<last_month>\d{{1,2}})月", _dated),
        (rf"{_Y}年?{_DASH}(?P<last_year>\d{{4}})年", _dated),
        (rf"(?:{_Y}年)?{_M}月", _dated),
        (rf"{_Y}年", _dated),
        (r"\d+(?:\+\d+)+", lambda match: _one(match, "code")),
        (rf"(?P<low>{_NUM}[%‰]?){_DASH}(?P<high>{_NUM}[%‰]?)(?P<scale>[十百千万亿]*)", _measured),
        (rf"(?P<low>{_NUM}[%‰]?)(?P<high>)(?P<scale>[十百千万亿]*)", _measured),
        (rf"(?P<year>[一二]{_D}{{3}})年(?:(?P<month>{_N}{{1,2}})月(?:(?P<day>{_N}{{1,3}})日)?)?", _dated),
        (rf"(?P<month>{_N}{{1,2}})月(?P<day>{_N}{{1,3}})日", _dated),
        (rf"百分之(?P<n>{_N}+)", _fraction),
        (rf"(?P<n>{_N}+)分之(?P<of>{_N}+)", _fraction),
        (rf"第(?P<n>{_N}+)", _ordinal),
        (rf"(?P<n>{_N}+)", _counted),
    )
)


# --- ordinary words ----------------------------------------------------------


def _ordinary_places(text: str) -> list[tuple[Span, dict[str, str]]]:
    whole = SourceText("", text, "")
    return [(span, reason) for word, reason in _ordinary_words().items() for span in whole.find(word)]


@cache
def _ordinary_words() -> dict[str, dict[str, str]]:
    """Word → why its numeral does not count, from ordinary-numerals.yaml."""
    import yaml

    listed = yaml.safe_load(files(__package__).joinpath("ordinary-numerals.yaml").read_text("utf-8"))
    return {word: group["reason"] for group in listed for word in group["words"]}
