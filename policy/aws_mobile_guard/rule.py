"""What a rule is: facts about it, and a pure function from a view to what is wrong."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from aws_mobile_guard.resources import Resource
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import Hidden, Unknown


class Level(Enum):
    """How strictly a rule is applied where the configuration does not say."""

    MANDATORY = "mandatory"
    """A finding stops the deployment."""
    ADVISORY = "advisory"
    """A finding is shown."""
    BY_TIER = "by_tier"
    """Advisory; mandatory with the configuration for production."""


class Pack(Enum):
    """The policy pack that a rule belongs to."""

    SECURITY = "security"
    """Who can reach, read or take over what."""
    RESILIENCE = "resilience"
    """What is still there after a failure, a deletion or a bad day, and who hears of it."""
    COST = "cost-and-hygiene"
    """What is paid for nothing, and what makes a stack hard to look after."""


class Severity(Enum):
    """How much harm a finding may do."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Words(str):
    """What was found, described; shown without quotes."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a resource."""

    path: str
    """The property."""
    got: object
    """What was found there: a value, or `Words` about it."""
    allowed: str
    """What may stand there."""
    fix: str
    """What to change."""
    resource: Resource | None = None
    """Which resource; only whole-stack rules say."""

    def __str__(self) -> str:
        """Return the problem as one line."""
        return f"{self.path}: got {show(self.got)}; allowed: {self.allowed}; {self.fix}"


@dataclass(frozen=True, slots=True)
class Undecided:
    """A property that the rule has to know is only known once AWS has answered."""

    path: str
    resource: Resource | None = None


Answer = Problem | Undecided


class Options:
    """A rule's own settings: the configured ones over the defaults."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Answer from `values`."""
        self._values = values

    def number(self, name: str) -> float:
        """Return a number."""
        return self._values[name]

    def flag(self, name: str) -> bool:
        """Return true or false."""
        return self._values[name]

    def texts(self, name: str) -> Sequence[str]:
        """Return a list of texts."""
        return self._values[name]

    def numbers(self, name: str) -> Sequence[float]:
        """Return a list of numbers."""
        return self._values[name]


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of a rule."""

    name: str
    default: float | bool | tuple[str, ...] | tuple[float, ...]
    description: str

    @property
    def schema(self) -> dict[str, Any]:
        """Return the setting in JSON Schema's terms."""
        return {"description": self.description, **_type_schema(self.default)}


@dataclass(frozen=True, kw_only=True)
class BaseRule:
    """What every rule says of itself."""

    id: str
    """Unique; begins with the service."""
    pack: Pack
    description: str
    """What the rule asks for, in one sentence."""
    severity: Severity
    level: Level
    types: tuple[str, ...]
    """The type tokens of the resources it looks at, older tokens included."""
    frameworks: tuple[str, ...]
    """The same demand elsewhere: Security Hub (`FSBP …`), cdk-nag, Checkov, Trivy."""
    remediation: str
    """What to do about a finding, step by step."""
    url: str
    """The page that explains why."""
    options: tuple[Option, ...] = ()
    defaults: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the defaults."""
        object.__setattr__(self, "defaults", {option.name: option.default for option in self.options})


@dataclass(frozen=True, kw_only=True)
class Rule(BaseRule):
    """A rule about one resource at a time; it can stop that resource before it is created."""

    check: Callable[[Resource, Options], Iterable[Answer]]


@dataclass(frozen=True, kw_only=True)
class StackRule(BaseRule):
    """A rule about resources together; the engine runs it after all of them."""

    check: Callable[[Stack, Options], Iterable[Answer]]


def show(value: object) -> str:
    """Return a value as a user would write it, short enough for one line."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (Hidden, Words)):
        return str(value)
    if isinstance(value, Unknown):
        return "a value that is only known after deployment"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = f'"{value}"' if isinstance(value, str) else str(value)
    longest = 120
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _type_schema(default: object) -> dict[str, Any]:
    if isinstance(default, bool):
        return {"type": "boolean", "default": default}
    if isinstance(default, (int, float)):
        return {"type": "number", "default": default}
    items = list(default) if isinstance(default, tuple) else []
    kind = "number" if items and not isinstance(items[0], str) else "string"
    return {"type": "array", "items": {"type": kind}, "default": items}
