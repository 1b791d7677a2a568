"""The figures of a text: value, unit, qualifier, period, what is measured, joint totals, thresholds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from parkgraph.draft import HAN, WORDS, words
from parkgraph.draft.article import Article
from parkgraph.draft.periods import Period, periods
from parkgraph.evidence.numerals import Number, numbers
from parkgraph.evidence.text import Span
from parkgraph.messages import Message, _

Kind = Literal["Observation", "Target", "PlannedAmount"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    span: number and unit.  clause: the words between two commas around it.  high: the upper end of a range.
    unit: as printed, 亿元.  measured: what it is a figure of, in the words of the text; measure: their place.
    threshold: what the things counted reach, as printed.  why: the rules that made it.
    """

    span: Span
    clause: Span
    value: Decimal
    high: Decimal | None
    unit: str
    qualifier: str
    period: Period | None
    kind: Kind
    measured: str
    measure: Span
    joint: bool
    threshold: str | None
    why: tuple[Message, ...]


_COUNTED = words("figures.counted")
_UNIT = re.compile(
    rf"(?P<more>多|余)?(?P<unit>[十百千万亿]*(?P<more2>多|余)?(?:{words('figures.measured')}|{_COUNTED}))"
)
_BEFORE, _AFTER = (
    [(code, words(f"figures.{place}.{code}")) for code in WORDS["figures"][place]]
    for place in ("before", "after")
)
_LINK = r"(?:[了到至为达出共有成]|累计|合计)?"
_GROWTH = re.compile(f"(?:{words('figures.growth')})*(?:{words('figures.grows')})")
_AIM = re.compile(words("figures.aim"))
_INVEST = re.compile(words("figures.investment"))
_OF_THING = re.compile(words("figures.of_thing"))
_MANY = re.compile(r"项目|企业|公司|签约")
_NOUN_END = re.compile("已|正|被|将|集中|获|在|参加|签约入驻|落户|投产|开工")
_CLAUSE_END = re.compile(r"[，；;：:。！？!?\n\r]|,(?!\d{3})")
_SENTENCE_END = re.compile(r"[。！？!?\n\r]")
_COUNT_NOUN = re.compile(words("figures.count_noun"))
_LIMITS = re.compile("(?:及?以上|以下|以内|级)?的?[^，,；;。、]*$")
_QUANTIFIED = re.compile(rf"(?:{_COUNTED})$")


def figures(article: Article) -> list[Figure]:
    """The figures of the report, in its order."""
    assert article.published
    found: list[Figure] = []
    for part in article.parts:
        outlook = False
        for line in article.lines_in(part):
            reading = _Line(article.text.text, line, article.published, outlook)
            found += [one for one in reading.figures() if not _again(one, found, article.text.text)]
            outlook = outlook or any(one.kind == "next" for one in reading.periods)
    return found


def _again(one: Figure, before: list[Figure], text: str) -> bool:
    """Whether it is no figure but the beginning of a name that a figure gave: 2.5项审批窗口."""
    lead = text[one.clause.start : one.span.start].strip()
    named = len(lead) <= 3 and one.measure.start >= one.span.end and "、" not in one.measured
    return named and any((other.value, other.unit) == (one.value, one.unit) for other in before)


def figures_in(words: str) -> list[Figure]:
    """The figures of a few words, without a period."""
    return list(_Line(words, Span(0, len(words)), date.max, False).figures())


class _Line:
    """One line of the text, which is a paragraph."""

    def __init__(self, text: str, line: Span, published: date, outlook: bool) -> None:
        """outlook: an earlier line of the section says that what follows lies ahead."""
        self.text, self.line, self.published, self.outlook = text, line, published, outlook
        self.periods = periods(text, published, line)

    def figures(self) -> Iterator[Figure]:
        part = self.text[self.line.start : self.line.end]
        shift = self.line.start
        known = [one for one in numbers(part) if one.kind == "figure"]
        threshold: str | None = None
        last: Figure | None = None
        while known:
            low = known.pop(0)
            high = known.pop(0) if low.in_range and known and known[0].in_range else None
            start, stop = shift + low.span.start, shift + (high or low).span.end
            unit = _UNIT.match(self.text, stop, self.line.end)
            end = unit.end() if unit else stop
            if not (unit or re.search("[%％]", (high or low).printed)) or not self._counts(
                low, start, end, unit
            ):
                continue
            between = self.text[end : shift + known[0].span.start] if known else ""
            if _LIMITS.match(between) and _COUNT_NOUN.search(between):  # 超10亿元的企业31家
                threshold = self.text[start:end]
                continue
            last = self._figure(low, high, Span(start, end), unit, threshold, last)
            threshold = None
            yield last

    def _counts(self, number: Number, start: int, end: int, unit: re.Match[str] | None) -> bool:
        """Whether the number is a figure: not a rank, not a name, not an ornament of the style."""
        before = self.text[max(0, start - 10) : start]
        if before.endswith(("第", "前", "No.", "+", "这", "该", "上述")) or self._quoted(start):
            return False
        if re.match(r"(?:个|项)?(?:方面|关键|层面|维度)", self.text[start + len(number.printed) : end + 4]):
            return False
        if number.printed[0].isdecimal() or number.printed.startswith("百分之"):
            return True
        counted = set(number.printed) - set("一百千万亿")
        return bool(unit and counted and re.search(r"元|人|户|家|名|亩|吨", unit["unit"]))

    def _quoted(self, at: int) -> bool:
        """Whether a place lies in quotation marks of a short name, or in a title."""
        head = self.text[self.line.start : at]
        for opening, closing in ("“”", "《》", "「」"):
            begin = head.rfind(opening)
            if begin > head.rfind(closing):
                close = self.text.find(closing, at, self.line.end)
                if close >= 0 and close - (self.line.start + begin) < (60 if opening == "《" else 24):
                    return True
        return False

    def _clause(self, at: int) -> Span:
        """The stretch between two commas around a place."""
        start = self.line.start
        for match in _CLAUSE_END.finditer(self.text, self.line.start, self.line.end):
            if match.start() >= at:
                return Span(start, match.start())
            start = match.end()
        return Span(start, self.line.end)

    def _sentence(self, at: int) -> int:
        """Where the sentence around a place begins."""
        ends = [m.end() for m in _SENTENCE_END.finditer(self.text, self.line.start, at)]
        return ends[-1] if ends else self.line.start

    def _figure(
        self, low: Number, high: Number | None, span: Span, unit: re.Match[str] | None,
        threshold: str | None, last: Figure | None,
    ) -> Figure:  # fmt: skip
        clause = self._clause(span.start)
        before = self.text[clause.start : span.start]
        after = self.text[span.end : clause.end]
        printed = unit["unit"] if unit else "%"
        qualifier, said = _qualifier(before, after, unit, high)
        why = [_("a number with the unit {unit}", unit=printed)]
        if said:
            why.append(_("“{word}” beside it: {qualifier}", word=said, qualifier=qualifier))
        measured, measure = self._measured(before, after, clause, span, printed, last)
        sentence = self.text[self._sentence(span.start) : span.start]
        period, reason = self._period(span, clause, f"{before} {measured}", last)
        why.append(reason)
        kind: Kind = "Observation"
        ahead = bool(period and period.start and period.start > self.published)
        if _INVEST.search(measured) and not re.search(r"固定资产|完成|增长|增速", measured):
            kind = "PlannedAmount"
        elif ahead or self.outlook or _AIM.search(re.sub(r"“[^”]*”|《[^》]*》", "", sentence)):
            kind = "Target"
            why.append(_("something aimed at: a word such as 力争, 将, 到…年 governs it"))
        joint = bool(_QUANTIFIED.search(printed) and re.search(r"[、和及与]", measured)) and bool(
            "、" not in measured or re.search(r"共|合计|总计", before)
        )
        if joint:
            why.append(_("several kinds counted together"))
        return Figure(
            span, clause, low.values[0], high.values[0] if high else None,
            re.sub("[多余]", "", printed.replace("％", "%")), qualifier, period, kind, measured, measure,
            joint, threshold, tuple(why),
        )  # fmt: skip

    def _period(
        self, span: Span, clause: Span, of: str, last: Figure | None
    ) -> tuple[Period | None, Message]:
        """The period in force at a place: in its clause, else the last that reaches it."""
        sentence = self._sentence(span.start)
        inside = [one for one in self.periods if clause.start <= one.span.start < span.start]
        if inside:
            return inside[-1], _("the period stands in the same clause")
        many = last and _MANY.search(last.measured) and last.span.start >= sentence
        if _OF_THING.search(of) and not many:
            return None, _("a figure of the thing itself, for which no period is given")
        for one in reversed([one for one in self.periods if one.span.start < span.start]):
            if one.reach == "clause" or (one.reach == "sentence" and one.span.start < sentence):
                continue
            if one.span.start >= sentence:
                return one, _("the period stands before it in the sentence")
            return one, _("the period of an earlier sentence of the paragraph holds on")
        return None, _("no period is given in the paragraph")

    def _measured(
        self, before: str, after: str, clause: Span, span: Span, unit: str, last: Figure | None
    ) -> tuple[str, Span]:
        """What is measured, in the words of the text: before the number, else behind it, else as before."""
        same = last if last and last.clause == clause else None
        begin = max([clause.start, *(one.span.end for one in self.periods if one.span.end <= span.start)])
        bare = _bare(self.text[max(begin, same.span.end if same else 0) : span.start])
        if same and not re.search(f"{HAN}{{2}}", bare):
            return same.measured, same.measure
        grown = _GROWTH.search(bare)
        noun = re.match(rf"(?:以上|左右|以内|的|多|余)*({HAN}[{HAN[1:-1]}“”A-Za-z、和]*)", after)
        short = len(bare) < 5 or bare.endswith("等") or not _COUNT_NOUN.search(bare)
        if noun and short and _QUANTIFIED.search(unit):
            lead = bare if re.fullmatch(r"新?(?:增|引进|签约|开工|培育|建成)", bare) else ""
            start, text = span.end + noun.start(1), _NOUN_END.split(noun[1])[0] or noun[1]
            return lead + text, Span(start, start + len(text))
        alone = (grown and grown.start() == 0) or bare.startswith(("占", "较", "比", "是"))
        before_it = last and last.clause.end <= clause.start and last.span.start >= self._sentence(span.start)
        if alone and last and before_it:
            return f"{_GROWTH.split(last.measured)[0]}{bare}", Span(clause.start, span.start)
        if not bare and last and last.clause.end < span.start:
            return last.measured, last.measure
        return bare, Span(clause.start, span.start)


def _qualifier(before: str, after: str, unit: re.Match[str] | None, high: Number | None) -> tuple[str, str]:
    """The code of the qualifier and the word that says it."""
    if high:
        return "between", "—"
    tail = before.rstrip('“" ')
    for code, said in _BEFORE:
        if found := re.search(rf"({said}){_LINK}$", tail):
            return code, found[1]
    for code, said in _AFTER:
        if found := re.match(said, after):
            return code, found[0]
    more = unit and (unit["more"] or unit["more2"])
    return ("more-than", more) if more else ("exactly", "")


_LEAD = re.compile(
    rf"^{HAN}{{0,6}}?(?:高新区|经开区|开发区|新区|产业园|园区|保税区)(?=..)(?!(?:总|内)?[收产])|"
    rf"^(?:{words('figures.lead')})+"
)
_TAIL = re.compile(f"(?:{words('figures.tail')})+$")


def _bare(text: str) -> str:
    """What stands before a number, without qualifier and the verbs around the noun phrase."""
    text = re.sub(r"^[期间内以来，,、和及\s的]+|[\s“”]", "", text)
    text = re.sub(r"^.*、.*等(?=.{4})(?:一批)?", "", text)
    shorter = _LEAD.sub("", _TAIL.sub("", text))
    while shorter != text:
        text, shorter = shorter, _LEAD.sub("", _TAIL.sub("", shorter))
    return text
