"""Questions from the cache: the same as from their files."""

from __future__ import annotations

from pathlib import Path

import pytest
from parkgraph.ask import load
from parkgraph.ask.catalogue import catalogue
from parkgraph.ask.kept import question_at
from parkgraph.ask.load import load_question
from parkgraph.errors import Unreadable
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARKGRAPH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the questions that are loaded from their files from now on."""
    names: list[str] = []
    read = load.question_in

    def noted(text: str, file: load.SourceFile, known: dict[str, str]) -> object:
        names.append(file.path.stem)
        return read(text, file, known)

    monkeypatch.setattr(load, "question_in", noted)
    return names


def test_every_real_question_comes_back_the_same(real_root: Path, folder: Path, loaded: list[str]) -> None:
    root = Root(real_root)
    known = prefixes(root.path)
    first, again = catalogue(root), catalogue(root)
    assert len(loaded) == len(first) > 0
    assert (
        again
        == first
        == sorted(
            (load_question(file, known) for file in root.files("query")), key=lambda one: (one.topic, one.id)
        )
    )


def test_a_changed_question_is_loaded_and_no_other(
    real_root: Path, tmp_path: Path, folder: Path, loaded: list[str]
) -> None:
    topic = tmp_path / "queries" / "park"
    topic.mkdir(parents=True)
    for name in ("parks", "areas-of-park"):
        (topic / f"{name}.rq").write_bytes((real_root / "queries/park" / f"{name}.rq").read_bytes())
    root = Root(tmp_path)
    catalogue(root)
    loaded.clear()
    with open(topic / "parks.rq", "a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    assert next(one for one in catalogue(root) if one.id == "parks").text.endswith("# changed\n")
    assert loaded == ["parks"]


def test_other_prefixes_are_another_question(real_root: Path, folder: Path, loaded: list[str]) -> None:
    (file,) = (one for one in Root(real_root).files("query") if one.path.stem == "parks")
    known = prefixes(real_root)
    question_at(file, known)
    question_at(file, {**known, "more": "http://more/"})
    assert loaded == ["parks", "parks"]


def test_a_damaged_entry_is_made_anew(real_root: Path, folder: Path, loaded: list[str]) -> None:
    (file,) = (one for one in Root(real_root).files("query") if one.path.stem == "parks")
    known = prefixes(real_root)
    question = question_at(file, known)
    (entry,) = folder.iterdir()
    entry.write_bytes(entry.read_bytes()[:-5])
    assert question_at(file, known) == question
    assert loaded == ["parks", "parks"]


def test_a_bad_question_is_said_every_time(real_root: Path, tmp_path: Path, folder: Path) -> None:
    topic = tmp_path / "queries" / "park"
    topic.mkdir(parents=True)
    (topic / "parks.rq").write_text("#+ id: other\nSELECT", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Unreadable, match="missing"):
            catalogue(Root(tmp_path))
    assert not folder.exists()
