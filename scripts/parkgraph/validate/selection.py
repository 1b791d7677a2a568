"""Which files a validation reads: those the user names, and for the rest the graph's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from parkgraph.read.files import Root, is_installed, nearest_root, read_text
from parkgraph.validate.inputs import expand


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
        shapes += [
            path for graph in own.values() for path in graph.paths("prefixes") if str(path) not in read
        ]
        if root is not None and not self.ontology:
            ontology = root.paths("ontology")
        return {"data": data, "shapes": shapes, "ontology": ontology, "context": context}

    def questions(self) -> dict[str, str]:
        """File → text of the graph's saved questions, where the whole graph is validated."""
        from parkgraph.validate.inputs import shown

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
