"""`export --bulk`: the graph as compressed N-Quads in parts, with a manifest, a receipt and loader scripts.

The same graph gives the same bytes. Blank nodes are IRIs and literals of one value stand once, as `load`
sends them, so a store may be compared with the receipt after its own loader has run, and loading twice adds
nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from parkgraph import __version__
from parkgraph.bulk.folder import whole_folder
from parkgraph.bulk.split import SHARED, parts_of
from parkgraph.errors import Usage
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED
from parkgraph.store.receipt import Receipt, to_json
from parkgraph.store.values import Measure, for_stores, measure

PART_SIZE = 64 * 1024 * 1024
"""Bytes of N-Quads, before compression, after which a new file begins."""

SPLIT_GRAPHS = (GRAPH_DATA, GRAPH_INFERRED)
"""The graphs that are cut by source; the others are shared as a whole."""

MANIFEST = "manifest.json"
RECEIPT = "receipt.json"
QUADS = "quads"
"""The folder of the N-Quads files: loaders that take a whole folder find nothing else there."""

_KIND = "parkgraph bulk export 1"
_BLOCK = 20_000  # triples serialised at once


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
    with whole_folder(folder, _earlier(folder)) as new:
        (new / QUADS).mkdir()
        parts = parts_of(for_stores(graphs.get(GRAPH_DATA, ()))) if split else None
        measures: dict[str, Measure] = {}
        entries: list[dict[str, object]] = []
        for graph in sorted(graphs):
            for name, part, triples in _cut(graph, graphs[graph], parts):
                measures[name] = measure(triples)
                stem = graph.rsplit("/", 1)[1] + (f".{part}" if part else "")
                for file, count in _write(triples, name, new, stem, part_size):
                    mark = file.with_suffix(".graph")  # Virtuoso looks for the name without .gz
                    mark.write_text(name + "\n", encoding="utf-8")
                    entries.append({**_entry(file, new), "graph": name, "part": part, "triples": count})
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
) -> Iterator[tuple[str, str | None, list[Triple]]]:
    """(IRI, name of the part, its triples) of what becomes one graph; never an empty one."""
    found = for_stores(triples)
    if parts is None:
        if found:
            yield graph, None, found
        return
    groups: dict[str, list[Triple]] = {}
    for triple in found:
        part = parts.get(triple.subject, SHARED) if graph in SPLIT_GRAPHS else SHARED
        groups.setdefault(part, []).append(triple)
    del found
    for part in sorted(groups):
        yield graph if part == SHARED else f"{graph}/{part}", part, groups.pop(part)


def _write(
    triples: Iterable[Triple], graph: str, folder: Path, stem: str, part_size: int
) -> Iterator[tuple[Path, int]]:
    """Writes the N-Quads files of one graph; gives each with the number of its lines."""
    lines = sorted(_lines(triples, graph))
    number = start = 0
    while start < len(lines):
        number += 1
        end, size = start, 0
        while end < len(lines) and (end == start or size + len(lines[end]) <= part_size):
            size += len(lines[end])
            end += 1
        file = folder / QUADS / f"{stem}.{number:04}.nq.gz"
        with open(file, "xb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as stream:
            stream.writelines(lines[start:end])
        yield file, end - start
        start = end


def _lines(triples: Iterable[Triple], graph: str) -> Iterator[bytes]:
    place, given = NamedNode(graph), iter(triples)
    while block := [Quad(one.subject, one.predicate, one.object, place) for one in islice(given, _BLOCK)]:
        yield from (serialize(block, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


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
        raise Usage({"en": f"not a size: {mebibytes:g} MiB", "zh": f"不能作为大小：{mebibytes:g} MiB"})
    return max(1, int(mebibytes * 1024 * 1024))
