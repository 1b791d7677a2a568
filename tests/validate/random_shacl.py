"""Random shapes and random data, from a seed: what the engines are compared on."""

from __future__ import annotations

from random import Random

PREFIXES = """@prefix ex: <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
CLASSES = ["ex:A", "ex:B", "ex:C", "ex:D"]
PROPERTIES = ["ex:p", "ex:q", "ex:r", "ex:s"]
NODES = [f"ex:n{i}" for i in range(8)]
LITERALS = [
    *('"text"', '"another text"', '"文字"@zh', '"words"@en', '"words"@en-GB', '"more"@en', '""', '"12ab"'),
    *("1", "2", "7", "-3", "2.50", "3.0", "1e3", "true", "false", '"5"^^xsd:int', '"5"^^xsd:long'),
    *('"2018-06-20"^^xsd:date', '"2019-01-01"^^xsd:date', '"2018-13-45"^^xsd:date', '"2018"^^xsd:gYear'),
    *('"2018-06-20T10:00:00"^^xsd:dateTime', '"2018-06-20T10:00:00Z"^^xsd:dateTime', '"x"^^xsd:integer'),
    *('"abc"^^xsd:string', '"http://e/x"^^xsd:anyURI', '"k"^^ex:type'),
]
DATATYPES = [
    *("xsd:string", "xsd:integer", "xsd:decimal", "xsd:date", "xsd:boolean", "rdf:langString"),
    *("xsd:int", "xsd:gYear", "xsd:dateTime", "xsd:anyURI", "ex:type"),
]
PATTERNS = ["^t", "[0-9]+", "text$", "^[a-z ]+$", "文", "^http://e/n[0-4]$", "WORDS"]
BOUNDS = ["0", "2", "2.5", "5", '"2018-12-31"^^xsd:date', '"2018-06-20T09:00:00"^^xsd:dateTime', '"b"']


# Tidy data: each property has values of one kind, as real data have.
TIDY = {
    "ex:p": ["1", "2", "7", "-3", "2.50", "1e3", '"5"^^xsd:int'],
    "ex:q": ['"2018-06-20"^^xsd:date', '"2019-01-01"^^xsd:date', '"2018-12-31"^^xsd:date'],
    "ex:r": ['"text"', '"another text"', '""', '"12ab"', '"文字"'],
    "ex:s": NODES,
    "ex:t": ["0", "3", "2.5", "100"],
}


def tidy_data(seed: int, statements: int = 60) -> str:
    """A Turtle text in which each property has values of one kind."""
    random = Random(f"tidy {seed}")
    lines = [PREFIXES, "ex:B rdfs:subClassOf ex:A .\n"]
    for _ in range(statements):
        verb = random.choice([*TIDY, "a"])
        value = random.choice(CLASSES) if verb == "a" else random.choice(TIDY[verb])
        lines.append(f"{random.choice(NODES)} {verb} {value} .\n")
    return "".join(lines)


def tidy_shapes(seed: int, number: int = 4) -> str:
    """Shapes that compare like with like: bounds, order, datatypes, patterns."""
    random = Random(f"tidy shapes {seed}")
    lines = [PREFIXES]
    compare = ["minInclusive", "minExclusive", "maxInclusive", "maxExclusive"]
    bounds = {"ex:p": "2", "ex:q": '"2018-12-31"^^xsd:date', "ex:r": '"b"', "ex:t": "2.5"}
    types = {"ex:p": "xsd:integer", "ex:q": "xsd:date", "ex:r": "xsd:string", "ex:t": "xsd:decimal"}
    for index in range(number):
        asked = []
        for verb, bound in bounds.items():
            asked.append(f"sh:path {verb} ; sh:{random.choice(compare)} {bound}")
            asked.append(f"sh:path {verb} ; sh:datatype {types[verb]} ; sh:maxCount {random.randint(0, 3)}")
        asked.append(f"sh:path ex:p ; sh:{random.choice(['lessThan', 'lessThanOrEquals'])} ex:t")
        asked.append(
            f'sh:path ex:r ; sh:pattern "{random.choice(PATTERNS)}" ; sh:maxLength {random.randint(0, 9)}'
        )
        asked.append("sh:path ( ex:s ex:p ) ; sh:minInclusive 2")
        chosen = " ; ".join(f"sh:property [ {one} ]" for one in random.sample(asked, 5))
        lines.append(f"ex:S{index} sh:targetClass {random.choice(CLASSES)} ; {chosen} .\n")
    return "".join(lines)


def data(seed: int, statements: int = 40) -> str:
    """A Turtle text with classes, references, literals of many types and blank nodes."""
    random = Random(f"data {seed}")
    lines = [PREFIXES, "ex:B rdfs:subClassOf ex:A . ex:C rdfs:subClassOf ex:B .\n"]
    blanks = ["_:a", "_:b"]
    for _ in range(statements):
        subject = random.choice(NODES + blanks)
        kind = random.random()
        if kind < 0.25:
            lines.append(f"{subject} a {random.choice(CLASSES)} .\n")
        elif kind < 0.6:
            lines.append(f"{subject} {random.choice(PROPERTIES)} {random.choice(NODES + blanks)} .\n")
        elif kind < 0.65:
            lines.append(f"{subject} {random.choice(PROPERTIES)} [ ex:p {random.choice(LITERALS)} ] .\n")
        else:
            lines.append(f"{subject} {random.choice(PROPERTIES)} {random.choice(LITERALS)} .\n")
    return "".join(lines)


class _Shapes:
    def __init__(self, seed: int, features: str) -> None:
        self.random = Random(f"shapes {seed}")
        self.features = features
        self.extra: list[str] = []

    def one(self, *choices: str) -> str:
        return self.random.choice(choices)

    def path(self, depth: int = 0) -> str:
        if depth > 1 or self.random.random() < 0.65:
            return self.random.choice(PROPERTIES)
        inner, other = self.path(depth + 1), self.path(depth + 1)
        return self.one(
            f"[ sh:inversePath {inner} ]",
            f"( {inner} {other} )",
            f"[ sh:alternativePath ( {inner} {other} ) ]",
            f"[ sh:zeroOrMorePath {inner} ]",
            f"[ sh:oneOrMorePath {inner} ]",
            f"[ sh:zeroOrOnePath {inner} ]",
        )

    def values(self) -> str:
        pool = NODES + LITERALS + CLASSES
        return " ".join(self.random.sample(pool, self.random.randint(1, 12)))

    def settings(self) -> str:
        said = self.one("", "", "", "sh:severity sh:Warning", "sh:severity sh:Info", "sh:severity ex:Custom")
        if self.random.random() < 0.4:
            said += ' ; sh:message "错"@zh , "wrong"@en' if said else 'sh:message "错"@zh , "wrong"@en'
        if self.random.random() < 0.05:
            said += " ; sh:deactivated true" if said else "sh:deactivated true"
        return said

    def any_constraint(self, depth: int) -> str:
        """A constraint that fits node shapes and property shapes."""
        random = self.random
        simple = [
            f"sh:class {random.choice(CLASSES)}",
            f"sh:class {', '.join(random.sample(CLASSES, 2))}",
            f"sh:datatype {random.choice(DATATYPES)}",
            f"sh:nodeKind sh:{self.one('IRI', 'BlankNode', 'Literal', 'BlankNodeOrIRI', 'IRIOrLiteral')}",
            f"sh:{self.one('min', 'max')}{self.one('Inclusive', 'Exclusive')} {random.choice(BOUNDS)}",
            f"sh:{self.one('min', 'max')}Length {random.randint(1, 10)}",
            f'sh:pattern "{random.choice(PATTERNS)}"',
            f'sh:pattern "{random.choice(PATTERNS)}" ; sh:flags "i"',
            "sh:languageIn ( " + self.one('"en"', '"zh" "en"', '"en-GB"', '"fr"') + " )",
            f"sh:in ( {self.values()} )",
            f"sh:hasValue {random.choice(NODES + LITERALS)}",
            f"sh:equals {random.choice(PROPERTIES)}",
            f"sh:disjoint {random.choice(PROPERTIES)}",
            f"sh:closed true ; sh:ignoredProperties ( rdf:type {random.choice(PROPERTIES)} )",
        ]
        if depth < 2 and random.random() < 0.35:
            inner, other = self.shape(depth + 1), self.shape(depth + 1)
            return self.one(
                f"sh:not {inner}", f"sh:and ( {inner} {other} )", f"sh:or ( {inner} {other} )",
                f"sh:xone ( {inner} {other} )", f"sh:node {self.node_shape(depth + 1)}",
                f"sh:property {self.property_shape(depth + 1)}",
            )  # fmt: skip
        return random.choice(simple)

    def property_constraint(self, depth: int) -> str:
        if self.random.random() < 0.5:
            return self.any_constraint(depth)
        number = self.random.randint(0, 3)
        choices = [
            f"sh:minCount {number}",
            f"sh:maxCount {number}",
            "sh:uniqueLang true",
            f"sh:lessThan {self.random.choice(PROPERTIES)}",
            f"sh:lessThanOrEquals {self.random.choice(PROPERTIES)}",
        ]
        if depth < 2:
            counts = self.one(f"sh:qualifiedMinCount {number}", f"sh:qualifiedMaxCount {number}")
            disjoint = self.one("", "", " ; sh:qualifiedValueShapesDisjoint true")
            choices.append(f"sh:qualifiedValueShape {self.shape(depth + 1)} ; {counts}{disjoint}")
        return self.random.choice(choices)

    def sparql(self) -> str:
        prop = self.random.choice(PROPERTIES).replace("ex:", "http://e/")
        literals = "isLiteral(?a) && isLiteral(?b) && STR(?a) < STR(?b)"
        queries = [
            f"SELECT $this ?value WHERE {{ $this <{prop}> ?value . FILTER (isLiteral(?value)) }}",
            f"SELECT $this WHERE {{ FILTER NOT EXISTS {{ $this <{prop}> ?any }} }}",
            f"SELECT $this ?value ?path WHERE {{ $this ?path ?value . FILTER (?path = <{prop}>) }}",
            f"SELECT $this (?a AS ?value) WHERE {{ $this <{prop}> ?a , ?b . FILTER ({literals}) }}",
        ]
        message = self.one(
            "", ' ; sh:message "{?value} 不对"@zh , "{$this} has {?value}"@en', ' ; sh:message "bad"'
        )
        severity = self.one("", "", " ; sh:severity sh:Warning")
        return f'sh:sparql [ sh:select "{self.random.choice(queries)}"{message}{severity} ]'

    def shape(self, depth: int) -> str:
        return self.node_shape(depth) if self.random.random() < 0.6 else self.property_shape(depth)

    def node_shape(self, depth: int) -> str:
        asked = dict.fromkeys(self.any_constraint(depth) for _ in range(self.random.randint(1, 2)))
        return self._written(_once(asked), "N")

    def property_shape(self, depth: int) -> str:
        asked = dict.fromkeys(self.property_constraint(depth) for _ in range(self.random.randint(1, 2)))
        settings = self.settings()
        body = f"sh:path {self.path()} ; {_once(asked)}" + (f" ; {settings}" if settings else "")
        return self._written(body, "P")

    def _written(self, body: str, letter: str) -> str:
        if self.random.random() < 0.4:
            name = f"ex:{letter}{len(self.extra)}"
            self.extra.append(f"{name} {body} .\n")
            return name
        return f"[ {body} ]"

    def text(self, number: int) -> str:
        lines = []
        for index in range(number):
            target = self.one(
                f"sh:targetClass {self.random.choice(CLASSES)}", f"sh:targetNode {self.random.choice(NODES)}",
                f"sh:targetNode {self.random.choice(LITERALS)}",
                f"sh:targetSubjectsOf {self.random.choice(PROPERTIES)}",
                f"sh:targetObjectsOf {self.random.choice(PROPERTIES)}",
            )  # fmt: skip
            body = [target]
            for _ in range(self.random.randint(1, 3)):
                body.append(f"sh:property {self.property_shape(0)}")
            body.append(self.any_constraint(0))
            if "sparql" in self.features and self.random.random() < 0.5:
                body.append(self.sparql())
            if settings := self.settings():
                body.append(settings)
            lines.append(f"ex:S{index} a sh:NodeShape ; {_once(dict.fromkeys(body))} .\n")
        return PREFIXES + "".join(lines + self.extra)


def shapes(seed: int, number: int = 4, features: str = "sparql") -> str:
    """A Turtle text with well-formed shapes: every Core constraint and path, and SPARQL constraints."""
    return _Shapes(seed, features).text(number)


_SEVERAL = {
    *("sh:property", "sh:node", "sh:not", "sh:and", "sh:or", "sh:xone", "sh:class", "sh:equals"),
    *("sh:disjoint", "sh:hasValue", "sh:sparql", "sh:targetClass", "sh:targetNode"),
    *("sh:targetSubjectsOf", "sh:targetObjectsOf"),
}


def _once(parts: dict[str, None]) -> str:
    """Keeps of parts that speak of the same property the first, where SHACL allows one only."""
    kept = []
    seen: set[str] = set()
    for part in parts:
        names = {word for word in _outside(part).split() if word.startswith("sh:")} - _SEVERAL
        if not names & seen:
            seen |= names
            kept.append(part)
    return " ; ".join(kept)


def _outside(part: str) -> str:
    """What stands outside of brackets, without values."""
    depth, said = 0, []
    for character in part:
        depth += (character in "[(") - (character in "])")
        said.append(character if depth == 0 else " ")
    return " ".join(piece.split()[0] for piece in "".join(said).split(" ; ") if piece.split())
