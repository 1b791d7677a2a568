"""`python -m parkgraph` and the console command `parkgraph`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line with `sys.argv` and leave with its exit code."""
    from parkgraph.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
