"""`parkgraph ask`: answers a question; `questions` lists them; `find`, `show` and `why` tell of things."""

from __future__ import annotations

import re
import sys
from argparse import BooleanOptionalAction, Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from parkgraph.cli import settings
from parkgraph.cli.parser import NAME, ROWS, Parser
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS, Unreadable, Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.api import Graph
    from parkgraph.ask.question import Parameter, Question
    from parkgraph.infer.closure import Step
    from parkgraph.infer.explain_text import Wording
    from parkgraph.show.results import Table

LISTED = 12
"""Values of a parameter that `ask NAME --help` lists."""

FOUND = ("table", "csv", "tsv", "json", "jsonl", "md", "html")
"""How things that are found are listed; questions also as Turtle."""

_KINDS = {"language": "zh|en", "date": "YYYY-MM-DD", "year": "YYYY", "number": "N"}
_LIKE_A_NAME = re.compile(r"[\w.-]*", re.ASCII)  # anything else is a question in words
_SOURCE = _("the text of a source: adds the words themselves; may be repeated")


def options(parser: Parser) -> None:
    """Declares the args. NAME and its parameters are known only when its file is read: see _sort_out."""
    from parkgraph.show.results import FORMATS

    parser.free = True
    parser.synopsis = _("QUESTION [--PARAMETER VALUE]…")
    parser.about = _(
        "Answers a question in your own words, or a saved one by its name. One in your own words gets facts "
        "and saved questions that fit, each with evidence, or what the source does not say. "
        "The parameters of a saved question are options: give a label in any language, "
        "an alias, a short name or an IRI; give an option again for a further value. "
        "`parkgraph questions` lists the questions, `parkgraph ask NAME --help` shows one."
    )
    basis = _("only rows that rest on it: stated, inference or computed; may be repeated")
    parser.several("--basis", metavar=_("CODE"), help=basis)
    parser.flag("--evidence", _("add source, section and offsets to every row"))
    parser.article(_SOURCE)
    parser.formats((*FORMATS, "text"), ROWS)
    parser.output()
    parser.whole("--limit", "-n", help=_("at most so many rows"))
    headings = _("of table, csv, md and html: words, or the query's variable names")
    parser.choice("--headings", known=("labels", "names"), help=headings, default="labels")
    parser.flag("--iris", _("csv, xlsx: the IRI of each thing beside its label"))
    mark = _("begin a CSV with a byte-order mark, for spreadsheets (default: in a file yes, in a pipe no)")
    parser.option("--bom", action=BooleanOptionalAction, help=mark)
    parser.engine(_("engine; reference is rdflib"))
    row = _("explain this row (from 1) instead: each fact behind it and what it rests on; text or json")
    parser.whole("--why", metavar=_("ROW"), least=1, help=row)
    parser.flag(
        "--report", _("in your own words: if nothing answers it, write a report ready to file instead")
    )
    parser.endpoint(_("ask the graph in this store, e.g. http://127.0.0.1:7878"))


def run(args: Namespace) -> int:
    """Answers the question, or shows it."""
    name, parameters = _sort_out(args.rest, partial=args.help)
    if args.help:
        from parkgraph.cli.app import parser_of

        print(parser_of("ask").format_help().rstrip() if name is None else "\n".join(_described(name)))
        return 0
    if name is None:
        raise Usage(_("which question?"), fix=_("`parkgraph questions` lists them"))
    with settings.graph_at(args) as graph:
        if args.endpoint is None and not _LIKE_A_NAME.fullmatch(name):
            saved = graph.saved(name)
            if saved is None:
                return _reply(name, parameters, args, graph)
            name = saved
        _ask(name, parameters, args, graph)
    return 0


def _sort_out(rest: Sequence[str], *, partial: bool) -> tuple[str | None, dict[str, list[str]]]:
    """The question's name and the values of its parameters from what no option took.

    partial: a missing value is no error (help was asked for).  Raises Usage.
    """
    name: str | None = None
    parameters: dict[str, list[str]] = {}
    left = list(rest)
    while left:
        word = left.pop(0)
        if word.startswith("--") and len(word) > 2:
            option, has_value, value = word[2:].partition("=")
            if not has_value and not left:
                if partial:
                    continue
                raise Usage(_("--{option} needs a value", option=option))
            parameters.setdefault(option.replace("-", "_"), []).append(value if has_value else left.pop(0))
        elif word.startswith("-"):
            raise Usage(_("unknown option: {word}", word=word), fix=_("see parkgraph ask --help"))
        elif name is None:
            name = word
        else:
            raise Usage(
                _("one question at a time: {name} or {word}?", name=name, word=word),
                fix=_("a parameter is given as --PARAMETER VALUE; quote a value with spaces"),
            )
    return name, parameters


def _reply(text: str, parameters: dict[str, list[str]], args: Namespace, graph: Graph) -> int:
    """Replies to a question in the user's own words."""
    from parkgraph.search.reply import REFUSED, facts_table, reply_data, reply_lines, report
    from parkgraph.show.results import written_data

    if parameters:
        raise Usage(
            _("a question in words takes no --{name}", name=next(iter(parameters))),
            fix=_("put the value into the question, or ask a saved one: `parkgraph questions` lists them"),
        )
    if args.format not in (None, "text", *FOUND):
        known = ", ".join(("text", *FOUND))
        raise Usage(
            _("a question in words is answered as {known}, not {format}", known=known, format=args.format),
            fix=_("a saved question is written in every format: `parkgraph questions` lists them"),
        )
    settings.spare(args.output)
    lang = settings.current().lang if settings.current().told else None
    reply = graph.reply(text, lang=lang, article=args.article)
    refused = reply.status in REFUSED
    if args.report and refused:
        settings.put(args.output, report(reply))
    elif args.format in FOUND and args.format != "json":
        settings.put_rows(args.output, facts_table(reply), args.format, prefixes=graph.prefixes)
    else:
        settings.put(args.output, written_data(reply_data(reply)) if _as_json(args) else reply_lines(reply))
    if refused and not args.report:
        settings.notice(_("--report writes a report ready to file"))
    return FINDINGS if refused else 0


def _as_json(args: Namespace) -> bool:
    return args.format == "json" or (args.format is None and str(args.output or "").endswith(".json"))


def _ask(name: str, parameters: dict[str, list[str]], args: Namespace, graph: Graph) -> None:
    from parkgraph.show.results import choose_format

    settings.spare(args.output)
    question = graph.question(name)
    given = cast(dict[str, Any], parameters)
    # Wrong options are said before anything is read.
    if args.why is not None:
        if args.format not in (None, "text", "json"):
            raise Usage(_("--why is told as text or json, not {format}", format=args.format))
        steps = graph.explain(graph.ask(question, basis=args.basis, **given), args.why - 1)
        if not steps:
            settings.notice(_("no single fact stands behind this row"))
        settings.put(args.output, _told(steps, graph, args.format))
        return
    triples = question.form in ("CONSTRUCT", "DESCRIBE")
    chosen = choose_format(args.format, args.output, terminal=sys.stdout.isatty(), triples=triples)
    answer = graph.ask(
        question, basis=args.basis, evidence=args.evidence, article=args.article, engine=args.engine, **given
    )
    shown = answer if args.limit is None else answer.first(args.limit)
    in_file = args.output not in (None, "-")
    settings.put_rows(
        args.output,
        shown.result,
        chosen,
        prefixes=graph.prefixes,
        bom=chosen == "csv" and (in_file if args.bom is None else args.bom),
        named=args.headings == "names",
        iris=args.iris,
    )
    for notice in answer.notices:
        settings.notice(notice)
    if answer.kind != "boolean" and not answer.terms:
        settings.notice(_("nothing found"))
    elif len(shown) < len(answer):
        settings.notice(_("{n} of {n2} rows shown; --limit changes that", n=len(shown), n2=len(answer)))


def _told(steps: Sequence[Step], graph: Graph, format: str | None, *, alone: bool = False) -> str | bytes:
    """Steps as text or as JSON; alone: of one step no list."""
    from parkgraph.infer.explain_text import as_json, as_text
    from parkgraph.show.results import written_data

    wording = _wording(graph)
    if format == "json":
        data = [as_json(step, wording) for step in steps]
        return written_data(data[0] if alone else data)
    return "\n".join(as_text(step, wording, settings.current().lang) for step in steps)


def _wording(graph: Graph) -> Wording:
    from parkgraph.ask.labels import label_of
    from parkgraph.infer.explain_text import Wording

    return Wording(graph.store, label_of, graph.prefixes)


# --- the questions themselves -----------------------------------------------------


def _described(name: str) -> list[str]:
    """The lines of `ask NAME --help`."""
    import shlex

    from parkgraph.cli.parser import table
    from parkgraph.show.table import wrap

    lang = settings.current().lang
    graph = settings.graph()
    question = graph.question(name)
    parameters = question.parameters
    given = [
        (f"--{name} {_KINDS.get(one.kind, one.kind.upper())}", _meaning(one, graph))
        for name, one in parameters.items()
    ]
    columns = [(name, texts[lang]) for name, texts in question.columns.items()]
    lines = [f"{question.id}: {question.summary[lang]}", "", *wrap(question.description[lang], 100), ""]
    for title, rows in ((_("Parameters:"), given), (_("Columns:"), columns)):
        if rows:
            lines += [words(title), *table(rows, 100), ""]
    # With the values it has anyway.
    example = [
        f"--{name} {shlex.quote(_default(one, graph))}"
        for name, one in parameters.items()
        if one.kind != "language" and len(one.default) == 1
    ]
    lines += [words(_("Example:")), "  " + " ".join(["parkgraph ask", question.id, *example]), ""]
    return [*lines, words(_("`parkgraph ask --help` shows the options of every question."))]


def _meaning(parameter: Parameter, graph: Graph) -> str:
    from parkgraph.names import shorten

    lang = settings.current().lang
    said = parameter.label[lang]
    if parameter.of:
        names = [label for label, __ in graph.values(parameter)]
        listed = names if len(names) <= LISTED else [*names[:LISTED], "…"]
        said += words(_(", one of {of}: {listed}", of=shorten(parameter.of, graph.prefixes), listed=listed))
    default = lang if parameter.kind == "language" else _default(parameter, graph) or words(_("any"))
    return said + words(_(" (default: {default})", default=default))


def _default(parameter: Parameter, graph: Graph) -> str:
    from parkgraph.show.cells import plain

    lang = settings.current().lang
    return ", ".join(plain(term, lang=lang, prefixes=graph.prefixes) for term in parameter.default)


def questions_options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Lists the saved questions by topic; `parkgraph ask NAME --help` shows one of them. "
        "As ttl they are a catalogue that other SPARQL tools read (sh:SPARQLExecutable)."
    )
    parser.option("--topic", "-t", metavar=NAME, help=_("of one topic only, e.g. project"))
    parser.formats((*FOUND, "ttl"), ROWS)
    parser.output()


def questions_run(args: Namespace) -> int:
    """Lists those that can be read, and tells of the others."""
    from parkgraph.ask.catalogue import catalogue, topics
    from parkgraph.show.results import choose_format

    chosen = choose_format(args.format, args.output, terminal=sys.stdout.isatty())
    if chosen not in (*FOUND, "ttl"):
        fix = _("one of: {known}", known=[*FOUND, "ttl"])
        raise Usage(_("questions are not listed as {chosen}", chosen=chosen), fix=fix)
    root = settings.root()
    broken: list[Unreadable] = []
    found = catalogue(root, args.topic, broken)
    if chosen == "ttl":
        from parkgraph.ask.catalogue import as_turtle

        settings.put(args.output, as_turtle(found))
    elif chosen == "table":
        detailed = args.topic is not None
        settings.put(args.output, lambda columns: _listed(found, topics(root), columns, detailed))
    else:
        bom = chosen == "csv" and args.output not in (None, "-")
        settings.put_rows(args.output, _table(found, topics(root)), chosen, bom=bom)
    for error in broken[1:]:
        settings.tell(error)
    if broken:
        raise broken[0]
    return 0


def _listed(
    questions: list[Question], topics: Mapping[str, Mapping[str, str]], columns: int, detailed: bool
) -> Iterator[str]:
    """The questions under their topics, a line each; detailed: with their parameters below."""
    from itertools import groupby

    from parkgraph.show.table import pad, wrap

    lang = settings.current().lang
    margin = max((len(question.id) for question in questions), default=0) + 4
    for topic, group in groupby(questions, key=lambda question: question.topic):
        listed = list(group)
        yield words(_("{topic} ({n}), --topic {name}", topic=topics[topic], n=len(listed), name=topic))
        for question in listed:
            said = wrap(question.summary[lang], max(columns - margin, 20))
            yield pad(f"  {question.id}", margin) + said[0]
            yield from (" " * margin + line for line in said[1:])
            taken = [f"--{name}" for name, one in question.parameters.items() if one.kind != "language"]
            if detailed and taken:
                yield " " * margin + " ".join(taken)
        yield ""
    yield words(_("`parkgraph ask NAME --help` shows a question; `parkgraph ask 'WORDS'` finds one"))


def _table(questions: list[Question], topics: Mapping[str, Mapping[str, str]]) -> Table:
    from pyoxigraph import Literal

    from parkgraph.show.results import Table

    lang = settings.current().lang
    headings = {
        "topic": _("topic"), "id": _("name"), "summary": _("question"), "parameters": _("parameters"),
    }  # fmt: skip
    rows = [
        (topics[one.topic][lang], one.id, one.summary[lang], " ".join(f"--{name}" for name in one.parameters))
        for one in questions
    ]
    cells = [[Literal(text) for text in row] for row in rows]
    return Table(tuple(headings), cells, {name: texts[lang] for name, texts in headings.items()})


# --- things and facts -------------------------------------------------------------


def find_options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Finds things, facts and saved questions by a part of a name in either language, an alias, a value "
        "(57.97) or a period (2017). `parkgraph show` tells everything about one of them."
    )
    parser.option("words", nargs="+", metavar=_("WORDS"), help=_("what to look for"))
    parser.choice("--kind", known=("thing", "fact", "question"), help=_("only these"))
    parser.whole("--limit", "-n", least=1, default=10, help=_("at most so many"))
    parser.formats(FOUND, ROWS)
    parser.output()


def find_run(args: Namespace) -> int:
    """Finds."""
    from parkgraph.search.documents import hits_table
    from parkgraph.show.results import choose_format, written_data

    chosen = choose_format(args.format, args.output, terminal=sys.stdout.isatty())
    graph = settings.graph()
    hits = graph.find(" ".join(args.words), kind=args.kind, limit=args.limit)
    if chosen == "json":
        settings.put(args.output, written_data(hits))
    else:
        table = hits_table(hits, settings.current().lang)
        settings.put_rows(args.output, table, chosen, prefixes=graph.prefixes)
    if not hits:
        settings.notice(_("nothing found"))
        return FINDINGS
    return 0


def show_options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Shows everything about one thing: what it has, what is said of it and what points to it, each with "
        "basis and evidence; its history, open questions, possible twins, and the questions that take it."
    )
    said = _("a name in any language, a part of one, a short name or an IRI")
    parser.option("thing", metavar=_("THING"), help=said)
    parser.article(_SOURCE)
    parser.formats(("text", "json"))
    parser.output()


def show_run(args: Namespace) -> None:
    """Shows it."""
    from parkgraph.search.show import thing_lines
    from parkgraph.show.results import written_data

    thing = settings.graph().show(args.thing, article=args.article)
    lines = thing_lines(thing, settings.current().lang)
    settings.put(args.output, written_data(thing) if _as_json(args) else lines)


def why_options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Explains a triple: the steps by which it follows from what is asserted, each with the rule that "
        "gives it, and the passages behind asserted triples. Subject, predicate and object are short names "
        "(park:Project, a), IRIs, labels in any language, or for the object a literal."
    )
    parser.option("subject", metavar="S", help=_("the subject"))
    parser.option("predicate", metavar="P", help=_("the predicate"))
    parser.option("object", metavar="O", help=_("the object"))
    parser.formats(("text", "json"))
    parser.output(_("write here"))


def why_run(args: Namespace) -> int:
    """Explains."""
    from parkgraph.ask.resolve import Resolver
    from parkgraph.infer.closure import fact_of

    graph = settings.graph()
    resolver = Resolver(graph.store, graph.prefixes, graph.lang)
    triple = resolver.triple(args.subject, args.predicate, args.object)
    step = graph.explainer.explain(triple)
    if step is None:
        wording = _wording(graph)
        said = wording.sentence(fact_of(triple), graph.lang)
        settings.notice(_("this neither stands in the graph nor follows from it: {said}", said=said))
        held = graph.store.quads_for_pattern(triple.subject, triple.predicate, None)
        if names := ", ".join(sorted({wording.short(fact_of(quad.triple)[2]) for quad in held})):
            settings.notice(_("  what holds there: {names}", names=names))
        return FINDINGS
    settings.put(args.output, _told([step], graph, args.format, alone=True))
    return 0
