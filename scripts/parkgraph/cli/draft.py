"""`parkgraph draft`: what an article says, proposed; what is accepted, written into the graph."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from parkgraph.cli import settings
from parkgraph.cli.new import settle, tell_corrected
from parkgraph.cli.parser import DIR, FILE, NAME, URL, Parser
from parkgraph.errors import FINDINGS, Usage
from parkgraph.messages import _, in_language

if TYPE_CHECKING:
    from parkgraph.draft.decisions import Draft


def options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Propose what an article says: figures, known and new names, lists, each with its place, the rule "
        "that found it and what the graph has that is nearest. Decide in the file it writes (yes, no, same "
        "as NAME), then --apply writes what is accepted into the topic files, whole or not at all. A second "
        "run shows what is new."
    )
    parser.option("file", metavar=FILE, help=_("the text of the article"))
    parser.option("--output", "-o", metavar=DIR, help=_("the folder of the proposal"))
    parser.option("--apply", action="store_true", help=_("write what is accepted into the graph"))
    parser.option(
        "--model",
        metavar=URL,
        help=_(
            "ask a language model too, at this OpenAI-compatible endpoint (http://127.0.0.1:8080/v1): the "
            "article is sent there; what the text does not bear out is refused. Its key, if it wants one, "
            "stands in PARKGRAPH_MODEL_KEY"
        ),
    )
    parser.option(
        "--model-name",
        metavar=NAME,
        default="default",
        help=_("the name of the model, if the endpoint has several"),
    )
    parser.option("--json", action="store_true", help=_("print the proposals as JSON and write nothing"))


def run(args: Namespace) -> int:
    """Proposes, or applies what was decided."""
    from parkgraph.draft.decisions import Draft, plain

    lang = settings.current().lang
    draft = Draft(settings.root(told=True), args.file, args.output)
    if draft.moved:
        tell_corrected(draft.moved)
        return FINDINGS
    if args.model:
        _ask(draft, args)
    if args.json:
        draft.tell_missing()
        items = [plain(item, draft, lang) for item in draft.items]
        print(json.dumps(items, ensure_ascii=False, indent=2))
        return 0
    if not args.output:
        raise Usage(_("-o DIR is missing"), fix=_("name the folder for the proposal"))
    there = draft.decided(strict=args.apply)
    if args.apply:
        if not there:
            said = _("nothing was proposed yet: {path} is not there", path=draft.path)
            raise Usage(said, fix=_("run draft without --apply"))
        return _apply(draft)
    if n := draft.facts:
        settings.notice(_("the graph has {n} facts of this text already; only what is new follows", n=n))
    draft.tell_missing()
    if not draft.items:
        print(settings.words(_("nothing new: the graph has all that the rules find in this text")))
        draft.path.unlink(missing_ok=True)
        return 0
    draft.save(lang)
    print(draft.path)
    settings.notice(_("{n} proposals, {waiting} to decide", n=len(draft.items), waiting=draft.waiting))
    return 0


def _ask(draft: Draft, args: Namespace) -> None:
    if not args.output or args.apply:
        raise Usage(_("--model goes with -o DIR and without --apply"))
    settings.notice(_("asking the model at {url}", url=args.model))
    taken, refused = draft.ask(args.model, args.model_name)
    settings.notice(
        _("of the model {n} proposals are taken, {refused} refused", n=taken, refused=refused.total())
    )
    for why, count in refused.most_common():
        settings.notice(_("  {n} refused: {why}", n=count, why=why))


def _apply(draft: Draft) -> int:
    from parkgraph.draft.apply import Applying
    from parkgraph.draft.proposal import REST_ITEM
    from parkgraph.draft.write import Edits

    if draft.source is None:
        fix = _("parkgraph new source FILE describes it")
        raise Usage(_("this text is no source of the graph yet"), fix=fix)
    for item in (one for one in draft.items if one.id == REST_ITEM and one.accepted):
        clauses = [said for part, said in item.parts.items() if part not in item.left_out]
        open_ = len(item.parts) - len(clauses)
        said = _("declared as read and left out: {n} clauses, {open} stay open", n=len(clauses), open=open_)
        settings.notice(said)
        print(*(f"  {clause}" for clause in clauses), sep="\n", file=sys.stderr)
    edits = Edits(draft.root)
    Applying(draft.items, draft.article, draft.source, draft.known, edits).run()
    if not edits.texts:
        print(settings.words(_("nothing is accepted or refused; nothing was written")))
        return 0
    if not (done := settle(edits, [draft.article.text])):
        return FINDINGS
    files, left = done
    print(*files, *(f"  {in_language(one.messages, settings.current().lang)}" for one in left), sep="\n")
    n, waiting = len(left), draft.waiting
    settings.notice(
        _("open places of the text: {n}; undecided proposals: {undecided}", n=n, undecided=waiting)
    )
    return 0
