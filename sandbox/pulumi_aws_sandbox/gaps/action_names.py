"""The actions of moto's services, looked up once: moto looks through all members of a class for each call."""

from collections.abc import Callable, Collection
from functools import cache

from pulumi_aws_sandbox.gaps.patching import replace


def fill() -> None:
    """Remember which methods a class of responses has; every gap that adds one is filled before the first call."""
    from moto.core import responses  # noqa: PLC0415 - moto loads only when deploying

    replace(responses, "method_names_from_class", _remembered)


def _remembered(original: Callable[[type], list[str]]) -> Callable[[type], Collection[str]]:
    @cache
    def names(responses: type) -> Collection[str]:
        return frozenset(original(responses))

    return names
