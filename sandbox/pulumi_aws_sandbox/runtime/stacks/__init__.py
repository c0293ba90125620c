"""CloudFormation at work: stacks of the types in `kinds.py`, made by calls to this sandbox's own AWS.

A stack goes on whenever somebody asks about it, as far as it can: what takes time by `runtime.durations` is in progress
until the clock has passed it. Its resources are made with the operator's rights; a role that is given must trust
CloudFormation.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime.current import Current

_REGION = "us-east-1"


@contextmanager
def running(server_url: str | None = None) -> Iterator[None]:
    """Let stacks be made until the block ends, in the AWS at `server_url` or in this process."""
    with _current.holding(Connection(_REGION, server_url)):
        yield


def clients() -> Connection:
    """Return the clients that resources are made with."""
    return _current.require()


_current: Current[Connection] = Current()
"""The AWS of the sandbox that was started last."""
