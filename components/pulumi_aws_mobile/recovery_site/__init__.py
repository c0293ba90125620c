"""What answers in the recovery Region: servers and an API for the users of the primary one."""

from .args import RecoverySiteArgs
from .component import RecoverySite
from .settings import resolve

__all__ = ["RecoverySite", "RecoverySiteArgs", "resolve"]
