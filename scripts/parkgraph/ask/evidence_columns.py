"""Where each row of an answer comes from: source, section, offsets and, with the article, the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Store

from parkgraph.ask.labels import label_of
from parkgraph.ask.rows import Answer
from parkgraph.errors import Usage
from parkgraph.graph.assemble import QUESTION_GRAPHS
from parkgraph.messages import _
from parkgraph.names import PARK, SOURCE, STANDARD_PREFIXES
from parkgraph.show.cells import Term, passages

if TYPE_CHECKING:
    from parkgraph.evidence.text import SourceText
    from parkgraph.read.files import Root

HEADINGS = {
    "evidenceSource": _("source"),
    "evidenceSection": _("section"),
    "evidenceOffsets": _("offsets"),
    "evidenceText": _("text"),
}
"""The columns added to an answer; the last one only where texts are given."""

_BETWEEN = " | "


def read_articles(files: Iterable[str | Path], root: Root, store: Store) -> dict[str, SourceText]:
    """IRI of a source → its text, for each of `files`.

    Raises Unreadable for a file that is not, byte for byte, the text of a source of the graph.
    """
    from parkgraph.evidence.text import load

    digest = NamedNode(PARK + "textSha256")
    sources = {
        quad.object.value.upper(): quad.subject
        for quad in store.quads_for_pattern(None, digest, None)
        if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode)
    }
    texts = {}
    for file in files:
        text = load(file)
        if text.sha256 not in sources:
            from parkgraph.evidence.sources import identify, read_sources
            from parkgraph.graph.documents import Graph, read_documents

            graph = Graph(read_documents(root, "ontology", "data"))
            identify(text, read_sources(graph).values())  # says why not
        texts[sources[text.sha256].value] = text
    return texts


def with_details(answer: Answer, store: Store, texts: Mapping[str, SourceText]) -> Answer:
    """The answer with the columns of HEADINGS added; several passages stand in their order between bars.

    store: the graph that describes sources and sections.  texts: IRI of a source → text.
    Raises Usage when the answer has no column `evidence`.
    """
    if "evidence" not in answer.columns:
        raise Usage(
            _("{name} has no column evidence", name=answer.name),
            fix=_("ask it without --evidence and --article"),
        )
    added = [name for name in HEADINGS if texts or name != "evidenceText"]
    sections = _sections(store, answer.lang)
    at = answer.columns.index("evidence")

    @cache
    def title(slug: str) -> str:
        return label_of(store, NamedNode(SOURCE + slug), answer.lang) or slug

    def section(slug: str, offset: int) -> str:
        """The heading of the narrowest section around `offset`; "" where there is none."""
        around = [(end - start, name) for start, end, name in sections[slug] if start <= offset < end]
        return min(around)[1] if around else ""

    def words(slug: str, start: int, end: int) -> str:
        text = texts.get(SOURCE + slug)
        return text.text[start:end] if text else ""

    def details(row: tuple[Term | None, ...]) -> tuple[Term | None, ...]:
        cell = row[at]
        places = passages(cell.value) if isinstance(cell, Literal) else []
        told = [
            _once([title(source) for source, __, __ in places]),
            _once([section(source, start) for source, start, __ in places]),
            _BETWEEN.join(f"{start}-{end}" for __, start, end in places),
            _BETWEEN.join(words(*place) for place in places),
        ]
        return (*row, *map(Literal, told[: len(added)]))

    return replace(
        answer,
        columns=(*answer.columns, *added),
        terms=tuple(map(details, answer.terms)),
        headings={**answer.headings, **{name: HEADINGS[name][answer.lang] for name in added}},
        hidden=answer.hidden | {"evidence"},
    )


_SECTIONS = """SELECT ?source ?section ?start ?end WHERE {
  ?section park:inSource ?source ; park:start ?start ; park:end ?end .
  FILTER EXISTS { ?section rdfs:label ?heading }  # passages have none
  FILTER(REGEX(STR(?start), "^[0-9]+$") && REGEX(STR(?end), "^[0-9]+$"))
}"""


def _sections(store: Store, lang: str) -> Mapping[str, list[tuple[int, int, str]]]:
    """Slug of a source → its sections: start, end, heading."""
    found = defaultdict(list)
    asked: Any = store.query(_SECTIONS, default_graph=QUESTION_GRAPHS, prefixes=STANDARD_PREFIXES)
    for source, section, start, end in asked:
        heading = label_of(store, section, lang) or ""
        found[source.value.removeprefix(SOURCE)].append((int(start.value), int(end.value), heading))
    return found


def _once(names: Sequence[str]) -> str:
    """The names between bars; one name when all are the same."""
    return _BETWEEN.join(names if len(set(names)) > 1 else names[:1])
