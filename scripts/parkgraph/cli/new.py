"""`parkgraph new`: the description of a source, or the skeleton of a thing; `codes`: the code lists."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from parkgraph.cli import findings, settings
from parkgraph.cli.parser import FILE, NAME, Parser
from parkgraph.errors import FINDINGS, Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.draft.source import Moved
    from parkgraph.draft.write import Edits
    from parkgraph.evidence.text import SourceText
    from parkgraph.finding import Finding
    from parkgraph.graph.documents import Graph
    from parkgraph.read.files import Root


def options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "`new source FILE` describes a text as a source: headline, date, publisher, people and sections are "
        "read from it, options say the rest, and kg/sources/ gets its files. `new CLASS` prints the skeleton "
        "of a thing or statement: what the shapes ask, with the codes there are; --write appends it to the "
        "file of its topic."
    )
    parser.option("what", metavar=_("source|CLASS"), help=_("source, or a class such as Project"))
    parser.option("file", nargs="?", metavar=FILE, help=_("the text of the article (with source)"))
    parser.option("--slug", metavar=NAME, help=_("the end of the IRI (default: from the English name)"))
    parser.section(_("Options of new source:"))
    parser.option("--headline", metavar=_("TEXT"), help=_("the headline, where the text does not show it"))
    parser.option("--date", metavar="YYYY-MM-DD", help=_("the date of publication"))
    parser.option("--publisher", metavar=NAME, help=_("the publisher, as printed"))
    pair, english = _("CHINESE=ENGLISH"), _("the English of a name or headline")
    parser.option("--en", action="append", default=[], metavar=pair, help=english)
    parser.section(_("Options of new CLASS:"))
    parser.option("--label", nargs=2, metavar=_("TEXT"), help=_("the label in Chinese and in English"))
    said = _("a property, e.g. park:phase=phase:signed; may be repeated")
    parser.option("--set", action="append", default=[], metavar=_("PROPERTY=VALUE"), help=said)
    said = _("a printed figure, e.g. 突破2600亿元: value, unit and bounds")
    parser.option("--figure", metavar=_("WORDS"), help=said)
    _evidence(parser)
    parser.option("--write", action="store_true", help=_("append it to the file of its topic"))


def _evidence(parser: Parser) -> None:
    phrase = _("a phrase of the article")
    parser.option("--evidence", action="append", default=[], metavar=_("PHRASE"), help=phrase)
    parser.article(_("the text in which --evidence stands"))


def run(args: Namespace) -> int | None:
    """Describes a source, or prints a skeleton."""
    root = settings.root(told=True)
    if args.what == "source":
        return _source(args, root)
    if args.file:
        raise Usage(_("one argument too many: {word}", word=args.file))
    return _skeleton(args, root)


def _source(args: Namespace, root: Root) -> int:
    from parkgraph.draft.article import opened
    from parkgraph.draft.source import corrected, describe
    from parkgraph.draft.write import Edits, read_graph
    from parkgraph.evidence.sources import read_sources

    if not args.file:
        raise Usage(_("new source needs the file with the article's text"))
    graph = read_graph(root)
    article = opened(args.file)
    text = article.text
    if known := [one.slug for one in read_sources(graph).values() if one.sha256 == text.sha256]:
        settings.notice(_("this text is the source {slug} already; nothing was written", slug=known[0]))
        return 0
    moved = corrected(article, graph)
    if moved and not args.slug:
        tell_corrected(moved)
        return FINDINGS
    edits, given = Edits(root), {"slug": args.slug, "headline": args.headline, "publisher": args.publisher}
    slug = describe(article, graph, edits, dict(_pairs(args.en)), published=_day(args.date), **given)
    if not (done := settle(edits, [text], about=slug)):
        return FINDINGS
    print(*done[0], sep="\n")
    return 0


def tell_corrected(moved: Moved) -> None:
    """Says which passages of a known source a corrected text moved or lost, and which facts that touches."""
    said = _(
        "this text is a corrected form of {slug}; passages: {kept} where they stood, "
        "{moved} moved, {gone} gone",
        slug=moved.source.slug, kept=len(moved.kept), moved=len(moved.moved), gone=len(moved.gone),
    )  # fmt: skip
    print(settings.words(said))
    for by, together in groupby(sorted(moved.moved), lambda old: moved.moved[old].start - old.start):
        olds = [*together]
        place = f"{olds[0].start}-{max(old.end for old in olds)}"
        told = _("  passages in {place}: {n}, moved by {by}", place=place, n=len(olds), by=f"{by:+}")
        print(settings.words(told))
    for old, facts in moved.gone.items():
        touched = sorted({fact.value.rpartition("/id/")[2] for fact in facts})
        print(settings.words(_("  {place} is gone; cited by {facts}", place=old, facts=touched)))
    settings.notice(
        _(
            "Offsets are never moved to another text. Keep the old text with its facts, or describe this one "
            "as a source of its own (new source --slug NAME) and let the facts above cite it too."
        )
    )


def _pairs(given: Iterable[str]) -> Iterable[tuple[str, str]]:
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise Usage(_("“{pair}” is not of the form NAME=VALUE", pair=pair))
        yield name.strip(), value.strip()


def _day(given: str | None) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Usage(_("no such day: {given}", given=given), fix=_("write it as 2019-07-18")) from None


def _skeleton(args: Namespace, root: Root) -> int:
    from parkgraph.draft.figures import figures_in
    from parkgraph.draft.new import class_named, prefix_of, skeleton
    from parkgraph.draft.write import Edits, Units, both, quantity, read_graph, slug

    graph = read_graph(root)
    class_ = class_named(graph, args.what)
    given: dict[str, list[str]] = {}
    if args.label:
        given["rdfs:label"] = both(*args.label)
    for name, value in _pairs(args.set):
        given.setdefault(name, []).append(value)
    units = Units(graph)
    if args.figure:
        found = figures_in(args.figure)
        if len(found) != 1:
            said = _("“{words}” holds {n} figures", words=args.figure, n=len(found))
            raise Usage(said, fix=_("give one, with its unit"))
        printed = args.figure[found[0].span.start : found[0].span.end]
        given |= {name: list(values) for name, values in quantity(found[0], printed, units)}
    evidence, texts, known = passages(args, graph)
    if evidence:
        given["park:evidence"] = evidence
    name = args.slug or (slug(args.label[1]) if args.label else "TODO")
    file, turtle, left = skeleton(root, graph, class_, name, given)
    for line in left:
        settings.notice(_("to fill: {line}", line=line))
    if not args.write:
        print(turtle, end="")
        return 0
    if left or name == "TODO":
        fix = _("--label, --set, --evidence")
        raise Usage(_("what is to fill must be filled before it is written"), fix=fix)
    edits = Edits(root, known)
    if f"\n{prefix_of(graph, class_)}:{name} a " in edits.text(file):
        raise Usage(_("{name} is in the graph already", name=name), fix=_("give another slug with --slug"))
    edits.add(file, [turtle])
    edits.add("ontology/codes/indicator.ttl", units.nodes())
    if settle(edits, texts) is None:
        return FINDINGS
    print(file)
    return 0


def passages(args: Namespace, graph: Graph) -> tuple[list[str], list[SourceText], dict[str, str]]:
    """The passages of the phrases given with --evidence, the texts, and the prefixes of their passages.

    Raises Usage for a phrase that stands in the texts never or several times.
    """
    from parkgraph.evidence.sources import identify, read_sources
    from parkgraph.evidence.text import load

    sources = read_sources(graph).values()
    texts = [load(article) for article in args.article]
    pinned = [(text, identify(text, sources)) for text in texts]
    found = []
    for phrase in args.evidence:
        places = [(source, span) for text, source in pinned for span in text.find(phrase)]
        if len(places) != 1:
            fix = _("give a longer phrase, and its text with --article")
            raise Usage(_("{phrase} stands {n} times in the text", phrase=phrase, n=len(places)), fix=fix)
        found.append(f"{places[0][0].slug}:{places[0][1]}")
    return found, texts, {source.slug: f"{source.iri}/" for source in sources}


OPEN = ("clause-uncovered", "number-unmatched")
"""What an audit finds while an article is being worked on; it keeps nothing from being written."""


def settle(
    edits: Edits, texts: Sequence[SourceText], about: str = ""
) -> tuple[list[str], list[Finding]] | None:
    """Writes the changes: the files, and what is still open in the texts.

    None, and nothing is written, where the graph would not conform: it is told what is wrong (with `about`
    only what lies in files of this name).
    """
    from parkgraph.show.output import write_all

    found, changed = edits.checked(texts)
    violations = [one for one in found if one.severity == "violation" and one.rule not in OPEN]
    wrong = [one for one in violations if about in (one.file or "")]
    if wrong or not changed:
        findings.write(findings.told(wrong or found, command="new", frames=False))
        settings.notice(_("nothing was written"))
        return None
    write_all({edits.root.path / name: text.encode() for name, text in changed.items()})
    return sorted(changed), [one for one in found if one.rule in OPEN]


def codes_options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Without a name: the code lists. With one: its codes and what they mean. --add writes a new code "
        "into the file of its list; an industry is a code of the list industry."
    )
    parser.option("list", nargs="?", metavar=NAME, help=_("a code list, e.g. phase"))
    parser.option("--add", metavar=_("CODE"), help=_("the new code, e.g. topped-out"))
    parser.option("--label", nargs=2, metavar=_("TEXT"), help=_("its name in Chinese and in English"))
    _evidence(parser)
    parser.option(
        "--definition", nargs=2, metavar=_("TEXT"), help=_("what it means, in Chinese and in English")
    )


def codes_run(args: Namespace) -> int:
    """Lists or adds."""
    from parkgraph.draft.new import code, codes, schemes
    from parkgraph.draft.write import Edits, read_graph

    root = settings.root(told=bool(args.add))
    graph, lang = read_graph(root), settings.current().lang
    if args.list is None:
        for name, scheme in schemes(graph).items():
            print(f"{name}\t{graph.label(scheme, lang)}")
        return 0
    if args.add is None:
        for short, labels, definitions in codes(graph, args.list):
            print(f"{short}\t{labels.get(lang, '')}\t{definitions.get(lang, '')}")
        return 0
    if not args.label or not args.definition:
        raise Usage(_("a new code needs --label and --definition, each in Chinese and in English"))
    evidence, texts, known = passages(args, graph)
    file, turtle = code(graph, args.list, args.add, args.label, args.definition, evidence)
    edits = Edits(root, known)
    edits.add(file, [turtle])
    if settle(edits, texts, about=file) is None:
        return FINDINGS
    print(file)
    return 0
