"""Replicas of user pools in other Regions: who may have one, and which there are.

A replica shares its pool's id; sign-in through it is not served here.
https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-multi-region-replication.html
"""

import json
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.gaps.cognito_refusals import refuse

_LITE = "LITE"
_MOST = 1


def fill() -> None:
    """Add the operations."""
    from moto.cognitoidp.responses import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdpResponse,
    )

    CognitoIdpResponse.create_user_pool_replica = _create
    CognitoIdpResponse.delete_user_pool_replica = _delete
    CognitoIdpResponse.list_user_pool_replicas = _list
    CognitoIdpResponse.update_user_pool_replica = _update


def _create(self: Any) -> str:  # noqa: ANN401 - moto's own types
    asked = json.loads(self.body)
    pool, region = _pool(self, asked), asked["RegionName"]
    if region == self.region:
        refuse("InvalidParameterException", f"A replica must be in another Region than the user pool's, {region}.")
    tier = (pool.extended_config or {}).get("UserPoolTier", "ESSENTIALS")
    if tier == _LITE:
        refuse("FeatureUnavailableInTierException", f"Multi-Region replication is not available in the tier {tier}.")
    replicas = _replicas(pool)
    if region in replicas:
        refuse("InvalidParameterException", f"The user pool {pool.id} has a replica in {region} already.")
    if len(replicas) >= _MOST:
        refuse("LimitExceededException", f"A user pool has at most {_MOST} replica.")
    replicas[region] = "ACTIVE"
    return json.dumps({"UserPoolReplica": _shown(pool, region)})


def _update(self: Any) -> str:  # noqa: ANN401 - moto's own types
    asked = json.loads(self.body)
    pool, region = _pool(self, asked), asked["RegionName"]
    _require(pool, region)
    if asked.get("Status") not in {"ACTIVE", "INACTIVE"}:
        refuse("InvalidParameterException", f"Status: got {asked.get('Status')}; allowed: ACTIVE, INACTIVE")
    _replicas(pool)[region] = asked["Status"]
    return json.dumps({"UserPoolReplica": _shown(pool, region)})


def _delete(self: Any) -> str:  # noqa: ANN401 - moto's own types
    asked = json.loads(self.body)
    pool, region = _pool(self, asked), asked["RegionName"]
    _require(pool, region)
    shown = _shown(pool, region) | {"Status": "DELETING"}
    del _replicas(pool)[region]
    return json.dumps({"UserPoolReplica": shown})


def _list(self: Any) -> str:  # noqa: ANN401 - moto's own types
    pool = _pool(self, json.loads(self.body))
    own = {"RegionName": self.region, "Status": "ACTIVE", "Role": "PRIMARY", "UserPoolArn": pool.arn}
    return json.dumps({"UserPoolReplicas": [own, *(_shown(pool, region) for region in _replicas(pool))]})


def _pool(self: Any, asked: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
    return self.backend.describe_user_pool(asked["UserPoolId"])


def _replicas(pool: Any) -> dict[str, str]:  # noqa: ANN401 - moto's own type
    return vars(pool).setdefault("replicas", {})


def _require(pool: Any, region: str) -> None:  # noqa: ANN401 - moto's own type
    if region not in _replicas(pool):
        refuse("ResourceNotFoundException", f"The user pool {pool.id} has no replica in {region}.")


def _shown(pool: Any, region: str) -> dict[str, str]:  # noqa: ANN401 - moto's own type
    return {
        "RegionName": region,
        "Status": _replicas(pool)[region],
        "Role": "SECONDARY",
        "UserPoolArn": f"arn:{PARTITION}:cognito-idp:{region}:{ACCOUNT}:userpool/{pool.id}",
    }
