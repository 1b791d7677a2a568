"""What the pages of a graph are made of: its things and questions, their names and their places.

A thing is called by its label, or by a title made for it. Its place is that of its IRI under the site's root:
`…/id/project/x` is `id/project/x/`, which holds the data and leads to the pages `zh/id/project/x.html` and
`en/id/project/x.html`. A term of the ontology shares its IRI's page with all others, so it has one of its own
below `ontology/class/` or `ontology/property/`, apart, because file systems take `Indicator` and `indicator`
for the same; a passage is a place in the page of its source.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, Quad

from parkgraph import names as iris
from parkgraph.api import Graph, Lang
from parkgraph.ask.question import Question
from parkgraph.ask.rows import Answer
from parkgraph.ask.run import collated
from parkgraph.evidence.sources import passage_of
from parkgraph.evidence.text import SourceText, Span
from parkgraph.graph.cache import content_key
from parkgraph.infer.closure import Fact
from parkgraph.infer.explain_text import Wording
from parkgraph.messages import LANGS, Message, _
from parkgraph.names import (
    BASE,
    GRAPH_DATA,
    GRAPH_ONTOLOGY,
    ONTOLOGY,
    OWL,
    PARK,
    RDFS,
    SH,
    SKOS,
    XSD,
    shorten,
)
from parkgraph.search.documents import Asked, members
from parkgraph.search.show import Thing, show
from parkgraph.search.things import EVIDENCE, TYPE, Texts, Things
from parkgraph.show.cells import Term

GRAPHS: dict[str, Message] = {
    GRAPH_DATA: _("data: what the sources say"),
    GRAPH_ONTOLOGY: _("ontology: what the terms mean"),
    iris.GRAPH_INFERRED: _("derived: what follows by the rules"),
}

_FIRST, _FURTHER = 9_000, 15_000  # bytes of passages on the first part of a source's page, and on others
_WORDS = (PARK + "saidAs", PARK + "sourceWord")
_KINDS = {
    **{of + "Class": "class" for of in (OWL, RDFS)},
    **{OWL + name + "Property": "property" for name in ("Object", "Datatype", "Annotation")},
}
_DEMANDS = f"""SELECT ?term ?shape ?message {{ GRAPH <{iris.GRAPH_SHAPES}> {{
    ?first <{SH}targetClass>|<{SH}path> ?term . ?first <{SH}property>? ?shape . ?shape <{SH}message> ?message
}} }}"""

DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
LABELS = (NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"))

FOREIGN = {
    iri: {"en": english, "zh": chinese}
    for line in Path(__file__).with_name("foreign.tsv").read_text("utf-8").splitlines()
    for iri, english, chinese in [line.split("\t")]
}
"""Terms of other vocabularies, which the ontology uses without giving them labels."""

_CHINESE = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2}")


def tongue(text: str) -> str:
    """The language of a text of ours: zh or en, "" for figures and signs."""
    return "zh" if _CHINESE.search(text) else "en" if _LATIN.search(text) else ""


class Names:
    """Labels in the chosen language, else in the other, else made: the same everywhere."""

    def __init__(self, things: Things) -> None:
        self._things = things
        self._known: dict[tuple[str, str], str] = {}
        self._holders: dict[str, Counter[str]] = {}

    def of(self, node: NamedNode, lang: str) -> str:
        """The name of `node`."""
        key = (node.value, lang)
        if key not in self._known:
            self._known[key] = node.value  # of things that name each other in a circle
            self._known[key] = self._found(node, lang)
        return self._known[key]

    def shared(self, node: NamedNode, lang: str) -> bool:
        """Whether another thing has the same label."""
        if lang not in self._holders:
            labels = {
                (quad.subject, quad.object.value)
                for predicate in LABELS
                for quad in self._things.quads(None, predicate)
                if isinstance(quad.object, Literal) and (quad.object.language or lang).split("-")[0] == lang
            }
            self._holders[lang] = Counter(label for __, label in labels)
        return self._holders[lang][self.of(node, lang)] > 1

    def kind(self, node: NamedNode, lang: str) -> str:
        """What it is, in a word."""
        kinds = self._things.kinds(node)
        return self.of(kinds[0], lang) if kinds else ""

    def _found(self, node: NamedNode, lang: str) -> str:
        name = self._things.name(node)
        passage = passage_of(node)
        if passage is not None:
            return f"{self.of(NamedNode(passage[0]), lang)} {passage[1].start}–{passage[1].end}"
        if name.label[lang] != name.short:
            return name.label[lang]
        if node.value in FOREIGN:
            return FOREIGN[node.value][lang]
        return self._made(node, lang) or name.short

    def _made(self, node: NamedNode, lang: str) -> str:
        """A title from what a thing is and what it is about: the first thing that it points to."""
        about = sorted(
            (not quad.predicate.value.startswith(OWL), quad.predicate.value, quad.object.value)
            for quad in self._things.quads(node)
            if isinstance(quad.object, NamedNode)
            and quad.predicate != TYPE
            and quad.predicate.value not in _APART
        )
        kind = self.kind(node, lang)
        if not kind or not about or node.value.startswith(PARK):
            return ""
        return _("{kind}: {of}", kind=kind, of=self.of(NamedNode(about[0][2]), lang))[lang]


_APART = {PARK + "basis", OWL + "annotatedProperty", RDFS + "isDefinedBy"}


OWN = {
    "zh", "en", "index", "assets", "data", "api", "sparql", "graph-store", "external", "question", "graph",
    "questions", "search", "indicators", "open", "about", "404.html", "index.html", "sitemap.xml.gz",
    "robots.txt",
}  # fmt: skip
"""First parts of addresses that are pages and files of the site's own."""

_UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\%]|^\.|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)
_FILES = re.compile(r".*\.html|data\.(ttl|jsonld|nt|rdf)", re.IGNORECASE)


class Addresses:
    """The places of things; no two differ by case alone."""

    def __init__(
        self,
        iris: Iterable[str],
        kinds: Mapping[str, str],
        prefixes: Mapping[str, str],
        notes: Mapping[str, str],
    ) -> None:
        """iris: of all things with a page.  kinds: IRI of a term of the ontology → class or property.
        notes: IRI of an annotation → that of the thing on whose page it stands."""
        self._prefixes = dict(prefixes)
        self._kinds = kinds
        self._notes = notes
        self.parts: dict[str, int] = {}
        """IRI of a passage → the part of its source's page where it stands."""
        self.folder: dict[str, str] = {}
        """IRI of a thing with a page → its folder."""
        taken: set[str] = set()
        for iri in sorted(iris):
            place = self.usual(iri)
            if place.casefold() in taken:
                place = f"{place.rstrip('/')}~{_short(iri)}/"
            taken.add(place.casefold())
            self.folder[iri] = place
        self.iri_at = {place: iri for iri, place in self.folder.items()}

    def usual(self, iri: str) -> str:
        """The place of `iri`, were there no other."""
        if iri == ONTOLOGY:
            return "ontology/"
        if iri.startswith(PARK):
            return f"ontology/{self._kinds.get(iri, 'individual')}/{_part(iri[len(PARK) :])}/"
        inside = iri[len(BASE) :].split("/") if iri.startswith(BASE) and "#" not in iri else []
        if inside and all(inside) and inside[0].casefold() not in OWN:
            return "/".join(map(_part, inside)) + "/"
        short = shorten(iri, self._prefixes)
        return f"external/{_short(iri) if short.startswith('<') else _part(short.replace(':', '-', 1))}/"

    @cache  # noqa: B019
    def place(self, iri: str) -> str | None:
        """Where the page of the thing is, from the folder of a language; None when it has none."""
        passage = passage_of(NamedNode(iri))
        if passage is not None and passage[0] in self.folder:
            part = self.parts.get(iri, 1)
            end = f".p{part}" if part > 1 else ""
            return f"{quote(self.folder[passage[0]].rstrip('/'))}{end}.html#{passage[1]}"
        found = self.folder.get(self._notes.get(iri, iri))
        return found and quote(found.rstrip("/")) + ".html"

    def irregular(self, iri: str) -> bool:
        """Whether the place does not follow from the IRI alone."""
        return self.folder.get(iri, "").rstrip("/") != iri.removeprefix(BASE)


def _part(name: str) -> str:
    decoded = unquote(name)
    safe = not _UNSAFE.search(decoded) and not _FILES.fullmatch(decoded) and "/" not in decoded
    return decoded if safe and len(decoded.encode()) < 120 else "~" + _short(name)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


class Content:
    """What the pages of one graph are made of.

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
        self.graph, self.live, self.base, self.endpoint = graph, live, base, endpoint
        self.texts = dict(texts or {})
        self.store, self.prefixes = graph.store, graph.prefixes
        self.things = Things(self.store, self.prefixes, self.texts)
        self.names = Names(self.things)
        self.digest = content_key(graph.root)
        self.wording = Wording(self.store, lambda __, node, lang: self.names.of(node, lang), self.prefixes)
        self.notes = dict(self._notes())
        """IRI of an annotation, or of what was withdrawn → that of the thing on whose page it stands."""
        self.replaces: dict[str, list[str]] = {}
        for old, new in self.pairs(DCTERMS + "isReplacedBy"):
            if new.startswith(BASE):
                self.notes[old] = new
                self.replaces.setdefault(new, []).append(old)
        self.kinds = dict(self._kinds())
        """IRI of a term of the ontology → class or property."""
        self.addresses = Addresses({*self._named()} - {*self.notes}, self.kinds, self.prefixes, self.notes)
        self.questions = {question.id: question for question in graph.questions()}
        self._asked = self._offered()
        self.pieces = self._in_pieces()
        """IRI of a source with a page → its passages by part of that page."""
        self.part_of = {
            passage: part
            for pieces in self.pieces.values()
            for part, some in enumerate(pieces, 1)
            for passage in some
        }
        self.addresses.parts = self.part_of
        self._answers: dict[tuple[str, str], Answer] = {}

    def _offered(self) -> dict[str, list[Asked]]:
        """IRI of a thing → the questions into which it can be put.  One into which nearly everything can be
        put is left out: it asks what the page of a thing tells anyway."""
        offered: dict[str, list[Asked]] = {}
        for question in self.questions.values():
            asked = Asked.of(question)
            for parameter in asked.parameters:
                some = members(self.things, question.parameters[parameter[0]])
                if len(some) <= max(100, len(self.addresses.iri_at) // 4):
                    one = asked._replace(parameters=[parameter])
                    for node in some:
                        offered.setdefault(node.value, []).append(one)
        return offered

    def quads(self, graph: str) -> Iterator[Quad]:
        """Everything in a named graph."""
        return self.store.quads_for_pattern(None, None, None, NamedNode(graph))

    @cached_property
    def sizes(self) -> dict[str, int]:
        """IRI of a named graph → the number of its triples."""
        return {graph: sum(1 for __ in self.quads(graph)) for graph in GRAPHS}

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
        for quad in self.store.quads_for_pattern(None, TYPE, None, NamedNode(GRAPH_ONTOLOGY)):
            kind = _KINDS.get(getattr(quad.object, "value", ""))
            if kind and isinstance(quad.subject, NamedNode):
                yield quad.subject.value, kind

    def _in_pieces(self) -> dict[str, list[list[str]]]:
        """The passages of each source in the order of the text: on a part as many as what is cited from them
        leaves room for.  A part begins where no passage of the one before does."""
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

    @lru_cache(maxsize=5000)  # noqa: B019 (this lives as long as the process)
    def show(self, iri: str) -> Thing:
        """Everything of one thing; its pages are made of it, and others ask whether they show something."""
        return show(NamedNode(iri), self.things, self._asked.get(iri, ()), self.graph.explainer)

    def shows(self, fact: Fact) -> bool:
        """Whether the page of the fact's subject shows how it follows."""
        subject = fact[0]
        if not isinstance(subject, NamedNode) or subject.value in self.notes:
            return False
        return tuple(map(str, fact)) in self._derived(subject.value)

    @cache  # noqa: B019
    def _derived(self, iri: str) -> set[tuple[str, str, str]]:
        groups = self.show(iri).groups
        return {entry.triple for group in groups for entry in group.entries if entry.derived}

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

    @cached_property
    def demands(self) -> dict[str, list[Texts]]:
        """IRI of a class or property → what the shapes demand of it, in their words."""
        found: dict[str, dict[str, dict[str, str]]] = {}
        rows: Any = self.store.query(_DEMANDS)
        for term, shape, message in rows:
            said = found.setdefault(term.value, {}).setdefault(str(shape), {})
            said[message.language or ""] = message.value
        return {term: [*shapes.values()] for term, shapes in found.items()}

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
