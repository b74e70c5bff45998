"""Issues of the model -> diagnostics with a message and a position."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.diagnostics import Diagnostic, did_you_mean, listed
from briefing.markup.validate import TextIssue, truncated
from briefing.model import BLOCKS, Entry, Model, RawIssue
from briefing.model.data_path import DataPath, format_path
from briefing.parser.hints import AFTER_COLON, RETYPE_SPACE, is_after_colon, key_without_bar
from briefing.parser.nodes import MappingNode, Node, Scalar, SequenceNode
from briefing.parser.source_map import SourceMap

from .names import display_name, key_with_example, keys_of, model_at, owner_of

#: The most diagnostics of one run; the others come after these have been fixed.
MAX_ERRORS = 200

_TAGS = frozenset({*BLOCKS, "paragraphs"})


class IssueReporter:
    """Turns issues of the model into diagnostics."""

    def __init__(self, source_map: SourceMap, model: type[Model]) -> None:
        self.source_map = source_map
        self.report = source_map.diagnostic
        self.model = model

    def diagnostics(self, issues: Sequence[RawIssue]) -> list[Diagnostic]:
        """One diagnostic for each mistake, in the order of the model."""
        found = (diagnostic for one in issues[:MAX_ERRORS] for diagnostic in self._diagnostics_of(one))
        return list(dict.fromkeys(found))

    def _diagnostics_of(self, issue: RawIssue) -> list[Diagnostic]:
        path = issue.path
        if issue.code == "text-issues" and issue.key:
            return [self.report(one.code, one.message, path, key=True, help=one.help) for one in issue.details]
        if issue.code == "text-issues":
            return [self._text(one, path) for one in issue.details]
        if issue.code == "model-issues":
            return [
                self.report(one.code, one.message, (*path, *one.path), key=True, help=one.help) for one in issue.details
            ]
        if issue.code == "missing-key":
            return [] if self._is_misspelt(path) else [self._missing(path)]
        if issue.code == "not-a-choice":
            return [self._choice(path, issue.raw, issue.details)]
        explanations = {
            "unknown-key": self._unknown,
            "text-expected": self._not_text,
            "item-expected": self._not_text,
            "keys-expected": self._not_a_mapping,
            "list-expected": self._not_a_list,
            "nothing-in-it": self._too_short,
        }
        if issue.code in explanations:
            return [explanations[issue.code](path)]
        return [self.report(issue.code, issue.message, path, key=issue.key)]

    def _text(self, issue: TextIssue, path: DataPath) -> Diagnostic:
        is_character = issue.code == "character"
        message = f"{format_path(self.source_map.real(path))}: {issue.message}" if is_character else issue.message
        return self.report(issue.code, message, path, fragment=issue.fragment, offset=issue.offset, help=issue.help)

    def _is_misspelt(self, path: DataPath) -> bool:
        """Whether a missing key is present but misspelt; then it is reported as an unknown key only."""
        node, known = self.source_map.node(path[:-1]), keys_of(model_at(self.model, path[:-1]))
        wanted = did_you_mean(str(path[-1]), [str(path[-1])])
        return isinstance(node, MappingNode) and any(
            did_you_mean(key.text, known) == wanted for key, _ in node.pairs if key.text not in known
        )

    def _missing(self, path: DataPath) -> Diagnostic:
        key, parent = str(path[-1]), model_at(self.model, path[:-1])
        advice = f"write {key_with_example(self.model, key, path)}"
        node = self.source_map.node(path[:-1])
        if isinstance(node, MappingNode):
            if parent is Entry and len(node.pairs) == 1 and (date := node.pairs[0][0].text) not in keys_of(Entry):
                message, advice = f"'{truncated(date)}' has no text", f"write {truncated(date)}: and what happened"
                return self.report("missing-value", message, (*path[:-1], date), key=True, help=advice)
            if pair := node.get(key):
                real = (*self.source_map.real(path[:-1]), pair[0].text)
                return self.report("missing-value", f"'{key}' has no value", real, key=True, help=advice)
        return self.report("missing-key", f"{display_name(parent)} needs '{key}'", path[:-1], key=True, help=advice)

    def _unknown(self, path: DataPath) -> Diagnostic:
        key, parent = str(path[-1]), model_at(self.model, path[:-1])
        known = keys_of(parent)
        label = did_you_mean(key, known) or owner_of(key, self.model)
        message = f"{display_name(parent)} has no key '{truncated(key)}'"
        return self.report("unknown-key", message, path, key=True, label=label, help="keys are " + listed(known))

    def _choice(self, path: DataPath, value: object, words: Sequence[str]) -> Diagnostic:
        choices = ", ".join(words[:-1]) + " or " + words[-1] if len(words) > 1 else "".join(words)
        if not isinstance(value, str):
            return self.report("not-a-choice", f"'{_name(path)}' is one word: {choices}", path)
        message, label = f"'{truncated(value)}' cannot stand under '{_name(path)}'", did_you_mean(value, words)
        return self.report("not-a-choice", message, path, label=label, help=f"write {choices}")

    def _not_text(self, path: DataPath) -> Diagnostic:
        path = self.source_map.real(path)
        node, is_item = self.source_map.node(path), _is_item(path)
        if isinstance(node, Scalar) and is_item:
            advice = "delete it, or write something"
            return self.report("empty-item", "this item of the list is empty", path, help=advice)
        if isinstance(node, Scalar):
            return self.report("missing-value", f"'{_name(path)}' has no value", path, key=True)
        if isinstance(node, MappingNode) and is_item and _from_colon(node):
            key = truncated(node.pairs[0][0].text)
            message = f"the colon makes a key and a value of this line: '{key}' and what follows"
            advice = self._bar(node) or "put the whole line after '- ' in quotation marks"
            return self.report("colon-in-item", message, path, help=advice)
        actual = "a list stands" if isinstance(node, SequenceNode) else "keys and values stand"
        message = f"'{_name(path)}' is text, but {actual} here"
        advice = self._bar(node) or "write text; text that begins with [ or { needs quotation marks"
        return self.report("text-expected", message, path, key=not is_item, help=advice)

    def _bar(self, node: Node | None) -> str:
        """The advice to put a bar after the key above, if keys and values stand where text was meant."""
        pair = node.pairs[0] if isinstance(node, MappingNode) and node.pairs else None
        key = key_without_bar(self.source_map.lines, pair[0].span.line - 1) if pair else None
        return f"put a bar after the colon, and leave the text as it is: {key[1]}: |" if key else ""

    def _not_a_mapping(self, path: DataPath) -> Diagnostic:
        node = self.source_map.node(path)
        if isinstance(node, Scalar) and not node.style and is_after_colon(node.text):
            fragment = node.text[node.text.index(":") + 1]
            return self.report("no-break-space", AFTER_COLON, path, fragment=fragment, help=RETYPE_SPACE)
        model = model_at(self.model, path)
        noun = display_name(model) if model is not None and _is_item(path) else f"'{_name(path)}'"
        advice = "write name: value on lines of their own, indented"
        if keys := keys_of(model):
            advice = f"begin with {keys[0]}: and write each key on a line of its own"
        return self.report("keys-expected", f"{noun} is made of keys and values", path, help=advice)

    def _too_short(self, path: DataPath) -> Diagnostic:
        real, advice = self.source_map.real(path), f"write {key_with_example(self.model, _name(path), path)}"
        return self.report("nothing-in-it", f"'{_name(real)}' has nothing in it", real, key=True, help=advice)

    def _not_a_list(self, path: DataPath) -> Diagnostic:
        if len(path) > 1 and path[-2] == "rows":
            cell = truncated(self.source_map.source(path).strip() or "the first cell")
            advice = f"write - - {cell} for the first cell, and each further cell on a line of its own below"
            return self.report("row-form", "a row is a list of its cells", path, help=advice)
        advice = "write each item on a line of its own that begins with '- '"
        return self.report("list-expected", f"'{_name(path)}' is a list", path, key=True, help=advice)


def _from_colon(node: MappingNode) -> bool:
    """Whether a mapping is probably a line of text with a colon."""
    return len(node.pairs) == 1 and isinstance(node.pairs[0][1], Scalar)


def _name(path: DataPath) -> str:
    """The name of a field in messages: its key, or the key of the list that contains it."""
    return next((step for step in reversed(path) if isinstance(step, str) and step not in _TAGS), "this")


def _is_item(path: DataPath) -> bool:
    return bool(path) and isinstance(path[-1], int)
