"""Strict Turtle, and what is said of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from parkgraph.errors import Unreadable
from parkgraph.read.prefixes import prefixes
from parkgraph.read.strict import parse_strict, parse_text

PREFIX = "@prefix p: <http://p/> .\n"


@pytest.mark.parametrize(
    ("turtle", "place", "says", "mends"),
    [
        ("p:a p:b p:c\np:d p:e p:f .", (3, 1), "a '.', ';' or ','", "';'"),
        ("p:a p:b p:c", (2, 12), "ends in the middle", "end the statement with '.'"),
        ('p:a p:b "x" p:c "y" .', (2, 13), "a '.', ';' or ','", "';'"),
        ("p:a p:b hello .", (2, 9), "hello is no value", '"…"@zh'),
        ("p:a p:b 昆明 .", (2, 9), "昆明 is no value", '"…"@zh'),
        ('p:a p:b "say "x" twice" .', (2, 15), "x stands where a subject", r"\""),
        ('p:a p:b "中文', (2, 9), "ends in the middle", "close the text"),
        ('p:a p:b "中文\n" .', (2, 12), "runs over the end of the line", '"""'),
        (r'p:a p:b "C:\dir" .', (2, 12), r"\d", r"\\"),
        ("park:a p:b p:c .", (2, 1), "the prefix park: is not declared",
         "@prefix park: <https://w3id.org/parkgraph/ontology#> ."),
        ("unknown:a p:b p:c .", (2, 1), "the prefix unknown: is not declared", "@prefix unknown: <…> ."),
        ("p:a p:b p:c 。", (2, 13), "full-width sign that Turtle does not know: 。", "write . instead"),
        ("p:a p:b “x” .", (2, 9), "full-width sign that Turtle does not know: “", 'write " instead'),
        ("p:a p:b p:c \u3000 .", (2, 13), "space that Turtle does not know (U+3000)", "plain space"),
        ("<a> p:b p:c .", (2, 1), "relative IRI", "whole IRI"),
        ("<http://a b> p:b p:c .", (2, 1), "character it may not hold", "%20"),
        ("p:a p:b [ p:c p:d .", (2, 19), "'[' is not closed", "']'"),
        ("p:a p:b ; .", (2, 9), "value is missing", "write the value"),
        ('p:a "x" p:b .', (2, 5), "a text stands where a property is needed", "property before it"),
        ('p:a p:b "x"@zh_CN .', (2, 15), "unexpected character 'C'", "zh-CN"),
        ("p:a p:b p:c。", (2, 12), "full-width sign that Turtle does not know: 。", "write . instead"),
        ("p:a p:b p:c。\np:d p:e p:f .", (2, 12), "full-width sign that Turtle does not know: 。", "write ."),
        ("p:a p:b p:c； p:d p:e .", (2, 12), "sign that Turtle does not know: ；", "write ; instead"),
        ("p:a p:b p:c，p:d ； p:e p:f .", (2, 17), "sign that Turtle does not know: ；", "write ; instead"),
        ("\ufeffp:a p:b p:c .", (2, 1), "invisible sign (U+FEFF)", "delete it"),
        ('p:a p:b "<<" .\n<<p:a p:b p:c>> p:d "x" .', (3, 1), "a triple as a term", "node of its own"),
        ("p:a p:b <http://x/~y> . # ~\np:a p:b p:c {| p:d p:e |} .", (3, 13), "a triple as a term", "a node"),
        ("p:a p:b p:c . .", (2, 15), "no statement is open", "remove it"),
        ("@prefix q <http://q/> .", (2, 9), "without a prefix name", "@prefix park:"),
    ],
)  # fmt: skip
def test_slips(turtle: str, place: tuple[int, int], says: str, mends: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_text(PREFIX + turtle, name="kg/project.ttl")
    error = caught.value
    english = error.text("en")
    assert (error.line, error.column) == place, english
    assert english.startswith(f"kg/project.ttl:{place[0]}:{place[1]}: ")
    assert says in english.split("\n")[0]
    assert mends in english.split("\n")[1]
    chinese = error.text("zh")
    assert chinese != english
    assert sum("\u4e00" <= character <= "\u9fff" for character in chinese) >= 4


def test_order_and_content(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(PREFIX + 'p:b p:x 5400.0 .\np:a p:x "中"@zh .\n', encoding="utf-8")
    first, second = parse_strict(path)
    assert first.subject.value == "http://p/b"
    assert first.object.value == "5400.0"  # as printed, not normalised
    assert second.object.language == "zh"


def test_every_invalid_file_of_the_w3c_suite_is_refused(suites_path: Path) -> None:
    files = sorted((suites_path / "w3c-turtle").glob("*-bad-*.ttl"))
    assert len(files) == 94
    for file in files:
        with pytest.raises(Unreadable) as caught:
            parse_strict(file, base="http://example.org/" + file.name)
        assert caught.value.line and caught.value.column, file.name


def test_known_prefixes_come_from_the_one_file(repo: Path) -> None:
    known = prefixes(repo)
    declared = [
        quad.object.value
        for quad in parse_strict(repo / "ontology" / "prefixes.ttl")
        if quad.predicate.value == "http://www.w3.org/ns/shacl#prefix"
    ]
    assert len(declared) > 20
    assert set(declared) <= set(known)
