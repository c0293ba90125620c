"""Values as they travel between Pulumi and a provider: unknown values, secrets, and numbers that are all floats."""

from collections.abc import Iterator
from typing import Any

from pulumi.asset import Archive, Asset

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""Stands where a value is only known once AWS has answered."""

# The engine has one sentinel per type; programs in Python send the first only.
_UNKNOWNS = frozenset(
    {
        UNKNOWN,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the mark of a secret on the wire, not one
_OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_ASSET = "c44067f5952c0a294b673a41bacd8c17"
_ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7"


def is_unknown(value: object) -> bool:
    """Tell whether `value` itself stands for a value that is not known yet."""
    if isinstance(value, dict) and value.get(_SIGNATURE) == _OUTPUT_VALUE:
        return "value" not in value
    return isinstance(value, str) and value in _UNKNOWNS


def is_secret(value: object) -> bool:
    """Tell whether `value` is wrapped as a secret."""
    if not isinstance(value, dict):
        return False
    mark = value.get(_SIGNATURE)
    return mark == _SECRET or (mark == _OUTPUT_VALUE and bool(value.get("secret")))


def is_asset(value: object) -> bool:
    """Tell whether `value` is an asset, one file, as it travels."""
    return isinstance(value, dict) and value.get(_SIGNATURE) == _ASSET


def is_archive(value: object) -> bool:
    """Tell whether `value` is an archive, named files, as it travels."""
    return isinstance(value, dict) and value.get(_SIGNATURE) == _ARCHIVE


def has_secret(value: object) -> bool:
    """Tell whether `value` is or holds a secret."""
    return any(is_secret(item) for item in _walk(value))


def secret(value: object) -> dict[str, Any]:
    """Wrap `value` as a secret."""
    return {_SIGNATURE: _SECRET, "value": value}


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return `value` without secret wrappers, unknown values as `UNKNOWN`, whole numbers as integers, no nulls.

    Assets and archives come as they travel, whichever door they came through.
    """
    if is_unknown(value):
        return UNKNOWN
    if isinstance(value, Asset | Archive):
        value = {_SIGNATURE: _ASSET if isinstance(value, Asset) else _ARCHIVE, **vars(value)}
    if isinstance(value, dict):
        if value.get(_SIGNATURE) in {_SECRET, _OUTPUT_VALUE}:
            return plain(value.get("value"))
        bare = {key: plain(item) for key, item in value.items()}
        return {key: item for key, item in bare.items() if item is not None}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _walk(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, dict):
        for item in value.values():
            yield from _walk(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _walk(item)
