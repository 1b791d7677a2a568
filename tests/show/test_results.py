"""Every format of an answer, read back by someone else's reader."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parkgraph.errors import Usage
from parkgraph.names import CODE, ENTITY, SOURCE, XSD
from parkgraph.show.cells import Term, native
from parkgraph.show.results import FORMATS, Result, Table, Triples, choose_format, write
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

ZH = Literal("凯昆科技制造产业园", language="zh")
PROJECT = NamedNode(ENTITY + "project/kaikun")
PASSAGES = Literal(f"{SOURCE}daily-2018/457-470 {SOURCE}daily-2018/512-530 {SOURCE}other/3-9")
COLUMNS = ("project", "projectLabel", "amount", "evidence")
ROWS: list[Sequence[Term | None]] = [
    (PROJECT, ZH, Literal("57.97", datatype=NamedNode(XSD + "decimal")), PASSAGES),
    (NamedNode(ENTITY + "project/b"), None, None, Literal("")),
]
HEADINGS = {"project": "项目", "projectLabel": "项目", "amount": "金额", "evidence": "出处"}
TABLE = Table(COLUMNS, ROWS, HEADINGS)
PREFIXES = {"project": ENTITY + "project/", "xsd": XSD}

TERMS: st.SearchStrategy[Term | None] = st.one_of(
    st.none(),
    st.sampled_from([NamedNode("http://例.com/中?a=1&b=2"), BlankNode("b0")]),
    st.builds(Literal, st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)),
    st.builds(Literal, st.text("\n\t\r\\\"'<>&]中,;|", max_size=10)),
    st.builds(lambda text: Literal(text, language="zh"), st.text("中文\"\\", max_size=5)),
    st.builds(lambda number: Literal(str(number), datatype=NamedNode(XSD + "integer")), st.integers()),
    st.sampled_from(
        [Literal("2017", datatype=NamedNode(XSD + "gYear")),
         Literal("1500", datatype=NamedNode(XSD + "double"))]
    ),
)  # fmt: skip


def written(
    result: Result,
    format: str,
    *,
    lang: str = "zh",
    bom: bool = False,
    named: bool = False,
    iris: bool = False,
) -> str:
    stream = io.BytesIO()
    write(result, format, stream, lang=lang, prefixes=PREFIXES, columns=100, bom=bom, named=named, iris=iris)
    return stream.getvalue().decode("utf-8")


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


# --- SPARQL's own formats ----------------------------------------------------


@given(st.lists(st.tuples(TERMS, TERMS), max_size=4))
@pytest.mark.parametrize("format", ["json", "tsv"])
def test_sparql_formats_read_back_equal(format: str, rows: list[tuple[Term | None, Term | None]]) -> None:
    text = written(Table(("a", "b"), rows), format)
    found = parse_query_results(text, getattr(QueryResultsFormat, format.upper()))
    assert isinstance(found, QuerySolutions)
    assert [variable.value for variable in found.variables] == ["a", "b"]
    assert [(row["a"], row["b"]) for row in found] == rows


@given(st.lists(st.tuples(TERMS, TERMS), max_size=4))
def test_sparql_xml_reads_back_equal(rows: list[tuple[Term | None, Term | None]]) -> None:
    # Not by pyoxigraph, which trims the text of literals.
    space = "{http://www.w3.org/2005/sparql-results#}"
    tree = ElementTree.fromstring(written(Table(("a", "b"), rows), "xml"))
    found = []
    for result in tree.iter(f"{space}result"):
        row = dict.fromkeys("ab")
        for binding in result:
            (term,) = binding
            row[binding.attrib["name"]] = _from_xml(term, space)
        found.append((row["a"], row["b"]))
    assert found == rows


def _from_xml(term: ElementTree.Element, space: str) -> Term:
    text = term.text or ""
    if term.tag == f"{space}uri":
        return NamedNode(text)
    if term.tag == f"{space}bnode":
        return BlankNode(text)
    language = term.attrib.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        return Literal(text, language=language)
    return Literal(text, datatype=NamedNode(term.attrib.get("datatype", XSD + "string")))


@pytest.mark.parametrize("format", ["json", "xml"])
@pytest.mark.parametrize("answer", [True, False])
def test_boolean_reads_back_equal(format: str, answer: bool) -> None:
    found = parse_query_results(written(answer, format), getattr(QueryResultsFormat, format.upper()))
    assert bool(found) is answer


def test_tsv_writes_numbers_bare_and_everything_else_in_full() -> None:
    lines = written(TABLE, "tsv").splitlines()
    assert lines[0] == "?project\t?projectLabel\t?amount\t?evidence"
    assert lines[1].startswith(f'<{PROJECT.value}>\t"凯昆科技制造产业园"@zh\t57.97\t"http')


def test_xml_is_well_formed_whatever_the_text() -> None:
    ElementTree.fromstring(written(Table(("a",), [(Literal("\x00\x0b\ufffe<&]]>"),)]), "xml"))


# --- CSV -------------------------------------------------------------------


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_csv_reads_back_but_for_guarded_formulas(texts: list[str]) -> None:
    row = [Literal(text) for text in texts]
    read = cells(written(Table([f"c{index}" for index in range(len(row))], [row]), "csv"))[1:]
    found = [cell.removeprefix("'") if not text.startswith("'") else cell
             for cell, text in zip(read[0] if read else [""], texts, strict=True)]  # fmt: skip
    assert found == texts


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "=cmd|'/c calc'!A0", "＝1+1",
     "＋1", "－1", "＠A"],
)  # fmt: skip
def test_csv_text_cannot_run_as_a_formula(text: str) -> None:
    assert cells(written(Table(("a",), [(Literal(text),)]), "csv"))[1] == ["'" + text]
    assert cells(written(Table(("a",), [], {"a": text}), "csv"))[0] == ["'" + text]


def test_csv_of_a_formula_that_claims_to_be_a_number() -> None:
    wrong = Literal("=1+1", datatype=NamedNode(XSD + "integer"))
    assert cells(written(Table(("a",), [(wrong,)]), "csv"))[1] == ["'=1+1"]


@pytest.mark.parametrize(
    ("text", "datatype"), [("-5", "integer"), ("+5", "int"), ("-0.5", "decimal"), ("-1E3", "double")]
)
def test_csv_leaves_numbers_alone(text: str, datatype: str) -> None:
    number = Literal(text, datatype=NamedNode(XSD + datatype))
    assert cells(written(Table(("a",), [(number,)]), "csv"))[1] == [text]


def test_csv_headings_are_words_and_none_twice() -> None:
    assert cells(written(TABLE, "csv"))[0] == ["项目", "金额", "出处"]
    assert cells(written(TABLE, "csv", named=True))[0] == ["project", "amount", "evidence"]


def test_csv_says_labels_and_iris_where_asked() -> None:
    stated = NamedNode(CODE + "basis/stated")
    table = Table(
        (*COLUMNS, "basis"), [(*ROWS[0], stated), (*ROWS[1], None)], HEADINGS, {stated.value: "载明"}.get
    )
    assert cells(written(table, "csv"))[1:] == [
        ["凯昆科技制造产业园", "57.97", "daily-2018 457-470, 512-530; other 3-9", "载明"],
        [ENTITY + "project/b", "", "", ""],
    ]
    heading, first, second = cells(written(table, "csv", iris=True))
    assert heading == ["项目", "项目 (IRI)", "金额", "出处", "basis", "basis (IRI)"]
    assert first[:3] == ["凯昆科技制造产业园", PROJECT.value, "57.97"] and first[-1] == stated.value
    assert second == [ENTITY + "project/b", ENTITY + "project/b", "", "", "", ""]


def test_csv_has_a_mark_only_where_asked_and_ends_lines_as_rfc_4180() -> None:
    assert written(TABLE, "csv", bom=True).startswith("\ufeff项目")
    text = written(TABLE, "csv")
    assert text.startswith("项目") and text.count("\r\n") == text.count("\n") == 3


# --- Excel -------------------------------------------------------------------


def sheet(table: Table, lang: str = "zh") -> list[tuple[object, ...]]:
    stream = io.BytesIO()
    write(table, "xlsx", stream, lang=lang, prefixes=PREFIXES)
    return list(openpyxl.load_workbook(stream).active.iter_rows(values_only=True))


def test_a_workbook_has_typed_cells() -> None:
    terms = [
        Literal("57.97", datatype=NamedNode(XSD + "decimal")), Literal(5), Literal(True),
        Literal("2018-06-15", datatype=NamedNode(XSD + "date")),
        Literal("2017", datatype=NamedNode(XSD + "gYear")), ZH, None,
    ]  # fmt: skip
    columns = [f"c{number}" for number in range(len(terms))]
    heading, row = sheet(Table(columns, [terms]))
    assert heading == tuple(columns)
    assert row == (57.97, 5, True, datetime(2018, 6, 15), "2017", "凯昆科技制造产业园", None)


@pytest.mark.parametrize("text", ["=1+1", "http://e/", "{=1}", "a\x01b", "INF", "x" * 40_000])
def test_text_in_a_workbook_is_text(text: str) -> None:
    (__, (found,)) = sheet(Table(("a",), [(Literal(text),)]))
    assert isinstance(found, str) and found[:1] == text[:1]


def test_the_same_answer_is_the_same_workbook() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write(TABLE, "xlsx", first, prefixes={})
    write(TABLE, "xlsx", second, prefixes={})
    assert first.getvalue() == second.getvalue()


def test_a_workbook_is_not_written_to_a_terminal() -> None:
    with pytest.raises(Usage, match="no text for a terminal"):
        choose_format("xlsx", None, terminal=True)


# --- JSON lines --------------------------------------------------------------


def test_json_lines_hold_numbers_lists_and_null() -> None:
    first, second = map(json.loads, written(TABLE, "jsonl").splitlines())
    assert first["amount"] == 57.97
    assert first["evidence"] == [
        f"{SOURCE}daily-2018/457-470",
        f"{SOURCE}daily-2018/512-530",
        f"{SOURCE}other/3-9",
    ]
    assert second == {"project": ENTITY + "project/b", "projectLabel": None, "amount": None, "evidence": []}


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("0.1", "decimal", 0.1),
        ("0.12345678901234567890123", "decimal", "0.12345678901234567890123"),
        ("INF", "double", "inf"),
        ("true", "boolean", True),
        ("2018-06-15", "date", "2018-06-15"),
        ("2018-06-20T08:00:08+08:00", "dateTime", "2018-06-20T08:00:08+08:00"),
        ("2017", "gYear", 2017),
        ("12", "integer", 12),
        ("nonsense", "integer", "nonsense"),
    ],
)
def test_json_lines_lose_nothing(text: str, datatype: str, value: object) -> None:
    cell = Literal(text, datatype=NamedNode(XSD + datatype))
    assert json.loads(written(Table(("a",), [(cell,)]), "jsonl")) == {"a": value}


def test_native_evidence_is_always_a_tuple() -> None:
    assert native("evidence", None) == native("evidence", Literal("")) == ()


# --- For people ----------------------------------------------------------------


def test_label_stands_for_the_iri_beside_it() -> None:
    lines = written(TABLE, "table").splitlines()
    assert lines[0].split() == ["项目", "金额", "出处"]
    assert lines[2].startswith("凯昆科技制造产业园  57.97")
    assert lines[2].endswith("daily-2018 457-470, 512-530; other 3-9")
    assert lines[3] == "project:b"


def test_an_iri_without_a_label_column_shows_its_label_or_a_short_name() -> None:
    stated = NamedNode(CODE + "basis/stated")
    labels = {stated.value: "载明"}
    table = Table(("basis", "thing"), [(stated, PROJECT)], label=labels.get)
    assert written(table, "table").splitlines()[2].split() == ["载明", "project:kaikun"]


def test_passages_short_only_when_nothing_else_is_in_the_cell() -> None:
    mixed = Literal(f"see {SOURCE}daily-2018/1-2")
    assert written(Table(("a",), [(mixed,)]), "table").splitlines()[2] == mixed.value


def test_hidden_columns_stay_in_data() -> None:
    table = Table(COLUMNS, ROWS, HEADINGS, hidden=frozenset({"evidence"}))
    assert "出处" not in written(table, "table") + written(table, "csv") and "evidence" in written(
        table, "tsv"
    )


def test_yes_and_no_in_the_language() -> None:
    assert (written(True, "table"), written(False, "table", lang="en")) == ("是\n", "no\n")
    cell = Literal(True)
    assert written(Table(("a",), [(cell,)]), "table").splitlines()[2] == "是"
    assert written(Table(("a",), [(cell,)]), "csv").splitlines()[1] == "是"


def test_markdown_escapes_and_links() -> None:
    wild = Literal("a|b*c*[d](http://x) <script>\n# e")
    table = Table(("x", "xLabel", "n"), [(NamedNode("http://e/(1)"), wild, Literal(-5))])
    head, rule, row = written(table, "md").splitlines()
    assert head == "| x | n |" and rule == "| --- | --: |"
    assert row.count("|") - row.count("\\|") == 3
    assert "\\*c\\*" in row and "\\<script\\>" in row and "](<http://e/%281%29>)" in row


def test_html_runs_nothing_and_links_only_the_web() -> None:
    evil = Literal("<script>alert(1)</script>\"'&")
    rows = [(NamedNode("javascript:alert(1)"), evil), (NamedNode("http://e/?a=&b"), evil)]
    text = written(Table(("x", "xLabel"), rows, title="<b>"), "html")
    assert "<script>" not in text and "javascript:" not in text and "<b>" not in text
    assert '<a href="http://e/?a=&amp;b">' in text and '<html lang="zh">' in text
    assert "src=" not in text and "http" not in text.replace("http://e/", "")


# --- Triples -------------------------------------------------------------------

TRIPLES = [Triple(PROJECT, NamedNode(XSD + "p"), Literal(str(number))) for number in (2, 1, 2)]


@pytest.mark.parametrize(
    ("format", "rdf"),
    [("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES), ("json", RdfFormat.JSON_LD),
     ("xml", RdfFormat.RDF_XML)],
)  # fmt: skip
def test_triples_read_back_equal_and_always_the_same(format: str, rdf: RdfFormat) -> None:
    text = written(Triples(TRIPLES), format)
    assert {quad.triple for quad in parse(text, rdf)} == set(TRIPLES)
    assert written(Triples(reversed(TRIPLES)), format) == text


def test_turtle_declares_only_what_it_uses() -> None:
    text = written(Triples(TRIPLES), "ttl")
    assert "project:kaikun" in text and "@prefix skos" not in text


def test_triples_as_a_table_have_each_once() -> None:
    assert len(cells(written(Triples(TRIPLES), "csv"))) == 3


def test_a_table_is_no_turtle() -> None:
    with pytest.raises(Usage, match="ttl is for triples"):
        written(TABLE, "ttl")


def test_takes_what_pyoxigraph_gives() -> None:
    store = Store()
    stream = io.BytesIO()
    write(store.query("SELECT ?a { VALUES ?a { 1 } }"), "tsv", stream, prefixes={})
    write(store.query("ASK {}"), "tsv", stream, prefixes={})
    write(store.query("CONSTRUCT { <http://e/a> <http://e/b> 1 } {}"), "nt", stream, prefixes={})
    one = '<http://e/a> <http://e/b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    assert stream.getvalue().decode().splitlines() == ["?a", "1", "true", one]


# --- Choosing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_format", "file", "terminal", "triples", "chosen"),
    [
        ("md", "x.csv", True, False, "md"),
        (None, "x.CSV", True, False, "csv"),
        (None, "folder.d/x.srj", True, False, "json"),
        (None, None, True, False, "table"),
        (None, None, False, False, "tsv"),
        (None, "-", False, False, "tsv"),
        (None, None, True, True, "ttl"),
        (None, None, False, True, "nt"),
    ],
)
def test_choice(
    given_format: str | None, file: str | None, terminal: bool, triples: bool, chosen: str
) -> None:
    assert choose_format(given_format, file, terminal=terminal, triples=triples) == chosen


@pytest.mark.parametrize(("given_format", "file"), [("xls", None), (None, "x.xls"), (None, "x")])
def test_unknown_format_names_the_known_ones(given_format: str | None, file: str | None) -> None:
    with pytest.raises(Usage) as caught:
        choose_format(given_format, file, terminal=True)
    assert "csv" in caught.value.text("zh") and "csv" in caught.value.text("en")


def test_every_format_of_a_table_is_written() -> None:
    for format in FORMATS:
        if format not in ("ttl", "nt", "xlsx"):
            assert written(TABLE, format)
