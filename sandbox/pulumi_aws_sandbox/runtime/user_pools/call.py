"""One request to a user pool, and how moto's responses hand it over."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from pulumi_aws_sandbox.runtime.user_pools import directory
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse_parameter
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, User


@dataclass(frozen=True, slots=True)
class Call:
    """The parameters of a request."""

    parameters: Json

    def given(self, name: str) -> str | None:
        """Return a parameter that may be absent."""
        return self.parameters.get(name)

    def text(self, name: str) -> str:
        """Return a parameter, or refuse the request without it."""
        value = self.parameters.get(name)
        if not value:
            refuse_parameter(f"Missing required parameter {name}")
        return value

    def table(self, name: str) -> Json:
        """Return a parameter that is a map; an empty one if absent."""
        return self.parameters.get(name) or {}

    def metadata(self) -> Json:
        """Return the caller's metadata for triggers."""
        return self.table("ClientMetadata")

    def pool(self) -> Pool:
        """Return the pool that an administrator's request names."""
        return directory.require_pool(self.text("UserPoolId"))

    def pool_and_user(self) -> tuple[Pool, User]:
        """Return the pool and the user that an administrator's request names."""
        pool = self.pool()
        return pool, directory.require_user(pool, self.text("Username"))

    def client(self) -> tuple[Pool, Client]:
        """Return the pool and the client of a client's request, with its secret proven."""
        pool, client = directory.require_client(self.text("ClientId"))
        directory.check_secret(client, self.text("Username"), self.given("SecretHash"))
        return pool, client


# moto's CognitoIdpResponse and what its methods return.
Response: TypeAlias = Any
ActionResult: TypeAlias = Any
Operation = Callable[[Call], Json]


def answered_by(operation: Operation) -> Callable[[Response], ActionResult]:
    """Return a method of moto's responses that gives a request to an operation."""

    def method(self: Response) -> ActionResult:
        from moto.core.responses import ActionResult as Result  # noqa: PLC0415 - moto loads only when deploying

        return Result(operation(Call(self.parameters)))

    return method
