"""`parkgraph load`: the graph into a triple store, all or nothing, and proof that it arrived."""

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import Usage
from parkgraph.messages import Text, _

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from parkgraph.read.files import Root
    from parkgraph.store.endpoint import Endpoint
    from parkgraph.store.receipt import Receipt

_HELP: dict[str, Text] = {
    "load": _(
        "Puts the graph into a triple store. It is written beside the graphs that are there, "
        "compared with what was sent, moved into their place in one step and compared again; "
        "whatever fails, the old or the new graphs are there whole. Prints a receipt for "
        "`parkgraph verify`. Credentials come from PARKGRAPH_STORE_USER and "
        "PARKGRAPH_STORE_PASSWORD, PARKGRAPH_STORE_TOKEN or ~/.netrc."
    ),
    "to": _("the store, e.g. http://127.0.0.1:7878"),
    "store": _(
        "oxigraph, virtuoso, fuseki, graphdb, rdf4j, stardog, neptune, qlever or generic "
        "(default: ask the server)"
    ),
    "graph": _(
        "ontology, data, shapes, inferred, metadata, with commas between, or all (default; "
        "merged: ontology, data and inferred)"
    ),
    "merged": _("everything in one named graph, …/graph/merged"),
    "replace": _("replace what these graphs hold, or add to it; repeating either changes nothing"),
    "dry": _("only say what would be sent"),
    "receipt": _("write the receipt here instead of to standard output"),
    "user": _("ask for this user's password on the terminal"),
    "timeout": _("give up a call after so many seconds"),
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
        raise Usage(_("--graph names none"))
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
    from parkgraph.read.prefixes import prefixes
    from parkgraph.store.values import without_blanks

    sent = {graph: without_blanks(triples) for graph, triples in graphs.items()}
    return describe(sent, {}, inputs_digest(root), prefixes(root.path))


def _tell_plan(graphs: "Mapping[str, Iterable[Triple]]", to: str, store: str | None, *, add: bool) -> None:
    from parkgraph.store.outgoing import Outgoing
    from parkgraph.store.profiles import base_url, profile_named

    base = base_url(to)
    kind = profile_named(store).title if store else words(_("to be asked"))
    mode = _("add to") if add else _("replace")
    print(f"{base} ({kind})")
    for graph, triples in graphs.items():
        sent = Outgoing(triples)
        text = _(
            "{mode} <{graph}>: {n} triples, {size} bytes", mode=mode, graph=graph, n=len(sent), size=sent.size
        )
        print(words(text))


def _load(graphs: "Mapping[str, Iterable[Triple]]", endpoint: "Endpoint", *, add: bool) -> "Receipt":
    from parkgraph.store.load import load, remove_forgotten

    gone, left = remove_forgotten(graphs, endpoint)
    _list(_("staging graphs of a load that broke off more than a day ago, removed"), gone)
    _list(_("staging graphs of another load, running or broken off"), left)
    done = load(graphs, endpoint, add=add, say=_progress, tell=settings.notice)
    _progress("")
    total = sum(found.triples for found in done.graphs.values())
    settings.notice(
        _(
            "{base}: {total} triples in {n} graphs, compared with what was sent",
            base=endpoint.base,
            total=total,
            n=len(graphs),
        )
    )
    return done


def _list(text: Text, names: list[str]) -> None:
    if names:
        shown = "\n    ".join(f"<{name}>" for name in names)
        settings.notice(_("{text}:\n    {shown}", text=text, shown=shown))


def _warn(endpoint: "Endpoint") -> None:
    if not endpoint.profile.tested:
        title = endpoint.profile.title
        settings.notice(_("{title}: after its documentation, not tested by this project", title=title))
    if endpoint.exposed and endpoint.http.login_known:
        settings.notice(_("the login goes through the network unencrypted: use https"))


def _progress(step: Text) -> None:
    """Shows the step on a terminal, in the place of the one before."""
    if sys.stderr.isatty() and not settings.current().quiet:
        sys.stderr.write("\r\x1b[K" + (f"{words(step)} …" if step else ""))
        sys.stderr.flush()
