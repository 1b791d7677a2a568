"""The figures as an RDF Data Cube: which are in it, and the integrity constraints of the standard.

A constraint is a query in constraints/ that is true where it is broken; broken/ has, for each, a change to
the cube on which it alone must fire. The output is tested as it is: nothing is added first, though the
standard would allow it.
"""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from parkgraph import api
from parkgraph.ask.rows import Answer
from parkgraph.cli.app import run
from parkgraph.names import PARK, RDF
from pyoxigraph import NamedNode, Quad, Store

HERE = Path(__file__).resolve().parent
CONSTRAINTS = {file.stem: file.read_text(encoding="utf-8") for file in sorted(HERE.glob("constraints/*.rq"))}
SDMX = "http://purl.org/linked-data/sdmx/2009/"
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
    unused = ["slice", "sliceKey", "sliceStructure", "observationGroup", "codeList"]
    unused += ["measureType", "measureDimension"]
    used = {term.value for quad in cube for term in quad.triple if isinstance(term, NamedNode)}
    assert not used & {QB + name for name in unused}


def test_exactly_the_clean_figures_are_in_it(cube: Store) -> None:
    clean = api.open().query(
        "SELECT DISTINCT ?figure { ?figure a park:Observation ; park:qualifier qualifier:exactly ; "
        "park:period ?period ; park:about/a park:Park FILTER NOT EXISTS { ?figure park:jointTotal true } }"
    )
    names = {row[0].removeprefix(OBSERVATION) for row in clean}
    # The count of one kind and level of platform is not the number of platforms.
    assert "national-innovation-bases" in names
    assert figures(cube) == names - {"national-innovation-bases"}


def test_observations_have_passages_and_values_in_the_unit_that_is_named(cube: Store) -> None:
    prefixes = {"park": PARK, "qb": QB, "o": OBSERVATION}
    bare = "ASK { ?figure a qb:Observation FILTER NOT EXISTS { ?figure park:evidence ?passage } }"
    assert not cube.query(bare, prefixes=prefixes)
    (row,) = cube.query(
        f"SELECT ?unit ?value {{ o:2017-foreign-capital-used <{SDMX}attribute#unitMeasure> ?unit ; "
        f"<{SDMX}measure#obsValue> ?value }}",
        prefixes=prefixes,
    )  # type: ignore[misc]
    assert [term.value for term in row] == ["http://qudt.org/vocab/unit/CCY_USD", "91943500"]


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


def test_indicators_by_period_as_a_csv_that_another_program_reads(real_root: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    options = ["--lang", "zh", "--headings", "names", "--iris", "-o", str(file)]
    assert run(["--root", str(real_root), "ask", "indicators-by-period", *options]) == 0
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["figure (IRI)"].rpartition("/")[2]: row for row in csv.DictReader(stream)}
    assert len(rows) == len(api.open(real_root).ask("indicators-by-period"))
    for row in rows.values():
        low, value, high = (Decimal(row[name] or row["value"]) for name in ("low", "value", "high"))
        assert low <= value <= high
        assert row["converted"] == "" or Decimal(row["converted"]).is_finite()

    asked = ("start", "end", "value", "unit", "converted", "low", "high", "qualifier")
    trade, revenue = (rows[f"2017-{name}"] for name in ("foreign-trade", "total-revenue"))
    assert [trade[name] for name in asked[:5]] == ["2017-01-01", "2017-12-31", "16.5", "亿美元", "1650000000"]
    assert [revenue[name] for name in asked[5:]] == ["2000", "", "超过"]
