"""What an execution environment is made of, and what comes of an event."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Plan:
    """What an execution environment is made of; environments of equal plans can stand in for each other."""

    name: str
    version: str
    arn: str
    region: str
    runtime: str
    handler: str
    timeout_seconds: int
    memory_mib: int
    role_arn: str
    log_group: str
    log_format: str
    log_level: str
    system_log_level: str
    environment: tuple[tuple[str, str], ...]
    code: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one event."""

    payload: bytes
    failed: bool
    finished: bool
    """Whether the function came to its own end, well or not."""
    log: str
    """What the function wrote meanwhile."""
    milliseconds: float
    """How long it took, without the start of the environment."""
