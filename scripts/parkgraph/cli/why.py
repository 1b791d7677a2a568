"""`parkgraph why S P O`: how a triple holds, down to what is asserted and the passages behind it."""

import enum
import json
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS
from parkgraph.messages import _

if TYPE_CHECKING:
    from pyoxigraph import Store, Triple

    from parkgraph.infer.wording import Wording


class Format(enum.Enum):
    """How an explanation is written."""

    text = "text"
    json = "json"
    mermaid = "mermaid"


def register(app: typer.Typer) -> None:
    """Adds `why`."""
    help_text = _(
        "Explains a triple: the steps by which it follows from what is asserted, each with "
        "the rule that gives it, and the passages behind asserted triples. Subject, "
        "predicate and object are short names (park:Project, a), IRIs, labels in any "
        "language, or for the object a literal."
    )
    format_help = _("text, json or mermaid")
    output_help = _("write here")

    def why(
        subject: Annotated[str, typer.Argument(metavar="S", show_default=False)],
        predicate: Annotated[str, typer.Argument(metavar="P", show_default=False)],
        object: Annotated[str, typer.Argument(metavar="O", show_default=False)],
        format: Annotated[Format, typer.Option("--format", "-f", help=words(format_help))] = Format.text,
        output: Annotated[str | None, typer.Option("--output", "-o", help=words(output_help))] = None,
    ) -> None:
        _why((subject, predicate, object), format, output)

    app.command("why", help=words(help_text))(why)


def _why(given: tuple[str, str, str], format: Format, output: str | None) -> None:
    from parkgraph.ask.labels import label_of
    from parkgraph.ask.meant import Meaning
    from parkgraph.graph.cache import open_graph
    from parkgraph.infer.telling import as_json, as_mermaid, as_text
    from parkgraph.infer.why import Explainer
    from parkgraph.infer.wording import Wording
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened

    root = settings.root()
    store, known = open_graph(root), prefixes(root.path)
    wording = Wording(store, label_of, known)
    triple = Meaning(store, known).triple(*given)
    step = Explainer(store).explain(triple)
    if step is None:
        _say_no(triple, store, wording)
        raise typer.Exit(FINDINGS)
    lang = settings.current().lang
    if format is Format.json:
        told = json.dumps(as_json(step, wording), ensure_ascii=False, indent=2) + "\n"
    elif format is Format.mermaid:
        told = as_mermaid(step, wording, lang)
    else:
        told = as_text(step, wording, lang)
    with opened(output) as stream:
        stream.write(told.encode())


def _say_no(triple: "Triple", store: "Store", wording: "Wording") -> None:
    from parkgraph.infer.terms import fact_of

    said = wording.sentence(fact_of(triple), settings.current().lang)
    settings.notice(_("this neither stands in the graph nor follows from it: {said}", said=said))
    held = store.quads_for_pattern(triple.subject, triple.predicate, None)
    names = ", ".join(sorted({wording.short(fact_of(quad.triple)[2]) for quad in held}))
    if names:
        settings.notice(_("  what holds there: {names}", names=names))
