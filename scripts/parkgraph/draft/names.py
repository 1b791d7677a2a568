"""What a text calls by a name: organizations, projects, funds, platforms, documents, coined names, lists.

The grammar is data (`names` in words.toml): what ends a name and of which kind it is then, which verbs and
quantifiers stand before one, what makes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from parkgraph.draft import HAN, WORDS, words
from parkgraph.draft.article import Article
from parkgraph.evidence.numerals import worth
from parkgraph.evidence.text import Span
from parkgraph.messages import Message, _

ENTERPRISE, INSTITUTION, PROJECT = "Enterprise", "Organization", "Project"
FUND, PLATFORM, POLICY, PROGRAMME = "Fund", "Platform", "PolicyInstrument", "Programme"


@dataclass(frozen=True, slots=True)
class Name:
    """A name.  kind: local name of a class of the ontology.  spans: every place of it in the text.

    owner: the name printed right before it, as that of its owner.  why: the rule that found it.  alias: what
    the text calls it in short.
    """

    text: str
    kind: str
    spans: tuple[Span, ...]
    why: Message
    owner: str | None = None
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Names in a row.  head: what they are together (企业).  size: the number that is printed with them."""

    span: Span
    head: str
    members: tuple[str, ...]
    open: bool
    size: int | None = None


_PHASE = "(?:[一二三四五]期)?"
_SUFFIXES = [(kind, words(f"names.ends.{kind}").replace("{HAN}", HAN)) for kind in WORDS["names"]["ends"]]
_KINDS = tuple((kind, re.compile(f"(?:{suffix}){_PHASE}$")) for kind, suffix in _SUFFIXES)
ENDS = re.compile(f"(?:{'|'.join(suffix for __, suffix in _SUFFIXES)}){_PHASE}")
"""What a name may end with."""
_LONGER = re.compile(words("names.longer"))
_SHORT = re.compile(f"{HAN}{{2,7}}?(?:{words('names.short')})(?:[（(]{HAN}{{2,6}}[）)])?")
_HEADS: dict[str, str] = {head: kind for kind, heads in WORDS["names"]["heads"].items() for head in heads}
_LIST_END = re.compile(
    rf"(?P<etc>等)?(?P<size>\d+|[两二三四五六七八九十]+)?(?:一批|一大批|众多)?(?:家|个|户)?"
    rf"(?:[^，。；;、“”等\d和与\n]{{0,12}}?)(?P<head>{'|'.join(_HEADS)})(?!发展|家)"
)
_STOPS, _BEFORE = re.compile(words("names.stop")), re.compile(f"^(?:{words('names.before')})+")
_ACTS, _WITH = re.compile(words("names.acts")), re.compile(f"(?:{words('names.with')})$")
_FOUNDED = re.compile("(?:共建|成立|设立|组建|建成|建起|启用|打造|搭建)了?$")
_GOES_ON = rf"(?!{words('names.goes_on')})(?=.{{4}})"
_GENERIC, _TRADE = re.compile(f"(?:{words('names.generic')})*"), re.compile(words("names.trade"))
_TRADE_TOO = re.compile(f"(?:{words('names.trade_too')})$")
_INSIDE = re.compile(
    rf"{HAN}{{2,14}}?(?:大学|研究总?院|研究所|设计院|科学院|医院)(?=(?!科技园|城|生|产业){HAN}{{4}})"
)
_COUNT = r"(?:\d+|[一二两三四五六七八九十百]+|多|数|几)余?多?[个家项座条所处]"
_ALIAS = re.compile(r"[（(](?:以下|下)?(?:统|简)?称(?:为)?[:：]?\s*“?([^“”（）()]{2,14})”?[）)]")
_MARKS = re.compile(
    r"(?:(?:[▲△●○◆◇■□★☆◎※·•▶►—-]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]+、|[①-⑳]|"
    r"[（(][\d一二三四五六七八九十]+[）)]|【[^】]*】)\s*)+"
)
"""The mark of an item at the start of its line, and the bracketed state behind it."""
_PIECE = re.compile(
    r"(?:[^，。；;：:、“”《》\s！!？?\n▲△●○◆◇■□★☆◎※▶►【】｜|]|(?<=[\u3400-\u9fff])“[\u3400-\u9fffA-Za-z]{1,8}”(?=[\u3400-\u9fff]))+"
)


def names(
    article: Article, known: Iterable[str] = (), owners: Iterable[str] = ()
) -> tuple[list[Name], list[Listing]]:
    """The names and the lists of the report.  known: names the graph has; no verb is looked for inside one.

    owners: those of them that may own a project and be printed right before its name.
    """
    reading = _Reading(article, {one for one in known if len(one) > 1}, set(owners))
    for rule in (reading.documents, reading.quoted, reading.listed, reading.ended):
        rule()
    return reading.done()


class _Reading:
    def __init__(self, article: Article, known: set[str], owners: set[str]) -> None:
        self.article, self.known, self.owners = article, known, owners
        self.found: dict[str, Name] = {}
        self.lists: list[Listing] = []
        self.taken: list[Span] = []
        self.aliases: dict[int, str] = {}
        self.items_at = set[int]()  # where an item with a mark begins: with its name, owner and all
        self.whole = set[str]()  # names that are not split, or lie in others and count all the same

    def _add(self, text: str, kind: str, why: Message, owner: str | None = None, own: bool = False) -> None:
        """own: it has a name of its own for sure, however general its words are."""
        text = text.strip(" ，。；、" if kind == PROGRAMME else "“”，。；、 ")
        if not 2 <= len(text) <= 40 or not re.search(HAN, text) or text.count("“") != text.count("”"):
            return
        if kind == INSTITUTION:  # an office of the place, or one of a trade: 新材料研究院
            office = re.match("[省市县区](?!级|内)", text) and len(text) > 3
            own = own or bool(office or _TRADE.search(_bare(text)))
        own = own or bool(re.search("[一二三四五]期$", text) and len(text) > 5)
        if _GENERIC.fullmatch(_bare(text)) and not own:
            return
        before = self.found.get(text, Name(text, kind, (), why, owner))
        self.found[text] = replace(before, owner=before.owner or owner)

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Where each line starts, and it without titles and aliases, its punctuation Chinese."""
        for line in self.article.lines:
            text = re.sub(r",(?!\d{3})", "，", self.article.text.part(line)).translate(_WIDE)
            text = re.sub(r"《[^》]*》", lambda found: "，" * len(found[0]), text)
            if mark := _MARKS.match(text):
                text = "，" * mark.end() + text[mark.end() :]
                self.items_at.add(line.start + mark.end())
            for alias in _ALIAS.finditer(text):
                self.aliases[line.start + alias.start()] = alias[1]
            yield line.start, _ALIAS.sub(lambda found: "，" * len(found[0]), text)

    # --- rules ------------------------------------------------------------------

    def documents(self) -> None:
        """《…》: a document."""
        for line in self.article.lines:
            for title in re.finditer(r"《([^《》\n]{2,60})》", self.article.text.part(line)):
                self._add(title[1], POLICY, _("a title between 《 and 》"))

    def quoted(self) -> None:
        """“…” with a word behind that says what it is, or with digits inside: a coined name."""
        for start, line in self._lines():
            for name in re.finditer(
                r"“([^“”，。；\n]{2,34})”(项目|工程|行动计划|计划|行动|基地|中心|平台)?", line
            ):
                inner, tail, kind = name[1], name[2] or "", _kind_of(name[1])
                before = line[: name.start()]
                if not kind and not tail and (told := re.search("(?:平台|项目)$", before)):
                    kind = _kind_of(told[0])  # 工业互联网平台“…”
                if kind or tail in ("项目", "基地", "中心", "平台"):
                    why = _("a name in quotation marks, and what kind it is")
                    run = self._last(re.split(r"[，。；;：:、“”（(\s]", before)[-1])
                    owns = run in self.known or _SHORT.fullmatch(run) or _kind_of(run) == ENTERPRISE
                    self._add(inner, kind or PROJECT, why, run if owns else None)
                elif tail or (re.search(r"\d", inner) and not re.search(r"\d[个家天日年月%％]", inner)):
                    self._add(f"“{inner}”{tail}", PROGRAMME, _("a coined name in quotation marks"))
                else:
                    continue
                self.taken.append(Span(start + name.start(), start + name.end()))

    def listed(self) -> None:
        """A、B和C等N家企业: a list, whose members are what its last word says."""
        for start, line in self._lines():
            for piece in re.finditer(r"[^，。；：\n！]+", line):
                self._list(start + piece.start(), piece[0])

    def _list(self, start: int, piece: str) -> None:
        for end in re.finditer(r"等|(?:\d+|[两三四五六七八九十]+)(?=[个家户](?:项目|企业))", piece):
            if not (found := _LIST_END.match(piece, end.start())) or not (found["etc"] or found["size"]):
                continue
            body = piece[: end.start()]
            items = self._items(body)
            if len(items) < 2 and not found["etc"]:
                continue
            kind = _HEADS[found["head"]]
            members = []
            for item in items:
                of = _kind_of(item)
                if kind == ENTERPRISE or (kind == PROJECT and of is None and _SHORT.fullmatch(item)):
                    of = of if of in (INSTITUTION, FUND) else ENTERPRISE
                if of or kind in (PROJECT, INSTITUTION, PLATFORM):
                    members.append(self._member(item, of or kind, found["head"]))
            if len(members) >= 2:
                whole, said = Span(start, start + found.end()), found["size"]
                size = (int(said) if said.isdecimal() else worth(said)) if said else None
                more = bool(found["etc"]) and size != len(members)
                self.lists.append(Listing(whole, found["head"], tuple(dict.fromkeys(members)), more, size))
                at = [(start + body.find(one), len(one)) for one in items]
                self.taken += [Span(begin, begin + length) for begin, length in at]
            return

    def _items(self, body: str) -> list[str]:
        items = [one for one in body.split("、") if one] or [""]
        items = [self._last(one) if not at or len(one) > 16 else one for at, one in enumerate(items)]
        for joint in ("以及", "和", "与", "及"):
            head, __, tail = items[-1].rpartition(joint)
            if len(head) > 2 and len(tail) > 2:
                items[-1:] = [head, tail]
                break
        if len(items) == 1:
            return []
        return [one.strip(" \u3000") for one in items if 2 <= len(one.strip()) <= 34]

    def _member(self, item: str, kind: str, head: str) -> str:
        why = _("a member of a list of {head}", head=head)
        owner, name = self._owned(item, strict=False)
        if owner and kind in (PROJECT, PLATFORM):
            self._add(owner, ENTERPRISE, _("the owner printed before a project"))
            self._add(name, kind, why, owner)
            return name.strip("“”")
        self._add(item, kind, why, own=kind == PLATFORM)
        return item.strip("“”")

    def _owned(self, item: str, strict: bool = True) -> tuple[str | None, str]:
        """An owner printed before the name of a project, and the rest.

        strict: none in short, not met elsewhere, that ends as words of trades do too.
        """
        enterprises = [one.text for one in self.found.values() if one.kind == ENTERPRISE]
        for name in sorted({*self.owners, *enterprises}, key=len, reverse=True):
            if item.startswith(name) and len(item) >= len(name) + 4:
                return name, item[len(name) :]
        form = rf"((?:{HAN}|[（）()]){{2,18}}?(?:公司|集团))(?=.{{4}})"
        if told := re.match(f"{form}|{_SHORT.pattern}{_GOES_ON}", item):
            rest, met = item[told.end() :], any(one.startswith(told[0]) for one in enterprises)
            brand = _brand(told[0]) and (met or not (strict and _TRADE_TOO.search(told[0])))
            if (told[1] or brand) and not _GENERIC.fullmatch(_bare(rest)):
                return told[0], rest
        return None, item

    def ended(self) -> None:
        """What ends as names of its kind do, and enterprises in short that act, behind a verb or a mark."""
        why, acts = (
            _("it ends as names of its kind do"),
            _("it stands where a party stands, and ends as such names do"),
        )
        for start, line in self._lines():
            for piece in _PIECE.finditer(line):
                for segment, behind, ahead in self._joined(piece[0]):
                    at = start + piece.start() + segment.start
                    text = piece[0][segment.start : segment.end]
                    name, counted = self._ended(text)
                    end = at + text.find(name) + len(name) if name else at
                    short = _SHORT.match(text)
                    if name and not counted:
                        self._found(name, end, why, own=bool(_FOUNDED.search(behind)) and len(name) > 7)
                    if short and not (name and end < at + len(short[0]) + 4) and _brand(short[0]):
                        rest = text[short.end() :] or ahead
                        if _ACTS.match(rest) or (_WITH.search(behind) and not rest):
                            self._found(short[0], at + short.end(), acts, ENTERPRISE)

    def _found(self, name: str, end: int, why: Message, kind: str | None = None, own: bool = False) -> None:
        kind, span = kind or _kind_of(name), Span(end - len(name), end)
        if not kind or any(one.meets(span) for one in self.taken):
            return
        owner, rest = self._owned(name) if kind in (PROJECT, PLATFORM) else (None, name)
        if owner:
            self._add(owner, ENTERPRISE, _("the owner printed before a project"))
        if span.start in self.items_at:
            rest = name
            self.whole |= {name, owner or name}
        if kind == PROJECT and (inside := _INSIDE.match(name)):
            self._add(inside[0], INSTITUTION, why)
            self.whole.add(inside[0])
        self._add(rest, kind, why, owner, own)
        if (alias := self.aliases.get(end)) and rest in self.found:
            self.found[rest] = replace(self.found[rest], alias=alias)

    def _segments(self, run: str) -> Iterator[tuple[Span, str, str]]:
        """The stretches between verbs and particles, unless these are part of a known name; what is before
        each, and behind it.
        """
        inside = [Span(run.find(name), run.find(name) + len(name)) for name in self.known if name in run]
        at, behind = 0, ""
        for stop in [*_STOPS.finditer(run), None]:
            begin, end = stop.span() if stop else (len(run), len(run))
            if stop and any(one.contains(Span(begin, end)) for one in inside):
                continue
            if begin > at:
                yield Span(at, begin), behind, run[begin:]
            at, behind = end, run[begin:end]

    def _joined(self, run: str) -> Iterator[tuple[Span, str, str]]:
        """The segments, each of two names that 和 joins on its own."""
        for segment, behind, ahead in self._segments(run):
            text = run[segment.start : segment.end]
            joint = _JOINT.match(text)
            if joint and (_kind_of(joint[1]) or _SHORT.fullmatch(joint[1])):
                yield Span(segment.start, segment.start + joint.end(1)), behind, "和"
                yield Span(segment.start + joint.start(2), segment.end), "和", ahead
            else:
                yield segment, behind, ahead

    def _last(self, run: str) -> str:
        """What stands behind the last verb or particle of a run."""
        segments = [run[span.start : span.end] for span, *__ in self._joined(run)]
        last = next((one for one in reversed(segments) if len(one) > 1), run)
        return self._trimmed(last)

    def _trimmed(self, text: str) -> str:
        """A name without the quantifier before it."""
        return text if text in self.known else _BEFORE.sub("", text)

    def _ended(self, text: str) -> tuple[str, bool]:
        """The longest name a stretch begins with, and whether it is but a kind of things that are counted."""
        found = ""
        for ending in ENDS.finditer(text):
            if _LONGER.match(text, ending.end()):
                continue
            found = text[: ending.end()]
        name = self._trimmed(found)
        ahead = re.search(rf"{_COUNT}$", found[: len(found) - len(name)])
        return name, bool(ahead or re.match(_COUNT, text[len(found) :]))

    # --- result -----------------------------------------------------------------

    def done(self) -> tuple[list[Name], list[Listing]]:
        """The names with their places; of one that lies only inside others, nothing."""
        self._shortened()
        for one in list(self.found.values()):
            splits = one.kind in (PROJECT, PLATFORM) and not one.owner and one.text not in self.whole
            owner, rest = self._owned(one.text) if splits else (None, "")
            if owner and rest not in self.found:
                self.found[rest] = replace(self.found.pop(one.text), text=rest, owner=owner)
                for at, listing in enumerate(self.lists):
                    members = tuple(rest if member == one.text else member for member in listing.members)
                    self.lists[at] = replace(listing, members=members)
        result, covered = list[Name](), list[Span]()
        for text in sorted(self.found, key=lambda one: (-len(one), one)):
            every, own = self.article.places(text), text in self.whole
            places = [one for one in every if own or not any(c.contains(one) for c in covered)]
            covered += places
            if places:
                result.append(replace(self.found[text], spans=tuple(places)))
        return sorted(result, key=lambda one: one.spans[0]), self.lists

    def _shortened(self) -> None:
        """An enterprise in short whose whole name the text has too is an alias of that."""
        firms = [one for one in self.found.values() if one.kind == ENTERPRISE]
        for one in firms:
            longer = [other for other in firms if one.text != other.text and one.text in other.text]
            if (
                len(longer) == 1
                and longer[0].text.endswith(("公司", one.text))
                and _SHORT.fullmatch(one.text)
            ):
                del self.found[one.text]
                whole = longer[0].text
                self.found[whole] = replace(self.found[whole], alias=self.found[whole].alias or one.text)
                self.found = {
                    name: replace(other, owner=whole) if other.owner == one.text else other
                    for name, other in self.found.items()
                }


_JOINT = re.compile(r"(.{3,}?)(?:以及|和|及)(.{3,})")
_WIDE = str.maketrans(";:!?", "；：！？")


def _kind_of(text: str) -> str | None:
    """The kind that the end of a name tells."""
    return next((kind for kind, pattern in _KINDS if pattern.search(text.strip("“”"))), None)


def _bare(text: str) -> str:
    """A name without the suffix that tells its kind."""
    ends = (found.start() for __, pattern in _KINDS if (found := pattern.search(text)))
    return text[: next(ends, len(text))]


def _brand(name: str) -> bool:
    """Whether a name in short has a word of its own, and not that of a trade alone: 精细化工."""
    end = re.search(f"(?:{words('names.short')})(?:[（(].*)?$", name)
    return bool(end) and not _TRADE.search(name[: end.start() if end else 0])
