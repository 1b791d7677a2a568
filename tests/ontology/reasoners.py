"""OWL 2 profiles and HermiT, from the jar that owlready2 carries, called in this process."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, RdfFormat, Triple, serialize

_NEEDS = "Java 17 and the packages owlready2 and jpype1 are needed for proofs by reasoners"


def need_reasoners() -> None:
    """Skips where Java or a package is missing; on a CI machine that is a failure."""
    missing = [name for name in ("owlready2", "jpype") if importlib.util.find_spec(name) is None]
    if shutil.which("java") and not missing:
        return
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(_NEEDS)
    pytest.skip(_NEEDS)


@cache
def java(name: str) -> Any:
    """A Java class of the OWL API or HermiT."""
    import jpype

    if not jpype.isJVMStarted():
        spec = importlib.util.find_spec("owlready2")
        assert spec and spec.origin
        folder = Path(spec.origin).parent / "hermit"
        jpype.startJVM(classpath=[str(folder / "HermiT.jar"), str(folder)])
    return jpype.JClass(name)


def load(triples: Iterable[Triple]) -> Any:
    """The triples as an ontology of the OWL API."""
    text = serialize((Quad(*triple) for triple in triples), format=RdfFormat.TURTLE).decode()
    source = java("org.semanticweb.owlapi.io.StringDocumentSource")(text)
    manager = java("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    return manager.loadOntologyFromOntologyDocument(source)


def violations(ontology: Any, profile: str) -> list[str]:
    """What keeps an ontology out of a profile: DL or RL."""
    report = java(f"org.semanticweb.owlapi.profiles.OWL2{profile}Profile")().checkOntology(ontology)
    return [str(violation) for violation in report.getViolations()]


def hermit(ontology: Any) -> Any:
    """HermiT on an ontology. It knows no xsd:date and xsd:gYear, which are outside the OWL 2 datatype map."""
    configuration = java("org.semanticweb.HermiT.Configuration")()
    configuration.ignoreUnsupportedDatatypes = True
    configuration.throwInconsistentOntologyException = False
    return java("org.semanticweb.HermiT.Reasoner")(configuration, ontology)
