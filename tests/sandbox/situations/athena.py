"""Situations of athena."""

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World


def _workgroup(world: World) -> tuple[Inputs, Inputs]:
    encryption = {"encryptionOption": "SSE_KMS", "kmsKeyArn": world.key()}
    first = {
        "description": "questions",
        "configuration": {
            "enforceWorkgroupConfiguration": True,
            "bytesScannedCutoffPerQuery": 10_485_760,
            "resultConfiguration": {"outputLocation": "s3://lake/results/", "encryptionConfiguration": encryption},
        },
        "tags": TAGS,
    }
    changed = {
        "description": "other questions",
        "state": "DISABLED",
        "configuration": {
            "enforceWorkgroupConfiguration": False,
            "resultConfiguration": {"outputLocation": "s3://lake/others/"},
        },
        "tags": OTHER_TAGS,
    }
    return first, changed


def _named_query(world: World) -> tuple[Inputs, None]:
    group = world.make("aws:athena/workgroup:Workgroup", {})["name"]
    return {"name": "all", "database": "d", "query": "SELECT 1", "description": "one", "workgroup": group}, None


SITUATIONS: dict[str, Situation] = {
    "aws:athena/namedQuery:NamedQuery": _named_query,
    "aws:athena/workgroup:Workgroup": _workgroup,
}
