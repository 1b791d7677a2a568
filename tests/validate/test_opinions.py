"""Other engines' opinions, pySHACL's and Jena's: where they differ from ours, the specification says why.

On random shapes and data, on the cases of test_specification.py and on the W3C suite.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest
import random_shacl
import yaml
from parkgraph.graph.documents import Graph
from parkgraph.names import SH
from parkgraph.read.turtle import Document
from parkgraph.validate import reference, shape_lint
from parkgraph.validate.check import Report
from parkgraph.validate.evaluate import Evaluation
from parkgraph.validate.shapes import Shapes, sh
from parkgraph.validate.values import compare
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse, serialize
from test_w3c_shacl import entries, load

HERE = Path(__file__).parent
TURTLE = RdfFormat.TURTLE

# --- pySHACL: each deviation on the list still holds ---------------------------------

DEVIATE = {
    # Deviation: (data, what is asked of the values of ex:p, data beside it on which both say the same).
    "lexical-forms": (
        'ex:a ex:p "2020-01-01"^^xsd:dateTime .',
        "sh:datatype xsd:dateTime",
        'ex:a ex:p "2020"^^xsd:dateTime , 5 .',
    ),
    "comparisons": ("ex:a ex:p 'b'@en .", "sh:minInclusive 'a'", "ex:a ex:p 'A' , 5 , ex:b ."),
    "length-of-blank-nodes": ("ex:a ex:p [] .", "sh:minLength 0", "ex:a ex:p 'x' ."),
    "regular-expressions": ("ex:a ex:p 'a_b' .", r"sh:pattern '^\\w+$'", "ex:a ex:p 'a-b' ."),
    "ranges-of-languages": (
        "ex:a ex:p 'x'@zh-Hant-TW .",
        "sh:languageIn ( 'zh-Hant' )",
        "ex:a ex:p 'x'@zh , 'y'@zh-hant .",
    ),
    "overlooked-components": ("ex:a ex:p 1 .", "ex:l 1", "ex:a ex:q 1 ."),
    "asks-without-value": ("ex:a ex:p 1 .", "ex:k 1", "ex:a ex:q 1 ."),
    "order-in-queries": (
        "ex:a ex:p 'x' .",
        "sh:sparql [ sh:select 'SELECT $this ?value { $this $PATH ?value FILTER (?value > 5) }' ]",
        "ex:a ex:p 6 , 7.5 .",
    ),
    "targets-without-iri": (
        "ex:a ex:p 'x' .",
        "sh:nodeKind sh:Literal ] . ex:L sh:nodeKind sh:IRI ; sh:target "
        "[ a sh:SPARQLTarget ; sh:select 'SELECT ?this { ?x ex:p ?this }'",
        "ex:a ex:p ex:b .",
    ),
    "inside": ("ex:a ex:p 'b'@en .", "sh:not [ sh:minInclusive 'a' ]", "ex:a ex:p 'b' , 5 ."),
}
COMPONENT = """ex:K a sh:ConstraintComponent ; sh:parameter [ sh:path ex:k ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER (false) }" ] .
ex:Kind rdfs:subClassOf sh:ConstraintComponent . ex:M a ex:Kind ; sh:parameter [ sh:path ex:l ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER (false) }" ] ."""


def test_every_deviation_has_its_example() -> None:
    assert [one.id for one in reference.DEVIATIONS] == list(DEVIATE)


@pytest.mark.parametrize("name", DEVIATE)
def test_pyshacl_still_deviates(name: str, validate: Callable[..., Report]) -> None:
    assert version("pyshacl") == reference.VERSION, "look through the list: what holds of this version?"
    data, asked, alike = DEVIATE[name]
    shapes = f"ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; {asked} ] .{COMPONENT}"
    with_it, without = (validate(data, shapes, engine=engine) for engine in ("reference", "fast"))
    assert with_it.findings == without.findings
    said = next(one.said for one in reference.DEVIATIONS if one.id == name)["en"]
    assert [said in note["en"] for note in with_it.notes] == [True]
    assert validate(alike, shapes, engine="reference").notes == []


def test_what_no_deviation_explains_is_told_and_decides_nothing(
    validate: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference, "DEVIATIONS", ())
    shapes = "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:minLength 0 ] ."
    report = validate("ex:a ex:p " + " , ".join(["[]"] * 12) + " .", shapes, engine="reference")
    assert len(report.findings) == 12
    assert report.notes[0]["en"].startswith("pySHACL 0.40.1 does not say that <http://e/a> <http://e/p> _:d0")
    assert report.notes[10]["en"] == "and 2 such differences more"


def test_where_pyshacl_gives_up_the_other_shapes_are_compared(validate: Callable[..., Report]) -> None:
    shapes = """ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ] .
    ex:T sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:minLength 0 ] ."""
    report = validate("ex:a ex:p [] ; ex:q [] .", shapes, engine="reference")
    assert [note["en"].split(":")[0] for note in report.notes] == [
        "pySHACL 0.40.1 gave up",
        "pySHACL 0.40.1 differs 1 time, by a known deviation",
    ]


# --- three opinions ------------------------------------------------------------------


class Key(NamedTuple):
    """A result as engines must agree on it.  path: an IRI, or "" for a longer one."""

    focus: str
    path: str
    value: str
    component: str


def _asked(shapes: Shapes, *names: str) -> str:
    """The values of some parameters, one after the other."""
    known = [sh(name) for name in names]
    return " ".join(fact.object.value for fact in shapes.graph.facts if fact.predicate in known)


def _no_order(key: Key, shapes: Shapes) -> bool:
    terms = (
        [] if key.value[0] in "<_" else [quad.object for quad in parse(f"<x:s> <x:p> {key.value} .", TURTLE)]
    )
    return all(compare(term, term) is None for term in terms)


def _numbers_of_ieee(key: Key, shapes: Shapes) -> bool:
    bounds = _asked(shapes, "minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
    return any(number in key.value + bounds for number in ("NaN", "-0"))


JENA: dict[str, Callable[[Key, Shapes], bool]] = {
    # 4.8.1: of each value node; Jena looks at the focus node of a property shape
    "Closed": lambda key, shapes: any(
        shapes.path(node) for node in shapes.nodes if shapes.graph.objects(node, sh("closed"))
    ),
    # 4.5.3: texts in a language are in no order of SPARQL's; Jena orders them
    "LessThan": lambda key, shapes: bool(re.search(r'"@[a-z-]+$', key.value)),
    # 4.5.4: by SPARQL's <=, which IRIs and some literals have not; Jena calls equal terms equal
    "LessThanOrEquals": _no_order,
    # 4.5.5: a result for each language, without value
    "UniqueLang": lambda key, shapes: True,
    # 5.2: a constraint that is switched off is not checked
    "SPARQL": lambda key, shapes: any(
        shapes.deactivated(fact.object) for fact in shapes.graph.facts if fact.predicate == sh("sparql")
    ),
    # 4.4.2: characters as XPath counts them; Jena counts UTF-16
    "MaxLength": lambda key, shapes: any(ord(sign) > 0xFFFF for sign in key.value),
    # 4.4.3: regular expressions are XPath's, Jena's are Java's
    "Pattern": lambda key, shapes: (
        "\\n" in key.value or bool(re.search(r"-\[|\\[iIcCwWsSdDpP]", _asked(shapes, "pattern")))
    ),
    # 4.1.2: lexical forms are as written; Jena trims spaces
    "Datatype": lambda key, shapes: bool(re.search(r'^"\s|\s"\^\^', key.value)),
    # 4.3: NaN is not in order, -0 is 0; Jena's total order has both
    **dict.fromkeys(("MinInclusive", "MinExclusive", "MaxInclusive", "MaxExclusive"), _numbers_of_ieee),
}
"""Component → the condition on which Jena says something else."""
INSIDE = {"Node", "And", "Or", "Xone", "Not", "QualifiedMinCount", "QualifiedMaxCount"}


def _known_of_jena(key: Key, data: Graph, shapes: Shapes) -> bool:
    """Whether a difference is one of Jena's; within other shapes, whether a value of the data shows one."""
    name = key.component.removeprefix(SH).removesuffix("ConstraintComponent")
    if name not in INSIDE:
        return name in JENA and JENA[name](key, shapes)
    asked = {fact.predicate.value.removeprefix(SH).lower() for fact in shapes.graph.facts}
    own = {name: shows for name, shows in JENA.items() if name.lower() in asked}
    values = {_form(fact.object) for fact in data.facts}
    return any(shows(key._replace(value=value), shapes) for shows in own.values() for value in values)


@pytest.fixture(scope="session")
def jena() -> Callable[[Path], None]:
    """Runs Jena.java over a folder; skips where Java or Jena is missing."""
    stores = Path(os.environ.get("PARKGRAPH_STORES") or HERE.parents[1] / ".stores")
    jars = sorted(stores.glob("jena-fuseki-server-*.jar"))
    java = shutil.which("java")
    if java is None or not jars:
        pytest.skip("no Java, or no Jena: make test-stores fetches it")

    def run(folder: Path) -> None:
        command = [java, "-Dfile.encoding=UTF-8", "-cp", str(jars[-1]), str(HERE / "Jena.java"), str(folder)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)

    return run


Pairs = Mapping[str, Sequence[Document]]
"""Name → data and shapes."""


def _parsed(texts: Mapping[str, tuple[str, str]]) -> Pairs:
    return {
        name: [
            Document(text, name=f"{role}.ttl", base=f"file:///{role}/", blank=role[0])
            for role, text in zip(("data", "shapes"), pair, strict=True)
        ]
        for name, pair in texts.items()
    }


def _opinions(pairs: Pairs, folder: Path, jena: Callable[[Path], None]) -> list[str]:
    """The differences that no list explains."""
    prepared = {}
    for name, documents in pairs.items():
        for role, document in zip(("data", "shapes"), documents, strict=True):
            # Jena takes one message only.
            kept = [Triple(*fact) for fact in document.triples if fact.predicate.value != SH + "message"]
            (folder / f"{name}.{role}.nt").write_bytes(serialize(kept, format=RdfFormat.N_TRIPLES) or b"")
        prepared[name] = Graph(documents[:1]), Shapes(Graph(documents[1:]))
    jena(folder)
    unexplained = []
    for name, (data_graph, shapes_graph) in prepared.items():
        if any(found.severity == "violation" for found in shape_lint.check(shapes_graph)):
            continue  # Jena does not look whether shapes are well-formed
        results = list(Evaluation(data_graph, shapes_graph).results())
        for note in reference.differences(data_graph, shapes_graph, results):
            if "please report it" in note["en"]:
                unexplained.append(f"{name}: {note['en']}")
        report = folder / f"{name}.jena.nt"
        if not (folder / f"{name}.jena.txt").exists():
            ours = Counter(
                Key(_form(one.focus), one.path.iri or "" if one.path else "", _form(one.value), one.component)
                for one in results
            )
            theirs = Counter(_reported(report))
            for key in (ours - theirs) + (theirs - ours):
                twice = "SPARQL" in key.component and ours[key] and theirs[key]  # 5.3.2: for each solution
                if not twice and not _known_of_jena(key, data_graph, shapes_graph):
                    unexplained.append(f"{name}: Jena {theirs[key]}, here {ours[key]}: {key}")
    return unexplained


def _reported(report: Path) -> Iterator[Key]:
    nodes: dict[object, dict[str, object]] = {}
    for quad in parse(path=str(report), format=RdfFormat.N_TRIPLES):
        nodes.setdefault(quad.subject, {})[quad.predicate.value.removeprefix(SH)] = quad.object
    for node in nodes.values():
        if "focusNode" in node:
            path = node.get("resultPath")
            yield Key(
                _form(node["focusNode"]),
                path.value if isinstance(path, NamedNode) else "",
                _form(node.get("value")),
                node["sourceConstraintComponent"].value,  # type: ignore[attr-defined]
            )


def _form(term: object) -> str:
    return "" if term is None else "_:" if isinstance(term, BlankNode) else str(term)


def _random(seeds: range) -> Pairs:
    wild = {f"wild{n}": (random_shacl.data(n), random_shacl.shapes(n)) for n in seeds}
    return _parsed(
        wild | {f"tidy{n}": (random_shacl.tidy_data(n), random_shacl.tidy_shapes(n)) for n in seeds}
    )


def test_of_random_shapes(tmp_path: Path, jena: Callable[[Path], None]) -> None:
    assert _opinions(_random(range(8)), tmp_path, jena) == []


@pytest.mark.slow
def test_of_many_random_shapes(tmp_path: Path, jena: Callable[[Path], None]) -> None:
    assert _opinions(_random(range(8, 150)), tmp_path, jena) == []


@pytest.mark.slow
def test_of_the_cases(tmp_path: Path, jena: Callable[[Path], None]) -> None:
    cases = yaml.safe_load((HERE / "specification.yaml").read_text(encoding="utf-8"))
    prefixes = random_shacl.PREFIXES.replace("http://e/", "http://example.org/")
    texts = {
        name: (("" if case.get("prefixes") else prefixes) + case["data"], prefixes + case["shapes"])
        for name, case in cases.items()
        if case["exit"] != 3
    }
    assert _opinions(_parsed(texts), tmp_path, jena) == []


@pytest.mark.slow
def test_of_the_w3c_suite(suites_path: Path, tmp_path: Path, jena: Callable[[Path], None]) -> None:
    folder = suites_path / "w3c-shacl"
    pairs = {
        entry.name.replace("/", "."): [load(folder, entry.data, "d"), load(folder, entry.shapes, "s")]
        for entry in entries(folder)
        if entry.expected is not None
    }
    assert _opinions(pairs, tmp_path, jena) == []
