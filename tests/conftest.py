"""What every test gets: AWS out of reach, a cache of its own, and hypothesis without deadlines on shared machines.

Where several processes run them, tests that share something stay together.
"""

import asyncio
import os
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer

from tests.processes import Sharing, longest_first

settings.register_profile(
    "project",
    deadline=None,  # a test never asserts a time
    derandomize=bool(os.environ.get("CI")),
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")


@pytest.hookimpl(optionalhook=True)  # there is none without xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing | None:
    """Say which tests run in one process, unless somebody asks for another way than the usual ones."""
    return Sharing(config, log) if config.getvalue("dist") in {"load", "loadgroup"} else None


@pytest.hookimpl(trylast=True)  # after the tests were put into their random order
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have what takes longest run first."""
    items[:] = longest_first(items)


@pytest.fixture(autouse=True)
def _no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away everything by which a test could reach a real account."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "PULUMI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)


@pytest.fixture(scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def _own_cache(_cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep bundles, and what is remembered of documents, out of the user's own cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", _cache)


@pytest.fixture(autouse=True)
def _own_event_loop() -> Iterator[None]:
    """Give each test an event loop, which an output made outside a program needs, and leave none behind."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    with suppress(RuntimeError):  # a program that ran meanwhile leaves none, and an output made after it a new one
        _close(asyncio.get_event_loop())
    asyncio.set_event_loop(None)
    _close(loop)


def _close(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel what waits in the loop, which would otherwise be said of the next test, and close it."""
    if loop.is_closed():
        return
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    if waiting:
        loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))
    loop.close()
