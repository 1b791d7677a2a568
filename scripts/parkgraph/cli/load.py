"""The graph handed on: `build` writes all of it, `export` files, `reason` what follows; `load` puts it into a
triple store, `verify` says whether it is there.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from parkgraph.cli import findings, settings
from parkgraph.cli.parser import DIR, FILE, NAMES, URL, Parser
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS, Remote, Usage
from parkgraph.messages import Text, _

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from parkgraph.store.endpoint import Endpoint
    from parkgraph.store.load import Receipt


def options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Puts the graph into a triple store. It is written beside the graphs that are there, compared with "
        "what was sent, moved into their place in one step and compared again; whatever fails, the old or "
        "the new graphs are there whole. Prints a receipt for `parkgraph verify`. Credentials come from "
        "PARKGRAPH_STORE_USER and PARKGRAPH_STORE_PASSWORD, PARKGRAPH_STORE_TOKEN or ~/.netrc."
    )
    parser.option("--to", metavar=URL, required=True, help=_("the store, e.g. http://127.0.0.1:7878"))
    kind = _(
        "oxigraph, virtuoso, fuseki, rdf4j, blazegraph or generic, which may name its paths: "
        "generic:query=/query,update=/update,graphs=/data (default: ask the server)"
    )
    parser.store(kind)
    names = _(
        "ontology, data, shapes, inferred, metadata, with commas between, or all "
        "(merged: ontology, data and inferred)"
    )
    parser.option("--graph", metavar=NAMES, default="all", help=names)
    parser.flag("--merged", _("everything in one named graph, …/graph/merged"))
    replaced = _("replace what these graphs hold (default); repeating it changes nothing")
    parser.option("--replace", action="store_true", default=True, help=replaced)
    added = _("add to what these graphs hold; repeating it changes nothing")
    parser.option("--add", dest="replace", action="store_false", help=added)
    parser.flag("--dry-run", _("only say what would be sent"))
    parser.option("--receipt", metavar=FILE, help=_("write the receipt here instead of to standard output"))
    parser.flag("--unchecked", findings.UNCHECKED)
    parser.login()


def run(args: Namespace) -> None:
    """Loads, or says what it would load."""
    settings.need("httpx", "tenacity", extra="store")
    from parkgraph.show.output import opened
    from parkgraph.store.profiles import base_url

    base_url(args.to)  # first of all: making the graph takes long
    add = not args.replace
    if args.dry_run:
        _tell_plan(graphs_to_send(args, args.graph, args.merged), args.to, args.store, add=add)
        return
    # Where the store cannot be had, or the receipt cannot be written, the graph need not be made.
    with (
        settings.store_at(args.to, args.store, user=args.user, timeout=args.timeout) as endpoint,
        opened(args.receipt) as stream,
    ):
        _warn(endpoint)
        done = _load(graphs_to_send(args, args.graph, args.merged), endpoint, add=add)
        stream.write(done.to_json().encode())


_METADATA = "metadata"


def graphs_to_send(args: Namespace, names: str, merged: bool = False) -> dict[str, Iterable[Triple]]:
    """Graph (IRI) → what to send.  names: as --graph takes them.  Raises as `findings.fit_graphs`."""
    from parkgraph.describe import describe, inputs_digest
    from parkgraph.export import GRAPHS, collect
    from parkgraph.names import GRAPH_MERGED, GRAPH_METADATA
    from parkgraph.read.prefixes import prefixes
    from parkgraph.store.canonical import without_blanks

    chosen = _names(names)
    if chosen == ["all"]:
        chosen = ["ontology", "data", "inferred"] if merged else [*GRAPHS, _METADATA]
    if not chosen:
        raise Usage(_("--graph names none"))
    root = settings.root(told=True)
    wanted = [name for name in chosen if name != _METADATA]
    described = collect(root, wanted or GRAPHS, findings.fit_graphs(args, root))
    graphs = described if wanted else {}
    if _METADATA in chosen:  # what describes the graphs, counted as they are sent
        sent = {graph: without_blanks(triples) for graph, triples in described.items()}
        graphs = {**graphs, GRAPH_METADATA: describe(sent, {}, inputs_digest(root), prefixes(root.path))}
    if merged:
        return {GRAPH_MERGED: (triple for triples in graphs.values() for triple in triples)}
    return graphs


def _names(graphs: str) -> list[str]:
    return [name.strip() for name in graphs.split(",") if name.strip()]


def _tell_plan(graphs: Mapping[str, Iterable[Triple]], to: str, store: str | None, *, add: bool) -> None:
    from parkgraph.store.canonical import Payload
    from parkgraph.store.profiles import base_url, profile_named

    kind = profile_named(store).title if store else words(_("to be asked"))
    mode = _("add to") if add else _("replace")
    print(f"{base_url(to)} ({kind})")
    for graph, triples in graphs.items():
        sent = Payload(triples)
        n, size = len(sent), sent.size
        said = _("{mode} <{graph}>: {n} triples, {size} bytes", mode=mode, graph=graph, n=n, size=size)
        print(words(said))


def _load(graphs: Mapping[str, Iterable[Triple]], endpoint: Endpoint, *, add: bool) -> Receipt:
    from parkgraph.store.load import load, remove_forgotten

    gone, left = remove_forgotten(graphs, endpoint)
    _list(_("staging graphs of a load that broke off more than a day ago, removed"), gone)
    _list(_("staging graphs of another load, running or broken off"), left)
    done = load(graphs, endpoint, add=add, say=settings.progress, tell=settings.notice)
    settings.progress("")
    sums = {"total": sum(found.triples for found in done.graphs.values()), "n": len(graphs)}
    said = _("{base}: {total} triples in {n} graphs, compared with what was sent", base=endpoint.base, **sums)
    settings.notice(said)
    return done


def _list(text: Text, names: list[str]) -> None:
    if names:
        shown = "\n    ".join(f"<{name}>" for name in names)
        settings.notice(_("{text}:\n    {shown}", text=text, shown=shown))


def _warn(endpoint: Endpoint) -> None:
    title = endpoint.profile.title
    if not endpoint.profile.tested:
        settings.notice(_("{title}: after its documentation, not tested by this project", title=title))
    if endpoint.profile.lazy:
        said = _(
            "{title} has on disk what it held at its last checkpoint: "
            "after this load run checkpoint; in isql",
            title=title,
        )
        settings.notice(said)
    if endpoint.exposed and endpoint.http.login.known:
        settings.notice(_("the login goes through the network unencrypted: use https"))


def verify_options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Compare a store with the receipt of a load: number of triples, each predicate, and "
        "a hash of the values. Exit code 4 when they differ."
    )
    parser.option("--receipt", metavar=FILE, required=True, help=_("the receipt that `parkgraph load` wrote"))
    parser.option("--endpoint", metavar=URL, help=_("the store (default: the one in the receipt)"))
    parser.store(_("kind of the store (default: the one in the receipt)"))
    parser.login()


def verify_run(args: Namespace) -> None:
    """Compares.  Raises Remote where they differ."""
    settings.need("httpx", "tenacity", extra="store")
    from parkgraph.store.load import read_receipt, verify

    receipt = read_receipt(args.receipt)
    url = args.endpoint or receipt.endpoint
    kind = args.store or (receipt.store if url == receipt.endpoint else None)
    with settings.store_at(url, kind, user=args.user, timeout=args.timeout) as endpoint:
        found = verify(receipt, endpoint)
        base = endpoint.base
    for graph, lines in found.items():
        same, differ = _("as in the receipt"), _("differs (receipt → store)")
        print(f"{graph}\t{words(differ if lines else same)}", *(f"  {line}" for line in lines), sep="\n")
    if any(found.values()):
        raise Remote(_("{base} does not hold what the receipt says", base=base))
    if receipt.time:
        settings.notice(_("{base} holds what was loaded at {time}", base=base, time=receipt.time))
    else:  # of a bulk export, which nobody has loaded yet
        settings.notice(_("{base} holds what was exported", base=base))


def export_options(parser: Parser) -> None:
    """Declares the options."""
    from parkgraph.export import FORMATS

    parser.about = _("Write the graph to one file in any RDF format, or to a folder for bulk loaders.")
    parser.output()
    parser.formats(tuple(FORMATS), check=False)
    names = _(
        "ontology, data, shapes, inferred, with commas between, or all (default: "
        "ontology,data; with --bulk: all, and metadata too)"
    )
    parser.option("--graphs", metavar=NAMES, help=names)
    parser.flag("--merge", _("no named graphs, in formats that have them"))
    bulk = _(
        "write this folder instead: compressed N-Quads, a manifest, and scripts for the bulk "
        "loaders of Oxigraph, TDB2, Virtuoso, GraphDB, Neptune and QLever"
    )
    parser.option("--bulk", metavar=DIR, help=bulk)
    parser.choice("--split", known=("source",), help=_("with --bulk: one graph per source"))
    size = _("with --bulk: N-Quads in one file, before compression")
    parser.option("--part-size", type=float, metavar="MIB", help=size)
    parser.flag("--unchecked", findings.UNCHECKED)


def export_run(args: Namespace) -> None:
    """Writes a file or a folder."""
    if args.bulk is None:
        if args.split is not None or args.part_size is not None:
            raise Usage(_("--split and --part-size go with --bulk"))
        _export(args)
    elif args.output or args.format or args.merge:
        raise Usage(_("--bulk writes a folder of N-Quads: no --output, --format or --merge"))
    else:
        _export_bulk(args)


def _export(args: Namespace) -> None:
    from parkgraph.export import GRAPHS, collect, format_chosen, write_graphs
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened

    chosen = format_chosen(args.format, args.output)
    settings.spare(args.output)
    root = settings.root(told=True)
    names = _names(args.graphs or "ontology,data")
    collected = collect(root, GRAPHS if names == ["all"] else names, findings.fit_graphs(args, root))
    with opened(args.output) as stream:
        write_graphs(collected, stream, chosen, prefixes(root.path), merge=args.merge)


def _export_bulk(args: Namespace) -> None:
    from parkgraph.store.bulk import PART_SIZE, export_bulk, part_size_of

    part = PART_SIZE if args.part_size is None else part_size_of(args.part_size)
    collected = graphs_to_send(args, args.graphs or "all")
    done = export_bulk(collected, Path(args.bulk), split=args.split is not None, part_size=part)
    triples = sum(found.triples for found in done.graphs.values())
    said = _(
        "{folder}: {triples} triples in {number} graphs, {files} files, {size} bytes",
        folder=args.bulk, triples=triples, number=len(done.graphs), files=done.files, size=done.size,
    )  # fmt: skip
    settings.notice(said)


def build_options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Check everything and write dist/: the graph as Turtle, N-Quads and JSON-LD, its description, and "
        "the answer to every question as CSV. Nothing is written when the data do not conform."
    )
    parser.output(_("the folder to write; replaced as a whole"), default="dist")
    parser.article(_("the text of a source; may be repeated. Clauses and numbers are then audited too"))


def build_run(args: Namespace) -> int:
    """Checks and writes."""
    from time import perf_counter

    from parkgraph.build import build, summary

    begun = perf_counter()
    root, folder = settings.root(told=True), Path(args.output)
    outcome = build(root, folder, articles=args.article, say=settings.progress)
    if outcome.conforms:
        # Kept in the cache: the first question in words needs not wait for it then.
        settings.graph().finder  # noqa: B018
    settings.progress("")
    if outcome.findings:
        findings.tell(outcome.findings, root, command="build")
    if not outcome.conforms:
        settings.notice(_("the data do not conform; {folder} is as it was", folder=folder))
        return FINDINGS
    for text in summary(outcome):
        settings.notice(text)
    n, seconds = len(outcome.written), perf_counter() - begun
    settings.notice(_("{folder}: {n} files in {seconds:.1f} s", folder=folder, n=n, seconds=seconds))
    return 0


def reason_options(parser: Parser) -> None:
    """Declares the options."""
    from parkgraph.export import FORMATS

    parser.about = _(
        "Writes the inferred triples: what follows from ontology and data under OWL 2 RL and is not said "
        "there. When something contradicts, it says what, writes nothing, and ends with exit code 1."
    )
    parser.engine(_("engine; reference is owlrl"))
    parser.output()
    parser.formats(tuple(FORMATS), check=False)


def reason_run(args: Namespace) -> int:
    """Writes what follows."""
    from parkgraph.conformance import contradictions_in
    from parkgraph.export import format_chosen, write_graphs
    from parkgraph.graph.assemble import Ordered, asserted, closure_of, read_graph
    from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened

    chosen = format_chosen(args.format, args.output)
    settings.spare(args.output)
    root = settings.root(told=True)
    documents = read_graph(root)
    graphs = asserted(documents)
    if args.engine == "reference":
        from parkgraph.infer.reference import close_reference, contradictions

        triples, messages = close_reference([*graphs[GRAPH_ONTOLOGY], *graphs[GRAPH_DATA]])
        found = contradictions(messages)
    else:
        closure = closure_of(graphs)
        triples, found = closure.inferred, contradictions_in(root, documents, closure)
    if found:
        return findings.tell(found, root, command="reason") or FINDINGS
    inferred = Ordered(triples)
    with opened(args.output) as stream:
        write_graphs({GRAPH_INFERRED: inferred}, stream, chosen, prefixes(root.path), merge=True)
    settings.notice(_("triples that follow: {n}", n=len(inferred)))
    return 0
