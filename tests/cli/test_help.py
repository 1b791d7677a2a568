"""Every help text whole, in both languages, as help.en.txt and help.zh.txt hold them.

python tests/cli/test_help.py writes these files anew: read what it wrote.
"""

from __future__ import annotations

import io
import os
import re
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest
from parkgraph.cli.app import COMMANDS, run

HERE = Path(__file__).parent
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{3,}")


def texts(lang: str) -> str:
    """`parkgraph --help` and the help of each command, one after the other."""
    shown = []
    for name in (None, *COMMANDS):
        words = [*([name] if name else []), "--help"]
        stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with redirect_stdout(stream), patch.dict(os.environ, COLUMNS="100"):
            assert run([*words, "--lang", lang]) == 0
        shown.append(f"$ {' '.join(['parkgraph', *words])}\n{stream.buffer.getvalue().decode()}")
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
