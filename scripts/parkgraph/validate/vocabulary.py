"""The SHACL terms the checks need: what each parameter takes, and which component it belongs to."""

from __future__ import annotations

from typing import Literal, NamedTuple

from parkgraph.finding import Severity
from parkgraph.names import SH

Takes = Literal["iri", "literal", "integer", "boolean", "string", "text", "list", "iris", "strings", "shape",
                "shapes", "sparql", "kind", "any"]  # fmt: skip


class Parameter(NamedTuple):
    """takes: the kind of value.  single: at most one.  property_only: not on a node shape."""

    component: str
    takes: Takes
    single: bool = False
    property_only: bool = False


# Of parameters that share a component, the first is the one that says what the component asks.
PARAMETERS = {
    "class": Parameter("Class", "iri"),
    "datatype": Parameter("Datatype", "iri", single=True),
    "nodeKind": Parameter("NodeKind", "kind", single=True),
    "minCount": Parameter("MinCount", "integer", single=True, property_only=True),
    "maxCount": Parameter("MaxCount", "integer", single=True, property_only=True),
    "minExclusive": Parameter("MinExclusive", "literal", single=True),
    "minInclusive": Parameter("MinInclusive", "literal", single=True),
    "maxExclusive": Parameter("MaxExclusive", "literal", single=True),
    "maxInclusive": Parameter("MaxInclusive", "literal", single=True),
    "minLength": Parameter("MinLength", "integer", single=True),
    "maxLength": Parameter("MaxLength", "integer", single=True),
    "pattern": Parameter("Pattern", "string", single=True),
    "flags": Parameter("Pattern", "string", single=True),
    "languageIn": Parameter("LanguageIn", "strings", single=True),
    "uniqueLang": Parameter("UniqueLang", "boolean", single=True, property_only=True),
    "equals": Parameter("Equals", "iri"),
    "disjoint": Parameter("Disjoint", "iri"),
    "lessThan": Parameter("LessThan", "iri", property_only=True),
    "lessThanOrEquals": Parameter("LessThanOrEquals", "iri", property_only=True),
    "not": Parameter("Not", "shape"),
    "and": Parameter("And", "shapes"),
    "or": Parameter("Or", "shapes"),
    "xone": Parameter("Xone", "shapes"),
    "node": Parameter("Node", "shape"),
    "property": Parameter("Property", "shape"),
    "qualifiedMinCount": Parameter("QualifiedMinCount", "integer", single=True),
    "qualifiedMaxCount": Parameter("QualifiedMaxCount", "integer", single=True),
    "qualifiedValueShape": Parameter("QualifiedMinCount", "shape", single=True, property_only=True),
    "qualifiedValueShapesDisjoint": Parameter("QualifiedMinCount", "boolean", single=True),
    "closed": Parameter("Closed", "boolean", single=True),
    "ignoredProperties": Parameter("Closed", "iris", single=True),
    "hasValue": Parameter("HasValue", "any"),
    "in": Parameter("In", "list", single=True),
    "sparql": Parameter("SPARQL", "sparql"),
}

# Parameters without which the one named here says nothing.
NEEDED = {
    "flags": "pattern",
    "ignoredProperties": "closed",
    "qualifiedMinCount": "qualifiedValueShape",
    "qualifiedMaxCount": "qualifiedValueShape",
    "qualifiedValueShapesDisjoint": "qualifiedValueShape",
}

TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
NODE_KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Other properties of the SHACL namespace that may stand in a shapes graph; they constrain nothing.
OTHER = _words(
    """
    agentInstruction alternativePath annotationProperty annotationValue annotationVarName ask
    codeIdentifier condition conforms construct deactivated declare defaultValue description detail
    entailment filterShape focusNode group intent intersection inversePath labelTemplate message
    name namespace nodeValidator nodes object oneOrMorePath optional order parameter path predicate
    prefix prefixes propertyValidator result resultAnnotation resultMessage resultPath
    resultSeverity returnType select severity shapesGraph shapesGraphWellFormed sourceConstraint
    sourceConstraintComponent sourceShape subject suggestedShapesGraph union update validator value
    zeroOrMorePath zeroOrOnePath
    """
)

# Of SHACL-AF, SHACL-JS and SHACL 1.2; neither engine here checks them.
UNSUPPORTED = _words(
    """
    conformanceDisallows expression js jsFunctionName jsLibrary jsLibraryURL maxListLength
    memberShape minListLength nodeByExpression reificationRequired reifierShape rootClass rule shape
    singleLine someValue subsetOf target targetWhere uniqueMembers uniqueValuesFor
    uniqueValuesForClass
    """
)

TYPES = _words(
    """
    AbstractResult ConstraintComponent Function JSConstraint JSExecutable JSFunction JSLibrary
    JSRule JSTarget JSTargetType JSValidator NodeKind NodeShape Parameter Parameterizable
    PrefixDeclaration PropertyGroup PropertyShape ResultAnnotation Rule SPARQLAskExecutable
    SPARQLAskValidator SPARQLConstraint SPARQLConstructExecutable SPARQLExecutable SPARQLFunction
    SPARQLRule SPARQLSelectExecutable SPARQLSelectValidator SPARQLTarget SPARQLTargetType
    SPARQLUpdateExecutable Severity Shape Target TargetType TripleRule ValidationReport
    ValidationResult Validator
    """
)

COMPONENT_IRI = {parameter.component: f"{SH}{parameter.component}ConstraintComponent"
                 for parameter in PARAMETERS.values()}  # fmt: skip
DEFINING: dict[str, str] = {}  # component IRI → local name of the parameter that says what it asks
for _name, _parameter in PARAMETERS.items():
    DEFINING.setdefault(COMPONENT_IRI[_parameter.component], _name)
COMPONENT_IRI["QualifiedMaxCount"] = SH + "QualifiedMaxCountConstraintComponent"
DEFINING[COMPONENT_IRI["QualifiedMaxCount"]] = "qualifiedMaxCount"

SEVERITY: dict[str, Severity] = {
    SH + "Violation": "violation",
    SH + "Warning": "warning",
    SH + "Info": "info",
    SH + "Debug": "info",
    SH + "Trace": "info",
}
