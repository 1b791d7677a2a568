"""Which of several forms or languages a client wants most, by Accept and Accept-Language (RFC 9110, 12.5)."""

from __future__ import annotations

from collections.abc import Sequence

GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
}
"""Media type → format of triples; the first is given to who takes any."""
ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media type → format of rows."""
PAGE = {"text/html": "html", "application/xhtml+xml": "html"}


def best(header: str, offered: Sequence[str]) -> str | None:
    """The one of `offered` media types or languages that fits best; earlier ones win. None when none fits."""
    wanted = list(map(_range, header.split(","))) if header.strip() else [("*", 1.0)]
    ranked = [(-_weight(one, wanted), at, one) for at, one in enumerate(offered)]
    weight, __, chosen = min(ranked)
    return chosen if weight < 0 else None


def _range(text: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    weight = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                weight = min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                weight = 0.0
    return name, weight


def _weight(one: str, wanted: Sequence[tuple[str, float]]) -> float:
    """Of the most specific range that fits: a type itself, `text/*` or `zh-CN` for zh, then all."""
    found = (-1, 0.0)
    for name, weight in wanted:
        if name == one:
            rank = 2
        elif (name.endswith("/*") and one.startswith(name[:-1])) or name.startswith(one + "-"):
            rank = 1
        elif name in ("*", "*/*"):
            rank = 0
        else:
            continue
        found = max(found, (rank, weight))
    return found[1]
