"""`parkgraph why S P O`: how a triple holds, down to what is asserted and the passages behind it."""

import enum
import json
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS, Usage

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store, Triple

    from parkgraph.infer.terms import Term
    from parkgraph.infer.wording import Wording


class Format(enum.Enum):
    """How an explanation is written."""

    text = "text"
    json = "json"
    mermaid = "mermaid"


def register(app: typer.Typer) -> None:
    """Adds `why`."""
    help_text = {
        "en": "Explains a triple: the steps by which it follows from what is asserted, each with the rule "
        "that gives it, and the passages behind asserted triples. Subject, predicate and object are short "
        "names (park:Project, a), IRIs, labels in any language, or for the object a literal.",
        "zh": "解释一个三元组：由已写明的内容推出它的各个步骤、每步所用的规则，以及所依据的原文位置。"
        "主语、谓语、宾语可用短名（park:Project、a）、IRI 或任一语言的标签，宾语也可为字面量。",
    }
    format_help = {"en": "text, json or mermaid", "zh": "text、json 或 mermaid"}
    output_help = {"en": "write here", "zh": "写入此文件"}

    def why(
        subject: Annotated[str, typer.Argument(metavar="S", show_default=False)],
        predicate: Annotated[str, typer.Argument(metavar="P", show_default=False)],
        object: Annotated[str, typer.Argument(metavar="O", show_default=False)],
        format: Annotated[Format, typer.Option("--format", "-f", help=words(format_help))] = Format.text,
        output: Annotated[str | None, typer.Option("--output", "-o", help=words(output_help))] = None,
    ) -> None:
        _why((subject, predicate, object), format, output)

    app.command("why", help=words(help_text))(why)


def _why(given: tuple[str, str, str], format: Format, output: str | None) -> None:
    from parkgraph.ask.labels import label_of
    from parkgraph.graph.cache import open_graph
    from parkgraph.infer.telling import as_json, as_mermaid, as_text
    from parkgraph.infer.why import Explainer
    from parkgraph.infer.wording import Wording
    from parkgraph.names import prefixes
    from parkgraph.show.output import opened

    root = settings.root()
    store, known = open_graph(root), prefixes(root.path)
    wording = Wording(store, label_of, known)
    triple = _triple(given, store, known, wording)
    step = Explainer(store).explain(triple)
    if step is None:
        _say_no(triple, store, wording)
        raise typer.Exit(FINDINGS)
    lang = settings.current().lang
    if format is Format.json:
        told = json.dumps(as_json(step, wording), ensure_ascii=False, indent=2) + "\n"
    elif format is Format.mermaid:
        told = as_mermaid(step, wording, lang)
    else:
        told = as_text(step, wording, lang)
    with opened(output) as stream:
        stream.write(told.encode())


def _triple(
    given: tuple[str, str, str], store: "Store", known: dict[str, str], wording: "Wording"
) -> "Triple":
    from pyoxigraph import Literal, NamedNode, Triple

    subject, predicate, object_ = (
        _term(text, store, known, wording, predicate=place == 1, literal=place == 2)
        for place, text in enumerate(given)
    )
    assert isinstance(predicate, NamedNode) and not isinstance(subject, Literal)
    return Triple(subject, predicate, object_)


def _term(
    text: str, store: "Store", known: dict[str, str], wording: "Wording", *, predicate: bool, literal: bool
) -> "Term":
    """The term that the user means.  Raises Usage: nothing, or several things, are called so."""
    from pyoxigraph import NamedNode

    from parkgraph.names import RDF, expand

    if predicate and text == "a":
        return NamedNode(RDF + "type")
    value = _literal(text, known) if literal else None
    if value is not None:
        return value
    iri = expand(text, known)
    if iri is not None:
        try:
            return NamedNode(iri)
        except ValueError:
            pass  # "IT: 服务" may be a label
    found = _called(text, store, predicate=predicate)
    if len(found) == 1:
        return found[0]
    if found:
        shown = "\n    ".join(map(wording.short, found))
        raise Usage(
            {
                "en": f"“{text}” fits {len(found)}:\n    {shown}",
                "zh": f"“{text}”对应 {len(found)} 项：\n    {shown}",
            },
            fix={"en": "which one? Give the short name", "zh": "指哪一个？请改用短名"},
        )
    near = _nearest(text, store, predicate=predicate)
    raise Usage(
        {"en": f"nothing is called “{text}”", "zh": f"没有名为“{text}”的事物"},
        fix={"en": f"nearest: {near}", "zh": f"最接近的是：{near}"} if near else None,
    )


def _literal(text: str, known: dict[str, str]) -> "Term | None":
    """`"57.97"^^xsd:decimal`, `57.97`, `"名称"@zh`, true: as Turtle writes it; None for anything else."""
    from pyoxigraph import Literal, RdfFormat, parse

    header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in known.items())
    try:
        (quad,) = parse(f"{header}<urn:s> <urn:p> {text} .", RdfFormat.TURTLE)
    except (SyntaxError, ValueError):
        return None
    return quad.object if isinstance(quad.object, Literal) else None


def _called(text: str, store: "Store", *, predicate: bool) -> "list[NamedNode]":
    from pyoxigraph import Literal, NamedNode

    from parkgraph.ask.labels import NAMING

    found = {
        quad.subject
        for naming in NAMING
        for label in (Literal(text, language="zh"), Literal(text, language="en"), Literal(text))
        for quad in store.quads_for_pattern(None, naming, label)
        if isinstance(quad.subject, NamedNode)
    }
    return sorted(
        (node for node in found if _is_property(node, store) == predicate), key=lambda node: node.value
    )


def _is_property(node: "NamedNode", store: "Store") -> bool:
    return next(store.quads_for_pattern(None, node, None), None) is not None


def _nearest(text: str, store: "Store", *, predicate: bool) -> str:
    from pyoxigraph import Literal, NamedNode

    from parkgraph.ask.labels import NAMING
    from parkgraph.ask.nearest import nearest

    labels = {
        quad.object.value
        for naming in NAMING
        for quad in store.quads_for_pattern(None, naming, None)
        if isinstance(quad.object, Literal)
        and isinstance(quad.subject, NamedNode)
        and _is_property(quad.subject, store) == predicate
    }
    return ", ".join(nearest(text, labels))


def _say_no(triple: "Triple", store: "Store", wording: "Wording") -> None:
    from parkgraph.infer.terms import fact_of

    said = wording.sentence(fact_of(triple), settings.current().lang)
    settings.notice({"en": f"this neither stands in the graph nor follows from it: {said}",
                     "zh": f"图谱中没有、也推不出：{said}"})  # fmt: skip
    held = store.quads_for_pattern(triple.subject, triple.predicate, None)
    names = ", ".join(sorted({wording.short(fact_of(quad.triple)[2]) for quad in held}))
    if names:
        settings.notice({"en": f"  what holds there: {names}", "zh": f"  成立的有：{names}"})
