"""The entity or concept that a user means: by IRI, short name, label, alias, code or the end of its IRI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Store

from parkgraph.ask.labels import NAMING, label_of, names_of
from parkgraph.errors import Usage
from parkgraph.messages import LANGS, Text, _
from parkgraph.names import RDF, SKOS, expand, shorten

_TYPE = NamedNode(RDF + "type")
_IN_SCHEME = (NamedNode(SKOS + "inScheme"), NamedNode(SKOS + "topConceptOf"))
_LISTED = 10  # how many candidates a message names


class Lookup:
    """Finds the entities or concepts that a parameter may take, by any of their names."""

    def __init__(
        self,
        store: Store,
        name: str,
        label: Mapping[str, str],
        kind: str,
        of: str,
        lang: str,
        prefixes: Mapping[str, str],
    ) -> None:
        """name, label: of the parameter, for messages.  kind: entity or concept.  of: IRI of the whole."""
        self.store = store
        self.name = name
        self.label = label
        self.kind = kind
        self.whole = NamedNode(of)
        self.membership = (_TYPE,) if kind == "entity" else _IN_SCHEME
        self.lang = lang
        self.prefixes = dict(prefixes)

    def find(self, text: str) -> NamedNode:
        """The one member of the class or scheme called `text`.  Raises Usage."""
        name = text.strip()
        if not name or any("\ud800" <= char <= "\udfff" for char in name):
            raise self._unknown(name)  # nothing, or bytes that were not UTF-8
        direct = self._by_iri(name)
        if direct is not None:
            return direct
        # An exact name costs nothing on a graph of any size; any other reads the names of all members.
        found = self._exact(name) or self._alike(name)
        if len(found) > 1:
            raise self._ambiguous(name, found)
        if not found:
            raise self._unknown(name)
        return found[0]

    def _by_iri(self, name: str) -> NamedNode | None:
        expanded = expand(name, self.prefixes)
        if expanded is None:
            return None
        try:
            node = NamedNode(expanded)
        except ValueError:
            # `IT: 服务` may be a label; only what can be nothing but an IRI is refused here.
            if name.startswith(("<", "http://", "https://")):
                said = quoted(name)
                raise Usage(_("not an IRI: {said}", said=said)) from None
            return None
        if self._is_member(node):
            return node
        if self._exists(node):
            raise self._of_another_kind(node)
        return None

    def _exact(self, name: str) -> list[NamedNode]:
        named = [Literal(name, language=tag) for tag in ("zh", "en")] + [Literal(name)]
        subjects = {
            quad.subject
            for predicate in NAMING
            for text in named
            for quad in self.store.quads_for_pattern(None, predicate, text)
        }
        for namespace in self.prefixes.values():
            try:
                subjects.add(NamedNode(namespace + name))
            except ValueError:
                break  # the name cannot be part of an IRI
        return self._sorted(
            node for node in subjects if isinstance(node, NamedNode) and self._is_member(node)
        )

    def _alike(self, name: str) -> list[NamedNode]:
        from parkgraph.ask.nearest import folded

        wanted = folded(name)
        alike = {
            node for node in self._members()
            for other in names_of(self.store, node) if other == name or (wanted and folded(other) == wanted)
        }  # fmt: skip
        return self._sorted(alike)

    def _members(self) -> Iterator[NamedNode]:
        seen = set()
        for predicate in self.membership:
            for quad in self.store.quads_for_pattern(None, predicate, self.whole):
                if isinstance(quad.subject, NamedNode) and quad.subject not in seen:
                    seen.add(quad.subject)
                    yield quad.subject

    def _is_member(self, node: NamedNode) -> bool:
        return any(
            next(self.store.quads_for_pattern(node, predicate, self.whole), None) is not None
            for predicate in self.membership
        )

    def _exists(self, node: NamedNode) -> bool:
        return next(self.store.quads_for_pattern(node, None, None), None) is not None

    def _sorted(self, nodes: Iterable[NamedNode]) -> list[NamedNode]:
        return sorted(set(nodes), key=lambda node: node.value)

    def _shown(self, node: NamedNode) -> str:
        """`生物医药大健康 (industry:biomedicine)`."""
        label = label_of(self.store, node, self.lang)
        short = shorten(node.value, self.prefixes)
        return f"{label} ({short})" if label else short

    def _whole(self) -> Text:
        short = shorten(self.whole.value, self.prefixes)
        return {lang: label_of(self.store, self.whole, lang) or short for lang in LANGS}

    def _ambiguous(self, name: str, found: list[NamedNode]) -> Usage:
        shown = "\n    ".join(map(self._shown, found[:_LISTED]))
        return Usage(
            _(
                "--{name}: {quoted} fits {n}:\n    {shown}",
                name=self.name,
                quoted=quoted(name),
                n=len(found),
                shown=shown,
            ),
            fix=_("which one? Give the name in brackets"),
        )

    def _of_another_kind(self, node: NamedNode) -> Usage:
        kinds = [
            quad.object
            for quad in self.store.quads_for_pattern(node, _TYPE, None)
            if isinstance(quad.object, NamedNode)
        ]

        def said(lang: str) -> str:
            names = sorted({label_of(self.store, kind, lang) or "" for kind in kinds} - {""})
            return (", " if lang == "en" else "、").join(names)

        shown = self._shown(node)
        names = {
            lang: said(lang) for lang in LANGS
        }  # empty when the kinds have no labels, as those of OWL itself
        if self.kind == "entity":
            message: Text = _("{shown} is no {whole}", shown=shown, whole=self._whole())
        else:
            message = _("{shown} is not in “{whole}”", shown=shown, whole=self._whole())
        return Usage(message, fix=_("it is: {kinds}", kinds=names) if names["en"] else None)

    def _unknown(self, name: str) -> Usage:
        from parkgraph.ask.nearest import nearest

        owner: dict[str, NamedNode] = {}
        for node in self._members():
            for other in names_of(self.store, node):
                owner.setdefault(other, node)
        near = list(dict.fromkeys(owner[other] for other in nearest(name, owner, 2 * _LISTED)))
        few = self._sorted(set(owner.values()))
        fix: Text | None = None
        if near:
            shown = "\n    ".join(map(self._shown, near[: _LISTED // 2]))
            fix = _("nearest:\n    {shown}", shown=shown)
        elif few:
            shown = "\n    ".join(map(self._shown, few[:_LISTED]))
            fix = _("there are:\n    {shown}", shown=shown)
            if len(few) > _LISTED:
                more = len(few) - _LISTED
                fix = _("{listed}\n    and {more} more", listed=fix, more=more)
        else:
            fix = _("the graph holds none at all")
        return Usage(
            _("--{name}: no {kind} called {quoted}", name=self.name, kind=self.label, quoted=quoted(name)),
            fix=fix,
        )


def quoted(text: str) -> str:
    """What the user typed, on one line and cut short, for a message."""
    from parkgraph.show.width import visible

    shown = visible(text)
    return f"“{shown[:60]}…”" if len(shown) > 60 else f"“{shown}”"
