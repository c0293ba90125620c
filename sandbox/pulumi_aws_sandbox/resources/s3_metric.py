"""Simple Storage Service: request metrics of a bucket."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import found, from_aws, handler
from pulumi_aws_sandbox.resources.s3_bucket import s3_of

_GONE = ("NoSuchBucket", "NoSuchConfiguration")


def _put_metric(clients: Clients, inputs: Properties) -> str:
    name = inputs["name"]
    metric: dict[str, Any] = {"Id": name}
    if "filter" in inputs:
        metric["Filter"] = _metric_filter(inputs["filter"])
    s3_of(clients, inputs).put_bucket_metrics_configuration(
        Bucket=inputs["bucket"], Id=name, MetricsConfiguration=metric
    )
    return f"{inputs['bucket']}:{name}"


def _metric_filter(given: Properties) -> dict[str, Any]:
    tags = [{"Key": key, "Value": text} for key, text in given.get("tags", {}).items()]
    parts = {"Prefix": given.get("prefix"), "AccessPointArn": given.get("accessPoint")}
    parts = {name: value for name, value in parts.items() if value}
    if len(parts) + len(tags) > 1:
        return {"And": parts | ({"Tags": tags} if tags else {})}
    return parts or {"Tag": tags[0]}


def _describe_metric(clients: Clients, metric_id: str, known: Properties) -> Properties | None:
    bucket, name = metric_id.split(":", 1)
    s3 = s3_of(clients, known)
    answer = found(lambda: s3.get_bucket_metrics_configuration(Bucket=bucket, Id=name), *_GONE)
    if answer is None:
        return None
    given = answer["MetricsConfiguration"].get("Filter", {})
    parts = given.get("And", given)
    tags = parts.get("Tags", [parts["Tag"]] if "Tag" in parts else [])
    found_filter = from_aws(parts, {"prefix": "Prefix", "accessPoint": "AccessPointArn"})
    if tags:
        found_filter["tags"] = {tag["Key"]: tag["Value"] for tag in tags}
    return {"bucket": bucket, "name": name} | ({"filter": found_filter} if found_filter else {})


def _change_metric(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    _put_metric(clients, new)


def _remove_metric(clients: Clients, metric_id: str, outputs: Properties) -> None:
    bucket, name = metric_id.split(":", 1)
    s3 = s3_of(clients, outputs)
    found(lambda: s3.delete_bucket_metrics_configuration(Bucket=bucket, Id=name), *_GONE)


HANDLERS = {
    "aws:s3/bucketMetric:BucketMetric": handler(
        "aws:s3/bucketMetric:BucketMetric",
        make=_put_metric,
        describe=_describe_metric,
        change=_change_metric,
        remove=_remove_metric,
        required=frozenset({"bucket"}),
        replace_on=frozenset({"bucket", "name"}),
        auto_name=AutoName("name", 64),
    )
}
