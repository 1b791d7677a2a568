"""A page of one thing or one article, in one language, and the frame that every page has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from pyoxigraph import Literal, NamedNode

from parkgraph import __version__
from parkgraph.api import Lang
from parkgraph.evidence.sources import passage_of
from parkgraph.messages import Message, _
from parkgraph.names import CODE, GRAPH_SHAPES, PARK, RDFS, SH, SKOS, SOURCE
from parkgraph.search.show import Askable, OpenQuestion, Thing
from parkgraph.search.things import EVIDENCE
from parkgraph.web.names import DCTERMS, SCHEMA
from parkgraph.web.views import Link, View

if TYPE_CHECKING:
    from parkgraph.web.pages import Site

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'{editor}; "
    "img-src 'self' data:; connect-src 'self'{endpoint}; base-uri 'none'; form-action 'self'"
)

TAB = " 'unsafe-hashes' 'sha256-myltNENycIvTbzOYx63U1Wy0aX1qpn/LacOVMhlxXm0='"

NAVIGATION = (
    ("questions", _("Questions")),
    ("indicators", _("Figures")),
    ("graph", _("Graph")),
    ("open", _("Open questions")),
    ("ontology", _("Ontology")),
    ("sparql", _("SPARQL")),
    ("about", _("About")),
)

LEAD = (
    NamedNode(SKOS + "definition"), NamedNode(DCTERMS + "description"), NamedNode(SKOS + "scopeNote"),
    NamedNode(SKOS + "example"), NamedNode(RDFS + "comment"),
)  # fmt: skip
"""What says in words what a thing is."""

_BASIS, _REASON = NamedNode(PARK + "basis"), NamedNode(PARK + "reason")
_SECTION, _OMISSION = NamedNode(PARK + "inSection"), NamedNode(PARK + "Omission")
_EVERYTHING = 10**6


def policy(endpoint: str = "", *, editor: bool = False) -> str:
    """What a page may load and run: its own scripts, and nothing from elsewhere but the endpoint.

    editor: it has the editor, which writes one style of its own, the width of a tab."""
    return POLICY.format(endpoint=f" {endpoint}" if endpoint else "", editor=TAB if editor else "")


class Page:
    """Makes one page."""

    def __init__(self, site: Site, lang: Lang, name: str, root: str | None = None) -> None:
        """name: its path below the folder of the language, without `.html`.  root: the link to the root,
        where it does not follow from that."""
        self.site = site
        self.lang: Lang = lang
        self.name = name
        up = "../" * name.count("/")
        self.root = f"../{up}" if root is None else root
        up = up if root is None else f"{root}{lang}/"
        self.view = View(site.graph, site.things, site.names, site.addresses, lang, up)

    def render(self, template: str, /, **context: Any) -> str:
        """The page by `template`, in the frame that all have."""
        from parkgraph.web.pages import ALL, environment

        site, lang = self.site, self.lang
        bare = self.name.removesuffix(ALL)
        frame = {
            "page": template,
            "root": self.root,
            "here": quote(f"{self.name}.html"),
            "other": "en" if lang == "zh" else "zh",
            "neutral": None if template == "404" else "" if bare == "index" else quote(f"{bare}/"),
            "base": site.base,
            "live": site.live,
            "policy": "" if site.live else policy(site.endpoint, editor=template == "sparql"),
            "url": self.view.url,
            "navigation": [(name, f"{name}.html", text[lang]) for name, text in NAVIGATION],
            "dated": site.dated,
            "version": __version__,
            "digest": site.digest,
        }
        return environment(lang).get_template(f"{template}.html").render(frame | context)

    def words(self, **messages: Message) -> dict[str, str]:
        """Sentences for the scripts of the page."""
        return {name: message[self.lang] for name, message in messages.items()}

    # --- Things -----------------------------------------------------------------------------------------

    def thing(self, iri: str, *, cap: int) -> str:
        """Everything about one thing.  cap: how much with one meaning."""
        from parkgraph.web.pages import ALL

        site, view = self.site, self.view
        thing, few = site.show(iri), min(4 * cap, _EVERYTHING)
        members = [view.thing(member) for member in site.members.get(iri, ())]
        unsaid = [
            one
            for one in thing.open_questions
            if one.text.get(self.lang) or not one.text.keys() - {"zh", "en"}
        ]
        context = {
            **self._head(thing),
            "own": self._own(thing),
            "open": [self._unsaid(one, iri) for one in unsaid[:few]],
            "blocks": self._blocks(thing, cap),
            "members": sorted(members)[:few],
            "members_total": len(members),
            "shapes": self._shapes(NamedNode(iri))[:few],
            "questions": [self._filled(one, thing.name.short) for one in thing.questions],
            "short": thing.name.short,
            "all": quote(f"{self.name.rpartition('/')[2].removesuffix(ALL)}{ALL}.html"),
            "more": max(0, len(members) - few),
        }  # fmt: skip
        return self.render("thing", **context)

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
            "schema": self._schema(thing, name.text),
        }

    def _blocks(self, thing: Thing, cap: int) -> list[dict[str, Any]]:
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
                if derived or (group.direction == direction and group.meaning.iri != EVIDENCE.value)
                if (entries := tuple(one for one in group.entries if one.derived is derived))
            ]
            if groups:
                shown = self.view.groups(groups, cap=cap, told=thing.evidence)
                made.append({"title": title[self.lang], "groups": shown})
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

    def _schema(self, thing: Thing, name: str) -> dict[str, Any]:
        """What search engines read."""
        others = sorted({*thing.name.label.values(), *thing.aliases} - {name, thing.name.short})
        lead = self.view.texts(self.site.things.texts(NamedNode(thing.name.iri), *LEAD))
        found = {"@context": "https://schema.org", "@type": "Thing", "@id": thing.name.iri, "name": name}
        return (
            found
            | ({"alternateName": others} if others else {})
            | ({"description": lead.text} if lead else {})
        )

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
        schema = {"@type": "NewsArticle", "headline": site.names.of(node, self.lang)}
        head = self._head(thing)
        context = {
            **head,
            "lead": lead[self.lang],
            "slug": iri.removeprefix(SOURCE),
            "published": text is not None,
            "sha256": things.literal(node, NamedNode(PARK + "textSha256")),
            "length": things.literal(node, NamedNode(PARK + "textLength")),
            "text_lang": things.literal(node, NamedNode(SCHEMA + "inLanguage")),
            "groups": view.groups([one for one in thing.groups if one.direction == "out"], cap=_EVERYTHING),
            "sections": [self._section(one, inside) for one, inside in sections.items()],
            "schema": head["schema"] | schema,
            "script_words": self.words(
                open=_("This is the text. Its sentences are shown where they are cited, also on other pages, "
                       "until you close it or the tab."),
                different=_("This is not the text that was cited: it has {n} characters and another digest "
                            "(the text has {of}). Nothing is shown."),
            ),
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
        facts, omitted, things = [], None, self.site.things
        subjects = {quad.subject for quad in things.quads(None, EVIDENCE, NamedNode(passage))}
        for node in sorted(
            (one for one in subjects if isinstance(one, NamedNode)), key=lambda one: one.value
        ):
            if things.is_a(node, _OMISSION):
                omitted = self.view.texts(things.texts(node, _REASON))
            else:
                facts.append(self.view.thing(node.value, full=True))
        return {"facts": facts, "omitted": omitted}
