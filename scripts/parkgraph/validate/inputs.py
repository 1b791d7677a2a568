"""The files of a validation: those the user names, for the rest the graph's own, and what they import."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pyoxigraph import NamedNode, Triple

from parkgraph.errors import Unreadable
from parkgraph.finding import Finding, at
from parkgraph.messages import Quoted, _
from parkgraph.names import OWL, RDF, SH
from parkgraph.read.files import Root, is_installed, nearest_root, read_text
from parkgraph.read.strict import STDIN, is_rdf, read_rdf
from parkgraph.read.turtle import Document, Fact

if TYPE_CHECKING:
    from parkgraph.validate.locate import Explain

_IMPORTS, _TYPE, _ONTOLOGY = NamedNode(OWL + "imports"), NamedNode(RDF + "type"), NamedNode(OWL + "Ontology")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is validated.

    data: findings are told of these.  context: belongs to the data, but findings about it are left out.
    ontology: class hierarchy and code lists, joined to the data.  notes: imports that were not loaded.
    questions: file → text of saved questions, whose terms are looked at.
    """

    data: tuple[Document, ...]
    shapes: tuple[Document, ...]
    ontology: tuple[Document, ...] = ()
    context: tuple[Document, ...] = ()
    notes: tuple[Finding, ...] = ()
    questions: Mapping[str, str] = field(default_factory=dict)

    @property
    def documents(self) -> list[Document]:
        """Every document once."""
        everything = (*self.data, *self.context, *self.ontology, *self.shapes)
        return list({id(document): document for document in everything}.values())


@dataclass
class Library:
    """Reads documents, each file once.

    parsed: path → document, of files that are parsed already.  fetch: whether imports may be loaded over the
    network.  copies: (folder, original) when files are copies in `folder` of what is told as being in
    `original`.
    """

    parsed: Mapping[Path, Document] = field(default_factory=dict)
    fetch: bool = False
    copies: tuple[Path, Path] | None = None
    _known: dict[Path, tuple[object, Document]] = field(default_factory=dict)
    _fetched: dict[str, Document] = field(default_factory=dict)
    _folders: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        for path, document in self.parsed.items():
            self._known[Path(os.path.realpath(path))] = (document.text, document)

    def inputs(
        self,
        data: Sequence[str | Path],
        shapes: Sequence[str | Path],
        ontology: Sequence[str | Path] = (),
        context: Sequence[str | Path] = (),
    ) -> Inputs:
        """Reads files and folders (each *.ttl and *.nt below), and what they import from there.

        Raises Unreadable.
        """
        named: dict[str, Sequence[str | Path]] = {
            "data": data, "context": context, "ontology": ontology, "shapes": shapes
        }  # fmt: skip
        every = [path for paths in named.values() for path in paths]
        real = [Path(os.path.realpath(path)) for path in every]
        self._folders = [path if os.path.isdir(path) else path.parent for path in real]
        loaded: dict[str, list[Document]] = {}
        for role, paths in named.items():
            loaded[role] = [self._read(path, role) for path in expand(paths)]
        given = {id(document) for document in loaded["data"]}
        loaded["context"] = [document for document in loaded["context"] if id(document) not in given]
        notes = [*_passed_over(every), *_unused_shapes(loaded)]
        for role, documents in loaded.items():
            documents += self._imported(documents, role, loaded, notes)
        own = {role: tuple(documents) for role, documents in loaded.items()}
        return Inputs(own["data"], own["shapes"], own["ontology"], own["context"], tuple(notes))

    def _read(self, path: Path, role: str) -> Document:
        resolved = Path(os.path.realpath(path))  # Path.resolve() gives up on links that lead in a circle
        original = self._original(resolved)
        name = "stdin" if str(path) == STDIN else shown(path if original == resolved else original)
        text, format = read_rdf(path, name)
        known = self._known.get(resolved)
        if known and known[0] == text:
            return known[1]
        blank = f"{role[0]}{len(self._known)}_" if known is None else known[1].blank
        document = Document(text, name=name, base=original.as_uri(), blank=blank, format=format)
        self._known[resolved] = (text, document)
        return document

    def _original(self, path: Path) -> Path:
        if self.copies and path.is_relative_to(self.copies[0]):
            return self.copies[1] / path.relative_to(self.copies[0])
        return path

    # --- owl:imports -------------------------------------------------------

    def _imported(
        self, documents: list[Document], role: str, loaded: dict[str, list[Document]], notes: list[Finding]
    ) -> list[Document]:
        present = {iri for own in loaded.values() for document in own for iri in _declared(document)}
        found: list[Document] = []
        open_ = list(documents)
        for document in open_:  # it grows while it is walked
            for number, fact in enumerate(document.triples):
                if fact.predicate != _IMPORTS or not isinstance(fact.object, NamedNode):
                    continue
                wanted = fact.object.value
                if wanted in present or wanted.rstrip("#/") in present:
                    continue
                imported = self._import(wanted, role, document, number, notes)
                if imported is not None and not any(imported is one for one in open_):
                    found.append(imported)
                    open_.append(imported)
                    present |= _declared(imported)
        return found

    def _import(
        self, iri: str, role: str, document: Document, number: int, notes: list[Finding]
    ) -> Document | None:
        parts = urlsplit(iri)
        fix = _("name a local copy with --ontology, or allow the network with --fetch-imports")
        path = Path()
        if parts.scheme == "file":
            from urllib.request import url2pathname  # slow to import

            path = Path(url2pathname(unquote(parts.path)))
        if parts.scheme == "file" and not self._is_below(path):
            fix = _("it lies outside the folders of what is named: name it with --ontology")
        elif parts.scheme == "file":
            try:
                return self._read(path, role)
            except Unreadable as error:
                if error.line is not None:  # the file is there, and its own line is to be mended
                    raise
                place = document.place_of(number)
                raise Unreadable(
                    _("cannot import <{iri}>: {said}", iri=iri, said=error.message),
                    file=place.file, line=place.line, column=place.column,
                    fix=_("mend the address, or name a copy with --ontology"),
                ) from None  # fmt: skip
        if parts.scheme in ("http", "https") and self.fetch:
            if iri not in self._fetched:
                text, base = fetch(iri, document.place_of(number).line, document.name)
                blank = f"{role[0]}i{len(self._fetched)}_"
                self._fetched[iri] = Document(text, name=iri, base=base, blank=blank)
            return self._fetched[iri]
        finding = Finding("info", "data/import-not-loaded", _("not loaded: <{iri}>", iri=iri), fix=fix)
        notes.append(at(document.place_of(number), finding))
        return None

    def _is_below(self, path: Path) -> bool:
        real = Path(os.path.realpath(path))
        return any(real.is_relative_to(folder) for folder in self._folders)


def _unused_shapes(loaded: Mapping[str, Sequence[Document]]) -> Iterator[Finding]:
    """What of the data holds shapes that nobody asked to be used."""
    names = {document.name for document in loaded["shapes"]}
    for document in loaded["data"]:
        for number, fact in enumerate(document.triples if document.name not in names else ()):
            if fact.predicate.value == SH + "targetClass" or (
                fact.predicate == _TYPE and fact.object.value in (SH + "NodeShape", SH + "PropertyShape")
            ):
                said, fix = _("this file holds shapes, which are not used"), _("name it with --shapes too")
                yield at(document.place_of(number), Finding("warning", "data/unused-shapes", said, fix=fix))
                break


def _declared(document: Document) -> set[str]:
    """The IRIs under which a document may be imported."""
    found = {
        fact.subject.value
        for fact in document.triples
        if fact.predicate == _TYPE and fact.object == _ONTOLOGY and isinstance(fact.subject, NamedNode)
    }
    return found | {iri.rstrip("#/") for iri in found} | ({document.base} if document.base else set())


def expand(paths: Iterable[str | Path]) -> list[Path]:
    """Files as they are, folders as the files of RDF below them, broken links too, which cannot be read."""
    found: dict[Path, None] = {}
    for given in paths:
        path = Path(given)
        found |= dict.fromkeys(sorted(filter(is_rdf, _below(path)))) if os.path.isdir(path) else {path: None}
    return list(found)


def _below(folder: Path) -> list[Path]:
    """Every file below a folder but the hidden ones."""
    every = (path for path in folder.rglob("*") if not path.is_dir())
    return [path for path in every if not any(part[0] == "." for part in path.relative_to(folder).parts)]


def _passed_over(paths: Iterable[str | Path]) -> Iterator[Finding]:
    """What of the named folders was not read, since it is no RDF by its name."""
    for folder in dict.fromkeys(Path(path) for path in paths if os.path.isdir(path)):
        others = sorted(path.name for path in _below(folder) if not is_rdf(path))
        if others:
            said = _("not read, being no RDF: {names}", names=others[:5] + ["…"] * (len(others) > 5))
            yield Finding("info", "data/not-read", said, file=shown(folder))


def shown(path: Path) -> str:
    """A path as messages and reports name it: from the current folder where it lies below it, with `/`."""
    absolute = Path(path).absolute()
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


SECONDS, MOST_BYTES = 30, 16 * 1024 * 1024


def fetch(iri: str, line: int | None, file: str) -> tuple[str, str]:
    """The Turtle at an http(s) address and the address it came from.  Raises Unreadable."""
    from urllib.error import URLError
    from urllib.request import Request, urlopen

    from parkgraph.read.files import decode

    try:
        request = Request(iri, headers={"Accept": "text/turtle, application/n-triples;q=0.8"})
        with urlopen(request, timeout=SECONDS) as answer:
            if urlsplit(answer.url).scheme not in ("http", "https"):
                raise URLError("it leads to another protocol")
            content = answer.read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                raise URLError(f"larger than {MOST_BYTES // 1024 // 1024} MiB")
            return decode(content, iri), answer.url.partition("#")[0]
    except (OSError, ValueError) as error:
        said = _("cannot import <{iri}>: {error}", iri=iri, error=Quoted(error))
        raise Unreadable(said, file=file, line=line) from None


@dataclass(frozen=True)
class Selection:
    """data, shapes, ontology: files and folders as named.  root: the graph, where something is taken from it.

    Without `data` the graph's own data are validated. Without `shapes` the graph's shapes and ontology judge,
    and its other data are context: what a named file refers to is known, but only that file is told of.
    Where `shapes` lie in a graph, the prefixes that it declares count for their queries.
    """

    data: tuple[Path, ...] = ()
    shapes: tuple[Path, ...] = ()
    ontology: tuple[Path, ...] = ()
    root: Root | None = None

    def files(self, moved: Callable[[Path], Path] = lambda path: path) -> dict[str, Sequence[Path]]:
        """Files and folders by role: data, shapes, ontology, context.

        moved: where a copy of a path stands.
        """
        root = Root(moved(self.root.path)) if self.root else None
        named = (self.data, self.shapes, self.ontology)
        data, shapes, ontology = (list(map(moved, paths)) for paths in named)
        context: list[Path] = []
        if root is not None and not self.data:
            data = root.paths("data", "passages", "codes")
        elif root is not None and not self.shapes:
            context = root.paths("data", "passages", "codes")
            if is_installed(root.path):  # it may hold an older copy of what is validated
                named_here = {path.name for path in expand(data)}
                context = [path for path in context if path.name not in named_here]
        if root is not None and not self.shapes:
            shapes = root.paths("shapes", "prefixes")
        own = {graph.path: graph for path in shapes if (graph := nearest_root(path))}
        read = {os.path.realpath(path) for path in expand(shapes)}
        prefixes = [path for graph in own.values() for path in graph.paths("prefixes")]
        shapes += [path for path in prefixes if str(path) not in read]
        if root is not None and not self.ontology:
            ontology = root.paths("ontology")
        return {"data": data, "shapes": shapes, "ontology": ontology, "context": context}

    def questions(self) -> dict[str, str]:
        """File → text of the graph's saved questions, where the whole graph is validated."""

        if self.root is None or self.data or self.shapes:
            return {}
        return {shown(path): read_text(path) for path in self.root.paths("query")}

    def inputs(self) -> list[Path]:
        """Every single file that is read, but for what is imported.  Raises Unreadable."""
        return [file for paths in self.files().values() for file in expand(paths)]

    def places(self) -> list[Path]:
        """The files and folders that `files` looks into."""
        own = [self.root.path / "ontology", self.root.path / "kg"] if self.root else []
        return [*self.data, *self.shapes, *self.ontology, *own]


def follow(inputs: Inputs) -> tuple[list[Fact], Explain]:
    """The inferred triples in a stable order, and a function that gives the asserted triples behind one.

    Of those the data's come first: there something can be changed; the ontology's come after.
    """
    from parkgraph.graph.documents import Graph
    from parkgraph.infer.closure import close

    asserted = Graph((*inputs.data, *inputs.context, *inputs.ontology))
    data = Graph((*inputs.data, *inputs.context))
    closure = close(Triple(*fact) for fact in asserted.facts)

    def explain(fact: Fact) -> list[Fact]:
        derivation = closure.explain(Triple(*fact))
        support = [Fact(*terms) for terms in derivation.asserted()] if derivation else []  # type: ignore[arg-type]
        return sorted(support, key=lambda one: one not in data.facts)

    return sorted((Fact(*triple) for triple in closure), key=str), explain
