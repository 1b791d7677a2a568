"""All saved questions of a graph, one by its name, and all as Turtle (sh:SPARQLExecutable)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.labels import folded, nearest
from parkgraph.ask.load import load_question, topic_labels
from parkgraph.ask.question import LANGUAGES, Parameter, Question
from parkgraph.errors import Unreadable, Usage
from parkgraph.messages import LANGS, Text, _
from parkgraph.names import BASE, RDFS, SH, SKOS, XSD
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes

_LIKE_AN_ID = re.compile(r"[\w.-]+", re.ASCII)
_LISTED = 6


def find_question(root: Root, name: str) -> Question:
    """The question called `name`.

    It costs one file.  Raises Usage where none is called so, with those that are called or ask the like, and
    Unreadable for a bad file.
    """
    for file in root.files("query"):
        if file.path.stem == name:
            return load_question(file, prefixes(root.path))
    questions = {question.id: question for question in catalogue(root)}
    # Words are looked for in what the questions ask, a name among their names.
    asked = {
        text: question.id
        for question in questions.values()
        for texts in (question.summary.values(), *question.examples.values())
        for text in texts
    }
    found = nearest(name, questions) if _LIKE_AN_ID.fullmatch(name) else []
    found = found or list(dict.fromkeys(asked[text] for text in nearest(name, asked, 12)))
    shown: Text = {
        lang: "".join(f"\n    {one}: {questions[one].summary[lang]}" for one in found[:_LISTED])
        for lang in LANGS
    }
    said = name if len(name) <= 60 else f"{name[:60]}…"
    fix = _("nearest:{shown}", shown=shown) if found else _("`parkgraph questions` lists them all")
    raise Usage(_("unknown question: {said}", said=said), fix=fix)


def catalogue(root: Root, topic: str | None = None, broken: list[Unreadable] | None = None) -> list[Question]:
    """The questions, by topic and id; of one topic only, by its name or what it is called, when it is given.

    broken: takes what is wrong with files that are passed over; without it the first of them is raised.
    Raises Unreadable, for an id used twice too, Usage for an unknown topic.
    """
    files, known = root.files("query"), topics(root)
    if topic is not None:
        called = {folded(text): name for name, label in known.items() for text in (name, *label.values())}
        wanted = folded(topic)
        fits = [called[wanted]] if wanted in called else [called[text] for text in called if wanted in text]
        if not fits or not wanted:
            fix = _("the topics are {topics}", topics=list(known.values()))
            raise Usage(_("unknown topic: {topic}", topic=topic), fix=fix)
        topic = fits[0]
    found: dict[str, str] = {}
    for file in files:
        other = found.setdefault(file.path.stem, file.name)
        if other != file.name:
            said = _("another question has this name: {found}", found=other)
            raise Unreadable(said, file=file.name, line=1)
    names = prefixes(root.path)
    questions = []
    for file in files:
        try:
            if topic in (None, file.topic):
                questions.append(load_question(file, names))
        except Unreadable as error:
            if broken is None:
                raise
            broken.append(error)
    return sorted(questions, key=lambda question: (list(known).index(question.topic), question.id))


def topics(root: Root) -> dict[str, Mapping[str, str]]:
    """Topic → what it is called, in the order in which they are listed."""
    called = topic_labels(root.path / "queries")
    there = {file.topic for file in root.files("query")}
    named: dict[str, Mapping[str, str]] = {topic: label for topic, label in called.items() if topic in there}
    return named | {topic: dict.fromkeys(LANGS, topic) for topic in sorted(there - named.keys())}


# --- as Turtle ------------------------------------------------------------------

NAMESPACE = BASE + "question/"
"""A question's IRI is this and its id."""

_PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "question": NAMESPACE,
    # SHACL takes the local name of a parameter's path as the name of its variable.
    "parameter": NAMESPACE + "parameter#",
    "prefix": NAMESPACE + "prefix#",
    "rdfs": RDFS,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}
_EXECUTABLE = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
    "ASK": ("sh:SPARQLAskExecutable", "sh:ask"),
}


def as_turtle(questions: Iterable[Question]) -> str:
    """The catalogue of `questions`, sorted by id, as a Turtle document without blank nodes."""
    in_order = sorted(questions, key=lambda question: question.id)
    declared = {prefix: iri for question in in_order for prefix, iri in question.prefixes.items()}
    parts = ["".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _PREFIXES.items())]
    parts += [*_prefixes(declared), *map(_question, in_order)]
    return "\n".join(parts)


def _prefixes(declared: Mapping[str, str]) -> Iterator[str]:
    nodes = {prefix: f"prefix:{prefix or '_'}" for prefix in sorted(declared)}
    if nodes:
        yield f"question:prefixes sh:declare {' , '.join(nodes.values())} .\n"
    for prefix, node in nodes.items():
        namespace = f"{Literal(declared[prefix])}^^xsd:anyURI"
        says = ("a sh:PrefixDeclaration", f"sh:prefix {Literal(prefix)}", f"sh:namespace {namespace}")
        yield node + " " + " ;\n    ".join(says) + " .\n"


def _question(question: Question) -> str:
    kind, query = _EXECUTABLE[question.form]
    lines = [
        f"question:{question.id} a sh:SPARQLExecutable , {kind}",
        f"rdfs:label {_both(question.summary)}",
        f"rdfs:comment {_both(question.description)}",
        f"dcterms:identifier {Literal(question.id)}",
        f"dcterms:subject {Literal(question.topic)}",
    ]
    asked = [Literal(text, language=lang) for lang in LANGUAGES for text in question.examples[lang]]
    if asked:
        lines.append(f"skos:example {' , '.join(map(str, asked))}")
    if question.prefixes:
        lines.append("sh:prefixes question:prefixes")
    # The language of labels is chosen by literals, not by a variable that a tool could bind.
    parameters = [one for one in question.parameters.values() if one.kind != "language"]
    nodes = [f"<{NAMESPACE}{question.id}/{one.name}>" for one in parameters]
    if nodes:
        lines.append(f"sh:parameter {' , '.join(nodes)}")
    lines.append(f"{query} {_long(question.body)}")
    described = map(_parameter, nodes, parameters)
    return " ;\n    ".join(lines) + " .\n" + "".join(f"\n{text}" for text in described)


def _parameter(node: str, parameter: Parameter) -> str:
    lines = [
        f"{node} a sh:Parameter",
        f"sh:path parameter:{parameter.name}",
        f"sh:name {_both(parameter.label)}",
    ]
    if parameter.of == RDFS + "Resource":
        lines.append("sh:nodeKind sh:IRI")
    elif parameter.kind == "entity":
        lines.append(f"sh:class {NamedNode(parameter.of)}")
    elif parameter.kind == "concept":
        lines += ["sh:class skos:Concept", f"skos:inScheme {NamedNode(parameter.of)}"]
    else:
        datatype = parameter.datatype or XSD + ("date" if parameter.kind == "date" else "string")
        lines.append(f"sh:datatype {NamedNode(datatype)}")
    if parameter.default:
        lines.append(f"sh:defaultValue {' , '.join(map(str, parameter.default))}")
    if parameter.optional:
        lines.append("sh:optional true")
    return " ;\n    ".join(lines) + " .\n"


def _both(texts: Mapping[str, str]) -> str:
    return " , ".join(str(Literal(texts[lang], language=lang)) for lang in LANGUAGES)


def _long(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    return f'"""\n{escaped}"""'
