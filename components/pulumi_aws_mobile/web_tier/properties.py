"""Environment properties: what Elastic Beanstalk takes, and secrets kept out of them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import ArgsError, Problem, Problems, show

from .layers import Layers

MOST_BYTES = 4096
"""The most that all properties may take, as `name=value` one after the other.
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-softwaresettings.html"""
RESERVED = frozenset(
    {
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "HOME",
        "LD_LIBRARY_PATH",
        "LD_PRELOAD",
        "PATH",
        "SHELL",
        "USER",
    }
)
"""Names that would take the instance's role or the platform's own surroundings from the application."""

_LONGEST_NAME = 128
_NAME = re.compile(rf"[A-Za-z_][A-Za-z0-9_]{{0,{_LONGEST_NAME - 1}}}")
_SECRET_NAME = re.compile(
    r"passw(or)?d|passphrase|secret|token|credential|(api|private|access|signing)_?key", re.IGNORECASE
)
# A name that ends so tells about a secret, or is of something that everybody may see.
_TELLS_ABOUT = re.compile(
    r"_(arns?|names?|ids?|path|parameter|urls?|uri|endpoint|host|region|version|type|length|ttl|seconds|minutes|hours"
    r"|days|issuer|audience|jwks|public_?key(_\d+)?)$",
    re.IGNORECASE,
)
_ARN = re.compile(r"arn:[^:]+:[^:]+:.*")
# Keys of AWS and of services that mark theirs, private keys, and passwords within URLs.
_KEY_INSIDE = re.compile(
    r"\b(AKIA|ASIA)[A-Z0-9]{16}\b|\b(sk|rk)_live_\w+|\bgh[pousr]_\w{20,}|\bxox[abprs]-[\w-]{10,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----|\w+://[^/\s:@]*:[^/\s@]+@"
)

_HIDDEN = "a value that is not shown"
_ALLOWED = "no secrets: whoever may look at the environment reads them"
_FIX = "keep it in Secrets Manager, and give the secret's ARN in secrets"


def check_properties(layers: Layers, problems: Problems) -> None:
    """Note properties that Elastic Beanstalk does not take, or that everybody should not read."""
    plain, secret = layers.part("environment"), layers.part("secrets")
    for name, value in plain.items():
        path = layers.path(f"environment.{name}")
        if not _is_name(name, path, problems):
            continue
        if name in secret:
            other = layers.path(f"secrets.{name}")
            problems.add(path, name, f"a name that is not also in {other}", "remove one of the two")
        elif isinstance(value, str) and _is_secret(name, value):
            problems.extend([Problem(path, _HIDDEN, _ALLOWED, _FIX)])
        elif isinstance(value, str) and re.search(r"[\x00-\x1f\x7f]", value):
            fix = "take out line breaks and control characters"
            problems.extend([Problem(path, _HIDDEN, "one line of text", fix)])
    for name in secret:
        _is_name(name, layers.path(f"secrets.{name}"), problems)
    known = {name: value for name, value in plain.items() if isinstance(value, str)}
    problems.extend(_too_large(known, layers.path("environment")))


def checked(subject: str, path: str, properties: Mapping[str, pulumi.Input[str]]) -> dict[str, pulumi.Input[str]]:
    """Return the properties; those that turn out to be secret, or too large, fail with an `ArgsError`.

    Whether an output is secret, and how long it is, is only known when it resolves, so this cannot be said together
    with the rest. Properties that are empty are left out: Elastic Beanstalk drops them.
    """
    found: dict[str, pulumi.Input[str]] = {}
    outputs = {
        name: pulumi.Output.from_input(value) for name, value in properties.items() if not isinstance(value, str)
    }
    for name, value in properties.items():
        if name in outputs:
            found[name] = pulumi.Output.from_input(_not_secret(subject, f"{path}.{name}", outputs[name]))
        elif value != "":
            found[name] = value
    if outputs:
        # One of them carries the check of the size: all of them would make each wait for all others.
        bearer = min(outputs)
        found[bearer] = pulumi.Output.all(**found).apply(lambda known: _fitting(subject, path, known)[bearer])
    return found


def _fitting(subject: str, path: str, known: Mapping[str, str]) -> Mapping[str, str]:
    if problems := list(_too_large(known, path)):
        raise ArgsError(subject, problems)
    return known


async def _not_secret(subject: str, path: str, value: pulumi.Output[str]) -> Any:  # noqa: ANN401 - an output again
    if await value.is_secret():
        raise ArgsError(subject, [Problem(path, "a secret", _ALLOWED, _FIX)])
    return value


def _too_large(known: Mapping[str, str], path: str) -> Iterator[Problem]:
    size = sum(len(f"{name}={value}".encode()) for name, value in known.items() if value)
    if size > MOST_BYTES:
        fix = "keep large values in a file of the application or in Parameter Store"
        yield Problem(path, show(f"{size} bytes"), f"at most {MOST_BYTES} bytes in all", fix)


def _is_name(name: str, path: str, problems: Problems) -> bool:
    if name in RESERVED:
        problems.add(path, name, "names that the platform does not set itself", "choose another name")
    elif not _NAME.fullmatch(name):
        allowed = f"1 to {_LONGEST_NAME} letters, digits and underscores, no digit first"
        problems.add(path, name, allowed, "choose another name")
    else:
        return True
    return False


def _is_secret(name: str, value: str) -> bool:
    named = bool(_SECRET_NAME.search(name)) and not _TELLS_ABOUT.search(name)
    return bool(value) and ((named and not _ARN.fullmatch(value)) or bool(_KEY_INSIDE.search(value)))
