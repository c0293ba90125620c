"""A device that dies while the guest signs in has brought along everything or nothing."""

from pathlib import Path

import pytest

from aws_mobile_clients.data_sync import SqliteStore, SyncManager

from .model_server import ModelServer
from .recording import GUEST, USER
from .world import DATASETS, CrashError, CrashingStore, World


@pytest.mark.parametrize("halves", range(6))
def test_a_sign_in_is_whole_or_not_at_all(halves: int, tmp_path: Path) -> None:
    model = ModelServer()
    transport = World(model, model=model).phone("unused", GUEST)
    store = CrashingStore(tmp_path / "store.sqlite")
    manager = SyncManager(store, transport, GUEST)
    for name in DATASETS:
        manager.open(name).put("a", "1")
    store.crash_after(halves)
    try:
        manager.use_identity(USER)
    except CrashError:
        store.close()
    again = SqliteStore(tmp_path / "store.sqlite")
    held = [len(again.datasets(identity)) for identity in (GUEST, USER)]
    assert held == ([2, 0] if halves == 0 else [0, 2])
