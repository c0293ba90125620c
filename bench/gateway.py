"""`python -m bench.gateway --project DIR --stack NAME`: call a deployed core API through API Gateway and past it.

Prints how long each call took. The client signs before its watch starts and keeps its connections, so what is measured
is what the servers take.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from aws_mobile_cli.checks.app_user import AppUser
from aws_mobile_cli.project import open_project
from pulumi_aws_mobile.testing import Recorded, Recording
from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import beanstalk, gateway

from .calls import BALANCER, GATEWAY, PROCESS, TOKEN
from .errors import BenchError

_STAGE, _ENVIRONMENT = "aws:apigateway/stage:Stage", "aws:elasticbeanstalk/environment:Environment"
_USER = {"email": "user@example.com", "phone_number": "+15550100"}
_PASSWORD = "Correct-horse-7-battery"  # noqa: S105 - of a user who lives as long as the measurement
_TIMEOUT_SECONDS = 35
_FOUND = 200
_WARMING_ROUNDS = 50
"""Rounds that do not count: servers, connections and caches begin in them."""


def main() -> int:
    """Deploy, call, and print what `bench.calls.Calls` holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--project", type=Path, required=True)
    parser.add_argument("--stack", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    options = parser.parse_args()
    missing = beanstalk.missing()
    if missing:
        json.dump({"seconds": {}, "missing": f"{', '.join(missing)} missing; {beanstalk.hint()}"}, sys.stdout)
        return 0
    project = open_project(options.project, options.stack)
    try:
        with in_process(project.region) as clients:
            recording = project.run(DeployMocks(Sandbox(clients)), preview=False)
            json.dump({"seconds": _measure(recording, clients, options.rounds)}, sys.stdout)
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _measure(recording: Recording, clients: Connection, rounds: int) -> dict[str, list[float]]:
    """Call everything in turn, so that load that comes and goes falls on all."""
    with _open_paths(recording, clients) as paths:
        seconds: dict[str, list[float]] = {name: [] for name in paths}
        for round_ in range(_WARMING_ROUNDS + rounds):
            for name, path in paths.items():
                took = path.call()
                if round_ >= _WARMING_ROUNDS:
                    seconds[name].append(took)
        return seconds


@contextmanager
def _open_paths(recording: Recording, clients: Connection) -> "Iterator[Mapping[str, _Path]]":
    region = recording.only("aws:cognito/userPool:UserPool").outputs["region"]
    stage, environment = (_in_region(recording, type_, region) for type_ in (_STAGE, _ENVIRONMENT))
    url = gateway.local_url(stage.outputs["invokeUrl"])
    beanstalk.wake(str(environment.id))
    instance = beanstalk.health(str(environment.id)).instances[0]
    signature = _Signature(_credentials(recording, clients), stage.outputs["region"])
    paths = {
        PROCESS: _Path("GET", f"http://127.0.0.1:{instance.port}/about"),
        BALANCER: _Path("GET", f"{beanstalk.balancer_url(environment.outputs['loadBalancers'][0])}/about"),
        GATEWAY: _Path("GET", f"{url}/about", signature),
        TOKEN: _Path("POST", f"{url}/token", signature),
    }
    try:
        yield paths
    finally:
        for path in paths.values():
            path.connection.close()


def _in_region(recording: Recording, type_: str, region: str) -> Recorded:
    """Return what stands in the primary Region: the recovery Region may have its like."""
    return next(found for found in recording.of_type(type_) if found.outputs["region"] == region)


@dataclass(frozen=True, slots=True)
class _Signature:
    credentials: Credentials
    region: str

    def headers(self, method: str, url: str) -> dict[str, str]:
        """Return the headers of a call that is signed now."""
        request = AWSRequest(method, url, data=b"")
        SigV4Auth(self.credentials, "execute-api", self.region).add_auth(request)
        return dict(request.headers.items())


class _Path:
    """One way to call, over a connection that stays open where the server lets it."""

    def __init__(self, method: str, url: str, signature: _Signature | None = None) -> None:
        self._method = method
        self._url = url
        self._signature = signature
        self.connection = HTTPConnection(urlsplit(url).netloc, timeout=_TIMEOUT_SECONDS)

    def call(self) -> float:
        """Call once and return how many seconds it took; raise `BenchError` for any answer but 200."""
        headers = self._signature.headers(self._method, self._url) if self._signature else {}
        path = urlsplit(self._url).path
        started = time.perf_counter()
        self.connection.request(self._method, path, headers=headers)
        answer = self.connection.getresponse()
        said = answer.read()
        took = time.perf_counter() - started
        if answer.status != _FOUND:
            message = f"{self._method} {self._url}: {answer.status} {said.decode(errors='replace')}"
            raise BenchError(message)
        return took


def _credentials(recording: Recording, clients: Connection) -> Credentials:
    """Return the temporary credentials of a user who has signed in."""
    identity_pool = recording.only("aws:cognito/identityPool:IdentityPool")
    pool = recording.only("aws:cognito/userPool:UserPool")
    client = _client(recording, identity_pool)
    cognito = clients("cognito-idp", pool.outputs["region"])
    cognito.admin_create_user(
        UserPoolId=pool.id,
        Username=_USER["email"],
        UserAttributes=[{"Name": name, "Value": value} for name, value in _USER.items()],
        MessageAction="SUPPRESS",
    )
    cognito.admin_set_user_password(UserPoolId=pool.id, Username=_USER["email"], Password=_PASSWORD, Permanent=True)
    user = AppUser(cognito, str(pool.id), str(client.id), _USER["email"], _PASSWORD)
    logins = {f"cognito-idp.{pool.outputs['region']}.amazonaws.com/{pool.id}": user.sign_in()["IdToken"]}
    federated = clients("cognito-identity", identity_pool.outputs["region"])
    identity = federated.get_id(IdentityPoolId=identity_pool.id, Logins=logins)["IdentityId"]
    given: Mapping[str, Any] = federated.get_credentials_for_identity(IdentityId=identity, Logins=logins)["Credentials"]
    return Credentials(given["AccessKeyId"], given["SecretKey"], given["SessionToken"])


def _client(recording: Recording, identity_pool: Recorded) -> Recorded:
    """Return the app client that signs in by password and whose tokens the identity pool takes."""
    taken = {provider["clientId"] for provider in identity_pool.inputs["cognitoIdentityProviders"]}
    return next(
        client
        for client in recording.of_type("aws:cognito/userPoolClient:UserPoolClient")
        if client.id in taken and "ALLOW_USER_SRP_AUTH" in client.inputs["explicitAuthFlows"]
    )


if __name__ == "__main__":
    sys.exit(main())
