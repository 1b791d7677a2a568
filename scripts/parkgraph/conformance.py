"""Whether a graph is fit to be used: `build`, `export` and `load` refuse one that is not.

strict parse → validate what is asserted → infer (contradictions are findings) → audit the evidence.
Validation comes before inference because inference hides errors. Each file is parsed once, each fault told
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Triple

from parkgraph.finding import Finding, Place
from parkgraph.graph.assemble import asserted, closure_of, read_graph, to_store
from parkgraph.messages import Text, _
from parkgraph.names import GRAPH_INFERRED, PARK
from parkgraph.read.files import Root, read_text
from parkgraph.read.prefixes import prefixes
from parkgraph.read.turtle import Document

if TYPE_CHECKING:
    from parkgraph.infer.closure import Closure, Fact

Say = Callable[[Text], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A graph and what is wrong with it.  graphs: named graph (IRI) → its triples, the inferred ones among
    them.
    """

    graphs: dict[str, list[Triple]]
    findings: list[Finding]

    @property
    def conforms(self) -> bool:
        """Whether nothing violates a rule; warnings are allowed."""
        return not any(finding.severity == "violation" for finding in self.findings)


def check_graph(root: Root, *, articles: Sequence[str | Path] = (), say: Say = lambda text: None) -> Checked:
    """Reads and checks the graph at `root`; files are named from the root, wherever the command is run.

    articles: texts of sources, for the audit.  say: is told each step.
    Raises Unreadable for a bad input, BrokenShapes when the shapes are.
    """
    from parkgraph.evidence.audit import audit
    from parkgraph.evidence.text import load

    say(_("reading"))
    documents = read_graph(root)
    graphs = asserted(documents)
    say(_("validating"))
    validated = _validate(root, documents)
    say(_("inferring"))
    closure = closure_of(graphs)
    graphs[GRAPH_INFERRED] = list(closure)
    contradictions = contradictions_in(root, documents, closure)
    say(_("auditing the evidence"))
    audited = audit(
        root,
        [load(article) for article in articles],
        [document for document in documents if document.role not in ("prefixes", "shapes")],
    ).findings
    return Checked(graphs, [*_once(validated, audited), *contradictions])


def contradictions_in(root: Root, documents: Sequence[Document], closure: Closure) -> list[Finding]:
    """What of the closure of `documents` cannot be true together, in words and with its places."""
    from parkgraph.ask.labels import label_of
    from parkgraph.graph.documents import Graph
    from parkgraph.infer.explain_text import Wording, findings

    if not closure.contradictions:
        return []
    wording = Wording(to_store(asserted(documents)), label_of, prefixes(root.path))
    graph = Graph(documents)

    def locate(fact: Fact) -> Place | None:
        sources = graph.sources(fact)  # type: ignore[arg-type]
        return sources[0].place if sources else None

    return findings(closure, wording, locate)


def _validate(root: Root, documents: Iterable[Document]) -> list[Finding]:
    from parkgraph.validate.check import check
    from parkgraph.validate.inputs import Library

    library = Library({root.path / document.name: document for document in documents})
    inputs = library.inputs(
        root.paths("data", "passages", "codes"), root.paths("prefixes", "shapes"), root.paths("ontology")
    )
    questions = {file.name: read_text(file.path) for file in root.files("query")}
    return check(replace(inputs, questions=questions)).findings


def _once(validated: list[Finding], audited: list[Finding]) -> list[Finding]:
    """The findings of both, without those of one that the other tells too.

    A passage that cannot be is also none that is registered: the audit says why. A passage that is not
    generated yet, the shapes tell where it is used; what is wrong inside the generated file, the audit tells.
    """
    from parkgraph.evidence.passages import OUTDATED

    places = {(found.file, found.line, found.column) for found in audited if found.rule != OUTDATED}
    outdated = {found.file for found in audited if found.rule == OUTDATED}
    validated = [
        found
        for found in validated
        if found.file not in outdated
        and not (found.path == _EVIDENCE and (found.file, found.line, found.column) in places)
    ]
    if any(found.path == _EVIDENCE and found.value for found in validated):
        audited = [found for found in audited if found.rule != OUTDATED]
    return [*validated, *audited]


_EVIDENCE = f"<{PARK}evidence>"
