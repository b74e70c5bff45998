"""The folders of the project."""

from pathlib import Path

__all__ = ["PACKAGE", "ROOT"]

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "briefing"
