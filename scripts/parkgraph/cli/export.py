"""`parkgraph export`: the graph as one RDF file, or as a folder for the bulk loaders of triple stores."""

from pathlib import Path
from typing import Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import Usage
from parkgraph.messages import _


def register(app: typer.Typer) -> None:
    """Adds `export`."""
    output_help = _("write here; its suffix chooses the format")
    format_help = _("turtle, ntriples, nquads, trig, rdfxml or jsonld")
    graphs_help = _(
        "ontology, data, shapes, inferred, with commas between, or all (default: "
        "ontology,data; with --bulk: all, and metadata too)"
    )
    merge_help = _("no named graphs, in formats that have them")
    bulk_help = _(
        "write this folder instead: compressed N-Quads, a manifest, and scripts for the bulk "
        "loaders of Oxigraph, TDB2, Virtuoso, GraphDB, Neptune and QLever"
    )
    split_help = _("with --bulk: source, for a graph a source")
    size_help = _("with --bulk: N-Quads in one file, before compression")

    def export(
        output: Annotated[str | None, typer.Option("--output", "-o", help=words(output_help))] = None,
        format: Annotated[str | None, typer.Option("--format", "-f", help=words(format_help))] = None,
        graphs: Annotated[str | None, typer.Option(help=words(graphs_help))] = None,
        merge: Annotated[bool, typer.Option("--merge", help=words(merge_help))] = False,
        bulk: Annotated[str | None, typer.Option(metavar="DIR", help=words(bulk_help))] = None,
        split: Annotated[str | None, typer.Option(metavar="source", help=words(split_help))] = None,
        part_size: Annotated[float | None, typer.Option(metavar="MIB", help=words(size_help))] = None,
    ) -> None:
        if bulk is None:
            if split is not None or part_size is not None:
                raise Usage(_("--split and --part-size go with --bulk"))
            _export(output, format, graphs or "ontology,data", merge)
        elif output or format or merge:
            raise Usage(
                _("--bulk writes a folder of N-Quads: no --output, --format or --merge"),
            )
        elif split not in (None, "source"):
            raise Usage(_("unknown split: {split}", split=split), fix=_("--split source"))
        else:
            _export_bulk(bulk, graphs or "all", split is not None, part_size)

    help_text = _("Write the graph to one file in any RDF format, or to a folder for bulk loaders.")
    app.command("export", help=words(help_text))(export)


def _export(output: str | None, format: str | None, graphs: str, merge: bool) -> None:
    from parkgraph.export import collect, format_chosen, write_graphs
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened

    chosen = format_chosen(format, output)
    settings.spare(output)
    root = settings.root()
    collected = collect(root, _names(graphs))
    with opened(output) as stream:
        write_graphs(collected, stream, chosen, prefixes(root.path), merge=merge)


def _export_bulk(folder: str, graphs: str, split: bool, mebibytes: float | None) -> None:
    from parkgraph.bulk.write import PART_SIZE, export_bulk, part_size_of
    from parkgraph.cli.load import graphs_to_send

    size = PART_SIZE if mebibytes is None else part_size_of(mebibytes)
    collected = graphs_to_send(graphs, merged=False)
    done = export_bulk(collected, Path(folder), split=split, part_size=size)
    triples, number = sum(found.triples for found in done.graphs.values()), len(done.graphs)
    settings.notice(
        _(
            "{folder}: {triples} triples in {number} graphs, {files} files, {size} bytes",
            folder=folder,
            triples=triples,
            number=number,
            files=done.files,
            size=done.size,
        )
    )


def _names(graphs: str) -> list[str]:
    from parkgraph.export import GRAPHS

    names = [name.strip() for name in graphs.split(",") if name.strip()]
    return list(GRAPHS) if names == ["all"] else names
