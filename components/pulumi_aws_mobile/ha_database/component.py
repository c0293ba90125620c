"""The `HAdatabase` component."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from .args import HAdatabaseArgs
from .by_region import by_region, gather, secret_in
from .choices import DatabaseCredentials
from .credentials import DEFAULT_DATABASE, default_username
from .identifiers import create_identifier
from .observability import (
    Watched,
    create_alarms,
    create_event_subscription,
    create_log_groups,
    create_monitoring_role,
)
from .password import create_password, create_secret, fill_secret
from .primary import Primary, Surroundings, create_cluster, create_instance
from .replicas import Replica, Replication, Stand, copied_from, create_events, create_replicas, create_stand
from .scope import Scope, find_account
from .settings import resolve
from .site import Ground, Keys, create_ground, create_keys, create_parameter_group, create_topic


class HAdatabase(pulumi.ComponentResource):
    """A MySQL, PostgreSQL or MariaDB database that survives the loss of a zone, and with replicas that of a Region.

    Creates: a KMS key, a network unless it is given one, a subnet group, a security group and its rules, a parameter
    group that forces TLS, log groups, the monitoring role, the instance with its standby or the Multi-AZ cluster, the
    secret unless RDS manages it, read replicas, copies of the backups in another Region, alarms, an event subscription
    and their topic; in each other Region a key and, for replicas, the whole set. It deliberately makes no database
    users besides the master user, no proxy and no failover to another Region: what was promoted it adopts.
    """

    endpoint: pulumi.Output[str]
    """The host name that writes go to; it stays the same when the standby takes over."""
    port: pulumi.Output[int]
    """The TCP port."""
    reader_endpoints: pulumi.Output[dict[str, str]]
    """Host names to read from: each replica by its key, and `reader` for both standbys of a Multi-AZ cluster."""
    database_name: pulumi.Output[str]
    """The database."""
    username: pulumi.Output[str]
    """The master user."""
    secret_arn: pulumi.Output[str]
    """The ARN of the secret with the master user's `username` and `password`."""
    security_group_id: pulumi.Output[str]
    """The database's security group, to add rules to."""
    kms_key_arn: pulumi.Output[str]
    """The ARN of the KMS key of storage and secret, which readers of the secret must be allowed to decrypt with."""
    identifier: pulumi.Output[str]
    """The identifier of the instance or cluster."""
    arn: pulumi.Output[str]
    """The ARN of the instance or cluster."""
    replica_arns: pulumi.Output[dict[str, str]]
    """The ARN of each replica by its key."""
    replica_identifiers: pulumi.Output[dict[str, str]]
    """The identifier of each replica by its key."""
    vpc_ids: pulumi.Output[dict[str, str]]
    """The VPC of the databases in each Region that has some, by the Region."""
    security_group_ids: pulumi.Output[dict[str, str]]
    """The databases' security group in each Region that has some, by the Region."""
    subnet_group_names: pulumi.Output[dict[str, str]]
    """The subnet group in each Region that has databases, by the Region."""
    parameter_group_names: pulumi.Output[dict[str, str]]
    """The parameter group in each Region that has databases, by the Region."""
    kms_key_arns: pulumi.Output[dict[str, str]]
    """The ARN of the KMS key of storage, backups and secret in each Region, by the Region."""
    secret_arns: pulumi.Output[dict[str, str]]
    """The ARN of the secret, or of its copy, in each Region, by the Region."""
    backup_arns: pulumi.Output[dict[str, str]]
    """The ARN of the copied backups of the database by the Region that has them."""
    replica_backup_arns: pulumi.Output[dict[str, str]]
    """The ARN of the copied backups of each replica that has some in another Region, by the replica's key."""
    alarm_topic_arn: pulumi.Output[str]
    """The topic that alarms and events go to; empty without alarms."""
    alarm_topic_kms_key_arn: pulumi.Output[str]
    """The key of that topic, which whoever else publishes to it has to use; empty with a topic of your own."""
    web_tier_environment: pulumi.Output[dict[str, str]]
    """Environment properties under the names that Elastic Beanstalk uses for a database: `RDS_HOSTNAME`, `RDS_PORT`,
    `RDS_DB_NAME` and `RDS_USERNAME`. None of them is secret."""
    web_tier_secrets: pulumi.Output[dict[str, str]]
    """`RDS_PASSWORD` as a reference to the secret, for Elastic Beanstalk's namespace
    aws:elasticbeanstalk:application:environmentsecrets."""

    def __init__(self, name: str, args: HAdatabaseArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the database; on an `ArgsError` nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:HAdatabase", name, {}, opts)
        scope = Scope(self, name, name, settings.region, find_account(self), settings)
        keys = _create_keys(scope)
        ground = create_ground(scope, settings.place, settings.allowed_security_group_ids)
        password = create_password(scope) if settings.credentials is DatabaseCredentials.OWN else None
        around = _create_surroundings(scope, keys.here, ground, password)
        primary = create_cluster(scope, around) if settings.cluster else create_instance(scope, around)
        topic = _find_or_create_topic(scope, keys.here)
        stands = _create_stands(scope, keys, around, topic)
        replication = Replication(primary, around.monitoring_role_arn, around.password)
        replicas = create_replicas(scope, stands, {None: keys.here, **keys.elsewhere}, replication)
        backups = _copy_backups(scope, keys, primary)
        _create_alarms(scope, primary, replicas, stands)
        secret_arn = _create_secret(scope, keys, primary, password)

        self.endpoint = primary.host
        self.port = pulumi.Output.from_input(settings.port)
        self.reader_endpoints = _reader_endpoints(primary, replicas)
        self.database_name = primary.database_name
        self.username = primary.username
        self.secret_arn = secret_arn
        self.security_group_id = ground.security_group_id
        self.kms_key_arn = keys.here.data
        self.identifier = primary.identifier
        self.arn = primary.arn
        self.replica_arns = gather({key: replica.arn for key, replica in replicas.items()})
        self.replica_identifiers = gather({key: replica.identifier for key, replica in replicas.items()})
        grounds = {region: stand.ground for region, stand in stands.items()}
        self.vpc_ids = by_region(scope, {region: each.vpc_id for region, each in grounds.items()})
        self.security_group_ids = by_region(scope, {region: each.security_group_id for region, each in grounds.items()})
        self.subnet_group_names = by_region(scope, {region: each.subnet_group_name for region, each in grounds.items()})
        parameters = {region: stand.parameter_group_name for region, stand in stands.items()}
        self.parameter_group_names = by_region(scope, parameters)
        self.kms_key_arns = by_region(scope, {None: keys.here.data, **{r: k.data for r, k in keys.elsewhere.items()}})
        copies = {} if password is None else {region: secret_in(region, secret_arn) for region in keys.elsewhere}
        self.secret_arns = by_region(scope, {None: secret_arn, **copies})
        self.backup_arns = by_region(scope, backups)
        self.replica_backup_arns = gather({key: r.backups_arn for key, r in replicas.items() if r.backups_arn})
        self.alarm_topic_arn = pulumi.Output.from_input("" if topic is None else topic)
        own_topic = settings.alarms is not None and settings.alarms.topic_arn is None
        topic_key = keys.here.operations if own_topic else None
        self.alarm_topic_kms_key_arn = pulumi.Output.from_input("") if topic_key is None else topic_key
        self.web_tier_environment = gather(
            {
                "RDS_HOSTNAME": primary.host,
                "RDS_PORT": str(settings.port),
                "RDS_DB_NAME": primary.database_name,
                "RDS_USERNAME": primary.username,
            }
        )
        self.web_tier_secrets = gather({"RDS_PASSWORD": pulumi.Output.concat(secret_arn, ":password")})
        self.register_outputs({output: getattr(self, output) for output in HAdatabase.__annotations__})


@dataclass(frozen=True, slots=True)
class _AllKeys:
    here: Keys
    elsewhere: Mapping[str, Keys]


def _create_keys(scope: Scope) -> _AllKeys:
    settings, alarms = scope.settings, scope.settings.alarms
    logs = bool(settings.log_exports)
    here = logs or (alarms is not None and alarms.topic_arn is None)
    return _AllKeys(
        here=create_keys(scope, settings.kms_key_arn, operated=here),
        elsewhere={
            region: create_keys(
                scope.elsewhere(region),
                recovery.kms_key_arn,
                operated=recovery.place is not None
                and (logs or (alarms is not None and recovery.alarm_topic_arn is None)),
            )
            for region, recovery in settings.recovery.items()
        },
    )


def _create_surroundings(scope: Scope, keys: Keys, ground: Ground, password: pulumi.Output[str] | None) -> Surroundings:
    settings = scope.settings
    identifier = create_identifier(
        scope,
        {
            "kind": "cluster" if settings.cluster else "instance",
            "region": settings.region or "",
            "engine": settings.engine.value,
            # A restored database has the names of its backup; that it was restored must not give it another identifier.
            "database_name": settings.database_name or DEFAULT_DATABASE,
            "username": settings.username or default_username(cluster=settings.cluster),
            "kms_key_id": keys.data,
        },
        sticky=settings.restore is not None,
    )
    return Surroundings(
        identifier=identifier,
        ground=ground,
        keys=keys,
        parameter_group_name=create_parameter_group(scope),
        monitoring_role_arn=create_monitoring_role(scope),
        log_groups=create_log_groups(scope, identifier, keys.operations),
        password=password,
    )


def _find_or_create_topic(scope: Scope, keys: Keys) -> pulumi.Input[str] | None:
    alarms = scope.settings.alarms
    if alarms is None:
        return None
    return create_topic(scope, keys) if alarms.topic_arn is None else alarms.topic_arn


def _create_stands(
    scope: Scope, keys: _AllKeys, around: Surroundings, topic: pulumi.Input[str] | None
) -> dict[str | None, Stand]:
    """Create what the databases of each Region share; by Region, none for the database's own."""
    stands: dict[str | None, Stand] = {None: Stand(keys.here, around.ground, around.parameter_group_name, topic)}
    for region, recovery in scope.settings.recovery.items():
        stand = create_stand(scope.elsewhere(region), recovery, keys.elsewhere[region])
        if stand is not None:
            stands[region] = stand
    return stands


def _copy_backups(scope: Scope, keys: _AllKeys, primary: Primary) -> dict[str | None, pulumi.Output[str]]:
    """Copy the database's automated backups to the Region that is to have them."""
    return {
        region: copied_from(
            scope.elsewhere(region), primary.arn, keys.elsewhere[region], recovery.backups_retention_days
        )
        for region, recovery in scope.settings.recovery.items()
        if recovery.backups_retention_days is not None
    }


def _create_alarms(
    scope: Scope, primary: Primary, replicas: Mapping[str, Replica], stands: Mapping[str | None, Stand]
) -> None:
    settings, topic = scope.settings, stands[None].topic_arn
    for region, recovery in settings.recovery.items():
        if region in stands:
            create_events(scope.elsewhere(region), recovery, stands[region], replicas)
    if topic is None:
        return
    for number, member in enumerate(primary.members, start=1):
        watched = Watched(
            identifier=member,
            instance_class=settings.instance_class,
            allocated_gib=primary.allocated_gib,
            follows=settings.cluster,
        )
        create_alarms(scope.narrowed(scope.child(f"instance-{number}")) if settings.cluster else scope, watched, topic)
    sources = [primary.identifier, *(replicas[key].identifier for key in settings.replicas)]
    create_event_subscription(scope, sources, topic)


def _create_secret(
    scope: Scope, keys: _AllKeys, primary: Primary, password: pulumi.Output[str] | None
) -> pulumi.Output[str]:
    if password is None:
        assert primary.managed_secret_arn is not None  # noqa: S101 - without a password of ours RDS manages it
        return primary.managed_secret_arn
    copies = {region: region_keys.data for region, region_keys in keys.elsewhere.items()}
    return fill_secret(scope, create_secret(scope, keys.here.data, copies), password, primary)


def _reader_endpoints(primary: Primary, replicas: Mapping[str, Replica]) -> pulumi.Output[dict[str, str]]:
    readers = {} if primary.reader_host is None else {"reader": primary.reader_host}
    return gather(readers | {key: replica.host for key, replica in replicas.items()})
