"""``python -m briefing``: the command line."""

from __future__ import annotations

import gc
import os
import sys


def start() -> None:
    """Run the command line, and end at once: Python would take down all that it has loaded, piece by piece."""
    # What is loaded stays: to look through it for waste finds nothing.
    gc.set_threshold(50_000, 20, 20)
    code = main()
    for channel in (sys.stdout, sys.stderr):
        try:
            channel.flush()
        except (AttributeError, OSError, ValueError):  # it is closed, or nobody listens any more
            continue
    os._exit(code)


def main() -> int:
    """Run the command line with the arguments of this process; the exit code is its answer."""
    try:
        if "_BRIEFING_COMPLETE" in os.environ:  # the shell asks what may follow
            from briefing.cli.completion import answer as complete

            return complete()
        from briefing import quick_compile

        quick_compile.quicken()
        from briefing import quick_classes

        quick_classes.quicken()
        from briefing.cli import run

        code = run(sys.argv[1:])
        quick_compile.keep()
    except KeyboardInterrupt:  # before the command line has begun
        return 130
    return code


if __name__ == "__main__":
    start()
