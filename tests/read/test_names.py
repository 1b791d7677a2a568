"""Shortening and expanding of IRIs."""

from __future__ import annotations

from pathlib import Path

from parkgraph.names import STANDARD_PREFIXES, expand, shorten
from parkgraph.read.prefixes import prefixes

KNOWN = {"p": "http://p/", "pq": "http://p/q/"}


def test_shorten_takes_the_longest_namespace() -> None:
    assert shorten("http://p/a", KNOWN) == "p:a"
    assert shorten("http://p/q/a", KNOWN) == "pq:a"
    assert shorten("http://p/q/1-2", KNOWN) == "pq:1-2"


def test_shorten_keeps_what_no_name_can_say() -> None:
    assert shorten("http://p/a/b", KNOWN) == "<http://p/a/b>"
    assert shorten("http://p/a.", KNOWN) == "<http://p/a.>"
    assert shorten("http://other/a", KNOWN) == "<http://other/a>"


def test_expand_undoes_shorten() -> None:
    for iri in ("http://p/a", "http://p/q/1-2", "http://p/a/b", "http://other/a"):
        assert expand(shorten(iri, KNOWN), KNOWN) == iri
    assert expand("http://x/y", KNOWN) == "http://x/y"
    assert expand("nope:a", KNOWN) is None
    assert expand("plain words", KNOWN) is None


def test_without_a_prefixes_file_the_standard_ones_are_known(tmp_path: Path) -> None:
    (tmp_path / "kg").mkdir()
    assert prefixes(tmp_path) == STANDARD_PREFIXES
