"""A page of one thing or one article, in one language, and the frame that every page has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyoxigraph import NamedNode

from parkgraph.api import Lang
from parkgraph.evidence.sources import passage_of
from parkgraph.messages import LANGS, Message, _
from parkgraph.names import CODE, PARK, RDFS, SKOS, SOURCE
from parkgraph.search.show import Askable, Group, OpenQuestion, Thing
from parkgraph.search.things import EVIDENCE
from parkgraph.show.table import width
from parkgraph.web.content import DCTERMS, SCHEMA, Content
from parkgraph.web.views import Grounds, Link, View

FRONT = Path(__file__).with_name("front")

WEIGHT = 20_000
"""Bytes that a page may have; what does not fit stands on further parts of it."""

PART = re.compile(r"\.p(\d+)$")
"""What the name of a further part of a page ends in."""

_POLICY = "default-src 'self'{more}; base-uri 'none'; form-action 'self'"
_ENGINE = "; script-src 'self' 'wasm-unsafe-eval'"
_TAB = "; style-src 'self' 'unsafe-hashes' 'sha256-myltNENycIvTbzOYx63U1Wy0aX1qpn/LacOVMhlxXm0='"

NAVIGATION = (
    ("questions", _("Questions")),
    ("indicators", _("Figures")),
    ("graph", _("Graph")),
    ("open", _("Open questions")),
    ("ontology", _("Ontology")),
    ("sparql", _("SPARQL")),
)

LEAD = (
    NamedNode(SKOS + "definition"), NamedNode(DCTERMS + "description"), NamedNode(SKOS + "scopeNote"),
    NamedNode(SKOS + "example"), NamedNode(RDFS + "comment"),
)  # fmt: skip
"""What says in words what a thing is."""

_BASIS, _REASON = NamedNode(PARK + "basis"), NamedNode(PARK + "reason")
_SECTION, _OMISSION = NamedNode(PARK + "inSection"), NamedNode(PARK + "Omission")
_TOLD = {EVIDENCE.value, SKOS + "topConceptOf"}  # at the top of the page; by the code list that it is in
_ENDS = re.compile("</(?:li|dd|dt|td|th|tr|option|thead|tbody|head|body|html)>|<head>")
_BLOCK = "(?:/?(?:div|section|h[1-6]|p|dl|ul|ol|main|nav|header|footer|form|table)|d[dt]|li|t[dhr]|meta|link)"
_BETWEEN = re.compile(rf"(>)\s+(<{_BLOCK}\b)")
_OPEN = re.compile("</p>(?=<(?:p|section|div|dl|ul|ol|table|h[1-6]|form)\\b|</(?:section|main|footer|form)>)")
_QUOTED = re.compile(r'(?<==)"([\w./#:~%+-]+)"(?=[ >])')
_FEW = (24, 12, 8, 5, 3, 2)  # of a kind that the first part may hold
_SHORT = 60  # statements that it may hold in all
_FRAME, _HEADING = 3_600, 200  # bytes of a part beside what stands on it, and of a heading


class Section(NamedTuple):
    """What stands under one heading.  kind: of list.  number: of what there is in all, 0 where that is of no
    interest."""

    id: str
    title: Link | str
    kind: str
    number: int = 0


class Item(NamedTuple):
    """What may stand on this part of a page or the next.  group: that it belongs to within the section, and
    how many there are of it."""

    section: Section
    body: Markup
    group: tuple[Link, int] | None = None


class Run(NamedTuple):
    """Items of one group, made when they are needed.  number: how many.  share: how many of them may stand on
    the first part for each one of a large group."""

    section: Section
    bodies: Iterator[Markup]
    number: int
    share: int
    group: tuple[Link, int] | None = None


def policy(name: str, endpoint: str = "") -> str:
    """What the page of this name may load and run: its own scripts, and nothing from elsewhere.

    Pages that ask have the engine, and may ask the endpoint; the editor writes one style of its own, the
    width of a tab."""
    asks = name.partition("/")[0] in ("question", "sparql", "graph")
    more = (_ENGINE if asks else "") + (_TAB if name == "sparql" else "")
    return _POLICY.format(more=more + (f"; connect-src 'self' {endpoint}" if asks and endpoint else ""))


@cache
def environment(lang: Lang) -> Environment:
    """The templates in one language."""
    found = Environment(
        loader=FileSystemLoader(FRONT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    found.globals.update(_=lambda text, **values: Message(text, values)[lang], lang=lang)
    found.filters.update(cut=_cut, width=width)
    return found


def _cut(text: str, wide: int) -> str:
    """As much of the text as `wide` Latin characters take; a Chinese one takes two."""
    if width(text) <= wide:
        return text
    while width(text) >= wide:
        text = text[:-1]
    return text.rstrip() + "…"


@cache
def _macros(lang: Lang) -> Any:
    return environment(lang).get_template("parts.html").module


def packed(page: str) -> str:
    """The page without what HTML can do without: some ends of elements, quotes around plain values."""
    return _QUOTED.sub(r"\1", _OPEN.sub("", _BETWEEN.sub(r"\1\2", _ENDS.sub("", page))))


def cut(items: Iterable[Item], room: int) -> list[list[Item]]:
    """The items by part: what fits into `room` bytes, then what fits into each further part."""
    made: list[list[Item]] = [[]]
    last: tuple[Section, Any] | None = None
    for item in items:
        here = item.section, item.group
        size = len(packed(item.body).encode()) + (_HEADING if here != last else 0)
        if size > room and (made[-1] or len(made) == 1):
            made.append([])
            room = WEIGHT - _FRAME
        made[-1].append(item)
        room, last = room - size, here
    return made


class Page:
    """Makes one page, part by part."""

    def __init__(self, site: Content, lang: Lang, name: str, root: str | None = None) -> None:
        """name: its path below the folder of the language, without `.html` and part.  root: the link to the
        root, where it does not follow from that."""
        self.site = site
        self.lang: Lang = lang
        self.name = name
        self.root = "../" * (name.count("/") + 1) if root is None else root
        self.view = View(site, lang, name, root)
        self._pieces: list[list[Item]] = []
        self._rest: Iterator[Item] = iter(())
        self._context: dict[str, Any] = {}

    def render(self, template: str, /, **context: Any) -> str:
        """The page by `template`, in the frame that all have."""
        site, lang = self.site, self.lang
        frame = {
            "page": template,
            "root": self.root,
            "here": quote(f"{self.name}.html"),
            "other": "en" if lang == "zh" else "zh",
            "site": site,
            "view": self.view,
            "policy": "" if site.live else policy(self.name, site.endpoint),
            "url": self.view.url,
            "navigation": NAVIGATION,
            "parts": _macros(lang),
        }
        return packed(environment(lang).get_template(f"{template}.html").render(frame | context))

    def macro(self, name: str, *given: Any) -> Markup:
        """What a macro of the templates makes of these things."""
        return getattr(_macros(self.lang), name)(*given)

    def in_parts(
        self,
        template: str,
        items: Sequence[Item],
        rest: Iterable[Item] = (),
        *,
        pieces: Sequence[list[Item]] = (),
        **context: Any,
    ) -> str:
        """The first part of the page, with as many items as fit.

        rest: what begins on a further part, made when that is asked for.  pieces: the items by part, where it
        is settled which holds what."""
        self._context, self._rest, self._pieces = context, iter(rest), [*pieces] or [[*items]]
        made = self._part(template, 1)
        if not pieces and len(made.encode()) > WEIGHT and items:
            frame = len(made.encode()) - sum(len(packed(item.body).encode()) for item in items)
            self._pieces = cut(items, WEIGHT - frame - len(items) // 8 - 2 * _HEADING)
            made = self._part(template, 1)
        return made

    def further(self, part: int) -> str | None:
        """A further part, after the first was made."""
        if items := [*self._rest]:
            self._pieces += cut(items, WEIGHT - _FRAME)
        if not 1 < part <= len(self._pieces):
            return None
        return self._part("further", part).replace("href=#own", f"href={self.link_to(1)}#own")

    def _part(self, template: str, part: int) -> str:
        pieces = self._pieces
        where: dict[Section, str] = {}
        for number, items in enumerate(pieces, 1):
            place = self.link_to(number) if number != part else ""
            for section in dict.fromkeys(item.section for item in items):
                where.setdefault(section, f"{place}#{section.id}")
        sections = []
        for section, held in groupby(pieces[part - 1], lambda one: one.section):
            groups = groupby(held, lambda one: one.group)
            sections.append((section, [(group, [one.body for one in some]) for group, some in groups]))
        given = {
            "part": part,
            "pages": [self.link_to(n + 1) for n in range(len(pieces))] if len(pieces) > 1 else [],
            "sections": sections,
            "contents": [(section.title, place) for section, place in where.items()],
        }
        return self.render(template, **(self._context | given))

    def link_to(self, part: int) -> str:
        """The link to a part of this page."""
        end = f".p{part}" if part > 1 else ""
        return quote(f"{self.name.rpartition('/')[2]}{end}.html")

    # --- Things -----------------------------------------------------------------------------------------

    def thing(self, iri: str) -> str:
        """A few of all that is said of one thing, and on further parts the others: all, where they fit."""
        thing = self.site.show(iri)
        unsaid, *lists = self._lists(thing)
        runs = [unsaid, *self._said(thing), *lists]
        few = next((few for few in _FEW if sum(min(run.number, few * run.share) for run in runs) < _SHORT), 1)
        first: list[Item] = []
        for run in runs:
            bodies = [*islice(run.bodies, few * run.share)]
            if left := run.number - len(bodies):
                bodies.append(self.macro("more", run.section.kind, self.link_to(2), left))
            first += (Item(run.section, body, run.group) for body in bodies)
        rest = (Item(run.section, body, run.group) for run in runs for body in run.bodies)
        return self.in_parts("thing", first, rest, **self._head(thing), grounds=self._own(thing))

    def _said(self, thing: Thing) -> Iterator[Run]:
        """What is said, by kind of saying; passages stand with their source."""
        wanted = (
            ("out", _("What is said of it"), 4),
            ("statement", _("Statements about it"), 1),
            ("in", _("What points to it"), 2),
            ("follows", _("What follows by rules"), 2),
        )
        for direction, title, share in wanted:
            section = Section(direction, title[self.lang], "facts")
            for group in thing.groups:
                derived = direction == "follows"
                if not derived and (group.direction != direction or group.meaning.iri in _TOLD):
                    continue
                entries = [
                    one
                    for one in group.entries
                    if one.derived is derived and (one.node is None or one.node.iri not in self.site.part_of)
                ]
                if entries:
                    meaning = self.view.meaning(group), len(entries)
                    bodies = self._entries(replace(group, entries=tuple(entries)), thing, _FEW[0] * share)
                    yield Run(section, bodies, len(entries), share, meaning)

    def _entries(self, group: Group, thing: Thing, whole: int) -> Iterator[Markup]:
        """The first so many are told whole."""
        for number, one in enumerate(group.entries):
            shown = self.view.entry(one, thing, group.direction, rest=number >= whole)
            yield self.macro("statement", shown)

    def _lists(self, thing: Thing) -> Iterator[Run]:
        """What is open, what is in it, what is demanded of it, what can be asked, what it stands for."""
        site, view, iri = self.site, self.view, thing.name.iri
        inside = [one for one in site.members.get(iri, ()) if one not in site.part_of]
        direct = [one for one in inside if iri not in site.kinds or iri in site.kinds_of(one)]
        unsaid = [
            one for one in thing.open_questions if one.text.get(self.lang) or not one.text.keys() - {*LANGS}
        ]
        members: list[Any] = sorted(map(view.thing, direct))
        if len(inside) > len(direct):
            narrower = _("{n} more are members of narrower classes.", n=len(inside) - len(direct))
            members.append(Link(narrower[self.lang], self.lang))
        lists: list[tuple[str, Message, str, Sequence[Any]]] = [
            ("open", _("Open questions"), "note", [self._unsaid(one, iri) for one in unsaid]),
            ("members", _("Members"), "kinds", members),
            ("shapes", _("What the data must look like"), "plain",
             sorted(filter(None, map(view.texts, site.demands.get(iri, ()))))),
            ("ask", _("Ask about it"), "plain",
             [self._filled(one, thing.name.short) for one in thing.questions]),
            ("replaces", _("Stands for what was withdrawn"), "plain",
             [self._replaced(NamedNode(old)) for old in site.replaces.get(iri, ())]),
        ]  # fmt: skip
        for name, title, kind, held in lists:
            section = Section(name, title[self.lang], kind, len(inside) if name == "members" else 0)
            yield Run(section, (self.macro("line", one) for one in held), len(held), 4)

    def _head(self, thing: Thing) -> dict[str, Any]:
        site, view, node = self.site, self.view, NamedNode(thing.name.iri)
        name = Link(site.names.of(node, self.lang), self.lang)
        lead = (view.texts(site.things.texts(node, predicate)) for predicate in LEAD)
        return {
            "title": name.text,
            "name": name,
            "thing": thing,
            "folder": quote(site.addresses.folder[node.value]),
            "lead": [*filter(None, lead)],
            "about": "Thing",
        }

    def _own(self, thing: Thing) -> Grounds | None:
        """What the thing itself rests on; a statement has a basis of its own."""
        things, node, stated = self.site.things, NamedNode(thing.name.iri), NamedNode(CODE + "basis/stated")
        basis = next((one for one in things.values(node, _BASIS) if isinstance(one, NamedNode)), stated)
        if not thing.evidence and basis == stated:
            return None
        reason, places = self.view.texts(things.texts(node, _REASON)), self.view.places(thing.evidence)
        return Grounds(self.view.basis(basis.value), reason, places, len(thing.evidence))

    def _filled(self, one: Askable, value: str) -> Link:
        href = self.view.url(f"question/{one.id}.html?{urlencode({one.parameter: value}, safe=':')}")
        return Link(one.summary[self.lang], self.lang, href)

    def _unsaid(self, one: OpenQuestion, iri: str) -> Markup:
        about = self.view.thing(one.about.iri) if one.about.iri != iri else None
        return self.macro("unsaid", about, self.view.texts(one.text))

    def _replaced(self, old: NamedNode) -> Markup:
        things = self.site.things
        return self.macro("replaced", things.name(old).short, self.view.texts(things.texts(old, _REASON)))

    # --- Articles ---------------------------------------------------------------------------------------

    def article(self, iri: str) -> str:
        """A source with its passages."""
        site, view, node = self.site, self.view, NamedNode(iri)
        thing, things, text = site.show(iri), site.things, site.texts.get(iri)
        said = [one for one in thing.groups if one.direction == "out"]
        cited = [one.evidence for group in said for one in group.entries]
        thing = replace(thing, evidence=max(cited, key=cited.count, default=()))  # of most that is said of it
        pieces: list[list[Item]] = []
        starts = []
        for part in site.pieces[iri]:
            pieces.append([])
            for passage in part:
                held = things.values(NamedNode(passage), _SECTION)
                section = next((one for one in held if isinstance(one, NamedNode)), node)
                span = passage_of(NamedNode(passage))[1]  # type: ignore[index]
                starts += [] if pieces[-1] else [str(span.start)]
                words = Link(text.part(span), self.lang) if text else None
                body = self.macro("passage", str(span), words, *self._rests_on(passage))
                heading = Section(section.value.rpartition("/")[2], view.thing(section.value), "passages")
                pieces[-1].append(Item(heading, body))
        number = sum(map(len, pieces))
        lead = _("{n} passages are cited from it; the graph keeps their places, not their words.", n=number)
        about = [
            ((view.meaning(group), len(group.entries)), [*self._entries(group, thing, len(group.entries))])
            for group in said
        ]
        context = {
            **self._head(thing),
            "lead": lead[self.lang],
            "slug": iri.removeprefix(SOURCE),
            "starts": " ".join(starts),
            "published": text is not None,
            "sha256": things.literal(node, NamedNode(PARK + "textSha256")),
            "length": things.literal(node, NamedNode(PARK + "textLength")),
            "text_lang": things.literal(node, NamedNode(SCHEMA + "inLanguage")),
            "grounds": self._own(thing),
            "said": [(Section("about-h", _("About the source")[self.lang], "facts"), about)],
            "about": "NewsArticle",
        }
        return self.in_parts("article", (), pieces=pieces, **context)

    def _rests_on(self, passage: str) -> tuple[list[Link], Link | None]:
        """The things that a passage is the evidence of, and why it was left out, if it was."""
        facts: dict[tuple[str, str], Link] = {}
        omitted, things = None, self.site.things
        subjects = {quad.subject for quad in things.quads(None, EVIDENCE, NamedNode(passage))}
        named = [one for one in subjects if isinstance(one, NamedNode)]
        for node in sorted(named, key=lambda one: one.value):
            if things.is_a(node, _OMISSION):
                omitted = self.view.texts(things.texts(node, _REASON))
            else:
                link = self.view.thing(self.site.notes.get(node.value, node.value), full=True)
                facts.setdefault((link.text, link.href), link)
        return [*facts.values()], omitted
