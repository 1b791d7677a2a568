"""The pages of a graph, by their address: the same for the folder that `site` writes and for `serve`."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from parkgraph.api import Graph, Lang
from parkgraph.ask.order import collated
from parkgraph.ask.question import Question
from parkgraph.ask.rows import Answer
from parkgraph.errors import Usage
from parkgraph.evidence.sources import passage_of
from parkgraph.evidence.text import SourceText, Span
from parkgraph.export import write_json_ld
from parkgraph.graph.cache import content_key
from parkgraph.graph.ordered import Ordered
from parkgraph.infer.closure import Fact
from parkgraph.infer.explain_text import Wording
from parkgraph.messages import LANGS, _
from parkgraph.names import (
    BASE,
    GRAPH_DATA,
    GRAPH_INFERRED,
    GRAPH_ONTOLOGY,
    ONTOLOGY,
    OWL,
    PARK,
    RDFS,
    SKOS,
    XSD,
    shorten,
)
from parkgraph.search.documents import MOST_VALUES, Asked, members, values_answered
from parkgraph.search.show import Thing, show
from parkgraph.search.things import EVIDENCE, TYPE, Things
from parkgraph.show.cells import Term
from parkgraph.web import data
from parkgraph.web.addresses import Addresses
from parkgraph.web.names import DCTERMS, Names
from parkgraph.web.overview import PAGES, question
from parkgraph.web.page import FRONT, PART, Page, environment, packed

ASSETS = FRONT / "built"
"""What is made of the sources in `front` when the package is built."""

RDF = {
    "ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML,
}  # fmt: skip

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".gz": "application/gzip",
}

_FIRST, _FURTHER = 9_000, 15_000  # bytes of passages on the first part of a source's page, and on others
_WORDS = (PARK + "saidAs", PARK + "sourceWord")
_INFERRED = NamedNode(GRAPH_INFERRED)
_APART = (BASE, "http://www.w3.org/1999/02/22-rdf-syntax-ns#")  # written without a prefix
_KINDS = {
    **{of + "Class": "class" for of in (OWL, RDFS)},
    **{OWL + name + "Property": "property" for name in ("Object", "Datatype", "Annotation")},
}


class File(NamedTuple):
    """What stands at an address."""

    content: bytes
    type: str


class Site:
    """The pages of one graph.

    live: they are served, so forms need no script.  base: where the site stands on the web, for search
    engines.  endpoint: a SPARQL service with the same graph, for graphs that are too large for a browser.
    texts: IRI of a source → its text, to be published.
    """

    def __init__(
        self,
        graph: Graph,
        *,
        live: bool = False,
        base: str = "",
        endpoint: str = "",
        texts: Mapping[str, SourceText] | None = None,
    ) -> None:
        self.graph = graph
        self.live = live
        self.base = base
        self.endpoint = endpoint
        self.texts = dict(texts or {})
        self.store = graph.store
        self.prefixes = graph.prefixes
        self.things = Things(self.store, self.prefixes, self.texts)
        self.names = Names(self.things)
        self.digest = content_key(graph.root)
        self.wording = Wording(self.store, lambda __, node, lang: self.names.of(node, lang), self.prefixes)
        self.notes = dict(self._notes())
        self.replaces: dict[str, list[str]] = {}
        for old, new in self.pairs(DCTERMS + "isReplacedBy"):
            if new.startswith(BASE):
                self.notes[old] = new
                self.replaces.setdefault(new, []).append(old)
        self.kinds = dict(self._kinds())
        self.addresses = Addresses({*self._named()} - {*self.notes}, self.kinds, self.prefixes, self.notes)
        self.questions = {question.id: question for question in graph.questions()}
        self.pieces = self._in_pieces()
        self.part_of = {
            passage: part
            for pieces in self.pieces.values()
            for part, some in enumerate(pieces, 1)
            for passage in some
        }
        self.addresses.parts = self.part_of
        self._made: tuple[Any, Page] | None = None
        self._answers: dict[tuple[str, str], Answer] = {}

    def quads(self, graph: str) -> Iterator[Quad]:
        """Everything in a named graph."""
        return self.store.quads_for_pattern(None, None, None, NamedNode(graph))

    def _named(self) -> Iterator[str]:
        """Everything that the data say something of, and what the ontology says of terms of ours; passages
        stand with their source, words to search with nowhere."""
        for graph, start in ((GRAPH_DATA, ""), (GRAPH_ONTOLOGY, BASE)):
            for quad in self.quads(graph):
                node = quad.subject
                if not isinstance(node, NamedNode) or quad.predicate.value in _WORDS:
                    continue
                if node.value.startswith(start) and passage_of(node) is None:
                    yield node.value

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """IRIs of two things that a property joins."""
        for quad in self.things.quads(None, NamedNode(predicate)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                yield quad.subject.value, quad.object.value

    def _notes(self) -> Iterator[tuple[str, str]]:
        """Annotations and statements without a name → the thing on whose page they stand whole."""
        for subject, about in (*self.pairs(OWL + "annotatedSource"), *self.pairs(PARK + "about")):
            name = self.things.name(NamedNode(subject))
            if name.label["en"] == name.short:
                yield subject, about

    def _kinds(self) -> Iterator[tuple[str, str]]:
        """IRIs of the terms of the ontology, and whether they are classes or properties."""
        for quad in self.store.quads_for_pattern(None, TYPE, None, NamedNode(GRAPH_ONTOLOGY)):
            kind = _KINDS.get(getattr(quad.object, "value", ""))
            if kind and isinstance(quad.subject, NamedNode):
                yield quad.subject.value, kind

    def _in_pieces(self) -> dict[str, list[list[str]]]:
        """IRI of a source with a page → its passages in the order of the text, by part of that page: as many
        as what is cited from them leaves room for.  A part begins where no passage of the one before does."""
        known: dict[str, list[tuple[Span, str]]] = {}
        for iri, kind in self.pairs(TYPE.value):
            found = passage_of(NamedNode(iri)) if kind == PARK + "Passage" else None
            if found and self.addresses.place(found[0]):
                known.setdefault(found[0], []).append((found[1], iri))
        weights: Counter[str] = Counter()
        for subject, passage in {*self.pairs(EVIDENCE.value)}:
            about = self.notes.get(subject, subject)
            name = max(len(self.names.of(NamedNode(about), lang).encode()) for lang in LANGS)
            weights[passage] += name + len(self.addresses.place(about) or "") + 20
        pieces: dict[str, list[list[str]]] = {}
        for source, held in known.items():
            made, room, last = [[]], _FIRST, -1  # type: ignore[var-annotated]
            for span, iri in sorted(held):
                size = 90 + weights[iri]
                if size > room and made[-1] and span.start != last:
                    made.append([])
                    room = _FURTHER
                made[-1].append(iri)
                room, last = room - size, span.start
            pieces[source] = made
        return pieces

    # --- What stands where ------------------------------------------------------------------------------

    def paths(self) -> Iterator[str]:
        """The address of every file, from the root, but for assets and pages of all."""
        yield from ("index.html", "404.html", *data.FILES)
        bare = [
            *(name for name in PAGES if name != "index"),
            *(f"question/{name}" for name in self.questions),
        ]
        yield from (f"{lang}/{name}.html" for lang in LANGS for name in ("index", *bare))
        yield from (f"question/{name}.txt" for name in self.questions)
        yield from (f"{name}/index.html" for name in bare if f"{name}/" not in self.addresses.iri_at)
        for folder in sorted(self.addresses.iri_at):
            yield from (f"{folder}{name}" for name in ("index.html", "data.ttl", "data.jsonld"))
            if folder.rstrip("/") not in PAGES:
                yield from (f"{lang}/{folder.rstrip('/')}.html" for lang in LANGS)
        inside = (
            iri.removeprefix(BASE)
            for iri in (*self.part_of, *self.notes)
            if iri.startswith(BASE) and "#" not in iri
        )
        yield from (f"{path}/index.html" for path in inside)

    def file(self, path: str, given: Mapping[str, list[str]] | None = None) -> File | None:
        """What stands at `path`; None when nothing does.

        given: what a form sent.  Raises ParkgraphError when a question cannot be asked with it."""
        content = self._content(path, given or {})
        if content is None:
            return None
        written = content.encode() if isinstance(content, str) else content
        return File(written, TYPES[path[path.rfind(".") :]])

    def _content(self, path: str, given: Mapping[str, list[str]]) -> str | bytes | None:
        folder, __, name = path.rpartition("/")
        lang, __, rest = path.partition("/")
        if lang in LANGS:
            return self._page(lang, rest.removesuffix(".html"), given) if rest.endswith(".html") else None
        if path == "404.html":
            return self.missing()
        if path in data.FILES:
            return self.download(path)
        if name == "index.html":
            return self._choose(folder)
        if folder == "question" and name.endswith(".txt") and name[:-4] in self.questions:
            return data.query_of(self.questions[name[:-4]])[0] + "\n"
        iri = self.addresses.iri_at.get(f"{folder}/")
        if iri is not None and name in ("data.ttl", "data.jsonld"):
            return self.rdf(iri, name.removeprefix("data."))
        return None

    def _page(self, lang: Lang, name: str, given: Mapping[str, list[str]]) -> str | None:
        """A page or a further part of one; parts are asked for one after the other, so the last is kept."""
        part = PART.search(name)
        if part is None:
            page = Page(self, lang, name)
            self._made = (lang, name, given), page
            return self._first(page, given)
        name = name[: part.start()]
        made = self._made
        if made is None or made[0] != (lang, name, given):
            made = self._made if self._page(lang, name, given) is not None else None
        return made and made[1].further(int(part[1]))

    def _first(self, page: Page, given: Mapping[str, list[str]]) -> str | None:
        if page.name in PAGES:
            return PAGES[page.name](page, given)
        if page.name.startswith("question/"):
            asked = self.questions.get(page.name.removeprefix("question/"))
            return question(page, asked, given) if asked else None
        iri = self.addresses.iri_at.get(f"{page.name}/")
        if iri is None:
            return None
        return page.article(iri) if iri in self.pieces else page.thing(iri)

    def _choose(self, folder: str) -> str | None:
        """The page at the bare place of a thing, a passage or a page: it leads to the one in a language."""
        there, title = self.there(folder), _("parkgraph")["zh"]
        if there is None:
            return None
        iri = self.addresses.iri_at.get(f"{folder}/")
        root = "../" * (folder.count("/") + 1) if folder else ""
        title = self.names.of(NamedNode(iri), "zh") if iri else title
        template = environment("zh").get_template("choose.html")
        return packed(template.render(root=root, there=there, title=title))

    def there(self, folder: str) -> str | None:
        """Where the page of what has the bare place `folder` is, from the folder of a language."""
        iri = self.addresses.iri_at.get(f"{folder}/", BASE + folder)
        if f"{folder}/" in self.addresses.iri_at or iri in self.notes or iri in self.part_of:
            return self.addresses.place(iri)
        name = folder or "index"
        return f"{name}.html" if name in PAGES or name.removeprefix("question/") in self.questions else None

    def missing(self, nearest: Sequence[str] = ()) -> str:
        """The page for an address where nothing is; it may be shown at any depth, so its links are absolute.

        nearest: IRIs of things to offer."""
        page = Page(self, "zh", "404", urlsplit(self.base).path or "/")
        title = " · ".join(_("Not found")[lang] for lang in LANGS)
        return page.render("404", title=title, nearest=[page.view.thing(iri) for iri in nearest])

    @cache  # noqa: B019 (a site lives as long as the process)
    def download(self, path: str) -> bytes:
        """One of the files of `data.FILES`."""
        return data.FILES[path](self)

    def rdf(self, iri: str, format: str) -> bytes:
        """What the graph says of one thing, with the annotations of these statements; what follows by rules
        is on the thing's page and in the graph as a whole.

        format: ttl, jsonld, nt or rdf."""
        notes = self.things.quads(None, NamedNode(OWL + "annotatedSource"), NamedNode(iri))
        todo: list[Any] = [NamedNode(iri), *(quad.subject for quad in notes)]
        about: dict[Triple, None] = {}
        for node in todo:  # grows by what has no name of its own
            for quad in self.things.quads(node):
                if quad.graph_name == _INFERRED:
                    continue
                if isinstance(quad.object, BlankNode) and quad.object not in todo:
                    todo.append(quad.object)
                about[quad.triple] = None
        triples = Ordered(about)
        known = [one for one in self.prefixes.items() if not one[1].startswith(_APART) or one[1] == PARK]
        short = {prefix: iri for prefix, iri in known if triples.uses(iri)}
        if format == "jsonld":
            stream = io.BytesIO()
            write_json_ld({None: triples.terms()}, stream, short)
            plain = json.loads(stream.getvalue().replace(f'"@id": "{BASE}'.encode(), b'"@id": "'))
            plain["@context"]["@base"] = BASE
            return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
        return serialize(triples, format=RDF[format], prefixes=short, base_iri=BASE) or b""

    # --- What the pages are made of -----------------------------------------------------------------------

    @lru_cache(maxsize=5000)  # noqa: B019
    def show(self, iri: str) -> Thing:
        """Everything of one thing; its pages are made of it, and others ask whether they show something."""
        asked = map(Asked.of, self.questions.values())
        thing = show(NamedNode(iri), self.things, asked, self.graph.explainer)
        told = tuple(one for one in thing.questions if self._worth_asking(one.id, one.parameter, iri))
        return replace(thing, questions=told)

    def _worth_asking(self, id: str, parameter: str, iri: str) -> bool:
        """A question into which nearly everything can be put is offered only where it has an answer."""
        values = self._values(id, parameter)
        return values is None or iri in values

    @cache  # noqa: B019
    def _values(self, id: str, parameter: str) -> set[str] | None:
        question = self.questions[id]
        one = question.parameters[parameter]
        many = len(members(self.things, one)) > MOST_VALUES
        return values_answered(self.things, question, one) if many else None

    def shows(self, fact: Fact) -> bool:
        """Whether the page of the fact's subject shows how it follows."""
        subject, triple = fact[0], tuple(map(str, fact))
        if not isinstance(subject, NamedNode) or subject.value in self.notes:
            return False
        groups = self.show(subject.value).groups
        return any(entry.derived and entry.triple == triple for group in groups for entry in group.entries)

    def ask(self, question: Question, lang: Lang, given: Mapping[str, list[str]]) -> Answer:
        """The answer; that with the default parameters is remembered."""
        key = (question.id, lang)
        if not given and key in self._answers:
            return self._answers[key]
        answer = self.graph.ask(question, lang=lang, **given)  # type: ignore[arg-type]
        if not given:
            self._answers[key] = answer
        return answer

    @cached_property
    def years(self) -> list[str]:
        """The years that the data speak of."""
        kinds = {XSD + name for name in ("gYear", "date", "dateTime")}
        held = (quad.object for quad in self.quads(GRAPH_DATA) if isinstance(quad.object, Literal))
        return sorted({one.value[:4] for one in held if one.datatype.value in kinds})

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """IRI of a class or code list → what is in it and has a page."""
        found: dict[str, set[str]] = {}
        for predicate in (TYPE.value, SKOS + "inScheme", SKOS + "topConceptOf"):
            for part, whole in self.pairs(predicate):
                found.setdefault(whole, set()).add(part)
        return {whole: sorted(filter(self.addresses.place, parts)) for whole, parts in found.items()}

    @cache  # noqa: B019
    def kinds_of(self, iri: str) -> set[str]:
        """IRIs of its narrowest classes."""
        return {kind.value for kind in self.things.kinds(NamedNode(iri))}

    @cache  # noqa: B019
    def options(self, of: str, lang: Lang) -> list[tuple[str, str]]:
        """(short name, label) of everything that a parameter of this class or code list may be."""
        nodes = map(NamedNode, self.members.get(of, ()))
        named = [(shorten(node.value, self.prefixes), self.names.of(node, lang)) for node in nodes]
        return sorted(named, key=lambda one: (collated(Literal(one[1]), lang), one[0]))

    def value(self, term: Term) -> str:
        """A value of a parameter as a form or a call gives it."""
        said = str(getattr(term, "value", term))
        return shorten(said, self.prefixes) if isinstance(term, NamedNode) else said

    @cached_property
    def dated(self) -> str:
        """The date of the data, as the ontology's header says it."""
        names = (NamedNode(DCTERMS + name) for name in ("modified", "issued", "created"))
        found = (self.things.literal(NamedNode(ONTOLOGY), name) for name in names)
        return next((one[:10] for one in found if one), "")


def check_built() -> None:
    """Raises Usage when the scripts and styles of the pages have not been made."""
    if not (ASSETS / "style.css").is_file():
        raise Usage(
            _("the scripts of the pages have not been made"),
            fix=_("install the package with pip, or run make site: both make them"),
        )


def check_url(option: str, given: str) -> str:
    """The address that an option names, "" for none.  Raises Usage when it is not one of the web."""
    parts = urlsplit(given)
    if given and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise Usage(_("{option} is not an address of the web: {given}", option=option, given=given))
    return given
