"""What makes a finding the same finding after the files around it have changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from parkgraph.finding import Finding


def fingerprint(finding: Finding) -> str:
    """32 hexadecimal digits from rule, component, node, path and value: no line, no message.

    A finding about no node is known by its file and English message instead.
    """
    parts = [finding.rule, finding.component, finding.focus, finding.path, finding.value]
    if finding.focus is None:
        parts += [finding.file, finding.messages.get("en", finding.messages.get(""))]
    # Relative IRIs are resolved against the file's address: the folder of a checkout must not count.
    here = Path.cwd().as_uri() + "/"
    said = "\x1f".join((part or "").replace(here, "") for part in parts)
    return hashlib.sha256(said.encode()).hexdigest()[:32]
