"""The periods a text speaks of, and how far each reaches: "last year" by the date of publication."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from parkgraph.evidence.numerals import worth
from parkgraph.evidence.text import Span

Reach = Literal["paragraph", "sentence", "clause"]


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end` (None: open).  span: the words.  inferred: its year or end is not printed.

    kind: given, present ("now"), next ("from now on").  reach: for how much of the text it holds.
    """

    span: Span
    start: date | None
    end: date | None
    kind: Literal["given", "present", "next"] = "given"
    inferred: bool = False
    reach: Reach = "paragraph"

    @property
    def key(self) -> str:
        """The period without its words: 2019, 2019-01..2019-06, ..2019-06-30; to compare it."""
        if self.kind != "given":
            return self.kind
        first, last = self.start, self.end
        if first and last and first == last:
            return str(first)
        if first and last and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return str(first.year) if first.year == last.year else f"{first.year}..{last.year}"
        return f"{_month(first, True)}..{_month(last, False)}"


def _month(day: date | None, first: bool) -> str:
    if day is None:
        return ""
    whole = day.day == (1 if first else monthrange(day.year, day.month)[1])
    return f"{day:%Y-%m}" if whole else str(day)


_N = "[一二三四五六七八九十两]"
_YEAR = r"(?:(?P<year>\d{4})年|(?P<word>今年|本年|去年|上年|前年|明年)(?!同期))"
_YEAR2 = _YEAR.replace("<year>", "<year2>").replace("<word>", "<word2>")
_PATTERN = re.compile(
    rf"""(?P<plan>[“"]?十(?P<nth>[一二三四五])五[”"]?(?:规划)?(?P<late>末|期末)?(?:期间|时期|以来)?)
    |(?P<first>\d{{4}})年?[—–\-~至到]+(?P<last>\d{{4}})年
    |自?(?P<since>\d{{4}})年[^，。,；;]{{0,8}}?以来
    |近(?P<few>{_N}|\d+)年(?:来|间)?|(?P<these>{_N})年来|(?P<recent>近年来|近几年来?)
    |{_YEAR}?的?(?:
        (?P<dm>\d{{1,2}})月(?P<dd>\d{{1,2}})日
        |(?P<m1>\d{{1,2}})月?(?:份)?[—–\-~至到]+(?P<m2>\d{{1,2}})月份?
        |(?P<half>上半年|下半年)
        |(?P<quarters>前[两二三]个?季度|第?[一二三四]季度)
        |(?P<month>\d{{1,2}})月(?:份|底|末|初|上旬|中旬|下旬)?)
    |年初(?P<early>以来)|{_YEAR2}(?P<so_far>年?以来|来(?!自))?(?:全年度?|度|底|末|初|年底)?
    |(?P<whole>全年|年内|年底前)
    |(?P<now>目前|当前|如今|迄今|截至目前|现有|现已|现拥有)
    |(?P<next>下一步|今后|未来|下一阶段|接下来)""",
    re.VERBOSE,
)
_BASE = re.compile(r"(?:比|较|是|与|同|为|相当于|相比)(?:上年|去年|前年|\d{4}年)?$")
_FOUNDED = re.compile(r"(?:成立|始建|设立|创建|组建|建立|获批|创办|预计|计划|拟|将)于$")
_EVENT = re.compile(r"[^，。；,;]{0,14}?(?:建成|投产|竣工|完工|开工|投用|投运|成立|建区|获批|揭牌|启用|并网)")


def periods(text: str, published: date, within: Span) -> list[Period]:
    """The periods named in a stretch of the text, in order; bases of comparison are left out."""
    found: list[Period] = []
    for match in _PATTERN.finditer(text, within.start, within.end):
        before = text[max(within.start, match.start() - 8) : match.start()]
        compared = _BASE.search(before) or text.startswith(("同期", "可比"), match.end())
        if compared and not match["now"] and not match["next"]:
            continue
        year = next((one.start.year for one in reversed(found) if one.start), published.year)
        if one := _read(match, published, year, before):
            expected = _FOUNDED.search(before) or (
                before[-2:] in ("预计", "计划") and _EVENT.match(text, match.end(), within.end)
            )
            found.append(replace(one, reach="clause") if expected else one)
    return found


def _read(match: re.Match[str], published: date, context: int, before: str) -> Period | None:
    span, given = Span(*match.span()), match.groupdict()
    word, year = given["word"] or given["word2"], int(given["year"] or given["year2"] or 0)
    inferred = not year
    year = year or published.year + _AWAY.get(word or "", 0)
    until = bool(re.search(r"(?:截至|截止|至|到)$", before))
    try:
        if given["plan"]:
            first = 2001 + 5 * worth(given["nth"])
            return Period(
                span,
                date(first + 4 if given["late"] else first, 1, 1),
                date(first + 4, 12, 31),
                inferred=True,
            )
        if given["first"]:
            return Period(span, date(int(given["first"]), 1, 1), date(int(given["last"]), 12, 31))
        if given["dm"]:
            day = date(year, int(given["dm"]), int(given["dd"]))
            reach: Reach = "paragraph" if until else "sentence"
            return Period(span, None if until else day, day, inferred=inferred, reach=reach)
        if given["month"]:
            month = _months(span, year, int(given["month"]), int(given["month"]), not given["year"])
            return replace(month, start=None) if until else replace(month, reach="sentence")
        if given["m1"]:
            return _months(span, year, int(given["m1"]), int(given["m2"]), inferred)
        if given["half"]:
            return _months(span, year, *((1, 6) if given["half"] == "上半年" else (7, 12)), inferred)
        if given["quarters"]:
            last = 3 * worth(re.sub(r"[前个第季度]", "", given["quarters"]))
            return _months(span, year, 1 if given["quarters"].startswith("前") else last - 2, last, inferred)
        if given["so_far"] or given["early"] or given["since"]:
            return Period(span, date(int(given["since"] or year), 1, 1), published, inferred=True)
        if many := given["few"] or given["these"]:
            since = published.year - (int(many) if many.isdecimal() else worth(many))
            return Period(
                span, published.replace(year=since, day=min(published.day, 28)), published, inferred=True
            )
        if given["recent"]:
            return Period(span, None, published, inferred=True)
        if given["now"]:
            return Period(span, None, published, "present", inferred=True)
        if given["next"]:
            return Period(span, published, None, "next", inferred=True)
        if given["whole"]:
            year = published.year if given["whole"] != "全年" else context
            return Period(span, date(year, 1, 1), date(year, 12, 31), inferred=True)
        ended = until and match[0].endswith(("底", "末")) and year <= published.year
        return Period(span, None if ended else date(year, 1, 1), date(year, 12, 31), inferred=inferred)
    except ValueError:
        return None  # the 31st of June


_AWAY = {"去年": -1, "上年": -1, "前年": -2, "明年": 1}


def _months(span: Span, year: int, first: int, last: int, inferred: bool) -> Period:
    end = date(year, last, monthrange(year, last)[1])
    return Period(span, date(year, first, 1), end, inferred=inferred)


# --- in words -----------------------------------------------------------------

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def period_words(period: Period, published: date) -> tuple[str, str, str]:
    """Chinese and English label and slug of a period, none of which depends on when one reads it."""
    first, last = period.start, period.end
    if period.kind == "present" or (first is None and last == published):
        return f"目前（{_zh(published)}）", f"at present ({_en(published)})", f"present-{published}"
    if first is None or last is None:
        assert last  # what lies ahead has no period of its own
        return f"截至{_zh(last)}", f"up to {_en(last)}", f"to-{last}"
    if first == last:
        return _zh(first), _en(first), str(first)
    key = period.key
    if re.fullmatch(r"\d{4}", key):
        return f"{key}年", key, key
    if found := re.fullmatch(r"(\d{4})\.\.(\d{4})", key):
        return f"{found[1]}—{found[2]}年", f"{found[1]} to {found[2]}", f"{found[1]}-to-{found[2]}"
    if found := re.fullmatch(r"(\d{4})-(\d\d)\.\.\1-(\d\d)", key):
        year, low, high = found[1], int(found[2]), int(found[3])
        if low == high:
            return f"{year}年{low}月", f"{_MONTHS[low - 1]} {year}", f"{year}-{found[2]}"
        months = f"{_MONTHS[low - 1]} to {_MONTHS[high - 1]} {year}"
        return f"{year}年{low}—{high}月", months, f"{year}-{found[2]}-to-{found[3]}"
    return f"{_zh(first)}至{_zh(last)}", f"{_en(first)} to {_en(last)}", f"{first}-to-{last}"


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _en(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
