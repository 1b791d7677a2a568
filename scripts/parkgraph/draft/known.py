"""Things the graph knows: where a text mentions them, and which are nearest to a new name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.labels import folded, nearest
from parkgraph.draft import HAN, WORDS, words
from parkgraph.draft.periods import Period
from parkgraph.errors import Usage
from parkgraph.evidence.text import SourceText, Span
from parkgraph.graph.documents import LABELS, Graph
from parkgraph.messages import Message, _
from parkgraph.names import PARK, SKOS, expand, shorten
from parkgraph.read.turtle import Term

_KINDS = ("Organization", "Person", "Place", "Project", "Fund", "Industry", "PolicyInstrument", "Programme",
          "Platform", "TalentProgramme", "Event")  # fmt: skip
# An industry right behind another word is a narrower one (稀土新材料), unless the word is a verb or particle.
_INSIDE = re.compile(rf"{HAN}$" + "".join(f"(?<!{word})" for word in WORDS["names"]["before_industry"]))
_TRADE = re.compile("产业|行业|领域|业|、|等")  # 金融 alone is a word as others
_OF_PARK = [NamedNode(PARK + name) for name in ("ofPark", "locatedIn", "areaOf")]


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing of the graph and where the text calls it by its name."""

    thing: NamedNode
    name: str
    spans: tuple[Span, ...]


class Thing(NamedTuple):
    """Short name of a thing, and its labels."""

    short: str
    zh: str
    en: str

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.short.partition(":")[2]


class Known:
    """The named things of a graph, and its names in short."""

    def __init__(self, graph: Graph, prefixes: Mapping[str, str] | None = None) -> None:
        self.graph, self.prefixes = graph, prefixes or {}
        self.kinds = {thing: kind for kind in _KINDS for thing in graph.instances(NamedNode(PARK + kind))}
        self.labels: dict[str, list[NamedNode]] = {}
        self.aliases: dict[str, list[NamedNode]] = {}
        for thing in self.kinds:
            for names, predicates in ((self.labels, LABELS), (self.aliases, (NamedNode(SKOS + "altLabel"),))):
                for value in (one for predicate in predicates for one in graph.objects(thing, predicate)):
                    if isinstance(value, Literal) and value.language == "zh" and isinstance(thing, NamedNode):
                        names.setdefault(value.value.strip("“”"), []).append(thing)

    def short(self, term: Term) -> str:
        """prefix:local."""
        return shorten(term.value, self.prefixes)

    def has_name(self, name: str) -> bool:
        """Whether the graph describes something under this short name."""
        iri = expand(name, self.prefixes)
        return iri is not None and self.graph.has_subject(NamedNode(iri))

    def thing(self, name: str) -> Thing:
        """What a short name stands for.  Raises Usage."""
        if not self.has_name(name):
            fix = _("same as needs a name such as enterprise:walvax")
            raise Usage(_("the graph has no {name}", name=name), fix=fix)
        node = NamedNode(expand(name, self.prefixes) or "")
        return Thing(self.short(node), *(self.graph.label(node, lang) or name for lang in ("zh", "en")))

    def period(self, period: Period) -> NamedNode | None:
        """The period of the graph with the same first and last day."""
        days = [day and str(day) for day in (period.start, period.end)]
        paths = [NamedNode(PARK + path) for path in ("startDate", "endDate")]
        for one in self.graph.instances(NamedNode(PARK + "Period")):
            if isinstance(one, NamedNode) and days == [self.graph.texts(one, path).get("") for path in paths]:
                return one
        return None

    @cached_property
    def owners(self) -> list[str]:
        """The names of organizations."""
        return [name for name in self.labels if self._any(name, "Organization")]

    def _any(self, name: str, kind: str) -> bool:
        return any(self.kinds[thing] == kind for thing in self.labels.get(name, ()))

    @cached_property
    def parks(self) -> set[Term]:
        """The parks of the graph."""
        return set(self.graph.instances(NamedNode(PARK + "Park")))

    def mentions(
        self, text: SourceText, lines: Iterable[Span], new: Iterable[str]
    ) -> tuple[list[Mention], dict[str, list[Span]]]:
        """What the text mentions, and the names of several things with their places.

        A name inside a longer one, known or `new`, is none of its own.  Not linked: an alias of a thing whose
        label the text does not print, and what belongs to a park that the text does not name.
        """
        spans = self._places(text, list(lines), new)
        labelled = {thing for name in spans for thing in self.labels.get(name, ())}
        parks = {one for one in self.parks if one in labelled}
        found: dict[NamedNode, list[tuple[str, Span]]] = {}
        unclear: dict[str, list[Span]] = {}
        for name, places in spans.items():
            things = self.labels.get(name) or [one for one in self.aliases.get(name, ()) if one in labelled]
            if len(set(things)) > 1:
                unclear[name] = places
            elif things and self._here(things[0], parks):
                found.setdefault(things[0], []).extend((name, place) for place in places)
        result = []
        for thing, told in found.items():
            longest = max((name for name, __ in told), key=len)
            result.append(Mention(thing, longest, tuple(sorted(span for __, span in told))))
        return sorted(result, key=lambda one: one.spans[0]), unclear

    def _here(self, thing: NamedNode, parks: set[Term]) -> bool:
        owners = {one for path in _OF_PARK for one in self.graph.objects(thing, path)} & self.parks
        label = self.graph.label(thing, "zh") or ""
        if not parks and len(label) < 4 and self.kinds[thing] == "Organization":
            return False  # 市委 is another one in another city
        return thing in parks or not owners or bool(owners & parks) or len(label) > 6

    def _places(self, text: SourceText, lines: list[Span], new: Iterable[str]) -> dict[str, list[Span]]:
        names = {name for name in (*self.labels, *self.aliases) if len(name) > 1}
        taken = bytearray(len(text))
        spans: dict[str, list[Span]] = {}
        for name in sorted({*names, *new}, key=lambda one: (-len(one), one)):
            for span in text.find(name):
                before = text.text[max(0, span.start - 3) : span.start]
                follows = bool(_INSIDE.search(before))
                trade = self._any(name, "Industry")
                narrower = follows and (trade or name[0] in "省市县区")  # 区行政审批局 of another place
                narrower |= trade and len(name) < 3 and not _TRADE.match(text.text, span.end)
                inside = any(line.contains(span) for line in lines)
                if narrower or not inside or any(taken[span.start : span.end]):
                    continue
                taken[span.start : span.end] = b"\1" * len(span)
                if name in names:
                    spans.setdefault(name, []).append(span)
        return spans

    def parks_named_in(self, text: str) -> list[NamedNode]:
        """The parks of the graph whose label stands anywhere in a text, its headline too, the first first."""
        told = ((text.find(name), one) for name, things in self.labels.items() for one in things)
        return [one for at, one in sorted(told, key=lambda pair: pair[0]) if at >= 0 and one in self.parks]

    def has(self, name: str) -> bool:
        """Whether anything, or several things, are called so, but for signs and width."""
        return folded(name) in self._folded

    def same(self, name: str) -> NamedNode | None:
        """The thing of this name, but for signs and width."""
        things = self._folded.get(folded(name), set())
        return next(iter(things)) if len(things) == 1 else None

    @cached_property
    def _folded(self) -> dict[str, set[NamedNode]]:
        found: dict[str, set[NamedNode]] = {}
        for label, things in self.labels.items():
            found.setdefault(folded(label), set()).update(things)
        return found

    def near(self, name: str, count: int = 3) -> list[tuple[NamedNode, str, Message]]:
        """The nearest things, with their name and why; empty when none is alike."""
        found: list[tuple[NamedNode, str, Message]] = []
        for names in (self.labels, self.aliases):
            for label, things in names.items():
                if folded(label) == folded(name):
                    why = _("the same name") if names is self.labels else _("an alias")
                elif len(label) > 2 and label in name and len(label) * 2 >= len(name):
                    why = _("its name is a part of this one")
                elif len(name) > 2 and name in label:
                    why = _("its name holds this one")
                else:
                    continue
                found += [(thing, label, why) for thing in things]
        if not found and len(name) > 3:
            for label in nearest(name, self.labels, 1):
                if len(set(label) & set(name)) * 3 >= 2 * len(set(name)):
                    found += [(thing, label, _("spelt alike")) for thing in self.labels[label]]
        found.sort(key=lambda one: folded(one[1]) != folded(name))  # the same name before those alike
        return found[:count]


def park_name(text: SourceText, lines: Iterable[Span]) -> str | None:
    """The name that an article gives the park it is about: the most frequent one."""
    count: Counter[str] = Counter()
    for line in lines:
        for piece in re.split(r"[，。；：、“”\s,;:的在与和由从于]", text.part(line)):
            if found := re.match(rf"{HAN}{{2,8}}?(?:{words('names.park')})", piece):
                count[found[0]] += 1
    return max(count, key=lambda name: (count[name], -len(name)), default=None)
