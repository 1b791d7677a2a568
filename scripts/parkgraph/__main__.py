"""`python -m parkgraph` and the console command `parkgraph`."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the command line with `sys.argv` and leave with its exit code."""
    from parkgraph.cli.app import run

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended is interrupted: clean up too
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
