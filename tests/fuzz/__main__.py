"""`python -m tests.fuzz`: read mutations of the corpus until one breaks the reader; atheris adds coverage.

python -m tests.fuzz [--rounds N] [--seed N]
"""

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

from .target import CORPUS, check, corpus, rounds


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    try:
        import atheris
    except ImportError:
        return plain(asked.rounds, asked.seed)
    atheris.instrument_all()
    with tempfile.TemporaryDirectory() as folder:
        for data in corpus():
            Path(folder, hashlib.sha256(data).hexdigest()).write_bytes(data)
        atheris.Setup([sys.argv[0], folder, f"-runs={asked.rounds}", f"-seed={asked.seed}", "-max_len=20000"], check)
        atheris.Fuzz()
    return 0


def plain(count: int, seed: int) -> int:
    """Without atheris: random mutations."""
    for number, data in enumerate(rounds(count, seed), 1):
        try:
            check(data)
        except Exception as fault:  # noqa: BLE001 - any exception is a finding
            file = Path(f"fuzz-{hashlib.sha256(data).hexdigest()[:12]}.yaml")
            file.write_bytes(data)
            print(
                f"round {number} of seed {seed}: {type(fault).__name__}: {fault}\nmend it, and keep {file} in {CORPUS.name}/"
            )
            return 1
        if number % 1000 == 0:
            print(f"{number} files read", flush=True)
    print(f"{count} files read, and an answer to each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
