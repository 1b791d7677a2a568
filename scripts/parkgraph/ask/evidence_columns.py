"""Where each row of an answer comes from: source, section, offsets and, with the article, the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Store

from parkgraph.ask.labels import label_of
from parkgraph.ask.rows import Answer
from parkgraph.errors import Usage
from parkgraph.messages import _
from parkgraph.names import PARK, SOURCE
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
    sections = _Sections(store, answer.lang)
    at = answer.columns.index("evidence")

    def details(row: tuple[Term | None, ...]) -> tuple[Term | None, ...]:
        cell = row[at]
        places = passages(cell.value) if isinstance(cell, Literal) else []
        told = [
            _once([sections.source(source) for source, __, __ in places]),
            _once([sections.section(source, start) for source, start, __ in places]),
            _BETWEEN.join(f"{start}-{end}" for __, start, end in places),
            _BETWEEN.join(_words(texts, *place) for place in places),
        ]
        return (*row, *map(Literal, told[: len(added)]))

    return replace(
        answer,
        columns=(*answer.columns, *added),
        terms=tuple(map(details, answer.terms)),
        headings={**answer.headings, **{name: HEADINGS[name][answer.lang] for name in added}},
        hidden=answer.hidden | {"evidence"},
    )


class _Sections:
    """Titles of sources and of the sections in them, each looked up once."""

    def __init__(self, store: Store, lang: str) -> None:
        self.store = store
        self.lang = lang
        self.titles: dict[str, str] = {}
        self.sections: dict[str, list[tuple[int, int, str]]] = {}

    def source(self, slug: str) -> str:
        """The title of the source; its slug where the graph gives none."""
        if slug not in self.titles:
            self.titles[slug] = label_of(self.store, NamedNode(SOURCE + slug), self.lang) or slug
        return self.titles[slug]

    def section(self, slug: str, offset: int) -> str:
        """The heading of the narrowest section around `offset`; "" where there is none."""
        if slug not in self.sections:
            self.sections[slug] = self._read(slug)
        around = [(end - start, name) for start, end, name in self.sections[slug] if start <= offset < end]
        return min(around)[1] if around else ""

    def _read(self, slug: str) -> list[tuple[int, int, str]]:
        found = []
        for quad in self.store.quads_for_pattern(
            None, NamedNode(PARK + "inSource"), NamedNode(SOURCE + slug)
        ):
            node = quad.subject
            if not isinstance(node, NamedNode):
                continue
            name = label_of(self.store, node, self.lang)  # passages are in the source too, and have none
            start, end = self._number(node, "start"), self._number(node, "end")
            if name is not None and start is not None and end is not None:
                found.append((start, end, name))
        return found

    def _number(self, node: NamedNode, name: str) -> int | None:
        quad = next(self.store.quads_for_pattern(node, NamedNode(PARK + name), None), None)
        value = quad.object.value if quad and isinstance(quad.object, Literal) else ""
        return int(value) if value.isdecimal() else None


def _once(names: Sequence[str]) -> str:
    """The names between bars; one name when all are the same."""
    return _BETWEEN.join(names if len(set(names)) > 1 else names[:1])


def _words(texts: Mapping[str, SourceText], source: str, start: int, end: int) -> str:
    text = texts.get(SOURCE + source)
    return text.text[start:end] if text else ""
