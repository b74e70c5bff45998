"""``python -m briefing``: the command line."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line with the arguments of this process and return the exit code."""
    try:
        if "_BRIEFING_COMPLETE" in os.environ:  # a shell asks for completions
            from briefing.cli.completion import answer as complete

            return complete()
        from briefing.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line handles it
        return 130


if __name__ == "__main__":
    sys.exit(main())
