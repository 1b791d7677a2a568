"""Every sentence has its Chinese, with the same places for values; a missing catalogue is an error."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path

import parkgraph
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract
from parkgraph import messages
from parkgraph.messages import LOCALE, Either, _

PACKAGE = Path(parkgraph.__file__).parent
PO = Path(LOCALE) / "zh" / "LC_MESSAGES" / "parkgraph.po"


def in_the_source() -> set[str]:
    """The sentences that calls of `_` name, in the package and in the templates of its pages."""
    found = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                for argument in node.args[: node.func.id == "_"]:
                    assert isinstance(argument, ast.Constant), f"{file}:{node.lineno}: not a plain sentence"
                    found.add(argument.value)
    for file in PACKAGE.rglob("templates/*.html"):
        with file.open("rb") as stream:
            texts = [text for __, __, text, __ in babel_extract(stream, ["_"], [], {})]
            found |= {text if isinstance(text, str) else text[0] for text in texts}
    return found


def translations() -> dict[str, str]:
    with PO.open("rb") as file:
        return {entry.id: entry.string for entry in read_po(file) if entry.id and not entry.fuzzy}


def test_every_sentence_is_translated_and_none_is_left_over() -> None:
    translated = translations()
    assert sorted(in_the_source() - {text for text, chinese in translated.items() if chinese}) == []
    assert sorted(set(translated) - in_the_source()) == []


def test_translations_put_in_what_the_sentence_puts_in() -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"(?<!\{)\{(\w+)", text))

    assert [text for text, chinese in translations().items() if places(chinese) - places(text)] == []


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    compiled = io.BytesIO()
    with PO.open("rb") as file:
        write_mo(compiled, read_po(file))
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue(), "make catalogue"


def test_a_missing_catalogue_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(messages, "LOCALE", str(tmp_path))
    messages.catalogue.cache_clear()
    try:
        with pytest.raises(RuntimeError, match="no catalogue of messages for zh"):
            _("interrupted")["zh"]
        assert _("interrupted")["en"] == "interrupted"
    finally:
        messages.catalogue.cache_clear()


def test_values_are_put_in_as_the_language_writes_them() -> None:
    listed = _("one of: {known}", known=["a", "b"])
    assert (listed["en"], listed["zh"]) == ("one of: a, b", "可选：a、b")
    either = _("did you mean {near}?", near=Either(["a", "b"]))
    assert either["en"] == "did you mean a or b?"
    assert _("one of: {known}", known=_("interrupted"))["zh"] == "可选：已中断"
