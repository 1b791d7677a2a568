"""Queries, data, shapes and parameters that would reach outside: refused, and the listener hears nothing."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from parkgraph.api import Graph
from parkgraph.errors import ParkgraphError
from parkgraph.read.files import Root

Run = Callable[..., subprocess.CompletedProcess[str]]
REFERENCE = pytest.param("reference", marks=pytest.mark.slow)

SH = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"


class Listener:
    """address: where it listens, on this machine."""

    def __init__(self, server: socket.socket) -> None:
        self.server = server
        self.address = f"http://127.0.0.1:{server.getsockname()[1]}/x"

    def heard(self) -> bool:
        """Whether anybody has knocked."""
        try:
            self.server.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield Listener(server)


@pytest.fixture(scope="module")
def graph(write_small_graph: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return Graph(Root(write_small_graph(tmp_path_factory.mktemp("attacks"), {})))


def _is_refused(graph: Graph, listener: Listener, query: str) -> None:
    with pytest.raises(ParkgraphError) as error:
        list(graph.query(query))
    assert error.value.exit_code == 3
    assert not listener.heard()


SERVICES = (
    "SERVICE <{url}> {{ ?s ?p ?o }}",
    "service<{url}>{{ ?s ?p ?o }}",
    "SERVICE SILENT <{url}> {{ ?s ?p ?o }}",
    "SERVICE\t#>\n<{url}> {{ ?s ?p ?o }}",
    "\\u0053ERVICE <{url}> {{ ?s ?p ?o }}",
    "S\\U00000045RVICE <{url}> {{ ?s ?p ?o }}",
    "BIND(<{url}> AS ?where) SERVICE ?where {{ ?s ?p ?o }}",
    "VALUES ?where {{ <{url}> }} SERVICE SILENT ?where {{ ?s ?p ?o }}",
    "SERVICE host:x {{ ?s ?p ?o }}",
    'FILTER(?o = "\'") SERVICE <{url}> {{ ?s ?p ?o }}',
    "?s ?p ?o FILTER(?s<'>'||?o>'') SERVICE <{url}> {{ ?s ?p ?o }}",
)
PLACES = (
    "SELECT * {{ {} }}",
    "ASK {{ {} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {} }}",
    "DESCRIBE ?s {{ {} }}",
    "SELECT * {{ ?s ?p ?o OPTIONAL {{ {} }} }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ {} }} }}",
    "SELECT * {{ ?s ?p ?o MINUS {{ {} }} }}",
    "SELECT * {{ {{ SELECT * {{ {} }} }} }}",
    "SELECT * {{ {{ ?s ?p ?o }} UNION {{ {} }} }}",
    "SELECT * {{ GRAPH ?g {{ {} }} }}",
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("service", SERVICES)
def test_no_query_calls_a_service(graph: Graph, listener: Listener, service: str, place: str) -> None:
    host = listener.address.removesuffix("x")
    query = place.format(service.format(url=listener.address))
    _is_refused(graph, listener, f"PREFIX host: <{host}>\n{query}")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "ASK fRoM <file:///etc/passwd> {{}}",
        "LOAD <{url}>",
        "LOAD SILENT <{url}> INTO GRAPH <urn:g>",
        "ASK {{}} ; LOAD <{url}>",
        "PREFIX a: <urn:a> LOAD <file:///etc/passwd>",
        "INSERT DATA {{ <urn:s> <urn:p> <urn:o> }}",
        "DELETE WHERE {{ ?s ?p ?o }}",
        "INSERT {{ ?s ?p 1 }} WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "CLEAR ALL",
        "DROP GRAPH <urn:g>",
        "CREATE GRAPH <urn:g>",
        "COPY DEFAULT TO <urn:g>",
        "MOVE DEFAULT TO <urn:g>",
        "ADD DEFAULT TO <urn:g>",
        "WITH <urn:g> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    ],
)
def test_no_query_loads_or_changes(graph: Graph, listener: Listener, query: str) -> None:
    _is_refused(graph, listener, query.format(url=listener.address))


def test_what_only_looks_like_it_is_answered(graph: Graph, listener: Listener) -> None:
    text = f"SERVICE ; LOAD <{listener.address}> FROM INSERT"
    assert len(graph.query(f"SELECT ?x {{ BIND('''{text}''' AS ?x) }} # {text}")) == 1
    assert len(graph.query("SELECT ?service ?from { ?service a ?from }")) > 0
    assert graph.query(f"DESCRIBE <{listener.address}>").terms == ()
    assert not graph.query(f"ASK {{ GRAPH <{listener.address}> {{ ?s ?p ?o }} }}")
    assert not listener.heard()


@pytest.mark.parametrize("query", ["SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}", "LOAD <{url}>"])
def test_what_is_refused_is_not_sent_to_a_store_either(
    parkgraph: Run, listener: Listener, small_root: Callable[..., Path], query: str
) -> None:
    pytest.importorskip("httpx")
    text = query.format(url=listener.address)
    to = ("--endpoint", listener.address, "--store", "generic", "--root", small_root())
    done = parkgraph("query", "-e", text, *to)
    assert (done.returncode, done.stdout) == (3, "")
    assert not listener.heard()


@pytest.mark.parametrize(
    "value",
    ["x }} SERVICE <{url}> {{ ?s ?p ?o", '"}} . SERVICE <{url}> {{ ?a ?b ?c }} #', "{url}", "<{url}>"],
)
def test_no_parameter_becomes_a_query(parkgraph: Run, listener: Listener, value: str) -> None:
    done = parkgraph("ask", "projects-serving-industry", "--industry", value.format(url=listener.address))
    assert (done.returncode, done.stdout) == (2, "") and "Traceback" not in done.stderr
    assert not listener.heard()


QUESTION = """#+ summary: {en: Which?, zh: 哪些？}
#+ description: {en: Which?, zh: 哪些？}
#+ columns: {service: {en: project, zh: 项目}}
PREFIX : <URL>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
SELECT ?service { ?service a park:Project . CALL { ?s ?p ?o } } ORDER BY ?service
"""


@pytest.mark.parametrize("call", ["SERVICE SILENT <URL>", "SERVICE:", "service:x", r"\u0053ERVICE:x"])
def test_no_saved_question_calls_a_service(
    parkgraph: Run, listener: Listener, small_root: Callable[..., Path], call: str
) -> None:
    text = QUESTION.replace("CALL", call).replace("URL", listener.address)
    root = small_root({"queries/project/evil.rq": text})
    for args in (["ask", "evil"], ["query", root / "queries" / "project" / "evil.rq"], ["build"]):
        done = parkgraph(*args, "--root", root)
        assert (done.returncode, done.stdout) == (3, "")
        assert "ERVICE" in done.stderr
    assert not listener.heard()


def test_a_column_may_be_called_service(parkgraph: Run, small_root: Callable[..., Path]) -> None:
    root = small_root(
        {"queries/project/good.rq": QUESTION.replace("CALL { ?s ?p ?o }", "").replace("URL", "http://x/")}
    )
    for args in (["ask", "good"], ["query", root / "queries" / "project" / "good.rq"]):
        assert parkgraph(*args, "--root", root).returncode == 0


SELECT = 'sh:sparql [ sh:message "m" ; sh:select "SELECT $this WHERE {{ $this ?p ?o . {} }}" ]'
SHAPES = {
    "service": SELECT.format("SERVICE <{url}> {{ $this ?p ?o }}"),
    "silent": SELECT.format("SERVICE SILENT <{url}> {{ $this ?p ?o }}"),
    "from": 'sh:sparql [ sh:select "SELECT $this FROM <{url}> WHERE {{ $this ?p ?o }}" ]',
    "script": 'sh:js [ sh:jsLibrary [ sh:jsLibraryURL "{url}" ] ; sh:jsFunctionName "f" ]',
    "graph": "sh:shapesGraph <{url}> ; sh:nodeKind sh:IRI",
    "prefixes": 'sh:sparql [ sh:prefixes <{url}> ; sh:select "SELECT $this {{ $this a 1 }}" ]',
}


@pytest.mark.parametrize("engine", ["fast", REFERENCE])
@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_reaches_outside(
    parkgraph: Run, listener: Listener, tmp_path: Path, engine: str, shape: str
) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(f"{SH}<urn:x> a owl:Thing ; owl:imports <{listener.address}> .")
    told = SHAPES[shape].replace("{url}", listener.address).replace("{{", "{").replace("}}", "}")
    shapes.write_text(
        f"{SH}<urn:o> a owl:Ontology ; owl:imports <{listener.address}> .\n"
        f"<urn:S> a sh:NodeShape ; sh:targetNode <urn:x> ; {told} ."
    )
    done = parkgraph("validate", data, "--shapes", shapes, "--engine", engine)
    assert done.returncode in (0, 1, 3) and "Traceback" not in done.stderr
    assert not listener.heard()


@pytest.mark.parametrize("engine", ["fast", REFERENCE])
def test_no_import_reads_a_file_beside_what_is_named(parkgraph: Run, tmp_path: Path, engine: str) -> None:
    named, outside = tmp_path / "named", tmp_path / "outside"
    for folder in (named, outside):
        folder.mkdir()
    (outside / "secret.ttl").write_text("<urn:secret> a <urn:Kind> .")
    (named / "link.ttl").symlink_to(outside / "secret.ttl")
    far = (outside / "secret.ttl").as_uri()
    imports = f"<{far}> , <../outside/secret.ttl> , <link.ttl> , <file:///dev/stdin>"
    data, shapes, ontology = named / "data.ttl", named / "shapes.ttl", named / "ontology.ttl"
    data.write_text(f"{SH}<urn:x> a <urn:Other> ; owl:imports {imports} .")
    ontology.write_text(
        f"{SH}@base <{outside.as_uri()}/> . <urn:o> a owl:Ontology ; owl:imports <secret.ttl> ."
    )
    target = "sh:targetClass <urn:Kind> , <urn:Other>"
    shapes.write_text(f"{SH}<urn:S> a sh:NodeShape ; {target} ; sh:nodeKind sh:Literal .")
    args = ("validate", data, "-s", shapes, "-e", ontology, "--engine", engine, "--format", "jsonl")
    done = parkgraph(*args)
    assert done.returncode == 1, done.stderr
    assert "urn:x" in done.stdout and "urn:secret" not in done.stdout
    assert done.stdout.count("data/import-not-loaded") == 5
    assert "urn:secret" in parkgraph("validate", data, outside, *args[2:]).stdout


FORMATS = {
    "context.jsonld": '{"@context": "{url}", "@id": "urn:x", "name": "y"}',
    "contexts.jsonld": '{"@context": ["{url}", {"n": {"@id": "urn:n", "@context": "{url}"}}], "n": {}}',
    "import.jsonld": '{"@context": {"@version": 1.1, "@import": "{url}"}, "@id": "urn:x"}',
    "entity.rdf": '<!DOCTYPE r [<!ENTITY e SYSTEM "{url}"> <!ENTITY f SYSTEM "file:///etc/hostname">]>'
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
    '<r:Description r:about="urn:x"><u:p>&e;&f;</u:p></r:Description></r:RDF>',
    "doctype.rdf": '<!DOCTYPE r SYSTEM "{url}"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "bomb.rdf": "<!DOCTYPE r [<!ENTITY a0 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9))
    + ']><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
    '<r:Description r:about="urn:x"><u:p>&a9;</u:p></r:Description></r:RDF>',
    "base.ttl": "@base <{url}> . @prefix : <{url}> . <x> :a <y> .",
    "graph.trig": "<{url}> { <urn:x> <urn:p> <{url}> }",
    "imports.nt": "<urn:x> <http://www.w3.org/2002/07/owl#imports> <{url}> .",
}


@pytest.mark.parametrize("engine", ["fast", REFERENCE])
@pytest.mark.parametrize("name", FORMATS)
def test_no_format_loads_anything_else(
    parkgraph: Run, listener: Listener, tmp_path: Path, name: str, engine: str
) -> None:
    data, shapes = tmp_path / name, tmp_path / "shapes.ttl"
    data.write_text(FORMATS[name].replace("{url}", listener.address), encoding="utf-8")
    shapes.write_text(f"{SH}<urn:S> a sh:NodeShape ; sh:targetNode <urn:x> ; sh:nodeKind sh:Literal .")
    for args in (["validate", data, "-s", shapes], ["validate", shapes, "-s", data]):
        done = parkgraph(*args, "--engine", engine, "--time-limit", "30", "-f", "jsonl")
        assert done.returncode in (1, 3) and "Traceback" not in done.stderr
        assert "lies elsewhere" in done.stderr or not name.startswith("context")
        assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in done.stdout + done.stderr
    assert not listener.heard()


@pytest.mark.parametrize(
    "query",
    [
        "ASK {{ ?s ?p {} }}".format('"' + "a" * 10_000_000 + '"'),
        "ASK {{ ?s <urn:{}> ?o }}".format("a" * 1_000_000),
        "ASK {{ ?{} ?p ?o }}".format("a" * 1_000_000),
        "ASK {{ ?s x{}:y ?o }}".format("." * 300_000 + "x"),
        "ASK {{ ?s SERVICE{} ?o }}".format(" " * 1_000_000),
        "ASK {{ {} }}".format("SERVICE " * 100_000),
        "ASK {{ {} }}".format("\\u0053" * 100_000),
        "# " + "SERVICE <" * 300_000 + "\nASK {}",
        "ASK { ?s ?p ?o FILTER(" + "(" * 3_000 + "1" + ")" * 3_000 + ") }",
        "ASK { ?s " + "^" * 100_000 + "<urn:p> ?o }",
        "ASK { ?s " + "(" * 3_000 + "<urn:p>" + ")*" * 3_000 + " ?o }",
        "SELECT * { " + "{ SELECT * " * 3_000 + "{ ?s ?p ?o }" + " }" * 3_001,
        "ASK { VALUES ?x { " + "1 " * 2_000_000 + "} }",
        "\x00ASK {}",
        "ASK { ?s ?p '\ud800' }",
    ],
    ids=range(15),
)
def test_a_query_of_any_size_ends_within_its_limit(
    parkgraph: Run, small_root: Callable[..., Path], query: str
) -> None:

    (small_root() / "long.rq").write_bytes(query.encode("utf-8", "surrogatepass"))
    done = parkgraph("query", small_root() / "long.rq", "--root", small_root(), "--timeout", "4")
    assert done.returncode in (0, 2, 3, 4), done.stderr[:500]
    assert len(done.stderr) < 1_000 and "Traceback" not in done.stderr and "fault" not in done.stderr
