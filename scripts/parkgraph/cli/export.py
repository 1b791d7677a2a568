"""`parkgraph export`: the graph as one RDF file."""

from typing import Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words


def register(app: typer.Typer) -> None:
    """Adds `export`."""
    output_help = {"en": "write here; its suffix chooses the format", "zh": "写入此文件；后缀决定格式"}
    format_help = {"en": "turtle, ntriples, nquads, trig, rdfxml or jsonld",
                   "zh": "turtle、ntriples、nquads、trig、rdfxml 或 jsonld"}  # fmt: skip
    graphs_help = {"en": "ontology, data, shapes, inferred, with commas between, or all",
                   "zh": "ontology、data、shapes、inferred，用逗号分隔，或 all"}  # fmt: skip
    merge_help = {
        "en": "no named graphs, in formats that have them",
        "zh": "在支持命名图的格式中也不区分命名图",
    }

    def export(
        output: Annotated[str | None, typer.Option("--output", "-o", help=words(output_help))] = None,
        format: Annotated[str | None, typer.Option("--format", "-f", help=words(format_help))] = None,
        graphs: Annotated[str, typer.Option(help=words(graphs_help))] = "ontology,data",
        merge: Annotated[bool, typer.Option("--merge", help=words(merge_help))] = False,
    ) -> None:
        _export(output, format, graphs, merge)

    help_text = {"en": "Write the graph to one file in any RDF format.",
                 "zh": "将图谱写成任一 RDF 格式的单个文件。"}  # fmt: skip
    app.command("export", help=words(help_text))(export)


def _export(output: str | None, format: str | None, graphs: str, merge: bool) -> None:
    from parkgraph.export import GRAPHS, collect, format_named, format_of, write_graphs
    from parkgraph.names import prefixes
    from parkgraph.show.output import opened

    if format:
        chosen = format_named(format)
    elif output and output != "-":
        chosen = format_of(output)
    else:
        chosen = format_named("turtle")
    names = list(GRAPHS) if graphs == "all" else [name.strip() for name in graphs.split(",") if name.strip()]
    root = settings.root()
    collected = collect(root, names)
    with opened(output) as stream:
        write_graphs(collected, stream, chosen, prefixes(root.path), merge=merge)
