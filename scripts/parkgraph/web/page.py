"""A page of one thing or one article, in one language, and the frame that every page has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyoxigraph import Literal, NamedNode

from parkgraph import __version__
from parkgraph.api import Lang
from parkgraph.evidence.sources import passage_of
from parkgraph.messages import LANGS, Message, _
from parkgraph.names import CODE, GRAPH_SHAPES, PARK, RDFS, SH, SKOS, SOURCE
from parkgraph.search.show import Askable, OpenQuestion, Thing
from parkgraph.search.things import EVIDENCE
from parkgraph.web.names import DCTERMS, SCHEMA
from parkgraph.web.views import Link, View

if TYPE_CHECKING:
    from parkgraph.web.pages import Site

FRONT = Path(__file__).with_name("front")

WEIGHT = 20_000
"""Bytes that the page of a thing may have; what does not fit stands on a page of the rest."""

REST = ".more"
"""What the name of a page of the rest ends in."""

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
_CAPS = (12, 6, 3, 1)


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


class Page:
    """Makes one page."""

    def __init__(self, site: Site, lang: Lang, name: str, root: str | None = None) -> None:
        """name: its path below the folder of the language, without `.html`.  root: the link to the root,
        where it does not follow from that."""
        self.site = site
        self.lang: Lang = lang
        self.name = name
        self.root = "../" * (name.count("/") + 1) if root is None else root
        self.view = View(site, lang, name, root)

    def render(self, template: str, /, **context: Any) -> str:
        """The page by `template`, in the frame that all have."""
        site, lang = self.site, self.lang
        bare = self.name.removesuffix(REST)
        here = quote(f"{bare}.html")
        frame = {
            "page": template,
            "root": self.root,
            "here": here,
            "own": self.view.url(here),
            "other": "en" if lang == "zh" else "zh",
            "base": site.base,
            "live": site.live,
            "policy": "" if site.live else policy(self.name, site.endpoint),
            "url": self.view.url,
            "navigation": [(name, f"{name}.html", text[lang]) for name, text in NAVIGATION],
            "dated": site.dated,
            "version": __version__,
            "digest": site.digest,
        }
        return packed(environment(lang).get_template(f"{template}.html").render(frame | context))

    # --- Things -----------------------------------------------------------------------------------------

    def thing(self, iri: str) -> str | None:
        """As much about one thing as a page may weigh; on a page of the rest, what did not fit."""
        rest = self.name.endswith(REST)
        made: str | None = None
        for cap in _CAPS:
            made, whole = self._thing(iri, cap, rest=False)
            if len(made.encode()) <= WEIGHT:
                break
        if rest:
            made = None if whole else self._thing(iri, cap, rest=True)[0]
        return made

    def _thing(self, iri: str, cap: int, *, rest: bool) -> tuple[str, bool]:
        """The page, and whether it holds everything.  cap: how much with one meaning.  rest: what is over."""
        site, view = self.site, self.view
        thing, few = site.show(iri), 4 * cap
        part = slice(few, None) if rest else slice(few)
        inside = [one for one in site.members.get(iri, ()) if one not in site.known_passages]
        direct = [one for one in inside if iri not in site.kinds or iri in site.kinds_of(one)]
        members = sorted(map(view.thing, direct))
        unsaid = [
            one for one in thing.open_questions if one.text.get(self.lang) or not one.text.keys() - {*LANGS}
        ]
        shapes = self._shapes(NamedNode(iri))
        blocks = self._blocks(thing, after=cap) if rest else self._blocks(thing, cap)
        more = max(len(some) - few for some in (members, unsaid, shapes, thing.questions))
        context = {
            **self._head(thing),
            "rest": rest,
            "grounds": self._own(thing),
            "open": [self._unsaid(one, iri) for one in unsaid[part]],
            "blocks": blocks,
            "members": members[part],
            "members_total": len(inside),
            "narrower": len(inside) - len(members),
            "shapes": shapes[part],
            "replaces": [self._withdrawn(NamedNode(old)) for old in site.replaces.get(iri, ())],
            "questions": [self._filled(one, thing.name.short) for one in thing.questions[part]],
            "short": thing.name.short,
            "further": quote(f"{self.name.rpartition('/')[2].removesuffix(REST)}{REST}.html"),
            "more": max(0, more),
        }  # fmt: skip
        whole = more <= 0 and not any(group.more for block in blocks for group in block["groups"])
        return self.render("thing", **context), whole

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

    def _blocks(self, thing: Thing, cap: int = _EVERYTHING, after: int = 0) -> list[dict[str, Any]]:
        wanted = (
            (_("What is said of it"), "out", False),
            (_("Statements about it"), "statement", False),
            (_("What points to it"), "in", False),
            (_("What follows by rules"), "", True),
        )
        made = []
        for title, direction, derived in wanted:
            groups = [
                replace(group, entries=entries)
                for group in thing.groups
                if derived or (group.direction == direction and group.meaning.iri not in _TOLD)
                if (entries := tuple(one for one in group.entries if one.derived is derived))
            ]
            if groups:
                shown = self.view.groups(groups, cap=cap, after=after, of=thing)
                if shown:
                    made.append({"title": title[self.lang], "id": direction or "follows", "groups": shown})
        return made

    def _own(self, thing: Thing) -> Any:
        """What the thing itself rests on; a statement has a basis of its own."""
        things, node, stated = self.site.things, NamedNode(thing.name.iri), NamedNode(CODE + "basis/stated")
        basis = next((one for one in things.values(node, _BASIS) if isinstance(one, NamedNode)), stated)
        if not thing.evidence and basis == stated:
            return None
        return self.view.own_grounds(basis.value, things.texts(node, _REASON), thing.evidence)

    def _filled(self, one: Askable, value: str) -> Link:
        href = self.view.url(f"question/{one.id}.html?{urlencode({one.parameter: value})}")
        return Link(one.summary[self.lang], self.lang, href)

    def _withdrawn(self, node: NamedNode) -> tuple[str, Link | None]:
        things = self.site.things
        return things.name(node).short, self.view.texts(things.texts(node, _REASON))

    def _unsaid(self, one: OpenQuestion, iri: str) -> tuple[Link | None, Link | None]:
        return self.view.thing(one.about.iri) if one.about.iri != iri else None, self.view.texts(one.text)

    def _shapes(self, node: NamedNode) -> list[Link]:
        """What the shapes of a class or property demand, in their words."""
        graph, quads, said = NamedNode(GRAPH_SHAPES), self.site.store.quads_for_pattern, {}
        shapes = [
            q.subject
            for name in ("targetClass", "path")
            for q in quads(None, NamedNode(SH + name), node, graph)
        ]
        parts = [q.object for one in shapes for q in quads(one, NamedNode(SH + "property"), None, graph)]
        for shape in (*shapes, *parts):
            texts = {
                quad.object.language or "": quad.object.value
                for quad in quads(shape, NamedNode(SH + "message"), None, graph)  # type: ignore[arg-type]
                if isinstance(quad.object, Literal)
            }
            found = self.view.texts(texts)
            if found:
                said[found.text] = found
        return list(said.values())

    # --- Articles ---------------------------------------------------------------------------------------

    def article(self, iri: str) -> str:
        """A source with its passages."""
        site, view, node = self.site, self.view, NamedNode(iri)
        thing, things, text = site.show(iri), site.things, site.texts.get(iri)
        found = ((passage_of(NamedNode(one)), one) for one in site.passages)
        passages = sorted((of[1], one) for of, one in found if of and of[0] == iri)
        sections: dict[str, list[dict[str, Any]]] = {}
        for span, passage in passages:
            held = next(
                (one for one in things.values(NamedNode(passage), _SECTION) if isinstance(one, NamedNode)),
                node,
            )
            words = text.part(span) if text else ""
            sections.setdefault(held.value, []).append(
                {"span": str(span), "words": words, **self._rests_on(passage)}
            )
        lead = _(
            "{n} passages are cited from it; the graph keeps their places, not their words.", n=len(passages)
        )
        context = {
            **self._head(thing),
            "lead": lead[self.lang],
            "slug": iri.removeprefix(SOURCE),
            "published": text is not None,
            "sha256": things.literal(node, NamedNode(PARK + "textSha256")),
            "length": things.literal(node, NamedNode(PARK + "textLength")),
            "text_lang": things.literal(node, NamedNode(SCHEMA + "inLanguage")),
            "groups": view.groups([one for one in thing.groups if one.direction == "out"], cap=_EVERYTHING),
            "sections": [self._section(one, inside) for one, inside in sections.items()],
            "about": "NewsArticle",
        }  # fmt: skip
        return self.render("article", **context)

    def _section(self, iri: str, passages: Sequence[dict[str, Any]]) -> dict[str, Any]:
        whole = f"{passages[0]['span'].partition('-')[0]}–{passages[-1]['span'].rpartition('-')[2]}"
        return {
            "id": iri.rpartition("/")[2],
            "name": self.view.thing(iri),
            "span": whole,
            "passages": passages,
        }

    def _rests_on(self, passage: str) -> dict[str, Any]:
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
        return {"facts": facts.values(), "omitted": omitted}
