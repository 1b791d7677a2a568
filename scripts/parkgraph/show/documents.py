"""Answers for documents and notebooks: Markdown and HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from parkgraph.show.table import visible

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~#&])")

_STYLE = (
    "body{font-family:system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;margin:2rem}"
    "table{border-collapse:collapse}th,td{border:1px solid #8886;padding:.3rem .6rem;text-align:left;"
    "vertical-align:top}td.number{text-align:right}caption{text-align:left;font-weight:bold;padding:.3rem 0}"
)


class Cell(NamedTuple):
    """A cell for people.  text: what it says.  link: the IRI behind it, or "".  numeric: a number.

    value: as Python has it.
    """

    text: str
    link: str = ""
    numeric: bool = False
    value: object = None


def markdown(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], numeric: Sequence[bool]
) -> Iterator[str]:
    """A pipe table; labels of http(s) IRIs are links."""
    yield _pipe(map(_plain_markdown, headings))
    yield _pipe("--:" if right else "---" for right in numeric)
    for row in rows:
        yield _pipe(map(_markdown_cell, row))


def _pipe(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _markdown_cell(cell: Cell) -> str:
    text = _plain_markdown(cell.text)
    if not _linkable(cell.link):
        return text
    link = cell.link.replace("(", "%28").replace(")", "%29").replace("|", "%7C")
    return f"[{text}](<{link}>)"


def _plain_markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", visible(text))


def html_table(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, lang: str, caption: str = ""
) -> Iterator[str]:
    """A `<table>`; everything escaped, only http(s) IRIs linked."""
    yield f'<table lang="{escape(lang)}">\n'
    if caption:
        yield f"<caption>{escape(caption)}</caption>\n"
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    yield f"<thead><tr>{head}</tr></thead>\n<tbody>\n"
    for row in rows:
        yield f"<tr>{''.join(map(_html_cell, row))}</tr>\n"
    yield "</tbody>\n</table>\n"


def _html_cell(cell: Cell) -> str:
    text = escape(cell.text)
    if _linkable(cell.link):
        text = f'<a href="{escape(cell.link)}">{text}</a>'
    return f'<td class="number">{text}</td>' if cell.numeric else f"<td>{text}</td>"


def html_page(body: Iterable[str], *, lang: str, title: str) -> Iterator[str]:
    """A whole page around `body`; it loads nothing from anywhere."""
    yield (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n"
    )
    yield from body
    yield "</html>\n"


def _linkable(iri: str) -> bool:
    return iri.startswith(("http://", "https://"))


def escape(text: str) -> str:
    """`text` for the inside of an HTML element or quoted attribute."""
    return html.escape(_CONTROL.sub("�", text)).replace("\r", "&#13;")
