"""`python -m tests.longest [NUMBER]`: list the longest modules of the program, for review."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def longest(number: int) -> list[tuple[int, str]]:
    """The lines and the paths of the longest modules, the longest first."""
    modules = (ROOT / "briefing").rglob("*.py")
    sizes = [(len(path.read_text("utf-8").splitlines()), path.relative_to(ROOT).as_posix()) for path in modules]
    return sorted(sizes, key=lambda size: (-size[0], size[1]))[:number]


if __name__ == "__main__":
    for lines, path in longest(int(sys.argv[1]) if len(sys.argv) > 1 else 20):
        print(f"{lines:5} {path}")
