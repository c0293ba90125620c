"""What keys, values and names may be; looked at before anything is stored."""

import re
import unicodedata

from .errors import InvalidError

_MAX_KEY_BYTES = 1024
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,128}")


def checked_name(name: str) -> str:
    """Return the name of a dataset if it is one."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise InvalidError(name, "name", "1 to 128 of A-Z, a-z, 0-9, _, ., : and -")
    return name


def checked_key(key: str) -> str:
    """Return the key if a service would take it."""
    fits = isinstance(key, str) and key and _is_text(key) and len(key.encode()) <= _MAX_KEY_BYTES
    if not fits or any(unicodedata.category(each) == "Cc" for each in key):
        raise InvalidError(key, "key", f"1 to {_MAX_KEY_BYTES} bytes of UTF-8 without control characters")
    return key


def checked_value(value: str) -> str:
    """Return the value if it is text; how long it may be, the service knows."""
    if not isinstance(value, str) or not _is_text(value):
        raise InvalidError(value, "value", "text that UTF-8 can write; remove() takes a record away")
    return value


def _is_text(value: str) -> bool:
    """Tell whether UTF-8 can write it: half of a surrogate pair has no form there."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
