"""Users' data in step across their devices: datasets of keys and values behind the API."""

from .args import DataSyncArgs
from .component import DataSync

__all__ = ["DataSync", "DataSyncArgs"]
