"""Every help text whole, in both languages, as help.en.txt and help.zh.txt hold them.

python tests/cli/test_help.py writes these files anew: read what it wrote.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from parkgraph.cli.app import COMMANDS

HERE = Path(__file__).parent
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{3,}")


def texts(lang: str) -> str:
    """`parkgraph --help` and the help of each command, one after the other."""
    shown = []
    for name in (None, *COMMANDS):
        words = ["parkgraph", *([name] if name else []), "--help"]
        done = subprocess.run(
            [sys.executable, "-m", *words],
            env={**os.environ, "LC_ALL": "zh_CN.UTF-8" if lang == "zh" else "C.UTF-8", "COLUMNS": "100"},
            capture_output=True,
            encoding="utf-8",
        )
        assert (done.returncode, done.stderr) == (0, "")
        shown.append(f"$ {' '.join(words)}\n{done.stdout}")
    return "\n".join(shown)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_help(lang: str) -> None:
    golden = (HERE / f"help.{lang}.txt").read_text(encoding="utf-8")
    assert texts(lang) == golden, f"renew with: python {Path(__file__).name}"


def test_chinese_help_has_nothing_english_left() -> None:
    """But for names, values and examples: no two English words stand side by side."""
    words = (HERE / "help.zh.txt").read_text(encoding="utf-8").splitlines()
    prose = [line for line in words if "parkgraph" not in line and "JSON Schema" not in line]
    assert [line for line in prose if ENGLISH.search(line)] == []


if __name__ == "__main__":
    for each in ("en", "zh"):
        (HERE / f"help.{each}.txt").write_text(texts(each), encoding="utf-8")
