"""What Firehose and Athena tell CloudWatch."""

from collections.abc import Mapping

from pulumi_aws_sandbox.connection import ACCOUNT

_UNITS = {"Bytes": "Bytes", "DataFreshness": "Seconds"}


def publish(region: str, stream: str, values: Mapping[str, float]) -> None:
    """Publish values of a delivery stream under the names of Firehose's metrics."""
    put(region, "AWS/Firehose", {"DeliveryStreamName": stream}, values)


def put(region: str, namespace: str, dimensions: Mapping[str, str], values: Mapping[str, float]) -> None:
    """Publish values of a service of AWS."""
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when deploying

    about = [{"Name": name, "Value": value} for name, value in dimensions.items()]
    data = [
        {
            "MetricName": name,
            "Dimensions": about,
            "Value": float(value),
            "Unit": next((unit for end, unit in _UNITS.items() if name.endswith(end)), "Count"),
        }
        for name, value in values.items()
    ]
    cloudwatch_backends[ACCOUNT][region].put_metric_data(namespace, data)
