"""A user's data in step across their devices: the reference client of the data sync protocol.

Open a manager, then datasets by name; read and change records at any time, offline too; call `synchronize` whenever it
suits the app. What the clients in other languages do is what this one does.
"""

from .dataset import Dataset
from .errors import InvalidError, NoAnswerError, RefusedError, SyncBusyError, SyncError, UnavailableError
from .handlers import LOCAL, REMOTE, Conflict, Handler, LocalChange, last_writer, local, remote
from .manager import Options, SyncManager
from .protocol import Answer, DatasetInfo, RemoteRecord, Request, Transport
from .store import SqliteStore
from .synchronization import Outcome

__all__ = [
    "LOCAL",
    "REMOTE",
    "Answer",
    "Conflict",
    "Dataset",
    "DatasetInfo",
    "Handler",
    "InvalidError",
    "LocalChange",
    "NoAnswerError",
    "Options",
    "Outcome",
    "RefusedError",
    "RemoteRecord",
    "Request",
    "SqliteStore",
    "SyncBusyError",
    "SyncError",
    "SyncManager",
    "Transport",
    "UnavailableError",
    "last_writer",
    "local",
    "remote",
]
