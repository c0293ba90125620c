"""What a plugin raises besides the sandbox's own errors."""

from pulumi.runtime.proto import provider_pb2


class ConfigurationError(Exception):
    """The provider cannot work with this configuration."""


class CancelledError(Exception):
    """The engine has cancelled the update."""


class HalfWayError(Exception):
    """AWS stopped a change half-way; the resource exists."""

    def __init__(self, reason: str, now: provider_pb2.ErrorResourceInitFailed) -> None:
        """Say why and what the resource is now."""
        super().__init__(reason)
        self.now = now
