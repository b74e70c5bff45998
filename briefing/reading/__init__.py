"""Nodes become a draft: check them against the model, read the files that the brief names.

``load`` starts the reading. ``normalise`` turns short forms such as ``pull_quote: ...`` into full ones. ``reader``
gives the strings as typed to the model, and ``explain`` turns the model's issues into diagnostics with a position;
``names`` has the names of parts and keys. ``texts`` validates texts. The result is a ``draft``: the
brief, its pictures and its source map. ``schema`` makes the JSON Schema from the model, with snippets for editors;
``unused`` finds pictures that no brief of a project shows.
"""

from .draft import Draft
from .load import load_draft
from .reader import ReadResult, read

__all__ = ["Draft", "ReadResult", "load_draft", "read"]
