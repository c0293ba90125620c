"""What stands behind an endpoint of RDS, as moto keeps it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime.databases import admission

_SERVED = ("mysql", "mariadb")
_SHUT = {"creating", "deleting", "rebooting", "starting", "stopped", "stopping"}
"""In these states nobody gets in."""


class UnservedError(LookupError):
    """There is nothing to be served behind an endpoint."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The data that a database had at one time."""

    resource_id: str
    position: str


@dataclass(frozen=True, slots=True)
class Database:
    """What RDS says of a database."""

    resource_id: str
    """By which it stays the same when it is renamed."""
    identifier: str
    engine: str
    port: int
    username: str
    password: str = field(repr=False)
    name: str | None
    region: str
    admits: bool
    """Whether clients get in: it serves, and a rule of its security groups lets somebody reach its port."""
    source_id: str | None = None
    """The resource id of the database that it replicates."""
    made_from: Copy | None = None
    """What it was restored from."""

    @property
    def master(self) -> tuple[str, str, str | None]:
        """What RDS makes in it: the master user with a password, and a database."""
        return self.username, self.password, self.name


def behind(host: str) -> Database:
    """Return what an endpoint's host name leads to; raise `UnservedError` where that is nothing that runs here."""
    return _database(kept(host))


def kept(host: str) -> Any:  # noqa: ANN401 - moto's own types
    """Return moto's own instance or cluster behind an endpoint."""
    wanted = host.strip().lower().rstrip(".")
    for each in _all():
        if wanted in _hosts(each):
            return each
    message = f'no database of this sandbox has the endpoint "{host}"'
    raise UnservedError(message)


def named(identifier: str, region: str | None = None) -> Database:
    """Return an instance by its identifier, in a Region or wherever it is; raise `UnservedError` if there is none."""
    for each in _all():
        if not _is_cluster(each) and each.db_instance_identifier == identifier and region in {None, each.region}:
            return _database(each)
    message = f'there is no DB instance "{identifier}"{f" in {region}" if region else ""}'
    raise UnservedError(message)


def replicas_elsewhere(resource_ids: frozenset[str]) -> list[Database]:
    """Return the replicas in other Regions of these databases."""
    if not resource_ids:
        return []
    return [
        _database(each)
        for each in _all()
        if not _is_cluster(each)
        and each.is_replica
        and str(each.source_db_instance_identifier or "").startswith("arn:")
        and each.engine in _SERVED
        and _source_id(each) in resource_ids
    ]


def current(resource_id: str) -> Database | None:
    """Return a database as it is now, or `None` once it is deleted."""
    return next((_database(each) for each in _all() if _resource_id(each) == resource_id), None)


def _all() -> Iterator[Any]:
    """Go through all instances and clusters; the members of a cluster are served as the cluster."""
    from moto.rds.models import rds_backends  # noqa: PLC0415 - moto loads only when something is deployed

    for backend in list(rds_backends[ACCOUNT].values()):
        yield from list(backend.clusters.values())
        for each in list(backend.databases.values()):
            if each.db_cluster_identifier is None:
                settle(each)
                yield each


def settle(instance: Any) -> None:  # noqa: ANN401 - moto's own types
    """Finish what an instance was busy with, if its time is over; `gaps.rds_states` says what that is."""
    finish = getattr(instance, "settle", None)
    if finish is not None:
        finish()


def _hosts(found: Any) -> set[str]:  # noqa: ANN401 - moto's own types
    if not _is_cluster(found):
        return {found.address.lower()}
    members = {each.address.lower() for each in found._members}  # noqa: SLF001 - the public name also elects a writer
    return {found.endpoint.lower(), found.reader_endpoint.lower(), *members}


def _database(found: Any) -> Database:  # noqa: ANN401 - moto's own types
    cluster = _is_cluster(found)
    identifier = found.db_cluster_identifier if cluster else found.db_instance_identifier
    if found.engine not in _SERVED:
        message = f'"{identifier}" is a {found.engine} database; the sandbox serves {" and ".join(_SERVED)}'
        raise UnservedError(message)
    return Database(
        resource_id=_resource_id(found),
        identifier=identifier,
        engine=found.engine,
        port=int(found.port),
        username=found.master_username or "admin",
        password=_password(found),
        name=(found.database_name if cluster else found.db_name) or None,
        region=found.region,
        admits=_serves(found) and admission.admits(found.region, found.vpc_security_group_ids, int(found.port)),
        made_from=getattr(found, "made_from", None),
        source_id=None if cluster or not found.is_replica else _source_id(found),
    )


def _serves(found: Any) -> bool:  # noqa: ANN401 - moto's own types
    # Reading the state of a new cluster changes it, in moto.
    return _is_cluster(found) or found.status not in _SHUT


def _password(found: Any) -> str:  # noqa: ANN401 - moto's own types
    managed = getattr(found, "master_user_secret", None) if found.manage_master_user_password else None
    if managed is None:
        return getattr(found, "_master_user_password", None) or ""
    value = managed.secretsmanager.get_secret_value(managed.secret_arn, "", "AWSCURRENT")["SecretString"]
    return str(json.loads(value)["password"])


def _source_id(replica: Any) -> str | None:  # noqa: ANN401 - moto's own types
    name = replica.source_db_instance_identifier
    sources = (each for each in _all() if not _is_cluster(each))
    for each in sources:
        here = each.region == replica.region and each.db_instance_identifier == name
        if here or each.db_instance_arn == name:
            return _resource_id(each)
    return None


def _is_cluster(found: Any) -> bool:  # noqa: ANN401 - moto's own types
    return hasattr(found, "reader_endpoint")


def _resource_id(found: Any) -> str:  # noqa: ANN401 - moto's own types
    return found.arn if _is_cluster(found) else found.dbi_resource_id
