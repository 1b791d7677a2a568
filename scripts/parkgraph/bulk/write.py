"""`export --bulk`: the graph as compressed N-Quads in parts, with a manifest, a receipt and loader scripts.

The same graph gives the same bytes. Blank nodes are IRIs and literals of one value stand once, as `load`
sends them, so a store may be compared with the receipt after its own loader has run, and loading twice adds
nothing.  Graphs go through files; only those that are split are held in memory, one at a time.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Triple

from parkgraph import __version__
from parkgraph.bulk.split import SHARED, parts_of
from parkgraph.errors import Usage
from parkgraph.folder import whole_folder
from parkgraph.graph.ordered import Ordered
from parkgraph.messages import _
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED
from parkgraph.store.outgoing import Outgoing
from parkgraph.store.receipt import Receipt, to_json
from parkgraph.store.values import Measure, without_blanks

PART_SIZE = 64 * 1024 * 1024
"""Bytes of N-Quads, before compression, after which a new file begins."""

SPLIT_GRAPHS = (GRAPH_DATA, GRAPH_INFERRED)
"""The graphs that are cut by source; the others are shared as a whole."""

MANIFEST = "manifest.json"
RECEIPT = "receipt.json"
QUADS = "quads"
"""The folder of the N-Quads files: loaders that take a whole folder find nothing else there."""

_KIND = "parkgraph bulk export 1"
_BLOCK = 1024 * 1024  # bytes read at once


class Written(NamedTuple):
    """What was written.  graphs: IRI → what it holds.  files: of N-Quads.  size: their bytes."""

    graphs: Mapping[str, Measure]
    files: int
    size: int


def export_bulk(
    graphs: Mapping[str, Iterable[Triple]],
    folder: Path,
    *,
    split: bool = False,
    part_size: int = PART_SIZE,
) -> Written:
    """Writes `graphs` (IRI → triples) to `folder`, which is replaced as a whole at the end.

    split: a graph a source, `<graph>/<source>`, and `<graph>` for what is shared (see `split`).
    part_size: bytes of N-Quads in one file, at least one line.
    Raises Usage when the folder holds what no such export wrote, or cannot be written.
    """
    with whole_folder(folder, _earlier(folder).__contains__) as new:
        (new / QUADS).mkdir()
        parts = parts_of(list(without_blanks(graphs.get(GRAPH_DATA, ())))) if split else None
        measures: dict[str, Measure] = {}
        entries: list[dict[str, object]] = []
        for graph in sorted(graphs):
            for name, part, content in _cut(graph, graphs[graph], parts):
                measures[name] = content.wanted
                stem = graph.rsplit("/", 1)[1] + (f".{part}" if part else "")
                for file, lines in _write(content, name, new, stem, part_size):
                    mark = file.with_suffix(".graph")  # Virtuoso looks for the name without .gz
                    mark.write_text(name + "\n", encoding="utf-8")
                    entries.append({**_entry(file, new), "graph": name, "part": part, "triples": lines})
                    entries.append(_entry(mark, new))
        quads = [entry for entry in entries if "triples" in entry]
        entries += [_entry(file, new) for file in _write_loaders(new)]
        receipt = new / RECEIPT
        receipt.write_text(to_json(Receipt("", "", "bulk", "", __version__, measures)), encoding="utf-8")
        entries.append(_entry(receipt, new))
        manifest = {"kind": _KIND, "version": __version__, "split": "source" if split else None,
                    "triples": {name: found.triples for name, found in measures.items()},
                    "files": sorted(entries, key=lambda entry: str(entry["name"]))}  # fmt: skip
        text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        (new / MANIFEST).write_text(text, encoding="utf-8")
    return Written(measures, len(quads), sum(int(str(entry["bytes"])) for entry in quads))


def _cut(
    graph: str, triples: Iterable[Triple], parts: Mapping[object, str] | None
) -> Iterator[tuple[str, str | None, Outgoing]]:
    """(IRI, name of the part, its content) of what becomes one graph; never an empty one."""
    ordered = triples if isinstance(triples, Ordered) else Ordered(triples)
    if parts is None:
        if content := Outgoing(ordered):
            yield graph, None, content
        return
    groups: dict[str, list[Triple]] = {}
    for triple in without_blanks(ordered):
        part = parts.get(triple.subject, SHARED) if graph in SPLIT_GRAPHS else SHARED
        groups.setdefault(part, []).append(triple)
    for part in sorted(groups):
        yield graph if part == SHARED else f"{graph}/{part}", part, Outgoing(groups.pop(part))


def _write(
    content: Outgoing, graph: str, folder: Path, stem: str, part_size: int
) -> Iterator[tuple[Path, int]]:
    """Writes the N-Quads files of one graph; gives each with the number of its lines."""
    lines = _lines(content, graph)
    line = next(lines, None)
    for number in count(1):
        if line is None:
            return
        file = folder / QUADS / f"{stem}.{number:04}.nq.gz"
        written = size = 0
        with open(file, "xb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as stream:
            while line is not None and (not written or size + len(line) <= part_size):
                stream.write(line)
                written, size = written + 1, size + len(line)
                line = next(lines, None)
        yield file, written


def _lines(content: Outgoing, graph: str) -> Iterator[bytes]:
    """The N-Triples as N-Quads of the graph."""
    end, start = f" <{graph}> .\n".encode(), 0
    while piece := content.piece(start, _BLOCK):
        start += len(piece)
        for line in piece.splitlines():
            yield line.removesuffix(b" .") + end


def _write_loaders(folder: Path) -> Iterator[Path]:
    for template in sorted(files("parkgraph.bulk").joinpath("templates").iterdir(), key=lambda one: one.name):
        file = folder / template.name
        file.write_bytes(template.read_bytes())
        if file.suffix == ".sh":
            file.chmod(0o755)
        yield file


def _entry(file: Path, folder: Path) -> dict[str, object]:
    with open(file, "rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"name": file.relative_to(folder).as_posix(), "bytes": file.stat().st_size, "sha256": digest}


def _earlier(folder: Path) -> set[str]:
    """Names of the files that an earlier export wrote to the folder."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        if manifest["kind"] != _KIND:
            return set()
        return {MANIFEST, *(str(entry["name"]) for entry in manifest["files"])}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def part_size_of(mebibytes: float) -> int:
    """The option's value in bytes.  Raises Usage."""
    if not 0 < mebibytes < 1_000_000:
        raise Usage(_("not a size: {mebibytes:g} MiB", mebibytes=mebibytes))
    return max(1, int(mebibytes * 1024 * 1024))
