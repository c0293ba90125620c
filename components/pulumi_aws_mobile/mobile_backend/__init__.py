"""The AWS side of a mobile app in one component, feature by feature."""

from .args import MobileBackendArgs
from .component import MobileBackend

__all__ = ["MobileBackend", "MobileBackendArgs"]
