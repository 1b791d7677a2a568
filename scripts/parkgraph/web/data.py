"""The files that the scripts of the pages read, the downloads, and what they are called."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from pyoxigraph import NamedNode, RdfFormat, serialize

from parkgraph.messages import LANGS, Message, _
from parkgraph.names import BASE, GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, RDFS
from parkgraph.search.documents import node_documents, question_fields
from parkgraph.web.views import Link

if TYPE_CHECKING:
    from parkgraph.web.page import Page
    from parkgraph.web.pages import Site

GRAPHS: dict[str, Message] = {
    GRAPH_DATA: _("data: what the sources say"),
    GRAPH_ONTOLOGY: _("ontology: what the terms mean"),
    GRAPH_INFERRED: _("derived: what follows by the rules"),
}

BROWSER = 300_000
"""Triples up to which a browser holds the graph itself: loading takes it some seconds then.  A larger graph
is asked at the endpoint that `site` was given, or at the server's own."""

SEARCHED = 20_000
"""Things up to which a browser searches in everything that is said of them; of more, in their names."""

DOWNLOADS: dict[str, Message] = {
    "data/parkgraph.ttl.gz": _("the graph without what is derived, Turtle"),
    "data/parkgraph.nq.gz": _("the graph with what is derived, N-Quads"),
    "data/questions.json": _("the saved questions"),
    "data/things.json.gz": _("names and pages of all things"),
}

ASKING = {
    "row": _("{n} row"),
    "rows": _("{n} rows"),
    "more": _("{n} of {total} rows shown; the download has all"),
    "none": _("No rows: the graph holds nothing that answers this."),
    "asking": _("asking …"),
    "loading": _("loading the engine and the graph, once …"),
    "took": _("{rows}, {ms} ms"),
    "stopped": _("stopped"),
    "late": _("stopped after {s} seconds: make it narrower"),
    "crashed": _("The engine stopped: {why}. It begins anew with the next question."),
    "file": _("A page that was opened from a disk cannot ask: put the folder behind a web server."),
    "large": _("This graph is too large for a browser: ask it with parkgraph serve or parkgraph query."),
    "yes": _("yes"),
    "no": _("no"),
    "year": _("a year has four digits, as 2017"),
    "date": _("a date is year-month-day, as 2018-06-15"),
    "integer": _("a whole number is needed, as 30"),
    "number": _("a number is needed, as 56 or 57.97"),
    "text": _("at most 1,000 characters, no backslash and no control characters"),
}
EDITING = {
    "run": _("Run"),
    "stop": _("Stop"),
    "editor": _("SPARQL query"),
    "label": _("label"),
    "class": _("class"),
    "property": _("property"),
    "of": _("domain: {domain}; range: {range}"),
    "update": _("Only queries: the graph is read-only here."),
}
UNFOLDING = {
    "unfold": _("Unfold {name}"),
    "more": _("+{n} more"),
    "full": _("40 things are shown; begin at another to see others."),
    "loading": ASKING["loading"],
    "file": ASKING["file"],
    "large": ASKING["large"],
}
SEARCHING = {
    "none": _("Nothing is called so."),
    "found": _("{n} found"),
    "question": _("question"),
    "fact": _("fact"),
}


@cache
def size(site: Site, graph: str) -> int:
    """The number of triples of a named graph."""
    return sum(1 for __ in site.store.quads_for_pattern(None, None, None, NamedNode(graph)))


def engine(page: Page) -> dict[str, Any]:
    """Where the scripts of a page find what they need to answer queries."""
    site, root = page.site, page.root
    endpoint = ""
    if sum(size(site, iri) for iri in GRAPHS) > BROWSER:
        endpoint = f"{root}sparql" if site.live else site.endpoint or "none"
    return {
        "endpoint": endpoint,
        "worker": f"{root}assets/worker.js",
        "wasm": f"{root}assets/oxigraph.wasm.gz",
        "graph": f"{root}data/parkgraph.nq.gz",
        "things": f"{root}data/things.json.gz",
        "graphs": list(GRAPHS),
    }


def found(page: Page, words: str) -> list[tuple[Link, str, str]]:
    """What fits the words: (link, its name in the other language, what it is)."""
    other = "en" if page.lang == "zh" else "zh"
    hits = []
    for hit in page.site.graph.find(words, limit=30) if words.strip() else ():
        if hit.kind == "question":
            href = page.view.url(f"question/{hit.name.iri}.html")
            link = Link(hit.name.label[page.lang], page.lang, href)
            hits.append((link, hit.name.label[other], SEARCHING["question"][page.lang]))
        else:
            kinds = ", ".join(page.view.thing(one.iri).text for one in hit.types)
            second = hit.name.label[other]
            link = page.view.thing(hit.name.iri)
            hits.append((link, second if second != link.text else "", kinds))
    return hits


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _zipped(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _quads(site: Site) -> bytes:
    lines = io.BytesIO()
    for graph in GRAPHS:
        quads = site.store.quads_for_pattern(None, None, None, NamedNode(graph))
        lines.write(b"".join(f"{line} .\n".encode() for line in sorted(map(str, quads))))
    return _zipped(lines.getvalue())


def _turtle(site: Site) -> bytes:
    graphs = (GRAPH_ONTOLOGY, GRAPH_DATA)
    triples = [
        quad.triple
        for graph in graphs
        for quad in site.store.quads_for_pattern(None, None, None, NamedNode(graph))
    ]
    written = serialize(sorted(triples, key=str), format=RdfFormat.TURTLE, prefixes=site.prefixes)
    return _zipped(written or b"")


def _things(site: Site) -> bytes:
    """{kinds: [[zh, en]], things: [[IRI, zh, en, kind by number, page where it is not the IRI]]}."""
    kinds: dict[str, int] = {}
    rows = []
    for iri in sorted(site.addresses.iri_at.values()):
        node = NamedNode(iri)
        kind = next(iter(site.things.kinds(node)), node).value
        place = site.addresses.place(iri) if site.addresses.irregular(iri) else 0
        names = [site.names.of(node, lang) for lang in LANGS]
        rows.append([iri.removeprefix(BASE), *names, kinds.setdefault(kind, len(kinds)), place])
    named = [[site.names.of(NamedNode(iri), lang) for lang in LANGS] for iri in kinds]
    return _zipped(_json({"base": BASE, "kinds": named, "things": rows, "notes": site.notes}))


def _search(site: Site) -> bytes:
    """What `parkgraph find` searches, so that a browser finds the same: [kind, IRI or id, fields]."""
    found = [(one.kind, one.iri, fields) for one, fields in node_documents(site.things)]
    found += [("question", one.id, question_fields(one)) for one in site.questions.values()]
    few = len(found) <= SEARCHED
    rows = []
    for kind, key, fields in found:
        held = fields if few else {name: fields[name] for name in ("name", "alias")}
        rows.append([kind, key, {name: texts for name, texts in held.items() if texts}])
    return _zipped(_json(rows))


def _terms(site: Site) -> bytes:
    """For completion: [IRI, class or property, zh, en, domain, range] of every term."""
    rows = []
    for iri, kind in sorted(site.kinds.items()):
        ends = [
            [
                one.value
                for one in site.things.values(NamedNode(iri), NamedNode(RDFS + end))
                if isinstance(one, NamedNode)
            ]
            for end in ("domain", "range")
        ]
        rows.append([iri, kind, *(site.names.of(NamedNode(iri), lang) for lang in LANGS), *ends])
    return _json(rows)


def _questions(site: Site) -> bytes:
    return _json(
        {
            one.id: {"topic": one.topic, "summary": {**one.summary}, "query": one.body}
            for one in site.questions.values()
        }
    )


def _sitemap(site: Site) -> bytes:
    base = site.base or BASE
    urls = [path for path in site.paths() if path.partition("/")[0] in LANGS and path.endswith(".html")]
    lines = "".join(
        f"<url><loc>{escape(base + path.removesuffix('index.html'))}</loc></url>\n" for path in urls
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines}</urlset>\n"
    ).encode()


def _robots(site: Site) -> bytes:
    return f"User-agent: *\nAllow: /\nSitemap: {site.base or BASE}sitemap.xml\n".encode()


FILES: dict[str, Callable[[Site], bytes]] = {
    "data/parkgraph.nq.gz": _quads,
    "data/parkgraph.ttl.gz": _turtle,
    "data/things.json.gz": _things,
    "data/search.json.gz": _search,
    "data/terms.json": _terms,
    "data/questions.json": _questions,
    "sitemap.xml": _sitemap,
    "robots.txt": _robots,
}
"""Address → what makes the file."""
