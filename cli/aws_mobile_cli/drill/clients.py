"""The app's users: they call whatever Region the name leads to, remember what was acknowledged, and read it back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from aws_mobile_cli.checks.api_caller import Reply
from aws_mobile_cli.checks.app_user import AppUser
from aws_mobile_cli.checks.check import Clients
from aws_mobile_cli.exits import UsageError
from pulumi_aws_mobile.testing import Recorded, Recording

from .records import Call, Kind, Write
from .world import World

TTL_SECONDS = 60
"""How long a resolver keeps the answer of an alias to an API."""
_RENEW_SECONDS = 30 * 60
"""How long before their end credentials are renewed."""
_CREATED, _OK = 201, 200
_PAGE = 100
_PASSWORD = "Correct-horse-7-battery"  # noqa: S105 - of a user who lives as long as the drill
_SAMPLES = {
    "email": "user@example.com",
    "phone_number": "+15550100",
    "birthdate": "1990-01-01",
    "updated_at": "1",
    "website": "https://example.com",
}
_FLOWS = {"ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"}


@dataclass(slots=True)
class Session:
    """What a user has signed in for: temporary credentials, renewed in time while sign-in answers."""

    renew: Callable[[], Mapping[str, Any]]
    credentials: Mapping[str, Any] = field(default_factory=dict)
    renewals_failed: int = 0

    def at(self, now: float) -> Mapping[str, Any]:
        """Return the credentials; if they end soon, new ones, as long as the user pool's Region gives any."""
        ends = self.credentials["Expiration"].timestamp() if self.credentials else 0.0
        if ends - now < _RENEW_SECONDS:
            try:
                self.credentials = self.renew()
            except (ClientError, BotoCoreError, OSError):
                self.renewals_failed += 1
        return self.credentials

    def forget(self) -> None:
        """Have the next call sign in anew."""
        self.credentials = {}

    def is_over(self, now: float) -> bool:
        """Tell whether the credentials have ended."""
        return bool(self.credentials) and self.credentials["Expiration"].timestamp() <= now


@dataclass(slots=True)
class Device:
    """One user's device, near a Region; it keeps what its resolver answered for the record's TTL."""

    name: str
    near: str
    session: Session
    led_to: str | None = None
    _until: float = 0.0
    _written: int = 0

    def turn(self, world: World, began: float) -> Iterator[Call | Write]:
        """Write a note and read it back; where it was not taken, try to read what is there."""
        now = world.now()
        if now >= self._until:
            self.led_to, self._until = world.resolve(self.near), now + TTL_SECONDS
        self._written += 1
        title = f"{self.name} {self._written:05d}"
        credentials = self.session.at(now)
        reply, said = self._call(world, credentials, "POST", "/notes", {"title": title, "text": "rehearsed"})
        written = reply is not None and reply.status == _CREATED
        yield Call(now - began, self.name, Kind.WRITE, self.led_to, written, said)
        if reply is not None and written and self.led_to is not None:
            yield Write(now - began, title, self.led_to)
            path = f"/notes/{reply.said['id']}"
        else:
            path = "/notes?limit=1"
        reply, said = self._call(world, credentials, "GET", path)
        is_same = not written or (
            reply is not None and isinstance(reply.said, dict) and reply.said.get("title") == title
        )
        good = reply is not None and reply.status == _OK and is_same
        yield Call(now - began, self.name, Kind.READ, self.led_to, good, said)

    def titles(self, world: World) -> list[str]:
        """Return the titles of all of the user's notes, as the name's Region tells them."""
        self.led_to, self._until = world.resolve(self.near), world.now() + TTL_SECONDS
        credentials = self.session.at(world.now())
        titles: list[str] = []
        path: str | None = f"/notes?limit={_PAGE}"
        while path is not None:
            reply, said = self._call(world, credentials, "GET", path)
            if reply is None or reply.status != _OK:
                message = f"the notes cannot be listed: {said}"
                raise LookupError(message)
            titles += [note["title"] for note in reply.said["notes"]]
            following = reply.said.get("next")
            path = f"/notes?limit={_PAGE}&after={following}" if following else None
        return titles

    def _call(
        self, world: World, credentials: Mapping[str, Any], method: str, path: str, body: object = None
    ) -> tuple[Reply | None, str]:
        if self.led_to is None:
            return None, "the name leads nowhere"
        try:
            reply = world.call(self.led_to, credentials or None, method, path, body)
        except (OSError, HTTPException, LookupError) as error:
            return None, type(error).__name__
        return reply, " ".join(filter(None, [str(reply.status), reply.error]))


def sign_in(recording: Recording, clients: Clients) -> Callable[[], Mapping[str, Any]]:
    """Make a user and return what gives them temporary credentials; raise `UsageError` where no app can sign in."""
    for pool in recording.of_type("aws:cognito/userPool:UserPool"):
        for client in recording.of_type("aws:cognito/userPoolClient:UserPoolClient"):
            flows = set(client.inputs.get("explicitAuthFlows") or ())
            signs_in = flows & _FLOWS and not client.inputs.get("generateSecret")
            if client.inputs["userPoolId"] == pool.id and signs_in:
                identity_pool = _identity_pool(recording, client)
                if identity_pool is not None:
                    return _Person(clients, pool, client, identity_pool, flows).credentials
    message = "the stack has no user pool with an app client and an identity pool: no client can sign its calls"
    raise UsageError(message)


class _Person:
    """A user with a password, who signs in as the app's client allows."""

    def __init__(
        self, clients: Clients, pool: Recorded, client: Recorded, identity_pool: Recorded, flows: set[str]
    ) -> None:
        self._cognito = clients("cognito-idp", pool.outputs.get("region"))
        self._identity = clients("cognito-identity", identity_pool.outputs.get("region"))
        self._identity_pool_id = str(identity_pool.id)
        self._pool_id = str(pool.id)
        self._custom = "ALLOW_USER_SRP_AUTH" not in flows
        about = self._cognito.describe_user_pool(UserPoolId=self._pool_id)["UserPool"]
        required = {each["Name"] for each in about["SchemaAttributes"] if each.get("Required")} - {"sub"}
        wanted = required | set(about.get("UsernameAttributes") or ()) | set(about.get("AutoVerifiedAttributes") or ())
        attributes = {name: _SAMPLES.get(name, "sample") for name in sorted(wanted)}
        names = about.get("UsernameAttributes") or []
        username = attributes[names[0]] if names else "user"
        verified = [
            {"Name": f"{name}_verified", "Value": "true"} for name in ("email", "phone_number") if name in attributes
        ]
        self._cognito.admin_create_user(
            UserPoolId=self._pool_id,
            Username=username,
            MessageAction="SUPPRESS",
            UserAttributes=[*({"Name": name, "Value": value} for name, value in attributes.items()), *verified],
        )
        self._cognito.admin_set_user_password(
            UserPoolId=self._pool_id, Username=username, Password=_PASSWORD, Permanent=True
        )
        self._user = AppUser(self._cognito, self._pool_id, str(client.id), username, _PASSWORD)

    def credentials(self) -> Mapping[str, Any]:
        """Sign in and return temporary credentials."""
        tokens = self._user.sign_in(custom=self._custom)
        login = f"cognito-idp.{self._pool_id.split('_')[0]}.amazonaws.com/{self._pool_id}"
        logins = {login: tokens["IdToken"]}
        identity = self._identity.get_id(IdentityPoolId=self._identity_pool_id, Logins=logins)["IdentityId"]
        return self._identity.get_credentials_for_identity(IdentityId=identity, Logins=logins)["Credentials"]


def _identity_pool(recording: Recording, client: Recorded) -> Recorded | None:
    for each in recording.of_type("aws:cognito/identityPool:IdentityPool"):
        providers = each.inputs.get("cognitoIdentityProviders") or []
        if any(provider["clientId"] == client.id for provider in providers):
            return each
    return None
