"""The process that runs an engine: it can be killed when a shape takes too long, and may die without harm.

Reads one job as JSON from stdin, writes JSON lines to stdout:
    {"ready": true}                 everything is loaded, validation begins
    {"shape": term}                 work on this shape begins (reference only)
    {"result": [focus, path, value, component, severity, shape, constraint, [[text, language], …]]}
    {"done": true}                  all results were written
    {"failure": text}               the engine gave up
Terms are N-Triples; `path` is an IRI in <>, or the engine's own words for a longer path.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any, TypedDict

SH = "http://www.w3.org/ns/shacl#"
PROBE, CALIBRATE = "urn:x-parkgraph:probe", "urn:x-parkgraph:calibrate"


class Job(TypedDict):
    """engine: fast or reference.  data, shapes: N-Triples files.

    limit: results after which the engine may stop.  constraints: ask for sh:sourceConstraint as well.
    """

    engine: str
    data: str
    shapes: str
    limit: int
    constraints: bool


def main() -> None:
    """Runs the job on stdin."""
    job: Job = json.loads(sys.stdin.readline())
    try:
        for line in lines(job):
            sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
            if "result" not in line:
                sys.stdout.flush()
    except Exception as error:  # whatever an engine throws is its failure, told as such
        sys.stdout.write(json.dumps({"failure": f"{type(error).__name__}: {error}"}) + "\n")
    else:
        sys.stdout.write('{"done": true}\n')
    sys.stdout.flush()


def lines(job: Job) -> Iterator[dict[str, Any]]:
    """What the worker writes about a job, without the last line."""
    return _fast(job) if job["engine"] == "fast" else _reference(job)


# --- shacl -----------------------------------------------------------------


def _fast(job: Job) -> Iterator[dict[str, Any]]:
    import shacl

    with open(job["shapes"], encoding="utf-8") as stream:
        shapes = shacl.Shapes.from_text(stream.read(), format="ntriples")
    with open(job["data"], encoding="utf-8") as stream:
        data = stream.read()
    names = _blank_names(shapes, data)
    yield {"ready": True}
    report = shapes.validate_text(data, format="ntriples", max_results=job["limit"])
    constraints = _constraints(report) if job["constraints"] else {}
    for number, result in enumerate(report.results):
        yield {
            "result": [
                names(result.focus_node),
                result.path,
                names(result.value),
                result.component_iri,
                result.severity_iri,
                result.source_shape,
                constraints.get(number),
                [[message, ""] for message in result.messages],
            ]
        }


def _blank_names(shapes: Any, data: str) -> Any:
    """The engine numbers blank nodes as they appear, shapes first: from its name for one to ours."""
    found = re.findall(r"_:(\w+)(?= )", re.sub(r'"(?:[^"\\]|\\.)*"', '""', data)) if "_:" in data else []
    ours = list(dict.fromkeys(found))
    if not ours:
        return lambda term: term
    probe = shapes.validate_text(f'_:x <{CALIBRATE}> "" .', format="ntriples")
    found_by_probe = [result for result in probe.results if result.source_shape == f"<{PROBE}>"]
    if not found_by_probe:
        raise RuntimeError("the engine does not tell how it names blank nodes")
    start = _number(found_by_probe[0].focus_node)

    def name(term: str | None) -> str | None:
        if term is None or not term.startswith("_:"):
            return term
        return f"_:{ours[_number(term) - start]}"

    return name


def _number(term: str) -> int:
    found = re.fullmatch(r"_:\d+_b(\d+)", term)
    if not found:
        raise RuntimeError(f"the engine names blank nodes in an unknown way: {term}")
    return int(found[1])


def _constraints(report: Any) -> dict[int, str]:
    found = re.findall(
        rf"^_:r(\d+) <{SH}sourceConstraint> (\S+) \.$", report.serialize("ntriples"), re.MULTILINE
    )
    return {int(number) - 1: node for number, node in found}


# --- pySHACL ---------------------------------------------------------------


def _reference(job: Job) -> Iterator[dict[str, Any]]:
    import logging
    import warnings

    from pyshacl.graph_abstraction import DataGraph
    from pyshacl.monkey import apply_patches, rdflib_bool_patch, rdflib_bool_unpatch
    from pyshacl.validator import Validator, assign_baked_in

    warnings.simplefilter("ignore")
    quiet = logging.getLogger("parkgraph.reference")
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    apply_patches()
    assign_baked_in()
    options = {"logger": quiet, "inplace": True, "max_validation_depth": 10_000}
    data = DataGraph.from_rdflib(_graph(job["data"]))
    rdflib_bool_patch()  # pySHACL reads its shapes under this patch: only true and false are booleans
    shapes = _graph(job["shapes"])
    rdflib_bool_unpatch()
    validator = Validator(data, shacl_graph=shapes, options=options)
    executor = validator.make_executor()
    yield {"ready": True}
    for shape in sorted(validator.shacl_graph.shapes, key=lambda shape: shape.node):
        if shape.deactivated:
            continue
        yield {"shape": _term(shape.node)}
        for _, node, triples in shape.validate(executor, validator.data_graph)[1]:
            yield {"result": _told(node, triples)}


def _graph(path: str) -> Any:
    import rdflib
    from pyoxigraph import RdfFormat, parse

    from parkgraph.rdflib_terms import RdflibTerms

    convert = RdflibTerms()
    graph = rdflib.Graph(bind_namespaces="none")
    for quad in parse(path=path, format=RdfFormat.N_TRIPLES):
        graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    return graph


def _told(node: Any, triples: Any) -> list[Any]:
    told: dict[str, Any] = {}
    messages = []
    for subject, predicate, value in triples:
        if subject != node:
            continue
        name = str(predicate).removeprefix(SH)
        value = value[1] if isinstance(value, tuple) else value
        if name == "resultMessage":
            messages.append([str(value), getattr(value, "language", None) or ""])
        else:
            told[name] = value
    terms = [told.get(name) for name in ("focusNode", "resultPath", "value")]
    return [
        *(None if term is None else _term(term) for term in terms),
        str(told["sourceConstraintComponent"]),
        str(told["resultSeverity"]),
        _term(told["sourceShape"]),
        _term(told["sourceConstraint"]) if "sourceConstraint" in told else None,
        messages,
    ]


def _term(term: Any) -> str:
    """A term of rdflib in N-Triples, written as pyoxigraph writes it."""
    from parkgraph.rdflib_terms import from_rdflib

    return str(from_rdflib(term))


if __name__ == "__main__":
    main()
