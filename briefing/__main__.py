"""``python -m briefing``: the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line with the arguments of this process; the exit code is its answer."""
    try:
        from briefing.dockets.answer import answer

        code = answer(sys.argv[1:])
        if code is not None:
            return code
        from briefing.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line has begun
        return 130


if __name__ == "__main__":
    sys.exit(main())
