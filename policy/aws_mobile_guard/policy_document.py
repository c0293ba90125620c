"""IAM policy documents as rules read them: every "one or a list" is a list, actions compare without case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from ipaddress import ip_network
from typing import Any

# Conditions that tie an open principal to known callers; a statement with one of them is not public.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
_NARROWING = frozenset(
    {
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:principalarn",
        "aws:principalaccount",
        "aws:sourcearn",
        "aws:sourceaccount",
        "aws:sourceowner",
        "aws:sourceorgid",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "kms:calleraccount",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
    }
)

# The operators of conditions, lower case, that hold only where the key is there with a value that was asked for.
_DEMANDING = frozenset({"arnequals", "arnlike", "stringequals", "stringequalsignorecase", "stringlike"})
# A policy open to a wider network than this is public, by the page above.
_NARROWEST_PUBLIC = {4: 8, 6: 32}
_ARN_ACCOUNT = 4


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement."""

    position: int
    effect: str
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    not_resources: tuple[str, ...]
    principals: tuple[tuple[str, str], ...]
    """Pairs such as `("AWS", "*")` and `("Service", "logs.amazonaws.com")`."""
    inverted_principal: bool
    """Whether it says `NotPrincipal`."""
    conditions: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Triples of operator, key (lower case) and values."""

    @property
    def allows(self) -> bool:
        """Whether its effect is Allow."""
        return self.effect.lower() == "allow"

    @property
    def denies(self) -> bool:
        """Whether its effect is Deny."""
        return self.effect.lower() == "deny"

    @property
    def label(self) -> str:
        """Say which statement it is, by position: its text may come from a secret."""
        return f"Statement[{self.position}]"

    @property
    def open_to_all(self) -> bool:
        """Whether its principal is everyone, or everyone but some."""
        return self.inverted_principal or any(who == "*" for _, who in self.principals)

    @property
    def public(self) -> bool:
        """Whether it lets in callers that nobody listed."""
        return self.allows and self.open_to_all and not self.narrowed

    @property
    def narrowed(self) -> bool:
        """Whether a condition ties it to known callers."""
        return any(
            (key in _NARROWING and _demands(operator) and not _any(values))
            or (key == "aws:sourceip" and operator.lower() == "ipaddress" and not any(map(_wide, values)))
            for operator, key, values in self.conditions
        )

    @property
    def denies_plain_http(self) -> bool:
        """Whether it refuses requests without TLS, and only those."""
        return (
            self.denies
            and self.open_to_all
            and [(operator.lower(), key) for operator, key, _ in self.conditions] == [("bool", "aws:securetransport")]
            and [value.lower() for value in self.conditions[0][2]] == ["false"]
        )

    def grants(self, action: str) -> bool:
        """Tell whether it allows `action`, through a wildcard or `NotAction` too."""
        return self.allows and self.covers(action)

    def covers(self, action: str) -> bool:
        """Tell whether it speaks of `action`."""
        wanted = action.lower()
        if self.not_actions:
            return not any(fnmatchcase(wanted, pattern.lower()) for pattern in self.not_actions)
        return any(fnmatchcase(wanted, pattern.lower()) for pattern in self.actions)

    def has_condition(self, key: str) -> bool:
        """Tell whether it has a condition on `key`."""
        return any(found == key.lower() for _, found, _ in self.conditions)


class PolicyDocument:
    """A policy document."""

    __slots__ = ("statements",)

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Read a parsed document."""
        found = _get(data, "Statement")
        parts = [found] if isinstance(found, Mapping) else found if isinstance(found, Sequence) else []
        self.statements = tuple(
            _statement(position, part) for position, part in enumerate(parts) if isinstance(part, Mapping)
        )

    def __iter__(self) -> Iterator[Statement]:
        """Go through the statements."""
        return iter(self.statements)


def account_of(principal: str) -> str | None:
    """Return the account number in an AWS principal, if it has one."""
    parts = principal.split(":")
    number = parts[_ARN_ACCOUNT] if len(parts) > _ARN_ACCOUNT else principal
    return number if number.isdigit() else None


def _statement(position: int, data: Mapping[str, Any]) -> Statement:
    inverted = _get(data, "NotPrincipal")
    return Statement(
        position=position,
        effect=str(_get(data, "Effect") or ""),
        actions=_texts(_get(data, "Action")),
        not_actions=_texts(_get(data, "NotAction")),
        resources=_texts(_get(data, "Resource")),
        not_resources=_texts(_get(data, "NotResource")),
        principals=_principals(_get(data, "Principal")),
        inverted_principal=inverted is not None,
        conditions=tuple(_conditions(_get(data, "Condition"))),
    )


def _get(data: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return an element by name; IAM's own are capitalised, Pulumi's typed documents may not be."""
    return data[name] if name in data else data.get(name[0].lower() + name[1:])


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence):
        return tuple(item if isinstance(item, str) else _scalar(item) for item in value)
    return () if value is None else (_scalar(value),)


def _scalar(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _principals(value: object) -> tuple[tuple[str, str], ...]:
    if isinstance(value, Mapping):
        return tuple((str(kind), who) for kind, whom in value.items() for who in _texts(whom))
    return tuple(("AWS", who) for who in _texts(value))


def _conditions(value: object) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if not isinstance(value, Mapping):
        return
    for operator, tests in value.items():
        if isinstance(tests, Mapping):
            for key, wanted in tests.items():
                yield str(operator), str(key).lower(), _texts(wanted)


def _demands(operator: str) -> bool:
    """Tell whether a condition demands one of its values.

    One for all values is met where there is none, and one that ends in IfExists where the request has no such key.
    """
    return operator.lower().removeprefix("foranyvalue:") in _DEMANDING


def _wide(cidr: str) -> bool:
    """Tell whether S3 calls a policy public that is open to this network."""
    try:
        network = ip_network(cidr, strict=False)
    except ValueError:
        return True
    return not network.is_private and network.prefixlen < _NARROWEST_PUBLIC[network.version]


def _any(values: tuple[str, ...]) -> bool:
    return any(value.strip("*") == "" for value in values)
