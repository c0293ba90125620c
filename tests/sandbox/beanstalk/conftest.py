"""An empty AWS for each test, and a look at what it leaves behind."""

from sandbox.traceless import clients

__all__ = ["clients"]
