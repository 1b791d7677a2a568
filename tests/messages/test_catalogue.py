"""Every sentence has its Chinese, with the same places for values; a missing catalogue is an error."""

from __future__ import annotations

import ast
import errno
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import parkgraph
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract
from parkgraph import messages
from parkgraph.errors import system_said
from parkgraph.messages import LOCALE, Either, Quoted, _, in_language

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
    for file in PACKAGE.rglob("templates/*.*"):
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


OTHER_WORDS = {
    r"\bpassages?\b": "段落",
    r"\bviolations?\b": "错误",
    r"\bdigests?\b": "摘要|散列",
    r"\bvalidat|shapes graph": "验证",
    r"\bload(ed|s)?\b": "装载|装入",
    r"triple store": "存储库|三元组库",
    r"\bevidence\b": "证据",
    r"\binferences?\b": "推理",
    r"derived triples": "推断",
    r"\bomissions?\b": "遗漏|略去",
    r"\bunknown\b": "不认识|未知的",
}
"""A term → what it is not called in Chinese, where one word is chosen for it (docs/glossary.zh.md)."""


def test_one_thing_has_one_name() -> None:
    found = [
        (text, chinese)
        for text, chinese in translations().items()
        for term, other in OTHER_WORDS.items()
        if re.search(term, text) and re.search(other, chinese)
    ]
    assert found == []


def test_no_number_stands_before_a_plural_that_may_be_one() -> None:
    """Wordings such as `1 files` and `value(s)`: a sentence puts the number behind, or has both forms."""
    assert [text for text in translations() if "(s)" in text] == []


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
    system = _("cannot be read: {reason}", reason=Quoted("Input/output error"))
    assert (system["en"], system["zh"]) == (
        "cannot be read: Input/output error",
        "无法读取：“Input/output error”",
    )
    for number in (errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOSPC, errno.ENAMETOOLONG, errno.EROFS):
        said = system_said(OSError(number, os.strerror(number)))
        assert in_language(said, "en") == os.strerror(number)
        assert not re.search("[A-Za-z]", in_language(said, "zh"))


def test_what_others_say_is_quoted() -> None:
    """No sentence takes in the words of a caught exception as if they were ours: they may be English."""

    def foreign(node: ast.AST, names: set[str]) -> bool:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("Quoted", "system_said", "isinstance", "_"):
                return False
            if node.func.id in ("str", "getattr"):
                return any(isinstance(one, ast.Name) and one.id in names for one in node.args)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "search":
            return False  # a name that is found in it
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            return node.attr in ("msg", "strerror", "reason", "problem")
        if isinstance(node, ast.Name):
            return node.id in names
        return any(foreign(child, names) for child in ast.iter_child_nodes(node))

    def sentences(node: ast.AST, names: set[str]) -> Iterator[str]:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Assign) and foreign(inner.value, names):
                names |= {one.id for one in inner.targets if isinstance(one, ast.Name)}
            if not (
                isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "_"
            ):
                continue
            if any(foreign(keyword.value, names) for keyword in inner.keywords):
                yield f"{file.relative_to(PACKAGE)}:{inner.lineno}"

    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and node.name:
                found += sentences(node, {node.name})
    assert found == []
