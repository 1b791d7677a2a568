"""A page of one thing or one article, in one language, and the frame that every page has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyoxigraph import NamedNode, Variable

from parkgraph.api import Lang
from parkgraph.evidence.sources import passage_of
from parkgraph.messages import LANGS, Message, _
from parkgraph.names import CODE, GRAPH_SHAPES, PARK, RDFS, SH, SKOS, SOURCE
from parkgraph.search.show import Askable, Group, OpenQuestion, Thing
from parkgraph.search.things import EVIDENCE
from parkgraph.web.names import DCTERMS, SCHEMA
from parkgraph.web.views import Grounds, Link, View

if TYPE_CHECKING:
    from parkgraph.web.pages import Site

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
_EVERYTHING = 10**6
_TOLD = {EVIDENCE.value, SKOS + "topConceptOf"}  # at the top of the page; by the code list that it is in
_ENDS = re.compile("</(?:li|dd|dt|td|th|tr|option|thead|tbody|head|body|html)>|<head>")
_BLOCK = "(?:/?(?:div|section|h[1-6]|p|dl|ul|ol|main|nav|header|footer|form|table)|d[dt]|li|t[dhr]|meta|link)"
_BETWEEN = re.compile(rf"(>)\s+(<{_BLOCK}\b)")
_OPEN = re.compile("</p>(?=<(?:p|section|div|dl|ul|ol|table|h[1-6]|form)\\b|</(?:section|main|footer|form)>)")
_QUOTED = re.compile(r'(?<==)"([\w./#:~%+-]+)"(?=[ >])')
_DEMANDS = f"""SELECT ?term ?shape ?message {{ GRAPH <{GRAPH_SHAPES}> {{
    ?first <{SH}targetClass>|<{SH}path> ?term . ?first <{SH}property>? ?shape . ?shape <{SH}message> ?message
}} }}"""
_CAPS = (24, 12, 8, 5, 3, 2, 1)
_FRAME = 3_600  # bytes of a further part beside what stands on it
_HEADING = 200  # and of a heading


class Section(NamedTuple):
    """What stands under one heading.  kind: of list."""

    id: str
    title: Link | str
    kind: str


class Item(NamedTuple):
    """What may stand on this part of a page or the next.  group: that it belongs to within the section."""

    section: Section
    body: Markup
    group: Link | None = None


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
    )
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    found.globals.update(_=lambda text, **values: Message(text, values)[lang], lang=lang)
    return found


def packed(page: str) -> str:
    """The page without what HTML can do without: some ends of elements, quotes around plain values."""
    return _QUOTED.sub(r"\1", _OPEN.sub("", _BETWEEN.sub(r"\1\2", _ENDS.sub("", page))))


def cut(items: Iterable[Item], room: int) -> list[list[Item]]:
    """The items by part: what fits into `room` bytes, then what fits into each further part."""
    made: list[list[Item]] = [[]]
    last: Item | None = None
    for item in items:
        size = len(packed(item.body).encode())
        if last is None or (item.section, item.group) != (last.section, last.group):
            size += _HEADING
        if size > room and (made[-1] or len(made) == 1):
            made.append([])
            room = WEIGHT - _FRAME
        made[-1].append(item)
        room, last = room - size, item
    return made


def fitting(make: Callable[[int], str], sizes: Sequence[int] = ()) -> str:
    """The page with as many of each kind as it may weigh.  sizes: of the kinds; one has 80 bytes or more."""
    caps = [cap for cap in _CAPS if sum(min(size, cap) for size in sizes) * 80 < WEIGHT] or [1]
    return next((made for cap in caps if len((made := make(cap)).encode()) <= WEIGHT), "") or make(1)


class Page:
    """Makes one page, part by part."""

    def __init__(self, site: Site, lang: Lang, name: str, root: str | None = None) -> None:
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
        here = quote(f"{self.name}.html")
        frame = {
            "page": template,
            "root": self.root,
            "here": here,
            "other": "en" if lang == "zh" else "zh",
            "base": site.base,
            "live": site.live,
            "policy": "" if site.live else policy(self.name, site.endpoint),
            "url": self.view.url,
            "navigation": [(name, f"{name}.html", text[lang]) for name, text in NAVIGATION],
            "dated": site.dated,
        }
        return packed(environment(lang).get_template(f"{template}.html").render(frame | context))

    def macro(self, name: str, *given: Any) -> Markup:
        """What a macro of the templates makes of these things."""
        return getattr(environment(self.lang).get_template("parts.html").module, name)(*given)

    def in_parts(
        self, template: str, items: Sequence[Item], pieces: Sequence[list[Item]] = (), **context: Any
    ) -> str:
        """The first part of the page, with as many items as fit.  pieces: the items by part, where it is
        settled which part holds what."""
        self._pieces, self._context = [*pieces] or [[*items]], context
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
        return self._part("further", part) if 1 < part <= len(self._pieces) else None

    def _part(self, template: str, part: int) -> str:
        pieces = self._pieces
        pages = [self.link_to(n + 1) for n in range(len(pieces))] if len(pieces) > 1 else []
        where: dict[Section, str] = {}
        for number, items in enumerate(pieces, 1):
            place = self.link_to(number) if number != part else ""
            for section in dict.fromkeys(item.section for item in items):
                where.setdefault(section, f"{place}#{section.id}")
        sections = []
        for section, held in groupby(pieces[part - 1], lambda one: one.section):
            groups = groupby(held, lambda one: one.group)
            sections.append((section, [(group, [one.body for one in some]) for group, some in groups]))
        contents = [(section.title, place) for section, place in where.items()]
        given = {"part": part, "pages": pages, "sections": sections, "contents": contents}
        return self.render(template, **(self._context | given))

    def link_to(self, part: int) -> str:
        """The link to a part of this page."""
        end = f".p{part}" if part > 1 else ""
        return quote(f"{self.name.rpartition('/')[2]}{end}.html")

    # --- Things -----------------------------------------------------------------------------------------

    def thing(self, iri: str) -> str:
        """As much about one thing as a page may weigh; on further parts, what did not fit."""
        return fitting(
            lambda cap: self._thing(iri, cap), [len(one.entries) for one in self.site.show(iri).groups]
        )

    def _thing(self, iri: str, cap: int) -> str:
        """The page with so many statements of one meaning; what is left over is on further parts."""
        site, view, few = self.site, self.view, 4 * cap
        thing = site.show(iri)
        inside = [one for one in site.members.get(iri, ()) if one not in site.part_of]
        direct = [one for one in inside if iri not in site.kinds or iri in site.kinds_of(one)]
        unsaid = [
            one for one in thing.open_questions if one.text.get(self.lang) or not one.text.keys() - {*LANGS}
        ]
        lists: dict[str, tuple[Message, list[Any]]] = {
            "unsaid": (_("Open questions"), [self._unsaid(one, iri) for one in unsaid]),
            "members": (_("Members"), sorted(map(view.thing, direct))),
            "shapes": (_("What the data must look like"), self._shapes(NamedNode(iri))),
            "questions": (
                _("Ask about it"),
                [self._filled(one, thing.name.short) for one in thing.questions],
            ),
        }
        blocks, rest = self._blocks(thing, cap)
        for name, (title, held) in lists.items():
            section = Section(name, title[self.lang], "kinds" if name == "members" else "plain")
            rest.append(map(partial(self._line, section), held[few:]))
        self._pieces, self._rest = [[]], chain.from_iterable(rest)  # worked out when they are asked for
        self._context = {
            **self._head(thing),
            "grounds": self._own(thing),
            **{name: held[:few] for name, (__, held) in lists.items()},
            "more": {name: max(0, len(held) - few) for name, (__, held) in lists.items()},
            "blocks": blocks,
            "members_total": len(inside),
            "narrower": len(inside) - len(direct),
            "replaces": [(site.things.name(old).short, view.texts(site.things.texts(old, _REASON)))
                         for old in map(NamedNode, site.replaces.get(iri, ()))],
            "next": self.link_to(2),
        }  # fmt: skip
        return self._part("thing", 1)

    def _line(self, section: Section, one: Any) -> Item:
        return Item(section, self.macro("line", one))

    def _head(self, thing: Thing) -> dict[str, Any]:
        site, view, node = self.site, self.view, NamedNode(thing.name.iri)
        name = Link(site.names.of(node, self.lang), self.lang)
        second = thing.name.label["en" if self.lang == "zh" else "zh"]
        lead = [view.texts(site.things.texts(node, predicate)) for predicate in LEAD]
        aliases = [text for text in thing.aliases if text not in (name.text, second)]
        if aliases:
            lead.insert(0, Link(_("Also called: {names}", names=aliases)[self.lang], self.lang))
        return {
            "title": name.text,
            "name": name,
            "second": second if second not in (name.text, thing.name.short) else "",
            "iri": node.value,
            "folder": quote(site.addresses.folder(node.value)),
            "lead": [one for one in lead if one],
            "kinds": [view.thing(one.iri) for one in thing.kinds],
            "about": "Thing",
        }

    def _blocks(self, thing: Thing, cap: int) -> tuple[list[dict[str, Any]], list[Iterator[Item]]]:
        """What is said, by kind of saying, and what is over of each meaning."""
        wanted = (
            (_("What is said of it"), "out", False),
            (_("Statements about it"), "statement", False),
            (_("What points to it"), "in", False),
            (_("What follows by rules"), "", True),
        )
        blocks, cited = [], self.site.part_of  # passages stand with their source
        rest: list[Iterator[Item]] = []
        for title, direction, derived in wanted:
            section = Section(direction or "follows", title[self.lang], "facts")
            groups = []
            for group in thing.groups:
                said = [one for one in group.entries if one.derived is derived]
                said = [one for one in said if one.node is None or one.node.iri not in cited]
                here = group.direction == direction and group.meaning.iri not in _TOLD
                if said and (derived or here):
                    groups.append(replace(group, entries=tuple(said)))
            if groups:
                some = cap * (1 if direction == "statement" else 4 if direction == "out" else 2)
                shown = self.view.groups(groups, cap=some, of=thing)
                blocks.append({"title": section.title, "id": section.id, "groups": shown})
                rest += [self._over(section, group, some, thing) for group in groups]
        return blocks, rest

    def _over(self, section: Section, group: Group, after: int, thing: Thing) -> Iterator[Item]:
        for left in self.view.rest(group, after, thing):
            yield Item(section, self.macro("statement", left), self.view.meaning(group))

    def _own(self, thing: Thing) -> Any:
        """What the thing itself rests on; a statement has a basis of its own."""
        things, node, stated = self.site.things, NamedNode(thing.name.iri), NamedNode(CODE + "basis/stated")
        basis = next((one for one in things.values(node, _BASIS) if isinstance(one, NamedNode)), stated)
        if not thing.evidence and basis == stated:
            return None
        reason, places = self.view.texts(things.texts(node, _REASON)), self.view.places(thing.evidence)
        return Grounds(self.view.basis(basis.value), reason, places, len(thing.evidence))

    def _filled(self, one: Askable, value: str) -> Link:
        href = self.view.url(f"question/{one.id}.html?{urlencode({one.parameter: value})}")
        return Link(one.summary[self.lang], self.lang, href)

    def _unsaid(self, one: OpenQuestion, iri: str) -> Markup:
        about = self.view.thing(one.about.iri) if one.about.iri != iri else None
        return self.macro("unsaid", about, self.view.texts(one.text))

    def _shapes(self, node: NamedNode) -> list[Link]:
        """What the shapes of a class or property demand, in their words."""
        found: Any = self.site.store.query(_DEMANDS, substitutions={Variable("term"): node})
        texts: dict[str, dict[str, str]] = {}
        for __, shape, message in found:
            texts.setdefault(str(shape), {})[message.language or ""] = message.value
        return sorted({one for one in map(self.view.texts, texts.values()) if one})

    # --- Articles ---------------------------------------------------------------------------------------

    def article(self, iri: str) -> str:
        """A source with its passages."""
        site, view, node = self.site, self.view, NamedNode(iri)
        thing, things, text = site.show(iri), site.things, site.texts.get(iri)
        said = [one for one in thing.groups if one.direction == "out"]
        cited = [one.evidence for group in said for one in group.entries]
        common = max(cited, key=cited.count, default=())  # most of it stands in the same places
        thing = replace(thing, evidence=common)
        pieces: list[list[Item]] = []
        for part in site.pieces[iri]:
            pieces.append([])
            for passage in part:
                held = things.values(NamedNode(passage), _SECTION)
                section = next((one for one in held if isinstance(one, NamedNode)), node)
                span = passage_of(NamedNode(passage))[1]  # type: ignore[index]
                words = Link(text.part(span), self.lang) if text else None
                body = self.macro("passage", str(span), words, *self._rests_on(passage))
                heading = Section(section.value.rpartition("/")[2], view.thing(section.value), "passages")
                pieces[-1].append(Item(heading, body))
        number = sum(map(len, site.pieces[iri]))
        lead = _("{n} passages are cited from it; the graph keeps their places, not their words.", n=number)
        context = {
            **self._head(thing),
            "lead": lead[self.lang],
            "slug": iri.removeprefix(SOURCE),
            "starts": " ".join(str(passage_of(NamedNode(part[0]))[1].start) for part in site.pieces[iri]),  # type: ignore[index]
            "published": text is not None,
            "sha256": things.literal(node, NamedNode(PARK + "textSha256")),
            "length": things.literal(node, NamedNode(PARK + "textLength")),
            "text_lang": things.literal(node, NamedNode(SCHEMA + "inLanguage")),
            "grounds": self._own(thing),
            "groups": view.groups(said, cap=_EVERYTHING, of=thing),
            "about": "NewsArticle",
        }  # fmt: skip
        return self.in_parts("article", (), pieces, **context)

    def _rests_on(self, passage: str) -> tuple[list[Link], Link | None]:
        """The things that a passage is the evidence of, and why it was left out, if it was."""
        facts: dict[tuple[str, str], Link] = {}
        omitted, things = None, self.site.things
        subjects = {quad.subject for quad in things.quads(None, EVIDENCE, NamedNode(passage))}
        for node in sorted(
            (one for one in subjects if isinstance(one, NamedNode)), key=lambda one: one.value
        ):
            if things.is_a(node, _OMISSION):
                omitted = self.view.texts(things.texts(node, _REASON))
            else:
                link = self.view.thing(self.site.notes.get(node.value, node.value), full=True)
                facts.setdefault((link.text, link.href), link)
        return [*facts.values()], omitted
