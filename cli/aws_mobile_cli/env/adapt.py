"""Turns one environment's stack file into another's: own names, addresses and sizes, without what cannot be shared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from aws_mobile_cli.exits import UsageError
from pulumi_aws_mobile.errors import show

from .shape import HISTORY, LARGE, LOCKS, OWN, PARTS, SMALL, SMALL_SERVERS
from .stack_text import Path, StackText


class Size(str, Enum):
    """How large an environment is."""

    SMALL = "small"
    """What one developer needs: one zone, small instances, no second Region."""
    SAME = "same"
    """As large as the one that it comes from."""


@dataclass(frozen=True, slots=True)
class Change:
    """One option that differs from where the file comes from."""

    path: str
    what: str
    """What it says now, or why it is not there any more."""
    left_out: bool


@dataclass(slots=True)
class Draft:
    """A stack file that is being written for an environment, and what was changed in it."""

    namespace: str
    stack: StackText
    changes: list[Change] = field(default_factory=list)

    def get(self, option: str) -> Any:  # noqa: ANN401 - whatever stands in the file
        """Return the value of an option of the project's namespace; None if it is not given."""
        return self.stack.get(self._path(option))

    def put(self, option: str, value: object) -> None:
        """Give an option a value."""
        before = self.get(option)
        if before != value:
            self.stack.put(self._path(option), value)
            was = "" if before is None else f" instead of {show(before)}"
            self.changes.append(Change(self._shown(option), f"{show(value)}{was}", left_out=False))

    def drop(self, option: str, why: str) -> None:
        """Leave an option out."""
        if self.get(option) is not None:
            self.stack.drop(self._path(option))
            self.changes.append(Change(self._shown(option), why, left_out=True))

    def _path(self, option: str) -> Path:
        first, *steps = option.split(".")
        plain = first in (self.stack.get(("config",)) or {})
        return ("config", first if plain else f"{self.namespace}:{first}", *steps)

    def _shown(self, option: str) -> str:
        return f"{self.namespace}:{option}"


def make_its_own(draft: Draft, names: Mapping[str, str | None]) -> None:
    """Give what two environments cannot share new values, of those in `names`, or leave it out."""
    for option in HISTORY:
        draft.drop(option, "it happened to the environment that it was copied from")
    for option, value in names.items():
        home = next(own for own in OWN if option == own or option.startswith(f"{own}."))
        if value is None:
            continue
        if draft.get(home) is None:
            message = f"the environment to take after has no {draft.namespace}:{home}, so there is nothing to rename"
            raise UsageError(message)
        draft.put(option, value)
    given = {option for option, value in names.items() if value is not None}
    for option, why in OWN.items():
        if not any(name == option or name.startswith(f"{option}.") for name in given):
            draft.drop(option, why)


def shrink(draft: Draft) -> None:
    """Make it as small as one developer needs."""
    for option in LARGE:
        draft.drop(option, "a small environment does without")
    for option, value in SMALL.items():
        draft.put(option, value)
    for servers in _servers(draft):
        for name in list(draft.get(f"{servers}.instances") or {}):
            if name not in SMALL_SERVERS and name != "zones":
                draft.drop(f"{servers}.instances.{name}", "a small environment does without")
        for name, value in SMALL_SERVERS.items():
            draft.put(f"{servers}.instances.{name}", value)


def unprotect(draft: Draft, parts: Iterable[str]) -> None:
    """Let these parts be destroyed with all that they keep."""
    for option in LOCKS:
        draft.drop(option, "what is locked cannot be deleted, and the environment not be thrown away")
    for part in parts:
        for name, value in PARTS[part].open.items():
            draft.put(f"{part}.{name}", value)


def protect(draft: Draft) -> None:
    """Have all protected that the file says is not; by themselves components are."""
    for path, part in PARTS.items():
        for name, value in part.open.items():
            if draft.get(f"{path}.{name}") is not None:
                draft.put(f"{path}.{name}", not value)


def still_shared(draft: Draft) -> list[tuple[str, str]]:
    """Return what still names something outside the file: it is the same thing for both environments."""
    imported = draft.stack.get(("environment",))
    found = [("environment", show(imported))] if imported else []
    return found + [
        (".".join(str(step) for step in path), value)
        for path, value in _texts(draft.stack.get(("config",)) or {}, ())
        if value.startswith(("arn:", "https://", "vpc-", "subnet-", "sg-")) or path[-1] == "hosted_zone_id"
    ]


def _servers(draft: Draft) -> Iterator[str]:
    """Yield the paths of what says how many servers there are: the web tier's own and those of its environments."""
    tier = draft.get("backend.web_tier")
    if isinstance(tier, dict):
        yield "backend.web_tier"
        for name, environment in (tier.get("environments") or {}).items():
            if isinstance(environment, dict) and "instances" in environment and "." not in name:
                yield f"backend.web_tier.environments.{name}"


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:  # noqa: ANN401 - whatever stands in the file
    if isinstance(value, dict):
        if set(value) == {"secure"}:
            return
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _texts(item, (*path, place))
    elif isinstance(value, str):
        yield path, value
