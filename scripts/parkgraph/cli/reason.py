"""`parkgraph reason`: writes what follows from ontology and data; contradictions are findings."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS
from parkgraph.messages import _

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from parkgraph.infer.closure import Closure
    from parkgraph.read.files import Root


def register(app: typer.Typer) -> None:
    """Adds `reason`."""
    output_help = _("write here; its suffix chooses the format")
    format_help = _("turtle, ntriples, nquads, trig, rdfxml or jsonld")
    help_text = _(
        "Writes the inferred triples: what follows from ontology and data under OWL 2 RL and "
        "is not said there. When something contradicts, it says what, writes nothing, and "
        "ends with exit code 1."
    )

    def reason(
        output: Annotated[str | None, typer.Option("--output", "-o", help=words(output_help))] = None,
        format: Annotated[str | None, typer.Option("--format", "-f", help=words(format_help))] = None,
    ) -> None:
        _reason(output, format)

    app.command("reason", help=words(help_text))(reason)


def _reason(output: str | None, format: str | None) -> None:
    from parkgraph.export import format_chosen, write_graphs
    from parkgraph.graph.assemble import closure_of, ordered_asserted
    from parkgraph.graph.ordered import Ordered
    from parkgraph.names import GRAPH_INFERRED
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened

    chosen = format_chosen(format, output)
    settings.spare(output)
    root = settings.root()
    asserted = ordered_asserted(root)
    closure = closure_of(asserted)
    if closure.contradictions:
        _tell(closure, asserted, root)
        raise typer.Exit(FINDINGS)
    inferred = Ordered(closure)
    with opened(output) as stream:
        write_graphs({GRAPH_INFERRED: inferred}, stream, chosen, prefixes(root.path), merge=True)
    settings.notice(_("{n} triples follow", n=len(inferred)))


def _tell(closure: "Closure", asserted: "Mapping[str, Iterable[Triple]]", root: "Root") -> None:
    from parkgraph.ask.labels import label_of
    from parkgraph.graph.assemble import to_store
    from parkgraph.infer.clashes import findings, places_in
    from parkgraph.infer.wording import Wording
    from parkgraph.read.prefixes import prefixes

    wording = Wording(to_store(asserted), label_of, prefixes(root.path))
    for finding in findings(closure, wording, places_in(root)):
        print(finding)
