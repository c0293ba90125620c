"""What the sandbox raises when AWS refuses or when something is not supported."""


class SandboxError(Exception):
    """AWS refused an operation on a resource."""

    def __init__(self, token: str, name: str, operation: str, code: str, reason: str) -> None:
        """Say which resource, which AWS operation and why."""
        self.token = token
        self.name = name
        self.operation = operation
        self.code = code
        self.reason = reason
        resource = f'{token} "{name}"' if name else token
        super().__init__(f"{resource}: AWS refused {operation}: {code}: {reason}")


class UnsupportedError(Exception):
    """The sandbox has no handler for a resource type or a function."""
