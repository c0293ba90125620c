"""A token that gets lost is soon worth nothing."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import USER_POOL_CLIENTS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_MINUTES = {"seconds": 1 / 60, "minutes": 1, "hours": 60, "days": 24 * 60}
# Each token with the unit that counts where none is given, and how long it is valid where nothing is.
_TOKENS = {"accessToken": ("hours", 1), "idToken": ("hours", 1), "refreshToken": ("days", 30)}


def _check(client: Resource, options: Options) -> Iterator[Answer]:
    for token, default in _TOKENS.items():
        refresh = token == "refreshToken"  # noqa: S105 - a kind of token, not one
        most = options.number("maximumRefreshDays" if refresh else "maximumAccessMinutes")
        allowed = f"{most:g} {'days' if refresh else 'minutes'} or less"
        yield from _check_token(client, token, default, (most * _MINUTES["days"] if refresh else most, allowed))


def _check_token(
    client: Resource, token: str, default: tuple[str, float], limit: tuple[float, str]
) -> Iterator[Answer]:
    path, unit_path = f"{token}Validity", f"tokenValidityUnits.{token}"
    value, unit = client.number(path), client.text(unit_path)
    if value is UNKNOWN or unit is UNKNOWN:
        yield Undecided(path if value is UNKNOWN else unit_path)
        return
    unit = unit or default[0]
    if unit not in _MINUTES:
        yield Problem(unit_path, unit, ", ".join(_MINUTES), "name one of these units")
        return
    given = value
    if not value:  # Nothing, and for refresh tokens 0, means Cognito's own time.
        unit, value = default
    most, allowed = limit
    if value * _MINUTES[unit] > most:
        time = f"{value:g} {unit.removesuffix('s') if value == 1 else unit}"
        yield Problem(path, Words(time if given else f"Cognito's own {time}"), allowed, "lower it")


RULE = Rule(
    id="cognito-token-life",
    pack=Pack.SECURITY,
    description="An app client's tokens expire in time.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=USER_POOL_CLIENTS,
    frameworks=(),
    remediation="Lower accessTokenValidity, idTokenValidity and refreshTokenValidity, and mind tokenValidityUnits.",
    url="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html",
    options=(
        Option("maximumAccessMinutes", 60, "The most minutes that an access token or an ID token is valid."),
        Option("maximumRefreshDays", 30, "The most days that a refresh token is valid."),
    ),
    check=_check,
)
