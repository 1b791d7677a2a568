"""Triples in order, few or many."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parkgraph.graph import ordered
from parkgraph.graph.ordered import Ordered, merged
from parkgraph.names import RDF
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

TYPE = NamedNode(RDF + "type")
SOME = st.sampled_from([NamedNode(f"http://e/{name}") for name in ("a", "ab", "a/b", "b#c")])
LITERALS = st.builds(Literal, st.text(st.characters(codec="utf-8"))) | st.builds(
    Literal, st.sampled_from(["1", "1.0", "01", "a\tb\n\u2028\x85"]), datatype=SOME
)
NODES = SOME | st.sampled_from([BlankNode("b1"), BlankNode("b12")])
TRIPLES = st.lists(
    st.builds(Triple, NODES, SOME | st.just(TYPE), NODES | LITERALS | st.just(Literal("x", language="zh")))
)


def by_definition(triples: list[Triple]) -> list[Triple]:
    return sorted(
        set(triples), key=lambda t: (str(t.subject), t.predicate != TYPE, str(t.predicate), str(t.object))
    )


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes three triples too many for the memory."""
    monkeypatch.setattr(ordered, "IN_MEMORY", 3)
    monkeypatch.setattr(ordered, "_AT_ONCE", 2)


@given(TRIPLES)
def test_in_memory(triples: list[Triple]) -> None:
    found = Ordered(triples)
    assert list(found) == list(found) == by_definition(triples)
    assert len(found) == len(set(triples))


@given(TRIPLES)
def test_on_the_disk(triples: list[Triple]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ordered, "IN_MEMORY", 3)
        patched.setattr(ordered, "_AT_ONCE", 2)
        found = Ordered(triples)
        assert list(found) == list(found) == by_definition(triples)
        assert len(found) == len(set(triples))


@given(TRIPLES, TRIPLES)
def test_merged(one: list[Triple], two: list[Triple]) -> None:
    assert list(ordered.triples_of(merged([Ordered(one), Ordered(two)]))) == by_definition(one + two)


def test_two_may_go_through_it_at_once(few: None) -> None:
    triples = [Triple(NamedNode(f"http://e/{n}"), TYPE, NamedNode("http://e/C")) for n in range(9)]
    found = Ordered(triples)
    assert [one == two for one, two in zip(found, found, strict=True)] == [True] * 9


def test_its_files_go_with_it(few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = Ordered(Triple(NamedNode(f"http://e/{n}"), TYPE, NamedNode("http://e/C")) for n in range(9))
    assert len(list(tmp_path.rglob("*"))) == 2  # a folder with one file: the runs are gone
    del found
    assert list(tmp_path.iterdir()) == []


def test_namespaces_in_use() -> None:
    found = Ordered(
        [Triple(NamedNode("http://a/x"), NamedNode("http://b#y"),
                Literal("<http://no/z>", datatype=NamedNode("http://c/d/e"))),
         Triple(NamedNode("http://a/x"), NamedNode("http://b#y"), Literal("http://no/z", language="en"))]
    )  # fmt: skip
    used = ["http://a/", "http://b#", "http://c/", "http://c/d/"]
    assert [found.uses(namespace) for namespace in used] == [True] * 4
    assert not any(found.uses(namespace) for namespace in ("http://no/", "http://c/d/e/", "http://b/"))


MEMORY = """
import resource, sys
from parkgraph.export import FORMATS, write_graphs
from parkgraph.graph import ordered
from pyoxigraph import Literal, NamedNode, Triple

ordered.IN_MEMORY = 5_000
triples = (Triple(NamedNode(f"http://e/{n // 10}"), NamedNode(f"http://e/p{n % 10}"), Literal(str(n) * 20))
           for n in range(int(sys.argv[1])))
graphs = {"http://e/g": ordered.Ordered(triples)}
for format in FORMATS.values():
    with open("/dev/null", "wb") as stream:
        write_graphs(graphs, stream, format, {"e": "http://e/"})
print(len(graphs["http://e/g"]), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the peak of a process")
def test_the_memory_for_an_export_does_not_grow_with_the_graph() -> None:
    def peak(triples: int) -> int:
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, str(triples)], capture_output=True, check=True, encoding="utf-8"
        )
        count, peak = map(int, done.stdout.split())
        assert count == triples
        return peak

    assert peak(100_000) < 1.3 * peak(10_000)  # a list of the triples alone would take twice as much
