"""RDF read strictly: every W3C rule holds; a mistake in Turtle is told with line, column and a remedy."""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse

from parkgraph.errors import Unreadable
from parkgraph.messages import Message, Quoted, Text, _
from parkgraph.names import STANDARD_PREFIXES
from parkgraph.read.files import decode, read_bytes, read_text, size_limit
from parkgraph.read.prefixes import prefixes


def parse_strict(path: str | Path, *, name: str | None = None, base: str | None = None) -> list[Quad]:
    """The triples of one Turtle file, in the order of the file, as quads of the default graph.

    name: what messages call the file.  base: resolves relative IRIs; without it they are errors.
    Raises Unreadable with file, line and column (1-based, code points).
    """
    shown = name or str(path)
    return parse_text(read_text(path, name=shown), name=shown, base=base)


def parse_text(
    text: str, *, name: str, base: str | None = None, format: RdfFormat = RdfFormat.TURTLE
) -> list[Quad]:
    """As `parse_strict`, for a text that is already read."""
    try:
        quads = list(parse(text, format, base_iri=base))
    except SyntaxError as error:
        if "LoadDocumentCallback" in error.msg:
            said = _("its @context lies elsewhere, and nothing but the named files is read")
            raise Unreadable(said, fix=_("write the context into the file"), file=name) from None
        if format != RdfFormat.TURTLE:
            raise Unreadable(
                _("not {format}: {said}", format=format.name, said=Quoted(error.msg)),
                file=name,
                line=error.lineno,
                column=error.offset,
            ) from None

        raise explain(error, text, name) from None
    if any(isinstance(quad.object, Triple) for quad in quads):
        raise newer_turtle(text, name)
    return quads


# Texts, comments and IRIs are passed over; what is left may begin a triple that is used as a term.
_TRIPLE_AS_TERM = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|\'{3}(?:\\.|[^\\])*?\'{3}|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''''
    r"|<[^<>\s]*>|#[^\n]*|\\.|(?P<found><<|\{\||~)",
    re.DOTALL,
)


def newer_turtle(text: str, name: str) -> Unreadable:
    """The error for a file that holds a triple as a term."""
    start = next((match.start() for match in _TRIPLE_AS_TERM.finditer(text) if match["found"]), 0)
    return Unreadable(
        _("holds a triple as a term (RDF 1.2), which SHACL and OWL tools do not read"),
        file=name,
        line=text.count("\n", 0, start) + 1,
        column=start - text.rfind("\n", 0, start),
        fix=_("describe it with a node of its own"),
    )


# What the parser says, what it means, how to mend it; {part} is what it quotes. The first that fits counts,
# so the special cases stand before the general ones.
_MISTAKES: tuple[tuple[str, Message, Message], ...] = (
    (
        r"A dot is expected at the end of statements|Triples should be followed by a dot",
        _("the statement before this place has no end: a '.', ';' or ',' is missing"),
        _("end the statement with '.', go on with the same subject with ';', add a value with ','"),
    ),
    (
        r"Line jumps are not allowed in string literals",
        _("a text in single quotes runs over the end of the line: its closing quote is missing"),
        _('close the quote, or write a text of several lines between """ and """'),
    ),
    (
        r"Unexpected end",
        _("the file ends in the middle of a text or statement"),
        _("close the text, or end the statement with '.'"),
    ),
    (
        r"Unexpected escape character '(.*)'",
        _("a backslash stands before a character it cannot stand before: {part}"),
        _(r"write \\ for a backslash, \" for a quote inside a text"),
    ),
    (
        r"No scheme found in an absolute IRI",
        _("a relative IRI: there is no base to complete it"),
        _("write the whole IRI, or a prefixed name such as park:Project"),
    ),
    (
        r"Invalid IRI code point '(.*)'",
        _("an IRI between < and > holds a character it may not hold: '{part}'"),
        _("percent-encode it (a space is %20), or close the IRI with '>'"),
    ),
    (
        r"should be followed by a prefix like",
        _("a @prefix line without a prefix name"),
        _("write it as: @prefix park: <https://…> ."),
    ),
    (
        r"blank node property lists should end with a '\]'",
        _("a '[' is not closed"),
        _("close it with ']', or separate its properties with ';'"),
    ),
    (
        r"^\. is not a valid RDF object",
        _("a value or a closing ')' is missing before the '.'"),
        _("write the value, or close the list"),
    ),
    (
        r"^; is not a valid RDF object|^, is not a valid RDF object|^\] is not a valid RDF object",
        _("a value is missing here"),
        _("write the value between the property and the punctuation"),
    ),
    (
        r"^(\".*\") is not a valid predicate",
        _("a text stands where a property is needed: {part}"),
        _("put a property before it, or a ',' when it is one more value"),
    ),
    (
        r"^(\S+) is not a valid predicate",
        _("{part} stands where a property is needed"),
        _("write a prefixed name such as rdfs:label, or 'a'"),
    ),
    (
        r"^(\S+) is not a valid RDF object",
        _("{part} is no value: neither a quoted text, a number, nor a name with a prefix"),
        _('text needs quotes: "…"@zh, "…"@en'),
    ),
    (r"^\. is not a valid subject or graph name", _("a '.' where no statement is open"), _("remove it")),
    (
        r"^(\S+) is not a valid subject or graph name",
        _("{part} stands where a subject or the end of the statement is needed"),
        _(r"look just before it: an unescaped quote (write \") or a missing ';' is the usual cause"),
    ),
    (
        r"^Unexpected character '(.*)'",
        _("unexpected character '{part}'"),
        _("remove it, or quote the text it belongs to; a language tag has hyphens only, as in zh-CN"),
    ),
)

# Typed with a Chinese input method: the ASCII sign each stands for.
_FULL_WIDTH = {"。": ".", "\uff1b": ";", "\uff0c": ",", "\uff1a": ":", "“": '"', "”": '"', "‘": "'", "’": "'",
               "\uff1c": "<", "\uff1e": ">", "《": "<", "》": ">", "\uff08": "(", "\uff09": ")",
               "【": "[", "】": "]", "、": ",", "\uff20": "@", "\uff3e": "^",
               "\u3000": " ", "\u00a0": " ", "\ufeff": "", "\u200b": ""}  # fmt: skip


def explain(error: SyntaxError, text: str, name: str) -> Unreadable:
    """The parser's complaint about `text` as an error a person understands, with its place."""
    said = str(error.msg).partition(": ")[2] or str(error.msg)
    line, column = _within(text, error.lineno or 1, error.offset or 1)
    line, column = _stop_in_name(text, line, column) or (line, column)
    message, fix = _full_width(text, line, column) or _undeclared_prefix(said) or _known(said)
    return Unreadable(message, fix=fix, file=name, line=line, column=column)


def _within(text: str, line: int, column: int) -> tuple[int, int]:
    # A file that ends too early is wrong at its last word, not on the line after it.
    end = len(text.rstrip())
    last = text.count("\n", 0, end) + 1
    return (last, end - text.rfind("\n", 0, end)) if line > last else (line, column)


# Turtle lets names hold these signs, so they end no statement: `a park:Project。` names a class.
_STOP_IN_NAME = re.compile(r"[\w-]*:[^\s\"'<>]*[、。\uff0c\uff1b]\s*$")
_LONGEST_NAME = 300


def _stop_in_name(text: str, line: int, column: int) -> tuple[int, int] | None:
    """The place of a full-width stop at the end of the name just before (line, column)."""
    end = sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1
    if not _STOP_IN_NAME.search(text, max(0, end - _LONGEST_NAME), end):
        return None
    last = len(text[:end].rstrip())
    return text.count("\n", 0, last) + 1, last - 1 - text.rfind("\n", 0, last)


def _full_width(text: str, line: int, column: int) -> tuple[Text, Text] | None:
    lines = text.split("\n")
    found = lines[line - 1][column - 1 : column] if line <= len(lines) else ""
    if found not in _FULL_WIDTH:
        return None
    wanted = _FULL_WIDTH[found]
    if not wanted:
        return (_("an invisible sign (U+{ord:04X})", ord=ord(found)), _("delete it"))
    if wanted == " ":
        return (
            _("a space that Turtle does not know (U+{ord:04X})", ord=ord(found)),
            _("write a plain space instead"),
        )
    return (
        _("a full-width sign that Turtle does not know: {found}", found=found),
        _("write {wanted} instead", wanted=wanted),
    )


def _undeclared_prefix(said: str) -> tuple[Text, Text] | None:
    found = re.match(r"The prefix (.*): has not been declared", said)
    if not found:
        return None
    prefix = found[1]
    try:
        namespace = prefixes().get(prefix)
    except Unreadable:  # the faulty file may be prefixes.ttl itself
        namespace = STANDARD_PREFIXES.get(prefix)
    line = f"@prefix {prefix}: <{namespace or '…'}> ."
    return (
        _("the prefix {prefix}: is not declared", prefix=prefix),
        _("add at the top of the file: {line}", line=line),
    )


def _known(said: str) -> tuple[Text, Text | None]:
    for says, message, fix in _MISTAKES:
        found = re.search(says, said, re.DOTALL)
        if found:
            part = _short(found[1]) if found.groups() else ""
            return {lang: text.format(part=part) for lang, text in message.items()}, fix
    return _("not Turtle: {said}", said=Quoted(said)), None


def _short(part: str, limit: int = 40) -> str:
    return part if len(part) <= limit else part[: limit - 1] + "…"


# --- formats, told by a file's name, else by how it begins ---------------------

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
