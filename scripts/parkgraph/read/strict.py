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
            said = _("not {format}: {said}", format=format.name, said=Quoted(error.msg))
            raise Unreadable(said, file=name, line=error.lineno, column=error.offset) from None
        raise explain(error, text, name) from None
    if any(isinstance(quad.object, Triple) for quad in quads):
        found = (match.start() for match in _TRIPLE_AS_TERM.finditer(text) if match["found"])
        said = _("holds a triple as a term (RDF 1.2), which SHACL and OWL tools do not read")
        fix = _("describe it with a node of its own")
        line, column = _line_column(text, next(found, 0))
        raise Unreadable(said, fix=fix, file=name, line=line, column=column)
    return quads


def _line_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


# Texts, comments and IRIs are passed over; what is left may begin a triple that is used as a term.
_TRIPLE_AS_TERM = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|\'{3}(?:\\.|[^\\])*?\'{3}|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''''
    r"|<[^<>\s]*>|#[^\n]*|\\.|(?P<found><<|\{\||~)",
    re.DOTALL,
)


# What the parser says, what it means, how to mend it; {part} is what it quotes. The first that fits counts,
# so the special cases stand before the general ones.
_MISTAKES: dict[str, tuple[Message, Message]] = {
    r"A dot is expected at the end of statements|Triples should be followed by a dot": (
        _("the statement before this place has no end: a '.', ';' or ',' is missing"),
        _("end the statement with '.', go on with the same subject with ';', add a value with ','"),
    ),
    r"Line jumps are not allowed in string literals": (
        _("a text in single quotes runs over the end of the line: its closing quote is missing"),
        _('close the quote, or write a text of several lines between """ and """'),
    ),
    r"Unexpected end": (
        _("the file ends in the middle of a text or statement"),
        _("close the text, or end the statement with '.'"),
    ),
    r"Unexpected escape character '(.*)'": (
        _("a backslash stands before a character it cannot stand before: {part}"),
        _(r"write \\ for a backslash, \" for a quote inside a text"),
    ),
    r"No scheme found in an absolute IRI": (
        _("a relative IRI: there is no base to complete it"),
        _("write the whole IRI, or a prefixed name such as park:Project"),
    ),
    r"Invalid IRI code point '(.*)'": (
        _("an IRI between < and > holds a character it may not hold: '{part}'"),
        _("percent-encode it (a space is %20), or close the IRI with '>'"),
    ),
    r"should be followed by a prefix like": (
        _("a @prefix line without a prefix name"),
        _("write it as: @prefix park: <https://…> ."),
    ),
    r"blank node property lists should end with a '\]'": (
        _("a '[' is not closed"),
        _("close it with ']', or separate its properties with ';'"),
    ),
    r"^\. is not a valid RDF object": (
        _("a value or a closing ')' is missing before the '.'"),
        _("write the value, or close the list"),
    ),
    r"^; is not a valid RDF object|^, is not a valid RDF object|^\] is not a valid RDF object": (
        _("a value is missing here"),
        _("write the value between the property and the punctuation"),
    ),
    r"^(\".*\") is not a valid predicate": (
        _("a text stands where a property is needed: {part}"),
        _("put a property before it, or a ',' when it is one more value"),
    ),
    r"^(\S+) is not a valid predicate": (
        _("{part} stands where a property is needed"),
        _("write a prefixed name such as rdfs:label, or 'a'"),
    ),
    r"^(\S+) is not a valid RDF object": (
        _("{part} is no value: neither a quoted text, a number, nor a name with a prefix"),
        _('text needs quotes: "…"@zh, "…"@en'),
    ),
    r"^\. is not a valid subject or graph name": (
        _("a '.' where no statement is open"),
        _("remove it"),
    ),
    r"^(\S+) is not a valid subject or graph name": (
        _("{part} stands where a subject or the end of the statement is needed"),
        _(r"look just before it: an unescaped quote (write \") or a missing ';' is the usual cause"),
    ),
    r"^Unexpected character '(.*)'": (
        _("unexpected character '{part}'"),
        _("remove it, or quote the text it belongs to; a language tag has hyphens only, as in zh-CN"),
    ),
}

# Typed with a Chinese input method: the ASCII sign each stands for.
_FULL_WIDTH = {"。": ".", "\uff1b": ";", "\uff0c": ",", "\uff1a": ":", "“": '"', "”": '"', "‘": "'", "’": "'",
               "\uff1c": "<", "\uff1e": ">", "《": "<", "》": ">", "\uff08": "(", "\uff09": ")",
               "【": "[", "】": "]", "、": ",", "\uff20": "@", "\uff3e": "^",
               "\u3000": " ", "\u00a0": " ", "\ufeff": "", "\u200b": ""}  # fmt: skip


def explain(error: SyntaxError, text: str, name: str) -> Unreadable:
    """The parser's complaint about `text` as an error a person understands, with its place."""
    said = str(error.msg).partition(": ")[2] or str(error.msg)
    lines = text.split("\n")
    line, column = error.lineno or 1, error.offset or 1
    end = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
    if end > len(text.rstrip()):  # a file that ends too early is wrong at its last word
        line, column = _line_column(text, len(text.rstrip()))
    elif _STOP_IN_NAME.search(text, max(0, end - _LONGEST_NAME), end):
        line, column = _line_column(text, len(text[:end].rstrip()) - 1)
    message, fix = _full_width(text, line, column) or _undeclared_prefix(said) or _known(said)
    return Unreadable(message, fix=fix, file=name, line=line, column=column)


# Turtle lets names hold these signs, so they end no statement: `a park:Project。` names a class.
_STOP_IN_NAME = re.compile(r"[\w-]*:[^\s\"'<>]*[、。\uff0c\uff1b]\s*$")
_LONGEST_NAME = 300


def _full_width(text: str, line: int, column: int) -> tuple[Text, Text] | None:
    found = "".join(text.split("\n")[line - 1 : line])[column - 1 : column]
    wanted = _FULL_WIDTH.get(found)
    if wanted is None:
        return None
    if not wanted:
        return _("an invisible sign (U+{ord:04X})", ord=ord(found)), _("delete it")
    if wanted == " ":
        said = _("a space that Turtle does not know (U+{ord:04X})", ord=ord(found))
        return said, _("write a plain space instead")
    said = _("a full-width sign that Turtle does not know: {found}", found=found)
    return said, _("write {wanted} instead", wanted=wanted)


def _undeclared_prefix(said: str) -> tuple[Text, Text] | None:
    found = re.match(r"The prefix (.*): has not been declared", said)
    if not found:
        return None
    try:
        namespace = prefixes().get(found[1])
    except Unreadable:  # the faulty file may be prefixes.ttl itself
        namespace = STANDARD_PREFIXES.get(found[1])
    line = f"@prefix {found[1]}: <{namespace or '…'}> ."
    undeclared = _("the prefix {prefix}: is not declared", prefix=found[1])
    return undeclared, _("add at the top of the file: {line}", line=line)


def _known(said: str) -> tuple[Text, Text | None]:
    for says, (message, fix) in _MISTAKES.items():
        found = re.search(says, said, re.DOTALL)
        if found:
            part = found[1] if found.groups() else ""
            part = part if len(part) <= 40 else part[:39] + "…"
            return {lang: text.format(part=part) for lang, text in message.items()}, fix
    return _("not Turtle: {said}", said=Quoted(said)), None


# --- formats, told by a file's name, else by how it begins ---------------------

SUFFIXES = {
    **dict.fromkeys((".ttl", ".turtle", ".n3", ".nt"), RdfFormat.TURTLE),  # N-Triples are a part of Turtle
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    **dict.fromkeys((".rdf", ".owl", ".xml"), RdfFormat.RDF_XML),
    **dict.fromkeys((".jsonld", ".json"), RdfFormat.JSON_LD),
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
        said = _("not RDF by its name: {suffix}", suffix=path.suffix)
        fix = _("files may be {known}, each also as .gz", known=list(SUFFIXES))
        raise Unreadable(said, fix=fix, file=name)
    if found == RdfFormat.TURTLE and looks != RdfFormat.TURTLE:
        said = _("this looks like {format}, and is named as Turtle", format=looks.name)
        fix = _("give it the suffix .{suffix}", suffix=looks.file_extension)
        raise Unreadable(said, fix=fix, file=name, line=1, column=1)
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
