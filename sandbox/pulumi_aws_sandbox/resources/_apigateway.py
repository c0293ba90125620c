"""What the handlers of API Gateway share: its clients, ARNs, tags and patches."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, region_of, tag_changes

GONE = "NotFoundException"
Patches = list[dict[str, str]]


def apigateway(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    """Return the client of API Gateway in the resource's Region."""
    return client_of(clients, "apigateway", properties)


def arn(clients: Clients, properties: Properties, path: str) -> str:
    """Return the ARN of a resource of API Gateway."""
    return f"arn:{clients.partition}:apigateway:{region_of(clients, properties)}::{path}"


def execution_arn(clients: Clients, properties: Properties, path: str) -> str:
    """Return the ARN by which calls to an API are allowed."""
    return f"arn:{clients.partition}:execute-api:{region_of(clients, properties)}:{clients.account}:{path}"


def moment(value: datetime | None) -> str:
    """Return a date as the provider writes it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value is not None else ""


def retag(client: Any, resource_arn: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    """Change the tags of a resource."""
    gone, put = tag_changes(old, new)
    if gone:
        client.untag_resource(resourceArn=resource_arn, tagKeys=gone)
    if put:
        client.tag_resource(resourceArn=resource_arn, tags=put)


def tags_of(answer: Mapping[str, Any], known: Properties) -> Properties:
    """Return the tags of a resource as `tags` and `tagsAll`."""
    found = answer.get("tags") or {}
    return {"tagsAll": found} | ({"tags": found} if found or "tags" in known else {})


def patch(path: str, value: object) -> dict[str, str]:
    """Return a patch that sets something, or takes it away where there is no value."""
    if value is None:
        return {"op": "remove", "path": path}
    return {"op": "replace", "path": path, "value": as_text(value)}


def as_text(value: object) -> str:
    """Return a value as a patch writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def changed(
    old: Properties, new: Properties, paths: Mapping[str, str], empty: str | None = ""
) -> Iterator[dict[str, str]]:
    """Yield the patches of the inputs that differ; `empty` is what stands for an input that is gone."""
    for name, path in paths.items():
        if old.get(name) != new.get(name):
            yield patch(path, new.get(name, empty))


def as_key(name: str) -> str:
    """Return a name as part of a patch's path."""
    return name.replace("~", "~0").replace("/", "~1")


def stage_ids(properties: Properties) -> dict[str, str]:
    """Return what names a stage in calls."""
    return {"restApiId": properties["restApi"], "stageName": properties["stageName"]}
