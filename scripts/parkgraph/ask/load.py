"""One question file → a Question, checked without a graph; errors say where and how to mend it.

What questions share, headings of columns and parameters, stands once in queries/shared.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from parkgraph.ask.question import LANGUAGES, Form, Parameter, Question
from parkgraph.errors import Unreadable
from parkgraph.graph.sparql import (
    Token,
    Values,
    check_query,
    is_keyword,
    query_errors,
    single_values,
    tokens,
)
from parkgraph.messages import Quoted, Text, _
from parkgraph.names import STANDARD_PREFIXES, XSD, expand
from parkgraph.read.files import SourceFile, read_text

if TYPE_CHECKING:
    from parkgraph.show.cells import Term

_KEYS = ("summary", "description", "examples", "parameters", "columns")
_PARAMETER_KEYS: dict[str, tuple[str, ...]] = {
    "entity": ("class",),
    "concept": ("scheme",),
    "year": (),
    "number": (),
    "date": (),
    "text": (),
}
_DATATYPES = {
    "year": (XSD + "gYear", XSD + "integer"),
    "number": (XSD + "decimal", XSD + "integer", XSD + "double"),
    "date": (XSD + "date",),
    "text": (XSD + "string",),
    "language": (XSD + "string",),
}
"""Kind of a parameter → datatypes that its terms may have, the usual one first."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
_LANGUAGE = _("language")

RESERVED = (
    "article", "basis", "bom", "debug", "endpoint", "engine", "evidence", "format", "headings", "help",
    "iris", "lang", "limit", "output", "quiet", "root", "store", "time", "why",
)  # fmt: skip
"""Options of `ask` itself: a parameter so called could not be given on the command line."""

SHARED = "shared.yaml"


def load_question(file: SourceFile, known: Mapping[str, str] = STANDARD_PREFIXES) -> Question:
    """The question in `file`.

    known: prefixes that the header may use besides those that the query declares.  Raises Unreadable.
    """
    text = read_text(file.path, name=file.name)
    header = read_header(text, file.name)
    shared = _shared(file.path.parent.parent / SHARED)
    header.mapping(allowed=_KEYS, needed=("summary", "description"))
    words = list(tokens(text))
    form = _form(words, text, file.name)
    declared = _declared_prefixes(words)
    if not _ID.fullmatch(file.path.stem):
        raise header.wrong(
            _("a question's file is named in small letters, digits and hyphens: {name}", name=file.path.name)
        )
    question = Question(
        id=file.path.stem,
        topic=file.topic,
        path=file.path,
        name=file.name,
        summary=header.texts("summary"),
        description=header.texts("description"),
        examples=_examples(header),
        parameters=_parameters(header, shared, words, text, declared, {**known, **declared}),
        columns=_columns(header, shared, _selected(words, text, file.name) if form == "SELECT" else []),
        form=form,
        prefixes=declared,
        text=text,
    )
    _check_query(question)
    return question


def _check_query(question: Question) -> None:
    from pyoxigraph import Store

    try:
        check_query(question.text, {})
        with query_errors(question.text):
            Store().query(question.text)
    except Unreadable as error:
        error.file = question.name
        raise


# --- The header -------------------------------------------------------------------

MARK = "#+"

Key = tuple[str, ...]

_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_CHINESE_GAP = re.compile(f"(?<={_WIDE}) (?={_WIDE})")


@dataclass(frozen=True)
class Header:
    """values: nested dicts and lists whose leaves are text, exactly as written (no YAML booleans or dates).

    file: what messages call the file.  places: key path → (line, column) in the file, 1-based.
    """

    file: str
    values: dict[str, Any]
    places: dict[Key, tuple[int, int]] = field(repr=False)

    def at(self, *key: str) -> Any:
        """The value at the key path; None where there is none."""
        value: Any = self.values
        for part in key:
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def mapping(
        self, *key: str, allowed: Sequence[str] | None = None, needed: Sequence[str] = ()
    ) -> dict[str, Any]:
        """The mapping at the key path, empty where there is none.  Raises Unreadable where it is no mapping,
        lacks a needed key, or has one that is not allowed (None allows any)."""
        values = self.at(*key)
        if not isinstance(values, dict | None):
            raise self.wrong(_("`key: value` is needed here"), *key, fix=_("as in {en: project, zh: 项目}"))
        for name in values or ():
            if allowed is not None and name not in allowed:
                fix = _("the keys are {allowed}", allowed=list(allowed))
                raise self.wrong(_("unknown key: {key}", key=name), *key, name, fix=fix)
        for name in needed:
            if not (values or {}).get(name):
                raise self.wrong(_("{key} is missing", key=name), *key)
        return values or {}

    def texts(self, *key: str) -> dict[str, str]:
        """Language → the text at the key path, on one line.  Raises Unreadable where a language lacks."""
        texts = self.mapping(*key, allowed=LANGUAGES, needed=LANGUAGES)
        for lang, text in texts.items():
            if not isinstance(text, str):
                raise self.wrong(_("a text is needed here"), *key, lang)
        # YAML puts a space where a line ended, which Chinese does not want.
        zh, en = (" ".join(texts[lang].split()) for lang in ("zh", "en"))
        return {"zh": _CHINESE_GAP.sub("", zh), "en": en}

    def wrong(self, message: Text, *key: str, fix: Text | None = None) -> Unreadable:
        """The error that says `message` at the place of `key`, or of the nearest key above it."""
        while key and key not in self.places:
            key = key[:-1]
        line, column = self.places[key]
        return Unreadable(message, file=self.file, line=line, column=column, fix=fix)


def read_header(text: str, file: str) -> Header:
    """The header of a question file with `text`.

    Raises Unreadable: no header, not YAML, not a mapping, a key twice.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    first = next((number for number, line in enumerate(lines) if line.startswith(MARK)), None)
    if first is None:
        fix = _("begin it with lines such as: #+ summary: {en: …, zh: …}")
        raise Unreadable(_("a question file needs a header"), file=file, line=1, fix=fix)
    block = list(takewhile(lambda line: line.startswith(MARK), lines[first:]))
    bare = [line.removeprefix(MARK).removeprefix(" ") for line in block]
    return read_yaml(bare, file, first, len(MARK) + 1)


def read_yaml(lines: Sequence[str], file: str, above: int = 0, before: int = 0) -> Header:
    """The YAML mapping in `lines`; in `file`, `above` lines stand above and `before` columns before each.

    Raises Unreadable as `read_header`.
    """
    import yaml

    def place(mark: yaml.Mark | None) -> tuple[int, int]:
        return (above + mark.line + 1, before + mark.column + 1) if mark else (above + 1, 1)

    try:
        # The C parser is some ten times faster; a build of PyYAML without it still works.
        node = yaml.compose("\n".join(lines), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        line, column = place(getattr(error, "problem_mark", None))
        said = _(
            "the header is not YAML: {problem}", problem=Quoted(getattr(error, "problem", None) or error)
        )
        fix = _("quote text that holds ': ' or begins with a sign, and keep the indentation even")
        raise Unreadable(said, file=file, line=line, column=column, fix=fix) from None
    header = Header(file, {}, {(): (above + 1, 1)})

    def plain(node: yaml.Node, key: Key) -> Any:
        header.places[key] = place(node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            return node.value
        if isinstance(node, yaml.SequenceNode):
            return [plain(item, (*key, str(index))) for index, item in enumerate(node.value)]
        found: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name = str(name_node.value)
            inner = (*key, name)
            if name in found:
                header.places[inner] = place(name_node.start_mark)
                raise header.wrong(
                    _("the key {name} stands twice", name=name), *inner, fix=_("keep one of them")
                )
            found[name] = plain(value_node, inner)
            header.places[inner] = place(name_node.start_mark)
        return found

    if not isinstance(node, yaml.MappingNode):
        raise header.wrong(_("the header is not a list of `key: value`"))
    header.values.update(plain(node, ()))
    return header


def _shared(path: Path) -> Header:
    """What the questions of one folder share; nothing where there is no such file."""
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return Header(SHARED, {}, {(): (1, 1)})
    return _read_shared(path, changed)


@cache
def _read_shared(path: Path, changed: int) -> Header:
    name = f"{path.parent.name}/{path.name}"
    header = read_yaml(read_text(path, name=name).splitlines(), name)
    header.mapping(allowed=("topics", "columns", "parameters"))
    return header


def topic_labels(folder: Path) -> dict[str, dict[str, str]]:
    """Topic → language → what it is called, as the questions in `folder` share it.  Raises Unreadable."""
    shared = _shared(folder / SHARED)
    return {topic: shared.texts("topics", topic) for topic in shared.mapping("topics")}


def _examples(header: Header) -> dict[str, tuple[str, ...]]:
    if "examples" not in header.values:
        return dict.fromkeys(LANGUAGES, ())
    found = header.mapping("examples", allowed=LANGUAGES, needed=LANGUAGES)
    for lang, said in found.items():
        if not isinstance(said, list) or not all(isinstance(text, str) for text in said):
            message, fix = _("a list of sentences is needed here"), _("a line each, with - in front")
            raise header.wrong(message, "examples", lang, fix=fix)
    return {lang: tuple(found[lang]) for lang in LANGUAGES}


def _columns(header: Header, shared: Header, selected: Sequence[str]) -> dict[str, dict[str, str]]:
    own = header.mapping("columns")
    for name in own:
        if name not in selected:
            raise header.wrong(_("the query gives no column {name}", name=name), "columns", name)
    columns: dict[str, dict[str, str]] = {}
    owner: dict[tuple[str, str], str] = {}
    for name in selected:
        # `x` and `xLabel` are one thing to a reader, and have one heading.
        thing = name.removesuffix("Label") if name.removesuffix("Label") in selected else name
        where = header if thing in own else shared
        if thing not in where.mapping("columns"):
            fix = _("add it under columns: {{en: …, zh: …}}, or in queries/{file}", file=SHARED)
            raise header.wrong(_("no heading for the column {name}", name=thing), "columns", fix=fix)
        columns[name] = where.texts("columns", thing)
        for lang, heading in columns[name].items():
            other = owner.setdefault((lang, heading), thing)
            if other != thing:
                said = _("{other} and {name} have the same heading: {heading}",
                         other=other, name=thing, heading=heading)  # fmt: skip
                raise header.wrong(said, "columns", thing)
    return columns


# --- The query --------------------------------------------------------------------


def _form(words: Sequence[Token], text: str, name: str) -> Form:
    for token in words:
        if is_keyword(token, "DESCRIBE"):
            message = _("DESCRIBE is not allowed: every engine answers it in its own way")
            fix = _("write a CONSTRUCT")
            raise _wrong_at(text, name, token.start, message, fix=fix)
    for token in words:
        if is_keyword(token, *get_args(Form)):
            return token.text.upper()  # type: ignore[return-value]
    message = _("no SELECT, CONSTRUCT or ASK")
    raise _wrong_at(text, name, len(text.rstrip()), message)


def _selected(words: Sequence[Token], text: str, name: str) -> list[str]:
    """The columns that the query gives; it must name them, and order its rows by columns.

    In a grouped query rdflib ignores an order by any other variable.
    """
    outer = [token for token, depth in zip(words, _depths(words), strict=True) if depth == 0]
    start = next(at for at, token in enumerate(outer) if is_keyword(token, "SELECT"))
    columns: list[str] = []
    opened = 0
    for before, token in pairwise(outer[start:]):
        if token.text in ("{", "}") or is_keyword(token, "WHERE"):
            break
        opened += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (not opened or is_keyword(before, "AS")):
            columns.append(token.text[1:])
    if not columns:
        message = _("SELECT * gives columns in no order: name them")
        raise _wrong_at(text, name, outer[start].start, message)
    by = [index for index, token in enumerate(outer) if is_keyword(token, "ORDER")]
    if not by:
        message = _("no ORDER BY: the rows would have no order")
        raise _wrong_at(text, name, len(text.rstrip()), message)
    if any(is_keyword(token, "GROUP") for token in outer):
        _check_order(outer[by[-1] :], columns, text, name)
    return columns


def _check_order(ordered: Sequence[Token], columns: Sequence[str], text: str, name: str) -> None:
    aggregated: list[bool] = []
    for before, token in pairwise(ordered):
        if token.text == "(":
            aggregated.append(any(aggregated) or is_keyword(before, *_AGGREGATES))
        elif token.text == ")" and aggregated:
            aggregated.pop()
        elif token.kind == "variable" and token.text[1:] not in columns and not any(aggregated):
            message = _("ORDER BY {value}, which is no column: not every engine follows it", value=token.text)
            fix = _("write MIN({value})", value=token.text)
            raise _wrong_at(text, name, token.start, message, fix=fix)


_AGGREGATES = ("MIN", "MAX", "COUNT", "SUM", "AVG", "SAMPLE", "GROUP_CONCAT")


def _wrong_at(text: str, name: str, offset: int, message: Text, *, fix: Text | None = None) -> Unreadable:
    """The error that says `message` at `offset` of the file `name` with `text`."""
    line = text.count("\n", 0, offset) + 1
    return Unreadable(message, file=name, line=line, column=offset - text.rfind("\n", 0, offset), fix=fix)


def _depths(words: Sequence[Token]) -> Iterator[int]:
    """For each token, how many braces are open around it."""
    depth = 0
    for token in words:
        depth += (token.text == "{") - (token.text == "}")
        yield depth


def _declared_prefixes(words: Sequence[Token]) -> dict[str, str]:
    return {
        name.text[:-1]: iri.text[1:-1]
        for keyword, name, iri in zip(words, words[1:], words[2:], strict=False)
        if is_keyword(keyword, "PREFIX") and iri.kind == "iri"
    }


# --- Parameters -------------------------------------------------------------------


def _parameters(
    header: Header,
    shared: Header,
    words: Sequence[Token],
    text: str,
    declared: Mapping[str, str],
    known: Mapping[str, str],
) -> dict[str, Parameter]:
    """The parameters in the order of their VALUES lines, own and shared ones; the language last."""
    own, common = header.mapping("parameters"), shared.mapping("parameters")
    parameters: dict[str, Parameter] = {}
    for values in single_values(words):
        name = values.variable
        if name not in own and name not in common:
            continue
        line = f"VALUES ?{name} {{ … }}"
        if name in parameters:
            raise _wrong_at(text, header.file, values.clause_start, _("{line} stands twice", line=line))
        if "\n" in text[values.clause_start : values.clause_end]:
            message = _("{line} must stand on one line", line=line)
            raise _wrong_at(text, header.file, values.clause_start, message)
        default = _terms(text, header.file, values, declared)
        where = header if name in own else shared
        kind = _parameter_kind(where, name)
        of = {"entity": "class", "concept": "scheme"}.get(kind)
        parameters[name] = Parameter(
            name=name,
            kind=kind,
            label=_parameter_label(header, shared, name),
            of=_iri(where, known, "parameters", name, of) if of else "",
            datatype=_datatype(text, header.file, kind, values, default) if kind in _DATATYPES else "",
            places=(_inside(text, values),),
            default=default,
        )
    for name in own:
        if name not in parameters:
            message = _("the query has no line VALUES ?{name}", name=name)
            fix = _("write one, with the default between the braces, or UNDEF")
            raise header.wrong(message, "parameters", name, fix=fix)
    languages = tuple(_languages(words, text))
    if languages:
        from pyoxigraph import Literal

        default = (Literal(text[languages[0].start : languages[0].end].strip(" \"'")),)
        parameters["lang"] = Parameter("lang", "language", _LANGUAGE, "", "", languages, default)
    return parameters


def _languages(words: Sequence[Token], text: str) -> Iterator[Values]:
    """Where the language of labels stands: in `LANG(?x) = "zh"`, and between the braces of `VALUES ?lang`."""
    for values in single_values(words):
        if values.variable == "lang":
            yield _inside(text, values)
    for word, *between, tag in zip(*(words[at:] for at in range(6)), strict=False):
        if is_keyword(word, "LANG") and between[3].text == "=" and tag.text.strip("\"'") in LANGUAGES:
            yield Values("lang", tag.start, tag.end, word.start, tag.end)


def _inside(text: str, values: Values) -> Values:
    """Without the spaces within the braces."""
    inside = text[values.start : values.end]
    start = values.start + len(inside) - len(inside.lstrip())
    return values._replace(start=start, end=start + len(inside.strip()))


def _parameter_kind(header: Header, name: str) -> Any:
    at = ("parameters", name)
    if not _NAME.fullmatch(name) or name in RESERVED:
        fix = _("use a plain name that is no option of `ask`")
        raise header.wrong(_("a parameter cannot be called {name}", name=name), *at, fix=fix)
    kind = header.mapping(*at, needed=("type",))["type"]
    if kind not in _PARAMETER_KEYS:
        fix = _("write one of {allowed}", allowed=list(_PARAMETER_KEYS))
        raise header.wrong(_("unknown {at}: {found}", at="type", found=kind), *at, "type", fix=fix)
    header.mapping(*at, allowed=("type", "label", *_PARAMETER_KEYS[kind]))
    return kind


def _parameter_label(header: Header, shared: Header, name: str) -> dict[str, str]:
    """What it is called: its label, else the heading of the column of its name."""
    for where in (header, shared):
        for at in (("parameters", name, "label"), ("columns", name)):
            if where.at(*at) is not None:
                return where.texts(*at)
    raise header.wrong(_("{key} is missing", key="label"), "parameters", name)


def _iri(header: Header, known: Mapping[str, str], *at: str) -> str:
    given = header.at(*at)
    expanded = expand(given, known) if isinstance(given, str) else None
    if expanded is None:
        raise header.wrong(_("{at} must be an IRI or a name with a known prefix", at=at[-1]), *at)
    return expanded


def _terms(text: str, name: str, values: Values, declared: Mapping[str, str]) -> tuple[Term, ...]:
    """The terms between the braces, as the engine reads them; none for UNDEF."""
    from pyoxigraph import Store

    between = text[values.start : values.end].strip()
    try:
        found = Store().query(f"SELECT ?x {{ VALUES ?x {{ {between} }} }}", prefixes=dict(declared))
    except SyntaxError:
        message = _("these are no RDF terms: {said}", said=between)
        fix = _("check quotes, and that each prefix is declared")
        raise _wrong_at(text, name, values.start, message, fix=fix) from None
    rows = list(found)  # type: ignore[arg-type]
    if not rows:
        message = _("no default: the braces are empty")
        fix = _("write a term, or UNDEF where the parameter may stay open")
        raise _wrong_at(text, name, values.start, message, fix=fix)
    return tuple(row[0] for row in rows if row[0] is not None)


def _datatype(text: str, name: str, kind: str, values: Values, default: Sequence[Term]) -> str:
    """The datatype of the default, which must fit the kind; the usual one where the parameter stays open."""
    found = {getattr(getattr(term, "datatype", None), "value", "") for term in default}
    if not found:
        return _DATATYPES[kind][0]
    if len(found) > 1 or not found <= set(_DATATYPES[kind]):
        allowed = [iri.replace(XSD, "xsd:") for iri in _DATATYPES[kind]]
        message = _("the default is no {kind}", kind=kind)
        fix = _("its datatype is one of {allowed}", allowed=allowed)
        raise _wrong_at(text, name, values.start, message, fix=fix)
    return found.pop()
