"""One Chinese term has one English rendering: in every label that holds a term of the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pages
from parkgraph.names import RDFS, SKOS
from pyoxigraph import Literal, Triple

TERMS = sorted(pages.glossary(), key=lambda row: -len(row["zh"]))
"""The longer ones first: 特色产业 in a word is not the 产业 of another term."""


def labels(triples: Iterable[Triple]) -> Iterator[tuple[str, str, str]]:
    """Things with a label in both languages: IRI, Chinese, English."""
    found: dict[str, dict[str, str]] = {}
    for triple in triples:
        label = triple.object
        if triple.predicate.value in (RDFS + "label", SKOS + "prefLabel") and isinstance(label, Literal):
            found.setdefault(str(triple.subject), {})[label.language or ""] = label.value
    yield from ((thing, both["zh"], both["en"]) for thing, both in found.items() if {"zh", "en"} <= set(both))


def wrong(zh: str, en: str) -> list[str]:
    """The terms in the Chinese label that the English one renders otherwise."""
    found = []
    for row in TERMS:
        if row["zh"] in zh:
            zh = zh.replace(row["zh"], " ")
            if not re.search(row["forms"], en, re.IGNORECASE):
                found.append(row["zh"])
    return found


def test_labels_use_the_terms_of_the_glossary(ontology: list[Triple], data: list[Triple]) -> None:
    every = list(labels([*ontology, *data]))
    assert len(every) > 1000
    assert {thing: (wrong(zh, en), zh, en) for thing, zh, en in every if wrong(zh, en)} == {}


def test_each_term_stands_once_and_its_own_rendering_is_allowed() -> None:
    assert len({row["zh"] for row in TERMS}) == len({row["en"] for row in TERMS}) == len(TERMS)
    assert [row["zh"] for row in TERMS if not re.search(row["forms"], row["en"], re.IGNORECASE)] == []


def test_another_rendering_is_found_and_a_longer_term_hides_a_shorter() -> None:
    assert wrong("企业集群与龙头企业", "clusters and dragon-head firms") == ["龙头企业"]
    assert wrong("生物医药大健康", "biomedicine and comprehensive health") == []
