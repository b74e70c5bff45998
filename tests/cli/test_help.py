"""The help texts of the commands: complete, in the order of use, and correct."""

import re
import shlex

import click
import pytest

from briefing.cli import commands

NAMES = commands.list_commands(click.Context(commands))


def command_of(name: str) -> click.Command:
    found = commands.get_command(click.Context(commands), name)
    assert found is not None
    return found


def examples(command: click.Command) -> list[list[str]]:
    """The command lines among the examples, without the words beside them."""
    _, _, text = (command.epilog or "").partition("Examples:\n")
    lines = re.findall(r"^  (briefing\b.*?)(?:  .*)?$", text.partition("\b")[0], re.MULTILINE)
    return [shlex.split(line)[1:] for line in lines]


def test_the_commands_are_listed_in_the_order_of_use(run_briefing, root):
    assert {"new", "check", "build", "doctor", "clean", "completion"} <= set(NAMES)
    modules = {
        path.stem for path in (root / "briefing/cli").glob("*.py") if "@click.command(" in path.read_text("utf-8")
    }
    assert modules == set(NAMES), "a command has no place in ORDER"
    listed = re.findall(r"^  ([a-z]+)  +[A-Z].*\.$", run_briefing("--help").stdout, re.MULTILINE)
    assert listed == NAMES


@pytest.mark.parametrize("name", ["", *NAMES])
def test_every_example_is_a_valid_command_line(name):
    command = command_of(name) if name else commands
    found = examples(command)
    assert found, "there are no examples"
    for first, *rest in found:
        assert not name or first == name
        with command_of(first).make_context(first, list(rest), parent=click.Context(commands)):
            pass


def test_an_example_with_a_wrong_option_is_detected():
    slip = click.Command("build", epilog="\b\nExamples:\n  briefing build --fro handout   words\n")
    ((first, *rest),) = examples(slip)
    with pytest.raises(click.NoSuchOption):
        command_of(first).make_context(first, rest)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_has_help_within_80_columns(name, run_briefing):
    command = command_of(name)
    assert (command.help or "").partition("\n")[0].endswith("."), "no first sentence"
    assert [option.name for option in command.params if isinstance(option, click.Option) and not option.help] == []
    lines = run_briefing(name, "--help").stdout.splitlines()
    assert len(lines) > 8
    assert [line for line in lines if len(line) > 80] == []


def test_the_manual_lists_every_command_in_order_and_every_option(root):
    manual = (root / "docs" / "authoring.md").read_text("utf-8").partition("\n## The commands\n")[2]
    rows = re.findall(r"^\| `briefing ([a-z]+)", manual, re.MULTILINE)
    assert list(dict.fromkeys(rows)) == NAMES
    opts = [parameter.opts for name in NAMES for parameter in command_of(name).params if parameter.opts[0][0] == "-"]
    assert ["-n", "--dry-run"] in opts
    said = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(re.findall(r"`([^`]+)`", manual))))
    assert [names for names in opts if not said & set(names)] == []
