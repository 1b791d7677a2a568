"""What is searched, every named node with its fields and every saved question with every value it takes, and
finding it by part of a name, alias, value or period.

It is made once from the graph and its questions, and kept beside it in the cache.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.labels import NAMING, folded
from parkgraph.ask.parameters import Bound, substitute
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.resolve import Resolver, quoted
from parkgraph.ask.rows import Answer
from parkgraph.ask.run import named, on_oxigraph, run
from parkgraph.errors import Usage
from parkgraph.graph.cache import KEPT, cache_folder, content_key
from parkgraph.messages import Message, Text, _
from parkgraph.names import GRAPH_INFERRED, PARK, SKOS
from parkgraph.read.files import Root, read_bytes
from parkgraph.search.index import Index, comparable, simplified, terms, weighted
from parkgraph.search.things import (
    AXIOM,
    DEFINITIONS,
    STATEMENT,
    TYPE,
    Evidence,
    Name,
    Texts,
    Things,
    shown_names,
)  # fmt: skip
from parkgraph.show.cells import Term, passages
from parkgraph.show.output import opened

Kind = OneOf["thing", "fact", "question"]
Fields = dict[str, list[str]]

FIELDS = {
    "name": 3.0,
    "alias": 3.0,
    "value": 1.5,
    "linked": 1.0,
    "kind": 0.5,
    "said of": 1.0,
    "definition": 0.3,
}
"""Field of a document → weight: what a thing is called counts more than what is near it."""

LOOKUPS = ("entity", "concept")
MEMBERSHIP = {
    "entity": (TYPE,),
    "concept": (NamedNode(SKOS + "inScheme"), NamedNode(SKOS + "topConceptOf")),
}
"""Kind of a parameter → how a node belongs to the class or scheme it takes."""

ANSWERS = 300
"""Answers of saved questions that a running process keeps."""

MOST_VALUES = 300
"""Values of a parameter for which a question is read beforehand. One that takes more takes nearly anything:
that tells nothing of what was asked, and `show` tells it of each thing."""

_INFERRED, _HIDDEN = NamedNode(GRAPH_INFERRED), NamedNode(SKOS + "hiddenLabel")
_SAID_AS, _SOURCE_WORD = NamedNode(PARK + "saidAs"), NamedNode(PARK + "sourceWord")
_SHOWN = tuple(one for one in NAMING if one != _HIDDEN)
_NEAR = 8  # texts of a field that count in full; more of them count as their square root
_SOLUTIONS = 20_000  # at most, of one query for all values of a parameter
_NOT_READ = ("basis", "evidence")  # columns that tell nothing of what was asked
_CELLS = 60  # different cells of an answer that make up its document


class Document(NamedTuple):
    """What is found.  kind: thing, fact (a statement about things) or question.  iri: or a question's id."""

    kind: Kind
    iri: str
    names: list[str]
    aliases: list[str]


class Asked(NamedTuple):
    """A saved question as `show` tells it.  parameters: name, kind, IRI of the class or scheme it takes."""

    id: str
    summary: dict[str, str]
    parameters: list[tuple[str, str, str]]

    @classmethod
    def of(cls, question: Question) -> Asked:
        """What is told of `question`."""
        taken = [
            (one.name, str(one.kind), one.of) for one in question.parameters.values() if one.kind in LOOKUPS
        ]
        return cls(question.id, dict(question.summary), taken)


class Route(NamedTuple):
    """A saved question, and the value of one of its parameters; both "" for its defaults."""

    question: str
    parameter: str
    value: str


def node_documents(things: Things) -> Iterator[tuple[Document, Fields]]:
    """Every node that has a name, passages and annotations left out."""
    named_nodes = {
        quad.subject
        for predicate in NAMING
        for quad in things.quads(None, predicate)
        if isinstance(quad.subject, NamedNode) and not passages(quad.subject.value)
    }
    for node in sorted(named_nodes, key=lambda node: node.value):
        if not things.is_a(node, AXIOM):
            fields = node_fields(things, node)
            kind: Kind = "fact" if things.is_a(node, STATEMENT) else "thing"
            yield Document(kind, node.value, fields["name"], fields["alias"]), fields


def node_fields(things: Things, node: NamedNode) -> Fields:
    """What a node is found by: field → texts."""
    fields: Fields = {field: [] for field in FIELDS}
    fields["name"] = _both(things.name(node).label)
    fields["alias"] = things.aliases(node)
    kinds = things.kinds(node)
    fields["kind"] = [text for kind in kinds for text in _named(things, kind)]
    fields["definition"] = [text for each in (node, *kinds) for text in _defined(things, each)]
    for quad in things.quads(node):
        if quad.graph_name != _INFERRED and quad.predicate not in things.annotations:
            fields["kind"] += _named(things, quad.predicate)
            if isinstance(quad.object, Literal):
                fields["value"].append(quad.object.value)
            elif isinstance(quad.object, NamedNode):
                fields["linked"] += _named(things, quad.object)
                fields["definition"] += _defined(things, quad.object)
    for quad in things.quads(None, None, node):
        subject = quad.subject
        asserted = quad.graph_name != _INFERRED and quad.predicate not in things.annotations
        if asserted and isinstance(subject, NamedNode):
            fields["kind"] += _named(things, quad.predicate)
            if things.is_a(subject, STATEMENT):
                fields["said of"] += _both(things.name(subject).label)
    return {field: list(dict.fromkeys(texts)) for field, texts in fields.items()}


def question_fields(question: Question) -> Fields:
    """What a saved question is found by."""
    fields: Fields = {field: [] for field in FIELDS}
    fields["name"] = _both(question.summary)
    fields["alias"] = [question.id, *examples_of(question)]
    fields["value"] = _both(question.description)
    fields["linked"] = [text for texts in question.columns.values() for text in _both(texts)]
    fields["kind"] = [question.topic]
    return fields


def examples_of(question: Question) -> list[str]:
    """The wordings under `examples:` of its header."""
    return [text for texts in question.examples.values() for text in texts]


def weighed(fields: Fields) -> Iterator[tuple[float, str]]:
    """(weight, text): many near things say no more than some, or what a park has would drown what it is."""
    for field, weight in FIELDS.items():
        texts = list(dict.fromkeys(fields[field]))
        for text in texts:
            yield weight / max(1.0, (len(texts) / _NEAR) ** 0.5), text


# --- saved questions with their answers ----------------------------------------


def members(things: Things, parameter: Parameter) -> list[NamedNode]:
    """What an entity or concept parameter may take."""
    whole = NamedNode(parameter.of)
    found = {
        quad.subject
        for predicate in MEMBERSHIP[parameter.kind]
        for quad in things.quads(None, predicate, whole)
        if isinstance(quad.subject, NamedNode)
    }
    return sorted(found, key=lambda node: node.value)


def terms_of(question: Question, values: Mapping[str, str], lang: str) -> dict[str, tuple[Term, ...]]:
    """The terms of all parameters, as `substitute` takes them.  values: parameter → IRI; the others as they
    stand."""
    given = {
        name: (Literal(lang),) if one.kind == "language" else one.default
        for name, one in question.parameters.items()
    }
    return given | {name: (NamedNode(iri),) for name, iri in values.items()}


def answered(things: Things, questions: Sequence[Question]) -> list[tuple[Route, Fields]]:
    """Every question as it stands, and with every value of each of its parameters, where there is an answer;
    with what it is found by: the question, the value and the cells."""
    asked = [question for question in questions if question.form == "SELECT"]
    found = []
    # The engine works outside the interpreter's lock, so each core answers a question.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = pool.map(lambda question: list(_asked_at_once(things, question)), asked)
        for question, routes in zip(asked, answers, strict=True):
            for route, cells in routes:
                # Sorted: the engine gives its rows in another order each time the graph is loaded.
                read = sorted(set(cells), key=str)[:_CELLS]
                texts = [text for cell in read for text in _cell(things, cell)]
                value = _named(things, NamedNode(route.value)) if route.value else []
                fields = question_fields(question)
                found.append((route, {**fields, "linked": texts, "alias": [*examples_of(question), *value]}))
    return found


def _asked_at_once(things: Things, question: Question) -> Iterator[tuple[Route, list[Term]]]:
    """The routes with the cells of their answers, by one query for all values of a parameter."""
    for parameter in (None, *question.parameters.values()):
        if parameter is not None and parameter.kind not in LOOKUPS:
            continue
        given = terms_of(question, {}, "zh")
        if parameter is None:
            if default := [cell for row in _solutions(question, given, "", things) for cell in row.values()]:
                yield Route(question.id, "", ""), default
            continue
        values = tuple(members(things, parameter))
        if not 1 < len(values) <= MOST_VALUES:  # a choice of one is the question as it stands
            continue
        cells: dict[str, list[Term]] = {}
        for row in _solutions(question, given | {parameter.name: values}, parameter.name, things):
            value = row.pop(parameter.name, None)
            if isinstance(value, NamedNode):
                cells.setdefault(value.value, []).extend(row.values())
        for iri, each in sorted(cells.items()):
            yield Route(question.id, parameter.name, iri), each


def values_answered(things: Things, question: Question, parameter: Parameter) -> set[str]:
    """IRIs of all values of an entity or concept parameter with which the question has an answer."""
    given = terms_of(question, {}, "zh") | {parameter.name: tuple(members(things, parameter))}
    found = (row.get(parameter.name) for row in _solutions(question, given, parameter.name, things))
    return {value.value for value in found if isinstance(value, NamedNode)}


def _solutions(
    question: Question, given: Mapping[str, tuple[Term, ...]], variable: str, things: Things
) -> Iterator[dict[str, Term]]:
    """What `variable` and the columns are bound to, before anything is grouped."""
    from parkgraph.ask.provenance import ungrouped

    wanted = (variable, *question.columns)
    __, columns, rows = named(
        on_oxigraph(things.store, ungrouped(substitute(question, given), {}, _SOLUTIONS))
    )
    for row in rows:
        yield {
            name: term
            for name, term in zip(columns, row, strict=True)
            if term is not None and name in wanted and name not in _NOT_READ
        }


def _cell(things: Things, cell: Term) -> list[str]:
    if isinstance(cell, NamedNode):
        return _both(things.name(cell).label)
    return [cell.value] if isinstance(cell, Literal) else []


def _named(things: Things, node: NamedNode) -> list[str]:
    return [*_both(things.name(node).label), *things.aliases(node)]


def _defined(things: Things, node: NamedNode) -> list[str]:
    return list(things.texts(node, *DEFINITIONS).values())


def _both(texts: Texts) -> list[str]:
    return list(dict.fromkeys(texts.values()))


# --- made once, kept in the cache ---------------------------------


class Everyday(NamedTuple):
    """What people say (in characters, or stems between blanks) and the words of sources for it."""

    said: str
    meant: list[str]


def everyday_words(things: Things) -> list[Everyday]:
    """The everyday words of the graph and the hidden labels of its things, the longest first."""
    meant: dict[str, set[str]] = {}
    for said, naming in ((_SAID_AS, (_SOURCE_WORD,)), (_HIDDEN, _SHOWN)):
        for quad in things.quads(None, said):
            if isinstance(quad.object, Literal):
                names = {
                    value.value
                    for predicate in naming
                    for value in things.values(quad.subject, predicate)
                    if isinstance(value, Literal) and value.language == quad.object.language
                }
                meant.setdefault(comparable(quad.object.value), set()).update(names)
    in_order = sorted(meant, key=lambda said: (-len(said), said))
    return [Everyday(said, sorted(meant[said])) for said in in_order]


class Searched(NamedTuple):
    """documents: with `names`, for what is found by name and value.  routes: with `rows`, for questions found
    by their answers.  everyday: words that people say.  asked: every saved question, with what it takes."""

    documents: list[Document]
    names: Index
    routes: list[Route]
    rows: Index
    everyday: list[Everyday]
    asked: list[Asked]


def searched(
    root: Root,
    things: Things,
    questions: Callable[[], Sequence[Question]],
    say: Callable[[Text], None] = lambda text: None,
) -> Searched:
    """As it is kept, or made now, which takes seconds: every question is answered with every value.

    questions: gives them when it must be made.  say: is told so.
    """
    entry = cache_folder() / f"{_key(root)}.search"
    with suppress(OSError, ValueError, LookupError, TypeError):  # missing or damaged: made anew
        return _read(entry)
    say(_("reading every answer once, to find questions by them"))
    made = make(things, questions())
    with suppress(OSError, Usage):  # a cache that cannot be written makes the next start slower, nothing else
        _write(entry, made)
    return made


def make(things: Things, questions: Sequence[Question]) -> Searched:
    """What is searched, from the graph itself."""
    found = list(node_documents(things))
    for question in questions:
        fields = question_fields(question)
        found.append((Document("question", question.id, fields["name"], fields["alias"]), fields))
    routes = answered(things, questions)
    return Searched(
        [document for document, __ in found],
        Index.of([weighted(weighed(fields)) for __, fields in found]),
        [route for route, __ in routes],
        Index.of([weighted(weighed(fields), grams=False) for __, fields in routes]),
        everyday_words(things),
        list(map(Asked.of, questions)),
    )


def _key(root: Root) -> str:
    digest = hashlib.sha256(content_key(root).encode())
    code = [file for file in Path(__file__).parent.iterdir() if file.suffix in (".py", ".toml")]
    for file in (*sorted(code), *sorted((root.path / "queries").glob("*.yaml"))):
        digest.update(hashlib.sha256(read_bytes(file, name=file.name)).digest())
    for question in root.files("query"):
        digest.update(question.name.encode() + b"\0" + read_bytes(question.path, name=question.name))
    return digest.hexdigest()


def _read(entry: Path) -> Searched:
    told, __, text = entry.read_text("utf-8").partition("\n")
    if hashlib.sha256(text.encode()).hexdigest() != told:
        raise ValueError(entry)
    documents, names, routes, rows, everyday, asked = json.loads(text)
    os.utime(entry)
    return Searched(
        [Document(*one) for one in documents], Index(*names), [Route(*one) for one in routes], Index(*rows),
        [Everyday(*one) for one in everyday], [Asked(*one) for one in asked],
    )  # fmt: skip


def _write(entry: Path, made: Searched) -> None:
    text = json.dumps(
        made, ensure_ascii=False, separators=(",", ":"), default=lambda one: (one.count, one.kept)
    )
    entry.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with opened(entry) as stream:
        stream.write(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}".encode())
    others = sorted(entry.parent.glob(f"*{entry.suffix}"), key=lambda file: file.stat().st_mtime)
    for file in others[:-KEPT]:
        file.unlink(missing_ok=True)


# --- finding ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    kind: thing, fact (a statement about things) or question.  name: its IRI and labels; a question's are its
    id and summary.  types: its classes, or the question's topic.  field, text: what fits the words best.
    links: how many triples it takes part in.
    """

    kind: Kind
    name: Name
    types: tuple[Name, ...]
    field: str
    text: str
    score: float
    links: int
    evidence: tuple[Evidence, ...]


class Finder:
    """Finds things, facts and questions of one graph."""

    def __init__(self, things: Things, searched: Searched, question: Callable[[str], Question]) -> None:
        """question: gives a saved question by its id."""
        self.things, self.searched, self.question = things, searched, cache(question)
        self.documents, self.index = searched.documents, searched.names
        self.number = {document.iri: number for number, document in enumerate(searched.documents)}
        self.answer = lru_cache(ANSWERS)(self._answer)
        self.telling = cache(self._telling)
        self.told = cache(self._told)

    def reading(self, things: Things) -> Finder:
        """The same finder with other `things`, e.g. with the texts of sources."""
        other = Finder(things, self.searched, self.question)
        other.answer, other.telling, other.told = self.answer, self.telling, self.told
        return other

    def _told(self, node: NamedNode) -> str:
        """What a thing is called, its values, and what it is linked with, in small letters."""
        fields = node_fields(self.things, node)
        return "\n".join((*fields["name"], *fields["value"], *fields["linked"])).casefold()

    def _telling(self, iri: str) -> list[tuple[str, frozenset[str], float]]:
        """The names of a thing, each with its terms and how much they tell."""
        document = self.documents[self.number[iri]]
        held = ((name, frozenset(terms(name))) for name in (*document.names, *document.aliases))
        return [(name, parts, self.index.mass(parts)) for name, parts in held if parts]

    def _answer(self, id: str, values: tuple[tuple[str, str], ...], lang: str) -> Answer:
        """What a saved question answers with these values (parameter, IRI); the last ANSWERS are kept."""
        question: Question = self.question(id)
        given = terms_of(question, dict(values), lang)
        return run(question, Bound(given, substitute(question, given)), self.things.store, lang=lang)

    def saved(self, text: str) -> str | None:
        """The id of the saved question whose sentence this is, word for word, or whose example, if it takes
        no thing: an example may name another than the one taken without being told."""
        wanted, taking = folded(text), {one.id for one in self.searched.asked if one.parameters}
        for document in self.documents:
            known = document.names if document.iri in taking else (*document.names, *document.aliases)
            if document.kind == "question" and wanted in map(folded, known):
                return document.iri
        return None

    def find(self, words: str, *, kind: Kind | None = None, limit: int = 10, offset: int = 0) -> list[Hit]:
        """What fits the words, best first: at most `limit` from `offset` on.

        Raises Usage when there are no words to look for.
        """
        ranked = self.ranked(words, kind)
        return [self._hit(number, score, words) for score, number in ranked[offset : offset + limit]]

    def ranked(self, words: str, kind: Kind | None = None) -> list[tuple[float, int]]:
        """(score, number of the document) of all that fits, best first."""
        words = simplified(words)
        wanted, part = terms(words), folded(words)
        # What has only function words or signs ("about", "%") may still be a name.
        found = self.index.search(Counter(wanted)) if wanted else dict.fromkeys(self.number.values(), 0.0)
        whole = self.index.mass(wanted) or 1.0
        ranked = []
        for number, score in found.items():
            document = self.documents[number]
            if kind in (None, document.kind):
                names = map(folded, (*document.names, *document.aliases))
                part_of = max((_part(part, name) for name in names), default=0.0)
                if score or part_of:
                    ranked.append((round(score + whole * part_of, 4), number))
        if not wanted and not ranked:
            raise Usage(
                _("no words to look for: {words}", words=quoted(words)),
                fix=_("a part of a name, a value or a period, in Chinese or English"),
            )
        return sorted(ranked, key=lambda one: (-one[0], one[1]))

    def node(self, text: str, lang: str = "en") -> NamedNode:
        """The one thing meant by a name in either language, a part of one, a short name or an IRI.

        lang: of the names in messages.  Raises Usage: nothing is called so (with the nearest names), or
        several things are.
        """
        text = "".join(char if char.isprintable() else " " for char in text)
        return Resolver(self.things.store, self.things.prefixes, lang).thing(simplified(text).strip())

    def _hit(self, number: int, score: float, words: str) -> Hit:
        document, things, wanted = self.documents[number], self.things, terms(simplified(words))
        if document.kind == "question":
            question = self.question(document.iri)
            topic = Name(question.topic, question.topic, {"zh": question.topic, "en": question.topic})
            name, types = Name(question.id, question.id, question.summary), [topic]
            links, fields, evidence = (
                len(question.parameters),
                question_fields(question),
                tuple[Evidence, ...](),
            )
        else:
            node = NamedNode(document.iri)
            name, types = things.name(node), list(map(things.name, things.kinds(node)))
            links = sum(1 for __ in chain(things.quads(node), things.quads(None, None, node)))
            fields, evidence = node_fields(things, node), things.evidence_of(node)
        texts = [(field, text) for field, all_of in fields.items() for text in all_of]
        # The store gives what is said of a thing in no order.
        order = {field: number for number, field in enumerate(fields)}
        field, text = min(
            texts, key=lambda one: (-self.index.coverage(wanted, terms(one[1])), order[one[0]], one[1])
        )
        return Hit(document.kind, name, tuple(types), field, text, score, links, evidence)


def _part(wanted: str, name: str) -> float:
    """How much of a name the words are, when they are a part of it; signs alone must be all of it."""
    words = any(char.isalnum() for char in wanted)
    return len(wanted) / len(name) if wanted == name or (words and wanted in name) else 0.0


def as_table(headings: Mapping[str, Message], rows: Iterable[Mapping[str, str]], lang: str) -> Any:
    """A table of texts for `show.results.write`.  headings: name of the column → what it is called."""
    from parkgraph.show.results import Table

    told = [[Literal(row[name]) for name in headings] for row in rows]
    return Table(tuple(headings), told, {name: text[lang] for name, text in headings.items()})


def hits_table(hits: list[Hit], lang: str) -> Any:
    """What was found as a table for `show.results.write`."""
    headings = {
        "kind": _("kind"), "label": _("label"), "short": _("short name"), "type": _("class"),
        "matched": _("found by"), "evidence": _("evidence"),
    }  # fmt: skip
    kinds = {"thing": _("thing"), "fact": _("fact"), "question": _("question")}
    rows = (
        {
            "kind": kinds[hit.kind][lang], "label": hit.name.label[lang], "short": hit.name.short,
            "type": shown_names(hit.types, lang), "matched": hit.text,
            "evidence": " ".join(one.iri for one in hit.evidence),
        }
        for hit in hits
    )  # fmt: skip
    return as_table(headings, rows, lang)
