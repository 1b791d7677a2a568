"""`parkgraph verify`: whether a store still holds what a receipt says."""

from __future__ import annotations

from argparse import Namespace

from parkgraph.cli import options as shared
from parkgraph.cli import settings
from parkgraph.cli.parser import FILE, URL, Parser
from parkgraph.cli.settings import words
from parkgraph.errors import Remote
from parkgraph.messages import _


def options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Compare a store with the receipt of a load: number of triples, each predicate, and "
        "a hash of the values. Exit code 4 when they differ."
    )
    parser.option("--receipt", metavar=FILE, required=True, help=_("the receipt that `parkgraph load` wrote"))
    parser.option("--endpoint", metavar=URL, help=_("the store (default: the one in the receipt)"))
    shared.store(parser, _("kind of the store (default: the one in the receipt)"))
    shared.login(parser)


def run(args: Namespace) -> None:
    """Compares.  Raises Remote where they differ."""
    settings.need("httpx", "tenacity", extra="store")
    from parkgraph.store.endpoint import connect
    from parkgraph.store.load import read_receipt, verify

    receipt = read_receipt(args.receipt)
    url = args.endpoint or receipt.endpoint
    kind = args.store or (receipt.store if url == receipt.endpoint else None)
    with connect(url, store=kind, user=args.user, timeout=args.timeout) as endpoint:
        found = verify(receipt, endpoint)
        base = endpoint.base
    for graph, lines in found.items():
        same = _("as in the receipt")
        differ = _("differs (receipt → store)")
        print(f"{graph}\t{words(differ if lines else same)}")
        for line in lines:
            print(f"  {line}")
    if any(found.values()):
        raise Remote(_("{base} does not hold what the receipt says", base=base))
    if receipt.time:
        settings.notice(_("{base} holds what was loaded at {time}", base=base, time=receipt.time))
    else:  # of a bulk export, which nobody has loaded yet
        settings.notice(_("{base} holds what was exported", base=base))
