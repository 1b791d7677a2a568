"""The command line's frame: common options, messages, exit codes."""

from __future__ import annotations

import argparse
import ast
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from parkgraph import __version__
from parkgraph.cli.app import COMMANDS, run
from parkgraph.cli.settings import environment_lang
from parkgraph.messages import LOCALE

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_version(parkgraph: Run) -> None:
    assert parkgraph("--version").stdout == f"parkgraph {__version__}\n"


def test_unknown_command_names_the_nearest(parkgraph: Run) -> None:
    done = parkgraph("quer", "x")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "did you mean query?" in done.stderr
    assert "query" in parkgraph("quer", "--lang", "zh").stderr
    assert "did you mean" not in parkgraph("xyzzy").stderr


def test_what_was_typed_does_not_steer_the_terminal(parkgraph: Run) -> None:
    for args in (["x\x1b[31m"], ["show", "x\x1b[31m"], ["--root", "x\x1b[31m", "questions"]):
        said = parkgraph(*args).stderr
        assert "[31m" in said and "\x1b" not in said


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["questions", "--lang"], "--lang needs a value"),
        (["--lang", "fr", "questions"], "unknown value of --lang: fr"),
        (["ask", "--limit", "x"], "--limit 的值无效：“x”不是整数"),
        (["query", "--timeout", "nan"], "--timeout 的值无效：“nan”不是数"),
        (["query", "--timeout", "0"], "--timeout 的值无效：0 超出范围"),
        (["query", "--max-rows", "-1"], "--max-rows 的值无效：-1 超出范围"),
        (["ask", "--engine", "x"], "--engine 的值无效：x"),
        (["why", "a"], "缺少：P, O"),
        (["load"], "缺少：--to"),
        (["query", "--xyz"], "没有选项 --xyz"),
        (["questions", "--topi"], "没有选项 --topi"),
        (["query", "-e"], "--text/-e：需要一个值"),
        (["cite", "--write=1"], "--write：不带值，多出 '1'"),
        (["questions", "x"], "多出一个参数：x"),
    ],
)
def test_complaints(capfd: pytest.CaptureFixture[str], args: list[str], says: str) -> None:
    """In Chinese, where the language is not what is wrong."""
    assert run(args if "--lang" in args else [*args, "--lang", "zh"]) == 2
    said = capfd.readouterr()
    assert (said.out, said.err.splitlines()[0]) == ("", says)


def test_a_misspelt_option_is_told_the_nearest(parkgraph: Run) -> None:
    done = parkgraph("questions", "--topi", "x")
    assert done.stderr == "unknown option: --topi\n  did you mean --topic?\n"


def test_everything_that_argparse_says_has_its_chinese() -> None:
    """Of the running Python's argparse: a new one may say more."""
    with (Path(LOCALE) / "zh" / "LC_MESSAGES" / "argparse.po").open("rb") as file:
        translated = {text for entry in read_po(file) if entry.string for text in [*sentences(entry.id)]}
    tree = ast.parse(Path(argparse.__file__).read_text(encoding="utf-8"))
    said = {
        argument.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "ngettext")
        for argument in node.args
        if isinstance(argument, ast.Constant)
    }
    assert len(said) > 20
    assert sorted(said - translated) == []


def sentences(id: str | tuple[str, ...]) -> tuple[str, ...]:
    return (id,) if isinstance(id, str) else tuple(id)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("args", [["--help"], ["ask", "--help"], ["query", "-e", "SELECT * { ?s ?p ?o }"]])
def test_no_room_for_the_output(small_root: Callable[..., Path], args: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "parkgraph", "--root", str(small_root()), *args],
            stdout=full, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("cannot write the output: ")
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_closed_output_is_no_fault(small_root: Callable[..., Path]) -> None:
    command = f"{sys.executable} -m parkgraph --root {small_root()} query -e 'ASK {{}}'"
    assert subprocess.run(f"{command} >&-", shell=True).returncode == 0
    done = subprocess.run(f"{command} --nope 2>&-", shell=True, stdout=subprocess.PIPE)
    assert (done.returncode, done.stdout) == (2, b"")


def test_common_options_stand_anywhere(parkgraph: Run, small_root: Callable[..., Path]) -> None:
    root, query = str(small_root()), ["query", "-e", "ASK { project:a ?p ?o }"]
    for args in (
        ["--lang", "zh", f"--root={root}", "--debug", "-q", *query, "--format", "table"],
        [*query, "--lang=zh", "--root", root, "--format", "table", "--quiet", "--debug"],
        ["--root", root, query[0], "-q", "--lang", "zh", *query[1:], "-f", "table"],
    ):
        assert parkgraph(*args).stdout == "是\n"
    done = parkgraph("cite", "--", "--lang", "zh")  # behind --, words are words
    assert done.stderr.startswith("--article FILE is missing")


def test_behind_two_hyphens_words_are_arguments(parkgraph: Run, small_root: Callable[..., Path]) -> None:
    root = str(small_root())
    for words in (["--", "-x.ttl", "--y.ttl"], ["-q", "--root", root, "--", "-x.ttl"]):
        assert parkgraph("validate", *words).stderr.splitlines()[-2] == "-x.ttl: no such file"
    assert parkgraph("questions", "--", "-x").stderr.startswith("one argument too many: -x\n")
    assert parkgraph("completion", "--", "-x").stderr.startswith("unknown value of SHELL: -x\n")
    done = parkgraph("why", "--root", root, "--", "-a", "-b", "-c")
    assert done.returncode == 2 and "“-a”" in done.stderr
    assert parkgraph("ask", "--root", root, "--", "-x").returncode == 2


def test_options_stand_between_arguments(parkgraph: Run, small_root: Callable[..., Path]) -> None:
    root = small_root()
    done = parkgraph("why", "project:a", "--root", root, "park:partOf", "--format", "json", "project:b")
    assert (done.returncode, json.loads(done.stdout)["origin"]) == (0, "data")
    kg, shapes = root / "kg" / "project.ttl", root / "ontology" / "shapes" / "project.ttl"
    done = parkgraph("validate", kg, "--shapes", shapes, root / "ontology" / "project.ttl")
    assert (done.returncode, done.stdout.partition(" files")[0]) == (
        0,
        "no findings (4",
    )  # and the graph's prefixes


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "fr_FR"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "zh_TW"}, "zh"),
    ],
)
def test_language_of_the_environment(
    variables: dict[str, str], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert environment_lang() == wanted


def test_traceback_only_with_debug(parkgraph: Run) -> None:
    assert "Traceback" not in parkgraph("--root", "nowhere", "export").stderr
    assert "Traceback" in parkgraph("--root", "nowhere", "export", "--debug").stderr


def test_chinese_comes_out_whatever_the_locale(parkgraph: Run) -> None:
    done = parkgraph(
        "--help", "--lang", "zh", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    )
    assert done.returncode == 0
    assert "命令" in done.stdout


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_a_terminal_of_another_encoding_is_spoken_to_in_it(
    small_root: Callable[..., Path], encoding: str
) -> None:
    query = 'SELECT ?label ("é😀" AS ?other) { project:a rdfs:label ?label }'
    words = ["query", "--root", str(small_root()), "--lang", "zh", "-f", "table", "-e", query]
    for args, said in ((words, "甲"), ([*words, "--nope"], "没有选项 --nope"), (["--help"], "")):
        done = subprocess.run(
            [sys.executable, "-m", "parkgraph", *args],
            capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding},
        )  # fmt: skip
        assert said in done.stdout.decode(encoding) + done.stderr.decode(encoding)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGPIPE")
def test_a_reader_that_goes_away_is_no_error(parkgraph: Run, small_root: Callable[..., Path]) -> None:
    # The pipe's reader is closed before the command writes.
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "parkgraph",
            "--root",
            str(small_root()),
            "export",
            "--unchecked",
            "-q",
            "-f",
            "nt",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    message = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() == 141
    assert message == ""


def test_help_of_a_command(parkgraph: Run) -> None:
    done = parkgraph("help", "export", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == parkgraph("export", "--help", "--lang", "en").stdout
    assert parkgraph("help", "nosuch").returncode == 2


def test_the_current_folder_may_be_gone(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    line = f"rmdir '{folder}'; '{sys.executable}' -P -m parkgraph validate --lang en"
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "the current folder has been removed\n  go to another one\n"


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what the process waits for")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupt(small_root: Callable[..., Path], how: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "parkgraph", "--root", str(small_root()), "query", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heed_interrupts,
    )
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    # It waits for the query on stdin as soon as it runs; the signal must find it there.
    while process.poll() is None and not reads_stdin(process.pid):
        time.sleep(0.01)
    process.send_signal(how)
    assert process.wait(timeout=60) == 130
    assert b"Traceback" not in process.stderr.read()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()


def heed_interrupts() -> None:
    # A job in the background of a shell ignores them, and so would its children.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def reads_stdin(pid: int) -> bool:
    """Whether the process, or its child, waits in read(0, …)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    processes = [pid, *map(int, children)]
    return any(Path(f"/proc/{one}/syscall").read_text().startswith("0 0x0 ") for one in processes)


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "name",
    [
        "questions",
        "ask",
        "query",
        "why",
        *(pytest.param(one, marks=SLOW) for one in ("export", "reason", "lint")),
    ],
)
def test_the_example_of_a_command_runs(parkgraph: Run, name: str) -> None:
    done = parkgraph(*shlex.split(COMMANDS[name].example)[1:])
    assert done.returncode == 0, done.stderr
