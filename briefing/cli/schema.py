"""``briefing schema``: write the JSON Schema that editors use for completion, hover texts and error marks."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  briefing schema                                            shows it
  briefing schema -o .vscode/briefing.schema.json            of content files
  briefing schema --project -o .vscode/briefing-project.schema.json
\b
A content file names it in its first line:
  # yaml-language-server: $schema=../.vscode/briefing.schema.json
"""
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write it here instead of showing it."
)
@click.option("--project", is_flag=True, help="The schema of briefing.yaml, the defaults of a project.")
def schema(output: str | None, *, project: bool) -> int:
    """Write the JSON Schema of a content file, for editors.

    With it an editor completes keys, explains them under the pointer, and underlines mistakes. briefing new writes it
    into the project; after the program has been updated, write it anew.
    """
    from briefing.diagnostics import Diagnostic, MachineError
    from briefing.reading.schema import schema_text

    text = schema_text(project=project)
    if output is None:
        click.echo(text, nl=False)
        return 0
    try:
        Path(output).write_bytes(text.encode())
    except OSError as error:
        message = f"{output} cannot be written: {error.strerror or error}"
        raise MachineError(Diagnostic("cannot-write", message)) from None
    click.echo(f"wrote  {output}")
    return 0
