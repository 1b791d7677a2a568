"""The same mistake has the same exit code in every command that meets it, and a remedy in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from parkgraph.cli.app import run

MakeRoot = Callable[..., Path]

QUESTION = """#+ summary: {en: Which?, zh: 哪些？}
#+ description: {en: Which?, zh: 哪些？}
#+ columns: {x: {en: project, zh: 项目}}
PREFIX park: <https://w3id.org/parkgraph/ontology#>
"""
SHAPE = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:S> a sh:NodeShape ; sh:targetNode <urn:x> ; "

QUERIES = {
    "SELECT ?x { ?x a nix:Project } ORDER BY ?x": "unknown prefix nix:",
    "SELECT ?x { ?x a park:Project ) } ORDER BY ?x": ") closes nothing",
    "SELECT ?x { ?x a park:Project } ORDER BY ?x {": "a bracket is not closed",
    "SELECT ?x { ?x a <rel> } ORDER BY ?x": "<rel> is relative",
    "SELECT ?x { ?x a ?o FILTER(park:f(?o)) } ORDER BY ?x": "there is no function",
    "SELECT ?x { ?x a ?o FILTER(<urn:f>(?o)) } ORDER BY ?x": "there is no function <urn:f>",
    "SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x a park:Project } } ORDER BY ?x": "SERVICE is refused",
    "SELECT ?x { VALUES ?s { <urn:s> } SERVICE ?s { ?x a park:Project } } ORDER BY ?x": "SERVICE is refused",
    "SELECT ?x FROM <file:///etc/passwd> { ?x a park:Project } ORDER BY ?x": "FROM is refused",
    "SELECT ?x FROM NAMED <urn:g> { GRAPH <urn:g> { ?x a park:Project } } ORDER BY ?x": "FROM is refused",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }": "INSERT is refused",
    "LOAD <file:///etc/passwd>": "LOAD is refused",
    "ASK {} ; DROP ALL": "DROP is refused",
}
"""What is wrong with a query → what is said, whether it is typed, in a file, or a saved question."""

NAMES = {
    ("ask", "nonesuch"): "unknown question",
    ("ask", "nonesuch", "--help"): "unknown question",
    ("ask", "good", "--park", "x"): "has no parameter park",
    ("ask", "good", "--park", "x", "--why", "1"): "has no parameter park",
    ("show", "nonesuch"): "nonesuch",
    ("why", "project:none", "a", "park:Project"): "project:none",
    ("why", "nix:a", "a", "park:Project"): "nix:",
    ("questions", "--topic", "nonesuch"): "unknown topic",
    ("codes", "nonesuch"): "nonesuch",
    ("new", "Nonesuch"): "Nonesuch",
    ("nonesuch",): "unknown command",
    ("questions", "--nonesuch"): "unknown option",
    ("export", "-f", "nonesuch"): "nonesuch",
    ("query", "-e", "ASK {}", "-f", "nonesuch"): "nonesuch",
    ("validate", "-f", "nonesuch"): "nonesuch",
    ("validate", "--report", "nonesuch:x"): "nonesuch",
    ("validate", "--fail-on", "nonesuch"): "nonesuch",
    ("export", "--graphs", "nonesuch"): "nonesuch",
    ("export", "-o", "graph.pdf"): "graph.pdf",
    ("query", "-e", "ASK {}", "--timeout", "x"): "--timeout",
    ("query",): "one query is needed",
    ("query", "a.rq", "-e", "ASK {}"): "one query is needed",
}
"""A name that nothing has: wrong usage, 2."""

ROOMY = ("--memory", "0", "--timeout", "1e6")
"""For queries: the process of the tests may be larger and older than they may."""

READING = [
    ["query", "-e", "ASK {}", *ROOMY], ["ask", "good"], ["show", "A"], ["find", "A"],
    ["why", "project:a", "a", "park:Project"], ["validate"], ["audit"], ["build", "-o", "<out>/dist"],
    ["export", "-o", "<out>/x.nt"], ["reason", "-o", "<out>/y.nt"], ["codes"], ["cite", "--check"],
]  # fmt: skip
"""Every command that reads the whole graph."""

FILES = {
    "rq": [["query", "FILE", *ROOMY]],
    "ttl": [
        ["validate", "FILE"], ["validate", "FILE", "-s", "SHAPES"], ["validate", "DATA", "-s", "FILE"],
        ["validate", "DATA", "-s", "SHAPES", "-e", "FILE"],
    ],
    "json": [
        ["validate", "--baseline", "FILE"], ["audit", "--baseline", "FILE"], ["verify", "--receipt", "FILE"],
    ],
    "txt": [
        ["ask", "good", "-a", "FILE"], ["show", "A", "-a", "FILE"], ["audit", "-a", "FILE"],
        ["audit", "-a", "FILE", "--show", "1"], ["cite", "-a", "FILE"], ["cite", "-a", "FILE", "x"],
        ["cite", "-a", "FILE", "--write"], ["cite", "-a", "FILE", "--check"], ["new", "source", "FILE"],
        ["new", "Project", "-a", "FILE", "--evidence", "x"], ["draft", "FILE", "-o", "<out>/draft"],
        ["build", "-o", "<out>/dist", "-a", "FILE"],
    ],
}  # fmt: skip
"""Kind of an input file → every command that reads one."""

BAD = {
    "missing": "no such file or folder", "missing.ttl": "missing.ttl: no such file\n",
    "nowhere/missing": "no such file", "x" * 300: "File name too long",
    "folder": "this is a folder",
    "under/file": "Not a directory", "loop": "Too many levels", "empty": "empty",
    "utf16": "this is UTF-16", "gbk": "not UTF-8", "pdf": "/pdf:", "binary": "not UTF-8",
    "pipe": "not a regular file", "/dev/null": "not a regular file", "/dev/full": "not a regular file",
}  # fmt: skip
"""What is wrong with an input file → what is said of it; 3."""

BYTES = {
    "empty": b"", "under": b"", "utf16": "高新区".encode("utf-16"), "gbk": "高新区".encode("gbk"),
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "binary": bytes(range(256)),
}  # fmt: skip

_ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")
_OTHERS = re.compile(r"“[^”]*”|`[^`]*`|'[^']*'|\S*[/\\]\S*")


@pytest.fixture
def root(small_root: MakeRoot) -> Path:
    return small_root({"queries/project/good.rq": QUESTION + "SELECT ?x { ?x a park:Project } ORDER BY ?x"})


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str], root: Path, tmp_path: Path) -> Callable[..., None]:
    """Runs a command in both languages: it ends with the code, says `says`, and what to do."""
    out = tmp_path / "out"
    out.mkdir()

    def told(args: Sequence[str | Path], code: int, says: str = "") -> None:
        words = [str(word).replace("<out>", str(out)) for word in args]
        if "--root" not in words:
            words += ["--root", str(root)]
        for lang in ("en", "zh"):
            capfd.readouterr()
            found = run([*words, "--lang", lang, "-q"])
            said = capfd.readouterr()
            assert (found, said.out) == (code, ""), (words, said)
            assert not list(out.iterdir()), "something half-written"
            assert "Traceback" not in said.err
            assert "\n  " in said.err, f"no remedy: {said.err}"
            if lang == "en":
                assert says in said.err
            else:
                assert not _ENGLISH.search(_OTHERS.sub("", said.err)), said.err

    return told


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_cannot_be_asked(told: Callable[..., None], root: Path, query: str) -> None:
    bad, says = root / "queries/project/bad.rq", QUERIES[query]
    told(["query", "-e", query, *ROOMY], 3, says)
    bad.write_text(QUESTION + query, encoding="utf-8")
    told(["query", bad, *ROOMY], 3, says)
    for args in (["ask", "bad"], ["ask", "bad", "--help"], ["build", "-o", "<out>/dist"]):
        told(args, 3, "bad.rq:5:")


def test_the_questions_beside_a_broken_one_are_listed(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number, query in enumerate(QUERIES):
        (root / f"queries/project/bad-{number}.rq").write_text(QUESTION + query, encoding="utf-8")
    assert run(["questions", "-f", "csv", "--root", str(root)]) == 3
    said = capfd.readouterr()
    assert said.out.count("\n") == 2 and "good" in said.out
    assert said.err.count("bad-") == len(QUERIES)
    for args in (["ask", "good"], ["find", "A"], ["show", "A"]):
        assert run([*args, "--root", str(root)]) == 0


@pytest.mark.parametrize("args", NAMES, ids=" ".join)
def test_a_name_that_nothing_has(told: Callable[..., None], args: tuple[str, ...]) -> None:
    room = ROOMY if args[0] == "query" and "--timeout" not in args else ()
    told([*args, *room], 2, NAMES[args])


def _places(root: Path) -> Iterator[tuple[Path, str]]:
    yield root / "nowhere", "no such folder"
    yield root / "kg/project.ttl", "no such folder"
    yield root / "queries", "holds no graph"


@pytest.mark.parametrize("args", [*READING, ["questions"], ["lint"]], ids=" ".join)
def test_no_graph(told: Callable[..., None], root: Path, args: list[str]) -> None:
    for place, says in _places(root):
        told([*args, "--root", place], 2, says)


@pytest.mark.parametrize("args", READING, ids=" ".join)
@pytest.mark.parametrize("content", [b"<urn:a> .\n", b"\xff\xfea", b"\xc1\xd9"])
def test_a_broken_file_in_the_graph(
    told: Callable[..., None], root: Path, args: list[str], content: bytes
) -> None:
    (root / "kg/zz.ttl").write_bytes(content)
    told(args, 3, "zz.ttl:1:")


@pytest.mark.parametrize("args", [["validate"], ["build", "-o", "<out>/d"], ["export", "-o", "<out>/x.nt"]])
@pytest.mark.parametrize("shape", ['sh:property [ sh:minCount "x" ] .', "sh:property [ sh:minCount 1 ] ."])
def test_broken_shapes(
    told: Callable[..., None], root: Path, capfd: pytest.CaptureFixture[str], args: list[str], shape: str
) -> None:
    (root / "ontology/shapes/zz.ttl").write_text(SHAPE + shape, encoding="utf-8")
    out = [word.replace("<out>", str(root.parent)) for word in args]
    for lang in ("en", "zh"):
        assert run([*out, "--root", str(root), "--lang", lang]) == 3
        assert "zz.ttl:2:" in capfd.readouterr().err


@pytest.mark.parametrize("args", [args for all in FILES.values() for args in all], ids=" ".join)
@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad[:20])
def test_a_file_that_cannot_be_read(
    told: Callable[..., None], root: Path, tmp_path: Path, args: list[str], bad: str
) -> None:
    import os

    suffix = next(suffix for suffix, all in FILES.items() if args in all)
    if bad == "empty" and suffix == "ttl":
        pytest.skip("an empty file is a graph of no triples")
    folder = tmp_path / "in"
    (folder / "folder").mkdir(parents=True)
    for name, content in BYTES.items():
        (folder / name).write_bytes(content)
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to("loop")
    (folder / "data.ttl").write_text("<urn:x> a <urn:y> .", encoding="utf-8")
    (folder / "shapes.ttl").write_text(SHAPE + "sh:nodeKind sh:IRI .", encoding="utf-8")
    names = {"FILE": folder / bad, "DATA": folder / "data.ttl", "SHAPES": folder / "shapes.ttl"}
    if bad == "folder" and suffix == "ttl":
        pytest.skip("a folder is read file by file")
    told([names.get(word, word) for word in args], 3, BAD[bad])


JSON = ("-f", "json", "-o", "TO")
WRITING = [
    ["query", "-e", "ASK {}", *ROOMY, *JSON], ["ask", "good", *JSON], ["questions", *JSON],
    ["find", "A", *JSON], ["show", "A", *JSON], ["export", "-f", "nt", "-o", "TO"],
    ["reason", "-f", "nt", "-o", "TO"], ["why", "project:a", "a", "park:Project", "-o", "TO"],
    ["validate", *JSON], ["validate", "--report", "json:TO"],
    ["validate", "--write-baseline", "TO", "--reason", "x"], ["audit", *JSON],
    ["audit", "--report", "sarif:TO"], ["audit", "--write-baseline", "TO", "--reason", "x"],
]  # fmt: skip
"""Every command that writes a file where it is told to."""

NO_PLACE = {
    "nowhere/x": "No such file or directory", "folder": "Is a directory", "under/x": "No",
    "x" * 300: "File name too long", "/dev/full": "No space left", "/proc/x": "cannot write",
}  # fmt: skip
"""Where nothing can be written → what is said; 2."""


@pytest.mark.parametrize("args", WRITING, ids=" ".join)
def test_a_place_where_nothing_can_be_written(
    told: Callable[..., None], tmp_path: Path, args: list[str]
) -> None:
    folder = tmp_path / "in"
    (folder / "folder").mkdir(parents=True)
    (folder / "under").write_bytes(b"")
    before = sorted(folder.rglob("*"))
    for place, says in NO_PLACE.items():
        told([word.replace("TO", str(folder / place)) for word in args if word], 2, says)
    assert sorted(folder.rglob("*")) == before
