"""The folder for what the program can make again at any time, outside of every project."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["VARIABLE", "user_cache_folder"]

#: Names another folder than the one that the system has for caches.
VARIABLE = "BRIEFING_CACHE_DIR"
OTHERS_MAY_WRITE = 0o022


def user_cache_folder() -> Path | None:
    """The user's cache folder, made if it is missing; None where there is none that this user alone can write to.

    It never raises: without a cache the program does the same work again. A folder of another user is not taken,
    because its owner could put files there that the program would then use.
    """
    try:
        named = os.environ.get(VARIABLE)
        folder = Path(named).absolute() if named else _default()
        if not folder.is_absolute():  # a user without a home
            return None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _is_private(folder) else None
    except (ImportError, OSError, RuntimeError, ValueError):
        return None


def _default() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("briefing", appauthor=False))


def _is_private(folder: Path) -> bool:
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return False
    if os.name != "posix":  # elsewhere the owner and the mode of a file say nothing about who may write
        return True
    state = folder.stat()
    return state.st_uid == os.geteuid() and not state.st_mode & OTHERS_MAY_WRITE
