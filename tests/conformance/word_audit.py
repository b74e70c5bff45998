"""Print the findings of openxml-audit in each file as one JSON object: python word_audit.py FILE...

The program takes several files at once but mixes up their findings. Here each file is checked alone, in one process.
"""

import contextlib
import io
import json
import sys

from openxml_audit.cli import main


def audit(file: str) -> list[object]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main([file, "-o", "json", "-f", "microsoft365", "-m", "0"], standalone_mode=False)
    verdict = json.loads(said.getvalue())
    verdict = verdict[0] if isinstance(verdict, list) else verdict
    return verdict["errors"] or ([] if verdict["valid"] else [verdict["verdict"]])


print(json.dumps({file: audit(file) for file in sys.argv[1:]}))
