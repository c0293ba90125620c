"""The sandbox's AWS as a server on this machine, for the plugin and for any AWS client.

`python -m pulumi_aws_sandbox.serve --port N` prints its URL on one line when it is ready and runs until it is asked to
stop. Port 0, the default, picks a free one.
"""

import argparse
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pulumi_aws_sandbox.aws import no_account
from pulumi_aws_sandbox.runtime import (
    beanstalk,
    clock,
    durations,
    endpoint,
    functions,
    gateway,
    outbox,
    regions,
    stacks,
)


@contextmanager
def serving(port: int = 0) -> Iterator[str]:
    """Hold an empty AWS behind a URL on this machine until the block ends."""
    outbox.clear()
    clock.reset()
    durations.reset()
    regions.reset()
    with no_account():
        from moto.core.base_backend import BackendDict  # noqa: PLC0415 - moto looks for an account when it loads

        BackendDict.reset()  # what another server of this process left
    with (
        no_account(),
        endpoint.listening(port) as url,
        functions.running(url),
        beanstalk.running(url),
        gateway.running(),
        stacks.running(url),
    ):
        yield url


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m pulumi_aws_sandbox.serve", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="the port to listen on; 0 picks a free one")
    options = parser.parse_args(arguments)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        with serving(options.port) as url:
            sys.stdout.write(f"{url}\n")
            sys.stdout.flush()
            stop.wait()
    except OSError as error:
        sys.stderr.write(f"cannot listen on {endpoint.ADDRESS}:{options.port}: {error.strerror or error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
