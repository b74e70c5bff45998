"""The user's cache folder, for files that the program can make again at any time."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

#: The environment variable that replaces the system's folder for caches.
VARIABLE = "BRIEFING_CACHE_DIR"
OTHERS_MAY_WRITE = 0o022


def user_cache_folder() -> Path | None:
    """The user's cache folder, made if it is missing; None if there is none that only this user can write to.

    It never raises: without a cache the program does the work again. Who can write to the folder can put files there
    that the program would use, among them compiled code.
    """
    try:
        import platformdirs

        named = os.environ.get(VARIABLE)
        folder = Path(named).absolute() if named else platformdirs.user_cache_path("briefing", appauthor=False)
        if not folder.is_absolute():  # a user without a home
            return None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _is_private(folder) else None
    except (ImportError, OSError, RuntimeError, ValueError):
        return None


def _is_private(folder: Path) -> bool:
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return False
    if os.name != "posix":  # there the mode does not say who may write; the default folder is in the user's profile
        return True
    state = folder.stat()
    return state.st_uid == os.geteuid() and not state.st_mode & OTHERS_MAY_WRITE


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all. Raises OSError; of a file that cannot be written nothing is left."""
    temporary = path.with_name(f"{path.name}.{secrets.randbits(63)}")
    try:
        with temporary.open("x", encoding="utf-8") as file:
            file.write(text)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
