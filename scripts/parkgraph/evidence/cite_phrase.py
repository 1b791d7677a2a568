"""Stop-gap for `parkgraph cite`: python -m parkgraph.evidence.cite_phrase ARTICLE PHRASE|START-END …"""

from __future__ import annotations

import sys
from pathlib import Path

from parkgraph.evidence.text import load, parse_offsets


def main(arguments: list[str]) -> int:
    source = load(Path(arguments[0]))
    missing = 0
    for word in arguments[1:]:
        span = parse_offsets(word)
        if span:
            print(source.part(span))
            continue
        places = source.find(word)
        for place in places:
            print(f"passage:{place}")
        if not places:
            missing = 1
            print(f"not in the text: {word}", file=sys.stderr)
    return missing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
