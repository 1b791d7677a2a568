"""Input that cannot be read, never ends, or is more than anyone can look at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal

Files = Callable[..., Path]
Command = Any
SHAPES = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
GOOD = "ex:a a ex:C ; ex:p 1 ."


@pytest.mark.parametrize("role", ["data", "shapes"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<http://e/a> <http://e/p> "\xff" .', "not UTF-8"),
        ("<http://e/a> a <http://e/C> .".encode("utf-16"), "UTF-16"),
        (b"<http://e/a> a <http://e/C>", "ends in the middle"),
        (b"e:a a e:C .", "the prefix e: is not declared"),
        (b"<http://e/a> a <http://e/C> .\n" * 10_000, "larger than the limit"),
    ],
)
def test_unreadable(
    files: Files,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    role: str,
    content: bytes,
    said: str,
) -> None:
    folder = files(d=GOOD, s=SHAPES)
    monkeypatch.setenv("PARKGRAPH_MAX_BYTES", "100000")
    name = "d.ttl" if role == "data" else "s.ttl"
    (folder / name).write_bytes(content)
    code, out, err = command("d.ttl", "-s", "s.ttl")
    assert (code, out) == (3, "")
    assert err.startswith(name)
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("empty", "rule"), [("d.ttl", "shapes/empty-target"), ("s.ttl", "shapes/no-targets")]
)
def test_an_empty_file_is_read_and_nothing_was_checked(
    files: Files, command: Command, empty: str, rule: str
) -> None:
    (files(d=GOOD, s=SHAPES) / empty).write_bytes(b"")
    code, found = command.found("d.ttl", "-s", "s.ttl")
    assert code == 1
    assert (empty, rule, "violation") in [(one["file"], one["rule"], one["severity"]) for one in found]
    assert command("d.ttl", "-s", "s.ttl", "--allow-empty")[0] == 0


def test_other_formats_are_refused_by_name(files: Files, command: Command, tmp_path: Path) -> None:
    files(s=SHAPES)
    (tmp_path / "d.csv").write_text("a,b")
    code, out, err = command("d.csv", "-s", "s.ttl")
    assert (code, out) == (3, "")
    assert err.startswith("d.csv: not RDF by its name: .csv")


def test_broken_shapes_are_reported_in_the_format_asked_for(files: Files, command: Command) -> None:
    files(d=GOOD, s="ex:S sh:targetClass ex:C ;\n  sh:property [ sh:minCount 1 ] .")
    code, out, err = command("d.ttl", "-s", "s.ttl", "-f", "github")
    assert code == 3
    assert out.startswith("::error file=s.ttl,line=8,col=3,")
    assert err.startswith("s.ttl:8:3: the shapes graph is broken, nothing was validated")


def test_shapes_nested_thousandfold(files: Files, command: Command) -> None:
    chain = "".join(f"ex:S{n} sh:node ex:S{n + 1} .\n" for n in range(3000))
    files(d=GOOD, s="ex:S0 sh:targetClass ex:C .\n" + chain + "ex:S3000 sh:nodeKind sh:Literal .")
    code, found = command.found("d.ttl", "-s", "s.ttl")
    assert (code, found[0]["component"].rpartition("#")[2]) == (1, "NodeConstraintComponent")


# --- imports -------------------------------------------------------------------


def test_imports_in_a_circle(files: Files, command: Command) -> None:
    files(
        d="<> owl:imports <e.ttl> . ex:a a ex:C .",
        e="<> owl:imports <f.ttl> . ex:b a ex:C .",
        f="<> owl:imports <d.ttl> , <e.ttl> , <f.ttl> . ex:c a ex:C .",
        s="<> owl:imports <t.ttl> .",
        t=SHAPES,
    )
    code, found = command.found("d.ttl", "-s", "s.ttl")
    assert code == 1
    assert {one["file"] for one in found if one["component"]} == {"d.ttl", "e.ttl", "f.ttl"}


def test_import_of_a_missing_file(files: Files, command: Command) -> None:
    files(d="<> owl:imports <gone.ttl> . ex:a a ex:C .", s=SHAPES)
    code, _, err = command("d.ttl", "-s", "s.ttl")
    assert code == 3
    assert err.startswith("d.ttl:7:16: cannot import <file://")
    assert "/gone.ttl>: no such file\n  mend the address" in err


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine that serves one class, and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            good = self.path == "/classes"
            self.send_response(200 if good else 404)
            self.end_headers()
            if good:
                self.wfile.write(
                    b"<http://e/D> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <http://e/C> ."
                )

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as service:
        thread = threading.Thread(target=service.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{service.server_port}", asked
        service.shutdown()


def test_remote_imports_need_a_flag(files: Files, command: Command, server: tuple[str, list[str]]) -> None:
    address, asked = server
    files(d=f"<> owl:imports <{address}/classes> . ex:a a ex:D . ex:b a ex:C ; ex:p 1 .", s=SHAPES)
    code, found = command.found("d.ttl", "-s", "s.ttl")
    assert (code, asked) == (0, [])
    (note,) = found
    assert (note["rule"], note["severity"], note["line"]) == ("data/import-not-loaded", "info", 7)
    code, found = command.found("d.ttl", "-s", "s.ttl", "--fetch-imports")
    assert (code, asked) == (1, ["/classes"])
    assert found[0]["focus"] == "<http://e/a>"


def test_remote_import_that_fails(files: Files, command: Command, server: tuple[str, list[str]]) -> None:
    address, _ = server
    files(d=f"<> owl:imports <{address}/gone> .", s=SHAPES)
    code, _, err = command("d.ttl", "-s", "s.ttl", "--fetch-imports")
    assert code == 3
    assert err.startswith("d.ttl:7: cannot import")


def test_import_that_is_among_the_files_is_no_import(files: Files, command: Command) -> None:
    files(d="<http://o/d> owl:imports <http://o/classes> . ex:a a ex:C ; ex:p 1 .", s=SHAPES,
          o="<http://o/classes> a owl:Ontology .")  # fmt: skip
    assert command("d.ttl", "-s", "s.ttl", "-e", "o.ttl", "-f", "jsonl")[1] == ""


# --- what never ends -----------------------------------------------------------

MANY = "".join(f"ex:n{n} ex:q {n} .\n" for n in range(400)) + "ex:a a ex:C .\n"
ENDLESS = (
    'ex:Endless sh:targetClass ex:C ; sh:sparql [ sh:select """SELECT $this WHERE {\n'
    '  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER (?c + ?f + ?i + ?l < -1) }""" ] .\n'
)


@pytest.mark.parametrize("engine", ["fast", "reference"])
def test_endless_query(files: Files, command: Command, engine: str) -> None:
    files(d=MANY, s=ENDLESS + SHAPES)
    code, out, err = command("d.ttl", "-s", "s.ttl", "--time-limit", "2", "--engine", engine, "-f", "jsonl")
    assert (code, out) == (4, "")
    assert err.startswith("stopped: it took longer than 2 s")


def test_exploding_regular_expression(files: Files, command: Command) -> None:
    """Expressions run in linear time."""
    shapes = 'ex:R sh:targetSubjectsOf ex:t ; sh:property [ sh:path ex:t ; sh:pattern "^(a+)+$" ] .'
    files(d=f'ex:a ex:t "{"a" * 40}!" .', s=shapes)
    code, found = command.found("d.ttl", "-s", "s.ttl", "--time-limit", "20")
    assert code == 1
    assert found[0]["component"].endswith("#PatternConstraintComponent")


@pytest.mark.parametrize("pattern", ["(", "a{,3}", "(?=a)", r"\Q", "[a-z", r"\p{Nope}", r"\p{IsNope}", "a{"])
def test_what_xpath_does_not_have_is_refused(pattern: str, files: Files, command: Command) -> None:
    files(
        d=GOOD, s=f"ex:R sh:targetClass ex:C ; sh:property [ sh:path ex:t ; sh:pattern {Literal(pattern)} ] ."
    )
    code, _, err = command("d.ttl", "-s", "s.ttl")
    assert code == 3
    assert "not a regular expression" in err


def test_deep_nesting(files: Files, command: Command) -> None:
    files(d="ex:a ex:p " + "[ ex:p " * 3000 + "[ a ex:C ]" + " ]" * 3000 + " .", s=SHAPES)
    code, found = command.found("d.ttl", "-s", "s.ttl")
    assert code == 1
    assert (found[0]["file"], found[0]["line"]) == ("d.ttl", 7)


def test_links_in_a_circle_and_to_nothing(files: Files, command: Command, tmp_path: Path) -> None:
    files(s=SHAPES)
    (tmp_path / "circle.ttl").symlink_to("circle.ttl")
    (tmp_path / "nothing.ttl").symlink_to("nowhere.ttl")
    for name in ("circle.ttl", "nothing.ttl"):
        code, out, err = command(name, "-s", "s.ttl")
        assert (code, out) == (3, "") and err.startswith(name)
