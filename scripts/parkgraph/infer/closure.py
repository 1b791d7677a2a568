"""The OWL 2 RL closure of a graph, by the Nemo rule engine under the rules of `ontology/owl2rl.rls`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Triple

from parkgraph.infer.contradiction import Contradiction, is_real
from parkgraph.infer.derivation import Derivation, derive
from parkgraph.infer.numbering import Numbering
from parkgraph.infer.rules import read_rules
from parkgraph.infer.trivial import is_trivial


class Closure:
    """What follows from a graph.  Made by `close`; holds the engine's tables, so drop it when done."""

    def __init__(self, engine: Any, numbering: Numbering) -> None:
        self._engine = engine
        self._numbering = numbering

    def __iter__(self) -> Iterator[Triple]:
        """The inferred triples one by one: new and not trivial, in no particular order."""
        term = self._numbering.term
        for row in self._engine.result("inferred"):
            subject, predicate, object_ = map(term, row)
            if not is_trivial(subject, predicate, object_):
                yield Triple(subject, predicate, object_)  # type: ignore[arg-type]

    @cached_property
    def inferred(self) -> list[Triple]:
        """The inferred triples: new and not trivial, in no particular order."""
        return list(self)

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """What cannot be true together, each once, in a stable order."""
        found: dict[object, Contradiction] = {}
        for rule, *numbers in self._engine.result("clash"):
            contradiction = Contradiction(
                rule=rule.strip('"'), terms=tuple(self._numbering.term(number) for number in numbers)
            )
            if is_real(contradiction):
                found.setdefault((contradiction.rule, frozenset(contradiction.terms)), contradiction)
        return sorted(found.values(), key=Contradiction.sort_key)

    def explain(self, what: Triple | Contradiction) -> Derivation | None:
        """How `what` follows from the asserted triples, in the fewest rounds; None when it does not follow.

        An asserted triple gives a derivation without premises.
        """
        return derive(self._engine, self._numbering, what)


def close(triples: Iterable[Triple]) -> Closure:
    """The closure of `triples` under OWL 2 RL; they are read once and not kept.

    Contradictions are data of the result, not errors.
    """
    from nmo_python import NemoEngine, load_string

    numbering = Numbering()
    with tempfile.TemporaryDirectory(prefix="parkgraph-") as folder:
        file = Path(folder) / "asserted.csv"
        numbering.write(triples, file)
        source = f'@import asserted :- csv {{ resource = "{file.as_posix()}", format = (int, int, int) }} .\n'
        program = read_rules().program(numbering, lambda term: str(numbering.number(term)))
        engine = NemoEngine(load_string(source + program))
        engine.reason()
    return Closure(engine, numbering)
