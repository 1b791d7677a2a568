"""parkgraph from Python.

    import parkgraph

    graph = parkgraph.open()
    answer = graph.ask("projects-serving-industry", industry="生物医药", lang="en")
    for row in answer:
        print(row.projectLabel, row.evidence)
    answer.to_pandas()
    answer.write("answer.csv")
    graph.query("SELECT ?park WHERE { ?park a park:Park }")

In a notebook an answer shows as a table. Nothing here prints; errors are ParkgraphError.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from parkgraph import names
from parkgraph.errors import Usage
from parkgraph.messages import Text, _
from parkgraph.read.files import Root, find_root

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Store

    from parkgraph.ask.question import Parameter, Question
    from parkgraph.ask.rows import Answer
    from parkgraph.evidence.text import SourceText
    from parkgraph.finding import Finding
    from parkgraph.infer.closure import Explainer, Step
    from parkgraph.search.documents import Finder, Hit
    from parkgraph.search.reply import Reply
    from parkgraph.search.show import Thing
    from parkgraph.search.things import Things

Lang = Literal["zh", "en"]
Value = str | int | float | Sequence[str | int | float]
Articles = str | Path | Sequence[str | Path]


def open(root: str | Path | None = None, *, lang: Lang = "en") -> Graph:
    """The graph in the folder `root`; without one, in $PARKGRAPH_ROOT, in the nearest folder from the current
    one upward that holds ontology/ and kg/, or the one that came with the package.

    lang: of labels and headings where a call names no other.  Files are read when first needed.
    Raises Usage when the folder holds no graph.
    """
    return Graph(find_root(root), lang=lang)


class Graph:
    """A graph to ask: ontology, data and what follows from them, with its saved questions."""

    def __init__(
        self, root: Root, *, lang: Lang = "en", say: Callable[[Text], None] = lambda text: None
    ) -> None:
        """say: is told what takes long."""
        _check_lang(lang)
        self.root = root
        self._say = say
        self.lang: Lang = lang

    def __repr__(self) -> str:
        return f"<parkgraph.Graph {self.root.path}>"

    @cached_property
    def store(self) -> Store:
        """The pyoxigraph store with its named graphs (ontology, data, inferred, shapes).

        Assembled and inferred once, then from the cache.  Raises Unreadable for a bad file.
        """
        from parkgraph.graph.cache import open_graph

        return open_graph(self.root)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Known prefixes → namespaces."""
        from parkgraph.read.prefixes import prefixes

        return prefixes(self.root.path)

    def questions(self, topic: str | None = None) -> list[Question]:
        """The saved questions, of one topic or all.  Raises Usage for an unknown topic."""
        from parkgraph.ask.catalogue import catalogue

        return catalogue(self.root, topic)

    def question(self, name: str) -> Question:
        """One saved question.  Raises Usage, with the nearest names, when there is none."""
        from parkgraph.ask.catalogue import find_question

        return find_question(self.root, name)

    def values(self, parameter: Parameter) -> list[tuple[str, str]]:
        """Label and short name of all that `parameter` may be; none for dates, numbers and the like."""
        from parkgraph.ask.labels import label_of
        from parkgraph.ask.resolve import Resolver

        if not parameter.of:
            return []
        found = Resolver(self.store, self.prefixes).members(parameter)
        named = ((node, names.shorten(node.value, self.prefixes)) for node in found)
        return sorted((label_of(self.store, node, self.lang) or short, short) for node, short in named)

    def ask(
        self,
        name: str | Question,
        /,
        *,
        lang: Lang | None = None,
        basis: str | Sequence[str] = (),
        evidence: bool = False,
        article: Articles = (),
        limit: int | None = None,
        engine: Literal["fast", "reference"] = "fast",
        **parameters: Value,
    ) -> Answer:
        """The answer to the saved question `name`.

        lang: of labels and headings, zh or en.  basis: only rows that rest on it, e.g. "stated".
        evidence: adds source, section and offsets of each row; article: files with the texts of sources, adds
        the words themselves.  limit: at most so many rows.  engine: fast (Oxigraph) or reference (rdflib).
        parameters: those of the question; a label in any language, an alias, a short name or an IRI, or
        several in a list.
        Raises Usage (unknown question, parameter or value, each with the nearest) and Unreadable.
        """
        from parkgraph.ask.parameters import bind
        from parkgraph.ask.run import ENGINES, keep_basis, run

        chosen = _check_lang(lang or self.lang)
        if engine not in ENGINES:
            raise Usage(_("unknown engine: {engine}", engine=engine), fix=_("fast or reference"))
        if limit is not None and limit < 0:
            raise Usage(_("limit cannot be negative"))
        question = self.question(name) if isinstance(name, str) else name
        bound = bind(question, parameters, self.store, lang=chosen, prefixes=self.prefixes)
        answer = run(question, bound, self.store, lang=chosen, engine=engine)
        if basis:
            wanted = [basis] if isinstance(basis, str) else basis
            answer = keep_basis(answer, wanted, self.store, self.prefixes)
        if limit is not None:
            answer = answer.first(limit)
        if evidence or article:
            from parkgraph.ask.rows import with_details

            answer = with_details(answer, self.things(article).evidence, bool(article))
        return answer

    def find(
        self, words: str, *, kind: Literal["thing", "fact", "question"] | None = None, limit: int = 10
    ) -> list[Hit]:
        """Things, facts and questions by part of a name, an alias, a value or a period, best first.

        kind: only such.  limit: at most so many.  Raises Usage when there are no words to look for.
        """
        return self.finder.find(words, kind=kind, limit=limit)

    def show(self, thing: str, *, article: Articles = ()) -> Thing:
        """Everything about one thing, in both languages: what it has, what is said of it and points to it,
        each with basis and evidence; history, open questions, possible twins, the questions that take it.

        thing: a name in any language, a part of one, a short name or an IRI.  article: files with the texts
        of sources, add the words to the evidence.
        Raises Usage (nothing is called so, or several things are), Unreadable for a wrong file.
        """
        from parkgraph.search.show import show

        node = self.finder.node(thing, self.lang)
        return show(node, self.things(article), self.finder.searched.asked, self.explainer)

    def saved(self, text: str) -> str | None:
        """The name of the saved question of which `text` is the sentence or an example, word for word."""
        return self.finder.saved(text)

    def reply(self, question: str, *, lang: Lang | None = None, article: Articles = ()) -> Reply:
        """The reply to a question in one's own words, in Chinese or English: what the graph holds about it,
        each with evidence, or that the source does not say it.

        lang: of the reply; without it that of the question, where that is mixed `self.lang`.  article: files
        with the texts of sources, add the words to the evidence.
        Raises Usage (no question, too long, a query), Unreadable for a wrong file.
        """
        from parkgraph.search.reply import Replier, language_of

        finder = self.finder.reading(self.things(article)) if article else self.finder
        return Replier(finder).reply(question, _check_lang(lang or language_of(question, self.lang)))

    def things(self, article: Articles = ()) -> Things:
        """The graph's things to read; article: files with the texts of sources, add the words to evidence."""
        from parkgraph.search.things import Things

        return Things(self.store, self.prefixes, self._texts(article))

    def _texts(self, article: Articles) -> dict[str, SourceText]:
        from parkgraph.ask.rows import read_articles

        files = [article] if isinstance(article, str | Path) else article
        return read_articles(files, self.root, self.store)

    @cached_property
    def finder(self) -> Finder:
        """What finds things, facts and questions."""
        from parkgraph.search.documents import Finder, searched

        def whole() -> list[Question]:
            from parkgraph.ask.catalogue import catalogue

            return catalogue(self.root, broken=[])  # of the broken ones `questions` and `lint` tell

        things = self.things()
        return Finder(things, searched(self.root, things, whole, self._say), self.question)

    def explain(self, answer: Answer, row: int) -> list[Step]:
        """Why a row of an answer to a saved question is so: each fact behind it, down to asserted triples.

        row: from 0.  Raises Usage when there is no such row.
        """
        from parkgraph.ask.provenance import facts_behind

        facts = facts_behind(self.question(answer.name), answer, row, self.store)
        return [step for fact in facts if (step := self.explainer.explain(fact)) is not None]

    def why(self, subject: str, predicate: str, object: str) -> Step | None:
        """How a triple holds, down to asserted triples with their passages; None when it does not hold.

        Each is an IRI or a name with a known prefix; `a` is rdf:type.  Raises Usage for anything else.
        """
        from pyoxigraph import NamedNode, Triple

        given = (subject, "rdf:type" if predicate == "a" else predicate, object)
        try:
            terms = [NamedNode(names.expand(text, self.prefixes) or "") for text in given]
        except ValueError:
            said, fix = f"{subject} {predicate} {object}", _("e.g. project:x a park:Project")
            raise Usage(_("not three IRIs: {said}", said=said), fix=fix) from None
        return self.explainer.explain(Triple(*terms))

    @cached_property
    def explainer(self) -> Explainer:
        from parkgraph.infer.closure import Explainer

        return Explainer(self.store)

    def query(self, sparql: str, *, lang: Lang | None = None) -> Answer:
        """The answer to any SPARQL query on ontology, data and inferred triples; known prefixes need no
        declaration. Without limit of time; the command `parkgraph query` has one.

        Raises Unreadable, with line and column: for what is not SPARQL, for an update, and for a query that
        would reach outside the graph.
        """
        from parkgraph.ask.resolve import unheard_of
        from parkgraph.ask.rows import Answer
        from parkgraph.ask.run import named, on_oxigraph
        from parkgraph.graph.sparql import check_query

        check_query(sparql, self.prefixes)
        found = on_oxigraph(self.store, sparql, self.prefixes)
        kind, columns, rows = named(found)
        notices = tuple(unheard_of(sparql, self.store, self.prefixes)) if type(self) is Graph else ()
        lang = _check_lang(lang or self.lang)
        return Answer(kind=kind, columns=columns, terms=tuple(rows), lang=lang, notices=notices)

    def validate(self, engine: Literal["fast", "reference"] = "fast") -> list[Finding]:
        """What is wrong with the data by the graph's own shapes, each with file, line and column.

        engine: reference asks pySHACL too and tells where it says something else.
        Raises as `parkgraph.validate.validate`.
        """
        from parkgraph.validate import validate
        from parkgraph.validate.check import Options

        files = self.root.paths
        data, shapes = files("data", "passages", "codes"), files("prefixes", "shapes")
        return validate(data, shapes, files("ontology"), Options(engine))

    def to_rdflib(self) -> rdflib.Graph:
        """Ontology, data and inferred triples as one rdflib graph."""
        from parkgraph.ask.reference import to_graph
        from parkgraph.graph.assemble import QUESTION_GRAPHS

        return to_graph(self.store, QUESTION_GRAPHS)


def _check_lang(lang: Lang) -> Lang:
    if lang not in ("zh", "en"):
        raise Usage(_("unknown language: {value}", value=lang), fix=_("zh or en"))
    return lang
