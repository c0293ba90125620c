"""Ways to reach the sandbox's AWS, none of which can reach the real one.

Credentials are dummies given in code, no configuration file or profile is read, and the only endpoints are this process
and a server on this machine. boto3 and moto are imported when the first client is made.
"""

import ipaddress
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from pulumi_aws_sandbox.errors import SandboxError

ACCOUNT = "123456789012"
PARTITION = "aws"
_DUMMY = "sandbox"
_NO_ACCOUNT = {
    "AWS_ACCESS_KEY_ID": _DUMMY,
    "AWS_SECRET_ACCESS_KEY": _DUMMY,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


class Connection:
    """Gives the boto3 clients of one sandboxed AWS."""

    account = ACCOUNT
    partition = PARTITION

    def __init__(self, region: str, endpoint_url: str | None, credentials: tuple[str, str, str] | None = None) -> None:
        """Work in `region` by default; call `endpoint_url`, or this process if there is none.

        Credentials are a key, its secret and its session token; without any it is the account's own.
        """
        self.region = region
        self._endpoint_url = endpoint_url
        self._credentials = credentials or (_DUMMY, _DUMMY, None)
        self._clients: dict[tuple[str, str], Any] = {}
        self._session: Any = None
        self._lock = threading.RLock()

    def __call__(self, service: str, region: str | None = None) -> Any:  # noqa: ANN401 - boto3 clients are made at run time
        """Return the client of `service` in `region`."""
        key = (service, region or self.region)
        with self._lock:
            if key not in self._clients:
                self._clients[key] = self._make(*key)
            return self._clients[key]

    @property
    def in_process(self) -> bool:
        """Whether its AWS is in this process."""
        return self._endpoint_url is None

    def signed_by(self, access_key: str, secret_key: str, session_token: str) -> "Connection":
        """Return a connection to the same AWS for whoever holds these credentials."""
        return Connection(self.region, self._endpoint_url, (access_key, secret_key, session_token))

    def _make(self, service: str, region: str) -> Any:  # noqa: ANN401 - boto3 clients are made at run time
        import boto3  # noqa: PLC0415 - a preview must not pay for it
        import botocore.session  # noqa: PLC0415 - a preview must not pay for it
        from botocore.config import Config  # noqa: PLC0415 - a preview must not pay for it

        if self._session is None:
            # Without these a profile or an endpoint of the user's own would be read.
            nowhere = (None, None, "/dev/null", None)
            settings = {"profile": (None, None, None, None), "config_file": nowhere, "credentials_file": nowhere}
            core = botocore.session.Session(session_vars=settings)
            # Reading the service models is most of what the first clients cost: every connection shares them.
            core.register_component("data_loader", _models())
            self._session = boto3.Session(*self._credentials, botocore_session=core)
        options: dict[str, Any] = {
            "retries": {"total_max_attempts": 1},
            "s3": {"addressing_style": "path"},
            "ignore_configured_endpoint_urls": True,
            "proxies": {},
        }
        make: Any = self._session.client
        client = make(service, region_name=region, endpoint_url=self._endpoint_url, config=Config(**options))
        if self._endpoint_url is None:
            # moto answers before anything is sent; what it does not know must not get further.
            client._endpoint.http_session = _NoNetwork()  # noqa: SLF001 - botocore offers no public way
        return client


@contextmanager
def in_process(region: str) -> Iterator[Connection]:
    """Hold an empty AWS in this process; nothing is left of it afterwards."""
    with no_account():
        from moto import mock_aws  # noqa: PLC0415 - a preview must not pay for it

        from pulumi_aws_sandbox import gaps  # noqa: PLC0415 - a preview must not pay for it
        from pulumi_aws_sandbox.runtime import clock, functions, outbox  # noqa: PLC0415 - as above

        gaps.fill()
        outbox.clear()
        clock.reset()
        with mock_aws(), functions.running():
            yield Connection(region, None)


@contextmanager
def no_account() -> Iterator[None]:
    """Hide the user's account: moto itself uses boto3, which would look for one, and fail on a profile it lacks."""
    before = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    for name in before:
        del os.environ[name]
    os.environ.update(_NO_ACCOUNT)
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        os.environ.update(before)


def server(endpoint_url: str, region: str) -> Connection:
    """Reach a sandbox server on this machine; raise `ValueError` for any other address."""
    host = urlsplit(endpoint_url).hostname or ""
    if not _is_loopback(host):
        message = f'the sandbox only runs on this machine: got the address "{endpoint_url}"; use http://127.0.0.1:PORT'
        raise ValueError(message)
    return Connection(region, endpoint_url)


@contextmanager
def aws_refusal(token: str, name: str) -> Iterator[None]:
    """Turn an error of an AWS client into a `SandboxError` that names the resource."""
    try:
        yield
    except NotImplementedError as error:
        raise SandboxError(token, name, "the call", "NotImplemented", str(error)) from error
    except Exception as error:
        errors = sys.modules.get("botocore.exceptions")
        if errors is not None and isinstance(error, errors.ClientError):
            about = error.response.get("Error", {})
            raise SandboxError(
                token, name, error.operation_name, about.get("Code", "Unknown"), about.get("Message", str(error))
            ) from error
        if errors is not None and isinstance(error, errors.BotoCoreError):
            raise SandboxError(token, name, "the call", type(error).__name__, str(error)) from error
        error.add_note(f'while working on {token} "{name}"')
        raise


class _NoNetwork:
    """Stands where botocore keeps its HTTP session, and sends nothing."""

    def send(self, request: Any) -> None:  # noqa: ANN401 - botocore's prepared request
        """Refuse to send."""
        message = f"the sandbox has no such service and never calls out: {request.method} {request.url}"
        raise NotImplementedError(message)

    def close(self) -> None:
        """Hold nothing that needs closing."""


@cache
def _models() -> Any:  # noqa: ANN401 - botocore's loader
    from botocore.loaders import create_loader  # noqa: PLC0415 - a preview must not pay for it

    return create_loader()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
