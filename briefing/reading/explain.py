"""Complaints of the model -> diagnostics with a message and a position."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.diagnostics import Diagnostic, did_you_mean, listed
from briefing.markup.validate import TextIssue
from briefing.model import BLOCKS, Entry, Issue, Model, RawIssue
from briefing.model.data_path import DataPath, format_path
from briefing.parser.hints import AFTER_COLON, RETYPE_SPACE, is_after_colon
from briefing.parser.nodes import MappingNode, Scalar, SequenceNode
from briefing.parser.source_map import SourceMap

from .names import display_name, keys_of, model_at, owner_of, typed

#: The most diagnostics of one run; the others come after these have been fixed.
MAX_ERRORS = 200

_TAGS = frozenset({*BLOCKS, "paragraphs"})


class IssueReporter:
    """Turns issues of the model into diagnostics."""

    def __init__(self, source_map: SourceMap, model: type[Model]) -> None:
        self.source_map = source_map
        self.model = model

    def diagnostics(self, issues: Sequence[RawIssue]) -> list[Diagnostic]:
        """One diagnostic for each mistake, in the order of the model."""
        found = (diagnostic for one in issues[:MAX_ERRORS] for diagnostic in self._diagnostics_of(one))
        return list(dict.fromkeys(found))

    def _diagnostics_of(self, issue: RawIssue) -> list[Diagnostic]:  # noqa: C901 - one case for each code
        path = issue.path
        match issue.code:
            case "text-issues" if issue.key:
                return [
                    self.source_map.diagnostic(p.code, p.message, path, key=True, help=p.help) for p in issue.details
                ]
            case "text-issues":
                return [self._text(problem, path) for problem in issue.details]
            case "model-issues":
                return [self._slip(slip, path) for slip in issue.details]
            case "missing-key":
                return [] if self._is_misspelt(path) else [self._missing(path)]
            case "unknown-key":
                return [self._unknown(path)]
            case "not-a-choice":
                return [self._choice(path, issue.raw, issue.details)]
            case "text-expected" | "item-expected":
                return [self._not_text(path)]
            case "keys-expected":
                return [self._not_a_mapping(path)]
            case "list-expected":
                return [self._not_a_list(path)]
            case "nothing-in-it":
                return [self._too_short(path)]
        return [self.source_map.diagnostic(issue.code, issue.message, path, key=issue.key)]

    def _text(self, problem: TextIssue, path: DataPath) -> Diagnostic:
        message = problem.message
        if problem.code == "character":
            message = f"{format_path(self.source_map.real(path))}: {message}"
        return self.source_map.diagnostic(
            problem.code, message, path, fragment=problem.fragment, offset=problem.offset, help=problem.help
        )

    def _slip(self, slip: Issue, path: DataPath) -> Diagnostic:
        return self.source_map.diagnostic(slip.code, slip.message, (*path, *slip.path), key=True, help=slip.help)

    def _is_misspelt(self, path: DataPath) -> bool:
        """Whether a missing key is present but misspelt; then it is reported as an unknown key only."""
        node, known = self.source_map.node(path[:-1]), keys_of(model_at(self.model, path[:-1]))
        wanted = did_you_mean(str(path[-1]), [str(path[-1])])
        return isinstance(node, MappingNode) and any(
            did_you_mean(key.text, known) == wanted for key, _ in node.pairs if key.text not in known
        )

    def _missing(self, path: DataPath) -> Diagnostic:
        key, parent = str(path[-1]), model_at(self.model, path[:-1])
        advice = f"write {typed(self.model, key, path)}"
        node = self.source_map.node(path[:-1])
        if (
            parent is Entry
            and isinstance(node, MappingNode)
            and len(node.pairs) == 1
            and node.pairs[0][0].text not in keys_of(Entry)
        ):
            date = node.pairs[0][0].text
            message, advice = f"'{_shortened(date)}' has no text", f"write {_shortened(date)}: and what happened"
            return self.source_map.diagnostic("missing-value", message, (*path[:-1], date), key=True, help=advice)
        if isinstance(node, MappingNode) and (pair := node.get(key)) is not None:
            return self.source_map.diagnostic(
                "missing-value",
                f"'{key}' has no value",
                (*self.source_map.real(path[:-1]), pair[0].text),
                key=True,
                help=advice,
            )
        return self.source_map.diagnostic(
            "missing-key", f"{display_name(parent)} needs '{key}'", path[:-1], key=True, help=advice
        )

    def _unknown(self, path: DataPath) -> Diagnostic:
        key, parent = str(path[-1]), model_at(self.model, path[:-1])
        known = keys_of(parent)
        label = did_you_mean(key, known)
        advice = "keys are " + listed(known)
        if not label:
            label = owner_of(key, self.model)
        return self.source_map.diagnostic(
            "unknown-key",
            f"{display_name(parent)} has no key '{_shortened(key)}'",
            path,
            key=True,
            label=label,
            help=advice,
        )

    def _choice(self, path: DataPath, value: object, words: Sequence[str]) -> Diagnostic:
        choices = ", ".join(words[:-1]) + " or " + words[-1] if len(words) > 1 else "".join(words)
        if not isinstance(value, str):
            return self.source_map.diagnostic("not-a-choice", f"'{_name(path)}' is one word: {choices}", path)
        return self.source_map.diagnostic(
            "not-a-choice",
            f"'{_shortened(value)}' cannot stand under '{_name(path)}'",
            path,
            label=did_you_mean(value, words),
            help=f"write {choices}",
        )

    def _not_text(self, path: DataPath) -> Diagnostic:
        path = self.source_map.real(path)
        node = self.source_map.node(path)
        if isinstance(node, Scalar):
            if path and isinstance(path[-1], int):
                return self.source_map.diagnostic(
                    "empty-item", "this item of the list is empty", path, help="delete it, or write something"
                )
            return self.source_map.diagnostic("missing-value", f"'{_name(path)}' has no value", path, key=True)
        if isinstance(node, MappingNode) and path and isinstance(path[-1], int) and _from_colon(node):
            key = node.pairs[0][0].text
            return self.source_map.diagnostic(
                "colon-in-item",
                f"the colon makes a key and a value of this line: '{_shortened(key)}' and what follows",
                path,
                help="put the whole line after '- ' in quotation marks",
            )
        actual = "a list stands" if isinstance(node, SequenceNode) else "keys and values stand"
        return self.source_map.diagnostic(
            "text-expected",
            f"'{_name(path)}' is text, but {actual} here",
            path,
            key=not _is_item(path),
            help="write text; text that begins with [ or { needs quotation marks",
        )

    def _not_a_mapping(self, path: DataPath) -> Diagnostic:
        node = self.source_map.node(path)
        if isinstance(node, Scalar) and not node.style and is_after_colon(node.text):
            return self.source_map.diagnostic(
                "no-break-space", AFTER_COLON, path, fragment=node.text[node.text.index(":") + 1], help=RETYPE_SPACE
            )
        model = model_at(self.model, path)
        first = next((name for name in keys_of(model)), "")
        noun = display_name(model) if model is not None and _is_item(path) else f"'{_name(path)}'"
        advice = (
            f"begin with {first}: and write each key on a line of its own"
            if first and model is not None
            else "write name: value on lines of their own, indented"
        )
        return self.source_map.diagnostic("keys-expected", f"{noun} is made of keys and values", path, help=advice)

    def _too_short(self, path: DataPath) -> Diagnostic:
        real = self.source_map.real(path)
        return self.source_map.diagnostic(
            "nothing-in-it", f"'{_name(real)}' has nothing in it", real, key=True, help=self._example(path)
        )

    def _not_a_list(self, path: DataPath) -> Diagnostic:
        if len(path) > 1 and path[-2] == "rows":
            text = self.source_map.source(path).strip() or "the first cell"
            return self.source_map.diagnostic(
                "row-form",
                "a row is a list of its cells",
                path,
                help=f"write - - {_shortened(text)} for the first cell, "
                "and each further cell on a line of its own below",
            )
        return self.source_map.diagnostic(
            "list-expected",
            f"'{_name(path)}' is a list",
            path,
            key=True,
            help="write each item on a line of its own that begins with '- '",
        )

    def _example(self, path: DataPath) -> str:
        return f"write {typed(self.model, _name(path), path)}"


def _from_colon(node: MappingNode) -> bool:
    """Whether a mapping is probably a line of text with a colon."""
    return len(node.pairs) == 1 and isinstance(node.pairs[0][1], Scalar) and not node.pairs[0][0].style


def _name(path: DataPath) -> str:
    """The name of a field in messages: its key, or the key of the list that contains it."""
    return next((step for step in reversed(path) if isinstance(step, str) and step not in _TAGS), "this")


def _is_item(path: DataPath) -> bool:
    return bool(path) and isinstance(path[-1], int)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
