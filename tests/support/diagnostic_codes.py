"""The codes of all diagnostics, found in the source of the program."""

import ast
import re
from collections.abc import Iterator

from briefing.checks import CHECKS
from tests.support.project import PACKAGE

#: Classes and functions that make a diagnostic, by name: those with the code as an argument.
MAKERS = {
    "_check_numbers",
    "Diagnostic",
    "TextIssue",
    "FileRefused",
    "InvalidValue",
    "Issue",
    "SyntaxHint",
    "Unprintable",
    "_refuse",
    "_invalid",
    "_report",
    "_unknown",
    "diagnostic",
    "diagnostic_at",
    "issue",
    "replace",
    "report",
    "slip",
    "theme_error",
}
#: Codes of fields that only contain other problems, or are replaced by another code (reading/explain.py).
CARRIERS = {"item-expected", "model-issues", "text-issues"}
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
    if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["code"]:
        return list(constants(node.value))  # the code of a class
    if isinstance(node, ast.Tuple) and len(node.elts) == 3:  # (code, message, advice): a table of problems
        return [text for text in constants(node.elts[0]) if "-" in text and CODE.fullmatch(text) and _talks(node)]
    return []


def _talks(node: ast.Tuple) -> bool:
    """Whether the elements after the code are messages, not other codes."""
    return not any(CODE.fullmatch(text) for element in node.elts[1:] for text in constants(element))


def codes() -> dict[str, list[str]]:
    """Each code, with the lines of the source that use it ("path:line"); of a check, with the name of its function."""
    found = {code: [check.__qualname__] for code, check in CHECKS.items()}
    for module in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            for code in told_by(node):
                place = f"{module.relative_to(PACKAGE).as_posix()}:{node.lineno}"
                found.setdefault(code.replace("_", "-"), []).append(place)
    return {code: places for code, places in sorted(found.items()) if code not in CARRIERS}


def asserted(module: ast.Module, test: str) -> set[str]:
    """The codes that a test of this module compares with those it has got: ``assert found.code == "empty"``.

    ``error[empty]`` in the text of a comparison counts too, and each value that ``parametrize`` gives to a compared name.
    """
    function = next((node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == test), None)
    if function is None:
        return set()
    compared = [
        value
        for statement in ast.walk(function)
        if isinstance(statement, ast.Assert) and isinstance(statement.test, ast.Compare)
        for side in _sides(statement.test)
        for value in _values(side)
    ]
    names = {value.id for value in compared if isinstance(value, ast.Name)}
    given = [value for decorator in function.decorator_list for value in _parametrized(module, decorator, names)]
    texts = [value.value for value in (*compared, *given) if isinstance(value, ast.Constant)]
    return {
        code for text in texts if isinstance(text, str) for code in (text, *re.findall(r"error\[([a-z-]+)\]", text))
    }


def _sides(comparison: ast.Compare) -> list[ast.expr]:
    """Both sides of ``==``, the left one of ``in``."""
    (operator, *more) = comparison.ops
    if more or not isinstance(operator, ast.Eq | ast.In):
        return []
    return [comparison.left, *(comparison.comparators if isinstance(operator, ast.Eq) else [])]


def _values(side: ast.expr) -> Iterator[ast.expr]:
    """One side of a comparison: itself, or what its tuples, lists, sets and f-strings hold."""
    if isinstance(side, ast.Tuple | ast.List | ast.Set):
        for element in side.elts:
            yield from _values(element)
    elif isinstance(side, ast.JoinedStr):
        yield from (part.value for part in side.values if isinstance(part, ast.FormattedValue))
    else:
        yield side


def _parametrized(module: ast.Module, decorator: ast.expr, names: set[str]) -> Iterator[ast.expr]:
    """What ``parametrize`` gives to these parameters, from a list or from ``TABLE.values()`` of the module."""
    if not (isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.parametrize"):
        return
    parameters = list(_values(decorator.args[0]))
    places = [place for place, parameter in enumerate(parameters) if getattr(parameter, "value", "") in names]
    for row in _rows(module, decorator.args[1]):
        cells = list(row.elts) if len(parameters) > 1 and isinstance(row, ast.Tuple) else [row]
        yield from (cells[place] for place in places if place < len(cells))


def _rows(module: ast.Module, rows: ast.expr) -> list[ast.expr]:
    if isinstance(rows, ast.List | ast.Tuple):
        return rows.elts
    tables = (node for node in module.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict))
    table = next((node for node in tables if ast.unparse(rows) == f"{ast.unparse(node.targets[0])}.values()"), None)
    return table.value.values if table is not None else []
