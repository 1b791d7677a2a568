"""The server: SPARQL 1.1 Protocol, Graph Store Protocol for reading, linked data, REST, and its limits."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

import httpx
import parkgraph
import pyoxigraph
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from parkgraph.web.data import rendered

BASE = "https://w3id.org/parkgraph/"
DATA, ONTOLOGY = BASE + "graph/data", BASE + "graph/ontology"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
PARK = f"<{BASE}id/place/kunming-high-tech-zone>"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }"
# What the W3C's tests ask of a server, in our own requests: method, query string, headers, body, status.
QUERIES: dict[str, tuple[str, str, dict[str, str], bytes, int]] = {
    "get": ("GET", "query=ASK%20%7B%7D", {}, b"", 200),
    "post form": ("POST", "", FORM, b"query=ASK%20%7B%7D", 200),
    "post direct": ("POST", "", DIRECT, b"ASK {}", 200),
    "put": ("PUT", "query=ASK%20%7B%7D", {}, b"", 405),
    "two queries": ("GET", "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", {}, b"", 400),
    "wrong media type": ("POST", "", {"Content-Type": "text/plain"}, b"ASK {}", 415),
    "no form type": ("POST", "", {}, b"query=ASK%20%7B%7D", 415),
    "no direct type": ("POST", "", {}, b"ASK {}", 415),
    "not UTF-8": ("POST", "", DIRECT, "ASK { ?s ?p 'é' }".encode("utf-16"), 400),
    "not UTF-8 in a form": ("POST", "", FORM, b"query=ASK%20%7B%20%3Fs%20%3Fp%20%27%E9%27%7D", 400),
    "no SPARQL": ("GET", "query=ASK%20%7B", {}, b"", 400),
    "update in a query": ("GET", "query=CLEAR%20ALL", {}, b"", 400),
    "update by form": ("POST", "", FORM, b"update=CLEAR%20ALL", 403),
    "update direct": ("POST", "", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 415),
    "update by GET": ("GET", "update=CLEAR%20ALL", {}, b"", 403),
    "SERVICE": ("GET", "query=ASK%20%7BSERVICE%20%3Chttp%3A%2F%2F127.0.0.1%3A1%2F%3E%7B%7D%7D", {}, b"", 400),
}


@pytest.mark.parametrize("name", QUERIES)
def test_the_protocol(served: httpx.Client, name: str) -> None:
    method, query, headers, body, status = QUERIES[name]
    reply = served.request(method, f"/sparql?{query}" if query else "/sparql", headers=headers, content=body)
    assert reply.status_code == status, reply.text
    if status == 200:
        assert reply.json() == {"head": {}, "boolean": True}
    else:
        assert reply.json()["title"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "default, named, query, holds",
    [
        (
            (DATA, ONTOLOGY),
            (),
            f"ASK {{ {PARK} a ?class . ?class a <http://www.w3.org/2002/07/owl#Class> }}",
            True,
        ),
        ((ONTOLOGY,), (), f"ASK {{ {PARK} ?p ?o }}", False),
        ((), (DATA,), f"ASK {{ GRAPH ?g {{ {PARK} ?p ?o }} }}", True),
        ((), (ONTOLOGY,), f"ASK {{ GRAPH ?g {{ {PARK} ?p ?o }} }}", False),
        ((ONTOLOGY,), (DATA,), f"ASK {{ GRAPH <{DATA}> {{ {PARK} a ?c }} ?c ?p ?o }}", True),
        (
            (ONTOLOGY,),
            (),
            f"ASK FROM <{DATA}> {{ {PARK} ?p ?o }}",
            False,
        ),  # the request goes before the query
        ((), (), f"ASK FROM <{DATA}> {{ {PARK} ?p ?o }}", True),
    ],
)
def test_the_data_set_of_a_request(
    served: httpx.Client,
    method: str,
    default: tuple[str, ...],
    named: tuple[str, ...],
    query: str,
    holds: bool,
) -> None:
    fields = [("query", query), *(("default-graph-uri", iri) for iri in default)]
    fields += [("named-graph-uri", iri) for iri in named]
    encoded = str(httpx.QueryParams(fields))
    if method == "GET":
        reply = served.get(f"/sparql?{encoded}")
    else:
        reply = served.post("/sparql", headers=FORM, content=encoded)
    assert reply.json()["boolean"] is holds


@pytest.mark.parametrize(
    "query, accept, media",
    [
        ("SELECT * { ?s a park:Park }", "", "application/sparql-results+json"),
        ("SELECT * { ?s a park:Park }", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT * { ?s a park:Park }", "text/html;q=0.9, text/csv;q=0.5, */*;q=0.1", "text/csv"),
        ("ASK {}", "text/tab-separated-values, application/xml;q=0.2", "application/xml"),
        ("DESCRIBE park:Park", "application/rdf+xml", "application/rdf+xml"),
        (
            "CONSTRUCT { ?s a ?o } { ?s a ?o }",
            "application/n-triples;q=1, text/turtle;q=0.3",
            "application/n-triples",
        ),
        ("CONSTRUCT { ?s a ?o } { ?s a ?o }", "*/*", "text/turtle"),
    ],
)
def test_the_form_of_an_answer(served: httpx.Client, query: str, accept: str, media: str) -> None:
    reply = served.get("/sparql", params={"query": query}, headers={"Accept": accept} if accept else {})
    if query == "ASK {}":  # a truth value has no table of tabs
        assert reply.status_code in (200, 400)
        return
    assert reply.headers["content-type"].partition(";")[0] == media
    assert "Accept" in reply.headers["vary"]


def test_nothing_acceptable_is_406(served: httpx.Client) -> None:
    reply = served.get("/sparql", params={"query": "SELECT * {}"}, headers={"Accept": "image/png"})
    assert reply.status_code == 406


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_graph_store_is_read(served: httpx.Client, method: str) -> None:
    for address in (f"/graph-store?graph={DATA}", "/graph-store?default", "/graph/data"):
        reply = served.request(method, address, headers={"Accept": "text/turtle"})
        assert (reply.status_code, reply.headers["content-type"].partition(";")[0]) == (200, "text/turtle")
        assert bool(reply.content) is (method == "GET")
    for address in (f"/graph-store?graph={BASE}graph/none", "/graph/none"):
        assert served.request(method, address).status_code == 404
    assert served.request(method, "/graph-store").status_code == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_nothing_can_be_written(served: httpx.Client, method: str) -> None:
    before = served.get("/graph/data").content
    for address in (f"/graph-store?graph={DATA}", "/graph/data", "/id/project/new"):
        reply = served.request(method, address, content=b"<a:a> <a:b> <a:c> .")
        assert (reply.status_code, reply.headers["allow"]) == (405, "GET, HEAD")
    assert served.get("/graph/data").content == before


@pytest.mark.parametrize("media", ["text/turtle", "application/rdf+xml", "application/n-triples"])
def test_the_service_describes_itself(served: httpx.Client, media: str) -> None:
    reply = served.get("/sparql", headers={"Accept": media})
    triples = list(pyoxigraph.parse(reply.content, pyoxigraph.RdfFormat.from_media_type(media)))
    sd = "http://www.w3.org/ns/sparql-service-description#"
    endpoint = pyoxigraph.NamedNode(str(served.base_url).rstrip("/") + "/sparql")
    said = {
        (quad.predicate.value.removeprefix(sd), str(quad.object))
        for quad in triples
        if quad.subject == endpoint
    }
    assert ("endpoint", str(endpoint)) in said
    assert ("supportedLanguage", f"<{sd}SPARQL11Query>") in said
    assert sum(quad.predicate.value == sd + "namedGraph" for quad in triples) == 3


@pytest.mark.parametrize(
    "accept, where",
    [
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "/en/id/place/kunming-high-tech-zone.html"),
        ("text/turtle", "/id/place/kunming-high-tech-zone/data.ttl"),
        ("application/ld+json, text/turtle;q=0.5", "/id/place/kunming-high-tech-zone/data.jsonld"),
        ("application/n-triples", "/id/place/kunming-high-tech-zone/data.nt"),
        ("application/rdf+xml", "/id/place/kunming-high-tech-zone/data.rdf"),
        ("*/*", "/en/id/place/kunming-high-tech-zone.html"),
    ],
)
def test_the_address_of_a_thing_is_its_iri(served: httpx.Client, accept: str, where: str) -> None:
    headers = {"Accept": accept, "Accept-Language": "de, en;q=0.5, zh;q=0.2"}
    reply = served.get("/id/place/kunming-high-tech-zone", headers=headers)
    assert (reply.status_code, reply.headers["location"]) == (303, where)
    assert reply.headers["vary"] == "Accept, Accept-Language"
    there = served.get(where)
    assert there.status_code == 200
    if where.endswith((".ttl", ".nt", ".rdf", ".jsonld")):
        triples = list(
            pyoxigraph.parse(there.content, pyoxigraph.RdfFormat.from_extension(where.rpartition(".")[2]))
        )
        assert any(str(quad.subject) == PARK for quad in triples)


def test_a_passage_and_a_term_lead_to_their_pages(served: httpx.Client) -> None:
    places = {
        "/source/kunming-daily-2018-06-20/6-16": "/zh/source/kunming-daily-2018-06-20.html#6-16",
        "/ontology": "/zh/ontology.html",
        "/question/projects-serving-industry": "/zh/question/projects-serving-industry.html",
    }
    for path, where in places.items():
        assert served.get(path, headers={"Accept": "text/html"}).headers["location"] == where
    later = served.get("/source/kunming-daily-2018-06-20/5899-5911", headers={"Accept": "text/html"})
    part = served.get(later.headers["location"].partition("#")[0])
    assert (part.status_code, "id=5899-5911>" in part.text) == (200, True)


def test_what_is_not_there_is_told_in_the_wanted_form(served: httpx.Client) -> None:
    page = served.get("/id/project/kaikun-manufacturing", headers={"Accept": "text/html"})
    assert (page.status_code, "kaikun-manufacturing-park.html" in page.text) == (404, True)
    assert served.get("/id/project/none", headers={"Accept": "text/turtle"}).json()["status"] == 404


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("name", ["projects-serving-industry", "indicators-by-period", "open-questions"])
def test_a_call_gives_what_the_command_gives(
    served: httpx.Client, graph: parkgraph.api.Graph, name: str, format: str
) -> None:
    for lang in ("zh", "en"):
        reply = served.get(f"/api/questions/{name}", params={"lang": lang, "format": format})
        assert reply.content == rendered(graph.ask(name, lang=lang), format).removeprefix(b"\xef\xbb\xbf")  # type: ignore[arg-type]


@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.slow)])
def test_page_call_sparql_command_and_python_give_the_same_rows(
    served: httpx.Client, graph: parkgraph.api.Graph, step: int
) -> None:
    for question in graph.questions()[::step]:
        if question.form != "SELECT":
            continue
        answer = graph.ask(question, lang="zh")
        rest = served.get(f"/api/questions/{question.id}", params={"lang": "zh", "format": "json"}).json()
        assert rest == json.loads(rendered(answer, "json"))
        page = served.get(f"/zh/question/{question.id}.html").text
        assert page.partition("id=answer")[2].partition("</section>")[0].count("<tr>") == (
            len(answer) + 1 if answer else 0
        )
        text = question.body.replace('VALUES ?lang { "en" }', 'VALUES ?lang { "zh" }')
        direct = served.post("/sparql", headers=DIRECT, content=text.encode())
        assert direct.status_code == 200, (question.id, direct.text)
        assert len(direct.json()["results"]["bindings"]) == len(answer)


def test_a_wrong_value_names_the_parameter_and_the_nearest(served: httpx.Client) -> None:
    reply = served.get(
        "/api/questions/projects-serving-industry", params={"industry": "生物医", "lang": "zh"}
    )
    said = reply.json()
    assert reply.status_code in (200, 400)
    reply = served.get(
        "/api/questions/projects-serving-industry", params={"industry": "biomedcine", "lang": "en"}
    )
    said = reply.json()
    assert (reply.status_code, "industry" in said["title"], "biomedicine" in said["detail"]) == (
        400,
        True,
        True,
    )
    assert served.get("/api/questions/projects-serving-industri").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "lang=fr",
        "lang=fr&format=html",
        "nope=1",
        "format=pdf",
        "basis=none",
        "format=ttl",
        "nope=1&format=html",
    ],
)
def test_what_a_call_cannot_take_is_told(served: httpx.Client, query: str) -> None:
    reply = served.get(f"/api/questions/parks?{query}")
    assert reply.status_code == 400
    assert reply.json()["title"]


def test_triples_are_given_to_who_takes_anything(served: httpx.Client) -> None:
    reply = served.get("/api/questions/figures-as-data-cube", headers={"Accept": "*/*"})
    assert (reply.status_code, reply.headers["content-type"].partition(";")[0]) == (200, "text/turtle")


def test_the_calls_are_described(served: httpx.Client, graph: parkgraph.api.Graph) -> None:
    described = served.get("/api/openapi.json").json()
    assert [one.message for one in OpenAPIV31SpecValidator(described).iter_errors()] == []
    assert described["openapi"] == "3.1.0"
    assert len(described["paths"]) == len(graph.questions())
    call = described["paths"]["/api/questions/projects-serving-industry"]["get"]
    industry = next(one for one in call["parameters"] if one["name"] == "industry")
    assert "industry:biomedicine" in industry["schema"]["items"]["enum"]
    assert industry["schema"]["default"] == ["industry:biomedicine"]


def test_what_was_given_before_is_not_sent_again(served: httpx.Client) -> None:
    first = served.get("/en/index.html")
    again = served.get("/en/index.html", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert served.get("/zh/index.html").headers["etag"] != first.headers["etag"]


def test_pages_come_with_a_strict_policy(served: httpx.Client) -> None:
    headers = served.get("/zh/index.html").headers
    assert headers["content-security-policy"].startswith("default-src 'self'; base-uri 'none'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert served.options("/sparql").headers["access-control-allow-methods"] == "GET, HEAD, POST"


# --- Limits -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def limited(
    real_root: Path, new_server: Callable[..., AbstractContextManager[httpx.Client]]
) -> Iterator[httpx.Client]:
    """A server with small limits."""
    options = [
        "--timeout",
        "1.5",
        "--max-rows",
        "50",
        "--max-bytes",
        "20000",
        "--max-length",
        "2000",
        "--jobs",
        "2",
    ]
    with new_server(real_root, *options) as client:
        yield client


def busy(client: httpx.Client) -> float:
    """Seconds of processor time that the server's processes have used."""
    used = 0.0
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if f"--port\0{client.base_url.port}".encode() in (entry / "cmdline").read_bytes():
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                    used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            except OSError:
                continue
    return used


def test_a_query_past_its_limit_ends_and_frees_the_processor(limited: httpx.Client) -> None:
    began = time.monotonic()
    reply = limited.post("/sparql", headers=DIRECT, content=ENDLESS)
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "2")
    assert time.monotonic() - began < 1.5 + 5
    time.sleep(0.3)
    before = busy(limited)
    time.sleep(1)
    assert busy(limited) - before < 0.5
    assert limited.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def memory(client: httpx.Client) -> int:
    """Bytes that the server's processes hold."""
    held = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if f"--port\0{client.base_url.port}".encode() in (entry / "cmdline").read_bytes():
                    held += int((entry / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            except OSError:
                continue
    return held


def test_a_query_past_its_limit_frees_its_memory(limited: httpx.Client) -> None:
    """One that gathers all pairs of triples before it gives anything."""
    limited.get("/sparql", params={"query": "ASK {}"})
    before = memory(limited)
    for __ in range(4):
        greedy = "SELECT DISTINCT ?a ?b ?d ?e { ?a ?p ?b . ?d ?q ?e } ORDER BY ?a ?d"
        assert limited.post("/sparql", headers=DIRECT, content=greedy).status_code == 503
    assert limited.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    for __ in range(100):  # the last one's process may still be ending
        if memory(limited) < before + 150 * 2**20:
            return
        time.sleep(0.1)
    pytest.fail(f"{memory(limited)} bytes after {before}")


def test_a_client_that_leaves_stops_its_query(served: httpx.Client) -> None:
    with pytest.raises(httpx.TimeoutException):
        served.post("/sparql", headers=DIRECT, content=ENDLESS, timeout=0.5)
    time.sleep(1)
    before = busy(served)
    time.sleep(1)
    assert busy(served) - before < 0.5


@pytest.mark.parametrize(
    "query, status",
    [
        ("SELECT * { ?s ?p ?o }", 400),  # rows
        ("SELECT * { ?s ?p ?o BIND(?s AS ?a) BIND(?p AS ?b) BIND(?s AS ?c) BIND(?s AS ?d) } LIMIT 50", 400),
        ("CONSTRUCT WHERE { ?s ?p ?o }", 400),
        ("ASK { " + "?s ?p ?o . " * 300 + "}", 413),
        ("SELECT (REPEAT('x', 10) AS ?x) {}", 400),
    ],
)
def test_too_much_is_refused_whole(limited: httpx.Client, query: str, status: int) -> None:
    reply = limited.post("/sparql", headers=DIRECT, content=query)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"


def test_more_at_once_than_there_is_room_for_is_told_to_come_again(limited: httpx.Client) -> None:
    found: list[int] = []

    def ask() -> None:
        reply = httpx.post(f"{limited.base_url}/sparql", headers=DIRECT, content=ENDLESS, timeout=60)
        found.append(reply.status_code)

    threads = [threading.Thread(target=ask) for __ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {503}
    assert limited.get("/sparql", params={"query": "ASK {}"}).status_code == 200


@pytest.mark.parametrize("service", ["SERVICE", "SERVICE SILENT", "seRvice /* */", "\\u0053ERVICE"])
def test_no_query_reaches_another_address(served: httpx.Client, service: str) -> None:
    heard = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.5)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for query in (
            f"SELECT * {{ {service} <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
            "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        ):
            reply = served.post("/sparql", headers=DIRECT, content=query)
            assert reply.status_code == 400 or reply.json()["results"]["bindings"] == []
        served.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": address})
        with suppress(TimeoutError):
            heard.append(listener.accept())
    assert heard == []


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "assets/..%2f..%2fpages.py", "%00", "zh/../../x", "assets/%2e%2e"]
)
def test_no_address_leaves_the_site(served: httpx.Client, path: str) -> None:
    reply = served.get(f"/{path}", headers={"Accept": "text/turtle"})
    assert reply.status_code == 404
    assert b"root:" not in reply.content
    assert b"import" not in reply.content


@pytest.mark.slow
def test_a_soak(
    real_root: Path,
    graph: parkgraph.api.Graph,
    new_server: Callable[..., AbstractContextManager[httpx.Client]],
) -> None:
    """Mixed requests, bounded in number: no wrong answer, and the memory of a turn is that of the one before.

    A busy machine may refuse (503, told to come again); it may never answer something else."""
    expected = {name: rendered(graph.ask(name, lang="en"), "json") for name in ("parks", "open-questions")}
    sizes = []
    with new_server(real_root, "--timeout", "5") as client:

        def asked(path: str, **given: str) -> httpx.Response:
            for __ in range(50):
                found = client.get(path, params=given)
                if found.status_code != 503:
                    break
            assert found.status_code == 200, (path, found.text)
            return found

        for turn in range(6):
            for number in range(turn * 150, turn * 150 + 150):
                for name, wanted in expected.items():
                    found = asked(f"/api/questions/{name}", lang="en", format="json")
                    assert found.content == wanted
                query = f"SELECT ?s {{ ?s a park:Project }} LIMIT {1 + number % 17} # {number}"
                assert len(asked("/sparql", query=query).json()["results"]["bindings"]) == 1 + number % 17
                asked("/zh/id/project/kaikun-manufacturing-park.html")
            assert client.post("/sparql", headers=DIRECT, content=ENDLESS).status_code == 503
            asked("/sparql", query="ASK {}")
            sizes.append(memory(client))
    assert min(sizes[3:]) < min(sizes[:3]) * 1.25, sizes


def test_assistants_ask_at_mcp(served: httpx.Client) -> None:
    mcp = pytest.importorskip("mcp")

    async def asked() -> Any:
        async with mcp.Client(f"{served.base_url}/mcp") as client:
            assert "ask" in {tool.name for tool in (await client.list_tools()).tools}
            arguments = {"question": "projects-serving-industry", "lang": "en"}
            return (await client.call_tool("ask", arguments)).structured_content

    assert "dicycloplatin" in json.dumps(asyncio.run(asked()))


@pytest.mark.slow
def test_a_slow_query_of_an_assistant_holds_nobody_up(served: httpx.Client) -> None:
    mcp = pytest.importorskip("mcp")
    said: list[Any] = []

    async def asked() -> None:
        async with mcp.Client(f"{served.base_url}/mcp") as client:
            said.append(await client.call_tool("query", {"sparql": ENDLESS}))

    slow = threading.Thread(target=lambda: asyncio.run(asked()))
    slow.start()
    for __ in range(5):
        assert served.get("/en/index.html").status_code == 200
        assert served.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    assert slow.is_alive()
    slow.join()
    assert said[0].is_error
    assert "10 s" in said[0].content[0].text
