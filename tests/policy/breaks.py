"""The shape of the tables that break rules."""

from dataclasses import dataclass

from policy.guard_stack import Change


@dataclass(frozen=True)
class Break:
    """A change to the compliant stack that exactly one rule objects to."""

    rule: str
    what: str
    change: Change
    about: str
    """The resource that the finding names."""
    message: str = ""
    also: tuple[str, ...] = ()
    """Rules that the change cannot help breaking too."""

    def __str__(self) -> str:
        return f"{self.rule}: {self.what}"
