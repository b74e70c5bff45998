"""Country briefs from one content file: PDF, Word and HTML with the same words."""

__version__ = "0.1.0"

__all__ = ["__version__"]
