"""What a simulated Region holds."""

from dataclasses import dataclass, field


@dataclass
class SimulatedDatabase:
    """A database, with the writes that it holds."""

    site: str
    identifier: str
    source: str | None
    groups: tuple[str, ...]
    writes: list[int] = field(default_factory=list)
    status: str = "available"
    busy_until: int = 0
    promoting: bool = False
    retention: int = 7
    was_replica_of: str | None = None

    def is_heir_of(self, database: "SimulatedDatabase") -> bool:
        """Tell whether it is, or is becoming, a database of its own made from another."""
        return self.was_replica_of == database.identifier and (self.promoting or self.source is None)

    @property
    def endpoint(self) -> str:
        """Where servers find it."""
        return f"{self.identifier}.{self.site}.example.com"

    @property
    def is_fenced(self) -> bool:
        """Whether servers are kept out."""
        return any(group.startswith("sg-fence") for group in self.groups)


@dataclass
class SimulatedEnvironment:
    """An environment."""

    hostname: str
    min: int
    max: int
    status: str = "Ready"
    busy_until: int = 0
    wanted: tuple[int, int, str] | None = None


@dataclass
class SimulatedStack:
    """A stack."""

    run: str
    token: str
    status: str = "CREATE_IN_PROGRESS"
    busy_until: int = 0
    database: str | None = None
