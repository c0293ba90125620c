"""Multi-Region keys: moto's replicas share their policy, tags, aliases and state with the primary key; AWS's do not.

https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
"""

import json
from collections.abc import Callable
from copy import copy
from typing import Any, NoReturn

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.patching import replace

_PRIMARY, _REPLICA = "PRIMARY", "REPLICA"
_GONE = {"PendingDeletion", "PendingReplicaDeletion"}


def fill() -> None:
    """Replicate keys, and delete them, as KMS does."""
    from moto.kms.models import KmsBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.kms.responses import KmsResponse  # noqa: PLC0415 - as above

    replace(KmsResponse, "replicate_key", lambda _: _replicate)
    replace(KmsBackend, "schedule_key_deletion", _deleting)


def _replicate(self: Any) -> str:  # noqa: ANN401 - moto's own
    from moto.kms.models import kms_backends  # noqa: PLC0415 - moto loads only when something is deployed

    asked = json.loads(self.body)
    backend, region = self.kms_backend, asked["ReplicaRegion"]
    self._validate_key_id(asked["KeyId"])
    primary = backend.keys[backend.any_id_to_key_id(asked["KeyId"])]
    _check(primary, region)
    there = kms_backends[ACCOUNT][region]
    if primary.id in there.keys:
        _refuse("AlreadyExistsException", f"{there.keys[primary.id].arn} already exists.")
    made = copy(primary)
    made.region = region
    made.arn = primary.arn.replace(f":{primary.region}:", f":{region}:", 1)
    made.policy = asked.get("Policy") or made.generate_default_policy()
    made.description = asked.get("Description") or ""
    made.key_state, made.enabled, made.deletion_date = "Enabled", True, None
    made.grants, made.aliases = {}, {}
    listed = primary.multi_region_configuration["ReplicaKeys"]
    listed.append({"Arn": made.arn, "Region": region})
    # The list is one for all of them; what each is of them is its own.
    made.multi_region_configuration = primary.multi_region_configuration | {"MultiRegionKeyType": _REPLICA}
    there.keys[made.id] = made
    if asked.get("Tags"):
        there.tagger.tag_resource(made.id, asked["Tags"])
    metadata = made.to_dict()["KeyMetadata"]
    return json.dumps(
        {"ReplicaKeyMetadata": metadata, "ReplicaPolicy": made.policy, "ReplicaTags": asked.get("Tags", [])}
    )


def _check(key: Any, region: str) -> None:  # noqa: ANN401 - moto's own
    if not key.multi_region:
        _refuse("UnsupportedOperationException", f"{key.arn} is not a multi-Region key.")
    if key.multi_region_configuration["MultiRegionKeyType"] != _PRIMARY:
        _refuse("UnsupportedOperationException", f"{key.arn} is not a multi-Region primary key.")
    if region == key.region:
        _refuse("AlreadyExistsException", f"{key.arn} already exists.")
    if key.key_state in _GONE:
        _refuse("KMSInvalidStateException", f"{key.arn} is pending deletion.")
    if not key.enabled:
        _refuse("DisabledException", f"{key.arn} is disabled.")


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def schedule(self: Any, key_id: str, pending_window_in_days: int) -> Any:  # noqa: ANN401 - moto's own types
        from moto.kms.models import kms_backends  # noqa: PLC0415 - moto loads only when something is deployed

        answer = original(self, key_id, pending_window_in_days)
        key = self.keys[key_id]
        if key.multi_region and key.multi_region_configuration["MultiRegionKeyType"] == _PRIMARY:
            replicas = key.multi_region_configuration["ReplicaKeys"]
            if any(key.id in kms_backends[ACCOUNT][each["Region"]].keys for each in replicas):
                # Its waiting time begins when the last replica is gone.
                key.key_state = "PendingReplicaDeletion"
        return answer

    return schedule


def _refuse(code: str, reason: str) -> NoReturn:
    from moto.core.exceptions import JsonRESTError  # noqa: PLC0415 - moto loads only when something is deployed

    raise JsonRESTError(code, reason)
