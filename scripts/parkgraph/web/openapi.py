"""The OpenAPI 3.1 description of the calls: one for each saved question, its pick lists as enumerations."""

from __future__ import annotations

from typing import Any

from parkgraph import __version__
from parkgraph.ask.question import Parameter, Question
from parkgraph.names import XSD
from parkgraph.web.negotiation import GRAPHS, ROWS
from parkgraph.web.pages import Site

_TYPES: dict[str, dict[str, Any]] = {
    "year": {"type": "string", "pattern": "^[0-9]{4}$"},
    "date": {"type": "string", "format": "date"},
    "number": {"type": "number"},
    "text": {"type": "string", "maxLength": 1000},
    "language": {"type": "string", "enum": ["zh", "en"]},
}
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def describe(site: Site) -> dict[str, Any]:
    """The description."""
    problem = {"title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "parkgraph",
            "version": __version__,
            "description": "Saved questions about industrial parks; rows name the passages they rest on.",
            "license": {"name": "MIT AND CC-BY-4.0"},
        },
        "paths": {f"/api/questions/{one.id}": {"get": _call(site, one)} for one in site.questions.values()},
        "components": {
            "schemas": {
                "Problem": {"type": "object", "required": ["title", "status"], "properties": problem}
            },
        },
    }


def _call(site: Site, one: Question) -> dict[str, Any]:
    construct = one.form == "CONSTRUCT"
    formats = ["ttl", "jsonld", "rdf", "nt", "html"] if construct else ["json", "xml", "csv", "tsv", "html"]
    types = (*(GRAPHS if construct else list(ROWS)[:4]), "text/html")
    choices = {"lang": ["zh", "en"], "format": formats}
    if "basis" in one.columns:
        choices["basis"] = ["stated", "inference", "computed"]
    parameters = [_parameter(site, each) for each in one.parameters.values() if each.kind != "language"]
    parameters += [
        {"name": name, "in": "query", "schema": {"type": "string", "enum": values}}
        for name, values in choices.items()
    ]
    return {
        "operationId": one.id,
        "summary": one.summary["en"],
        "description": f"{one.description['en']}\n\n{one.summary['zh']} {one.description['zh']}",
        "tags": [one.topic],
        "parameters": parameters,
        "responses": {
            "200": {"description": "The answer.", "content": {media: {} for media in types}},
            "400": {"description": "No such parameter or value; the nearest are named.", "content": _PROBLEM},
            "503": {"description": "Too much to do, or too long: try again.", "content": _PROBLEM},
        },
    }


def _parameter(site: Site, one: Parameter) -> dict[str, Any]:
    default: list[Any] = [site.value(term) for term in one.default] or ["any"]
    if one.of:
        values = [value for value, __ in site.options(one.of, "en")]
        schema: dict[str, Any] = {"type": "string", "enum": [*values, *(["any"] if one.optional else [])]}
    else:
        schema = dict(_TYPES[one.kind])
        if one.datatype == XSD + "integer":
            schema["type"] = "integer"
        if one.kind == "year":
            schema["enum"] = sorted({*site.years, *default})
        if one.kind == "number" and one.default:
            default = [float(value) for value in default]
    if one.many:
        schema = {"type": "array", "items": schema, "default": default}
    else:
        schema["default"] = default[0]
    return {
        "name": one.name,
        "in": "query",
        "description": f"{one.label['en']} / {one.label['zh']}",
        "schema": schema,
    }
