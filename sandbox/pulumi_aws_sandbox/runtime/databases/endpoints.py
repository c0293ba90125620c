"""What stands behind an endpoint of RDS, as moto keeps it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT

_SERVED = ("mysql", "mariadb")


class UnservedError(LookupError):
    """There is nothing to be served behind an endpoint."""


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
    source_id: str | None = None
    """The resource id of the database that it replicates."""


def behind(host: str) -> Database:
    """Return what an endpoint's host name leads to; raise `UnservedError` where that is nothing that runs here."""
    wanted = host.strip().lower().rstrip(".")
    for each in _all():
        if wanted in _hosts(each):
            return _database(each)
    message = f'no database of this sandbox has the endpoint "{host}"'
    raise UnservedError(message)


def current(resource_id: str) -> Database | None:
    """Return a database as it is now, or `None` once it is deleted."""
    return next((_database(each) for each in _all() if _resource_id(each) == resource_id), None)


def _all() -> Iterator[Any]:
    """Go through all instances and clusters; the members of a cluster are served as the cluster."""
    from moto.rds.models import rds_backends  # noqa: PLC0415 - moto loads only when something is deployed

    for backend in list(rds_backends[ACCOUNT].values()):
        yield from list(backend.clusters.values())
        yield from (each for each in list(backend.databases.values()) if each.db_cluster_identifier is None)


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
        source_id=None if cluster or not found.is_replica else _source_id(found),
    )


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
