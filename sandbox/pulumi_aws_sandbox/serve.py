"""The sandbox's AWS as a server on this machine, for the plugin and for any AWS client.

`python -m pulumi_aws_sandbox.serve --port N` prints its URL on one line when it is ready and runs until it is asked to
stop. Port 0, the default, picks a free one.
"""

import argparse
import logging
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pulumi_aws_sandbox.aws import no_account

_ADDRESS = "127.0.0.1"


@contextmanager
def serving(port: int = 0) -> Iterator[str]:
    """Hold an empty AWS behind a URL on this machine until the block ends."""
    with no_account(), _listening(port) as url:
        yield url


@contextmanager
def _listening(port: int) -> Iterator[str]:
    from moto.moto_server.werkzeug_app import (  # noqa: PLC0415 - slow to load
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server  # noqa: PLC0415 - as above

    from pulumi_aws_sandbox import gaps  # noqa: PLC0415 - as above

    gaps.fill()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((_ADDRESS, port))
        listening.listen()
        bound = listening.getsockname()[1]
        app = DomainDispatcherApplication(create_backend_app)
        server = make_server(
            _ADDRESS, bound, app, threaded=True, request_handler=MotoRequestHandler, fd=listening.fileno()
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{_ADDRESS}:{bound}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


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
        sys.stderr.write(f"cannot listen on {_ADDRESS}:{options.port}: {error.strerror or error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
