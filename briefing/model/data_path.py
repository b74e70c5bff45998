"""Data-paths: where a value stands in a brief."""

from __future__ import annotations

import re

#: The keys and indexes from the brief to a value: ``("sections", 1, "body", 0, "text")``.
DataPath = tuple[str | int, ...]


def format_path(path: DataPath) -> str:
    """A path in readable form: ``sections[1].body[0].text``, ``fact_box.facts["Head of state"]``."""
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step}]"
        elif re.fullmatch(r"[A-Za-z_]\w*", step, re.ASCII):
            out += f".{step}" if out else step
        else:
            quoted = step.replace("\\", "\\\\").replace('"', '\\"')
            out += f'["{quoted}"]'
    return out
