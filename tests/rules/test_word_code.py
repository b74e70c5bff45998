"""Rules for the Word writer: only `ooxml` uses private names of python-docx and raw Office Open XML."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.rules.test_code import PACKAGE, all_imports, modules, name_of, private_names, room_of, tree_of, where

WRITER = PACKAGE / "writers" / "docx"
OOXML = WRITER / "ooxml"
#: Tags and namespaces of Office Open XML in a text. A field instruction has none.
RAW_XML = re.compile(
    r"</?(?:[acorvw]|w1\d|wp|pic|mc|vt)(?::\w|:?$)|xmlns:|schemas\.openxmlformats\.org|schemas-microsoft-com"
)


def private_of_docx(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Private names, and what is imported from python-docx under such a name: its private classes are capitalised."""
    yield from private_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "docx":
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.startswith("_"))


def raw_xml(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts with tags or namespaces, except docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else None
        if isinstance(text, str) and RAW_XML.search(text):
            yield node.lineno, text


def outside() -> list[Path]:
    """The modules of the Word writer that build no raw XML."""
    return [module for module in modules() if WRITER in module.parents and OOXML not in module.parents]


def test_private_names_of_python_docx_are_used_only_in_ooxml():
    seen = private_of_docx(
        ast.parse("from docx.section import _Header\npart._element = x\nself._x = 1\nt._replace(y=2)")
    )
    assert sorted(seen) == [(1, "_Header"), (2, "part._element")]
    inside = {words for module in OOXML.glob("*.py") for _, words in private_of_docx(tree_of(module))}
    assert "part._element" in inside
    everywhere = [m for m in modules() if any(name.split(".")[0] == "docx" for _, name in all_imports(m))]
    assert len(everywhere) > 10, "python-docx is imported nowhere"
    assert {room_of(name_of(module)) for module in everywhere} == {"writers"}
    found = [
        f"{where(m, line)}: {words}"
        for m in {*everywhere, *outside()}
        if OOXML not in m.parents
        for line, words in private_of_docx(tree_of(m))
    ]
    assert found == []


def test_lxml_and_the_docx_element_classes_are_imported_only_in_ooxml():
    makers = ("lxml", "docx.oxml")
    found = {
        module: [f"{where(module, line)}: {name}" for line, name in all_imports(module) if name.startswith(makers)]
        for module in modules()
        if WRITER in module.parents
    }
    assert any(found[module] for module in OOXML.glob("*.py")), "no import was found"
    assert [each for module in outside() for each in found[module]] == []


def test_raw_xml_is_built_only_in_ooxml():
    seen = raw_xml(ast.parse('"""A <w:p>."""\nx = f"<w:p {y}/>"\nz = "</a:p>"\nf = "PAGE"\ng = f"<{x}>"\ns = "<svg"'))
    assert sorted(line for line, _ in seen) == [2, 3]
    assert any(True for module in OOXML.glob("*.py") for _ in raw_xml(tree_of(module))), "nothing was found"
    assert len(outside()) > 30
    assert [f"{where(m, line)}: {words[:60]}" for m in outside() for line, words in raw_xml(tree_of(m))] == []
