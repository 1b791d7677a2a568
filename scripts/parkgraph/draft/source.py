"""The description of a text as a source: its Turtle file, from what the text says and what is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from parkgraph.draft.article import Article
from parkgraph.draft.known import Known
from parkgraph.draft.write import Edits, both, node, whole_clauses
from parkgraph.draft.write import slug as slug_of
from parkgraph.errors import Usage
from parkgraph.evidence.passages import LONGEST
from parkgraph.evidence.sources import Source, passage_of, read_sources
from parkgraph.evidence.text import SourceText, Span, digest
from parkgraph.graph.documents import Graph
from parkgraph.messages import Text, _
from parkgraph.names import ENTITY, PARK, SOURCE, shorten
from parkgraph.read.turtle import Term

_ROLES = {"author": "schema:author", "editor": "schema:editor"}


def describe(
    article: Article, graph: Graph, edits: Edits, english: Mapping[str, str], *, slug: str | None = None,
    headline: str | None = None, published: date | None = None, publisher: str | None = None,
) -> str:  # fmt: skip
    """Adds the file of the source to the edits; gives its slug.

    english: Chinese name → English one.  The rest: what the curator says where the text does not.
    Raises Usage when something is neither in the text nor given, with the options that say it.
    """
    text, people, english, things = article.text, article.people, dict(english), Known(graph)
    headline = headline or (text.part(article.headline) if article.headline else None)
    publisher = publisher or (text.part(article.publisher) if article.publisher else None)
    published = published or article.published
    same = {name: things.same(name) for name in (publisher or "", *people)}
    agents = ("Organization", "Person")
    known = {name: one for name, one in same.items() if one and things.kinds[one] in agents}
    for name, thing in known.items():
        english.setdefault(name, graph.label(thing, "en") or "")
    needed = [name for name in [headline, publisher, *people] if name and not english.get(name)]
    said = {"headline": headline, "date": published, "publisher": publisher, "people": list(people)}
    missing: list[Text] = [f"--{name}" for name, value in said.items() if not value and name != "people"]
    missing += [f"--en '{name}=…'" for name in needed]
    if missing:
        told = [f"{name}: {value}" for name, value in said.items() if value]
        fix = _("give what is missing with these options; nothing was written")
        lacking = _("the text says {told}; still missing: {missing}", told=told, missing=missing)
        raise Usage(lacking, fix=fix, file=text.name)
    assert headline and publisher and published
    name = slug or f"{slug_of(english[publisher])}-{published}"
    if graph.has_subject(NamedNode(SOURCE + name)):
        raise Usage(_("a source is called {name} already", name=name), fix=_("give another one: --slug NAME"))
    edits.extra |= {"passage": f"{SOURCE}{name}/", "section": f"{SOURCE}{name}/section/", "source": SOURCE}
    edits.add(f"kg/sources/{name}.ttl", _nodes(article, name, headline, publisher, published, english, known))
    return name


def _nodes(
    article: Article, name: str, headline: str, publisher: str, published: date,
    english: Mapping[str, str], known: Mapping[str, NamedNode],
) -> list[str]:  # fmt: skip
    text = article.text

    def iri(thing: str, kind: str) -> str:
        found = known.get(thing)
        prefixed = {kind: f"{ENTITY}{kind}/", "organization": f"{ENTITY}organization/"}
        return shorten(found.value, prefixed) if found else f"{kind}:{slug_of(english[thing])}"

    def passages(*spans: Span | None) -> list[str]:
        return [f"passage:{span}" for span in sorted({span for span in spans if span})]

    people = article.people
    dated = [span for span in (article.headline, article.day) if span]
    roles = [(_ROLES[role], [iri(person, "person")]) for person, (role, __) in people.items()]
    nodes = [
        node(f"source:{name}", "park:NewsArticle", [
            ("rdfs:label", both(headline, english[headline])),
            ("schema:headline", both(headline, english[headline])),
            ("schema:datePublished", [_published(article, published)]),
            ("schema:inLanguage", ['"zh"']),
            ("schema:publisher", [iri(publisher, "organization")]),
            *roles,
            ("park:textLength", [str(len(text))]),
            ("park:textSha256", [f'"{text.sha256}"^^xsd:hexBinary']),
            ("park:openQuestion", both(*_ZONE) if article.time else []),
            ("park:evidence", passages(*whole_clauses(text.text, dated, LONGEST))),
        ])
    ]  # fmt: skip
    if publisher not in known:
        nodes.append(node(iri(publisher, "organization"), "park:MediaOrganization", [
            ("rdfs:label", both(publisher, english[publisher])),
            ("park:evidence", passages(article.publisher or article.headline)),
        ]))  # fmt: skip
    for person, (__, span) in people.items():
        if person not in known:
            nodes.append(node(iri(person, "person"), "park:Person", [
                ("rdfs:label", both(person, english[person])), ("park:evidence", passages(span)),
            ]))  # fmt: skip
    fixed = {"head": ("篇首", "head"), "body": ("正文", "body"), "credits": ("署名", "credits"),
             "part-0": ("导语", "introduction")}  # fmt: skip
    for number, part in enumerate(article.parts, 1):
        zh = " ".join(text.part(span) for span in part.headings) or fixed[part.slug][0]
        en = fixed.get(part.slug, ("", f"section {part.slug[5:]}"))[1]
        nodes.append(node(f"section:{part.slug}", "park:Section", [
            ("rdfs:label", both(zh, en)),
            ("park:inSource", [f"source:{name}"]),
            ("park:ordinal", [str(number)]), ("park:start", [str(part.span.start)]),
            ("park:end", [str(part.span.end)]),
            ("park:evidence", passages(*part.headings)),
        ]))  # fmt: skip
    return nodes


_ZONE = (
    "来源没有给出时区，发布时间按中国标准时间记录。",
    "The source gives no time zone; the time of publication is recorded as China Standard Time.",
)


def _published(article: Article, day: date) -> str:
    """The date of publication as Turtle writes it, with its hour where the text has one."""
    if not article.time or day != article.published:
        return f'"{day}"^^xsd:date'
    hour, __, rest = article.time.partition(":")
    return f'"{day}T{hour:0>2}:{rest if rest.count(":") else rest + ":00"}+08:00"^^xsd:dateTime'


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the passages of a known source in a corrected text.

    kept: unchanged at their place.  moved: old → new place.  gone: passage → the facts that cite it.
    """

    source: Source
    kept: list[Span]
    moved: dict[Span, Span]
    gone: dict[Span, list[Term]]


def corrected(article: Article, graph: Graph) -> Moved | None:
    """The known source that this text is a corrected form of: same headline or most passages the same."""
    text = article.text
    headline = article.headline and text.part(article.headline)
    for source in read_sources(graph).values():
        if source.sha256 == text.sha256:
            return None
        users: dict[Span, list[Term]] = {}
        for fact in graph.facts:
            passage = passage_of(fact.object)
            if passage and passage[0] == source.iri:
                users.setdefault(passage[1], []).append(fact.subject)
        passages = {span: NamedNode(source.passage_iri(span)) for span in users}
        digests = {
            at: graph.texts(one, NamedNode(PARK + "sha256")).get("", "") for at, one in passages.items()
        }
        kept = [span for span in users if span.end <= len(text) and text.digest(span) == digests[span]]
        named = headline and any(label in headline or headline in label for label in source.labels.values())
        if not named and 2 * len(kept) < len(users):
            continue
        places = _places(text, {digests[span]: len(span) for span in users if span not in kept})
        moved: dict[Span, Span] = {}
        by = 0  # how far what stands in one place only has moved: words that stand in several moved with it
        for span in sorted({*users} - {*kept}):
            if here := places.get(digests[span]):
                moved[span] = min(here, key=lambda at: abs(at.start - span.start - by))
                by = moved[span].start - span.start if len(here) == 1 else by
        gone = {span: users[span] for span in sorted(users) if span not in kept and span not in moved}
        return Moved(source, sorted(kept), moved, gone)
    return None


def _places(text: SourceText, wanted: Mapping[str, int]) -> dict[str, list[Span]]:
    """Digest → the places of the text that have it.  wanted: digest → its length."""
    found: dict[str, list[Span]] = {}
    for length in sorted(set(wanted.values())):
        for start in range(len(text) - length + 1):
            mark = digest(text.text[start : start + length])
            if mark in wanted:
                found.setdefault(mark, []).append(Span(start, start + length))
    return found
