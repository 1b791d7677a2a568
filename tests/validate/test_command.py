"""The command: what it reads without being told, its options, its exit codes."""

from __future__ import annotations

import _thread
import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from parkgraph.validate.check import Report, _with_room

Files = Callable[..., Path]
Command = Any
GOOD = "ex:a a ex:C ; ex:p 1 ."
BAD = "ex:a a ex:C .\nex:b a ex:C ."
SHAPES = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
WARNS = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:severity sh:Warning ] ."


def test_valid_and_invalid(files: Files, command: Command) -> None:
    files(d=GOOD, s=SHAPES)
    code, out, err = command("d.ttl", "--shapes", "s.ttl")
    assert (code, err) == (0, "") and out.startswith("no findings (2 files, 2 triples")
    files(d=BAD)
    code, out, err = command("d.ttl", "-s", "s.ttl")
    assert (code, err) == (1, "") and "d.ttl" in out and "7:1 " in out and "8:1 " in out
    assert "至少需要 1 个值" in command("d.ttl", "-s", "s.ttl", "--lang", "zh")[1]


def test_whole_graph_without_arguments(command: Command) -> None:
    code, out, err = command()
    assert (code, err.partition(" ")[0]) == (0, "graph:")
    assert "violation" not in out


def test_a_file_of_the_graph_is_told_of_alone(
    tmp_path: Path, command: Command, repo: Path, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    """What it refers to in other files is known, and findings in those are left out."""
    monkeypatch.chdir(repo)
    file = tmp_path / "new.ttl"
    file.write_text(
        "@prefix park: <https://w3id.org/parkgraph/ontology#> .\n"
        "<https://w3id.org/parkgraph/id/project/new> a park:Project .\n",
        encoding="utf-8",
    )
    code, found = command.found(str(file))
    assert code == 1
    assert found and {one["file"] for one in found if one["severity"] == "violation"} == {str(file)}
    assert command("kg/project.ttl")[0] == 0


def test_the_graph_that_a_file_lies_in_judges_it(
    command: Command, tmp_path: Path, write_small_graph: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the one that came with the program, and not the one of the folder where the user stands."""
    nameless = "@prefix park: <https://w3id.org/parkgraph/ontology#> .\n<urn:x> a park:Project ."
    one = write_small_graph(tmp_path / "one", {"kg/new.ttl": nameless})
    other = write_small_graph(tmp_path / "other", {})
    (other / "ontology" / "shapes" / "project.ttl").write_text("@prefix x: <urn:x> .")
    monkeypatch.chdir(other)
    code, out, err = command(str(one / "kg" / "new.ttl"), "-f", "json")
    assert (code, err) == (1, f"graph: {one}\n")
    assert json.loads(out)["findings"][0]["rule"] == "https://w3id.org/parkgraph/shapes#Project-label"
    both = (str(one / "kg"), str(other / "kg"))
    code, out, err = command(*both)
    assert (code, err.partition(":")[0]) == (2, "these lie in different graphs")
    assert command(*both, "--root", str(one))[0] == 1


def test_folders(files: Files, command: Command, tmp_path: Path) -> None:
    files(s=SHAPES)
    inside = tmp_path / "data" / "deep"
    inside.mkdir(parents=True)
    (inside / "d.ttl").write_text("<http://e/a> a <http://e/C> .", encoding="utf-8")
    code, found = command.found("data", "-s", "s.ttl")
    assert code == 1
    assert found[0]["file"] == "data/deep/d.ttl"
    (tmp_path / "none").mkdir()
    code, out, _ = command("none", "-s", "s.ttl")
    assert code == 1
    assert "no node of the data is a target of any shape: nothing was checked" in out
    assert command("none", "-s", "s.ttl", "--allow-empty")[0] == 0


def test_ontology(files: Files, command: Command) -> None:
    files(d="ex:a a ex:D .", s=SHAPES, o="ex:D rdfs:subClassOf ex:C .")
    assert command("d.ttl", "-s", "s.ttl", "-e", "o.ttl")[0] == 1
    code, out, _ = command("d.ttl", "-s", "s.ttl")
    assert code == 1
    assert "no node of the data is a target of any shape" in out
    assert command("d.ttl", "-s", "s.ttl", "--allow-empty")[0] == 0


def test_inferred_triples_are_validated_on_request(files: Files, command: Command) -> None:
    files(
        d="ex:a a ex:C .\nex:b ex:partOf ex:a .",
        s="ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:hasPart ; sh:class ex:T ] .",
        o="ex:partOf owl:inverseOf ex:hasPart .",
    )
    assert command("d.ttl", "-s", "s.ttl", "-e", "o.ttl")[0] == 0
    code, found = command.found("d.ttl", "-s", "s.ttl", "-e", "o.ttl", "--inferred")
    (finding,) = found
    assert code == 1
    assert (finding["file"], finding["line"], finding["column"]) == ("d.ttl", 8, 6)
    assert [(place["file"], place["line"]) for place in finding["related"]] == [
        ("o.ttl", 7),
        ("d.ttl", 8),
    ]


@pytest.mark.parametrize(("fail_on", "code"), [("violation", 0), ("warning", 1), ("info", 1)])
def test_fail_on(files: Files, command: Command, fail_on: str, code: int) -> None:
    files(d=BAD, s=WARNS)
    found, out, _ = command("d.ttl", "-s", "s.ttl", "--fail-on", fail_on)
    assert found == code
    assert "2 warnings" in out


def test_all_findings_are_counted_and_the_worst_stay(files: Files, command: Command) -> None:
    warn = (
        SHAPES.replace("ex:S", "ex:W").replace("ex:p", "ex:q").replace("1 ]", "1 ; sh:severity sh:Warning ]")
    )
    files(d="".join(f"ex:n{n} a ex:C .\n" for n in range(50)), s=SHAPES + warn)
    code, out, _ = command("d.ttl", "-s", "s.ttl", "--max-findings", "3")
    assert code == 1
    assert "7:1 " in out and "9:1 " in out and "10:1 " not in out
    assert "… and 97 more, not shown" in out and "50 violations, 50 warnings" in out
    _, out, _ = command("d.ttl", "-s", "s.ttl", "--max-findings", "50", "-f", "json")
    assert {one["severity"] for one in json.loads(out)["findings"]} == {"violation"}
    assert len(command.found("d.ttl", "-s", "s.ttl", "--max-findings", "0")[1]) == 100


def test_reports_to_files(files: Files, command: Command, tmp_path: Path) -> None:
    files(d=BAD, s=SHAPES)
    code, out, _ = command(
        "d.ttl", "-s", "s.ttl", "--report", "sarif:r.sarif", "--report", "gitlab:gl.json", "-f", "github"
    )
    assert code == 1
    assert out.startswith("::error file=d.ttl,line=7,")
    assert json.loads((tmp_path / "r.sarif").read_text())["version"] == "2.1.0"
    assert len(json.loads((tmp_path / "gl.json").read_text())) == 2
    code, out, _ = command("d.ttl", "-s", "s.ttl", "-o", "report.xml")
    assert (code, out) == (1, "")
    assert (tmp_path / "report.xml").read_text().startswith("<?xml")


def test_step_summary(
    files: Files, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files(d=BAD, s=SHAPES)
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    command("d.ttl", "-s", "s.ttl", "-f", "text")
    assert not summary.exists()
    command("d.ttl", "-s", "s.ttl", "-f", "github")
    assert summary.read_text(encoding="utf-8").startswith("### ❌ parkgraph validate")


def test_schema(command: Command) -> None:
    code, out, _ = command("--schema")
    assert code == 0
    assert json.loads(out)["title"] == "Findings of parkgraph"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "jsn"], "is json meant?"),
        (["--engine", "quick"], "one of: fast, reference"),
        (["--fail-on", "error"], "one of: violation, warning, info"),
        (["-o", "report.html"], "cannot be told from its name"),
        (["--report", "sarif"], "FORMAT:FILE"),
        (["--report", "html:x"], "unknown value of --report"),
        (["--report", "sarif:none/x.sarif"], "cannot write none/x.sarif: No such file or directory"),
        (["-o", "none/x.sarif"], "cannot write none/x.sarif: No such file or directory"),
        (["--report", "sarif:."], "cannot write .: Is a directory"),
        (["-o", "d.ttl"], "d.ttl is read by this command"),
        (["--report", "turtle:s.ttl"], "s.ttl is read by this command"),
        (["--report", "sarif:a.x", "--report", "junit:./a.x"], "two reports go to ./a.x"),
        (["--reason", "because"], "--reason goes with --write-baseline"),
        (["--store", "fuseki"], "--store goes with --endpoint"),
        (["--baseline", ""], "an argument is empty"),
        (["--time-limit", "nan"], "“nan” is not a number"),
        (["--time-limit", "1e400"], "“1e400” is not a number"),
        (["--write-baseline", "b.yaml"], "needs --reason"),
        (["--changed-only", "HEAD"], "is in no git repository"),
    ],
)
def test_wrong_usage(files: Files, command: Command, arguments: list[str], said: str) -> None:
    files(d=BAD, s=SHAPES)
    code, out, err = command("d.ttl", "-s", "s.ttl", *arguments)
    assert (code, out) == (2, "")
    assert said in err


# --- baseline ------------------------------------------------------------------


def test_baseline(files: Files, command: Command, tmp_path: Path) -> None:
    files(d=BAD, s=SHAPES)
    code, _, err = command(
        "d.ttl", "-s", "s.ttl", "--write-baseline", "b.yaml", "--reason", "known since May"
    )
    assert code == 0
    assert "findings accepted in b.yaml: 2" in err
    assert command("d.ttl", "-s", "s.ttl", "--baseline", "b.yaml")[0] == 0
    # A new one counts, and one that is gone is told.
    files(d="ex:z ex:q 1 .\nex:a a ex:C .\nex:c a ex:C .")
    code, found = command.found("d.ttl", "-s", "s.ttl", "--baseline", "b.yaml")
    assert code == 1
    assert [one["focus"] for one in found if one["severity"] == "violation"] == ["<http://e/c>"]
    (old,) = [one for one in found if one["rule"] == "validate/outdated-baseline"]
    assert (old["file"], old["severity"]) == ("b.yaml", "info")
    assert "since May" in old["message"]
    lines = (tmp_path / "b.yaml").read_text(encoding="utf-8").splitlines()
    assert "fingerprint" in lines[old["line"] - 1]
    # One that matches nothing may be that of other files.
    files(t="ex:T sh:targetClass ex:C ; sh:nodeKind sh:IRI .")
    assert command("d.ttl", "-s", "t.ttl")[0] == 0
    assert command("d.ttl", "-s", "t.ttl", "--baseline", "b.yaml")[0] == 1
    assert command("d.ttl", "-s", "t.ttl", "--baseline", "b.yaml", "--allow-empty")[0] == 0


def test_baseline_keeps_older_reasons(files: Files, command: Command, tmp_path: Path) -> None:
    files(d="ex:a a ex:C .", s=SHAPES)
    command("d.ttl", "-s", "s.ttl", "--write-baseline", "b.yaml", "--reason", "first")
    files(d=BAD)
    command("d.ttl", "-s", "s.ttl", "--write-baseline", "b.yaml", "--reason", "second")
    entries = yaml.safe_load((tmp_path / "b.yaml").read_text(encoding="utf-8"))["accepted"]
    assert [(one["focus"], one["reason"]) for one in entries] == [
        ("<http://e/a>", "first"),
        ("<http://e/b>", "second"),
    ]


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("accepted:\n- fingerprint: abc\n", "no reason is given", 2),
        ("accepted:\n- fingerprint: abc\n  reason: '  '\n", "no reason is given", 2),
        ("accepted:\n\n- reason: because\n", "without fingerprint", 3),
        ("rejected: []\n", "no list `accepted`", 1),
        ("accepted: [\n", "not YAML", 2),
    ],
)
def test_bad_baseline(
    files: Files, command: Command, tmp_path: Path, text: str, said: str, line: int
) -> None:
    files(d=BAD, s=SHAPES)
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    code, out, err = command("d.ttl", "-s", "s.ttl", "--baseline", "b.yaml")
    assert (code, out) == (3, "")
    assert said in err
    assert err.startswith(f"b.yaml:{line}: ")


# --- changed only --------------------------------------------------------------


@pytest.fixture
def repository(files: Files, tmp_path: Path) -> Callable[[str], None]:
    """Makes the folder a git repository; the function commits everything."""
    plain = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    identity = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"]

    def git(*arguments: str) -> None:
        line = ["git", *identity, *arguments]
        subprocess.run(line, cwd=tmp_path, check=True, capture_output=True, env=plain)

    def commit(message: str) -> None:
        git("add", "-A")
        git("commit", "-q", "-m", message)

    git("init", "-q")
    return commit


def test_changed_only(files: Files, command: Command, repository: Callable[[str], None]) -> None:
    files(d="ex:a a ex:C .", s=SHAPES)
    repository("one")
    files(d="\n\nex:z ex:q 1 .\nex:a a ex:C .\nex:b a ex:C .")
    code, found = command.found("d.ttl", "-s", "s.ttl", "--changed-only", "HEAD")
    assert code == 1
    assert [one["focus"] for one in found] == ["<http://e/b>"]
    repository("two")
    assert command("d.ttl", "-s", "s.ttl", "--changed-only", "HEAD")[0] == 0
    code, found = command.found("d.ttl", "-s", "s.ttl", "--changed-only", "HEAD~1")
    assert [one["focus"] for one in found] == ["<http://e/b>"]


def test_changed_only_sees_what_a_removed_file_breaks(
    files: Files, command: Command, repository: Callable[[str], None], tmp_path: Path
) -> None:
    shapes = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:class ex:T ] ."
    (tmp_path / "kg").mkdir()
    (tmp_path / "kg" / "d.ttl").write_text("<http://e/a> a <http://e/C> ; <http://e/p> <http://e/t> .")
    (tmp_path / "kg" / "t.ttl").write_text("<http://e/t> a <http://e/T> .")
    files(s=shapes)
    repository("one")
    assert command("kg", "-s", "s.ttl", "--changed-only", "HEAD")[0] == 0
    (tmp_path / "kg" / "t.ttl").unlink()
    code, found = command.found("kg", "-s", "s.ttl", "--changed-only", "HEAD")
    assert code == 1
    assert found[0]["value"] == "<http://e/t>"


def test_changed_only_with_new_files_broken_old_ones_and_unknown_revisions(
    files: Files, command: Command, repository: Callable[[str], None]
) -> None:
    files(d="this is no Turtle", s=SHAPES)
    repository("one")
    files(d=BAD, e="ex:e a ex:C .")
    code, found = command.found("d.ttl", "e.ttl", "-s", "s.ttl", "--changed-only", "HEAD")
    assert (code, len(found)) == (1, 3)
    for revision in ("nowhere", "--upload-pack=x"):
        code, out, err = command("d.ttl", "-s", "s.ttl", f"--changed-only={revision}")
        assert (code, out) == (2, ""), revision
        assert f"--changed-only: git knows no commit '{revision}'" in err
        assert "name a commit, branch or tag" in err


def test_an_interrupt_does_not_wait_for_the_thread_of_many_shapes() -> None:
    go, ended = threading.Event(), threading.Event()

    def work() -> Report:
        _thread.interrupt_main()
        go.wait(60)
        ended.set()
        raise AssertionError

    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background ignores it
    try:
        with pytest.raises(KeyboardInterrupt):
            _with_room(work)
    finally:
        signal.signal(signal.SIGINT, heard)
    assert not ended.is_set()
    go.set()
