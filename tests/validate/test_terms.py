"""Terms that nothing defines are violations at their place; other people's namespaces are left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Files = Callable[..., Path]
SHAPES = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:name ; sh:minCount 1 ] ."
ONTOLOGY = "ex:C a owl:Class . ex:name a owl:DatatypeProperty ."
DATA = "ex:a a ex:C ; ex:name 'a' ."


@pytest.fixture
def found(command: Any) -> Callable[..., list[tuple[str, int, int, str]]]:
    """File, line, column and value of what `validate` finds of this kind."""

    def found(*arguments: str) -> list[tuple[str, int, int, str]]:
        terms = [one for one in command.found(*arguments)[1] if one["rule"] == "undefined-term"]
        assert all(one["severity"] == "violation" for one in terms)
        return [(one["file"], one["line"], one["column"], one["fix"]["en"]) for one in terms]

    return found


NOTHING_NEAR = "define it in the ontology, or use one of its terms"
SELECT = "SELECT $this\n WHERE { $this <http://e/nme> 1 }"
GIVEN = ("d.ttl", "-s", "s.ttl", "-e", "o.ttl")


def test_what_is_defined_is_fine(files: Files, found: Callable[..., list[object]]) -> None:
    files(d=DATA, s=SHAPES, o=ONTOLOGY)
    assert found(*GIVEN) == []


@pytest.mark.parametrize(
    ("changed", "places"),
    [
        ({"d": DATA + " ex:b a ex:D ."}, [("d.ttl", 7, 36, NOTHING_NEAR)]),
        ({"d": DATA + " ex:a ex:nam 'b' ."}, [("d.ttl", 7, 34, "is ex:name meant?")]),
        ({"d": DATA + " ex:a ex:zzz9 'b' ."}, [("d.ttl", 7, 34, NOTHING_NEAR)]),
        ({"s": SHAPES.replace("ex:name", "ex:nme")}, [("s.ttl", 7, 50, "is ex:name meant?")]),
        ({"s": SHAPES + " ex:T sh:targetClass ex:D ; sh:property [ sh:path ( ex:name ex:nme ) ] ."}, 2),
        (
            {"s": f'{SHAPES} ex:S sh:sparql [ sh:message "m" ; sh:select """{SELECT}""" ] .'},
            [("s.ttl", 8, 16, "is ex:name meant?")],
        ),
        ({"d": DATA + " ex:a <http://other/nme> 'b' ; rdfs:labl 'c' ."}, []),
    ],
)  # fmt: skip
def test_what_is_defined_nowhere(
    files: Files, found: Callable[..., list[object]], changed: dict[str, str], places: object
) -> None:
    files(**{"d": DATA, "s": SHAPES, "o": ONTOLOGY} | changed)
    got = found(*GIVEN)
    assert (len(got) if isinstance(places, int) else got) == places


def test_a_namespace_that_the_ontology_only_uses_is_not_judged(
    files: Files, found: Callable[..., list[object]]
) -> None:
    data = DATA + " ex:b a <http://foaf/Person> ; <http://foaf/nick> 'b' ."
    files(d=data, s=SHAPES, o=ONTOLOGY + " ex:name rdfs:label 'n' . <http://foaf/Person> a owl:Class .")
    assert found(*GIVEN) == []
    files(o=ONTOLOGY + " <http://e/> a owl:Ontology . <http://foaf/Person> a owl:Class ; rdfs:label 'p' .")
    assert found(*GIVEN) == []
    assert found(*GIVEN[:3]) == []  # without an ontology, nothing is known to be misspelt


def test_data_and_shapes_may_define_terms_too(files: Files, found: Callable[..., list[object]]) -> None:
    data = DATA + " ex:b a ex:D , ex:E . ex:D a owl:Class ."
    files(d=data, s=SHAPES + " ex:E a rdfs:Class .", o=ONTOLOGY)
    assert found(*GIVEN) == []


def test_of_a_whole_graph_the_questions_too(
    write_small_graph: Callable[..., Path], tmp_path: Path, found: Callable[..., list[object]]
) -> None:
    question = (
        "# a question\nPREFIX park: <https://w3id.org/parkgraph/ontology#>\nSELECT ?p { ?p a park:Projct }"
    )
    root = write_small_graph(tmp_path / "graph", {"queries/project/one.rq": question})
    (one,) = found("--root", str(root))
    assert one[1:] == (3, 18, "is park:Project meant?")  # type: ignore[index]
