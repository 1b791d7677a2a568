"""`parkgraph export`: the graph as one RDF file, or as a folder for the bulk loaders of triple stores."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from parkgraph.cli import findings, settings
from parkgraph.cli import options as shared
from parkgraph.cli.parser import DIR, NAMES, Parser
from parkgraph.errors import Usage
from parkgraph.messages import _


def options(parser: Parser) -> None:
    """Declares the options."""
    from parkgraph.export import FORMATS

    parser.about = _("Write the graph to one file in any RDF format, or to a folder for bulk loaders.")
    shared.output(parser)
    shared.formats(parser, tuple(FORMATS), check=False)
    parser.option(
        "--graphs",
        metavar=NAMES,
        help=_(
            "ontology, data, shapes, inferred, with commas between, or all (default: "
            "ontology,data; with --bulk: all, and metadata too)"
        ),
    )
    parser.option("--merge", action="store_true", help=_("no named graphs, in formats that have them"))
    parser.option(
        "--bulk",
        metavar=DIR,
        help=_(
            "write this folder instead: compressed N-Quads, a manifest, and scripts for the bulk "
            "loaders of Oxigraph, TDB2, Virtuoso, GraphDB, Neptune and QLever"
        ),
    )
    shared.choice(parser, "--split", ("source",), _("with --bulk: one graph per source"))
    parser.option(
        "--part-size",
        type=float,
        metavar="MIB",
        help=_("with --bulk: N-Quads in one file, before compression"),
    )
    findings.unchecked(parser)


def run(args: Namespace) -> None:
    """Writes a file or a folder."""
    if args.bulk is None:
        if args.split is not None or args.part_size is not None:
            raise Usage(_("--split and --part-size go with --bulk"))
        _export(args)
    elif args.output or args.format or args.merge:
        raise Usage(_("--bulk writes a folder of N-Quads: no --output, --format or --merge"))
    else:
        _export_bulk(args)


def _export(args: Namespace) -> None:
    from parkgraph.export import collect, format_chosen, write_graphs
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened

    chosen = format_chosen(args.format, args.output)
    settings.spare(args.output)
    root = settings.root(told=True)
    collected = collect(root, _names(args.graphs or "ontology,data"), findings.fit_graphs(args, root))
    with opened(args.output) as stream:
        write_graphs(collected, stream, chosen, prefixes(root.path), merge=args.merge)


def _export_bulk(args: Namespace) -> None:
    from parkgraph.cli.load import graphs_to_send
    from parkgraph.store.bulk import PART_SIZE, export_bulk, part_size_of

    size = PART_SIZE if args.part_size is None else part_size_of(args.part_size)
    collected = graphs_to_send(args, args.graphs or "all")
    done = export_bulk(collected, Path(args.bulk), split=args.split is not None, part_size=size)
    triples, number = sum(found.triples for found in done.graphs.values()), len(done.graphs)
    settings.notice(
        _(
            "{folder}: {triples} triples in {number} graphs, {files} files, {size} bytes",
            folder=args.bulk,
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
