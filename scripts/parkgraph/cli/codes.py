"""`parkgraph codes`: the code lists of the graph; a code added where it belongs."""

from __future__ import annotations

from argparse import Namespace

from parkgraph.cli import options as shared
from parkgraph.cli import settings
from parkgraph.cli.new import passages, settle
from parkgraph.cli.parser import NAME, Parser
from parkgraph.errors import FINDINGS, Usage
from parkgraph.messages import _


def options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Without a name: the code lists. With one: its codes and what they mean. --add writes a new code "
        "into the file of its list; an industry is a code of the list industry."
    )
    parser.option("list", nargs="?", metavar=NAME, help=_("a code list, e.g. phase"))
    parser.option("--add", metavar=_("CODE"), help=_("the new code, e.g. topped-out"))
    two = _("TEXT")
    parser.option("--label", nargs=2, metavar=two, help=_("its name in Chinese and in English"))
    shared.article(parser, _("the text in which --evidence stands"))
    parser.option(
        "--evidence", action="append", default=[], metavar=_("PHRASE"), help=_("a phrase of the article")
    )
    parser.option("--definition", nargs=2, metavar=two, help=_("what it means, in Chinese and in English"))


def run(args: Namespace) -> int:
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
