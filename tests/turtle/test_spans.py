"""Every triple has a span, and the text under the span is what the triple says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parkgraph.errors import Unreadable
from parkgraph.read.turtle import Document
from pyoxigraph import BlankNode, Literal, NamedNode

PREFIXES = "@prefix ex: <http://e/> .\n@prefix 园: <http://e/园/> .\n"


def document(text: str) -> Document:
    return Document(PREFIXES + text, name="t.ttl", base="http://base/d/t.ttl")


def words(doc: Document) -> set[tuple[str, str, str]]:
    """Subject, predicate and object of each triple, as printed."""
    assert doc.spans is not None
    return {tuple(doc.text[span.start : span.end] for span in spans) for spans in doc.spans}  # type: ignore[misc]


def test_words_under_the_spans() -> None:
    doc = document(
        'ex:a a ex:C ;\n  ex:n 01 , -3.10 , +1e0 ;;\n  园:名 """多\n行 "文" 字"""@zh-Hans ;'
        ' ex:t "5"^^ex:dt , true .\n'
        "# a comment ; with , signs .\n<x> ex:p <../y#z> ."
    )
    assert words(doc) == {
        ("ex:a", "a", "ex:C"),
        ("ex:a", "ex:n", "01"),
        ("ex:a", "ex:n", "-3.10"),
        ("ex:a", "ex:n", "+1e0"),
        ("ex:a", "园:名", '"""多\n行 "文" 字"""@zh-Hans'),
        ("ex:a", "ex:t", '"5"^^ex:dt'),
        ("ex:a", "ex:t", "true"),
        ("<x>", "ex:p", "<../y#z>"),
    }


def test_brackets_and_collections() -> None:
    doc = document("ex:a ex:p [ ex:q [ ] ; ex:r ( 1 ( 2 ) [ ex:s 3 ] ) ] , _:l .\n_:l ex:u () . [] ex:v 4 .")
    assert words(doc) == {
        ("ex:a", "ex:p", "[ ex:q [ ] ; ex:r ( 1 ( 2 ) [ ex:s 3 ] ) ]"),
        ("[", "ex:q", "[ ]"),
        ("[", "ex:r", "( 1 ( 2 ) [ ex:s 3 ] )"),
        ("(", "1", "1"),
        ("(", "( 2 ) [ ex:s 3 ] ", "( 2 ) [ ex:s 3 ] "),
        ("( 2 )", "( 2 )", "( 2 )"),
        ("( 2 )", "[ ex:s 3 ] ", "[ ex:s 3 ] "),
        ("(", "2", "2"),
        ("(", ")", ")"),
        ("[ ex:s 3 ]", "[ ex:s 3 ]", "[ ex:s 3 ]"),
        ("[ ex:s 3 ]", ")", ")"),
        ("[", "ex:s", "3"),
        ("ex:a", "ex:p", "_:l"),
        ("_:l", "ex:u", "()"),
        ("[", "ex:v", "4"),
    }


def test_lines_and_columns_count_code_points() -> None:
    doc = document('ex:a ex:p "昆明𠀀" , 7 .')
    place = doc.place_of(1)
    assert (place.file, place.line, place.column, place.end_line, place.end_column) == ("t.ttl", 3, 19, 3, 20)
    # From the predicate on; of a second object only the object.
    assert [(doc.place_of(n, "value").column, doc.place_of(n, "value").end_column) for n in (0, 1)] == [
        (6, 16),
        (19, 20),
    ]


def test_windows_line_ends() -> None:
    doc = document("ex:a ex:p 1 ;\r\n  ex:q 2 .\r\n")
    assert doc.place_of(1, "predicate").line == 4
    assert doc.place_of(1, "predicate").column == 3


def test_same_triple_twice_keeps_both_places() -> None:
    doc = document("ex:a ex:p 1 .\nex:a ex:p 1 .")
    assert [doc.place_of(n).line for n in (0, 1)] == [3, 4]
    assert doc.index[doc.triples[1]] == 0


def test_twin_brackets_keep_their_order() -> None:
    doc = document(
        "ex:a ex:p [ ex:q 1 ; ex:r 5 ] , [ ex:q 1 ; ex:r 6 ] .\n[ ex:q 1 ; ex:r 7 ] . [ ex:q 1 ; ex:r 8 ] ."
    )
    assert doc.spans is not None
    seen = {}
    for fact, span in zip(doc.triples, doc.spans, strict=True):
        if fact.predicate.value == "http://e/r":
            seen[fact.object.value] = doc.text[span.object.start : span.object.end]
    assert seen == {"5": "5", "6": "6", "7": "7", "8": "8"}
    for fact, span in zip(doc.triples, doc.spans, strict=True):
        if fact.predicate.value == "http://e/q":
            other = next(
                f for f in doc.triples if f.subject == fact.subject and f.predicate.value == "http://e/r"
            )
            assert doc.spans[doc.index[other]].subject == span.subject


def test_blank_nodes_have_the_same_name_on_every_run() -> None:
    text = "ex:a ex:p [ ex:q ( 1 2 ) ] . _:x ex:p _:y ."
    assert document(text).triples == document(text).triples
    assert document(text).labels.keys() <= {"b0", "b1", "b2", "b3", "b4"}
    assert sorted(document(text).labels.values()) == ["x", "y"]


def test_triple_terms_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"t\.ttl:3:1: holds a triple as a term"):
        document("<< ex:a ex:p ex:o >> ex:q 1 .")


def test_thousands_of_brackets_have_places() -> None:
    doc = document("ex:a ex:p " + "[ ex:p " * 3000 + "1" + " ]" * 3000 + " .")
    assert len(doc.triples) == 3001
    assert doc.spans is not None
    (one,) = (n for n, fact in enumerate(doc.triples) if isinstance(fact.object, Literal))
    assert (doc.place_of(one).line, doc.place_of(one).column) == (3, 11 + 7 * 3000)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(end: str) -> None:
    doc = document(end.join(["# one", "ex:a ex:p 1 ;", "  ex:q 2 .", "# two", "ex:b ex:p 3 ."]))
    assert [doc.place_of(n).line for n in range(3)] == [4, 5, 7]


def test_names_that_are_hard_to_read() -> None:
    doc = document(
        "@prefix a.b: <http://e/> .a.b:c.d\\. a.b:%41 \"x\" ^^ a.b:dt , a.b:o\\, , 'y'@en-GB .\n"
        "_:b.1 ex:p ex:, _:b.1 ; ex:q 1.5e3.ex:z a ex:12:30 ."
    )
    assert words(doc) == {
        ("a.b:c.d\\.", "a.b:%41", '"x" ^^ a.b:dt'),
        ("a.b:c.d\\.", "a.b:%41", "a.b:o\\,"),
        ("a.b:c.d\\.", "a.b:%41", "'y'@en-GB"),
        ("_:b.1", "ex:p", "ex:"),
        ("_:b.1", "ex:p", "_:b.1"),
        ("_:b.1", "ex:q", "1.5e3"),
        ("ex:z", "a", "ex:12:30"),
    }


# --- any Turtle ------------------------------------------------------------

_IRIS = st.sampled_from(
    [
        "ex:a",
        "ex:b.c",
        "ex:%41",
        r"ex:d\~e",
        "园:昆明",
        "<http://e/x>",
        "<rel>",
        "<>",
        "<#f>",
        r"<http://e/\u4E2D>",
    ]
)
_LITERALS = st.one_of(
    st.sampled_from(["1", "-01", "+2.50", "3.e1", ".5", "1E-3", "true", "false", "'x'", "'''a\n'b''c'''"]),
    st.text(alphabet='ab中𠀀"\\\n\t #;,.', max_size=6).map(
        lambda text: '"' + "".join(_ESCAPES.get(c, c) for c in text) + '"'
    ),
    st.sampled_from(['"t"@en', '"文"@zh-Hans-CN', '"5"^^ex:dt', '"6"^^<dt>', r'"\u4e2d\U00020000"']),
)
_ESCAPES = {'"': r"\"", "\\": r"\\", "\n": r"\n"}
_SPACE = st.sampled_from([" ", "\n", "\t", "  # comment ] ) . ;\n", "\r\n"])
_BLANKS = st.sampled_from(["_:a", "_:b.c", "_:0x"])


def _list_of(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    predicates = st.lists(
        st.tuples(st.one_of(st.just("a"), _IRIS), st.lists(inner, min_size=1, max_size=3), _SPACE), max_size=3
    )
    inside = predicates.map(
        lambda rows: " ; ".join(f"{verb}{space}{' , '.join(objects)}" for verb, objects, space in rows)
    )
    return st.one_of(
        inside.map(lambda text: f"[{text}]"),
        st.tuples(st.lists(inner, max_size=3), _SPACE).map(lambda m: f"({m[1]}{m[1].join(m[0])}{m[1]})"),
    )


_OBJECTS = st.recursive(st.one_of(_IRIS, _LITERALS, _BLANKS), _list_of, max_leaves=8)
_STATEMENTS = st.tuples(
    st.one_of(_IRIS, _BLANKS, _list_of(_OBJECTS)),
    _SPACE,
    st.lists(st.tuples(_IRIS, _OBJECTS), min_size=1, max_size=3),
).map(lambda s: f"{s[0]}{s[1]}{' ;; '.join(f'{p} {o}' for p, o in s[2])} .")


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(_STATEMENTS, _SPACE), max_size=5))
def test_any_turtle_has_spans_that_read_back(statements: list[tuple[str, str]]) -> None:
    doc = document("".join(statement + space for statement, space in statements))
    assert doc.spans is not None
    assert len(doc.spans) == len(doc.triples)
    for fact, span in zip(doc.triples, doc.spans, strict=True):
        word = doc.text[span.object.start : span.object.end]
        if isinstance(fact.object, BlankNode) or fact.predicate.value.endswith(("#rest", "#first")):
            continue
        again = document(f"ex:s ex:p {word} .").triples[-1].object
        assert again == fact.object, word
        if isinstance(fact.subject, NamedNode) and not word.startswith("("):
            subject = doc.text[span.subject.start : span.subject.end]
            if not subject.startswith("("):  # `()` is rdf:nil
                assert document(f"{subject} ex:p 1 .").triples[0].subject == fact.subject
