"""How moto's classes and modules are extended in place, once by each gap."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

_MARK = "__filled_by_sandbox__"


def replace(owner: type | ModuleType, name: str, make: Callable[[Any], Any]) -> None:
    """Replace `owner.name` by what `make` builds around what stands there; do nothing where `make` did it before."""
    original = getattr(owner, name, None)
    fillers: frozenset[str] = getattr(original, _MARK, frozenset())
    filler = f"{make.__module__}.{make.__qualname__}"
    if filler in fillers:
        return
    made = make(original)
    setattr(made, _MARK, fillers | {filler})
    setattr(owner, name, made)
