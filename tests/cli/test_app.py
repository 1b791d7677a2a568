"""The command line's frame: common options, messages, exit codes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph import __version__
from parkgraph.cli.app import COMMANDS, application
from parkgraph.cli.settings import Settings, environment_lang, take
from parkgraph.errors import Usage

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_version(parkgraph: Run) -> None:
    assert parkgraph("--version").stdout == f"parkgraph {__version__}\n"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_help_names_every_command_with_an_example(parkgraph: Run, lang: str) -> None:
    done = parkgraph("--help", "--lang", lang)
    assert done.returncode == 0
    for name, command in COMMANDS.items():
        assert f"  {name} " in done.stdout
        assert command.example in done.stdout
        assert getattr(command, lang) in done.stdout
    assert parkgraph("--lang", lang).stdout == done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(parkgraph: Run, name: str) -> None:
    done = parkgraph(name, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert f"parkgraph {name}" in done.stdout
    assert "Example" in done.stdout


def test_the_whole_application_can_be_put_together() -> None:
    from typer.main import get_command

    command = get_command(application(*COMMANDS))
    assert set(COMMANDS) == set(getattr(command, "commands", {}))


def test_unknown_command_names_the_nearest(parkgraph: Run) -> None:
    done = parkgraph("quer", "x")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "did you mean query?" in done.stderr
    assert "query" in parkgraph("quer", "--lang", "zh").stderr
    assert "did you mean" not in parkgraph("xyzzy").stderr


def test_what_was_typed_does_not_steer_the_terminal(parkgraph: Run) -> None:
    for args in (["x\x1b[31m"], ["ask", "x\x1b[31m"], ["--root", "x\x1b[31m", "questions"]):
        assert "x�[31m" in parkgraph(*args).stderr


@pytest.mark.parametrize(
    "args",
    [
        ["--nope"],
        ["query", "--nope"],
        ["query", "--max-rows", "many", "-e", "ASK {}"],
        ["--lang", "fr", "questions"],
        ["questions", "--lang"],
        ["query"],
        ["query", "a.rq", "-e", "ASK {}"],
        ["export", "--format", "pdf"],
        ["export", "--graphs", "everything"],
        ["export", "-o", "graph.pdf"],
        ["export", "--root", "nowhere"],
    ],
)
def test_wrong_usage(parkgraph: Run, args: list[str]) -> None:
    done = parkgraph(*args)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_help_in_chinese_has_a_chinese_frame(parkgraph: Run, name: str) -> None:
    said = parkgraph(name, "--help", "--lang", "zh").stdout
    assert said.startswith("用法：")
    assert "示例" in said
    for english in (
        "Usage:",
        "Options:",
        "Arguments:",
        "Commands:",
        "[OPTIONS]",
        "default:",
        "required",
        "Show",
    ):
        assert english not in said


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["ask", "--limit", "x"], "--limit、-n 的值不对：“x”不是整数"),
        (["query", "--timeout", "x"], "--timeout 的值不对：“x”不是数"),
        (["query", "--max-rows", "1.5"], "--max-rows 的值不对：“1.5”不是整数"),
        (["query", "--max-rows", "-1"], "--max-rows 的值不对：-1 不在 x>=0 的范围内"),
        (["ask", "--engine", "x"], "--engine 的值不对：“x”不在可选值之中：'fast', 'reference'"),
        (["why", "a"], "缺少参数 P"),
        (["load"], "缺少选项 --to"),
        (["query", "--xyz"], "没有选项 --xyz"),
        (["questions", "--topi"], "没有选项 --topi，是否想用 --topic？"),
        (["query", "-e"], "选项 -e 需要一个值"),
        (["lint", "--checks=1"], "选项 --checks 不带值"),
        (["questions", "x"], "多出的参数：x"),
    ],
)
def test_complaints_in_chinese(parkgraph: Run, args: list[str], says: str) -> None:
    done = parkgraph(*args, "--lang", "zh")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == says


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


def test_common_options_stand_anywhere() -> None:
    wanted = Settings(lang="zh", root="r", debug=True, quiet=True)
    for args in (
        ["--lang", "zh", "--root=r", "--debug", "-q", "ask", "x", "--format", "csv"],
        ["ask", "--lang=zh", "x", "--root", "r", "--format", "csv", "--quiet", "--debug"],
    ):
        assert take(args) == (wanted, ["ask", "x", "--format", "csv"])
    assert take(["query", "--", "--lang", "zh"])[1] == ["query", "--", "--lang", "zh"]
    with pytest.raises(Usage):
        take(["ask", "--root"])


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


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGPIPE")
def test_a_reader_that_goes_away_is_no_error(parkgraph: Run, small_root: Callable[..., Path]) -> None:
    # The pipe's reader is closed before the command writes.
    process = subprocess.Popen(
        [sys.executable, "-m", "parkgraph", "--root", str(small_root()), "export", "-f", "ntriples"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    message = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() == 141
    assert message == ""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what the process waits for")
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
    """Whether the process waits in read(0, …)."""
    return Path(f"/proc/{pid}/syscall").read_text().startswith("0 0x0 ")
