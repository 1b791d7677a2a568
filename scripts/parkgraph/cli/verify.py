"""`parkgraph verify`: whether a store still holds what a receipt says."""

from typing import Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import Remote


def register(app: typer.Typer) -> None:
    """Adds `verify`."""
    endpoint_help = {
        "en": "the store (default: the one in the receipt)",
        "zh": "存储的地址（默认：回执中的地址）",
    }
    receipt_help = {"en": "the receipt that `parkgraph load` wrote", "zh": "`parkgraph load` 写出的回执"}
    store_help = {
        "en": "kind of the store (default: the one in the receipt)",
        "zh": "存储类型（默认：回执中的类型）",
    }
    user_help = {"en": "ask for this user's password on the terminal", "zh": "在终端上询问此用户的密码"}
    timeout_help = {"en": "give up a call after so many seconds", "zh": "一次请求超过此秒数即放弃"}

    def verify(
        receipt: Annotated[str, typer.Option(metavar="FILE", help=words(receipt_help))],
        endpoint: Annotated[str | None, typer.Option(metavar="URL", help=words(endpoint_help))] = None,
        store: Annotated[str | None, typer.Option(metavar="NAME", help=words(store_help))] = None,
        user: Annotated[str | None, typer.Option(metavar="NAME", help=words(user_help))] = None,
        timeout: Annotated[float, typer.Option(min=0.1, help=words(timeout_help))] = 600.0,
    ) -> None:
        _verify(receipt, endpoint, store, user, timeout)

    help_text = {
        "en": "Compare a store with the receipt of a load: number of triples, each predicate, and a hash of "
        "the values. Exit code 4 when they differ.",
        "zh": "将存储与加载时的回执核对：三元组数、每个谓词的数量，以及值的散列。不一致时退出码为 4。",
    }
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
        same = {"en": "as in the receipt", "zh": "与回执一致"}
        differ = {"en": "differs (receipt → store)", "zh": "不一致（回执 → 存储）"}
        print(f"{graph}\t{words(differ if lines else same)}")
        for line in lines:
            print(f"  {line}")
    if any(found.values()):
        raise Remote({"en": f"{base} does not hold what the receipt says",
                      "zh": f"{base} 中的内容与回执不一致"})  # fmt: skip
    if receipt.time:
        settings.notice({"en": f"{base} holds what was loaded at {receipt.time}",
                         "zh": f"{base} 保有 {receipt.time} 加载的内容"})  # fmt: skip
    else:  # of a bulk export, which nobody has loaded yet
        settings.notice({"en": f"{base} holds what was exported", "zh": f"{base} 保有导出的内容"})
