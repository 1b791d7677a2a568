"""The W3C Turtle suite: right graph, a span for every triple, every invalid file refused at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from parkgraph.errors import Unreadable
from parkgraph.read.turtle import Document
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
BASE = "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/"

# Where the fault is, found by reading each file: line → the files' names without `turtle-syntax-bad-`.
FAULTY_LINE = {
    1: """
        LITERAL2_with_langtag_and_datatype bnode-01 bnode-02 missing-ns-dot-start ns-dot-end
        ns-dot-start num-01 num-02 num-03 num-04 num-05 numeric-escape-01 numeric-escape-02
        numeric-escape-03 numeric-escape-04 numeric-escape-05 numeric-escape-06 numeric-escape-07
        numeric-escape-08 numeric-escape-09 numeric-escape-10 struct-12 struct-13
    """,
    2: """
        base-01 base-02 base-03 blank-label-dot-end esc-01 esc-02 esc-03 esc-04 kw-01 kw-02 kw-03
        kw-04 kw-05 lang-01 ln-dash-start ln-escape ln-escape-start missing-ns-dot-end n3-extras-07
        n3-extras-08 n3-extras-13 prefix-01 prefix-03 prefix-04 prefix-05 string-01 string-02
        string-03 string-04 struct-01 struct-02 struct-03 struct-04 struct-05 struct-06 struct-07
        struct-08 struct-09 struct-10 struct-11 struct-14 struct-15 struct-16 struct-17 uri-01
        uri-02 uri-03 uri-04 uri-05 uri-escape-01 uri-escape-02 uri-escape-03 uri-escape-04
    """,
    3: """
        n3-extras-09 n3-extras-10 n3-extras-11 n3-extras-12 pname-01 pname-02 pname-03 prefix-02
        string-05 string-06 string-07
    """,
    4: """
        n3-extras-01 n3-extras-02 n3-extras-05 n3-extras-06
    """,
    5: """
        n3-extras-03 n3-extras-04 number-dot-in-anon
    """,
}


@pytest.fixture(scope="module")
def entries(suites_path: Path) -> list[tuple[str, str, str | None]]:
    folder = suites_path / "w3c-turtle"
    graph = rdflib.Graph().parse(folder / "manifest.ttl", format="turtle", publicID=BASE)
    found = []
    for entry in graph.items(next(graph.objects(None, MF.entries))):
        kind = str(graph.value(entry, rdflib.RDF.type)).partition("#")[2]
        action = str(graph.value(entry, MF.action)).rpartition("/")[2]
        result = graph.value(entry, MF.result)
        found.append((kind, action, str(result).rpartition("/")[2] if result else None))
    return found


def text_of(folder: Path, name: str) -> str:
    return (folder / "w3c-turtle" / name).read_bytes().decode("utf-8")


def canonical(quads: object) -> set[str]:
    dataset = Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def test_positive_files(entries: list[tuple[str, str, str | None]], suites_path: Path) -> None:
    seen = 0
    for kind, name, result in entries:
        if "Negative" in kind:
            continue
        doc = Document(text_of(suites_path, name), name=name, base=BASE + name)
        assert doc.spans is not None, name
        assert len(doc.spans) == len(doc.triples), name
        strict = canonical(parse(doc.text, RdfFormat.TURTLE, base_iri=BASE + name))
        assert canonical(Quad(*fact) for fact in doc.triples) == strict, name
        if result:
            assert strict == canonical(parse(text_of(suites_path, result), RdfFormat.N_TRIPLES)), name
        seen += 1
    assert seen == 219


def test_negative_files(entries: list[tuple[str, str, str | None]], suites_path: Path) -> None:
    wanted = {name: line for line, names in FAULTY_LINE.items() for name in names.split()}
    seen = set()
    for kind, name, _ in entries:
        if "Negative" not in kind:
            continue
        with pytest.raises(Unreadable) as error:
            Document(text_of(suites_path, name), name=name, base=BASE + name)
        short = name.removeprefix("turtle-syntax-bad-").removesuffix(".ttl")
        assert error.value.line == wanted[short], name
        seen.add(short)
    assert seen == wanted.keys()
    assert len(seen) == 94
