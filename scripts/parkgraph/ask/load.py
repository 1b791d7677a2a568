"""One question file → a Question, checked without a graph; errors say where and how to mend it.

What questions share, headings of columns and parameters, stands once in queries/shared.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from parkgraph.ask.question import LANGUAGES, Form, Parameter, Question
from parkgraph.errors import Unreadable
from parkgraph.graph.sparql import (
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
_OF = {"entity": ("class",), "concept": ("scheme",)}
"""Kind of a parameter → the key that says of what."""

_DATATYPES = {
    "year": (XSD + "gYear", XSD + "integer"),
    "number": (XSD + "decimal", XSD + "integer", XSD + "double"),
    "date": (XSD + "date",),
    "text": (XSD + "string",),
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
    return _Reading(file, known).question()


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


# --- The question -----------------------------------------------------------------


class _Reading:
    """One question file as it is read.  words: its tokens.  outer: those outside all braces."""

    def __init__(self, file: SourceFile, known: Mapping[str, str]) -> None:
        self.file, self.text = file, read_text(file.path, name=file.name)
        self.header = read_header(self.text, file.name)
        self.shared = _shared(file.path.parent.parent / SHARED)
        self.words = list(tokens(self.text))
        depths = list(accumulate((token.text == "{") - (token.text == "}") for token in self.words))
        self.outer = [token for token, depth in zip(self.words, depths, strict=True) if depth == 0]
        self.declared = {
            name.text[:-1]: iri.text[1:-1]
            for keyword, name, iri in zip(self.words, self.words[1:], self.words[2:], strict=False)
            if is_keyword(keyword, "PREFIX") and iri.kind == "iri"
        }
        self.known = {**known, **self.declared}

    def question(self) -> Question:
        """The question.  Raises Unreadable."""
        header, path = self.header, self.file.path
        header.mapping(allowed=_KEYS, needed=("summary", "description"))
        if not _ID.fullmatch(path.stem):
            said = _(
                "a question's file is named in small letters, digits and hyphens: {name}", name=path.name
            )
            raise header.wrong(said)
        form, parameters = self.form(), self.parameters()
        return Question(
            id=path.stem,
            topic=self.file.topic,
            path=path,
            name=self.file.name,
            summary=header.texts("summary"),
            description=header.texts("description"),
            examples=self.examples(),
            parameters=parameters,
            columns=self.columns(self.selected(form)),
            form=form,
            prefixes=self.declared,
            text=self.text,
        )

    def wrong_at(self, offset: int, message: Text, *, fix: Text | None = None) -> Unreadable:
        """The error that says `message` at `offset` of the file."""
        line, before = self.text.count("\n", 0, offset) + 1, self.text.rfind("\n", 0, offset)
        return Unreadable(message, file=self.file.name, line=line, column=offset - before, fix=fix)

    # --- the query

    def form(self) -> Form:
        """What kind of query it is."""
        for token in self.words:
            if is_keyword(token, "DESCRIBE"):
                said = _("DESCRIBE is not allowed: every engine answers it in its own way")
                raise self.wrong_at(token.start, said, fix=_("write a CONSTRUCT"))
        for token in self.words:
            if is_keyword(token, *get_args(Form)):
                return token.text.upper()  # type: ignore[return-value]
        raise self.wrong_at(len(self.text.rstrip()), _("no SELECT, CONSTRUCT or ASK"))

    def selected(self, form: Form) -> list[str]:
        """The columns that the query gives; it must name them, and order its rows."""
        from pyoxigraph import QuerySolutions, Store

        for select, token in pairwise(self.outer):
            if is_keyword(select, "SELECT") and token.text == "*":
                raise self.wrong_at(select.start, _("SELECT * gives columns in no order: name them"))
        if form == "SELECT" and not any(is_keyword(token, "ORDER") for token in self.outer):
            raise self.wrong_at(len(self.text.rstrip()), _("no ORDER BY: the rows would have no order"))
        try:
            check_query(self.text, {})
            with query_errors(self.text):
                found = Store().query(self.text)
        except Unreadable as error:
            error.file = self.file.name
            raise
        variables = found.variables if isinstance(found, QuerySolutions) else []
        return [variable.value for variable in variables]

    # --- what the header says of it

    def examples(self) -> dict[str, tuple[str, ...]]:
        """Language → ways in which people ask it."""
        if "examples" not in self.header.values:
            return dict.fromkeys(LANGUAGES, ())
        found = self.header.mapping("examples", allowed=LANGUAGES, needed=LANGUAGES)
        for lang, said in found.items():
            if not isinstance(said, list) or not all(isinstance(text, str) for text in said):
                message, fix = _("a list of sentences is needed here"), _("a line each, with - in front")
                raise self.header.wrong(message, "examples", lang, fix=fix)
        return {lang: tuple(found[lang]) for lang in LANGUAGES}

    def columns(self, selected: Sequence[str]) -> dict[str, dict[str, str]]:
        """Column → language → heading."""
        own = self.header.mapping("columns")
        for name in own:
            if name not in selected:
                raise self.header.wrong(_("the query gives no column {name}", name=name), "columns", name)
        columns: dict[str, dict[str, str]] = {}
        owner: dict[tuple[str, str], str] = {}
        for name in selected:
            # `x` and `xLabel` are one thing to a reader, and have one heading.
            thing = name.removesuffix("Label") if name.removesuffix("Label") in selected else name
            where = self.header if thing in own else self.shared
            if thing not in where.mapping("columns"):
                fix = _("add it under columns: {{en: …, zh: …}}, or in queries/{file}", file=SHARED)
                said = _("no heading for the column {name}", name=thing)
                raise self.header.wrong(said, "columns", fix=fix)
            columns[name] = where.texts("columns", thing)
            for lang, text in columns[name].items():
                other = owner.setdefault((lang, text), thing)
                if other != thing:
                    values = {"other": other, "name": thing, "heading": text}
                    said = _("{other} and {name} have the same heading: {heading}", **values)
                    raise self.header.wrong(said, "columns", thing)
        return columns

    def parameters(self) -> dict[str, Parameter]:
        """The parameters in the order of their VALUES lines, own and shared ones; the language last."""
        own, common = self.header.mapping("parameters"), self.shared.mapping("parameters")
        parameters: dict[str, Parameter] = {}
        languages: list[Values] = []
        for values in single_values(self.words):
            name = values.variable
            inside = self.text[values.start : values.end]
            start = values.start + len(inside) - len(inside.lstrip())
            bare = values._replace(start=start, end=start + len(inside.strip()))
            if name == "lang":
                languages.append(bare)
            if name not in own and name not in common:
                continue
            line = f"VALUES ?{name} {{ … }}"
            if name in parameters:
                raise self.wrong_at(values.clause_start, _("{line} stands twice", line=line))
            if "\n" in self.text[values.clause_start : values.clause_end]:
                raise self.wrong_at(values.clause_start, _("{line} must stand on one line", line=line))
            parameters[name] = self.parameter(self.header if name in own else self.shared, bare)
        for name in own:
            if name not in parameters:
                fix = _("write one, with the default between the braces, or UNDEF")
                said = _("the query has no line VALUES ?{name}", name=name)
                raise self.header.wrong(said, "parameters", name, fix=fix)
        for word, *between, tag in zip(*(self.words[at:] for at in range(6)), strict=False):
            if is_keyword(word, "LANG") and between[3].text == "=" and tag.text.strip("\"'") in LANGUAGES:
                languages.append(Values("lang", tag.start, tag.end, word.start, tag.end))
        if languages:
            from pyoxigraph import Literal

            default = (Literal(self.text[languages[0].start : languages[0].end].strip(" \"'")),)
            one = Parameter("lang", "language", _LANGUAGE, "", "", tuple(languages), default)
            parameters["lang"] = one
        return parameters

    def parameter(self, header: Header, values: Values) -> Parameter:
        """The parameter that the header describes and the VALUES line gives its default."""
        name = values.variable
        at = ("parameters", name)
        if not _NAME.fullmatch(name) or name in RESERVED:
            fix = _("use a plain name that is no option of `ask`")
            raise header.wrong(_("a parameter cannot be called {name}", name=name), *at, fix=fix)
        kind = header.mapping(*at, needed=("type",))["type"]
        if kind not in _OF and kind not in _DATATYPES:
            fix = _("write one of {allowed}", allowed=[*_OF, *_DATATYPES])
            raise header.wrong(_("unknown {at}: {found}", at="type", found=kind), *at, "type", fix=fix)
        header.mapping(*at, allowed=("type", "label", *_OF.get(kind, ())))
        default = self.default(values)
        of = ""
        for key in _OF.get(kind, ()):
            given = header.at(*at, key)
            of = (expand(given, self.known) if isinstance(given, str) else None) or ""
            if not of:
                said = _("{at} must be an IRI or a name with a known prefix", at=key)
                raise header.wrong(said, *at, key)
        # What it is called: its label, else the heading of the column of its name.
        places = [
            (where, key)
            for where in (self.header, self.shared)
            for key in ((*at, "label"), ("columns", name))
        ]
        labels = (where.texts(*key) for where, key in places if where.at(*key) is not None)
        label = next(labels, None)
        if label is None:
            raise self.header.wrong(_("{key} is missing", key="label"), *at)
        datatype = self.datatype(kind, values, default) if kind in _DATATYPES else ""
        return Parameter(name, kind, label, of, datatype, (values,), default)

    def default(self, values: Values) -> tuple[Term, ...]:
        """The terms between the braces, as the engine reads them; none for UNDEF."""
        from pyoxigraph import Store

        clause = self.text[values.clause_start : values.clause_end]
        try:
            rows: Any = Store().query(f"SELECT * {{ {clause} }}", prefixes=self.declared)
        except SyntaxError:
            said = _("these are no RDF terms: {said}", said=self.text[values.start : values.end])
            fix = _("check quotes, and that each prefix is declared")
            raise self.wrong_at(values.start, said, fix=fix) from None
        terms = [row[0] for row in rows]
        if not terms:
            fix = _("write a term, or UNDEF where the parameter may stay open")
            raise self.wrong_at(values.start, _("no default: the braces are empty"), fix=fix)
        return tuple(term for term in terms if term is not None)

    def datatype(self, kind: str, values: Values, default: Sequence[Term]) -> str:
        """That of the default, which must fit the kind; the usual one where the parameter stays open."""
        found = {getattr(getattr(term, "datatype", None), "value", "") for term in default}
        if not found:
            return _DATATYPES[kind][0]
        if len(found) > 1 or not found <= set(_DATATYPES[kind]):
            allowed = [iri.replace(XSD, "xsd:") for iri in _DATATYPES[kind]]
            fix = _("its datatype is one of {allowed}", allowed=allowed)
            raise self.wrong_at(values.start, _("the default is no {kind}", kind=kind), fix=fix)
        return found.pop()
