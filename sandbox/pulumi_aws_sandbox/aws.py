"""Ways to reach the sandbox's AWS, none of which can reach the real one.

Credentials are dummies given in code, no configuration file or profile is read, and the only endpoints are this process
and a server on this machine. boto3 and moto are imported when the first client is made.
"""

import ipaddress
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from pulumi_aws_sandbox.connection import ACCOUNT, DUMMY, PARTITION, Connection
from pulumi_aws_sandbox.errors import SandboxError

__all__ = ["ACCOUNT", "PARTITION", "Connection", "aws_refusal", "in_process", "no_account", "server"]

_NO_ACCOUNT = {
    "AWS_ACCESS_KEY_ID": DUMMY,
    "AWS_SECRET_ACCESS_KEY": DUMMY,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def in_process(region: str) -> Iterator[Connection]:
    """Hold an empty AWS in this process; nothing is left of it afterwards."""
    with no_account():
        from moto import mock_aws  # noqa: PLC0415 - a preview must not pay for it

        from pulumi_aws_sandbox import gaps  # noqa: PLC0415 - a preview must not pay for it
        from pulumi_aws_sandbox.runtime import (  # noqa: PLC0415 - as above
            beanstalk,
            clock,
            durations,
            functions,
            gateway,
            outbox,
            regions,
            stacks,
        )
        from pulumi_aws_sandbox.runtime.access import uses  # noqa: PLC0415 - as above

        gaps.fill()
        outbox.clear()
        clock.reset()
        durations.reset()
        regions.reset()
        with mock_aws(), functions.running(), beanstalk.running(), gateway.running(), stacks.running():
            try:
                yield Connection(region, None)
            finally:
                uses.keep_roles()


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


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
