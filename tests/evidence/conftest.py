"""A scratch graph about a made-up park, with a made-up article, for the evidence tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from parkgraph.evidence.audit import Audit, audit
from parkgraph.evidence.passages import check_passages, write_passages
from parkgraph.evidence.text import SourceText, Span, load
from parkgraph.finding import Finding
from parkgraph.read.files import Root

ARTICLE = """东岭园区首季工作简讯
2019-05-06 09:30:00   来源:东岭日报

  2018年,东岭园区总收入突破150亿元,增长8.5%。今年1—3月,新引进项目12个,其中外资项目3个。

  园区一直围绕“两大主业”招引企业。5月4日,第二届洽谈会开幕,“三张网”工程启动。
"""

ONTOLOGY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
park:NewsArticle rdfs:subClassOf park:Source .
park:QuantityStatement rdfs:subClassOf park:Statement .
park:Observation rdfs:subClassOf park:QuantityStatement ; rdfs:label "观测值"@zh , "observation"@en .
park:Assessment rdfs:subClassOf park:Statement .
park:statedValue rdfs:label "原数值"@zh , "stated value"@en .
"""

PREFIXES = """@prefix basis: <https://w3id.org/parkgraph/code/basis/> .
@prefix id: <https://w3id.org/parkgraph/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix passage: <https://w3id.org/parkgraph/source/briefing/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/parkgraph/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


class Scratch:
    """A folder with ontology/ and kg/ about the made-up article, to be filled by a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.article = folder / "briefing.txt"
        self.article.write_bytes(ARTICLE.encode())
        self.text: SourceText = load(self.article)
        self.root = Root(folder)
        (folder / "ontology").mkdir()
        (folder / "kg" / "sources").mkdir(parents=True)
        (folder / "ontology" / "core.ttl").write_text(ONTOLOGY, "utf-8")
        self.describe()

    def describe(self, length: int | None = None, sections: str | None = None) -> None:
        """Writes the source's description: two sections, header and body."""
        body = self.text.text.index("  2018年")
        if sections is None:
            sections = self.section("header", 0, body) + self.section("body", body, len(self.text))
        self.write(
            "sources/briefing",
            f"""source:briefing a park:NewsArticle ; rdfs:label "简讯"@zh , "briefing"@en ;
    park:textLength {len(self.text) if length is None else length} ;
    park:textSha256 "{self.text.sha256}"^^xsd:hexBinary .
{sections}""",
        )

    def section(self, name: str, start: int, end: int) -> str:
        """A section in Turtle."""
        return (
            f"<https://w3id.org/parkgraph/source/briefing/section/{name}> a park:Section ;"
            f' rdfs:label "{name}"@en ; park:inSource source:briefing ;'
            f" park:start {start} ; park:end {end} .\n"
        )

    def write(self, name: str, turtle: str) -> Path:
        """Writes kg/NAME.ttl, with all prefixes."""
        path = self.folder / "kg" / f"{name}.ttl"
        path.write_text(PREFIXES + turtle, "utf-8")
        return path

    def span(self, phrase: str) -> Span:
        """The first place of a phrase."""
        return self.text.find(phrase)[0]

    def passage(self, phrase: str) -> str:
        """The passage of the first place of a phrase, as an author writes it."""
        return f"passage:{self.span(phrase)}"

    def cite(self) -> list[Finding]:
        """Writes the passages file; gives the findings."""
        return write_passages(self.root, [self.text]).findings

    @property
    def passages(self) -> Path:
        """The generated file."""
        return self.folder / "kg" / "sources" / "briefing.passages.ttl"

    def check(self, *, with_text: bool = True) -> list[Finding]:
        """The findings of `cite --check`."""
        return check_passages(self.root, [self.text] if with_text else [])

    def audit(self, *, with_text: bool = True) -> Audit:
        """The audit."""
        return audit(self.root, [self.text] if with_text else [])

    def rules(self, *, with_text: bool = True) -> list[str]:
        """The checks by which the audit finds something, uncovered clauses and unmatched numbers aside."""
        found = [finding.rule for finding in self.audit(with_text=with_text).findings]
        return [rule for rule in found if rule not in ("clause-uncovered", "number-unmatched")]


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    """A scratch graph with a described source and no facts yet."""
    return Scratch(tmp_path)
