"""The files of an app's users: each user's own, those they show to others, and those for everyone."""

from .args import UserFilesArgs, UserFilesReplicationArgs
from .component import UserFiles

__all__ = ["UserFiles", "UserFilesArgs", "UserFilesReplicationArgs"]
