"""Execution environments: warm, one event at a time, and ended with the sandbox, however it ends."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sandbox.functions.conftest import Deploy
from sandbox.situations.lambda_ import archive, function
from sandbox.situations.world import World

from pulumi_aws_sandbox import aws
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import clock, functions

COUNT = """
    import os
    calls = []
    def handle(event, context):
        calls.append(event)
        return [os.getpid(), len(calls)]
"""
BUSY = """
from pathlib import Path
import os, time
def handle(event, context):
    Path(event).write_text(str(os.getpid()))
    time.sleep(600)
"""
# Answers once as many of them are under way as the event says.
MEET = """
    import os, time
    from pathlib import Path
    def handle(event, context):
        folder = Path(event["folder"])
        (folder / str(os.getpid())).touch()
        while len(list(folder.iterdir())) < event["count"]:
            time.sleep(0.01)
        return os.getpid()
"""


def _until(holds: Callable[[], bool]) -> None:
    """Wait, for a machine that is slow, until something holds."""
    for _ in range(2000):
        if holds():
            return
        time.sleep(0.01)
    pytest.fail("it never came to hold")


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_the_next_event_finds_the_environment_warm(deploy: Deploy) -> None:
    function = deploy(COUNT)
    (first, one), (second, two) = function(), function()
    assert (first, one, two) == (second, 1, 2)


def test_two_events_at_once_have_two_environments(deploy: Deploy, tmp_path: Path) -> None:
    function = deploy(MEET, timeout=60)
    event = {"folder": str(tmp_path), "count": 2}
    with ThreadPoolExecutor(2) as callers:
        processes = set(callers.map(function, [event, event]))
    assert len(processes) == 2


def test_more_events_at_once_than_are_reserved_are_throttled(deploy: Deploy, tmp_path: Path) -> None:
    function = deploy(MEET, timeout=60, reservedConcurrentExecutions=1)
    event = {"folder": str(tmp_path), "count": 2}
    with ThreadPoolExecutor(1) as callers:
        first = callers.submit(function, event)
        _until(lambda: any(tmp_path.iterdir()))
        assert function.failure(event).error_type == "TooManyRequestsException"
        (tmp_path / "second").touch()
        assert first.result()


def test_a_failing_event_leaves_the_environment_warm(deploy: Deploy) -> None:
    function = deploy("import os\ndef handle(event, context):\n    return os.getpid() if not event else 1 / 0\n")
    process = function()
    function.failure("fail")
    assert function() == process


def test_an_environment_whose_credentials_have_ended_is_replaced(deploy: Deploy) -> None:
    function = deploy(COUNT)
    process, _ = function()
    with clock.later(13 * 3600):
        assert function()[0] != process


def test_functions_end_with_the_sandbox() -> None:
    with aws.in_process("eu-west-1") as clients:
        process, home = _begun(clients)
        assert _runs(process)
    assert not _runs(process)
    assert not home.exists()


def test_functions_end_with_a_sandbox_that_fails() -> None:
    begun: list[tuple[int, Path]] = []

    def program() -> None:
        with aws.in_process("eu-west-1") as clients:
            begun.append(_begun(clients))
            raise KeyError

    with pytest.raises(KeyError):
        program()
    ((process, home),) = begun
    assert not _runs(process)
    assert not home.exists()


def test_a_function_that_is_still_busy_ends_with_the_sandbox(tmp_path: Path) -> None:
    failures: list[functions.FunctionFailedError] = []

    def call(name: str) -> None:
        try:
            functions.invoke("eu-west-1", name, str(tmp_path / "begun"))
        except functions.FunctionFailedError as error:
            failures.append(error)

    with aws.in_process("eu-west-1") as clients:
        world = World(Sandbox(clients))
        name = world.make("aws:lambda/function:Function", function(world, code=archive(BUSY), timeout=900))["name"]
        caller = threading.Thread(target=call, args=(name,))
        caller.start()
        _until(lambda: _written(tmp_path / "begun") != "")
    caller.join()
    assert [error.error_type for error in failures] == ["Runtime.ExitError"]
    assert not _runs(int(_written(tmp_path / "begun")))


_PROGRAM = """
    import sys, time
    sys.path[:0] = {paths!r}
    from sandbox.functions.test_workers import _begun
    from pulumi_aws_sandbox import aws
    with aws.in_process("eu-west-1") as clients:
        print(*_begun(clients), flush=True)
        time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_functions_end_with_a_process_that_is_killed(number: signal.Signals) -> None:
    tests = Path(__file__).parents[2]
    program = textwrap.dedent(_PROGRAM).format(paths=[str(tests.parent), str(tests)])
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        worker, home = process.stdout.readline().split()
        process.send_signal(number)
    _until(lambda: not _runs(int(worker)) and not os.path.exists(home))  # noqa: PTH110 - text as it was printed


def test_a_server_that_is_asked_to_stop_stops_its_busy_functions(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pulumi_aws_sandbox.serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        clients = aws.server(server.stdout.readline().strip(), "eu-west-1")
        world = World(Sandbox(clients))
        name = world.make("aws:lambda/function:Function", function(world, code=archive(BUSY), timeout=900))["name"]
        event = f'"{tmp_path / "begun"}"'.encode()
        clients("lambda").invoke(FunctionName=name, InvocationType="Event", Payload=event)
        _until(lambda: _written(tmp_path / "begun") != "")
        server.send_signal(signal.SIGTERM)
        assert server.wait() == 0
    assert not _runs(int(_written(tmp_path / "begun")))


def _written(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _begun(clients: aws.Connection) -> tuple[int, Path]:
    """Run a function once; return its process and its folder."""
    world = World(Sandbox(clients))
    source = "import os\ndef handle(event, context):\n    return [os.getpid(), os.getcwd()]\n"
    name = world.make("aws:lambda/function:Function", function(world, code=archive(source), timeout=60))["name"]
    process, folder = functions.invoke("eu-west-1", name, None)
    return process, Path(folder).parent


LOADED = """
    import os
    from pathlib import Path
    Path({file!r}).write_text(str(os.getpid()))
    def handle(event, context):
        return os.getpid()
"""


def test_a_warmed_function_has_loaded_its_code_before_its_first_event(deploy: Deploy, tmp_path: Path) -> None:
    function = deploy(LOADED.format(file=str(tmp_path / "loaded")))
    functions.warm("eu-west-1", function.name)
    loaded = int((tmp_path / "loaded").read_text())
    assert function() == loaded


def test_a_function_is_warmed_once(deploy: Deploy, tmp_path: Path) -> None:
    function = deploy(LOADED.format(file=str(tmp_path / "loaded")))
    first = function()
    functions.warm("eu-west-1", function.name)
    assert (function(), int((tmp_path / "loaded").read_text())) == (first, first)


def test_a_warmed_function_that_changes_is_loaded_anew(deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    return 1\n")
    functions.warm("eu-west-1", function.name)
    function.update(code=archive("def handle(event, context):\n    return 2\n"))
    assert function() == 2


def test_whoever_invokes_a_warmed_function_first_is_told_what_is_wrong_with_its_code(deploy: Deploy) -> None:
    function = deploy("raise ValueError('no')")
    functions.warm("eu-west-1", function.name)
    assert (function.failure().error_type, function.failure().message) == ("ValueError", "no")


def test_a_warmed_function_ends_with_its_sandbox(tmp_path: Path) -> None:
    with aws.in_process("eu-west-1") as clients:
        world = World(Sandbox(clients))
        code = archive(textwrap.dedent(LOADED.format(file=str(tmp_path / "loaded"))))
        made = world.make("aws:lambda/function:Function", function(world, code=code))
        functions.warm("eu-west-1", made["name"])
        process = int((tmp_path / "loaded").read_text())
        assert _runs(process)
    assert not _runs(process)
