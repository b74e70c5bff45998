"""Fixtures of all tests: the project folder, the command line in a process, the hypothesis settings."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import seed, settings

from tests.support.sweep import FACTOR, SEED

ROOT = Path(__file__).resolve().parent.parent

# The same examples in every run, except in a sweep. No time limit for an example: it would fail on a slow machine.
settings.register_profile(
    "briefing", deadline=None, derandomize=FACTOR == 1, database=None, max_examples=100 * FACTOR, print_blob=True
)
settings.load_profile("briefing")

Run = Callable[..., subprocess.CompletedProcess[str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-refs", action="store_true", help="write the portraits in tests/refs anew; review the diff"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give hypothesis the seed of a sweep, so that the printed seed repeats it."""
    if FACTOR > 1:
        for item in items:
            if isinstance(item, pytest.Function) and hasattr(item.obj, "hypothesis"):
                seed(SEED)(item.obj)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache folder for the tests, which must neither use nor change the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFING_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout, which has content/ and templates/."""
    return ROOT


@pytest.fixture(scope="session")
def update_refs(request: pytest.FixtureRequest) -> bool:
    """Whether the reference files in tests/refs are written again instead of compared."""
    return bool(request.config.getoption("--update-refs"))


@pytest.fixture(scope="session")
def run_briefing() -> Run:
    """`run_briefing("build", path, cwd=folder, env={...})`: run the program in its own process; returns its output.

    It raises no exception for an exit code: each test asserts the one it expects.
    """

    def run(*args: object, cwd: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1", **(env or {})}
        return subprocess.run(
            [sys.executable, "-m", "briefing", *map(str, args)],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run
