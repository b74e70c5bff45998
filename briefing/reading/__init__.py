"""Files -> Draft -> Edition: read YAML with positions, check it against the model, resolve notes and references.

- Bytes to nodes: ``decode`` finds the encoding. ``composer`` guards the parser's events and builds the ``nodes``, which
  have line and column. ``source`` recovers from mistakes, with ``yaml_line``; ``traps`` explains common YAML mistakes,
  and ``no_break`` the no-break spaces that come from Word.
- Nodes to a brief: ``body`` turns ``pull_quote: ...`` into a block. ``reader`` gives the strings as typed to the model,
  and ``messages`` turns the model's errors into diagnostics with a position; ``parts`` has the names of parts and keys.
- Texts: ``markdown`` and ``inline`` read Markdown. ``gates`` filters texts and links, ``problems`` finds what a text
  must not contain, ``misprints`` probable typing mistakes; ``walk`` visits every text.
- Files: ``load_draft`` starts the reading, and ``files`` opens the files that a brief names, never outside the project.
  ``pictures`` and ``svg`` measure pictures, ``unseen`` removes their metadata, ``tables`` reads CSV. The result is a
  ``draft``: the brief, its pictures, and the position of every word in the file.
- The edition: ``resolve`` makes it for one audience. ``audience`` removes what is internal before anything is set,
  ``ties`` resolves citations and references, ``portions`` compares markings, ``final`` finds what is open in a final
  brief.
- For editors: ``schema`` makes the JSON Schema from the model, ``offers`` the snippets in it.
"""

from briefing.edition.resolve import Edition, resolve

from .draft import Draft, Picture, SourceMap, format_path
from .load import load_draft
from .reader import ReadResult, read

__all__ = [
    "Draft",
    "Edition",
    "Picture",
    "ReadResult",
    "SourceMap",
    "format_path",
    "load_draft",
    "read",
    "resolve",
]
