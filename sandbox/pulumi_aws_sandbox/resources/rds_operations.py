"""Relational Database Service: event subscriptions, and automated backups copied to another Region."""

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import found, from_aws, handler, tags_from, to_aws
from pulumi_aws_sandbox.resources._rds import rds_of, retag, tag_request

_NO_EVENTS = ("SubscriptionNotFound", "SubscriptionNotFoundFault")
_NO_BACKUP = ("DBInstanceAutomatedBackupNotFound", "DBInstanceAutomatedBackupNotFoundFault")
_WEEK = 7
_EVENTS = {
    "snsTopic": "SnsTopicArn",
    "sourceType": "SourceType",
    "eventCategories": "EventCategories",
    "sourceIds": "SourceIds",
    "enabled": "Enabled",
}


def _make_events(clients: Clients, inputs: Properties) -> str:
    rds_of(clients, inputs).create_event_subscription(
        SubscriptionName=inputs["name"], **to_aws(inputs, _EVENTS), **tag_request(inputs)
    )
    return inputs["name"]


def _describe_events(clients: Clients, name: str, known: Properties) -> Properties | None:
    rds = rds_of(clients, known)
    listing = found(
        lambda: rds.describe_event_subscriptions(SubscriptionName=name)["EventSubscriptionsList"], *_NO_EVENTS
    )
    if not listing:
        return None
    answer, arn = listing[0], listing[0]["EventSubscriptionArn"]
    return {
        "name": answer["CustSubscriptionId"],
        "snsTopic": answer["SnsTopicArn"],
        "sourceType": answer.get("SourceType"),
        "enabled": answer["Enabled"],
        "eventCategories": sorted(answer.get("EventCategoriesList", [])),
        "sourceIds": sorted(answer.get("SourceIdsList", [])),
        "arn": arn,
        "customerAwsId": answer.get("CustomerAwsId", clients.account),
        **tags_from(rds.list_tags_for_resource(ResourceName=arn)["TagList"], known),
    }


def _change_events(clients: Clients, name: str, outputs: Properties, old: Properties, new: Properties) -> None:
    rds = rds_of(clients, new)
    changed = {key: new[key] for key in _EVENTS if key in new and new[key] != old.get(key) and key != "sourceIds"}
    if "eventCategories" in old and "eventCategories" not in new:
        changed["eventCategories"] = []
    if changed:
        kind = {"SourceType": new["sourceType"]} if "sourceType" in new else {}
        rds.modify_event_subscription(SubscriptionName=name, **(kind | to_aws(changed, _EVENTS)))
    before, after = set(old.get("sourceIds", [])), set(new.get("sourceIds", []))
    for source in sorted(before - after):
        rds.remove_source_identifier_from_subscription(SubscriptionName=name, SourceIdentifier=source)
    for source in sorted(after - before):
        rds.add_source_identifier_to_subscription(SubscriptionName=name, SourceIdentifier=source)
    retag(rds, outputs["arn"], old, new)


def _remove_events(clients: Clients, name: str, outputs: Properties) -> None:
    found(lambda: rds_of(clients, outputs).delete_event_subscription(SubscriptionName=name), *_NO_EVENTS)


def _make_backups(clients: Clients, inputs: Properties) -> str:
    answer = rds_of(clients, inputs).start_db_instance_automated_backups_replication(
        SourceDBInstanceArn=inputs["sourceDbInstanceArn"],
        BackupRetentionPeriod=inputs.get("retentionPeriod", _WEEK),
        **to_aws(inputs, {"kmsKeyId": "KmsKeyId"}),
    )
    return answer["DBInstanceAutomatedBackup"]["DBInstanceAutomatedBackupsArn"]


def _describe_backups(clients: Clients, arn: str, known: Properties) -> Properties | None:
    rds = rds_of(clients, known)
    listing = found(lambda: rds.describe_db_instance_automated_backups(DBInstanceAutomatedBackupsArn=arn), *_NO_BACKUP)
    if listing is None or not listing["DBInstanceAutomatedBackups"]:
        return None
    answer = listing["DBInstanceAutomatedBackups"][0]
    names = {
        "sourceDbInstanceArn": "DBInstanceArn",
        "retentionPeriod": "BackupRetentionPeriod",
        "kmsKeyId": "KmsKeyId",
    }
    return from_aws(answer, names)


def _remove_backups(clients: Clients, _: str, outputs: Properties) -> None:
    rds, source = rds_of(clients, outputs), outputs["sourceDbInstanceArn"]
    found(lambda: rds.stop_db_instance_automated_backups_replication(SourceDBInstanceArn=source), *_NO_BACKUP)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:rds/eventSubscription:EventSubscription",
            make=_make_events,
            describe=_describe_events,
            change=_change_events,
            remove=_remove_events,
            required=frozenset({"snsTopic"}),
            defaults={"enabled": True},
            replace_on=frozenset({"name", "namePrefix"}),
            auto_name=AutoName("name", 255),
            unordered=frozenset({"eventCategories", "sourceIds"}),
        ),
        handler(
            "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
            make=_make_backups,
            describe=_describe_backups,
            remove=_remove_backups,
            required=frozenset({"sourceDbInstanceArn"}),
            defaults={"retentionPeriod": _WEEK},
        ),
    )
}
