"""The catalogue of questions in Turtle, for tools that read sh:SPARQLExecutable.

Generated from the question files; the same files always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.question import LANGUAGES, Parameter, Question
from parkgraph.names import BASE, RDFS, SH, SKOS, XSD

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
    parts += [_prefixes(declared), *map(_question, in_order)]
    return "\n".join(parts)


def _prefixes(declared: Mapping[str, str]) -> str:
    nodes = {prefix: f"prefix:{prefix or '_'}" for prefix in sorted(declared)}
    declarations = "".join(
        f"{node} a sh:PrefixDeclaration ;\n"
        f"    sh:prefix {Literal(prefix)} ;\n"
        f"    sh:namespace {_literal(declared[prefix], XSD + 'anyURI')} .\n\n"
        for prefix, node in nodes.items()
    )
    all_nodes = " , ".join(nodes.values())
    return (
        (f"question:prefixes sh:declare {all_nodes} .\n\n" if nodes else "")
        + declarations.rstrip("\n")
        + "\n"
    )


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


def _literal(text: str, datatype: str) -> str:
    short = datatype.replace(XSD, "xsd:")
    return f"{Literal(text)}^^{short}"


def _long(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    return f'"""\n{escaped}"""'
