"""The codes of all diagnostics, found in the source of the program."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "briefing"

#: Classes and functions that make a diagnostic, by name: those with the code as an argument.
MAKERS = {
    "Diagnostic",
    "Problem",
    "Refusal",
    "Refused",
    "Slip",
    "Trap",
    "_refuse",
    "_report",
    "_unknown",
    "diagnostic",
    "mark",
    "problem",
    "replace",
    "report",
    "slip",
    "warn",
}
#: Codes of fields that only contain other problems, or are replaced by another code (reading/messages.py).
CARRIERS = {"item-expected", "part-slips", "text-problems"}
CODE = re.compile(r"[a-z]+(?:[-_][a-z]+)*")


def constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def first_code(call: ast.Call) -> list[str]:
    """The possible codes of a call: the argument ``code``, or the first string that looks like one; empty if none."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    given = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    if len(call.args) + len(call.keywords) < 2:
        return []  # a diagnostic has at least a code and a message
    if name == "replace" or name not in MAKERS:
        return [text for node in given for text in constants(node) if name == "replace"]
    for node in (*given, *call.args):
        if found := [text for text in constants(node) if CODE.fullmatch(text)]:
            return found
    return []


def told_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Call):
        return first_code(node)
    if isinstance(node, ast.Tuple) and len(node.elts) == 3:  # (code, message, advice): a table of problems
        return [text for text in constants(node.elts[0]) if "-" in text and CODE.fullmatch(text) and _talks(node)]
    return []


def _talks(node: ast.Tuple) -> bool:
    """Whether the elements after the code are messages, not other codes."""
    return not any(CODE.fullmatch(text) for element in node.elts[1:] for text in constants(element))


def codes() -> dict[str, list[str]]:
    """Each code, with the lines of the source that use it ("path:line")."""
    found: dict[str, list[str]] = {}
    for module in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            for code in told_by(node):
                place = f"{module.relative_to(PACKAGE).as_posix()}:{node.lineno}"
                found.setdefault(code.replace("_", "-"), []).append(place)
    return {code: places for code, places in sorted(found.items()) if code not in CARRIERS}
