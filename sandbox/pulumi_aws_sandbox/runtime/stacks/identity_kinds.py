"""The types of Cognito that stacks can have."""

from typing import Any

from pulumi_aws_sandbox.runtime.stacks.kind import Aws, Kind, Made, Properties


def _make_replica(aws: Aws, properties: Properties, _: str) -> Made:
    pool, region = properties["UserPoolId"], properties["RegionName"]
    tags = {each["Key"]: each["Value"] for each in properties.get("UserPoolTags", [])}
    request: dict[str, Any] = {"UserPoolTags": tags} if tags else {}
    made = aws("cognito-idp").create_user_pool_replica(UserPoolId=pool, RegionName=region, **request)
    return Made(f"{pool}|{region}", {"UserPoolArn": made["UserPoolReplica"]["UserPoolArn"]})


def _remove_replica(aws: Aws, made: Made, _: Properties) -> None:
    pool, region = made.physical_id.split("|")
    aws("cognito-idp").delete_user_pool_replica(UserPoolId=pool, RegionName=region)


KINDS: dict[str, Kind] = {
    "AWS::Cognito::UserPoolReplica": Kind(_make_replica, _remove_replica),
}
"""The types, by their names."""
