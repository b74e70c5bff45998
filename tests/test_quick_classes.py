"""Data classes whose methods are compiled when they are called are data classes all the same."""

import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(script: str) -> str:
    """What a script prints, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


CLASSES = """
    import dataclasses, inspect, pickle
    {first}
    @dataclasses.dataclass(frozen=True, slots=True, order=True)
    class Fact:
        label: str
        value: str = ""
        sources: tuple[str, ...] = dataclasses.field(default=(), repr=False)

    @dataclasses.dataclass
    class Box:
        facts: list[Fact] = dataclasses.field(default_factory=list)

    one, other = Fact("Capital", "Oslo"), Fact("Capital", "Oslo", ())
    print(one, Box([one]), one == other, one != Fact("Area"), hash(one) == hash(other), one < Fact("Currency"))
    print(dataclasses.replace(one, value="Astana"), dataclasses.asdict(one), dataclasses.fields(one)[2].name)
    print(inspect.signature(Fact), Fact.__eq__.__name__, Fact.__repr__.__qualname__, Fact.__match_args__)
    for change in (lambda: setattr(one, "value", "Bergen"), lambda: delattr(one, "value"), lambda: one < 1, lambda: Fact()):
        try:
            change()
        except Exception as fault:
            print(type(fault).__name__, fault)
"""


def test_a_data_class_does_what_it_did():
    before = run(CLASSES.format(first=""))
    quick = "from briefing.quick_classes import quicken; quicken(); quicken()"
    after = run(CLASSES.format(first=quick))
    assert "FrozenInstanceError" in before
    assert after == before
