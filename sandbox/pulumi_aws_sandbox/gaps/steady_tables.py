"""moto's tables while several clients write: whoever looks through one sees it as it was when they began.

moto keeps what it knows in dictionaries of its backends and loops over them; a call that adds an entry meanwhile, in
another thread of the server, would end that loop with a `RuntimeError`, and the client with an error 500.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace


def fill() -> None:
    """Have every backend that is made from now on keep its dictionaries as steady ones."""
    from moto.core.base_backend import BaseBackend  # noqa: PLC0415 - moto loads only when deploying

    replace(BaseBackend, "__setattr__", _set)


def _set(original: Callable[[Any, str, Any], None]) -> Callable[[Any, str, Any], None]:
    def set_attribute(self: Any, name: str, value: Any) -> None:  # noqa: ANN401 - moto's own types
        original(self, name, value if name == "__dict__" else _steady(value))

    return set_attribute


def _steady(value: Any) -> Any:  # noqa: ANN401 - whatever a backend keeps
    if type(value) is dict:
        return _Table(value)
    if type(value) is OrderedDict:
        return _OrderedTable(value)
    if type(value) is defaultdict:
        return _DefaultTable(value.default_factory, value)
    return value


class _Steady(dict[Any, Any]):
    """Looks through a copy, which is made before any other thread gets its turn."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.keys())

    def keys(self) -> Any:  # noqa: ANN401 - dict's own views have no public name
        return self._copy().keys()

    def values(self) -> Any:  # noqa: ANN401 - dict's own views have no public name
        return self._copy().values()

    def items(self) -> Any:  # noqa: ANN401 - dict's own views have no public name
        return self._copy().items()

    def _copy(self) -> dict[Any, Any]:
        return dict(list(super().items()))


class _Table(_Steady):
    pass


class _OrderedTable(_Steady, OrderedDict[Any, Any]):
    pass


class _DefaultTable(_Steady, defaultdict[Any, Any]):
    pass
