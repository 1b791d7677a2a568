"""Made-up parks: valid, consistent, like the real one, the same every time; planted errors are all found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.bench.errors import ERRORS
from parkgraph.bench.generate import EXPECTED, generate
from parkgraph.bench.profile import read_profile
from parkgraph.errors import Usage
from parkgraph.finding import Finding
from parkgraph.graph.assemble import closure_of, read_asserted
from parkgraph.infer.supported import unsupported
from parkgraph.names import GRAPH_DATA, PARK, RDF
from parkgraph.read.files import Root
from parkgraph.validate import validate
from pyoxigraph import Triple

Made = Callable[..., Root]


@pytest.fixture(scope="module")
def made(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Generates a graph with the given parks, seed and errors."""

    def make(**wanted: int) -> Root:
        folder = tmp_path_factory.mktemp("made") / "graph"
        generate(Root(repo), folder, **wanted)
        return Root(folder)

    return make


@pytest.fixture(scope="module")
def three(made: Made) -> Root:
    return made(parks=3, seed=5)


def _validated(root: Root) -> list[Finding]:
    return validate(
        root.paths("data", "passages"), root.paths("prefixes", "shapes"), root.paths("ontology", "codes")
    )


def _kinds(triples: list[Triple]) -> Counter[str]:
    kinds = (triple.object.value for triple in triples if triple.predicate.value == RDF + "type")
    return Counter(kind.removeprefix(PARK) for kind in kinds)


def test_a_generated_graph_is_valid(three: Root) -> None:
    assert _validated(three) == []


def test_a_generated_graph_holds_no_contradiction(three: Root) -> None:
    graphs = read_asserted(three)
    closure = closure_of(graphs)
    assert closure.contradictions == []
    assert len(closure.inferred) > 1000
    assert unsupported(graphs[GRAPH_DATA]) == []


def test_its_evidence_stands_the_audit(three: Root) -> None:
    from parkgraph.evidence.audit import audit

    findings = audit(three, []).findings
    assert [finding for finding in findings if finding.severity == "violation"] == []


def test_it_is_the_real_graph_and_parks_like_it(three: Root, repo: Path) -> None:
    real = read_asserted(Root(repo))[GRAPH_DATA]
    all_of_it = read_asserted(three)[GRAPH_DATA]
    assert set(real) <= set(all_of_it)
    before, after = _kinds(real), _kinds(all_of_it)
    assert after["Park"] == before["Park"] + 2
    for kind in ("Enterprise", "Project"):
        added = (after[kind] - before[kind]) / 2
        assert 0.7 * before[kind] <= added <= 1.3 * before[kind]
    for kind in ("Participation", "PhaseRecord", "Observation", "Platform", "PolicyInstrument", "Passage"):
        assert after[kind] > before[kind]


def test_industries_occur_about_as_often_as_in_the_real_graph(made: Made, repo: Path) -> None:
    usual = read_profile(Root(repo)).industries["Enterprise"]
    found = read_profile(made(parks=12, seed=2)).industries["Enterprise"]
    assert set(found) == set(usual)
    total, usual_total = sum(found.values()), sum(usual.values())
    for industry, count in usual.items():
        assert abs(found[industry] / total - count / usual_total) < 0.12


def test_the_same_seed_gives_the_same_bytes_and_another_others(made: Made, three: Root) -> None:
    again, other = made(parks=3, seed=5), made(parks=3, seed=6)
    names = [file.name for file in three.files()]
    assert names == [file.name for file in again.files()]
    assert all((three.path / name).read_bytes() == (again.path / name).read_bytes() for name in names)
    name = "kg/park-00002.ttl"
    assert (three.path / name).read_bytes() != (other.path / name).read_bytes()


def test_a_park_is_the_same_however_many_there_are(made: Made, three: Root) -> None:
    name = "kg/park-00002.ttl"
    assert (made(parks=2, seed=5).path / name).read_bytes() == (three.path / name).read_bytes()


def test_one_park_is_the_real_graph(made: Made, repo: Path) -> None:
    assert set(read_asserted(made(parks=1))[GRAPH_DATA]) == set(read_asserted(Root(repo))[GRAPH_DATA])


def test_validation_finds_every_planted_error_and_nothing_else(made: Made) -> None:
    root = made(parks=4, seed=3, errors=60)
    expected = json.loads((root.path / EXPECTED).read_text(encoding="utf-8"))
    assert {each["error"] for each in expected} == set(ERRORS)
    found = _validated(root)
    assert Counter((finding.rule, finding.focus) for finding in found) == Counter(
        (each["rule"], each["focus"]) for each in expected
    )
    files = {finding.focus: finding.file for finding in found}
    assert all(files[each["focus"]].endswith(each["file"]) for each in expected)


def test_bad_wishes_are_refused(repo: Path, tmp_path: Path) -> None:
    root = Root(repo)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    for folder, wanted in (
        (tmp_path / "new", {"parks": 0}),
        (tmp_path / "new", {"parks": 2, "errors": -1}),
        (tmp_path / "new", {"parks": 1, "errors": 1}),
        (tmp_path / "full", {"parks": 2}),
        (tmp_path / "full" / "file", {"parks": 2}),
    ):
        with pytest.raises(Usage):
            generate(root, folder, **wanted)
    assert not (tmp_path / "new").exists()


def test_what_fails_halfway_leaves_nothing(repo: Path, tmp_path: Path) -> None:
    def broken(number: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(Root(repo), tmp_path / "graph", parks=3, tell=broken)
    assert list(tmp_path.iterdir()) == []


def test_more_than_the_disk_holds_is_refused_at_once(repo: Path, tmp_path: Path) -> None:
    with pytest.raises(Usage, match="MiB of disk"):
        generate(Root(repo), tmp_path / "graph", parks=10**11)
    assert list(tmp_path.iterdir()) == []
