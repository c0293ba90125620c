"""What belongs to the sandbox that was started last."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Current(Generic[T]):
    """Holds one thing of the sandbox that was started last; when that ends, the thing of the one before."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.held: T | None = None

    @contextmanager
    def holding(self, thing: T) -> Iterator[T]:
        """Hold a thing until the block ends."""
        before, self.held = self.held, thing
        try:
            yield thing
        finally:
            self.held = before

    def require(self) -> T:
        """Return what is held; raise `RuntimeError` where no sandbox has been started."""
        if self.held is None:
            message = "no sandbox is running: start one with aws.in_process or serve.serving"
            raise RuntimeError(message)
        return self.held
