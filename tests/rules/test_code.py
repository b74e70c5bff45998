"""Rules for the code: imports between packages, modules loaded at start, and forbidden content."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from tests.support.project import ROOT

PACKAGE = ROOT / "briefing"

# The order in which data flows. A module imports only from its own package ("room") and those before it.
ROOMS = (
    "cache_folder",
    "diagnostics",
    "project",
    "xml_text",
    "model",
    "countries",
    "cldr",
    "parser",
    "markup",
    "assets",
    "reading",
    "edition",
    "checks",
    "theme",
    "charts",
    "galley",
    "writers",
    "publish",
    "pipeline",
    "cache",
    "workers",
    "starter",
    "doctor",
    "preview",
    "cli",
)
ENGINES = {"weasyprint", "docx", "lxml", "jinja2", "markdown_it"}
# What some systems lack, so that nothing may need it to be imported.
NOT_EVERYWHERE = {
    "_winapi",
    "crypt",
    "curses",
    "fcntl",
    "grp",
    "msvcrt",
    "pty",
    "pwd",
    "resource",
    "syslog",
    "termios",
    "tty",
    "winreg",
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(module: Path) -> str:
    parts = module.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name: str) -> str:
    """`briefing.writers.docx.runs` is in the room `writers`; `briefing/__init__.py` is in none."""
    return ([*name.split("."), ""])[1]


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def imported(module: Path, statement: ast.stmt) -> Iterator[str]:
    """The full names of the modules that one import statement may load."""
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom):
        base = statement.module or ""
        if statement.level:
            package = name_of(module).split(".")
            keep = len(package) - statement.level + (module.name == "__init__.py")
            base = ".".join([*package[:keep], *([base] if base else [])])
        yield base
        yield from (f"{base}.{alias.name}" for alias in statement.names)


def all_imports(module: Path) -> Iterator[tuple[int, str]]:
    for statement in ast.walk(tree_of(module)):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield from ((statement.lineno, name) for name in imported(module, statement))


def imports_at_start(module: Path) -> Iterator[tuple[int, str]]:
    """The imports that run when the module is imported: those outside functions and `if TYPE_CHECKING`."""
    waiting: list[ast.AST] = [tree_of(module)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((node.lineno, name) for name in imported(module, node))
        waiting += ast.iter_child_nodes(node)


def where(module: Path, line: int) -> str:
    return f"{module.relative_to(ROOT).as_posix()}:{line}"


def test_a_module_imports_only_from_its_own_and_earlier_packages():
    found, wrong = set(), []
    for module in modules():
        room = room_of(name_of(module))
        if room in {"", "__main__"}:
            continue
        assert room in ROOMS, f"{module.relative_to(ROOT)} is in no room: {', '.join(ROOMS)}"
        for line, name in all_imports(module):
            other = room_of(name)
            if not name.startswith("briefing.") or other not in ROOMS:
                continue
            found.add((room, other))
            if ROOMS.index(other) > ROOMS.index(room):
                wrong.append(f"{where(module, line)}: {room} imports {name}, a later room")
    assert {room for room, other in found if room != other} >= {"reading", "galley", "pipeline", "cli"}, (
        "no imports were found"
    )
    assert not wrong, "\n".join(wrong)


def test_the_model_imports_no_other_package_of_the_program():
    found = [
        (module, *entry) for module in modules() if room_of(name_of(module)) == "model" for entry in all_imports(module)
    ]
    assert any(name == "decimal" for _, _, name in found), "the model was not found"
    wrong = [
        where(module, line)
        for module, line, name in found
        if name.split(".")[0] == "briefing" and room_of(name) not in {"model", ""}
    ]
    assert not wrong, "\n".join(wrong)


def test_there_are_no_circular_imports():
    """A circle of imports works by luck of the order, until somebody imports the other end first."""
    names = {name_of(module): module for module in modules()}
    needs = {
        name: {other for _, other in imports_at_start(module) if other in names and other != name}
        for name, module in names.items()
    }
    # A package's __init__ runs before its modules in any case; from a module's side that is not a need.
    needs = {name: {other for other in others if not name.startswith(f"{other}.")} for name, others in needs.items()}
    assert sum(map(len, needs.values())) > 20, "no imports were found"
    while ready := {name for name, others in needs.items() if not others}:
        needs = {name: others - ready for name, others in needs.items() if name not in ready}
    assert not needs, f"these import one another in a circle: {', '.join(sorted(needs))}"


def test_modules_that_a_system_may_lack_are_not_imported_at_start():
    starts = [(module, line, name) for module in modules() for line, name in imports_at_start(module)]
    assert any(name == "pathlib" for _, _, name in starts), "no imports were found"
    wrong = [f"{where(module, line)}: {name}" for module, line, name in starts if name.split(".")[0] in NOT_EVERYWHERE]
    assert not wrong, "\n".join(wrong)


# What would make the same brief come out differently tomorrow, or on another machine.
FICKLE = {
    "environ",
    "getenv",
    "getpid",
    "now",
    "random",
    "time_ns",
    "today",
    "urandom",
    "urlopen",
    "utcnow",
    "uuid1",
    "uuid4",
}


# Fontconfig can be told which fonts there are by this variable alone; it is set for the layout and put back.
SETS_FONTCONFIG = PACKAGE / "writers" / "pdf" / "weasyprint_" / "engine.py"


def fickle(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in FICKLE:
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", None) or ""}
            yield from (
                (node.lineno, name) for name in sorted(names & {*FICKLE, "random", "secrets", "socket", "time"})
            )


def test_packages_from_diagnostics_to_publish_do_not_use_the_time_or_the_environment():
    assert list(fickle(ast.parse("from datetime import date\nissued = date.today()"))) == [(2, "date.today")]
    pure = [
        module
        for module in modules()
        if room_of(name_of(module)) in ROOMS[ROOMS.index("diagnostics") : ROOMS.index("publish")]
    ]
    assert len(pure) > 20, "no modules were found"
    found = [(module, line, words) for module in pure for line, words in fickle(tree_of(module))]
    wrong = [each for each in found if (each[0], each[2]) != (SETS_FONTCONFIG, "os.environ")]
    assert [f"{where(module, line)}: {words}" for module, line, words in wrong] == []


#: The only package that uses private names of WeasyPrint, pydyf and tinycss2.
ENGINE_PACKAGE = PACKAGE / "writers" / "pdf" / "weasyprint_"
#: Private names that are used elsewhere, and why.
PRIVATE = {
    ("galley/helpers.py", "view._part"): "of our own views",
    ("assets/archives.py", "etree._Element"): "lxml has no other name for the type",
    ("theme/word_template.py", "etree._Element"): "lxml has no other name for the type",
    ("workers/worker.py", "os._exit"): "documented by Python; a worker must not run exit handlers",
    ("writers/docx/ooxml/elements.py", "etree._Element"): "lxml has no other name for the type",
    ("writers/docx/ooxml/parts.py", "part._element"): "python-docx has no public way to replace the root of a part",
}
#: The public methods of a named tuple, whose names begin with "_".
NAMED_TUPLE = {"_replace", "_asdict", "_fields", "_make"}


def private_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Names that begin with "_", except those of the object or class to which the code belongs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.endswith("__"):
            own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls", "other"}
            if not own and node.attr not in NAMED_TUPLE and not ast.unparse(node.value).startswith("super("):
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, alias.name) for alias in node.names if re.match("_[a-z]", alias.name))


def test_private_names_of_engines_are_used_only_in_the_engine_package():
    inside = [name for path in ENGINE_PACKAGE.rglob("*.py") for _, name in private_names(tree_of(path)) if "._" in name]
    assert {"page._page_box", "tags._get_pdf_tag"} <= set(inside), "no private names were found"
    outside = [
        (module, line, name)
        for module in modules()
        if not module.is_relative_to(ENGINE_PACKAGE)
        for line, name in private_names(tree_of(module))
        if (module.relative_to(PACKAGE).as_posix(), name) not in PRIVATE
    ]
    assert [f"{where(module, line)}: {name}" for module, line, name in outside] == []


def replacements(module: Path) -> Iterator[tuple[int, str]]:
    """Assignments to an attribute of an imported module, and to the table of modules."""
    known = {
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    for node in ast.walk(tree_of(module)):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        )
        for target in (each for whole in targets for each in ast.walk(whole) if isinstance(each, ast.Attribute)):
            root: ast.expr = target
            while isinstance(root, ast.Attribute):
                root = root.value
            stored = isinstance(target.ctx, ast.Store) or target.attr == "modules"
            if isinstance(root, ast.Name) and root.id in known and stored:
                yield node.lineno, ast.unparse(target)


def test_only_listed_modules_replace_names_of_the_standard_library_or_of_libraries():
    """``sys.stdout`` may be replaced; ``sys.modules`` has substitutes during that one import."""
    found = {(module.relative_to(PACKAGE).as_posix(), name) for module in modules() for _, name in replacements(module)}
    startup = "writers/pdf/weasyprint_/startup.py"
    assert (startup, "ctypes.util.find_library") in found, "no replacement was found"
    assert (
        found
        - {
            (startup, "ctypes.util.find_library"),
            (startup, "sys.modules"),
            ("workers/worker.py", "tempfile.tempdir"),  # documented settings of a worker process
            ("workers/worker.py", "pebble.CONSTS.channel_lock_timeout"),
            ("cli/screen.py", "sys.stdout"),
            ("cli/screen.py", "sys.stderr"),
        }
        == set()
    )


def loaded_by(*arguments: str) -> set[str]:
    """The top-level modules that one run of Python loads, as the interpreter itself reports them."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    said = [line for line in run.stderr.splitlines() if not line.startswith("import time:")]
    assert run.returncode == 0, "\n".join(said)
    return {
        line.rpartition("|")[2].strip().split(".")[0]
        for line in run.stderr.splitlines()
        if line.startswith("import time:")
    }


def test_an_imported_engine_is_detected():
    assert loaded_by("-c", "import jinja2, lxml") & ENGINES == {"jinja2", "lxml"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["-c", "import briefing"],
        ["-m", "briefing", "--help"],
        ["-m", "briefing", "--version"],
        ["-m", "briefing", "build", "--help"],
    ],
    ids=["import briefing", "briefing --help", "briefing --version", "briefing build --help"],
)
def test_no_engine_is_loaded_before_it_is_used(arguments):
    loaded = loaded_by(*arguments)
    assert "briefing" in loaded
    assert not loaded & ENGINES


def shelf(name: str) -> tuple[int, str]:
    """Where a name stands in a sorted list: constants, then classes, then functions, as ruff sorts them."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def test_public_names_are_sorted_unique_and_exist():
    listed = 0
    for module in modules():
        for statement in tree_of(module).body:
            if isinstance(statement, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == "__all__" for t in statement.targets
            ):
                names = ast.literal_eval(statement.value)
                assert module.name == "__init__.py", f"{where(module, statement.lineno)}: a name without _ is public"
                listed += 1
                assert list(names) == sorted(names, key=shelf), f"{module.relative_to(ROOT)}: __all__ is not sorted"
                assert len(names) == len(set(names)), f"{module.relative_to(ROOT)}: __all__ names something twice"
    assert listed, "no __all__ was found"
    import briefing

    assert [name for name in briefing.__all__ if not hasattr(briefing, name)] == []


def texts(*folders: str) -> Iterator[tuple[Path, int, str]]:
    """Every line of every text file in these folders of the project; "." stands for the files at the top."""
    for folder in folders:
        for path in sorted((ROOT / folder).glob("*") if folder == "." else (ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.name != ".git":  # a file in a worktree
                try:
                    content = path.read_text(encoding="utf-8")
                except UnicodeDecodeError:
                    continue
                yield from ((path, number, line) for number, line in enumerate(content.splitlines(), 1))


MACHINE_PATH = re.compile(r"""(?:^|[\s"'`=(:])(?:/(?:root|work|(?:home|Users)/\w+)/|[A-Z]:\\Users\\)""")


def test_no_file_contains_a_path_of_a_users_machine():
    assert MACHINE_PATH.search(f"see {PurePosixPath('/', 'home', 'jo', 'notes')}"), "the pattern finds nothing"
    lines = list(texts(".", ".ci", "briefing", "content", "docs", "templates", "tests"))
    assert {path.suffix for path, _, _ in lines} >= {".py", ".yaml", ".md", ".toml"}, "no files were found"
    assert [f"{where(path, number)}: {line.strip()}" for path, number, line in lines if MACHINE_PATH.search(line)] == []


# Names of vocabularies, which nothing ever opens, and places for a reader to click on.
KNOWN_HOSTS = {
    "doc.courtbouillon.org",  # where Pango comes from, for a user of Windows
    "example.com",
    "example.org",
    "json-schema.org",
    "keepachangelog.com",
    "ns.adobe.com",
    "pre-commit.com",
    "purl.org",
    "schemas.microsoft.com",
    "schemas.openxmlformats.org",
    "semver.org",
    "www.aiim.org",
    "www.msys2.org",  # where Pango comes from, for a user of Windows
    "www.state.gov",  # the example of a source
    "www.w3.org",
}


def test_the_program_contains_only_known_host_names():
    found = [
        (path, number, host.lower())
        for path, number, line in texts(".", ".ci", "briefing", "templates")
        for host in re.findall(r"(?:https?|ftp|wss?)://([A-Za-z0-9.-]+\.[A-Za-z]{2,})", line)
    ]
    assert any(host == "keepachangelog.com" for _, _, host in found), "no address was found"
    assert [f"{where(path, number)}: {host}" for path, number, host in found if host not in KNOWN_HOSTS] == []
