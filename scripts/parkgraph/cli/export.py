"""`parkgraph export`: the graph as one RDF file, or as a folder for the bulk loaders of triple stores."""

from pathlib import Path
from typing import Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import Usage


def register(app: typer.Typer) -> None:
    """Adds `export`."""
    output_help = {"en": "write here; its suffix chooses the format", "zh": "写入此文件；后缀决定格式"}
    format_help = {"en": "turtle, ntriples, nquads, trig, rdfxml or jsonld",
                   "zh": "turtle、ntriples、nquads、trig、rdfxml 或 jsonld"}  # fmt: skip
    graphs_help = {"en": "ontology, data, shapes, inferred, with commas between, or all "
                         "(default: ontology,data; with --bulk: all, and metadata too)",
                   "zh": "ontology、data、shapes、inferred，用逗号分隔，或 all"
                         "（默认：ontology,data；--bulk 时为 all，并含 metadata）"}  # fmt: skip
    merge_help = {
        "en": "no named graphs, in formats that have them",
        "zh": "在支持命名图的格式中也不区分命名图",
    }
    bulk_help = {
        "en": "write this folder instead: compressed N-Quads, a manifest, and scripts for the bulk loaders "
        "of Oxigraph, TDB2, Virtuoso, GraphDB, Neptune and QLever",
        "zh": "改为写出此文件夹：压缩的 N-Quads、清单，以及供 Oxigraph、TDB2、Virtuoso、GraphDB、"
        "Neptune 和 QLever 批量加载的脚本",
    }
    split_help = {
        "en": "with --bulk: source, for a graph a source",
        "zh": "与 --bulk 合用：source，每个来源一个图",
    }
    size_help = {"en": "with --bulk: N-Quads in one file, before compression",
                 "zh": "与 --bulk 合用：单个文件压缩前的大小"}  # fmt: skip

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
                raise Usage({"en": "--split and --part-size go with --bulk",
                             "zh": "--split 和 --part-size 须与 --bulk 合用"})  # fmt: skip
            _export(output, format, graphs or "ontology,data", merge)
        elif output or format or merge:
            raise Usage({"en": "--bulk writes a folder of N-Quads: no --output, --format or --merge",
                         "zh": "--bulk 写出 N-Quads 文件夹：不能与 --output、--format、--merge 合用"},
                        )  # fmt: skip
        elif split not in (None, "source"):
            raise Usage({"en": f"unknown split: {split}", "zh": f"未知的拆分方式：{split}"},
                        fix={"en": "--split source", "zh": "可用：--split source"})  # fmt: skip
        else:
            _export_bulk(bulk, graphs or "all", split is not None, part_size)

    help_text = {"en": "Write the graph to one file in any RDF format, or to a folder for bulk loaders.",
                 "zh": "将图谱写成任一 RDF 格式的单个文件，或供批量加载的文件夹。"}  # fmt: skip
    app.command("export", help=words(help_text))(export)


def _export(output: str | None, format: str | None, graphs: str, merge: bool) -> None:
    from parkgraph.export import collect, format_chosen, write_graphs
    from parkgraph.names import prefixes
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
        {"en": f"{folder}: {triples} triples in {number} graphs, {done.files} files, {done.size} bytes",
         "zh": f"{folder}：{number} 个图共 {triples} 个三元组，{done.files} 个文件，{done.size} 字节"}
    )  # fmt: skip


def _names(graphs: str) -> list[str]:
    from parkgraph.export import GRAPHS

    names = [name.strip() for name in graphs.split(",") if name.strip()]
    return list(GRAPHS) if names == ["all"] else names
