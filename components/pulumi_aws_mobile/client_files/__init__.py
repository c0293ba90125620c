"""The files by which apps find a deployment: every format that Amplify's clients load. Pure: JSON in, texts out."""

from .files import FAILOVER, FILES, OWN_FILE, files, notes
from .settings import ClientSettings, failover, resolve
from .words import MARK

__all__ = ["FAILOVER", "FILES", "MARK", "OWN_FILE", "ClientSettings", "failover", "files", "notes", "resolve"]
