"""An empty AWS for a test, and a look at what it leaves behind: a fixture for folders whose tests start processes."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.connection import Connection

_PATIENCE = 50
"""Tenths of a second in which a process that was told to end has to be gone: on a busy machine none is at once."""


def _processes(place: Path) -> list[str]:
    found = subprocess.run(["/bin/ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in found.splitlines() if str(place) in line]


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Give an empty AWS, and find nothing left of it: no process and no file."""
    # pytest's own folder is made when it is first asked for, and not to be found below.
    tmp_path_factory.getbasetemp()
    # Its own, because other tests run at the same time; a short name, because that of a socket may not be long.
    place = Path(tempfile.mkdtemp(prefix="t"))
    place.chmod(0o711)
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    try:
        with in_process("eu-west-1") as connection:
            yield connection
        for _ in range(_PATIENCE):
            if not _processes(place):
                break
            time.sleep(0.1)
        assert _processes(place) == []
        assert list(place.iterdir()) == []
    finally:
        shutil.rmtree(place)
