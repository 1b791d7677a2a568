"""What a saved question is: its header, its parameters, and the SPARQL that answers it.

The format of the files is described in docs/questions-format.md; `load` reads them, `catalogue` finds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Literal as OneOf

if TYPE_CHECKING:
    from parkgraph.graph.sparql import Values
    from parkgraph.show.cells import Term

Kind = OneOf["entity", "concept", "year", "date", "number", "language", "text"]
Form = OneOf["SELECT", "CONSTRUCT", "ASK"]

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    label: language → what it is called.  of: IRI of the class of an entity or of the scheme of a concept,
    else "".  datatype: IRI, for a year or a number, else "".  places: where its terms stand in the file:
    between the braces of its VALUES line; those of the language also as `"zh"` in `LANG(?x) = "zh"`.
    default: these terms; empty when it stays open.
    """

    name: str
    kind: Kind
    label: Mapping[str, str]
    of: str
    datatype: str = ""
    places: tuple[Values, ...] = ()
    default: tuple[Term, ...] = ()

    @property
    def optional(self) -> bool:
        """Whether it may stay open (UNDEF)."""
        return not self.default

    @property
    def many(self) -> bool:
        """Whether it takes several values at once: a row then answers to any of them."""
        return self.kind in ("entity", "concept", "year")


@dataclass(frozen=True, slots=True)
class Question:
    """A question file.

    topic: its folder.  name: the file from the root, for messages.  summary, description: language → text.
    examples: language → ways in which people ask it.  columns: variable → language → heading.
    prefixes: those that the query declares.  text: the whole file, which is SPARQL as it stands.
    """

    id: str
    topic: str
    path: Path
    name: str
    summary: Mapping[str, str]
    description: Mapping[str, str]
    examples: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Mapping[str, str]]
    form: Form
    prefixes: Mapping[str, str]
    text: str

    @property
    def body(self) -> str:
        """The SPARQL without the header lines."""
        lines = self.text.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("#+")).strip("\n") + "\n"

    @property
    def language(self) -> str | None:
        """The name of its language parameter, if it has one."""
        return next((name for name, one in self.parameters.items() if one.kind == "language"), None)

    def headings(self, lang: str) -> dict[str, str]:
        """Column → heading in `lang`."""
        return {column: texts[lang] for column, texts in self.columns.items()}
