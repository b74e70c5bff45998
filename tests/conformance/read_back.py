"""Print what mammoth, pandoc and docx2python read in Word files as one JSON object; run by the checkers' Python.

python read_back.py FILE...    file -> {"mammoth": HTML, "pandoc": HTML, "docx2python": [[style, text], …], "notes": […]}
"""

import json
import sys
from pathlib import Path

#: Mammoth maps styles by their names. This is the map that a user would write from the list of styles.
STYLES = """
p[style-name='Sheet Heading'] => h1:fresh
p[style-name='Side Title'] => h1:fresh
p[style-name='TOC Heading'] => !
p[style-name='toc 1'] => !
r[style-name='footnote reference'] => sup.call
"""


def lines(part):
    """The style id and text of each paragraph in docx2python's nested lists."""
    if isinstance(part, list):
        for inside in part:
            yield from lines(inside)
    else:
        yield part.style, "".join(part.run_strings)


def main():
    import mammoth
    import pypandoc
    from docx2python import docx2python

    found = {}
    for file in sys.argv[1:]:
        with Path(file).open("rb") as data:
            html = mammoth.convert_to_html(data, style_map=STYLES).value
        with docx2python(file, duplicate_merged_cells=False) as document:
            body, notes = list(lines(document.body_pars)), list(lines(document.footnotes_pars))
        found[file] = {
            "mammoth": html,
            "pandoc": pypandoc.convert_file(file, "html5", format="docx+styles", extra_args=["--wrap=none"]),
            "docx2python": body,
            "notes": [text for _, text in notes],
        }
    json.dump(found, sys.stdout)


main()
