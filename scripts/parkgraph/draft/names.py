"""What a text calls by a name: organizations, projects, funds, platforms, documents, coined names, lists."""

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

    owner: the name printed right before it, as that of its owner.  why: the rule that found it.
    """

    text: str
    kind: str
    spans: tuple[Span, ...]
    why: Message
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Names in a row.  head: what they are together (企业).  size: the number that is printed with them."""

    span: Span
    head: str
    members: tuple[str, ...]
    open: bool
    size: int | None = None


_SUFFIXES = [(kind, words(f"names.ends.{kind}")) for kind in WORDS["names"]["ends"]]
_KINDS = tuple((kind, re.compile(f"(?:{suffix})$")) for kind, suffix in _SUFFIXES)
_ANY = re.compile("|".join(f"(?:{suffix})" for __, suffix in _SUFFIXES))
_SHORT = re.compile(f"(?:{words('names.short')})$")
_HEADS: dict[str, str] = {head: kind for kind, heads in WORDS["names"]["heads"].items() for head in heads}
_TYPED = "|".join(_HEADS)
_LIST_END = re.compile(
    rf"(?P<etc>等)?(?P<size>\d+|[两二三四五六七八九十]+)?(?:一批|一大批|众多)?(?:家|个|户)?"
    rf"(?:[^，。；;、“”等\d和与\n]{{0,12}}?)(?P<head>{_TYPED})(?!发展|家)"
)
_STOPS = re.compile(words("names.stop"))
_ACTS = "获评|获批|获得|入选|荣获|正式|与|“|将投资|投资|签约|总部|入驻|在"
_LONGER = re.compile("项目|有限|股份|公司|集团|基地|大学|医院|附属|管委会|级|化|类")
"""What makes a longer name of one that ends here: 研究中心 + 项目."""
_GENERIC = re.compile(f"(?:{words('names.generic')})*")


def names(
    article: Article, known: Iterable[str] = (), owners: Iterable[str] = ()
) -> tuple[list[Name], list[Listing]]:
    """The names and the lists of the report.  known: names the graph has; no verb is looked for inside one.

    owners: those of them that may own a project and be printed right before its name.
    """
    reading = _Reading(article, {one for one in known if len(one) > 1}, set(owners))
    for rule in (reading.documents, reading.listed, reading.parties, reading.quoted, reading.suffixed):
        rule()
    return reading.done()


class _Reading:
    def __init__(self, article: Article, known: set[str], owners: set[str]) -> None:
        self.article, self.known, self.owners = article, known, owners
        self.found: dict[str, Name] = {}
        self.lists: list[Listing] = []
        self.taken: list[Span] = []

    def _add(self, text: str, kind: str, why: Message, owner: str | None = None, row: bool = False) -> None:
        text = text.strip(" ，。；、" if kind == PROGRAMME else "“”，。；、 ")
        if not 2 <= len(text) <= 40 or not re.search(HAN, text):
            return
        if _GENERIC.fullmatch(_bare(text)) and not (row and kind == PLATFORM):
            return
        before = self.found.get(text, Name(text, kind, (), why, owner))
        self.found[text] = replace(before, owner=before.owner or owner)

    def _lines(self) -> Iterator[tuple[int, str]]:
        yield from ((line.start, self.article.text.part(line)) for line in self.article.lines)

    # --- rules ------------------------------------------------------------------

    def documents(self) -> None:
        """《…》: a document."""
        for start, line in self._lines():
            for title in re.finditer(r"《([^《》\n]{2,60})》", line):
                self._add(title[1], POLICY, _("a title between 《 and 》"))
                self.taken.append(Span(start + title.start(), start + title.end()))

    def listed(self) -> None:
        """A、B和C等N家企业: a list, whose members are what its last word says."""
        for start, line in self._lines():
            line = _masked(line)
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
                if kind == ENTERPRISE or (kind == PROJECT and of is None and _SHORT.search(item)):
                    of = ENTERPRISE
                if of or kind in (PROJECT, INSTITUTION, PLATFORM):
                    members.append(self._member(item, of or kind, found["head"]))
            if len(members) >= 2:
                whole, said = Span(start, start + found.end()), found["size"]
                size = (int(said) if said.isdecimal() else worth(said)) if said else None
                more = bool(found["etc"]) and size != len(members)
                self.lists.append(Listing(whole, found["head"], tuple(dict.fromkeys(members)), more, size))
                self.taken.append(Span(start + body.find(items[0]), start + len(body)))
            return

    def _items(self, body: str) -> list[str]:
        items = [one for one in body.split("、") if one] or [""]
        items[0] = self._after_stop(items[0])
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
        owner, name = self._owned(item)
        if owner and kind == PROJECT:
            self._add(owner, ENTERPRISE, _("the owner printed before a project"))
            self._add(name, kind, why, owner)
            return name.strip("“”")
        self._add(item, kind, why, row=True)
        return item.strip("“”")

    def _owned(self, item: str) -> tuple[str | None, str]:
        """An owner printed before the name of a project, and the rest."""
        enterprises = (one.text for one in self.found.values() if one.kind == ENTERPRISE)
        for name in sorted({*self.owners, *enterprises}, key=len, reverse=True):
            if item.startswith(name) and len(item) >= len(name) + 4:
                return name, item[len(name) :]
        return None, item

    def parties(self) -> None:
        """X签约, X获批, X入驻: whoever stands where a party stands."""
        for __, line in self._lines():
            for party in re.finditer(rf"(?:^|[，。；、\s])({HAN}{{2,12}}?)(?:{_ACTS})", _masked(line)):
                item = self._after_stop(party[1])
                kind = _kind_of(item) or (ENTERPRISE if _SHORT.search(item) else None)
                if kind in (ENTERPRISE, INSTITUTION) and len(item) >= 4:
                    self._add(item, kind, _("it stands where a party stands, and ends as such names do"))

    def quoted(self) -> None:
        """“…” with a word behind that says what it is, or with digits inside: a coined name."""
        for start, line in self._lines():
            for name in re.finditer(
                r"“([^“”，。；\n]{2,34})”(项目|工程|行动计划|计划|行动|基地|中心)?", line
            ):
                inner, tail, kind = name[1], name[2] or "", _kind_of(name[1])
                if kind or tail in ("项目", "基地", "中心"):
                    why = _("a name in quotation marks, and what kind it is")
                    run = self._after_stop(re.split(r"[，。；;：:、“”（(\s]", line[: name.start()])[-1])
                    owns = run in self.known or _SHORT.search(run) or _kind_of(run) == ENTERPRISE
                    self._add(inner, kind or PROJECT, why, run if owns else None)
                elif tail or re.search(r"\d", inner):
                    self._add(f"“{inner}”{tail}", PROGRAMME, _("a coined name in quotation marks"))
                else:
                    continue
                self.taken.append(Span(start + name.start(), start + name.end()))

    def suffixed(self) -> None:
        """What ends as names of its kind do, back to the verb or the punctuation before it."""
        for start, line in self._lines():
            line = _masked(line)
            for run in re.finditer(r"[^，。；;：:、“”《》\s！!？?\n●]+", line):
                at = 0
                while ending := _ANY.search(run[0], at):
                    at = ending.end()
                    if _LONGER.match(run[0], at) or re.search(r"等(?:\d+|[^，]{0,6}$)", run[0][:at]):
                        continue
                    name = self._after_stop(run[0][:at])
                    end = start + run.start() + at
                    kind = _kind_of(name)
                    if kind and not any(one.meets(Span(end - len(name), end)) for one in self.taken):
                        self._add(name, kind, _("it ends as names of its kind do"))

    def _after_stop(self, run: str) -> str:
        """What stands behind the last verb or particle of a run, unless that is part of a known name."""
        inside = [Span(run.find(name), run.find(name) + len(name)) for name in self.known if name in run]
        cut = 0
        for stop in _STOPS.finditer(run):
            if len(run) - stop.end() >= 2 and not any(one.contains(Span(*stop.span())) for one in inside):
                cut = stop.end()
        rest = run[cut:]
        joint = re.match(r"(.{3,})(?:和|与|以及)(.{3,})", rest)
        return joint[2] if joint and (_kind_of(joint[1]) or _SHORT.search(joint[1])) else rest

    # --- result -----------------------------------------------------------------

    def done(self) -> tuple[list[Name], list[Listing]]:
        """The names with their places; of one that lies only inside others, nothing."""
        for one in list(self.found.values()):
            owner, rest = self._owned(one.text) if one.kind in (PROJECT, PLATFORM) else (None, "")
            if owner and rest not in self.found:
                self.found[rest] = replace(self.found.pop(one.text), text=rest, owner=owner)
                for at, listing in enumerate(self.lists):
                    members = tuple(rest if member == one.text else member for member in listing.members)
                    self.lists[at] = replace(listing, members=members)
        result, covered = list[Name](), list[Span]()
        for text in sorted(self.found, key=lambda one: (-len(one), one)):
            places = [one for one in self.article.places(text) if not any(c.contains(one) for c in covered)]
            covered += places
            if places:
                result.append(replace(self.found[text], spans=tuple(places)))
        return sorted(result, key=lambda one: one.spans[0]), self.lists


def _kind_of(text: str) -> str | None:
    """The kind that the end of a name tells."""
    return next((kind for kind, pattern in _KINDS if pattern.search(text.strip("“”"))), None)


def _bare(text: str) -> str:
    """A name without the suffix that tells its kind."""
    ends = (found.start() for __, pattern in _KINDS if (found := pattern.search(text)))
    return text[: next(ends, len(text))]


def _masked(line: str) -> str:
    """The line without titles 《…》, its punctuation Chinese, its length the same."""
    line = re.sub(r",(?!\d{3})", "，", line).replace(";", "；").replace(":", "：").replace("!", "！")
    return re.sub(r"《[^》]*》", lambda found: "，" * len(found[0]), line)
