"""`parkgraph load`: the graph into a triple store, all or nothing, and proof that it arrived."""

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import Text, Usage

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from parkgraph.read.files import Root
    from parkgraph.store.endpoint import Endpoint
    from parkgraph.store.receipt import Receipt

_HELP: dict[str, Text] = {
    "load": {
        "en": "Puts the graph into a triple store. It is written beside the graphs that are there, compared "
        "with what was sent, moved into their place in one step and compared again; whatever fails, the old "
        "or the new graphs are there whole. Prints a receipt for `parkgraph verify`. Credentials come from "
        "PARKGRAPH_STORE_USER and PARKGRAPH_STORE_PASSWORD, PARKGRAPH_STORE_TOKEN or ~/.netrc.",
        "zh": "将图谱放入三元组存储：先写在现有图的旁边，与发送的内容核对，再一步移入正式位置并再次核对；"
        "无论何处失败，留下的都是完整的旧图或新图。输出供 `parkgraph verify` 使用的回执。"
        "凭据取自 PARKGRAPH_STORE_USER 与 PARKGRAPH_STORE_PASSWORD、PARKGRAPH_STORE_TOKEN 或 ~/.netrc。",
    },
    "to": {"en": "the store, e.g. http://127.0.0.1:7878", "zh": "存储的地址，例如 http://127.0.0.1:7878"},
    "store": {
        "en": "oxigraph, virtuoso, fuseki, graphdb, rdf4j, stardog, neptune, qlever or generic "
        "(default: ask the server)",
        "zh": "oxigraph、virtuoso、fuseki、graphdb、rdf4j、stardog、neptune、qlever 或 generic"
        "（默认：询问服务器）",
    },
    "graph": {
        "en": "ontology, data, shapes, inferred, metadata, with commas between, or all (default; merged: "
        "ontology, data and inferred)",
        "zh": "ontology、data、shapes、inferred、metadata，用逗号分隔，或 all（默认；--merged 时为 ontology、"
        "data 和 inferred）",
    },
    "merged": {
        "en": "everything in one named graph, …/graph/merged",
        "zh": "全部放入一个命名图 …/graph/merged",
    },
    "replace": {
        "en": "replace what these graphs hold, or add to it; repeating either changes nothing",
        "zh": "替换这些图的内容，或在其上添加；重复执行都不会再有变化",
    },
    "dry": {"en": "only say what would be sent", "zh": "只说明将发送什么"},
    "receipt": {
        "en": "write the receipt here instead of to standard output",
        "zh": "将回执写入此文件，而非标准输出",
    },
    "user": {"en": "ask for this user's password on the terminal", "zh": "在终端上询问此用户的密码"},
    "timeout": {"en": "give up a call after so many seconds", "zh": "一次请求超过此秒数即放弃"},
}


def register(app: typer.Typer) -> None:
    """Adds `load`."""

    def said(name: str) -> str:
        return words(_HELP[name])

    def load(
        to: Annotated[str, typer.Option("--to", metavar="URL", help=said("to"))],
        store: Annotated[str | None, typer.Option(metavar="NAME", help=said("store"))] = None,
        graph: Annotated[str, typer.Option(metavar="NAMES", help=said("graph"))] = "all",
        merged: Annotated[bool, typer.Option("--merged", help=said("merged"))] = False,
        replace: Annotated[bool, typer.Option("--replace/--add", help=said("replace"))] = True,
        dry_run: Annotated[bool, typer.Option("--dry-run", help=said("dry"))] = False,
        receipt: Annotated[str | None, typer.Option(metavar="FILE", help=said("receipt"))] = None,
        user: Annotated[str | None, typer.Option(metavar="NAME", help=said("user"))] = None,
        timeout: Annotated[float, typer.Option(min=0.1, help=said("timeout"))] = 600.0,
    ) -> None:
        from parkgraph.store.needed import check_installed

        check_installed()
        from parkgraph.show.output import opened
        from parkgraph.store.endpoint import connect
        from parkgraph.store.profiles import base_url
        from parkgraph.store.receipt import to_json

        base_url(to)  # first of all: making the graph takes long
        if dry_run:
            _tell_plan(graphs_to_send(graph, merged), to, store, add=not replace)
            return
        # Where the store cannot be had, or the receipt cannot be written, the graph need not be made.
        with connect(to, store=store, user=user, timeout=timeout) as endpoint, opened(receipt) as stream:
            _warn(endpoint)
            done = _load(graphs_to_send(graph, merged), endpoint, add=not replace)
            stream.write(to_json(done).encode())

    app.command("load", help=said("load"))(load)


def graphs_to_send(names: str, merged: bool) -> "dict[str, Iterable[Triple]]":
    """Graph (IRI) → what to send.  names: as --graph takes them."""
    from parkgraph.export import GRAPHS, collect
    from parkgraph.names import GRAPH_MERGED, GRAPH_METADATA

    chosen = [name.strip() for name in names.split(",") if name.strip()]
    if chosen == ["all"]:
        chosen = ["ontology", "data", "inferred"] if merged else [*GRAPHS, _METADATA]
    if not chosen:
        raise Usage({"en": "--graph names none", "zh": "--graph 没有指定任何图"})
    root = settings.root()
    wanted = [name for name in chosen if name != _METADATA]
    described = collect(root, wanted or GRAPHS)
    graphs = described if wanted else {}
    if _METADATA in chosen:
        graphs = {**graphs, GRAPH_METADATA: _metadata(root, described)}
    if merged:
        return {GRAPH_MERGED: (triple for triples in graphs.values() for triple in triples)}
    return graphs


_METADATA = "metadata"


def _metadata(root: "Root", graphs: "Mapping[str, Iterable[Triple]]") -> "list[Triple]":
    """What describes the graphs, counted as they are sent."""
    from parkgraph.describe import describe, inputs_digest
    from parkgraph.names import prefixes
    from parkgraph.store.values import without_blanks

    sent = {graph: without_blanks(triples) for graph, triples in graphs.items()}
    return describe(sent, {}, inputs_digest(root), prefixes(root.path))


def _tell_plan(graphs: "Mapping[str, Iterable[Triple]]", to: str, store: str | None, *, add: bool) -> None:
    from parkgraph.store.outgoing import Outgoing
    from parkgraph.store.profiles import base_url, profile_named

    base = base_url(to)
    kind = profile_named(store).title if store else words({"en": "to be asked", "zh": "待询问"})
    mode = {"en": "add to", "zh": "添加到"} if add else {"en": "replace", "zh": "替换"}
    print(f"{base} ({kind})")
    for graph, triples in graphs.items():
        sent = Outgoing(triples)
        text = {"en": f"{mode['en']} <{graph}>: {len(sent)} triples, {sent.size} bytes",
                "zh": f"{mode['zh']} <{graph}>：{len(sent)} 个三元组，{sent.size} 字节"}  # fmt: skip
        print(words(text))


def _load(graphs: "Mapping[str, Iterable[Triple]]", endpoint: "Endpoint", *, add: bool) -> "Receipt":
    from parkgraph.store.load import load, remove_forgotten

    gone, left = remove_forgotten(graphs, endpoint)
    _list({"en": "staging graphs of a load that broke off more than a day ago, removed",
           "zh": "一天多以前中断的加载所留的暂存图，已删除"}, gone)  # fmt: skip
    _list({"en": "staging graphs of another load, running or broken off",
           "zh": "另一次加载（正在进行或已中断）的暂存图"}, left)  # fmt: skip
    done = load(graphs, endpoint, add=add, say=_progress, tell=settings.notice)
    _progress("")
    total = sum(found.triples for found in done.graphs.values())
    settings.notice(
        {"en": f"{endpoint.base}: {total} triples in {len(graphs)} graphs, compared with what was sent",
         "zh": f"{endpoint.base}：{len(graphs)} 个图共 {total} 个三元组，已与发送的内容核对"}
    )  # fmt: skip
    return done


def _list(text: Text, names: list[str]) -> None:
    if names:
        shown = "\n    ".join(f"<{name}>" for name in names)
        settings.notice(f"{words(text)}{words({'en': ':', 'zh': '：'})}\n    {shown}")


def _warn(endpoint: "Endpoint") -> None:
    if not endpoint.profile.tested:
        title = endpoint.profile.title
        settings.notice({"en": f"{title}: after its documentation, not tested by this project",
                         "zh": f"{title}：按其文档实现，本项目未作测试"})  # fmt: skip
    if endpoint.exposed and endpoint.http.login_known:
        settings.notice({"en": "the login goes through the network unencrypted: use https",
                         "zh": "登录信息将不加密地经过网络：请使用 https"})  # fmt: skip


def _progress(step: Text) -> None:
    """Shows the step on a terminal, in the place of the one before."""
    if sys.stderr.isatty() and not settings.current().quiet:
        sys.stderr.write("\r\x1b[K" + (f"{words(step)} …" if step else ""))
        sys.stderr.flush()
