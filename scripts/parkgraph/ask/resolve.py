"""What a name means: the entity or concept of a parameter, the terms of a triple.

A name is an IRI, a short name, a label or alias in any language, a code, the end of an IRI, or a part of a
name that only one thing has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from parkgraph.ask.labels import NAMING, folded, is_chinese, label_of, names_of, nearest
from parkgraph.ask.question import Parameter
from parkgraph.errors import Usage
from parkgraph.graph.assemble import QUESTION_GRAPHS
from parkgraph.graph.sparql import named
from parkgraph.messages import LANGS, Text, _
from parkgraph.names import OWL, PARK, RDF, RDFS, SKOS, XSD, expand, shorten

_TYPE = NamedNode(RDF + "type")
_IN_SCHEME = (NamedNode(SKOS + "inScheme"), NamedNode(SKOS + "topConceptOf"))
_LISTED = 10  # how many candidates a message names
_SHORTEST_PART = 2  # characters of a name that are enough to mean it

_ANYTHING = RDFS + "Resource"
"""The class of a parameter that takes whatever has a name."""

_VOCABULARIES = (OWL, RDF, RDFS, SKOS, XSD)
"""Their terms are known even where the graph says nothing of them."""

_STATEMENT = NamedNode(PARK + "Statement")

_AROUND = re.compile(
    r"(?:的|股份有限公司|有限责任公司|有限公司|公司|集团|企业|机构|单位|项目|产业|行业|政策|战略|规划|计划|工程|平台|园区|改革)$"
    r"|^(?:the|an?)\s|(?:'s|’s)$|[\s,]+(?:co|ltd|inc|corporation|company|group|firm|enterprise|institution|project"
    r"|industry|sector|policy|strategy|plan|programme?|platform|park|reform)[.,]?$",
    re.IGNORECASE,
)
"""What is said around a name: articles, forms of firms and what the thing is."""

_PREFIXED = re.compile(r"([A-Za-z][\w.-]*):\S*")


class Resolver:
    """Finds what names mean in one graph."""

    def __init__(self, store: Store, prefixes: Mapping[str, str], lang: str = "en") -> None:
        """lang: of the labels in messages.  prefixes: for short names."""
        self.store, self.prefixes, self.lang = store, dict(prefixes), lang

    def member(self, text: str, wanted: Parameter) -> NamedNode:
        """The one thing called `text` of those that the parameter takes.  Raises Usage."""
        name = text.strip()
        if any("\ud800" <= char <= "\udfff" for char in name):
            name = ""  # bytes that were not UTF-8 are nobody's name
        if not name:
            raise self._no_member(text, wanted)
        node = self._iri(name)
        if node is not None and self._is(node, wanted):
            return node
        if node is not None and self.occurs(node, subject=True):
            raise self._of_another_kind(node, wanted)
        # An exact name costs nothing on a graph of any size; any other reads the names of all members.
        found = _sorted(one for one in self._exactly(name) if self._is(one, wanted))
        found = found or self._alike(name, self.members(wanted))
        if not found:
            raise self._no_member(name, wanted)
        return self._one(found, _("--{name}: {quoted}", name=wanted.name, quoted=quoted(name)))

    def triple(self, subject: str, predicate: str, object_: str) -> Triple:
        """The triple meant; `a` is rdf:type.  Raises Usage: a name means nothing, or several things."""
        named = self._term(subject, predicate=False)
        verb = _TYPE if predicate == "a" else self._term(predicate, predicate=True)
        value = self._literal(object_)
        return Triple(named, verb, self._term(object_, predicate=False) if value is None else value)

    def thing(self, text: str) -> NamedNode:
        """The one thing called `text`, or of whose name that is a part.  Raises Usage."""
        node = self._iri(text)
        if node is not None and self.occurs(node):
            return node
        everything = Parameter("", "entity", {}, _ANYTHING)
        named = {one for one in self._exactly(text) if self._told(one)}
        labelled = [one for one in named if text in (label_of(self.store, one, lang) for lang in LANGS)]
        found = self._things(labelled or named)
        found = found or self._alike(text, filter(self._told, self.members(everything)))
        if not found:
            raise self._nothing(text, predicate=False)
        return self._one(found, quoted(text))

    def _term(self, text: str, *, predicate: bool) -> NamedNode:
        node = self._iri(text)
        if node is not None:
            if node.value.startswith(_VOCABULARIES) or self.occurs(node):
                return node
            raise self._unheard_of(node, predicate)
        found = _sorted(
            one for one in self._exactly(text) if self.occurs(one) and self._is_property(one) == predicate
        )
        if not found:
            raise self._nothing(text, predicate)
        return self._one(found, quoted(text))

    # --- looking ------------------------------------------------------------------

    def _iri(self, text: str) -> NamedNode | None:
        expanded = expand(text, self.prefixes)
        try:
            return None if expanded is None else NamedNode(expanded)
        except ValueError:
            # `IT: 服务` may be a label; only what can be nothing but an IRI is refused here.
            if text.startswith(("<", "http://", "https://")):
                raise Usage(_("not an IRI: {said}", said=quoted(text))) from None
            return None

    def _exactly(self, name: str) -> set[NamedNode]:
        """What has just this name, or an IRI that ends so."""
        found = {
            quad.subject
            for predicate in NAMING
            for literal in (*(Literal(name, language=tag) for tag in LANGS), Literal(name))
            for quad in self.store.quads_for_pattern(None, predicate, literal)
        }
        for namespace in self.prefixes.values():
            try:
                found.add(NamedNode(namespace + name))
            except ValueError:
                break  # the name cannot be part of an IRI
        return {node for node in found if isinstance(node, NamedNode)}

    def _alike(self, name: str, members: Iterable[NamedNode]) -> list[NamedNode]:
        """Those with this name in another writing; else those of whose name it is a part.

        Of several with that part, those that have it as a word of its own (`GE` of `GE Healthcare`), then
        what is no statement: `九龙城` is the project, not who takes part in it.
        """
        wanted = folded(name)
        if not wanted:
            return []
        known = {node: names_of(self.store, node) for node in members}
        same = [node for node, names in known.items() if wanted in map(folded, names)]
        if same or len(wanted) < _SHORTEST_PART:
            return self._things(same)
        found = [node for node, names in known.items() if any(wanted in folded(other) for other in names)]
        word = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.IGNORECASE)
        if not is_chinese(name):  # which writes no spaces: 上海 of 熠跃(上海)公司 is no more than of 上海续恒
            found = [node for node in found if any(map(word.search, known[node]))] or found
        found = found or self._loosely(name, known)
        return self._things(found)

    def _loosely(self, name: str, known: Mapping[NamedNode, list[str]]) -> list[NamedNode]:
        """Those meant by a longer or a shorter text: 云南锗业公司的, 东川区铜都街道, lithium battery."""
        bare = _AROUND.sub("", name.strip(), count=1)
        if bare != name.strip():
            return self._alike(bare, known)
        if is_chinese(name):
            # Behind the name of what it lies in.
            wanted = folded(name)
            ends = [(node, one) for node, names in known.items() for one in map(folded, names)]
            ends = [(node, one) for node, one in ends if one and wanted.endswith(one)]
            return [node for node, one in ends if self._exactly(wanted.removesuffix(one))]
        words = [re.compile(rf"\b{re.escape(word)}") for word in re.findall(r"\w+", name.casefold())]
        called = {node: [one.casefold() for one in names] for node, names in known.items()}
        return [
            node for node, names in called.items()
            if len(words) > 1 and any(all(word.search(one) for word in words) for one in names)
        ]  # fmt: skip

    def _things(self, nodes: Iterable[NamedNode]) -> list[NamedNode]:
        """Those that are no statements, where there are any, in order."""
        nodes = list(nodes)
        return _sorted([node for node in nodes if not self._has(node, _TYPE, _STATEMENT)] or nodes)

    def _literal(self, text: str) -> Literal | None:
        """`"57.97"^^xsd:decimal`, `57.97`, `"名称"@zh`, true: as Turtle writes it; None for anything else."""
        header = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in self.prefixes.items())
        try:
            (quad,) = parse(f"{header}<urn:s> <urn:p> {text} .", RdfFormat.TURTLE)
        except (SyntaxError, ValueError):
            return None
        return quad.object if isinstance(quad.object, Literal) else None

    def members(self, wanted: Parameter) -> Iterator[NamedNode]:
        """All that are `wanted`, in no particular order."""
        seen = set()
        whole = None if wanted.of == _ANYTHING else NamedNode(wanted.of)
        for predicate in NAMING[:2] if whole is None else _membership(wanted):
            for quad in self.store.quads_for_pattern(None, predicate, whole):
                if isinstance(quad.subject, NamedNode) and quad.subject not in seen:
                    seen.add(quad.subject)
                    yield quad.subject

    def _has(self, *pattern: NamedNode | None) -> bool:
        return next(self.store.quads_for_pattern(*pattern), None) is not None

    def _is(self, node: NamedNode, wanted: Parameter) -> bool:
        if wanted.of == _ANYTHING:
            return self.occurs(node, subject=True)
        return any(self._has(node, predicate, NamedNode(wanted.of)) for predicate in _membership(wanted))

    def occurs(self, node: NamedNode, *, subject: bool = False) -> bool:
        """Whether a triple has it, as its subject or anywhere."""
        if subject:
            return self._has(node, None, None)
        return self._has(node, None, None) or self._is_property(node) or self._has(None, None, node)

    def _told(self, node: NamedNode) -> bool:
        """Whether what questions see tells of it: shapes are called as the classes that they are for."""
        said = self.store.quads_for_pattern(node, None, None)
        return any(quad.graph_name in QUESTION_GRAPHS for quad in said)

    def _is_property(self, node: NamedNode) -> bool:
        return self._has(None, node, None)

    # --- what is wrong ------------------------------------------------------------

    def _shown(self, node: NamedNode) -> str:
        """`生物医药大健康 (industry:biomedicine)`."""
        label, short = label_of(self.store, node, self.lang), shorten(node.value, self.prefixes)
        return f"{label} ({short})" if label else short

    def _list(self, nodes: Iterable[NamedNode]) -> Text:
        nodes = list(nodes)
        shown = "".join(f"\n    {self._shown(node)}" for node in nodes[:_LISTED])
        more = len(nodes) - _LISTED
        return _("{listed}\n    and {more} more", listed=shown, more=more) if more > 0 else shown

    def _one(self, found: list[NamedNode], what: Text) -> NamedNode:
        """The only one that was found.  Raises Usage where several were, as `what` was asked for."""
        if len(found) > 1:
            said = _("{what} fits {n}:{shown}", what=what, n=len(found), shown=self._list(found))
            raise Usage(said, fix=_("which one? Give the name in brackets"))
        return found[0]

    def _kinds(self, node: NamedNode) -> list[Text]:
        """What the thing is, in words; empty when its classes have no labels, as those of OWL itself."""
        kinds = (quad.object for quad in self.store.quads_for_pattern(node, _TYPE, None))
        named = [kind for kind in kinds if isinstance(kind, NamedNode) and label_of(self.store, kind, "en")]
        return [self._in_words(kind) for kind in _sorted(named)]

    def _in_words(self, node: NamedNode) -> Text:
        short = shorten(node.value, self.prefixes)
        return {lang: label_of(self.store, node, lang) or short for lang in LANGS}

    def _of_another_kind(self, node: NamedNode, wanted: Parameter) -> Usage:
        values = {"shown": self._shown(node), "whole": self._in_words(NamedNode(wanted.of))}
        no_member, not_in = _("{shown} is no {whole}", **values), _("{shown} is not in “{whole}”", **values)
        kinds = self._kinds(node)
        fix = _("it is: {kinds}", kinds=kinds) if kinds else None
        return Usage(no_member if wanted.kind == "entity" else not_in, fix=fix)

    def _no_member(self, name: str, wanted: Parameter) -> Usage:
        known = self._exactly(name) if name.isprintable() and name.strip() else set()
        others = [node for node in _sorted(known) if self._kinds(node)]
        owner: dict[str, NamedNode] = {}
        for node in self.members(wanted):
            for other in names_of(self.store, node):
                owner.setdefault(other, node)
        # Who writes Chinese is told what is like it in Chinese; an English identifier is like nothing there.
        written = [other for other in owner if is_chinese(other) == is_chinese(name)]
        near = dict.fromkeys(owner[other] for other in nearest(name, written or owner, 2 * _LISTED))
        fix: Text = _("the graph holds none at all")
        if others:
            shown, kind = self._shown(others[0]), self._kinds(others[0])[0]
            fix = _("something of another kind has that name: {shown}, {kind}", shown=shown, kind=kind)
        elif near:
            fix = _("nearest:{shown}", shown=self._list(list(near)[: _LISTED // 2]))
        elif owner:
            fix = _("there are:{shown}", shown=self._list(_sorted(owner.values())))
        said = {"name": wanted.name, "kind": wanted.label, "quoted": quoted(name)}
        return Usage(_("--{name}: no {kind} called {quoted}", **said), fix=fix)

    def near(self, node: NamedNode, *, predicate: bool = False) -> list[str]:
        """The short names in its namespace that are nearest to its own; predicate: of properties only."""
        space = re.sub(r"[^#/]*$", "", node.value)
        known = {
            shorten(term.value, self.prefixes)
            for quad in self.store
            for term in ([quad.predicate] if predicate else [quad.subject, quad.predicate, quad.object])
            if isinstance(term, NamedNode) and term.value.startswith(space)
        }
        return nearest(shorten(node.value, self.prefixes), known)

    def _unheard_of(self, node: NamedNode, predicate: bool) -> Usage:
        said = _("the graph says nothing of {quoted}", quoted=quoted(shorten(node.value, self.prefixes)))
        return Usage(said, fix=_near(self.near(node, predicate=predicate)))

    def _nothing(self, text: str, predicate: bool) -> Usage:
        found = _PREFIXED.fullmatch(text)
        if found and found[1] not in self.prefixes:
            near = _near([f"{prefix}:" for prefix in nearest(found[1], self.prefixes)])
            known = " ".join(f"{prefix}:" for prefix in self.prefixes)
            said = _("no prefix is called {quoted}", quoted=quoted(found[1] + ":"))
            return Usage(said, fix=near or _("prefixes: {known}", known=known))
        labels = {
            quad.object.value
            for naming in NAMING
            for quad in self.store.quads_for_pattern(None, naming, None)
            if isinstance(quad.object, Literal)
            and isinstance(quad.subject, NamedNode)
            and self._is_property(quad.subject) == predicate
        }
        fix = _near(nearest(text, labels)) or _("parkgraph find {text}", text=text[:60])
        return Usage(_("nothing is called {quoted}", quoted=quoted(text)), fix=fix)


def quoted(text: str) -> str:
    """What the user typed, on one line and cut short, for a message."""
    from parkgraph.show.table import visible

    shown = visible(text)
    return f"“{shown[:60]}…”" if len(shown) > 60 else f"“{shown}”"


def _membership(wanted: Parameter) -> tuple[NamedNode, ...]:
    return (_TYPE,) if wanted.kind == "entity" else _IN_SCHEME


def _near(names: list[str]) -> Text | None:
    return _("nearest: {shown}", shown=names) if names else None


def _sorted(nodes: Iterable[NamedNode]) -> list[NamedNode]:
    return sorted(set(nodes), key=lambda node: node.value)


# --- terms of a query ------------------------------------------------------------

MOST_UNHEARD = 5
"""Terms that are named; each is compared with the whole graph."""

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def unheard_of(sparql: str, store: Store, prefixes: Mapping[str, str]) -> list[Text]:
    """A notice for each term of the query that occurs nowhere in the graph (one that is misspelt makes the
    answer empty), with the nearest that does."""
    resolver = Resolver(store, prefixes)
    terms = {one.iri: None for one in named(sparql, prefixes) if one.role == "term" and one.iri}
    missing = [
        node for iri in terms if _ABSOLUTE.match(iri) and not iri.startswith(XSD)
        for node in [NamedNode(iri)] if not resolver.occurs(node)
    ]  # fmt: skip
    notices: list[Text] = []
    for node in missing[:MOST_UNHEARD]:
        short, near = shorten(node.value, dict(prefixes)), resolver.near(node)
        said = _("{term} occurs nowhere in the graph", term=short if len(short) <= 200 else short[:199] + "…")
        notices.append(_("{said}; is {near} meant?", said=said, near=near[0]) if near else said)
    return [*notices, *([_("and more terms occur nowhere")] if len(missing) > MOST_UNHEARD else [])]
