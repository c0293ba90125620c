"""How moto's classes are extended in place, once."""

from collections.abc import Callable
from typing import Any

_MARK = "__filled_by_sandbox__"


def replace(owner: type, name: str, make: Callable[[Any], Any]) -> None:
    """Replace `owner.name` by what `make` builds around the original; do nothing where it was done before."""
    original = getattr(owner, name, None)
    if getattr(original, _MARK, False):
        return
    made = make(original)
    setattr(made, _MARK, True)
    setattr(owner, name, made)
