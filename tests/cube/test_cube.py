"""The figures as an RDF Data Cube: which are in it, and the integrity constraints of the standard.

A constraint is a query in constraints/ that is true where it is broken; broken/ has, for each, a change to
the cube on which it alone must fire. The output is tested as it is: nothing is added first, though the
standard would allow it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from parkgraph import api
from parkgraph.ask.rows import Answer
from parkgraph.names import PARK, RDF
from pyoxigraph import NamedNode, Quad, Store, Triple

HERE = Path(__file__).resolve().parent
CONSTRAINTS = {file.stem: file.read_text(encoding="utf-8") for file in sorted(HERE.glob("constraints/*.rq"))}
QB = "http://purl.org/linked-data/cube#"
OBSERVATION = "https://w3id.org/parkgraph/id/observation/"


def as_store(cube: Answer) -> Store:
    """The triples of an answer, to be asked."""
    store = Store()
    store.extend(Quad(*triple) for triple in cube.terms)  # type: ignore[misc]
    return store


def broken(cube: Store) -> set[str]:
    """The constraints that the cube breaks."""
    return {name for name, text in CONSTRAINTS.items() if cube.query(text)}


def figures(cube: Store) -> set[str]:
    """The observations in the cube."""
    found = cube.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(QB + "Observation"))
    return {quad.subject.value.removeprefix(OBSERVATION) for quad in found}


@pytest.fixture(scope="module")
def cube() -> Store:
    """The cube of the real graph."""
    return as_store(api.open().ask("figures-as-data-cube"))


@pytest.fixture(scope="module")
def larger(real_root: Path, repo: Path, tmp_path_factory: pytest.TempPathFactory) -> api.Graph:
    """The real graph, the invented second park and figures that repeat and contradict."""
    root = tmp_path_factory.mktemp("larger")
    shutil.copytree(real_root, root, dirs_exist_ok=True)
    for file in (repo / "tests" / "queries" / "second").glob("*.ttl"):
        shutil.copy(file, root / "kg" / f"second-{file.name}")
    shutil.copy(HERE / "more.ttl", root / "kg" / "more.ttl")
    return api.open(root)


def test_the_cube_keeps_every_constraint(cube: Store) -> None:
    assert figures(cube)
    assert broken(cube) == set()


def test_a_larger_cube_keeps_every_constraint(larger: api.Graph) -> None:
    assert broken(as_store(larger.ask("figures-as-data-cube"))) == set()


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_constraint_fires_where_it_is_broken(name: str, cube: Store) -> None:
    changed = Store()
    changed.extend(cube)
    changed.update((HERE / "broken" / f"{name}.ru").read_text(encoding="utf-8"))
    assert broken(changed) == {name}


def test_the_constraints_left_out_are_about_what_the_cube_does_not_have(cube: Store) -> None:
    # 7 to 10 and 18: slices; 15 to 17: measures as a dimension; 19 to 21: lists of codes.
    unused = (
        "slice",
        "sliceKey",
        "sliceStructure",
        "observationGroup",
        "measureType",
        "measureDimension",
        "codeList",
    )
    used = {term.value for quad in cube for term in quad.triple if isinstance(term, NamedNode)}
    assert not used & {QB + name for name in unused}


def test_exactly_the_clean_figures_are_in_it(cube: Store) -> None:
    store = api.open().store

    def values(figure: NamedNode, property: str) -> list[str]:
        return [
            quad.object.value for quad in store.quads_for_pattern(figure, NamedNode(PARK + property), None)
        ]

    everything = store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(PARK + "Observation"))
    parks = store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(PARK + "Park"))
    park_iris = {quad.subject.value for quad in parks}
    clean = {
        figure.value.removeprefix(OBSERVATION)
        for figure in {quad.subject for quad in everything}
        if isinstance(figure, NamedNode)
        and values(figure, "qualifier") == ["https://w3id.org/parkgraph/code/qualifier/exactly"]
        and values(figure, "jointTotal") != ["true"]
        and values(figure, "period")
        and park_iris & set(values(figure, "about"))
    }
    # The count of one kind and level of platform is not the number of platforms.
    assert figures(cube) == clean - {"national-innovation-bases"}
    assert "national-innovation-bases" in clean


def test_every_observation_has_its_passages(cube: Store) -> None:
    for figure in figures(cube):
        node = NamedNode(OBSERVATION + figure)
        assert list(cube.quads_for_pattern(node, NamedNode(PARK + "evidence"), None)), figure


def test_values_are_in_the_unit_that_is_named(cube: Store) -> None:
    figure = NamedNode(OBSERVATION + "2017-foreign-capital-used")
    triples = {quad.triple for quad in cube.quads_for_pattern(figure, None, None)}
    sdmx = "http://purl.org/linked-data/sdmx/2009/"
    assert (
        Triple(
            figure, NamedNode(sdmx + "attribute#unitMeasure"), NamedNode("http://qudt.org/vocab/unit/CCY_USD")
        )
        in triples
    )
    assert {quad.object.value for quad in triples if quad.predicate.value == sdmx + "measure#obsValue"} == {
        "91943500"
    }


def test_repeated_figures_come_once_and_contradicted_ones_not_at_all(cube: Store, larger: api.Graph) -> None:
    place = "https://w3id.org/parkgraph/id/place/kunming-high-tech-zone"
    here = as_store(larger.ask("figures-as-data-cube", park=place))
    assert figures(here) == figures(cube) - {"2017-local-budget-revenue"}
    # Of the second park's two counts of enterprises, the exact one is contradicted.
    everywhere = figures(as_store(larger.ask("figures-as-data-cube")))
    assert "linhai-2018-new-enterprises" in everywhere
    assert "linhai-2018-enterprises-corrected" not in everywhere


def test_it_is_asked_in_both_languages(cube: Store) -> None:
    chinese = as_store(api.open().ask("figures-as-data-cube", lang="zh"))
    assert figures(chinese) == figures(cube)
    languages = [
        {quad.object.language for quad in store if getattr(quad.object, "language", None)}
        for store in (cube, chinese)
    ]
    assert languages == [{"en"}, {"zh"}]
