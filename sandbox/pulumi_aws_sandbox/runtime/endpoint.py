"""moto's AWS behind a URL on this machine: for the server, and for functions of an AWS that is in this process."""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ADDRESS = "127.0.0.1"
_POLL_SECONDS = 0.05


@contextmanager
def listening(port: int = 0) -> Iterator[str]:
    """Answer AWS calls at a URL until the block ends; port 0 picks a free one."""
    from moto.moto_server.werkzeug_app import (  # noqa: PLC0415 - slow to load
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server  # noqa: PLC0415 - as above

    from pulumi_aws_sandbox import gaps  # noqa: PLC0415 - as above
    from pulumi_aws_sandbox.runtime import outbox  # noqa: PLC0415 - as above

    gaps.fill()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((ADDRESS, port))
        listener.listen()
        bound = listener.getsockname()[1]
        app = outbox.readable(DomainDispatcherApplication(create_backend_app))
        server = make_server(
            ADDRESS, bound, app, threaded=True, request_handler=MotoRequestHandler, fd=listener.fileno()
        )
        # The interval is how long the end of the block has to wait.
        thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
        thread.start()
        try:
            yield f"http://{ADDRESS}:{bound}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
