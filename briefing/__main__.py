"""``python -m briefing``: the command line."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line with the arguments of this process; the exit code is its answer."""
    try:
        if "_BRIEFING_COMPLETE" in os.environ:  # the shell asks what may follow
            from briefing.cli.completion import answer as complete

            return complete()
        from briefing.dockets.answer import answer

        code = answer(sys.argv[1:])
        if code is not None:
            return code
        from briefing import quick_patterns

        quick_patterns.quicken()
        from briefing import quick_classes

        quick_classes.quicken()
        from briefing.cli import run

        code = run(sys.argv[1:])
        quick_patterns.keep()
    except KeyboardInterrupt:  # before the command line has begun
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
