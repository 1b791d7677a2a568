"""`parkgraph ask` and `parkgraph questions` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from parkgraph.show.table import width

GRAPH = Path(__file__).resolve().parent / "graph"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def ask(parkgraph: Run) -> Run:
    """Runs `parkgraph … --root GRAPH`."""

    def run(*args: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        return parkgraph(*args, "--root", GRAPH, **options)

    return run


def test_a_pipe_gets_tsv_and_nothing_else(ask: Run) -> None:
    done = ask("ask", "projects-serving", "--industry", "生物医药", "--lang", "zh")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "?project\t?projectLabel\t?amount\t?basis\t?evidence" and len(lines) == 3


def test_what_a_question_speaks_of_by_default_is_told(ask: Run) -> None:
    assert "--industry 未另行指定时为“生物医药”" in ask("ask", "projects-serving", "--lang", "zh").stderr


def test_a_parameter_is_an_option_anywhere(ask: Run) -> None:
    for args in (
        ["ask", "--industry", "IT服务", "projects-serving", "--format", "jsonl"],
        ["ask", "projects-serving", "--industry=it", "--format=jsonl"],
        ["ask", "-f", "jsonl", "projects-serving", "--industry", "industry:it"],
    ):
        done = ask(*args, "--lang", "en")
        assert [json.loads(line)["projectLabel"] for line in done.stdout.splitlines()] == [
            "demonstration base"
        ]


def test_a_parameter_given_twice(ask: Run) -> None:
    done = ask("ask", "projects-serving", "--industry", "it", "--industry", "27", "--format", "jsonl")
    assert len(done.stdout.splitlines()) == 3


def test_a_negative_number_is_a_value(ask: Run) -> None:
    assert len(ask("ask", "amounts-from", "--least", "-10").stdout.splitlines()) == 3


def test_table_fits_the_terminal_and_speaks_the_language(ask: Run) -> None:
    env = {"COLUMNS": "60", "LC_ALL": "zh_CN.UTF-8"}
    done = ask("ask", "projects-serving", "--format", "table", "--evidence", env=env)
    assert "章节" in done.stdout and "健康小镇" in done.stdout and "推断" in done.stdout
    assert max(map(width, done.stdout.splitlines())) <= 60


def test_article_adds_the_words(ask: Run, article: Path) -> None:
    done = ask("ask", "projects-serving", "--article", article, "--format", "csv", "--lang", "zh")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["原文"] for row in rows] == ["甲园区 | 新药基地", "乙项目 |  | "]


def test_a_file_is_written_whole_with_a_mark_for_spreadsheets(ask: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    done = ask("ask", "projects-serving", "--industry", "生物医药", "-o", file, "--lang", "zh")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    ask("ask", "projects-serving", "-o", file, "--no-bom", "--headings", "names")
    assert file.read_bytes().startswith(b"project,amount,basis,evidence\r\n")
    assert not ask("ask", "projects-serving", "--format", "csv").stdout.startswith("\ufeff")
    assert ask("ask", "projects-serving", "--format", "csv", "--bom").stdout.startswith("\ufeff")


def test_limit_speaks_on_stderr(ask: Run) -> None:
    done = ask("ask", "projects-serving", "--limit", "1", "--lang", "en")
    assert len(done.stdout.splitlines()) == 2
    assert "1 of 2 rows shown" in done.stderr
    assert ask("ask", "projects-serving", "--limit", "1", "--quiet").stderr == ""


def test_nothing_found_is_said_and_fine(ask: Run) -> None:
    done = ask("ask", "projects-serving", "--industry", "health", "--lang", "zh")
    assert (done.returncode, done.stderr) == (0, "没有结果\n")


def test_both_engines_write_the_same(ask: Run) -> None:
    for format in ("json", "md"):
        fast, slow = (
            ask("ask", "projects-serving", "--format", format, "--engine", engine).stdout
            for engine in ("fast", "reference")
        )
        assert fast == slow != ""


def test_basis(ask: Run) -> None:
    done = ask("ask", "projects-serving", "--basis", "推断", "--format", "jsonl", "--lang", "zh")
    assert [json.loads(line)["projectLabel"] for line in done.stdout.splitlines()] == ["健康小镇"]


def test_why_a_row(ask: Run) -> None:
    done = ask("ask", "what-lies-within", "--why", "1", "--lang", "zh")
    assert "新药基地：位于：示范基地" in done.stdout and "prp-trp" in done.stdout
    told = json.loads(ask("ask", "what-lies-within", "--why", "2", "--format", "json").stdout)
    assert [fact["origin"] for fact in told] == ["data"]
    assert ask("ask", "what-lies-within", "--why", "3").returncode == 2
    assert ask("ask", "what-lies-within", "--why", "1", "--format", "csv").returncode == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_of_a_question(ask: Run, lang: str) -> None:
    done = ask("ask", "projects-serving", "--help", "--lang", lang)
    assert done.returncode == 0
    for said in ("--industry", "industry:biomedicine", {"zh": "产业", "en": "industry"}[lang]):
        assert said in done.stdout
    # The example it gives is a command that works.
    (example,) = (line for line in done.stdout.splitlines() if line.startswith("  parkgraph ask"))
    assert ask(*example.split()[1:]).stdout == ask("ask", "projects-serving").stdout


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["ask"], 2, "which question?"),
        (["ask", "project-serving"], 2, "nearest:\n    projects-serving: Which projects"),
        (["ask", "projects-serving", "is-any"], 2, "one question at a time"),
        (["ask", "projects-serving", "--industri", "x"], 2, "did you mean --industry?"),
        (["ask", "projects-serving", "--industry", "生物"], 2, "生物医药大健康 (industry:health)"),
        (["ask", "projects-serving", "--industry"], 2, "--industry needs a value"),
        (["ask", "projects-serving", "-x"], 2, "unknown option: -x"),
        (["ask", "what-lies-within", "--whole", "示范基地"], 2, "fits 2"),
        (["ask", "projects-serving", "--format", "xls"], 2, "unknown value of --format: xls"),
        (["ask", "projects-serving", "--format", "ttl"], 2, "ttl is for triples"),
        (["ask", "projects-serving", "-o", "x.xls"], 2, "cannot be told from its name"),
        (["ask", "projects-serving", "-o", "no/such/x.csv"], 2, "cannot write no/such/x.csv"),
        (["ask", "projects-serving", "--limit", "-1"], 2, "--limit"),
        (["ask", "projects-serving", "--engine", "jena"], 2, "jena"),
        (["ask", "projects-serving", "--basis", "guess"], 2, "no basis called “guess”"),
        (["ask", "projects-serving", "--article", "missing.txt"], 3, "missing.txt: no such file"),
        (["questions", "--topic", "nope"], 2, "the topics are project, test"),
        (["questions", "--format", "nt"], 2, "unknown value of --format: nt"),
    ],
)
def test_wrong_usage(ask: Run, args: list[str], code: int, said: str) -> None:
    lang = "zh" if "生物医药" in said else "en"
    done = ask(*args, "--lang", lang)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr and "Traceback" not in done.stderr


def test_bytes_that_are_no_text(ask: Run) -> None:
    done = ask("ask", "projects-serving", "--industry", b"\xff\xfe".decode("utf-8", "surrogateescape"))
    assert done.returncode == 2 and "--industry" in done.stderr


def test_questions(ask: Run) -> None:
    listed = ask("questions", "--format", "jsonl", "--lang", "zh").stdout.splitlines()
    assert [json.loads(line)["id"] for line in listed][:2] == ["projects-serving", "what-lies-within"]
    assert json.loads(listed[0])["summary"] == "哪些项目服务于某一产业？"
    whole, part = (ask("questions", "--topic", topic).stdout for topic in ("test", "tes"))
    assert len(whole.splitlines()) == 5 and part == whole
    assert "sh:SPARQLSelectExecutable" in ask("questions", "--format", "ttl").stdout
    assert "| topic |" in ask("questions", "--format", "md", "--lang", "en").stdout


def test_questions_stand_under_their_topics(ask: Run) -> None:
    lines = ask("questions", "--format", "table", "--lang", "en").stdout.splitlines()
    heads = [line for line in lines if line.endswith(("--topic project", "--topic test"))]
    assert [head.partition(" (")[0] for head in heads] == ["project", "test"]
    assert sum(line.startswith("  ") and line[2] != " " for line in lines) == len(
        ask("questions", "--format", "jsonl").stdout.splitlines()
    )
    assert "--industry" not in "\n".join(lines)
    assert "--industry" in ask("questions", "--format", "table", "--topic", "project").stdout


def test_triples_and_booleans(ask: Run) -> None:
    assert ask("ask", "as-triples").stdout.count(" .\n") == 3
    assert "industry:it park:servedBy project:region" in ask("ask", "as-triples", "--format", "ttl").stdout
    assert ask("ask", "is-any").stdout == "true\n"
    assert ask("ask", "is-any", "--format", "table", "--lang", "zh").stdout == "是\n"
