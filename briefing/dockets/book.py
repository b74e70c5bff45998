"""The dockets of a project: ``.briefing-cache/dockets.json``, and whether what they say still holds.

A docket holds hashes: of each file that was read, of those that were written, and that a file was looked for in vain.
What all briefs of a project share is held once: the program, the libraries, the templates. When in doubt, it does not
hold: a docket that is missing, or makes no sense, costs a build and nothing else.
"""

from __future__ import annotations

import os

from .looks import Looks, names, system

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

__all__ = ["BOOK", "FOLDER", "NO_SENSE", "Book"]

FOLDER, BOOK = ".briefing-cache", "dockets.json"
NO_SENSE = "the record of the last build makes no sense"
#: The form of the book; one of another form is not read.
FORM = 1
PARTS = ("system", "shared", "libraries", "kept", "dockets", "calls")
#: So many calls are remembered; each remembers only which dockets it needs and what it says.
CALLS = 50


class Book:
    """The dockets of the project in the folder ``root``. ``today`` (ISO 8601) is for what a brief says of a day."""

    def __init__(self, root: str, today: str) -> None:
        self.root, self.today = root, today
        data = _sound(_read(os.path.join(root, FOLDER, BOOK)))
        self.known = bool(data)
        self.looks = Looks(root, data.get("kept"))
        self.dockets: dict[str, Any] = data.get("dockets", {})
        self.calls: dict[str, Any] = data.get("calls", {})
        self._libraries: dict[str, str] = data.get("libraries", {})
        self._then: dict[str, Any] = {name: data.get(name, {}) for name in ("system", "shared")}
        self._now: dict[str, Any] = {"system": system(), "shared": self._shared()}
        self._general: str | None = None
        self._manifests: dict[str, dict[str, str]] = {}

    def why(self, key: str) -> str:
        """Why a brief has to be made, in words; empty when its docket holds."""
        try:
            return self._why(key)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            return NO_SENSE

    def call_holds(self, key: str) -> bool:
        """Whether a call would find the same briefs as last time, and all of their dockets hold."""
        call = self.calls.get(key)
        if not call or self._conditions(call):
            return False
        return bool(call["dockets"]) and not any(self.why(docket) for docket in call["dockets"])

    def steady(self) -> bool:
        """Whether nobody has touched what all briefs share since the book was opened."""
        return (
            not self.looks.touched(self._now["shared"])
            and self._now["shared"].keys() == self._shared().keys()
            and self._now["system"] == system()
        )

    def note(self, key: str, docket: dict[str, Any], libraries: Iterable[str]) -> None:
        """Keep a docket. ``libraries`` are the shared libraries of the system that took part."""
        if self._then != self._now or self._changed(self._libraries):
            # None of the others can hold any more.
            self.dockets, self.calls, self._libraries = {}, {}, {}
            self._then = self._now
        self._libraries |= {path: self.looks.digest(path) for path in libraries}
        self._general = ""
        self.dockets[key] = docket

    def note_call(self, key: str, call: dict[str, Any]) -> None:
        """Keep what a call has to say when nothing has changed."""
        self.calls.pop(key, None)
        self.calls[key] = call

    def write(self) -> None:
        """Write the book, without dockets whose outputs are gone. A folder that takes no book has none."""
        import contextlib

        with contextlib.suppress(OSError):
            self._write()

    def _write(self) -> None:
        import json

        self.dockets = {key: docket for key, docket in self.dockets.items() if self._is_used(docket)}
        self.calls = {
            key: call
            for key, call in list(self.calls.items())[-CALLS:]
            if all(docket in self.dockets for docket in call["dockets"])
        }
        used = {*self._then["shared"], *self._libraries}
        for entry in (*self.dockets.values(), *self.calls.values()):
            used.update(entry["inputs"], entry.get("outputs", ()))
        data = {
            "form": FORM,
            **self._then,
            "libraries": self._libraries,
            "kept": {name: entry for name, entry in self.looks.kept.items() if name in used},
            "dockets": self.dockets,
            "calls": self.calls,
        }
        folder = os.path.join(self.root, FOLDER)
        if os.path.islink(folder):  # it would be written somewhere else
            return
        os.makedirs(folder, exist_ok=True)
        # Git leaves out what the folder holds, without being told by the project.
        _replace(folder, ".gitignore", "*\n")
        _replace(folder, BOOK, json.dumps(data, separators=(",", ":")))

    def _is_used(self, docket: Mapping[str, Any]) -> bool:
        return all(os.path.isfile(self.looks.path(name)) for name in docket["outputs"])

    def _shared(self) -> dict[str, str]:
        """What all briefs of the project are made with: the program, its themes, and the project's own templates."""
        home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        inside = os.path.join(home, "_templates")
        shipped = inside if os.path.isdir(inside) else os.path.join(os.path.dirname(home), "templates")
        own = os.path.join(self.root, "templates")
        return {
            **self.looks.digests(home, (".py",)),
            **self.looks.digests(shipped),
            **self.looks.digests(own),
        }

    def _why(self, key: str) -> str:
        docket = self.dockets.get(key)
        if docket is None:
            return "there is no record of an earlier build" + (" of this kind" if self.known else "")
        if self._general is None:
            self._general = self._of_all()
        if self._general:
            return self._general
        since, until = docket["days"]
        if not since <= self.today or (until and until <= self.today):
            return "a day has come on which there may be something else to say"
        return self._conditions(docket) or self._of_outputs(docket)

    def _of_all(self) -> str:
        """What has changed that all briefs share."""
        then, now = self._then["system"], self._now["system"]
        for part, said in now.items():
            if said != then.get(part):
                new = next(iter(sorted({*said} ^ {*then.get(part, ())})), "their order")
                return f"{part} changed: {new}"
        return _first(self._then["shared"], self._now["shared"]) or self._changed(self._libraries)

    def _conditions(self, entry: Mapping[str, Any]) -> str:
        """What has changed of the files, folders, listings and links that a docket or a call depends on."""
        if changed := self._changed(entry["inputs"]):
            return changed
        for name, there in entry["folders"].items():
            if os.path.isdir(self.looks.path(name)) != there:
                return f"{name} is {'gone' if there else 'new'}"
        for name, target in entry.get("links", {}).items():
            if os.path.realpath(self.looks.path(name)) != self.looks.path(target):
                return f"{name} leads somewhere else"
        for name, listed in entry.get("listings", {}).items():
            if {*listed} != {self.looks.name(path) for path in names(self.looks.path(name), (".yaml", ".yml"))}:
                return f"a file has come into {name} or gone from it"
        return ""

    def _of_outputs(self, docket: Mapping[str, Any]) -> str:
        """What has become of the files that were written, and whether the manifest beside them knows them."""
        outputs = docket["outputs"]
        if not outputs:
            return NO_SENSE
        for name, digest in outputs.items():
            now = self.looks.digest(name)
            if now != digest:
                return f"{name} was changed after it was made" if now else f"{name} is gone"
        return "" if self._manifest(docket["manifest"]) >= outputs.items() else f"{docket['manifest']} has changed"

    def _manifest(self, name: str) -> Any:
        """Name and hash of each file that a manifest knows, as ``dict.items()`` has them."""
        if name not in self._manifests:
            folder = name.rpartition("/")[0]
            self._manifests[name] = {
                f"{folder}/{stem}.{suffix}": digest
                for stem, marks in _read(self.looks.path(name)).items()
                for suffix, digest in marks.items()
            }
        return self._manifests[name].items()

    def _changed(self, then: Mapping[str, str]) -> str:
        for name, digest in then.items():
            now = self.looks.digest(name)
            if now != digest:
                return _word(name, digest, now)
        return ""


def _first(then: Mapping[str, str], now: Mapping[str, str]) -> str:
    """The first file that differs, in words."""
    if then == now:
        return ""
    name = min(name for name, _ in then.items() ^ now.items())
    return _word(name, then.get(name, ""), now.get(name, ""))


def _word(name: str, then: str, now: str) -> str:
    return f"{name} {'is new' if not then else 'has changed' if now else 'is gone'}"


def _read(path: str) -> dict[str, Any]:
    """A JSON object; an empty one where there is none that makes sense."""
    import json

    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _sound(data: dict[str, Any]) -> dict[str, Any]:
    """The book, if it has the form that this version of the program writes; else an empty one."""
    if data.get("form") != FORM or not all(isinstance(data.get(part), dict) for part in PARTS):
        return {}
    marks = data["kept"].values()
    entries = (*data["dockets"].values(), *data["calls"].values())
    return data if all(type(mark) is list and len(mark) == 2 for mark in marks) and all(map(_full, entries)) else {}


def _full(entry: Any) -> bool:
    """Whether a docket or a call has what every one of them has."""
    return isinstance(entry, dict) and all(isinstance(entry.get(part), dict) for part in ("inputs", "folders"))


def _replace(folder: str, name: str, text: str) -> None:
    """Write a file, whole or not at all."""
    path = os.path.join(folder, name)
    beside = f"{path}.{os.getpid()}"
    with open(beside, "x", encoding="utf-8") as file:
        file.write(text)
    os.replace(beside, path)
