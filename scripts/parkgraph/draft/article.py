"""A text → the parts of an article: headline, date, publisher, people, sections. What is none is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from parkgraph.draft import HAN, words
from parkgraph.draft.periods import year_of
from parkgraph.errors import Unreadable
from parkgraph.evidence.numerals import numbers
from parkgraph.evidence.text import SourceText, Span, load
from parkgraph.messages import Message, _
from parkgraph.read.files import read_bytes

LONGEST = 60_000
"""Code points. An article has some thousands; a book is drafted chapter by chapter."""

_META = re.compile(words("article.meta"))
_PRESS = rf"({HAN}{{2,10}}?(?:{words('article.press')}))"
_PUBLISHER = (
    re.compile(r"来源\s*[:：]\s*([^\s:：,，/（）()]+?)(?=作者|发布|编辑|[\s,，/（）()]|$)", re.MULTILINE),
    re.compile(_PRESS),
)
_PERSON = re.compile(
    rf"(?P<role>记者|作者|通讯员|实习生|责任编辑|责编|编辑|审核|校对)[\s:：]*(?P<name>{HAN}{{2,3}})(?=[\s)）、摄/]|文[/／摄图]|通讯员|实习生|报道|$)",
    re.MULTILINE,
)
_HEADING = re.compile(r"^[●■◆▲\s]*(?:[一二三四五六七八九十]+、|\d{1,2}[.、．])?[^。；;！!？?]{2,24}$")


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its headings (none for the head and the body) and the stretch it covers.  slug: for IRIs."""

    slug: str
    headings: tuple[Span, ...]
    span: Span


@dataclass(frozen=True)
class Article:
    """What a text says of itself, None where it does not.  day: where the date stands.

    people: name → role and place.
    """

    text: SourceText
    headline: Span | None
    published: date | None
    day: Span | None
    time: str | None
    publisher: Span | None
    people: dict[str, tuple[str, Span]]
    parts: tuple[Part, ...]

    def places(self, phrase: str) -> list[Span]:
        """Where a phrase stands in the report."""
        return [one for one in self.text.find(phrase) if any(line.contains(one) for line in self.lines)]

    def lines_in(self, part: Part) -> list[Span]:
        """The lines of the report in a section: none of the head, of the credits, no headings."""
        if part.slug in ("head", "credits"):
            return []
        return [line for line in lines_of(self.text.text, part.span) if line not in part.headings]

    @cached_property
    def year(self) -> int:
        """The year that 全年 means where the paragraph gives none."""
        assert self.published
        head = self.parts[0].span if self.parts and self.parts[0].slug == "head" else Span(0, 0)
        return year_of(self.text.part(head), self.published)

    @cached_property
    def lines(self) -> list[Span]:
        """The lines of the whole report."""
        return [line for part in self.parts for line in self.lines_in(part)]


def lines_of(text: str, within: Span) -> Iterator[Span]:
    """The lines that hold anything, without the space around them."""
    for found in re.finditer(r"[^\n\r\u2028]+", text[within.start : within.end]):
        line = found[0].strip()
        if line:
            start = within.start + found.start() + found[0].index(line)
            yield Span(start, start + len(line))


def sentence_at(text: str, span: Span) -> Span:
    """The stretch around a place that no full stop, semicolon or end of a line cuts."""
    begin = max(text.rfind(mark, 0, span.start) for mark in "。；\n") + 1
    ends = [at for mark in "。；\n" if (at := text.find(mark, span.end)) >= 0]
    return Span(begin, min(ends, default=len(text)))


def read(text: SourceText) -> Article:
    """The parts of the text.  Raises Unreadable for what is no article in Chinese."""
    refuse(text)
    lines = list(lines_of(text.text, Span(0, len(text))))
    first = next(at for at, line in enumerate(lines) if _is_prose(text.part(line)))
    last = max(at for at, line in enumerate(lines) if _is_prose(text.part(line)))
    head = lines[:first]
    while head and _is_heading(text.part(head[-1])) and len(head) > 2 and head[-2] != _headline(text, head):
        first, head = first - 1, head[:-1]  # headings right above the first paragraph
    if first and head and _numbered(text.part(head[-1])):
        first, head = first - 1, head[:-1]
    headline = _headline(text, head)
    whole = text.text
    top = Span(0, lines[first].start if head else 0)
    published, day, time = _published(text, [*head, *lines[first : first + 1], *lines[last + 1 :]])
    publisher = _publisher(text, [top, Span(lines[last].end, len(text))])
    people: dict[str, tuple[str, Span]] = {}
    for found in _PERSON.finditer(whole):
        if not whole[found.end() :].startswith("摄"):
            role = "editor" if re.search("编|审|校", found["role"]) else "author"
            people.setdefault(found["name"], (role, Span(*found.span("name"))))
    parts = _parts(text, top.end, lines[first : last + 1], lines[last + 1 :])
    return Article(text, headline, published, day, time, publisher, people, parts)


def opened(path: str | Path) -> Article:
    """The article of a file.  Raises Unreadable as `load` and `read`, and for a PDF or an office document."""
    if read_bytes(path).startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(_BINARY, file=path, fix=_AS_TEXT)
    return read(load(path))


_BINARY = _("this is no text but a binary file under the name of one")
_AS_TEXT = _("save its text: pdftotext FILE.pdf, or copy it from the page")


def refuse(text: SourceText) -> None:
    """Raises Unreadable for a text that is no article in Chinese, with what it seems to be."""
    content = text.text
    said: Message | None = None
    fix = _("give the text of an article as UTF-8, as it was printed")
    han = len(re.findall(HAN, content[:20_000]))
    letters = sum(character.isalpha() for character in content[:20_000])
    rows = [line for line in content.splitlines() if line.strip()]
    table = sum(bool(re.search(r"\t|\S *[|｜] *\S|(?:[^,，]{1,12}[,，]){3}", row)) for row in rows)
    if "\x00" in content:
        said, fix = _BINARY, _AS_TEXT
    elif len(text) > LONGEST:
        said = _("the text has {n} characters; an article has {most} at most", n=len(text), most=LONGEST)
        fix = _("cut it into its articles, or draft it chapter by chapter")
    elif han < 0.5 * letters:
        said = _("this text is not in Chinese; the rules of the draft are those of Chinese newspapers")
        fix = _("describe it by hand: parkgraph new CLASS prints skeletons")
    elif table > 0.6 * len(rows) and not any(row.count("。") > 1 for row in rows):
        said = _("this looks like a table, not like an article")
        fix = _("a table has cells, not clauses: see park:TableCell in docs/model.md")
    elif not any(_is_prose(row.strip()) for row in rows):
        said = _("this does not read like an article: it has no paragraph of whole sentences")
    if said:
        raise Unreadable(said, file=text.name, fix=fix)


def _is_prose(line: str) -> bool:
    return len(line) > 24 and "。" in line


def _is_heading(line: str) -> bool:
    return bool(_HEADING.match(line)) and not _META.search(line) and bool(re.search(HAN, line))


def _numbered(line: str) -> bool:
    return bool(re.match(r"[●■◆▲]|[一二三四五六七八九十]+、|\d{1,2}[.、．]", line))


def _headline(text: SourceText, head: list[Span]) -> Span | None:
    named = [line for line in head if not _META.search(text.part(line)) and not _numbered(text.part(line))]
    long = (line for line in named if len(re.findall(HAN, text.part(line))) >= 8)
    return next(long, max(named, key=len, default=None))


def _published(text: SourceText, places: list[Span]) -> tuple[date | None, Span | None, str | None]:
    for place, number in ((at, number) for at in places for number in numbers(text.part(at))):
        day = number.date
        if day and day.year and day.month and day.day:
            at = Span(place.start + number.span.start, place.start + number.span.end)
            with suppress(ValueError):  # the 31st of June
                return date(day.year, day.month, day.day), at, day.time
    return None, None, None


def _publisher(text: SourceText, places: list[Span]) -> Span | None:
    found = (pattern.search(text.text, at.start, at.end) for pattern in _PUBLISHER for at in places)
    return next((Span(*one.span(1)) for one in found if one), None)


def _parts(text: SourceText, start: int, body: list[Span], tail: list[Span]) -> tuple[Part, ...]:
    """Head, the stretches under each heading, credits; headings in a row are one."""
    found = [Part("head", (), Span(0, start))] if start else []
    opened, number = start, 0
    headings: list[Span] = []
    filled = False
    end = tail[0].start if tail else len(text)
    for line in [*body, Span(end, end)]:
        if line.start < end and not _is_heading(text.part(line)):
            filled = True
        elif filled or line.start == end:
            slug = f"part-{number}" if headings else "body"
            found.append(Part(slug, tuple(headings), Span(opened, line.start)))
            number, opened, headings, filled = number + 1, line.start, [line], False
        else:
            if not headings:
                number, opened = number + 1, line.start if found else 0
            headings.append(line)
    found.append(Part("credits", (), Span(end, len(text))))
    return tuple(part for part in found if len(part.span))
