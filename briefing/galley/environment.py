"""The Jinja environment of the templates, with a cache of compiled templates.

Compiling the program's templates takes longer than reading a brief and setting its galley.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache, FileSystemBytecodeCache
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefing.cache_folder import user_cache_folder
from briefing.diagnostics import did_you_mean
from briefing.theme import Theme

from .helpers import Helpers
from .view import View

#: The most compiled templates that are kept in the process; a theme has about thirty.
TEMPLATES = 200


def make_environment(theme: Theme, helpers: Helpers) -> ImmutableSandboxedEnvironment:
    """The environment of a theme's templates."""
    # Tracebacks show the name of a template as its file.
    texts = {name: (template.text, name, None) for name, template in theme.templates.items()}
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.FunctionLoader(texts.get),
        autoescape=True,
        undefined=_Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_template_cache(),
    )
    environment.filters.update(helpers.filters())
    environment.globals.update(helpers.functions())
    return environment


class _Missing(jinja2.StrictUndefined):
    """An undefined name: using it raises an error, which suggests a similar name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        if not isinstance(self._undefined_obj, View):
            return f"there is no '{name}' here"
        guess = did_you_mean(name, self._undefined_obj.names)
        return f"this part of the brief has no '{name}'" + (f"; {guess}" if guess else "")


@cache
def _template_cache() -> TemplateCache:
    """The cache of compiled templates. It depends on this module, which has the compiler's settings."""
    module = Path(__file__).stat()
    return TemplateCache(f"{module.st_size} {module.st_mtime_ns}")


class TemplateCache(BytecodeCache):
    """Compiled templates by name and text, kept in the process and, by Jinja's own cache, in the user's cache folder.

    ``settings`` identifies how they are compiled: a template that was compiled with other settings is not used.
    """

    def __init__(self, settings: str) -> None:
        folder = user_cache_folder()
        version = sha256(f"{jinja2.__version__} {settings}".encode()).hexdigest()[:8]
        self._files = FileSystemBytecodeCache(str(folder), f"template-%s-{version}") if folder else None
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Set the code of a template, if it is known."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))
        if bucket.code is None and self._files:
            try:
                self._files.load_bytecode(bucket)
            except Exception:  # noqa: BLE001 - a damaged file can raise anything; the template is compiled again
                bucket.reset()
            self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template. An error of the cache folder costs only time."""
        self._keep(bucket)
        if self._files:
            with suppress(OSError):
                self._files.dump_bytecode(bucket)

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            while len(self._codes) >= TEMPLATES:
                del self._codes[next(iter(self._codes))]
            self._codes[bucket.key, bucket.checksum] = bucket.code
