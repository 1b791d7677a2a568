"""`parkgraph reason`: writes what follows from ontology and data; contradictions are findings."""

from __future__ import annotations

from argparse import Namespace

from parkgraph.cli import findings, settings
from parkgraph.cli import options as shared
from parkgraph.cli.parser import Parser
from parkgraph.errors import FINDINGS
from parkgraph.messages import _


def options(parser: Parser) -> None:
    """Declares the options."""
    from parkgraph.export import FORMATS

    parser.about = _(
        "Writes the inferred triples: what follows from ontology and data under OWL 2 RL and "
        "is not said there. When something contradicts, it says what, writes nothing, and "
        "ends with exit code 1."
    )
    shared.choice(parser, "--engine", ("fast", "reference"), _("engine; reference is owlrl"), "fast")
    shared.output(parser)
    shared.formats(parser, tuple(FORMATS), check=False)


def run(args: Namespace) -> int:
    """Writes what follows."""
    from parkgraph.conformance import contradictions_in
    from parkgraph.export import format_chosen, write_graphs
    from parkgraph.graph.assemble import asserted, closure_of, read_graph
    from parkgraph.graph.ordered import Ordered
    from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened

    chosen = format_chosen(args.format, args.output)
    settings.spare(args.output)
    root = settings.root(told=True)
    documents = read_graph(root)
    graphs, known = asserted(documents), prefixes(root.path)
    if args.engine == "reference":
        from parkgraph.infer.reference import close_reference, contradictions

        triples, messages = close_reference([*graphs[GRAPH_ONTOLOGY], *graphs[GRAPH_DATA]])
        found = contradictions(messages)
    else:
        closure = closure_of(graphs)
        triples, found = closure.inferred, contradictions_in(root, documents, closure)
    if found:
        findings.write(findings.told(findings.here(found, root), command="reason", prefixes=known))
        return FINDINGS
    inferred = Ordered(triples)
    with opened(args.output) as stream:
        write_graphs({GRAPH_INFERRED: inferred}, stream, chosen, known, merge=True)
    settings.notice(_("{n} triples follow", n=len(inferred)))
    return 0
