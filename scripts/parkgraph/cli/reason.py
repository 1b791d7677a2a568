"""`parkgraph reason`: writes what follows from ontology and data; contradictions are findings."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from parkgraph.cli import options as shared
from parkgraph.cli import settings
from parkgraph.cli.parser import Parser
from parkgraph.errors import FINDINGS
from parkgraph.messages import _

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from parkgraph.infer.closure import Closure
    from parkgraph.read.files import Root


def options(parser: Parser) -> None:
    """Declares the options."""
    from parkgraph.export import FORMATS

    parser.about = _(
        "Writes the inferred triples: what follows from ontology and data under OWL 2 RL and "
        "is not said there. When something contradicts, it says what, writes nothing, and "
        "ends with exit code 1."
    )
    shared.output(parser)
    shared.formats(parser, tuple(FORMATS), check=False)


def run(args: Namespace) -> int:
    """Writes what follows."""
    from parkgraph.export import format_chosen, write_graphs
    from parkgraph.graph.assemble import closure_of, read_asserted
    from parkgraph.graph.ordered import Ordered
    from parkgraph.names import GRAPH_INFERRED
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened

    chosen = format_chosen(args.format, args.output)
    settings.spare(args.output)
    root = settings.root(told=True)
    asserted = read_asserted(root)
    closure = closure_of(asserted)
    if closure.contradictions:
        _tell(closure, asserted, root)
        return FINDINGS
    inferred = Ordered(closure)
    with opened(args.output) as stream:
        write_graphs({GRAPH_INFERRED: inferred}, stream, chosen, prefixes(root.path), merge=True)
    settings.notice(_("{n} triples follow", n=len(inferred)))
    return 0


def _tell(closure: Closure, asserted: Mapping[str, Iterable[Triple]], root: Root) -> None:
    from parkgraph.ask.labels import label_of
    from parkgraph.graph.assemble import to_store
    from parkgraph.infer.clashes import findings, places_in
    from parkgraph.infer.wording import Wording
    from parkgraph.read.prefixes import prefixes

    wording = Wording(to_store(asserted), label_of, prefixes(root.path))
    for finding in findings(closure, wording, places_in(root)):
        print(finding)
