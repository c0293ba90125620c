"""Key Management Service: keys, their replicas in other Regions, and aliases."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import (
    client_of,
    found,
    from_aws,
    handler,
    policy_from,
    region_of,
    tag_changes,
    tag_list,
    tags_from,
    to_aws,
)

_DELETED_STATES = {"PendingDeletion", "PendingReplicaDeletion"}
_ROTATED = "SYMMETRIC_DEFAULT"
_TAGS = ("TagKey", "TagValue")


def _kms(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "kms", properties)


def _make_key(clients: Clients, inputs: Properties) -> str:
    names = {
        "description": "Description",
        "keyUsage": "KeyUsage",
        "customerMasterKeySpec": "KeySpec",
        "policy": "Policy",
        "multiRegion": "MultiRegion",
        "bypassPolicyLockoutSafetyCheck": "BypassPolicyLockoutSafetyCheck",
    }
    kms = _kms(clients, inputs)
    key_id = kms.create_key(**to_aws(inputs, names), Tags=tag_list(inputs, *_TAGS))["KeyMetadata"]["KeyId"]
    _switch(kms, key_id, {}, inputs)
    return key_id


def _switch(kms: Any, key_id: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    """Turn rotation and the key itself on or off."""
    rotation = (new.get("enableKeyRotation", False), new.get("rotationPeriodInDays"))
    if rotation != (old.get("enableKeyRotation", False), old.get("rotationPeriodInDays")):
        if rotation[0]:
            period = {"RotationPeriodInDays": rotation[1]} if rotation[1] else {}
            kms.enable_key_rotation(KeyId=key_id, **period)
        else:
            kms.disable_key_rotation(KeyId=key_id)
    if new.get("isEnabled", True) != old.get("isEnabled", True):
        (kms.enable_key if new.get("isEnabled", True) else kms.disable_key)(KeyId=key_id)


def _describe_key(clients: Clients, key_id: str, known: Properties) -> Properties | None:
    kms = _kms(clients, known)
    answer = found(lambda: kms.describe_key(KeyId=key_id), "NotFoundException")
    if answer is None or answer["KeyMetadata"]["KeyState"] in _DELETED_STATES:
        return None
    key = answer["KeyMetadata"]
    # AWS has no rotation for the keys of other kinds, and says so even when it is only asked about it.
    symmetric = key["KeySpec"] == _ROTATED
    rotation = kms.get_key_rotation_status(KeyId=key_id) if symmetric else {"KeyRotationEnabled": False}
    tags = kms.list_resource_tags(KeyId=key_id)["Tags"]
    names = {
        "arn": "Arn",
        "keyId": "KeyId",
        "description": "Description",
        "keyUsage": "KeyUsage",
        "customerMasterKeySpec": "KeySpec",
        "isEnabled": "Enabled",
        "multiRegion": "MultiRegion",
    }
    return {
        **from_aws(key, names),
        **tags_from(tags, known, *_TAGS),
        "enableKeyRotation": rotation["KeyRotationEnabled"],
        "rotationPeriodInDays": rotation.get("RotationPeriodInDays"),
        "policy": policy_from(kms.get_key_policy(KeyId=key_id, PolicyName="default")["Policy"], known),
        "bypassPolicyLockoutSafetyCheck": known.get("bypassPolicyLockoutSafetyCheck", False),
    }


def _change_key(clients: Clients, key_id: str, _: Properties, old: Properties, new: Properties) -> None:
    kms = _kms(clients, new)
    if new.get("description") != old.get("description"):
        kms.update_key_description(KeyId=key_id, Description=new.get("description", ""))
    if "policy" in new and new["policy"] != old.get("policy"):
        kms.put_key_policy(KeyId=key_id, PolicyName="default", Policy=new["policy"])
    _switch(kms, key_id, old, new)
    gone, put = tag_changes(old, new)
    if gone:
        kms.untag_resource(KeyId=key_id, TagKeys=gone)
    if put:
        kms.tag_resource(KeyId=key_id, Tags=tag_list({"tags": put}, *_TAGS))


def _remove_key(clients: Clients, key_id: str, outputs: Properties) -> None:
    if _describe_key(clients, key_id, outputs) is None:
        return
    _kms(clients, outputs).schedule_key_deletion(
        KeyId=key_id, PendingWindowInDays=outputs.get("deletionWindowInDays", 30)
    )


def _make_replica(clients: Clients, inputs: Properties) -> str:
    primary = inputs["primaryKeyArn"]
    names = {
        "description": "Description",
        "policy": "Policy",
        "bypassPolicyLockoutSafetyCheck": "BypassPolicyLockoutSafetyCheck",
    }
    # The key is replicated from where the primary key is.
    source = clients("kms", primary.split(":")[3])
    key_id = source.replicate_key(
        KeyId=primary, ReplicaRegion=region_of(clients, inputs), **to_aws(inputs, names), Tags=tag_list(inputs, *_TAGS)
    )["ReplicaKeyMetadata"]["KeyId"]
    if not inputs.get("enabled", True):
        _kms(clients, inputs).disable_key(KeyId=key_id)
    return key_id


def _describe_replica(clients: Clients, key_id: str, known: Properties) -> Properties | None:
    key = _describe_key(clients, key_id, known)
    if key is None:
        return None
    about = _kms(clients, known).describe_key(KeyId=key_id)["KeyMetadata"]["MultiRegionConfiguration"]
    names = {
        "arn": "arn",
        "bypassPolicyLockoutSafetyCheck": "bypassPolicyLockoutSafetyCheck",
        "customerMasterKeySpec": "keySpec",
        "description": "description",
        "enableKeyRotation": "keyRotationEnabled",
        "isEnabled": "enabled",
        "keyId": "keyId",
        "keyUsage": "keyUsage",
        "policy": "policy",
        "tags": "tags",
        "tagsAll": "tagsAll",
    }
    return {
        **{name: key[told] for told, name in names.items() if told in key},
        "primaryKeyArn": about["PrimaryKey"]["Arn"],
    }


def _change_replica(clients: Clients, key_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    _change_key(clients, key_id, outputs, *({**each, "isEnabled": each.get("enabled", True)} for each in (old, new)))


def _make_alias(clients: Clients, inputs: Properties) -> str:
    _kms(clients, inputs).create_alias(AliasName=inputs["name"], TargetKeyId=inputs["targetKeyId"])
    return inputs["name"]


def _describe_alias(clients: Clients, name: str, known: Properties) -> Properties | None:
    kms = _kms(clients, known)
    for page in kms.get_paginator("list_aliases").paginate():
        for alias in page["Aliases"]:
            if alias["AliasName"] == name and "TargetKeyId" in alias:
                key = kms.describe_key(KeyId=alias["TargetKeyId"])["KeyMetadata"]
                target = known.get("targetKeyId")
                same = target in {key["Arn"], key["KeyId"]}
                return {
                    "name": name,
                    "arn": alias["AliasArn"],
                    "targetKeyArn": key["Arn"],
                    "targetKeyId": target if same else key["KeyId"],
                }
    return None


def _change_alias(clients: Clients, name: str, _: Properties, _old: Properties, new: Properties) -> None:
    _kms(clients, new).update_alias(AliasName=name, TargetKeyId=new["targetKeyId"])


def _remove_alias(clients: Clients, name: str, outputs: Properties) -> None:
    found(lambda: _kms(clients, outputs).delete_alias(AliasName=name), "NotFoundException")


def _alias_prefix(inputs: Properties) -> list[tuple[str, str]]:
    name = inputs.get("name", "alias/")
    if name.startswith("alias/") and not name.startswith("alias/aws/"):
        return []
    return [("name", f'name must begin with "alias/" and not with "alias/aws/": got "{name}"')]


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:kms/key:Key",
            make=_make_key,
            describe=_describe_key,
            change=_change_key,
            remove=_remove_key,
            replace_on=frozenset({"customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId", "xksKeyId"}),
        ),
        handler(
            "aws:kms/replicaKey:ReplicaKey",
            make=_make_replica,
            describe=_describe_replica,
            change=_change_replica,
            remove=_remove_key,
            required=frozenset({"primaryKeyArn"}),
            replace_on=frozenset({"primaryKeyArn"}),
        ),
        handler(
            "aws:kms/alias:Alias",
            make=_make_alias,
            describe=_describe_alias,
            change=_change_alias,
            remove=_remove_alias,
            replace_on=frozenset({"name", "namePrefix"}),
            required=frozenset({"targetKeyId"}),
            auto_name=AutoName("name", 256, prefix="alias/"),
            validate=_alias_prefix,
        ),
    )
}
