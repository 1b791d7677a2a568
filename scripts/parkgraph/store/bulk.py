"""`export --bulk`: the graph as compressed N-Quads in parts, with a manifest, a receipt and loader scripts.

The same graph gives the same bytes. Blank nodes are IRIs and literals of one value stand once, as `load`
sends them, so a store may be compared with the receipt after its own loader has run, and loading twice adds
nothing.

The graph can be cut into a part a source. A park's facts come from the sources about it, so parts are what
is spread over machines. A subject goes with all its triples, asserted and inferred, to the one source its
evidence is from; a thing without evidence goes where all goes that it touches. Shared is what rests on no
source or on several (the ontology, concepts), what a thing of another part refers to (an indicator or a
period that two parks name), and what a shared thing refers to in turn: a part and what is shared leave no
reference open. Every triple is in exactly one part, and the parts together are the graph.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from parkgraph import __version__
from parkgraph.errors import Usage
from parkgraph.messages import _
from parkgraph.names import ENTITY, GRAPH_DATA, GRAPH_INFERRED, OWL, PARK, SOURCE
from parkgraph.show.output import whole_folder
from parkgraph.store.canonical import Measure, Payload, without_blanks
from parkgraph.store.load import Receipt

SHARED = "shared"
"""Name of the part of what belongs to no one source."""

PART_SIZE = 64 * 1024 * 1024
"""Bytes of N-Quads, before compression, after which a new file begins."""

SPLIT_GRAPHS = (GRAPH_DATA, GRAPH_INFERRED)
"""The graphs that are cut by source; the others are shared as a whole."""

MANIFEST = "manifest.json"
RECEIPT = "receipt.json"
QUADS = "quads"
"""The folder of the N-Quads files: loaders that take a whole folder find nothing else there."""

_IN_SOURCE = NamedNode(PARK + "inSource")
_EVIDENCE = NamedNode(PARK + "evidence")
_ANNOTATED = NamedNode(OWL + "annotatedSource")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")

_KIND = "parkgraph bulk export 1"


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

    split: a graph a source, `<graph>/<source>`, and `<graph>` for what is shared (see above).
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
        receipt.write_text(Receipt("", "", "bulk", "", __version__, measures).to_json(), encoding="utf-8")
        entries.append(_entry(receipt, new))
        manifest = {"kind": _KIND, "version": __version__, "split": "source" if split else None,
                    "triples": {name: found.triples for name, found in measures.items()},
                    "files": sorted(entries, key=lambda entry: str(entry["name"]))}  # fmt: skip
        text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        (new / MANIFEST).write_text(text, encoding="utf-8")
    return Written(measures, len(quads), sum(int(str(entry["bytes"])) for entry in quads))


def _cut(
    graph: str, triples: Iterable[Triple], parts: Mapping[object, str] | None
) -> Iterator[tuple[str, str | None, Payload]]:
    """(IRI, name of the part, its content) of what becomes one graph; never an empty one."""
    named = sorted(set(without_blanks(triples)), key=str)
    if parts is None:
        if content := Payload(named):
            yield graph, None, content
        return
    groups: dict[str, list[Triple]] = {}
    for triple in named:
        part = parts.get(triple.subject, SHARED) if graph in SPLIT_GRAPHS else SHARED
        groups.setdefault(part, []).append(triple)
    for part in sorted(groups):
        yield graph if part == SHARED else f"{graph}/{part}", part, Payload(groups.pop(part))


def _write(
    content: Payload, graph: str, folder: Path, stem: str, part_size: int
) -> Iterator[tuple[Path, int]]:
    """Writes the N-Quads files of one graph; gives each with the number of its lines."""
    lines = content.quads(graph)
    line = next(lines, b"")
    for number in count(1) if line else ():
        file = folder / QUADS / f"{stem}.{number:04}.nq.gz"
        size = written = 0
        with open(file, "xb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as stream:
            while line and (not written or size + len(line) <= part_size):
                stream.write(line)
                size, written = size + len(line), written + 1
                line = next(lines, b"")
        yield file, written
        if not line:
            return


def _write_loaders(folder: Path) -> Iterator[Path]:
    templates = files("parkgraph.store").joinpath("templates")
    for template in sorted(templates.iterdir(), key=lambda one: one.name):
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


def parts_of(data: Iterable[Triple]) -> dict[object, str]:
    """Subject → name of its part, for the subjects of `data` that belong to one source; the rest is SHARED.

    data: the asserted triples, passages among them; is read several times.
    """
    sources = _sources(data)
    real = {triple.object for triple in data if triple.predicate == _IN_SOURCE}
    owner = {
        subject: next(iter(found)) for subject, found in sources.items() if len(found) == 1 and found <= real
    }
    _adopt(data, sources, owner)
    refers: dict[object, list[object]] = {}
    waiting = [subject for subject in sources if subject not in owner]
    for triple in data:
        place, target = owner.get(triple.subject), triple.object
        if target in owner:
            refers.setdefault(triple.subject, []).append(target)
            if owner[target] != place:
                waiting.append(target)
        if triple.predicate == _ANNOTATED:  # says on what a triple rests, so it goes where that triple is
            refers.setdefault(target, []).append(triple.subject)
    while waiting:
        subject = waiting.pop()
        owner.pop(subject, None)
        waiting += [target for target in refers.pop(subject, ()) if target in owner]
    named = _names(set(owner.values()))
    return {subject: named[source] for subject, source in owner.items()}


def _sources(data: Iterable[Triple]) -> dict[object, set[object]]:
    """Subject → the sources that its evidence is from, that it is in, or is."""
    sources: dict[object, set[object]] = {}
    for triple in data:
        if triple.predicate == _IN_SOURCE:
            sources.setdefault(triple.subject, set()).add(triple.object)
            sources.setdefault(triple.object, set()).add(triple.object)
    places = {place: next(iter(found)) for place, found in sources.items() if len(found) == 1}
    for triple in data:
        if triple.predicate == _EVIDENCE:
            # A passage that is in no source counts as a source of its own.
            sources.setdefault(triple.subject, set()).add(places.get(triple.object, triple.object))
    return sources


def _adopt(data: Iterable[Triple], sources: Collection[object], owner: dict[object, object]) -> None:
    """Adds to `owner` the things without evidence that touch things of one source only: a participation, an
    organization that one article names."""
    beside: dict[object, set[object]] = {}
    for triple in data:
        for one, other in ((triple.subject, triple.object), (triple.object, triple.subject)):
            if isinstance(one, NamedNode) and one.value.startswith(ENTITY) and one not in sources:
                beside.setdefault(one, set()).add(other)
    while adopted := {
        thing: found.pop()
        for thing, others in beside.items()
        if thing not in owner and len(found := {owner[other] for other in others if other in owner}) == 1
    }:
        owner.update(adopted)


def _names(sources: set[object]) -> Mapping[object, str]:
    """A name for each source that can stand in file names and IRIs, none twice."""

    def name(source: object) -> str:
        iri = source.value if isinstance(source, NamedNode) else str(source)
        tail = iri.removeprefix(SOURCE)
        if _NAME.fullmatch(tail) and tail != SHARED:
            return tail
        return hashlib.sha256(iri.encode()).hexdigest()[:16]

    return {source: name(source) for source in sources}
