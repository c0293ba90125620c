"""Where what was made once is kept, outside the program's folder."""

import os
from pathlib import Path


def user_cache(folder: str) -> Path | None:
    """Return the library's folder of that name in the user's cache, made or not; nothing for a user without a home.

    A relative XDG_CACHE_HOME is none, as the XDG Base Directory Specification says.
    """
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        cache = Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return None
    return cache / "pulumi-aws-mobile" / folder
