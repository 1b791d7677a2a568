"""SPARQL XML, and escaping for XML and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import BlankNode, NamedNode, Triple

from parkgraph.show.cells import Term, sparql_json

# Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

XML_START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
)


def sparql_results_xml(columns: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> Iterator[str]:
    """SPARQL 1.1 XML results, one row a line."""
    variables = "".join(f'<variable name="{column}"/>' for column in columns)
    yield f"{XML_START}<head>{variables}</head>\n<results>\n"
    for row in rows:
        bindings = (
            f'<binding name="{column}">{_xml_term(term)}</binding>'
            for column, term in zip(columns, row, strict=True)
            if term is not None
        )
        yield f"<result>{''.join(bindings)}</result>\n"
    yield "</results>\n</sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        inside = "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts.items())
        return f"<triple>{inside}</triple>"
    described = sparql_json(term)
    attributes = "".join(
        f' {name}="{escape(str(described[name]))}"' for name in ("xml:lang", "datatype") if name in described
    )
    return f"<literal{attributes}>{escape(term.value)}</literal>"


def escape(text: str) -> str:
    """`text` for the inside of an XML or HTML element or quoted attribute."""
    text = _NOT_XML.sub("�", text)
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(char, entity)
    return text.replace("\r", "&#13;")
