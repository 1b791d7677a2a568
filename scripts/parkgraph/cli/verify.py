"""`parkgraph verify`: whether a store still holds what a receipt says."""

from typing import Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import Remote
from parkgraph.messages import _


def register(app: typer.Typer) -> None:
    """Adds `verify`."""
    endpoint_help = _("the store (default: the one in the receipt)")
    receipt_help = _("the receipt that `parkgraph load` wrote")
    store_help = _("kind of the store (default: the one in the receipt)")
    user_help = _("ask for this user's password on the terminal")
    timeout_help = _("give up a call after so many seconds")

    def verify(
        receipt: Annotated[str, typer.Option(metavar="FILE", help=words(receipt_help))],
        endpoint: Annotated[str | None, typer.Option(metavar="URL", help=words(endpoint_help))] = None,
        store: Annotated[str | None, typer.Option(metavar="NAME", help=words(store_help))] = None,
        user: Annotated[str | None, typer.Option(metavar="NAME", help=words(user_help))] = None,
        timeout: Annotated[float, typer.Option(min=0.1, help=words(timeout_help))] = 600.0,
    ) -> None:
        _verify(receipt, endpoint, store, user, timeout)

    help_text = _(
        "Compare a store with the receipt of a load: number of triples, each predicate, and "
        "a hash of the values. Exit code 4 when they differ."
    )
    app.command("verify", help=words(help_text))(verify)


def _verify(file: str, url: str | None, store: str | None, user: str | None, timeout: float) -> None:
    from parkgraph.store.needed import check_installed

    check_installed()
    from parkgraph.store.endpoint import connect
    from parkgraph.store.load import verify
    from parkgraph.store.receipt import read_receipt

    receipt = read_receipt(file)
    kind = store or (receipt.store if url is None or url == receipt.endpoint else None)
    with connect(url or receipt.endpoint, store=kind, user=user, timeout=timeout) as endpoint:
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
