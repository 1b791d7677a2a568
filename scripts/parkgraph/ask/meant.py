"""The terms of a triple that a user means: by short name, IRI, label, or, for the object, a literal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from parkgraph.ask.labels import NAMING
from parkgraph.ask.lookup import quoted
from parkgraph.ask.nearest import nearest
from parkgraph.errors import Usage
from parkgraph.messages import Text, _
from parkgraph.names import OWL, RDF, RDFS, SKOS, XSD, expand, shorten

_VOCABULARIES = (OWL, RDF, RDFS, SKOS, XSD)
"""Their terms are known even where the graph says nothing of them."""

_PREFIXED = re.compile(r"([A-Za-z][\w.-]*):\S*")


class Meaning:
    """Finds what names mean in one graph."""

    def __init__(self, store: Store, prefixes: Mapping[str, str]) -> None:
        self.store, self.prefixes = store, dict(prefixes)

    def triple(self, subject: str, predicate: str, object_: str) -> Triple:
        """The triple meant.  Raises Usage: a name means nothing, or several things."""
        named = self._node(subject, predicate=False)
        verb = NamedNode(RDF + "type") if predicate == "a" else self._node(predicate, predicate=True)
        value = self._literal(object_)
        return Triple(named, verb, self._node(object_, predicate=False) if value is None else value)

    def _node(self, text: str, *, predicate: bool) -> NamedNode:
        iri = expand(text, self.prefixes)
        if iri is not None:
            try:
                node = NamedNode(iri)
            except ValueError:
                if text.startswith(("<", "http://", "https://")):
                    said = quoted(text)
                    raise Usage(_("not an IRI: {said}", said=said)) from None
                # "IT: 服务" may be a label
            else:
                if node.value.startswith(_VOCABULARIES) or self._occurs(node):
                    return node
                raise self._unheard_of(node, predicate)
        found = self._called(text, predicate)
        if len(found) > 1:
            raise self._ambiguous(text, found)
        if not found:
            raise self._nothing(text, predicate)
        return found[0]

    def _literal(self, text: str) -> Literal | None:
        """`"57.97"^^xsd:decimal`, `57.97`, `"名称"@zh`, true: as Turtle writes it; None for anything else."""
        header = "".join(
            f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in self.prefixes.items()
        )
        try:
            (quad,) = parse(f"{header}<urn:s> <urn:p> {text} .", RdfFormat.TURTLE)
        except (SyntaxError, ValueError):
            return None
        return quad.object if isinstance(quad.object, Literal) else None

    def _called(self, text: str, predicate: bool) -> list[NamedNode]:
        found = {
            quad.subject
            for naming in NAMING
            for label in (Literal(text, language="zh"), Literal(text, language="en"), Literal(text))
            for quad in self.store.quads_for_pattern(None, naming, label)
            if isinstance(quad.subject, NamedNode)
        }
        return sorted(
            (node for node in found if self._is_property(node) == predicate), key=lambda node: node.value
        )

    def _occurs(self, node: NamedNode) -> bool:
        places = ((node, None, None), (None, node, None), (None, None, node))
        return any(next(self.store.quads_for_pattern(*place), None) is not None for place in places)

    def _is_property(self, node: NamedNode) -> bool:
        return next(self.store.quads_for_pattern(None, node, None), None) is not None

    # --- what is wrong -----------------------------------------------------

    def _ambiguous(self, text: str, found: Iterable[NamedNode]) -> Usage:
        names = [shorten(node.value, self.prefixes) for node in found]
        shown = "\n    ".join(names)
        return Usage(
            _("{quoted} fits {n}:\n    {shown}", quoted=quoted(text), n=len(names), shown=shown),
            fix=_("which one? Give the short name"),
        )

    def _unheard_of(self, node: NamedNode, predicate: bool) -> Usage:
        short = shorten(node.value, self.prefixes)
        known = {
            shorten(term.value, self.prefixes)
            for quad in self.store
            for term in ([quad.predicate] if predicate else [quad.subject, quad.object])
            if isinstance(term, NamedNode)
        }
        return Usage(
            _("the graph says nothing of {quoted}", quoted=quoted(short)),
            fix=_near(nearest(short, known)),
        )

    def _nothing(self, text: str, predicate: bool) -> Usage:
        found = _PREFIXED.fullmatch(text)
        if found and found[1] not in self.prefixes:
            near = [f"{prefix}:" for prefix in nearest(found[1], self.prefixes)]
            known = " ".join(f"{prefix}:" for prefix in self.prefixes)
            return Usage(
                _("no prefix is called {quoted}", quoted=quoted(found[1] + ":")),
                fix=_near(near) or _("prefixes: {known}", known=known),
            )
        labels = {
            quad.object.value
            for naming in NAMING
            for quad in self.store.quads_for_pattern(None, naming, None)
            if isinstance(quad.object, Literal)
            and isinstance(quad.subject, NamedNode)
            and self._is_property(quad.subject) == predicate
        }
        return Usage(
            _("nothing is called {quoted}", quoted=quoted(text)),
            fix=_near(nearest(text, labels)),
        )


def _near(names: Iterable[str]) -> Text | None:
    shown = ", ".join(names)
    return _("nearest: {shown}", shown=shown) if shown else None
