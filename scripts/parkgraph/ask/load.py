"""One question file → a Question, checked without a graph; errors say where and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_args

from parkgraph.ask.header import Header, read_header
from parkgraph.ask.question import (
    LANGUAGES,
    Form,
    Parameter,
    Question,
    check_columns,
    syntax_error,
    wrong_at,
)
from parkgraph.graph.sparql import Token, Values, is_keyword, single_values, tokens
from parkgraph.messages import _
from parkgraph.names import STANDARD_PREFIXES, XSD, expand
from parkgraph.read.files import SourceFile, read_text

if TYPE_CHECKING:
    from parkgraph.show.cells import Term

_KEYS = ("id", "summary", "description", "keywords", "parameters", "columns", "entailment")
_PARAMETER_KEYS: dict[str, tuple[str, ...]] = {
    "entity": ("class",),
    "concept": ("scheme",),
    "year": ("datatype",),
    "number": ("datatype",),
    "date": (),
    "language": (),
    "text": (),
}
_EVERY_PARAMETER = ("type", "label", "default", "optional")
_DATATYPES = {
    "year": (XSD + "gYear", XSD + "integer"),
    "number": (XSD + "decimal", XSD + "integer", XSD + "double"),
}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)

RESERVED = (
    "article", "basis", "bom", "debug", "endpoint", "engine", "evidence", "format", "headings", "help",
    "limit", "output", "quiet", "root", "store", "time", "why",
)  # fmt: skip
"""Options of `ask` itself: a parameter so called could not be given on the command line."""


def load_question(file: SourceFile, known: Mapping[str, str] = STANDARD_PREFIXES) -> Question:
    """The question in `file`.

    known: prefixes that the header may use besides those that the query declares.  Raises Unreadable.
    """
    return question_in(read_text(file.path, name=file.name), file, known)


def question_in(text: str, file: SourceFile, known: Mapping[str, str]) -> Question:
    """As `load_question`, for a file that is already read."""
    header = read_header(text, file.name)
    _check_keys(header, _KEYS, needed=("id", "summary", "description"))
    words = list(tokens(text))
    form = _form(words, text, file.name)
    declared = _declared_prefixes(words)
    columns = _columns(header)
    if form == "SELECT" and not columns:
        raise header.wrong(_("columns is missing"), *_FIRST)
    if form == "SELECT":
        _check_order(words, columns, text, file.name)
    return Question(
        id=_id(header, file),
        topic=file.topic,
        path=file.path,
        name=file.name,
        summary=_both_languages(header, "summary"),
        description=_both_languages(header, "description"),
        keywords=_keywords(header),
        parameters=_parameters(header, words, text, declared, {**known, **declared}),
        columns=columns,
        entailment=_one_of(header, "rl", ("rl", "asserted"), "entailment"),
        form=form,
        prefixes=declared,
        text=text,
    )


def check_query(question: Question) -> None:
    """Whether the SPARQL parses and gives exactly the columns of the header.  Raises Unreadable."""
    from pyoxigraph import QuerySolutions, Store

    try:
        found = Store().query(question.text)
    except SyntaxError as error:
        raise syntax_error(question, error) from None
    if isinstance(found, QuerySolutions):
        check_columns(question, [variable.value for variable in found.variables])


_FIRST = ("id",)


def _check_keys(
    header: Header, allowed: Sequence[str] | None, *at: str, needed: Sequence[str] = ()
) -> dict[str, Any]:
    """The mapping at `at`, when it has the needed keys and none but the allowed ones (any, when None)."""
    values = header.at(*at)
    if not isinstance(values, dict):
        raise header.wrong(
            _("`key: value` is needed here"),
            *at,
            fix=_("as in {en: project, zh: 项目}"),
        )
    for key in values:
        if allowed is not None and key not in allowed:
            raise header.wrong(
                _("unknown key: {key}", key=key),
                *at,
                key,
                fix=_("the keys are {allowed}", allowed=list(allowed)),
            )
    for key in needed:
        if not values.get(key):
            raise header.wrong(_("{key} is missing", key=key), *(at or _FIRST))
    return values


def _one_of(header: Header, default: str, allowed: Sequence[str], *at: str) -> Any:
    found = header.at(*at, default=default)
    if found not in allowed:
        raise header.wrong(
            _("unknown {at}: {found}", at=at[-1], found=found),
            *at,
            fix=_("write one of {allowed}", allowed=list(allowed)),
        )
    return found


def _both_languages(header: Header, *at: str) -> dict[str, str]:
    texts = _check_keys(header, LANGUAGES, *at, needed=LANGUAGES)
    for lang, text in texts.items():
        if not isinstance(text, str):
            raise header.wrong(_("a text is needed here"), *at, lang)
    # A text may run over several lines of the file; it is one line of prose. YAML puts a space where a line
    # ended, which Chinese does not want.
    return {"zh": _CHINESE_GAP.sub("", " ".join(texts["zh"].split())), "en": " ".join(texts["en"].split())}


_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_CHINESE_GAP = re.compile(f"(?<={_WIDE}) (?={_WIDE})")


def _id(header: Header, file: SourceFile) -> str:
    given, stem = header.at("id"), file.path.stem
    if not isinstance(given, str) or given != stem or not _ID.fullmatch(given):
        raise header.wrong(
            _("the id must be the file's name: small letters, digits and hyphens"),
            "id",
            fix=_("the file is called {stem}.rq", stem=stem),
        )
    return given


def _keywords(header: Header) -> tuple[str, ...]:
    words = header.at("keywords", default=[])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise header.wrong(
            _("a list of words is needed here"),
            "keywords",
            fix=_("as in [project, industry]"),
        )
    return tuple(words)


def _columns(header: Header) -> dict[str, dict[str, str]]:
    if "columns" not in header.values:
        return {}
    columns = {
        name: _both_languages(header, "columns", name) for name in _check_keys(header, None, "columns")
    }
    for lang in LANGUAGES:
        owner: dict[str, str] = {}
        for name, headings in columns.items():
            # `x` and `xLabel` are one thing to a reader, so they may share a heading.
            other = owner.setdefault(headings[lang], name)
            if name not in (other, other + "Label") and other != name + "Label":
                raise header.wrong(
                    _(
                        "{other} and {name} have the same heading: {headings}",
                        other=other,
                        name=name,
                        headings=headings[lang],
                    ),
                    "columns",
                    name,
                )
    return columns


def _form(words: Sequence[Token], text: str, name: str) -> Form:
    for token in words:
        if is_keyword(token, "SERVICE", "FROM"):
            message = _("{value} is not allowed: a question asks this graph alone", value=token.text)
            raise wrong_at(text, name, token.start, message)
        if is_keyword(token, "DESCRIBE"):
            message = _("DESCRIBE is not allowed: every engine answers it in its own way")
            fix = _("write a CONSTRUCT")
            raise wrong_at(text, name, token.start, message, fix=fix)
    for token in words:
        if is_keyword(token, *get_args(Form)):
            return token.text.upper()  # type: ignore[return-value]
    message = _("no SELECT, CONSTRUCT or ASK")
    raise wrong_at(text, name, len(text.rstrip()), message)


def _check_order(words: Sequence[Token], columns: Mapping[str, Any], text: str, name: str) -> None:
    """A SELECT needs an order, by columns it gives: in a grouped query rdflib ignores any other variable."""
    outer = [token for token, depth in zip(words, _depths(words), strict=True) if depth == 0]
    by = [index for index, token in enumerate(outer) if is_keyword(token, "ORDER")]
    if not by:
        message = _("no ORDER BY: the rows would have no order")
        raise wrong_at(text, name, len(text.rstrip()), message)
    if not any(is_keyword(token, "GROUP") for token in outer):
        return
    aggregated: list[bool] = []
    for before, token in pairwise(outer[by[-1] :]):
        if token.text == "(":
            aggregated.append(any(aggregated) or is_keyword(before, *_AGGREGATES))
        elif token.text == ")" and aggregated:
            aggregated.pop()
        elif token.kind == "variable" and token.text[1:] not in columns and not any(aggregated):
            message = _("ORDER BY {value}, which is no column: not every engine follows it", value=token.text)
            fix = _("write MIN({value})", value=token.text)
            raise wrong_at(text, name, token.start, message, fix=fix)


_AGGREGATES = ("MIN", "MAX", "COUNT", "SUM", "AVG", "SAMPLE", "GROUP_CONCAT")


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


def _parameters(
    header: Header,
    words: Sequence[Token],
    text: str,
    declared: Mapping[str, str],
    known: Mapping[str, str],
) -> dict[str, Parameter]:
    if "parameters" not in header.values:
        return {}
    clauses = list(single_values(words))
    parameters = {}
    for name in _check_keys(header, None, "parameters"):
        at = ("parameters", name)
        kind = _parameter_kind(header, name)
        values = _values(header, name, clauses, text)
        optional = _one_of(header, "false", ("true", "false"), *at, "optional") == "true"
        of = {"entity": "class", "concept": "scheme"}.get(kind)
        parameter = Parameter(
            name=name,
            kind=kind,
            label=_both_languages(header, *at, "label"),
            of=_iri(header, known, *at, of) if of else "",
            datatype=_datatype(header, kind, known, *at),
            optional=optional,
            values=values,
            default=_terms(text, header.file, values, declared),
        )
        _check_default(header, parameter, known)
        parameters[name] = parameter
    return parameters


def _parameter_kind(header: Header, name: str) -> Any:
    at = ("parameters", name)
    if not _NAME.fullmatch(name) or name in RESERVED:
        raise header.wrong(
            _("a parameter cannot be called {name}", name=name),
            *at,
            fix=_("use a plain name that is no option of `ask`"),
        )
    _check_keys(header, None, *at, needed=("type", "label"))
    kind = _one_of(header, "", tuple(_PARAMETER_KEYS), *at, "type")
    if name == "lang" and kind != "language":
        raise header.wrong(_("lang is a language"), *at, "type")
    _check_keys(header, _EVERY_PARAMETER + _PARAMETER_KEYS[kind], *at)
    return kind


def _iri(header: Header, known: Mapping[str, str], *at: str) -> str:
    given = header.at(*at, default="")
    expanded = expand(given, dict(known)) if isinstance(given, str) else None
    if expanded is None:
        raise header.wrong(
            _("{at} must be an IRI or a name with a known prefix", at=at[-1]),
            *at,
        )
    return expanded


def _datatype(header: Header, kind: str, known: Mapping[str, str], *at: str) -> str:
    if kind not in _DATATYPES:
        return ""
    if header.at(*at, "datatype", default=None) is None:
        return _DATATYPES[kind][0]
    datatype = _iri(header, known, *at, "datatype")
    if datatype not in _DATATYPES[kind]:
        allowed = ", ".join(iri.replace(XSD, "xsd:") for iri in _DATATYPES[kind])
        raise header.wrong(
            _("not a datatype for a {kind}", kind=kind),
            *at,
            "datatype",
            fix=_("write one of {allowed}", allowed=allowed),
        )
    return datatype


def _values(header: Header, name: str, clauses: Sequence[Values], text: str) -> Values:
    line = f"VALUES ?{name} {{ … }}"
    found = [clause for clause in clauses if clause.variable == name]
    fix = _("write one line {line} with the default between the braces", line=line)
    if not found:
        message = _("the query has no line {line}", line=line)
        raise header.wrong(message, "parameters", name, fix=fix)
    if len(found) > 1:
        message = _("{line} stands twice", line=line)
        raise wrong_at(text, header.file, found[1].clause_start, message, fix=fix)
    if "\n" in text[found[0].clause_start : found[0].clause_end]:
        message = _("{line} must stand on one line", line=line)
        raise wrong_at(text, header.file, found[0].clause_start, message, fix=fix)
    return found[0]


def _terms(text: str, name: str, values: Values, declared: Mapping[str, str]) -> tuple[Term, ...]:
    """The terms between the braces; none for UNDEF."""
    between = text[values.start : values.end]
    try:
        return _as_engine_reads(between, declared)
    except SyntaxError:
        said = between.strip()
        message = _("these are no RDF terms: {said}", said=said)
        fix = _("check quotes, and that each prefix is declared")
        raise wrong_at(text, name, values.start, message, fix=fix) from None


def _as_engine_reads(between: str, declared: Mapping[str, str]) -> tuple[Term, ...]:
    """The terms of a VALUES line, numbers in the engine's own form (`0.0` as `0`).  Raises SyntaxError."""
    from pyoxigraph import Store

    found = Store().query(f"SELECT ?x {{ VALUES ?x {{ {between} }} }}", prefixes=dict(declared))
    return tuple(row[0] for row in found if row[0] is not None)  # type: ignore[union-attr]


def _check_default(header: Header, parameter: Parameter, known: Mapping[str, str]) -> None:
    """The VALUES line and the header must say the same default."""
    at = ("parameters", parameter.name)
    given = header.at(*at, "default", default=None)
    if given is None:
        if not parameter.default and not parameter.optional:
            raise header.wrong(
                _("no default: the VALUES line is empty or UNDEF"),
                *at,
                fix=_("give one, or write optional: true"),
            )
        return
    texts = given if isinstance(given, list) else [given]
    said = _default_terms(header, parameter, texts, known)
    if _as_engine_reads(" ".join(map(str, said)), {}) != parameter.default:
        line = " ".join(map(str, parameter.default)) or "UNDEF"
        raise header.wrong(
            _("the VALUES line says otherwise: {line}", line=line),
            *at,
            "default",
            fix=_("make both say the same, or leave `default` out"),
        )


def _default_terms(
    header: Header, parameter: Parameter, texts: Sequence[Any], known: Mapping[str, str]
) -> list[Term]:
    from pyoxigraph import NamedNode

    from parkgraph.ask.literals import NotSuch, literal

    if parameter.of:
        expanded = [expand(str(text), dict(known)) for text in texts]
        return [NamedNode(iri) for iri in expanded if iri is not None]
    try:
        return [literal(parameter.kind, parameter.datatype, str(text)) for text in texts]
    except NotSuch as error:
        raise header.wrong(error.message, "parameters", parameter.name, "default") from None
