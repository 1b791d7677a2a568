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


_COUNTED, _MEASURED = words("figures.counted"), words("figures.measured")
_SCALED = r"(?P<more>多|余|几)?(?P<unit>[十百千万亿]*(?P<more2>多|余)?"
_UNIT = re.compile(rf"{_SCALED}(?:{_MEASURED}|{_COUNTED}))")
# Any other one or two characters behind Arabic digits are a unit too, unless they are no measure at all.
_OPEN_UNIT = re.compile(
    rf"{_SCALED}(?:{HAN}{{1,2}}(?:{words('figures.compound')})|(?!{words('figures.no_unit')}){HAN}))"
)
_BEFORE, _AFTER = (
    [(code, words(f"figures.{place}.{code}")) for code in WORDS["figures"][place]]
    for place in ("before", "after")
)
_LINK = r"(?:[了到至为达出共有成]|累计|合计)?"
_GROWTH = re.compile(f"(?:{words('figures.growth')})*(?:{words('figures.grows')})")
_AIM, _STOCK = re.compile(words("figures.aim")), re.compile(words("figures.stock"))
_INVEST, _OF_THING = re.compile(words("figures.investment")), re.compile(words("figures.of_thing"))
_ONCE_DONE, _MANY = re.compile(words("figures.once_done")), re.compile(r"项目|企业|公司|签约")
_NOUN_END = re.compile(words("figures.noun_end"))
_CLAUSE_END = re.compile(r"[，；;：:。！？!?\n\r]|,(?!\d{3})")
_COUNT_NOUN = re.compile(words("figures.count_noun"))
_LIMITS = re.compile("(?:及?以上|以下|以内|级)?的?[^，,；;。、]*$")
_QUANTIFIED = re.compile(rf"(?:{_COUNTED})$")
_LEAD = re.compile(
    rf"^{HAN}{{0,6}}?(?:高新区|经开区|开发区|新区|产业园|园区|保税区|综保区)(?=..)(?!(?:总|内)?[收产])|"
    rf"^(?:{words('figures.lead')})+(?=.)"
)
_WHOSE = re.compile(
    rf"^.*(?=(?:总|计划|预计|拟|协议|合同|概算)投资)|^{HAN}*?(?:{words('names.short')}|公司|集团|项目)拟?(?=投资)"
)
_TAIL = re.compile(f"(?:{words('figures.tail')})+$")
_VERBS = re.compile(f"(?:{words('figures.verbs')})*")
_SHOWN_VERB = re.compile("新?(?:增|引进|签约|开工|培育|建成|投产|竣工|认定|开通)(?:投产)?")
_FLOW = re.compile(words("figures.flow"))
_FORMERLY = re.compile("(?:以前|原来|过去|此前|原先|原)的?$")
_LAST_YEAR = re.compile("(?:去年|上年)同期的?(?:为|是)?$")
_JOINT = re.compile("[、和与]|(?<![惠普涉以])及(?!时|其)")


def figures(article: Article) -> list[Figure]:
    """The figures of the report, in its order."""
    assert article.published
    found: list[Figure] = []
    for part in article.parts:
        outlook = False
        for line in article.lines_in(part):
            reading = _Line(article.text.text, line, article.published, article.year, outlook)
            found += [one for one in reading.figures() if not _again(one, found, article.text.text)]
            outlook = outlook or any(one.kind == "next" for one in reading.periods)
    return found


def _again(one: Figure, before: list[Figure], text: str) -> bool:
    """Whether it is no figure but the beginning of a name that a figure gave: 2.5项审批窗口."""
    lead = text[one.clause.start : one.span.start].strip()
    named = len(lead) <= 3 and one.measure.start >= one.span.end and "、" not in one.measured
    alike = (other for other in before if (other.value, other.unit) == (one.value, one.unit))
    return named and any(one.value % 1 or other.measured[-2:] in one.measured for other in alike)


def figures_in(words: str) -> list[Figure]:
    """The figures of a few words, without a period."""
    return list(_Line(words, Span(0, len(words)), date.max, date.max.year, False).figures())


class _Line:
    """One line of the text, which is a paragraph."""

    def __init__(self, text: str, line: Span, published: date, year: int, outlook: bool) -> None:
        """outlook: an earlier line of the section says that what follows lies ahead."""
        self.text, self.line, self.published, self.outlook = text, line, published, outlook
        self.periods = periods(text, published, line, year)
        self.found: list[Figure] = []

    def figures(self) -> Iterator[Figure]:
        shift = self.line.start
        known = [one for one in numbers(self.text[shift : self.line.end]) if one.kind == "figure"]
        threshold: str | None = None
        while known:
            low = known.pop(0)
            high = known.pop(0) if low.in_range and known and known[0].in_range else None
            start, stop = shift + low.span.start, shift + (high or low).span.end
            printed = self._unit(low, high, stop)
            end = stop + (len(printed) if printed and printed[0] not in "%％‰" else 0)
            if not printed or not self._counts(low, start, end, printed):
                continue
            between = self.text[end : shift + known[0].span.start] if known else ""
            bounded = re.search("[超过逾上达]$", self.text[:start]) or re.match("及?以[上下内]|级", between)
            if (
                bounded
                and not _QUANTIFIED.search(printed)
                and _LIMITS.match(between)
                and _COUNT_NOUN.search(between)
            ):  # 超10亿元的企业31家
                threshold = self.text[start:end]
                continue
            self.found.append(self._figure(low, high, Span(start, end), printed, threshold))
            threshold = None
            yield self.found[-1]

    def _unit(self, low: Number, high: Number | None, at: int) -> str | None:
        """The unit behind a number as printed, with 多 or 余."""
        sign = (high or low).printed[-1]
        arabic = low.printed[0].isdecimal()
        found = _UNIT.match(self.text, at, self.line.end) or (
            _OPEN_UNIT.match(self.text, at, self.line.end) if arabic and sign.isdecimal() else None
        )
        return sign if sign in "%％‰" else "%" if low.printed.startswith("百分之") else found and found[0]

    def _counts(self, number: Number, start: int, end: int, unit: str) -> bool:
        """Whether the number is a figure: not a rank, not a name, not an ornament of the style."""
        before = self.text[max(self.line.start, start - 20) : start]
        if unit == "位" and re.search("[居列排名位升进跃][^，。；]*第$", before):  # a rank
            return True
        if re.search(r"(?:第|前|No\.|[+A-Za-z·]|这|该|上述|\d[点时:：])$", before) or self._quoted(start):
            return False
        if re.match(r"(?:个|项)?(?:方面|关键|层面|维度)", self.text[start + len(number.printed) : end + 4]):
            return False
        if number.printed[0].isdecimal() or number.printed.startswith("百分之"):
            return True
        return bool({*number.printed} - {*"一百千万亿"} and re.search(r"元|人|户|家|名|亩|吨", unit))

    def _quoted(self, at: int) -> bool:
        """Whether a place lies in quotation marks of a short name, or in a title."""
        head = self.text[self.line.start : at]
        for opening, closing in ("“”", "《》", "「」"):
            begin = head.rfind(opening)
            if begin > head.rfind(closing):
                close = self.text.find(closing, at, self.line.end)
                inner = self.text[self.line.start + begin : close] if close >= 0 else "。"
                if len(inner) < (60 if opening == "《" else 24) and not re.search("[，。！？]", inner):
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

    def _since(self, marks: str, at: int) -> int:
        """Where the stretch between such marks around a place begins."""
        ends = [found.end() for found in re.finditer(f"[{marks}]", self.text[self.line.start : at])]
        return self.line.start + (ends[-1] if ends else 0)

    def _figure(
        self, low: Number, high: Number | None, span: Span, printed: str, threshold: str | None
    ) -> Figure:
        clause = self._clause(span.start)
        before, after = self.text[clause.start : span.start], self.text[span.end : clause.end]
        unit = re.sub("[多余几]", "", printed.replace("％", "%"))
        qualifier, said = _qualifier(before, after, printed, high)
        why = [_("a number with the unit {unit}", unit=unit)]
        if said:
            why.append(_("“{word}” beside it: {qualifier}", word=said, qualifier=qualifier))
        measured, measure = self._measured(before, after, clause, span, unit)
        sentence = self.text[self._since("。！？!?", span.start) : span.start]
        period, reason = self._period(
            span, clause, _TAIL.sub("", before) if measured in before else f"{before} {measured}"
        )
        why.append(reason)
        kind: Kind = "Observation"
        ahead = bool(period and period.start and period.start > self.published)
        if _INVEST.search(measured) and not re.search(r"固定资产|完成|增长|增速", before + measured):
            kind = "PlannedAmount"
        elif ahead or self.outlook or _AIM.search(re.sub(r"“[^”]*”|《[^》]*》", "", sentence)):
            kind = "Target"
            why.append(_("something aimed at: a word such as 力争, 将, 到…年 governs it"))
        joint = bool(_QUANTIFIED.search(unit) and _JOINT.search(measured)) and bool(
            "、" not in measured or re.search(r"共|合计|总计", before)
        )
        if joint:
            why.append(_("several kinds counted together"))
        return Figure(
            span, clause, low.values[0], high.values[0] if high else None, unit, qualifier, period, kind,
            measured, measure, joint, threshold, tuple(why),
        )  # fmt: skip

    def _period(self, span: Span, clause: Span, of: str) -> tuple[Period | None, Message]:
        """The period in force at a place: in its clause, else the last that reaches it."""
        sentence, piece = self._since("。！？!?", span.start), self._since("。！？!?；;", span.start)
        earlier = [one for one in self.periods if one.span.start < span.start]
        inside = [one for one in earlier if one.span.start >= clause.start]
        last = self.found[-1] if self.found else None
        shifted = _LAST_YEAR.search(self.text[clause.start : span.start])
        many = (
            last
            and last.value > 1
            and last.span.start >= sentence
            and _QUANTIFIED.search(last.unit)
            and _MANY.search(last.measured)
        )
        since = max([piece, *(one.span.end for one in earlier if not one.inferred)])
        done = _ONCE_DONE.search(self.text, since, span.start)
        if inside and not shifted and not done:
            return inside[-1], _("the period stands in the same clause")
        if (
            done
            or _FORMERLY.search(self.text[clause.start : span.start])
            or (_OF_THING.search(of) and not many and not _FLOW.search(of))
        ):
            return None, _("a figure of the thing itself, for which no period is given")
        behind = [one for one in self.periods if span.end <= one.span.start < clause.end and not shifted]
        if behind and not any(one.span.start >= piece for one in earlier):
            return behind[0], _("the period stands in the same clause")
        stock = _STOCK.search(self.text[clause.start : span.start])

        reaching = [
            one
            for one in reversed(earlier)
            if one.reach == "paragraph" or (one.reach == "sentence" and one.span.start >= sentence)
        ]
        if not stock:  # what a period brought is not of the day at its end
            reaching.sort(key=lambda one: one.span.start < sentence and one.start is None)
        for one in reaching[:1]:
            one = one.year_before() if shifted and one.kind == "given" else one
            if one.span.start < sentence:
                return one, _("the period of an earlier sentence of the paragraph holds on")
            return one, _("the period stands before it in the sentence")
        return None, _("no period is given in the paragraph")

    def _measured(self, before: str, after: str, clause: Span, span: Span, unit: str) -> tuple[str, Span]:
        """What is measured, in the words of the text: before the number, else behind it, else as before."""
        last = self.found[-1] if self.found else None
        same = last if last and last.clause == clause else None
        begin = max([clause.start, *(one.span.end for one in self.periods if one.span.end <= span.start)])
        bare = _bare(self.text[max(begin, same.span.end if same else 0) : span.start])
        if not bare and begin > clause.start and not same:  # 财政收入由2015年的9.6亿元
            bare = _bare(re.split(r"由|从|在|截至", before)[0])
        bare = _WHOSE.sub("", bare)
        verb = bare if _VERBS.fullmatch(bare) else ""
        counted = bool(_QUANTIFIED.search(unit))
        noun = re.match(rf"(?>(?:以上|左右|以内|的|多|余)*)({HAN}[{HAN[1:-1]}“”A-Za-z0-9、和]*)", after)
        behind = noun and (_NOUN_END.split(noun[1])[0] if counted or after.startswith("的") else "")
        behind = behind and behind.rstrip("和、及")
        if same and not behind and not re.search(f"{HAN}{{2}}", bare):
            return same.measured, same.measure
        short = not bare or verb or (counted and (len(bare) < 4 or bare.endswith("等")))
        if noun and behind and len(behind) > 1 and short:
            lead = verb if _SHOWN_VERB.fullmatch(verb) and counted else ""
            start = span.end + noun.start(1)
            return lead + behind, Span(start, start + len(behind))
        grown = _GROWTH.search(bare)
        alone = (grown and grown.start() == 0 and grown.end() > len(bare) - 2) or bool(
            re.match("占(?!地)|[较比是]", bare)
        )
        sentence = self._since("。！？!?", span.start)
        if alone and last and last.span.start >= sentence:
            if "分别" in bare:  # 同比分别增长30%和12.6%: each of what stands before, in its order
                ends = [one for one in self.found if last.clause.end >= one.span.end >= sentence]
                of = [one for one in self.found if one.clause == clause]
                many = len(re.findall(r"[\d.]+[%％]", self.text[clause.start : clause.end]))
                last = (
                    ends[max(0, len(ends) - many) :][len(of) : len(of) + 1][0] if len(ends) >= many else last
                )
            return f"{_GROWTH.split(last.measured)[0]}{bare}", Span(clause.start, span.start)
        if verb or not bare:
            alike = [one for one in self.found if one.unit[-1] == unit[-1] and one.span.start >= sentence]
            alike = alike or [one for one in self.found[-1:] if one.clause.end < span.start]
            head = alike and re.search(f"{_COUNT_NOUN.pattern}", alike[-1].measured)
            if alike and verb and head and counted:
                return verb + head[0], Span(clause.start, span.start)
            if alike:
                return alike[-1].measured, alike[-1].measure
        return bare, Span(clause.start, span.start)


def _qualifier(before: str, after: str, printed: str, high: Number | None) -> tuple[str, str]:
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
    more = re.match("[十百千万亿]*([多余])", printed)
    return ("more-than", more[1]) if more else ("exactly", "")


def _bare(text: str) -> str:
    """What stands before a number, without qualifier and the verbs around the noun phrase."""
    text = re.sub(r"^[期间内以来，,、和及\s的]+|[\s“”]|（[^）]*）", "", text)
    text = re.sub(r"^.*、.*等(?=.{4})(?:一批)?|^.*、(?=(?:总|计划)?投资$)", "", text)
    shorter = _LEAD.sub("", _TAIL.sub("", text))
    while shorter != text:
        text, shorter = shorter, _LEAD.sub("", _TAIL.sub("", shorter))
    return text if len(text) < 13 else re.sub(r"^.*(?:的|为|拟)(?=..)", "", text)
