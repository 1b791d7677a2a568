"""The scanner of SPARQL, and what a query from outside may not hold."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import pytest
from parkgraph.errors import Unreadable
from parkgraph.graph.sparql import check_query, explain_syntax, tokens

KNOWN = {"park": "http://park/", "rdfs": "http://rdfs/"}


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("ASK{?s park:p.q.}", "word sign variable name sign sign"),  # a dot inside a name is its own
        ("?x<?y &&?z>=1.5e3 # no more", "variable sign variable sign variable sign number"),
        ("_:b.2 ^^ <a> 'x\\'<b>'@zh-CN", "blank sign iri text language"),
        (""" ''' "a\nb" ''' true-false.FILTER :a\\-b.""", "text word sign word sign word name sign"),
        ("名 园区:高新区 <not an iri>", "word name sign word word word sign"),
        ("'never closed <a>\n?x", "text variable"),
    ],
)
def test_tokens(query: str, kinds: str) -> None:
    assert " ".join(token.kind for token in tokens(query)) == kinds
    assert all(query[token.start : token.end] == token.text for token in tokens(query))


@pytest.mark.parametrize(
    "long", ["a", "名", "a.", "a-", "_", "park:a", ":", "?a", "1", "'\\'", '"a', "'''a", "<a", "%41"]
)
def test_a_token_of_any_length_is_read_in_one_go(long: str) -> None:
    assert len(list(tokens(f"SELECT * {{ {long * 300_000}"))) >= 4  # would run for hours otherwise


@pytest.mark.parametrize(
    ("query", "says", "place"),
    [
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "SERVICE is refused", (1, 12)),
        ("SELECT * { service silent ?where { ?s ?p ?o } }", "SERVICE is refused", (1, 12)),
        ("SELECT * {\n{}SERVICE<http://x/>{}}", "SERVICE is refused", (2, 3)),
        (r"SELECT * { \u0053ERVICE <http://x/> {} }", "SERVICE is refused", (1, 12)),
        (r"# above \u000a SELECT * { SERVICE <http://x/> {} } #", "SERVICE is refused", (2, 13)),
        (r"SELECT * { S\U00000045RVICE <http://x/> {} }", "SERVICE is refused", (1, 12)),
        (r"SELECT * { BIND('\u0027' AS ?x) SERVICE <http://x/> {} } # '''", "SERVICE is refused", (1, 33)),
        (r"SELECT * { BIND('\u0027 SERVICE <http://x/> {} # ' AS ?x) }", "SERVICE is refused", (1, 25)),
        ("SELECT * { ?a rdfs:label 'a' # '\nSERVICE <http://x/> {} }", "SERVICE is refused", (2, 1)),
        ("SELECT * { FILTER(?a<?b) SERVICE <http://x/> {} }", "SERVICE is refused", (1, 26)),
        ('SELECT * { ?a ?b "\\"" SERVICE <http://x/> {} }', "SERVICE is refused", (1, 23)),
        ("SELECT * { ?a ?b '''x''' SERVICE <http://x/> {} }", "SERVICE is refused", (1, 26)),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM is refused", (1, 10)),
        ("SELECT * FROM NAMED <http://x/> { ?s ?p ?o }", "FROM is refused", (1, 10)),
        ("INSERT DATA { <http://a> <http://b> <http://c> }", "INSERT is refused", (1, 1)),
        ("PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }", "DELETE is refused", (1, 23)),
        ("LOAD <http://x/>", "LOAD is refused", (1, 1)),
        ("clear all", "CLEAR is refused", (1, 1)),
        ("PREFIX x: <http://x/>\nSELEC * { ?s ?p ?o }", "no query begins with SELEC", (2, 1)),
        ("SELECT * { ?s prk:x ?o }", "unknown prefix prk:", (1, 15)),
        ("SELECT * { ?s :x ?o }", "unknown prefix :", (1, 15)),
    ],
)
def test_refused(query: str, says: str, place: tuple[int, int]) -> None:
    with pytest.raises(Unreadable, match=says) as caught:
        check_query(query, KNOWN)
    assert (caught.value.line, caught.value.column) == place


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?service park:from ?insert }",
        "SELECT * { ?s park:service 'SERVICE', \"FROM\", '''LOAD\n'DELETE' ''' }",
        "SELECT * { ?s <http://x/SERVICE> ?o } # SERVICE",
        "PREFIX service: <http://service/> SELECT * { ?s service:from $from }",
        "PREFIX : <http://x/> SELECT * { ?s :load ?o . _:from :x 'a'@from }",
        "BASE <http://x/> PREFIX x: <y#> ASK { ?s x:a\\-b ?o FILTER(?o < 3 && ?o > 1) }",
        "PREFIX service: <http://x/> SELECT * { GRAPH service: { ?s ?p ?o } }",
        "#+ columns: {service: {en: a service, zh: 服务}}\n\n# SERVICE <http://x/> {}\nASK {}",
        "PREFIX service: <http://x/> DESCRIBE service:x { ?s ?p ?o }",
        "SELECT * { ?s park:note 'the SERVICE <http://x/> is not called' }",
        "SELECT * { ?s park:昆明 '高新区 SERVICE' }",
    ],
)
def test_allowed(query: str) -> None:
    check_query(query, KNOWN)


HIDDEN = [
    # Each is a string or an IRI to one way of cutting, a keyword to another.
    r"SELECT * { BIND('\u0027' AS ?x) SERVICE SILENT <URL> {} } # '''",
    r"SELECT * { ?s <http://x/\u0041'> ?o . SERVICE SILENT <URL> {} } # '",
    r"SELECT * { BIND('\u0027' AS ?x) ?s <http://x/\u0041'> ?o . SERVICE SILENT <URL> {} } # '''",
    "SELECT * { FILTER(1<'b>c') SERVICE SILENT <URL> {} } # '",
    "SELECT * { BIND(1 AS ?x)SERVICE#\n SILENT #x\r<URL>\n{} }",
    "SELECT * { BIND(1 AS ?x) BIND(<URL> AS ?y) service SILENT ?y {} }",
    "PREFIX : <URL> SELECT * { service SILENT: {} }",
    "PREFIX : <URL> SELECT * { { service SILENT:x { ?a ?b ?c } } # GRAPH \n UNION { # GRAPH \nservice:{} } }",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_service_cannot_hide(query: str) -> None:
    with pytest.raises(Unreadable, match="SERVICE is refused"):
        check_query(query.replace("URL", "http://127.0.0.1:1/"), KNOWN)


def test_what_hides_is_real() -> None:
    # The engine itself runs every one of these, so the test above is about something.
    from pyoxigraph import Store

    for query in HIDDEN:
        with suppress(OSError):  # it has tried to call, and said so
            assert list(Store().query(query.replace("URL", "http://127.0.0.1:1/"))) is not None  # type: ignore[arg-type]


def test_unknown_prefix_names_the_nearest() -> None:
    with pytest.raises(Unreadable) as caught:
        check_query("ASK { ?s prak:x ?o }", KNOWN)
    assert "park" in caught.value.text("en").split("\n")[1]
    assert "park" in caught.value.text("zh").split("\n")[1]


def test_syntax_errors_are_told_without_the_grammar() -> None:
    from pyoxigraph import Store

    def told(query: str) -> tuple[str, int, int]:
        with pytest.raises(SyntaxError) as caught:
            Store().query(query)
        message, line, column = explain_syntax(str(caught.value), query)
        assert isinstance(message, Mapping)
        return message["en"], line, column

    assert told("SELECT * {") == ("the query ends too early: a bracket is not closed", 1, 11)
    assert told("ASK {\n ?s <http://p> }") == ("not SPARQL at: }", 2, 16)
    assert told("SELECT * {\n  ?s ?p }")[0].startswith("not SPARQL: something before")
    assert "variable that is unbound" in told("SELECT ?x { ?x ?y ?z } GROUP BY ?y")[0]
