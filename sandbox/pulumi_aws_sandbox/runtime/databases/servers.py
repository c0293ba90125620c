"""The database servers of the sandbox that runs: started when they are asked for."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from pulumi_aws_sandbox.runtime import regions
from pulumi_aws_sandbox.runtime.current import Current
from pulumi_aws_sandbox.runtime.databases import admission, endpoints
from pulumi_aws_sandbox.runtime.databases.endpoints import Copy
from pulumi_aws_sandbox.runtime.databases.keeper import Keeper, LocalDatabase


def local(endpoint_host: str) -> LocalDatabase:
    """Return where the database behind an endpoint of RDS is, and start it if it does not run yet.

    Nobody listens there while its security groups let nobody in, its Region is cut, or it does not serve. Raise
    `UnservedError`, a `LookupError`, where there is none or its engine is not served.
    """
    return _current.require().local(endpoints.behind(endpoint_host))


def reachable(endpoint_host: str, region: str, vpc: str) -> bool:
    """Tell whether an instance in a VPC of a Region reaches a database: of this VPC, or over a peering connection."""
    return not region or admission.reaches(region, vpc, endpoints.kept(endpoint_host))


def reboot(endpoint_host: str) -> None:
    """Restart the database behind an endpoint if it runs; its data stay."""
    _current.require().reboot(endpoints.behind(endpoint_host))


def delay(identifier: str, seconds: float, region: str | None = None) -> None:
    """Let a replica be so many seconds of the sandbox's time behind its source from now on; 0 lets it catch up."""
    from pulumi_aws_sandbox.gaps import rds_metrics  # noqa: PLC0415 - the gaps need what this package offers

    rds_metrics.publish()
    _current.require().delay(endpoints.named(identifier, region), seconds)


def follow() -> None:
    """Bring every server to what RDS, EC2 and the Regions say at this moment, instead of within a third of a second."""
    if _current.held is not None:
        _current.held.look()


def copy_now(resource_id: str) -> Copy | None:
    """Return what a snapshot of a database holds, made now; `None` where no server has run for it."""
    return _current.held.copy(resource_id, None) if _current.held is not None else None


def copy_at(resource_id: str, moment: float) -> Copy | None:
    """Return what the automated backups hold that were made by then; `None` where no server has run for it."""
    return _current.held.copy(resource_id, moment) if _current.held is not None else None


def is_served(resource_id: str) -> bool:
    """Tell whether a server runs for a database."""
    return _current.held is not None and _current.held.is_served(resource_id)


def backed_up_to(resource_id: str) -> float | None:
    """Return when the automated backups of a database were last uploaded; `None` where no server has run for it."""
    return _current.held.backed_up_to(resource_id) if _current.held is not None else None


def lag_seconds(resource_id: str) -> float:
    """Return how far a replica is behind by what was scripted for it."""
    return _current.held.lag(resource_id) if _current.held is not None else 0.0


@contextmanager
def running() -> Iterator[None]:
    """Let databases run until the block ends."""
    served = Keeper()
    with closing(served), _current.holding(served), regions.watched(served.look):
        yield


_current: Current[Keeper] = Current()
"""The databases of the sandbox that was started last."""
