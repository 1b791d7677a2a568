"""The formats of RDF that are read: told by a file's name, else by how it begins."""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

from pyoxigraph import RdfFormat

from parkgraph.errors import Unreadable
from parkgraph.messages import Quoted, _
from parkgraph.read.files import decode, read_bytes, size_limit

SUFFIXES = {
    ".ttl": RdfFormat.TURTLE,
    ".turtle": RdfFormat.TURTLE,
    ".n3": RdfFormat.TURTLE,
    ".nt": RdfFormat.TURTLE,  # a part of Turtle
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}
STDIN = "-"


def is_rdf(path: Path) -> bool:
    """Whether a file in a folder is RDF, by its name; a .json may be anything."""
    suffix = _suffix(path)
    return suffix in SUFFIXES and suffix != ".json"


def read_rdf(path: Path, name: str) -> tuple[str, RdfFormat]:
    """The text of a file, or of standard input (-), and its format.  name: what messages call it.

    Raises Unreadable: as `read_bytes` and `decode`, no gzip, and a name that says no format.
    """
    content = sys.stdin.buffer.read(size_limit() + 1) if str(path) == STDIN else read_bytes(path, name=name)
    if path.suffix.lower() == ".gz":
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError) as error:
            raise Unreadable(_("not gzip: {error}", error=Quoted(error)), file=name) from None
    if not content.strip():
        return "", RdfFormat.TURTLE
    text = decode(content, name)
    found = SUFFIXES.get(_suffix(path))
    looks = _looks_like(text)
    if found is None and (str(path) == STDIN or not path.suffix):
        found = looks
    if found is None:
        raise Unreadable(
            _("not RDF by its name: {suffix}", suffix=path.suffix),
            file=name,
            fix=_("files may be {known}, each also as .gz", known=list(SUFFIXES)),
        )
    if found == RdfFormat.TURTLE and looks != RdfFormat.TURTLE:
        raise Unreadable(
            _("this looks like {format}, and is named as Turtle", format=looks.name),
            file=name,
            line=1,
            column=1,
            fix=_("give it the suffix .{suffix}", suffix=looks.file_extension),
        )
    return text, found


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    return path.with_suffix("").suffix.lower() if suffix == ".gz" else suffix


def _looks_like(text: str) -> RdfFormat:
    start = text.lstrip()[:200]
    if re.match(r"<\?xml|<!DOCTYPE|<!--|<rdf:RDF", start):
        return RdfFormat.RDF_XML
    if re.match(r'\{\s*"|\[\s*\{\s*"', start):
        return RdfFormat.JSON_LD
    return RdfFormat.TURTLE
