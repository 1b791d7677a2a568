"""The pages of a graph, by their address: as `serve` gives them, and as `site` writes them into a folder."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from parkgraph.errors import Usage
from parkgraph.export import write_json_ld
from parkgraph.graph.assemble import Ordered
from parkgraph.messages import LANGS, Text, _
from parkgraph.names import BASE, GRAPH_INFERRED, OWL, PARK
from parkgraph.show.output import check_folder, whole_folder
from parkgraph.web import data
from parkgraph.web.content import Content
from parkgraph.web.overview import PAGES, question
from parkgraph.web.page import FRONT, PART, Page, environment, packed

ASSETS = FRONT / "built"
"""What is made of the sources in `front` when the package is built."""

RDF = {
    "ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML,
}  # fmt: skip

TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json",
    ".js": "text/javascript; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml",
    ".ttl": "text/turtle", ".jsonld": "application/ld+json", ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml", ".svg": "image/svg+xml", ".gz": "application/gzip",
}  # fmt: skip

MARK = ".parkgraph-site.json.gz"
"""Lists the files of the folder: what is not in it was put there by others."""

_INFERRED = NamedNode(GRAPH_INFERRED)
_APART = (BASE, "http://www.w3.org/1999/02/22-rdf-syntax-ns#")  # written without a prefix


class File(NamedTuple):
    """What stands at an address."""

    content: bytes
    type: str


class Site(Content):
    """The pages of one graph."""

    _made: tuple[Any, Page] | None = None

    def paths(self) -> Iterator[str]:
        """The address of every file, from the root, but for assets and pages of all."""
        yield from ("index.html", "404.html", "sitemap.xml.gz", "robots.txt", *data.FILES)
        bare = [
            *(name for name in PAGES if name != "index"),
            *(f"question/{name}" for name in self.questions),
        ]
        yield from (f"{lang}/{name}.html" for lang in LANGS for name in ("index", *bare))
        yield from (f"question/{name}.txt" for name in self.questions)
        yield from (f"{name}/index.html" for name in bare if f"{name}/" not in self.addresses.iri_at)
        for folder in sorted(self.addresses.iri_at):
            yield from (f"{folder}{name}" for name in ("index.html", "data.ttl", "data.jsonld"))
            if folder.rstrip("/") not in PAGES:
                yield from (f"{lang}/{folder.rstrip('/')}.html" for lang in LANGS)
        inside = (iri.removeprefix(BASE) for iri in (*self.part_of, *self.notes) if iri.startswith(BASE))
        yield from (f"{path}/index.html" for path in inside if "#" not in path)

    def file(self, path: str, given: Mapping[str, list[str]] | None = None) -> File | None:
        """What stands at `path`; None when nothing does.

        given: what a form sent.  Raises ParkgraphError when a question cannot be asked with it."""
        content = self._content(path, given or {})
        if content is None:
            return None
        written = content.encode() if isinstance(content, str) else content
        return File(written, TYPES[path[path.rfind(".") :]])

    def _content(self, path: str, given: Mapping[str, list[str]]) -> str | bytes | None:
        folder, __, name = path.rpartition("/")
        lang, __, rest = path.partition("/")
        if lang in LANGS:
            return self._page(lang, rest.removesuffix(".html"), given) if rest.endswith(".html") else None
        if path == "404.html":
            return self.missing()
        if path == "robots.txt":
            return f"User-agent: *\nAllow: /\nSitemap: {self.base or BASE}sitemap.xml.gz\n"
        if path == "sitemap.xml.gz":
            return self._sitemap()
        if path in data.FILES:
            return data.download(self, path)
        if name == "index.html":
            return self._choose(folder)
        if folder == "question" and name.endswith(".txt") and name[:-4] in self.questions:
            return data.query_of(self.questions[name[:-4]])[0] + "\n"
        iri = self.addresses.iri_at.get(f"{folder}/")
        bare, __, format = name.partition(".")
        return self.rdf(iri, format) if iri is not None and bare == "data" and format in RDF else None

    def _page(self, lang: str, name: str, given: Mapping[str, list[str]]) -> str | None:
        """A page or a further part of one; parts are asked for one after the other, so the last is kept."""
        part = PART.search(name)
        if part is None:
            page = Page(self, lang, name)  # type: ignore[arg-type]
            self._made = (lang, name, given), page
            return self._first(page, given)
        name = name[: part.start()]
        made = self._made
        if made is None or made[0] != (lang, name, given):
            made = self._made if self._page(lang, name, given) is not None else None
        return made and made[1].further(int(part[1]))

    def _first(self, page: Page, given: Mapping[str, list[str]]) -> str | None:
        if page.name in PAGES:
            return PAGES[page.name](page, given)
        if page.name.startswith("question/"):
            asked = self.questions.get(page.name.removeprefix("question/"))
            return question(page, asked, given) if asked else None
        iri = self.addresses.iri_at.get(f"{page.name}/")
        if iri is None:
            return None
        return page.article(iri) if iri in self.pieces else page.thing(iri)

    def _choose(self, folder: str) -> str | None:
        """The page at the bare place of a thing, a passage or a page: it leads to the one in a language."""
        there, title = self.there(folder), _("parkgraph")["zh"]
        if there is None:
            return None
        iri = self.addresses.iri_at.get(f"{folder}/")
        root = "../" * (folder.count("/") + 1) if folder else ""
        title = self.names.of(NamedNode(iri), "zh") if iri else title
        template = environment("zh").get_template("choose.html")
        return packed(template.render(root=root, there=there, title=title))

    def there(self, folder: str) -> str | None:
        """Where the page of what has the bare place `folder` is, from the folder of a language."""
        iri = self.addresses.iri_at.get(f"{folder}/", BASE + folder)
        if f"{folder}/" in self.addresses.iri_at or iri in self.notes or iri in self.part_of:
            return self.addresses.place(iri)
        name = folder or "index"
        return f"{name}.html" if name in PAGES or name.removeprefix("question/") in self.questions else None

    def missing(self, nearest: Sequence[str] = ()) -> str:
        """The page for an address where nothing is; it may be shown at any depth, so its links are absolute.

        nearest: IRIs of things to offer."""
        page = Page(self, "zh", "404", urlsplit(self.base).path or "/")
        title = " · ".join(_("Not found")[lang] for lang in LANGS)
        return page.render("404", title=title, nearest=[page.view.thing(iri) for iri in nearest])

    def rdf(self, iri: str, format: str) -> bytes:
        """What the graph says of one thing, with the annotations of these statements; what follows by rules
        is on the thing's page and in the graph as a whole.

        format: ttl, jsonld, nt or rdf."""
        notes = self.things.quads(None, NamedNode(OWL + "annotatedSource"), NamedNode(iri))
        todo: list[Any] = [NamedNode(iri), *(quad.subject for quad in notes)]
        about: dict[Triple, None] = {}
        for node in todo:  # grows by what has no name of its own
            for quad in self.things.quads(node):
                if quad.graph_name == _INFERRED:
                    continue
                if isinstance(quad.object, BlankNode) and quad.object not in todo:
                    todo.append(quad.object)
                about[quad.triple] = None
        triples = Ordered(about)
        known = [one for one in self.prefixes.items() if not one[1].startswith(_APART) or one[1] == PARK]
        short = {prefix: iri for prefix, iri in known if triples.uses(iri)}
        if format == "jsonld":
            stream = io.BytesIO()
            write_json_ld({None: triples.terms()}, stream, short)
            plain = json.loads(stream.getvalue().replace(f'"@id": "{BASE}'.encode(), b'"@id": "'))
            plain["@context"]["@base"] = BASE
            return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
        return serialize(triples, format=RDF[format], prefixes=short, base_iri=BASE) or b""

    def _sitemap(self) -> bytes:
        """Each page with its address in both languages, and that which leads to the reader's."""
        names = [path[len("zh/") : -len(".html")] for path in self.paths() if path.startswith("zh/")]
        template = environment("en").get_template("sitemap.xml")
        return gzip.compress(template.render(base=self.base or BASE, names=names).encode(), 9, mtime=0)


# --- The folder -------------------------------------------------------------------------------------------


class Written(NamedTuple):
    """How many files, and bytes."""

    files: int
    size: int


def write_site(site: Site, folder: Path, *, say: Callable[[Text], None] = lambda text: None) -> Written:
    """Writes all pages of `site` into `folder`, which is replaced as a whole at the end.

    say: is told each step.  Raises Usage when the folder holds other things or cannot be written."""
    check_built()
    mine = _written_before(folder)
    check_folder(folder, mine)
    say(_("answering every question"))
    names, size, made = [MARK], 0, {""}
    with whole_folder(folder, mine) as new:
        for path, content in _contents(site):
            place = new / path
            if (inside := path.rpartition("/")[0]) not in made:
                place.parent.mkdir(parents=True, exist_ok=True)
                made.add(inside)
            place.write_bytes(content)
            names.append(path)
            size += len(content)
        said = json.dumps({"digest": site.digest, "files": names})
        (new / MARK).write_bytes(gzip.compress(said.encode(), mtime=0))
    return Written(len(names), size)


def _contents(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file with its path: those of the site, further parts after the first, and the assets."""
    for path in site.paths():
        number, bare, here = 1, path.removesuffix(".html"), path
        file = site.file(path)
        assert file is not None, path
        while file is not None:
            yield here, file.content
            number += 1
            here = f"{bare}.p{number}.html"
            leads = quote(here.rpartition("/")[2]).encode() in file.content
            file = site.file(here) if leads else None
    for asset in sorted(file for file in ASSETS.iterdir() if file.stem != "draft"):
        yield f"assets/{asset.name}", asset.read_bytes()


def _written_before(folder: Path) -> Callable[[str], bool]:
    try:
        names = set(json.loads(gzip.decompress((folder / MARK).read_bytes()))["files"])
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        names = set()
    return names.__contains__


def check_built() -> None:
    """Raises Usage when the scripts and styles of the pages have not been made."""
    if not (ASSETS / "style.css").is_file():
        raise Usage(
            _("the scripts of the pages have not been made"),
            fix=_("install the package with pip, or run make site: both make them"),
        )
