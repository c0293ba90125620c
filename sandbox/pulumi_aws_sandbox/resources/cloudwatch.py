"""CloudWatch: log groups and metric alarms."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import (
    client_of,
    found,
    from_aws,
    handler,
    tag_changes,
    tag_list,
    tags_from,
    to_aws,
)

_GONE = "ResourceNotFoundException"
_ALARM = {
    "name": "AlarmName",
    "alarmDescription": "AlarmDescription",
    "actionsEnabled": "ActionsEnabled",
    "alarmActions": "AlarmActions",
    "okActions": "OKActions",
    "insufficientDataActions": "InsufficientDataActions",
    "metricName": "MetricName",
    "namespace": "Namespace",
    "statistic": "Statistic",
    "extendedStatistic": "ExtendedStatistic",
    "period": "Period",
    "unit": "Unit",
    "evaluationPeriods": "EvaluationPeriods",
    "datapointsToAlarm": "DatapointsToAlarm",
    "threshold": "Threshold",
    "comparisonOperator": "ComparisonOperator",
    "treatMissingData": "TreatMissingData",
    "evaluateLowSampleCountPercentiles": "EvaluateLowSampleCountPercentile",
    "thresholdMetricId": "ThresholdMetricId",
}
_QUERY = {
    "id": "Id",
    "expression": "Expression",
    "label": "Label",
    "returnData": "ReturnData",
    "period": "Period",
    "accountId": "AccountId",
}
_METRIC = {"metricName": "MetricName", "namespace": "Namespace"}
_STAT = {"period": "Period", "stat": "Stat", "unit": "Unit"}


def _make_group(clients: Clients, inputs: Properties) -> str:
    logs, name = client_of(clients, "logs", inputs), inputs["name"]
    names = {"kmsKeyId": "kmsKeyId", "tags": "tags", "logGroupClass": "logGroupClass"}
    logs.create_log_group(logGroupName=name, **to_aws(inputs, names))
    if inputs.get("retentionInDays"):
        logs.put_retention_policy(logGroupName=name, retentionInDays=inputs["retentionInDays"])
    return name


def _describe_group(clients: Clients, name: str, known: Properties) -> Properties | None:
    logs = client_of(clients, "logs", known)
    groups = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    group = next((each for each in groups if each["logGroupName"] == name), None)
    if group is None:
        return None
    arn = group["arn"].removesuffix(":*")
    return {
        "name": name,
        "arn": arn,
        "kmsKeyId": group.get("kmsKeyId"),
        "logGroupClass": group.get("logGroupClass", "STANDARD"),
        "retentionInDays": group.get("retentionInDays", 0),
        "skipDestroy": known.get("skipDestroy", False),
        "deletionProtectionEnabled": known.get("deletionProtectionEnabled", False),
        **tags_from(logs.list_tags_for_resource(resourceArn=arn)["tags"], known),
    }


def _change_group(clients: Clients, name: str, outputs: Properties, old: Properties, new: Properties) -> None:
    logs = client_of(clients, "logs", new)
    if new.get("retentionInDays") != old.get("retentionInDays"):
        if new.get("retentionInDays"):
            logs.put_retention_policy(logGroupName=name, retentionInDays=new["retentionInDays"])
        else:
            logs.delete_retention_policy(logGroupName=name)
    if new.get("kmsKeyId") != old.get("kmsKeyId"):
        if new.get("kmsKeyId"):
            logs.associate_kms_key(logGroupName=name, kmsKeyId=new["kmsKeyId"])
        else:
            logs.disassociate_kms_key(logGroupName=name)
    gone, put = tag_changes(old, new)
    if gone:
        logs.untag_resource(resourceArn=outputs["arn"], tagKeys=gone)
    if put:
        logs.tag_resource(resourceArn=outputs["arn"], tags=put)


def _remove_group(clients: Clients, name: str, outputs: Properties) -> None:
    if outputs.get("skipDestroy"):
        return
    found(lambda: client_of(clients, "logs", outputs).delete_log_group(logGroupName=name), _GONE)


def _put_alarm(clients: Clients, inputs: Properties) -> str:
    request = to_aws(inputs, _ALARM)
    if "dimensions" in inputs:
        request["Dimensions"] = _dimensions(inputs["dimensions"])
    if "metricQueries" in inputs:
        request["Metrics"] = [_query_to_aws(query) for query in inputs["metricQueries"]]
    if inputs.get("tags"):
        request["Tags"] = tag_list(inputs)
    client_of(clients, "cloudwatch", inputs).put_metric_alarm(**request)
    return inputs["name"]


def _dimensions(dimensions: dict[str, str]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in dimensions.items()]


def _query_to_aws(query: Properties) -> dict[str, Any]:
    # The provider says of each query whether it is what the alarm watches; CloudWatch would take none for a yes.
    request = {"ReturnData": False, **to_aws(query, _QUERY)}
    if "metric" in query:
        metric = query["metric"]
        about = to_aws(metric, _METRIC) | {"Dimensions": _dimensions(metric.get("dimensions", {}))}
        request["MetricStat"] = {"Metric": about, **to_aws(metric, _STAT)}
    return request


def _query_from_aws(answer: dict[str, Any]) -> Properties:
    query = from_aws(answer, _QUERY)
    if "MetricStat" in answer:
        stat = answer["MetricStat"]
        dimensions = {each["Name"]: each["Value"] for each in stat["Metric"].get("Dimensions", [])}
        query["metric"] = {**from_aws(stat["Metric"], _METRIC), **from_aws(stat, _STAT), "dimensions": dimensions}
    return query


def _describe_alarm(clients: Clients, name: str, known: Properties) -> Properties | None:
    cloudwatch = client_of(clients, "cloudwatch", known)
    alarms = cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]
    if not alarms:
        return None
    alarm = alarms[0]
    answer = from_aws(alarm, _ALARM)
    threshold = answer.get("threshold")
    if isinstance(threshold, float) and threshold.is_integer():
        answer["threshold"] = int(threshold)
    if alarm.get("Dimensions"):
        answer["dimensions"] = {each["Name"]: each["Value"] for each in alarm["Dimensions"]}
    if alarm.get("Metrics"):
        answer["metricQueries"] = [_query_from_aws(each) for each in alarm["Metrics"]]
    tags = cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
    return {
        "treatMissingData": "missing",
        **{key: value for key, value in answer.items() if value != [] or key in known},
        "arn": alarm["AlarmArn"],
        **tags_from(tags, known),
    }


def _change_alarm(clients: Clients, _: str, outputs: Properties, old: Properties, new: Properties) -> None:
    # PutMetricAlarm replaces the whole alarm but leaves the tags of an existing one as they are.
    _put_alarm(clients, {key: value for key, value in new.items() if key != "tags"})
    cloudwatch = client_of(clients, "cloudwatch", new)
    gone, put = tag_changes(old, new)
    if gone:
        cloudwatch.untag_resource(ResourceARN=outputs["arn"], TagKeys=gone)
    if put:
        cloudwatch.tag_resource(ResourceARN=outputs["arn"], Tags=tag_list({"tags": put}))


def _remove_alarm(clients: Clients, name: str, outputs: Properties) -> None:
    found(lambda: client_of(clients, "cloudwatch", outputs).delete_alarms(AlarmNames=[name]), "ResourceNotFound")


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:cloudwatch/logGroup:LogGroup",
            make=_make_group,
            describe=_describe_group,
            change=_change_group,
            remove=_remove_group,
            replace_on=frozenset({"name", "namePrefix", "logGroupClass"}),
            auto_name=AutoName("name", 512),
        ),
        handler(
            "aws:cloudwatch/metricAlarm:MetricAlarm",
            make=_put_alarm,
            describe=_describe_alarm,
            change=_change_alarm,
            remove=_remove_alarm,
            replace_on=frozenset({"name"}),
            auto_name=AutoName("name", 255),
            defaults={"actionsEnabled": True},
            unordered=frozenset({"alarmActions", "okActions", "insufficientDataActions"}),
        ),
    )
}
