"""Bytes become nodes: the guarded YAML reader of content files and themes, with the line and column of every node.

``parse_yaml`` is the reader. ``decode`` finds the encoding. ``nodes`` builds the tree from the parser's events, within
limits. ``recover`` goes on after mistakes, and ``hints`` explains common ones. ``characters`` finds characters that no
text may have, and ``source_map`` finds the position of a field.
"""

from .recover import ParsedFile, parse_yaml

__all__ = ["ParsedFile", "parse_yaml"]
