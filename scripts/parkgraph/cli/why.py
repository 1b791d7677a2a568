"""`parkgraph why S P O`: how a triple holds, down to its passages; `reason`: all that follows."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import TYPE_CHECKING

from parkgraph.cli import findings, settings
from parkgraph.cli import options as shared
from parkgraph.cli.parser import Parser
from parkgraph.errors import FINDINGS
from parkgraph.messages import _

if TYPE_CHECKING:
    from pyoxigraph import Store, Triple

    from parkgraph.infer.explain_text import Wording


def options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Explains a triple: the steps by which it follows from what is asserted, each with "
        "the rule that gives it, and the passages behind asserted triples. Subject, "
        "predicate and object are short names (park:Project, a), IRIs, labels in any "
        "language, or for the object a literal."
    )
    parser.option("subject", metavar="S", help=_("the subject"))
    parser.option("predicate", metavar="P", help=_("the predicate"))
    parser.option("object", metavar="O", help=_("the object"))
    shared.formats(parser, ("text", "json"))
    shared.output(parser, _("write here"))


def run(args: Namespace) -> int:
    """Explains."""
    from parkgraph.ask.labels import label_of
    from parkgraph.ask.resolve import Resolver
    from parkgraph.graph.cache import open_graph
    from parkgraph.infer.explain_text import Wording, as_json, as_text
    from parkgraph.infer.why import Explainer
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened

    root = settings.root()
    store, known = open_graph(root), prefixes(root.path)
    wording = Wording(store, label_of, known)
    triple = Resolver(store, known, settings.current().lang).triple(args.subject, args.predicate, args.object)
    step = Explainer(store).explain(triple)
    if step is None:
        _say_no(triple, store, wording)
        return FINDINGS
    if args.format == "json":
        told = json.dumps(as_json(step, wording), ensure_ascii=False, indent=2) + "\n"
    else:
        told = as_text(step, wording, settings.current().lang)
    with opened(args.output) as stream:
        stream.write(told.encode())
    return 0


def _say_no(triple: Triple, store: Store, wording: Wording) -> None:
    from parkgraph.infer.closure import fact_of

    said = wording.sentence(fact_of(triple), settings.current().lang)
    settings.notice(_("this neither stands in the graph nor follows from it: {said}", said=said))
    held = store.quads_for_pattern(triple.subject, triple.predicate, None)
    names = ", ".join(sorted({wording.short(fact_of(quad.triple)[2]) for quad in held}))
    if names:
        settings.notice(_("  what holds there: {names}", names=names))


def reason_options(parser: Parser) -> None:
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


def reason_run(args: Namespace) -> int:
    """Writes what follows."""
    from parkgraph.conformance import contradictions_in
    from parkgraph.export import format_chosen, write_graphs
    from parkgraph.graph.assemble import Ordered, asserted, closure_of, read_graph
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
    settings.notice(_("triples that follow: {n}", n=len(inferred)))
    return 0
