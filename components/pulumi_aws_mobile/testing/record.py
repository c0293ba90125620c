"""Runs a program to its end, with an event loop of its own."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, cast

import pulumi
from pulumi.runtime import mocks as pulumi_mocks
from pulumi.runtime import resource as sdk
from pulumi.runtime.settings import SETTINGS, reset_options
from pulumi.runtime.stack import run_in_stack

from .monitor import PlainMocks, RecordingMonitor
from .recording import Recorded, Recording

_QUIET_TURNS = 50
"""After so many turns of the loop without progress, waiting is left to Pulumi."""


def record(  # noqa: PLR0913 - each is independent and has a default
    program: Callable[[], object],
    *,
    mocks: pulumi_mocks.Mocks | None = None,
    preview: bool = False,
    project: str = "project",
    stack: str = "stack",
    config: Mapping[str, str] | None = None,
    secret_keys: list[str] | None = None,
    on_resource: Callable[[Recorded], None] | None = None,
) -> Recording:
    """Run `program` to its end and return what it registered; raise what it raised.

    Each call has its own event loop and leaves no Pulumi state behind. `config` is the stack's configuration, as
    `{"project:key": "text or JSON"}`. With `preview=True` ids and outputs stay unknown, as in `pulumi preview`.
    """
    monitor = RecordingMonitor(mocks or PlainMocks(), preview=preview, on_resource=on_resource)
    loop = asyncio.new_event_loop()
    loop.set_default_executor(_InlineExecutor())
    loop.set_exception_handler(_ignore)
    asyncio.set_event_loop(loop)
    try:
        reset_options()
        pulumi.runtime.set_all_config(dict(config or {}), secret_keys or [])
        settings = pulumi_mocks.MockSettings(
            monitor=monitor,
            monitor_features=set(monitor.GetDeploymentInfo(None).supportedFeatures),
            engine=pulumi_mocks.MockEngine(None),
            project=project,
            stack=stack,
            dry_run=preview,
            organization="organization",
            root_directory=".",
            callbacks=None,
        )
        pulumi_mocks.configure(settings)
        # Nobody asks a recording for stack traces, for which the SDK reads the source of every frame.
        no_traces = _replaced(sdk, "_get_stack_trace", sdk.source_pb2.StackTrace)
        with no_traces, _replaced(pulumi_mocks, "_sync_await", _finished):
            loop.run_until_complete(run_in_stack(lambda: _settled(program)))
    finally:
        _close(loop)
        reset_options()
        pulumi.runtime.set_all_config({}, [])
    return monitor.recording


@contextmanager
def _replaced(module: object, name: str, by: object) -> Iterator[None]:
    """Put something in the place of a name of the SDK's, where the SDK has it, for as long as a program runs."""
    before = getattr(module, name, None)
    if before is not None:
        setattr(module, name, by)
    try:
        yield
    finally:
        if before is not None:
            setattr(module, name, before)


def _finished(awaitable: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever it returns
    """Return what a coroutine comes to that waits for nothing; the mocks write their answers down with it.

    They would turn the loop meanwhile, and register the next resource within the registration of this one, and so on: a
    program of some hundred resources would reach the interpreter's deepest recursion.
    """
    try:
        awaitable.send(None)
    except StopIteration as end:
        return end.value
    awaitable.close()
    message = "the mocks answered with what is not there yet: outputs and futures have no place in an answer"
    raise TypeError(message)


class _InlineExecutor(ThreadPoolExecutor):
    """Runs the SDK's calls to the monitor where they are made: they do not block, and a thread each costs time."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":  # noqa: ANN401 - the signature of Executor
        """Run `fn` now and return its result as a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whoever awaits the future gets it; an interrupt is nobody's to keep
            future.set_exception(error)
        return future


def _ignore(_: asyncio.AbstractEventLoop, __: dict[str, Any]) -> None:
    """Keep quiet about outputs that failed with the program: its own error is raised, once."""


async def _settled(program: Callable[[], object]) -> None:
    """Run the program, drop what it returns, and go on until its outputs have settled.

    Pulumi waits by going through every open output each time that one of them is done. Here nothing blocks, so a few
    turns of the loop are enough for all of them.
    """
    program()
    waiting = cast("set[asyncio.Task[Any]]", SETTINGS.outputs)
    quiet = 0
    while waiting and quiet < _QUIET_TURNS:
        before = len(waiting)
        await asyncio.sleep(0)
        quiet = quiet + 1 if len(waiting) >= before else 0


def _close(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_until_complete(_give_up(asyncio.all_tasks(loop)))
    loop.run_until_complete(loop.shutdown_asyncgens())
    asyncio.set_event_loop(None)
    loop.close()


async def _give_up(tasks: "set[asyncio.Task[Any]]") -> None:
    """Cancel what is left of a program that failed; what waits for its own kind is cancelled turn after turn.

    Nobody waits for the rest: outputs that depend on each other in a ring of cancelled tasks never end.
    """
    for _ in range(_QUIET_TURNS):
        left = [task for task in tasks if not task.done()]
        if not left:
            break
        for task in left:
            task.cancel()
        await asyncio.sleep(0)
    for task in tasks:
        if task.done() and not task.cancelled():
            task.exception()
