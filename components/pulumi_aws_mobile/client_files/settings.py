"""Decides what an app is told of a deployment: every problem found, nothing written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problem, Problems
from pulumi_aws_mobile.limits import REGION, Between, Limits, Matching, OneOf

from .args import (
    ClientAnalyticsArgs,
    ClientApiArgs,
    ClientAppArgs,
    ClientBackendArgs,
    ClientBucketArgs,
    ClientPasskeyArgs,
    ClientPasswordArgs,
    ClientSignInArgs,
    ClientSiteArgs,
)

_CONTACTS = OneOf(("email", "phone_number"))
_URL = Matching(
    r"(https://[^\s/?#]+|http://(localhost|127\.0\.0\.1)(:\d+)?)(/[^\s?#]*[^\s?#/])?",
    "an https URL, or an http one of this machine, without a slash at its end",
)
_REDIRECT = Matching(r"[^\s,]+", "a URL without commas, which the older formats put between URLs")
_NAME = Matching(r"\S+", "a name without spaces")

LIMITS: Limits = {
    ClientAppArgs: {
        "id": _NAME,
        "sign_in_flow": OneOf(("USER_SRP_AUTH", "CUSTOM_AUTH")),
        "callback_urls": _REDIRECT,
        "logout_urls": _REDIRECT,
        "scopes": _NAME,
    },
    ClientPasswordArgs: {"min_length": Between(6, 99, "characters")},
    ClientPasskeyArgs: {"user_verification": OneOf(("required", "preferred"))},
    ClientSignInArgs: {
        "user_pool_id": Matching(
            rf"{REGION.pattern}_[0-9A-Za-z]+", "the id of a user pool, for example eu-west-1_a1B2"
        ),
        "identity_pool_id": Matching(rf"{REGION.pattern}:[0-9a-f-]+", "the id of an identity pool"),
        "hosted_domain": Matching(r"[a-z0-9.-]+", "a domain"),
        "username_attributes": _CONTACTS,
        "verified_attributes": _CONTACTS,
        "required_attributes": OneOf(
            (
                *("address", "birthdate", "email", "family_name", "gender", "given_name", "locale", "middle_name"),
                *("name", "nickname", "phone_number", "picture", "preferred_username", "profile", "updated_at"),
                *("website", "zoneinfo"),
            )
        ),
        "mfa": OneOf(("off", "optional", "required")),
        "mfa_factors": OneOf(("totp", "sms", "email")),
        "first_factors": OneOf(("password", "email_otp", "sms_otp", "passkey")),
    },
    ClientApiArgs: {"url": _URL, "region": REGION},
    ClientBucketArgs: {"name": _NAME, "region": REGION},
    ClientAnalyticsArgs: {"service": OneOf(("kinesis", "firehose")), "stream": _NAME, "region": REGION},
    ClientSiteArgs: {"region": REGION},
    ClientBackendArgs: {"region": REGION},
}


@dataclass(frozen=True, slots=True)
class App:
    """The app client that an app signs in as."""

    key: str
    id: str
    sign_in_flow: str
    callback_urls: tuple[str, ...] = ()
    logout_urls: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Password:
    """What a password has to be."""

    min_length: int
    lowercase: bool
    uppercase: bool
    numbers: bool
    symbols: bool


@dataclass(frozen=True, slots=True)
class Passkeys:
    """How passkeys are made."""

    relying_party_id: str
    user_verification: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who the app's users are and how they sign in."""

    user_pool_id: str
    app: App
    identity_pool_id: str | None = None
    guests: bool = False
    hosted_domain: str | None = None
    username_attributes: tuple[str, ...] = ()
    required_attributes: tuple[str, ...] = ()
    verified_attributes: tuple[str, ...] = ()
    password: Password | None = None
    mfa: str | None = None
    mfa_factors: tuple[str, ...] = ()
    first_factors: tuple[str, ...] = ()
    passkeys: Passkeys | None = None
    groups: tuple[tuple[str, int | None], ...] = ()
    """The groups' names and ranks, sorted by name."""

    @property
    def region(self) -> str:
        """The Region of the pools."""
        return self.user_pool_id.partition("_")[0]

    @property
    def has_pages(self) -> bool:
        """Whether the formats can tell of the hosted pages: they want a place to come back to after either."""
        return bool(self.hosted_domain and self.app.callback_urls and self.app.logout_urls)


@dataclass(frozen=True, slots=True)
class Api:
    """The API of one Region."""

    url: str
    region: str
    needs_key: bool = False


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket with users' files."""

    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Push:
    """How devices register for messages."""

    topics: tuple[str, ...] = ()
    amplify: bool = False


@dataclass(frozen=True, slots=True)
class AnalyticsStream:
    """Where events are sent."""

    service: str
    stream: str
    region: str
    schema_version: str


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """All that an app is told of an environment, or of what answers in its recovery Region."""

    environment: str
    region: str
    sign_in: SignIn
    api: Api | None = None
    user_files: Bucket | None = None
    user_files_copy: Bucket | None = None
    user_data: bool = False
    push: Push | None = None
    analytics: AnalyticsStream | None = None
    is_failover: bool = False


def resolve(environment: str, backend: object, app: str | None = None) -> ClientSettings:
    """Return what the app `app` is told of a backend; raise an `ArgsError` with every problem of its output `client`.

    Without `app` the backend has to have one app client.
    """
    problems = Problems()
    given = read_args(ClientBackendArgs, backend, LIMITS, problems)
    chosen = None if problems else _chosen(given["sign_in"]["apps"], app, problems)
    problems.raise_for(f'client files of "{environment}"')
    return ClientSettings(
        environment=environment,
        sign_in=_sign_in(given["sign_in"], chosen or ""),
        user_files=_bucket(given.get("user_files")),
        user_files_copy=_bucket(given.get("user_files_copy")),
        analytics=AnalyticsStream(**given["analytics"]) if "analytics" in given else None,
        **_site(given),
    )


def failover(settings: ClientSettings, site: object) -> ClientSettings:
    """Return what an app is told of the recovery Region, whose output `client` is `site`; raise an `ArgsError`.

    The users stay those of the primary Region's pools, events are not taken there, and devices register anew.
    """
    problems = Problems()
    given = read_args(ClientSiteArgs, site, LIMITS, problems)
    if not problems and given["region"] == settings.region:
        problems.add("region", given["region"], f"another Region than {settings.region}", "deploy the stack again")
    problems.raise_for(f'failover files of "{settings.environment}"')
    copy = settings.user_files_copy
    near = copy if copy is not None and copy.region == given["region"] else None
    return replace(settings, user_files=near, user_files_copy=None, analytics=None, is_failover=True, **_site(given))


def _chosen(apps: Mapping[str, Any], app: str | None, problems: Problems) -> str | None:
    names = ", ".join(sorted(apps))
    if not apps:
        fix = "give identity.clients one of the kind native or web"
        problems.extend([Problem("sign_in.apps", "none", "an app client that is no server's", fix)])
    elif app is not None and app not in apps:
        problems.add("sign_in.apps", app, names, "choose one of these")
    elif app is None and len(apps) > 1:
        problems.extend([Problem("sign_in.apps", f"several: {names}", "one for each set of files", "name one")])
    else:
        return app or next(iter(apps))
    return None


def _site(given: Mapping[str, Any]) -> dict[str, Any]:
    push = given.get("push")
    return {
        "region": given["region"],
        "api": Api(**given["api"]) if "api" in given else None,
        "user_data": given.get("user_data", False),
        "push": None if push is None else Push(_sorted(push.get("topics")), push.get("amplify", False)),
    }


def _sign_in(given: Mapping[str, Any], key: str) -> SignIn:
    app = given["apps"][key]
    lists = ("username_attributes", "required_attributes", "verified_attributes", "mfa_factors", "first_factors")
    return SignIn(
        user_pool_id=given["user_pool_id"],
        app=App(
            key=key,
            id=app["id"],
            sign_in_flow=app["sign_in_flow"],
            **{name: tuple(app.get(name, ())) for name in ("callback_urls", "logout_urls", "scopes", "providers")},
        ),
        identity_pool_id=given.get("identity_pool_id"),
        guests=given.get("guests", False),
        hosted_domain=given.get("hosted_domain"),
        **{name: _sorted(given.get(name)) for name in lists},
        password=Password(**given["password"]) if "password" in given else None,
        mfa=given.get("mfa"),
        passkeys=Passkeys(**given["passkeys"]) if "passkeys" in given else None,
        groups=tuple((name, group.get("precedence")) for name, group in sorted(given.get("groups", {}).items())),
    )


def _bucket(given: Mapping[str, Any] | None) -> Bucket | None:
    return None if given is None else Bucket(**given)


def _sorted(names: Any) -> tuple[str, ...]:  # noqa: ANN401 - a list, which was checked, or nothing
    return tuple(sorted(names or ()))
