"""Serves a provider to the engine over gRPC: the port on standard output, errors as statuses, an orderly end."""

import os
import re
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from google.protobuf import any_pb2, message_factory
from google.protobuf.message import Message
from pulumi.runtime.proto import provider_pb2, status_pb2

from pulumi_aws_sandbox.errors import SandboxError, UnsupportedError
from pulumi_aws_sandbox.plugin.errors import CancelledError, ConfigurationError, HalfWayError
from pulumi_aws_sandbox.plugin.provider import Provider

_SERVICE = provider_pb2.DESCRIPTOR.services_by_name["ResourceProvider"]
_DETAILS = "grpc-status-details-bin"
# What Pulumi's own plugins allow: templates and policies can be large.
_LARGEST_MESSAGE = 400 * 1024 * 1024
# The engine asks for up to 4 operations per core at once.
_THREADS = 16
_GRACE_SECONDS = 60
_PARENT_CHECK_SECONDS = 1

# The engine takes the state of a resource as known under these codes and as lost under UNKNOWN and INTERNAL.
_CODES: tuple[tuple[type[Exception], grpc.StatusCode], ...] = (
    (SandboxError, grpc.StatusCode.FAILED_PRECONDITION),
    (UnsupportedError, grpc.StatusCode.INVALID_ARGUMENT),
    (ConfigurationError, grpc.StatusCode.INVALID_ARGUMENT),
    (CancelledError, grpc.StatusCode.CANCELLED),
)


def start(provider: Provider) -> tuple[grpc.Server, int]:
    """Serve `provider` on a free port of this machine; return the server and the port."""
    server = grpc.server(
        ThreadPoolExecutor(_THREADS),
        options=[
            ("grpc.max_receive_message_length", _LARGEST_MESSAGE),
            ("grpc.max_send_message_length", _LARGEST_MESSAGE),
        ],
    )
    handlers = {
        method.name: grpc.unary_unary_rpc_method_handler(
            _answering(getattr(provider, _python_name(method.name))),
            request_deserializer=message_factory.GetMessageClass(method.input_type).FromString,
            response_serializer=message_factory.GetMessageClass(method.output_type).SerializeToString,
        )
        for method in _SERVICE.methods
        if hasattr(provider, _python_name(method.name))
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(_SERVICE.full_name, handlers),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def run(provider: Provider) -> None:
    """Serve `provider` until the engine ends this process or is gone itself."""
    ended = threading.Event()
    # The engine ends its plugins with SIGINT; one from the terminal does not reach them, they are no part of its group.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    parent = os.getppid()
    server, port = start(provider)
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    while not ended.wait(_PARENT_CHECK_SECONDS) and os.getppid() == parent:
        pass
    server.stop(_GRACE_SECONDS).wait()


def _answering(method: Callable[[Any], Message]) -> Callable[[Any, grpc.ServicerContext], Message]:
    """Turn what `method` raises into a gRPC status."""

    def answer(request: Any, context: grpc.ServicerContext) -> Message:  # noqa: ANN401 - the method's own request
        try:
            return method(request)
        except HalfWayError as error:
            code, message = grpc.StatusCode.UNKNOWN, str(error)
            detail = any_pb2.Any()
            detail.Pack(error.now)
            status = status_pb2.Status(code=code.value[0], message=message, details=[detail])
            context.set_trailing_metadata(((_DETAILS, status.SerializeToString()),))
        except Exception as error:  # noqa: BLE001 - anything else is this plugin's mistake, and the engine must hear of it
            code, message = _code(error), str(error)
            if code is grpc.StatusCode.INTERNAL:
                traceback.print_exception(error)
                notes = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
                message = f"the sandbox failed: {type(error).__name__}: {error}{notes}"
        return context.abort(code, message)

    return answer


def _code(error: Exception) -> grpc.StatusCode:
    return next((code for kind, code in _CODES if isinstance(error, kind)), grpc.StatusCode.INTERNAL)


def _python_name(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
