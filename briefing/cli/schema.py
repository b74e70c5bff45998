"""``briefing schema``: the JSON Schema that editors use for completion, hover texts and red lines."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["schema"]


@click.command(
    epilog="""\b
Examples:
  briefing schema -o docs/briefing.schema.json
  briefing schema --project -o docs/briefing-project.schema.json
\b
A content file names it in its first line:
  # yaml-language-server: $schema=../docs/briefing.schema.json
"""
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write it here instead of showing it."
)
@click.option("--project", is_flag=True, help="The schema of briefing.yaml, the defaults of a project.")
def schema(output: str | None, *, project: bool) -> int:
    """Write the JSON Schema of a content file, for editors."""
    from briefing.diagnostics import Diagnostic, MachineError
    from briefing.reading.schema import schema_text

    text = schema_text(project=project)
    if output is None:
        click.echo(text, nl=False)
        return 0
    try:
        Path(output).write_bytes(text.encode())
    except OSError as slip:
        raise MachineError(Diagnostic("cannot-write", f"{output} cannot be written: {slip.strerror or slip}")) from None
    click.echo(f"wrote  {output}")
    return 0
