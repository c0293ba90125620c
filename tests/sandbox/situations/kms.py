"""Situations of kms."""

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World, document


def _key(_: World) -> tuple[Inputs, Inputs]:
    first = {"description": "one", "enableKeyRotation": True, "deletionWindowInDays": 7, "tags": TAGS}
    policy = document("kms:*", Principal={"AWS": "arn:aws:iam::123456789012:root"})
    return first, {
        "description": "two",
        "enableKeyRotation": False,
        "isEnabled": True,
        "deletionWindowInDays": 7,
        "policy": policy,
        "tags": OTHER_TAGS,
    }


def _alias(world: World) -> tuple[Inputs, Inputs]:
    return {"targetKeyId": world.key()}, {"targetKeyId": world.key()}


def _replica(world: World) -> tuple[Inputs, Inputs]:
    primary = world.make("aws:kms/key:Key", {"multiRegion": True, "description": "primary"})["arn"]
    first = {"primaryKeyArn": primary, "region": "eu-central-1", "description": "one", "tags": TAGS}
    policy = document("kms:*", Principal={"AWS": "arn:aws:iam::123456789012:root"})
    return first, {**first, "description": "two", "policy": policy, "enabled": False, "tags": OTHER_TAGS}


SITUATIONS: dict[str, Situation] = {
    "aws:kms/alias:Alias": _alias,
    "aws:kms/key:Key": _key,
    "aws:kms/replicaKey:ReplicaKey": _replica,
}
