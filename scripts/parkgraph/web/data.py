"""The files that the scripts of the pages read, the downloads, and what they are called."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Mapping
from functools import cache, partial

from pyoxigraph import NamedNode, RdfFormat, serialize

from parkgraph.api import Lang
from parkgraph.ask.question import Question
from parkgraph.ask.rows import Answer
from parkgraph.evidence.sources import passage_of
from parkgraph.messages import LANGS, Message, _
from parkgraph.names import BASE, GRAPH_DATA, GRAPH_ONTOLOGY, RDFS
from parkgraph.search.documents import FIELDS, node_documents, question_fields
from parkgraph.search.index import language_words, simplified
from parkgraph.show.results import write
from parkgraph.web.content import FOREIGN, GRAPHS, Content
from parkgraph.web.page import environment

BROWSER = 300_000
"""Triples up to which a browser holds the graph itself: loading takes it some seconds then.  A larger graph
is asked at the endpoint that `site` was given, or at the server's own."""

SEARCHED = 20_000
"""Things up to which a browser searches in everything that is said of them; of more, in their names."""

PICKED = 12
"""Values that a pick list of a page without a server holds; a longer one is filled by a script."""

DOWNLOADS: dict[str, Message] = {
    "data/parkgraph.ttl.gz": _("the graph without what is derived, Turtle"),
    "data/parkgraph.nq.gz": _("the graph with what is derived, N-Quads"),
    "data/questions.json.gz": _("the saved questions"),
    "data/things.json.gz": _("names and pages of all things"),
}

TOPICS: Mapping[str, Message] = {
    "park": _("Park and places"),
    "industry": _("Industries"),
    "project": _("Projects"),
    "enterprise": _("Enterprises and bodies"),
    "indicator": _("Figures and targets"),
    "policy": _("Policies"),
    "programme": _("Programmes and actions"),
    "governance": _("Governance and reforms"),
    "talent": _("Talent and innovation"),
    "source": _("Sources and evidence"),
}
"""Topics in the order that a reader wants them; one that is not here is called by its folder's name."""


def rendered(answer: Answer, format: str) -> bytes:
    """An answer in a format for programs, as `parkgraph ask` writes it to a file."""
    stream = io.BytesIO()
    write(answer.result, format, stream, lang=answer.lang, bom=format == "csv")
    return stream.getvalue()


def query_of(asked: Question) -> tuple[str, int]:
    """The text of a saved question as it stands beside its pages, and how much of the file goes before it."""
    body = asked.body.strip("\n")
    return (body, asked.text.index(body)) if body in asked.text else (asked.text, 0)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _zipped(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _quads(site: Content) -> bytes:
    lines = [f"{line} .\n" for graph in GRAPHS for line in sorted(map(str, site.quads(graph)))]
    return _zipped("".join(lines).encode())


def _turtle(site: Content) -> bytes:
    triples = [quad.triple for graph in (GRAPH_ONTOLOGY, GRAPH_DATA) for quad in site.quads(graph)]
    written = serialize(sorted(triples, key=str), format=RdfFormat.TURTLE, prefixes=site.prefixes)
    return _zipped(written or b"")


def _things(site: Content) -> bytes:
    """{kinds: [[zh, en]], things: [[IRI, zh, en, kind by number, page where it is not the IRI]], parts: of
    the page of a source, where each begins, terms: for completion, [class or property, domains, ranges]}."""
    kinds: dict[str, int] = {}
    rows = []
    others = (FOREIGN.keys() | site.kinds.keys()) - {*site.addresses.iri_at.values()}
    for iri in sorted({*site.addresses.iri_at.values(), *others}):
        node = NamedNode(iri)
        kind = next(iter(site.things.kinds(node)), node).value
        place = site.addresses.place(iri) or iri if site.addresses.irregular(iri) else 0
        names = [site.names.of(node, lang) for lang in LANGS]
        rows.append([iri.removeprefix(BASE), *names, kinds.setdefault(kind, len(kinds)), place])
    named = [[site.names.of(NamedNode(iri), lang) for lang in LANGS] for iri in kinds]
    starts = {
        iri: [parsed[1].start for part in parts if (parsed := passage_of(NamedNode(part[0])))]
        for iri, parts in site.pieces.items()
    }
    terms = {
        iri: [kind, *([end.value for end in site.things.values(NamedNode(iri), NamedNode(RDFS + name))
                       if isinstance(end, NamedNode)] for name in ("domain", "range"))]
        for iri, kind in sorted(site.kinds.items())
    }  # fmt: skip
    held = {"base": BASE, "kinds": named, "things": rows, "notes": site.notes, "parts": starts}
    return _zipped(_json(held | {"terms": terms}))


def _search(site: Content) -> bytes:
    """What `parkgraph find` searches, so that a browser finds the same: documents as [kind, IRI or id,
    fields], the weights of their fields, function words, traditional beside simplified characters."""
    found = [(one.kind, one.iri, fields) for one, fields in node_documents(site.things)]
    found += [("question", one.id, question_fields(one)) for one in site.questions.values()]
    few = len(found) <= SEARCHED
    rows = []
    for kind, key, fields in found:
        held = fields if few else {name: fields[name] for name in ("name", "alias")}
        rows.append([kind, key, {name: texts for name, texts in held.items() if texts}])
    characters = "\n".join(map(chr, range(0x3400, 0xA000)))
    pairs = zip(characters, simplified(characters), strict=True)
    return _zipped(
        _json(
            {
                "documents": rows,
                "weights": FIELDS,
                "function": language_words()["function"],
                "simplified": "".join(one + other for one, other in pairs if one != other),
            }
        )
    )


def _questions(site: Content) -> bytes:
    held = {
        one.id: {"topic": one.topic, "summary": {**one.summary}, "query": one.body}
        for one in site.questions.values()
    }
    return _zipped(_json(held))


def _options(site: Content) -> bytes:
    """IRI of a class or code list → [value, zh, en] of its members, for pick lists of many."""
    wholes = {one.of for asked in site.questions.values() for one in asked.parameters.values() if one.of}
    held = {}
    for whole in sorted(wholes):
        english = dict(site.options(whole, "en"))
        some = [(value, text, english[value]) for value, text in site.options(whole, "zh")]
        if len(some) > PICKED:
            held[whole] = some
    return _zipped(_json(held))


def _scripts(site: Content, lang: Lang) -> bytes:
    """What all scripts need: sentences, prefixes, graphs, and the endpoint, "" for the engine in the browser.
    It is a script too, because a page from a disk can read nothing else."""
    large = sum(site.sizes.values()) > BROWSER
    endpoint = ("sparql" if site.live else site.endpoint or "none") if large else ""
    topics = {name: text[lang] for name, text in TOPICS.items()}
    template = environment(lang).get_template("site.js")
    return template.render(site=site, graphs=[*GRAPHS], topics=topics, endpoint=endpoint).encode()


FILES: dict[str, Callable[[Content], bytes]] = {
    "data/parkgraph.nq.gz": _quads,
    "data/parkgraph.ttl.gz": _turtle,
    "data/things.json.gz": _things,
    "data/search.json.gz": _search,
    "data/options.json.gz": _options,
    "data/questions.json.gz": _questions,
    **{f"data/site.{lang}.js": partial(_scripts, lang=lang) for lang in LANGS},
}
"""Address → what makes the file."""


@cache
def download(site: Content, name: str) -> bytes:
    """One of the `FILES`."""
    return FILES[name](site)
