"""The periods a text speaks of, and how far each reaches: "last year" by the date of publication."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from parkgraph.draft import WORDS, words
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

    def year_before(self) -> Period:
        """The same period of the year before."""
        days = (one and one.replace(year=one.year - 1, day=min(one.day, 28) if one.month == 2 else one.day)
                for one in (self.start, self.end))  # fmt: skip
        return replace(self, start=next(days), end=next(days), inferred=True)


def _month(day: date | None, first: bool) -> str:
    if day is None:
        return ""
    whole = day.day == (1 if first else monthrange(day.year, day.month)[1])
    return f"{day:%Y-%m}" if whole else str(day)


_AWAY: dict[str, int] = WORDS["periods"]["away"]
_PATTERN = re.compile(
    WORDS["periods"]["forms"].replace("{N}", "[一二三四五六七八九十两]").replace("{AWAY}", "|".join(_AWAY)),
    re.VERBOSE,
)
_BASE, _AHEAD = re.compile(f"(?:{words('periods.base')})$"), re.compile(words("figures.aim"))
_FOUNDED, _EVENT = re.compile(f"(?:{words('periods.founded')})$"), re.compile(words("periods.event"))
_TOPIC = re.compile("(?:举行|举办|召开|发布|公布|通报|签约|签订|签署|开幕)|[后时中上]$")
_DAYTIMES = ("", "上午", "下午", "晚", "晚上", "当天", "中午", "凌晨", "这天")
_NAMED = re.compile(words("periods.named"))


def year_of(head: str, published: date) -> int:
    """The year that 全年 is of in an article: one its head names, in January and February the one before."""
    told = [int(one) for one in re.findall(r"(?<!\d)(20\d\d)年(?!\d{1,2}月\d)", head)]
    past = [one for one in told if one < published.year]
    return max(past) if past else published.year - (published.month < 3)


def periods(text: str, published: date, within: Span, year: int | None = None) -> list[Period]:
    """The periods named in a stretch of the text, in order; bases of comparison and years in names are left
    out.  year: what 全年 means where no period is given before it.
    """
    found: list[Period] = []
    for match in _PATTERN.finditer(text, within.start, within.end):
        before = text[max(within.start, match.start() - 8) : match.start()]
        clause = re.split("[，。；;！？]", text[match.end() : within.end], maxsplit=1)[0]
        open_ = match["now"] or match["next"]
        if not open_ and (_BASE.search(before) or clause.startswith(("同期", "可比"))):
            continue
        day_precise = match["dm"] or match["near_day"]
        relative = match["word"] or match["word2"]  # in no name
        if not (day_precise or open_ or relative) and _NAMED.match(clause):
            continue
        beginning = re.split("[。；;！？]", text[within.start : match.start()])[-1]
        ahead = bool(_AHEAD.search(beginning[-12:] + clause) or match[0].endswith("前"))
        if one := _read(match, published, found, until=bool(re.search("(?:截至|截止|至|到)$", before)),
                        ahead=ahead, year=year or published.year):  # fmt: skip
            counted = bool(re.search(r"\d", clause))
            event = _EVENT.search(clause) if beginning else _EVENT.match(clause)
            bound = bool(_FOUNDED.search(before) or (event and not counted))
            topic = clause in _DAYTIMES or bool(_TOPIC.search(clause))
            bare = (match["dm"] or match["month"]) and beginning and not counted and not topic
            bracket = text.rfind("（", within.start, match.start()) > text.rfind(
                "）", within.start, match.start()
            )
            if since := re.match("[份]?(?:以来|起)", clause):
                one = replace(one, end=published, reach="paragraph", inferred=True) if one.start else one
                topic, bare = True, bare and not since
            found.append(replace(one, reach="clause") if (bound and not topic) or bare or bracket else one)
    return found


def _read(
    match: re.Match[str], published: date, earlier: list[Period], *, until: bool, ahead: bool, year: int
) -> Period | None:
    """The period that words stand for.  earlier: those of the paragraph.  ahead: the clause tells a plan."""
    span, given = Span(*match.span()), match.groupdict()
    said = given["word"] or given["word2"]
    told = int(given["year"] or given["year2"] or 0)
    context = next((one for one in reversed(earlier) if one.kind == "given"), None)
    last = (context.end or context.start) if context else None
    inferred = not told
    told = told or published.year + _AWAY.get(said or "", 0)

    def months(first: int, final: int) -> Period:
        """Months of the year that is said; else of this year, or of the last where this lies ahead."""
        later = first > published.month or final > published.month + 2
        last_year = later and not (given["year"] or given["word"] or ahead)
        of = told - last_year
        end = date(of, final, monthrange(of, final)[1])
        return Period(span, date(of, first, 1), end, inferred=inferred)

    try:
        if given["plan"]:
            first = 2001 + 5 * worth(given["nth"])
            start = date(first + 4 if given["late"] else first, 1, 1)
            return Period(span, start, date(first + 4, 12, 31), inferred=True)
        if given["first"]:
            return Period(span, date(int(given["first"]), 1, 1), date(int(given["last"]), 12, 31))
        if given["since"] or given["so_far"] or given["early"]:
            start = date(int(given["since"] or told), int(given["since_m"] or 1), int(given["since_d"] or 1))
            return Period(span, start, published, inferred=True)
        if given["dm"]:
            day = date(told, int(given["dm"]), int(given["dd"]))
            if day > published and inferred and not (said or ahead):
                day = day.replace(year=told - 1)
            reach: Reach = "paragraph" if until else "sentence"
            return Period(span, None if until else day, day, inferred=inferred, reach=reach)
        if given["near_day"]:
            day = published - timedelta(days=1) if given["near_day"].startswith("昨") else last or published
            return Period(span, day, day, inferred=True, reach="sentence")
        if given["near_month"]:
            away = "上" in given["near_month"]
            day = (published.replace(day=1) - timedelta(days=1)) if away else published
            ended = given["near_month"].endswith(("末", "底"))
            first_day = None if ended or until else day.replace(day=1)
            end = day.replace(day=monthrange(day.year, day.month)[1])
            return Period(span, first_day, end, inferred=True, reach="paragraph" if ended else "sentence")
        if given["month"]:
            month = months(int(given["month"]), int(given["month"]))
            ended = until or match[0].endswith(("末", "底", "前"))
            return replace(month, start=None) if ended else replace(month, reach="sentence")
        if given["m1"]:
            return months(int(given["m1"]), int(given["m2"]))
        if many := given["until_m"]:
            return months(1, int(many) if many.isdecimal() else worth(many))
        if given["half"]:
            return months(*((1, 6) if given["half"] == "上半年" else (7, 12)))
        if given["quarters"]:
            final = 3 * worth(re.sub(r"[前个第季度]", "", given["quarters"]))
            return months(1 if given["quarters"].startswith("前") else final - 2, final)
        if given["same"]:
            of = last.year if last else published.year
            return Period(span, date(of, 1, 1), date(of, 12, 31), inferred=True, reach="sentence")
        if many := given["few"] or given["these"]:
            since = published.year - (int(many) if many.isdecimal() else worth(many))
            start = published.replace(year=since, day=min(published.day, 28))
            return Period(span, start, published, inferred=True)
        if given["recent"]:
            return Period(span, None, published, inferred=True)
        if given["now"] or given["until_now"]:
            return Period(span, None, published, "present", inferred=True)
        if given["next"]:
            return Period(span, published, None, "next", inferred=True)
        if given["whole"] or given["closing"]:
            of = last.year if last and given["whole"] != "年内" else published.year if ahead else year
            of = published.year if given["whole"] == "年底前" else of
            start_ = None if given["closing"] else date(of, 1, 1)
            return Period(span, start_, date(of, 12, 31), inferred=True)
        ended = (
            match[0].endswith(("底", "末")) and told <= published.year and (until or told < published.year)
        )
        holds: Reach = "clause" if match[0].endswith("初") else "paragraph"
        return Period(
            span, None if ended else date(told, 1, 1), date(told, 12, 31), inferred=inferred, reach=holds
        )
    except ValueError:
        return None  # the 31st of June


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
