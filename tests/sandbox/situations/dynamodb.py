"""Situations of dynamodb."""

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World

_NAMED = [{"name": "pk", "type": "S"}, {"name": "owner", "type": "S"}]
_BY_OWNER = {"name": "by-owner", "hashKey": "owner", "projectionType": "ALL"}


def _table(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "attributes": [{"name": "pk", "type": "S"}],
        "hashKey": "pk",
        "billingMode": "PAY_PER_REQUEST",
        "tags": TAGS,
    }
    changed = {
        **first,
        "attributes": _NAMED,
        "globalSecondaryIndexes": [_BY_OWNER],
        "deletionProtectionEnabled": False,
        "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 14},
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": world.key()},
        "streamEnabled": True,
        "streamViewType": "NEW_AND_OLD_IMAGES",
        "tableClass": "STANDARD_INFREQUENT_ACCESS",
        "ttl": {"enabled": True, "attributeName": "expires_at"},
        "replicas": [
            {
                "regionName": "eu-central-1",
                "kmsKeyArn": world.key(region="eu-central-1"),
                "pointInTimeRecovery": True,
                "propagateTags": True,
            }
        ],
        "tags": OTHER_TAGS,
    }
    return first, changed


def _replica(world: World) -> tuple[Inputs, Inputs]:
    table = {
        "attributes": [{"name": "pk", "type": "S"}],
        "hashKey": "pk",
        "billingMode": "PAY_PER_REQUEST",
        "streamEnabled": True,
        "streamViewType": "NEW_AND_OLD_IMAGES",
    }
    arn = world.make("aws:dynamodb/table:Table", table)["arn"]
    first = {
        "globalTableArn": arn,
        "kmsKeyArn": world.key(region="eu-central-1"),
        "pointInTimeRecovery": True,
        "region": "eu-central-1",
        "tags": TAGS,
    }
    changed = {**first, "pointInTimeRecovery": False, "tableClassOverride": "STANDARD_INFREQUENT_ACCESS"}
    return first, {**changed, "tags": OTHER_TAGS}


SITUATIONS: dict[str, Situation] = {
    "aws:dynamodb/table:Table": _table,
    "aws:dynamodb/tableReplica:TableReplica": _replica,
}
