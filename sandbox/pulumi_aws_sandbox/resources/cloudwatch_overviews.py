"""CloudWatch: alarms over other alarms, and dashboards."""

import json
from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import (
    client_of,
    found,
    from_aws,
    handler,
    policy_from,
    tag_changes,
    tag_list,
    tags_from,
    to_aws,
)

_GONE = ("ResourceNotFound", "ResourceNotFoundException")
_COMPOSITE = {
    "actionsEnabled": "ActionsEnabled",
    "alarmActions": "AlarmActions",
    "alarmDescription": "AlarmDescription",
    "alarmName": "AlarmName",
    "alarmRule": "AlarmRule",
    "insufficientDataActions": "InsufficientDataActions",
    "okActions": "OKActions",
}
_SUPPRESSOR = {
    "alarm": "ActionsSuppressor",
    "extensionPeriod": "ActionsSuppressorExtensionPeriod",
    "waitPeriod": "ActionsSuppressorWaitPeriod",
}


def _cloudwatch(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "cloudwatch", properties)


def _put_composite(clients: Clients, inputs: Properties) -> str:
    request = to_aws(inputs, _COMPOSITE) | to_aws(inputs.get("actionsSuppressor") or {}, _SUPPRESSOR)
    if inputs.get("tags"):
        request["Tags"] = tag_list(inputs)
    _cloudwatch(clients, inputs).put_composite_alarm(**request)
    return inputs["alarmName"]


def _describe_composite(clients: Clients, name: str, known: Properties) -> Properties | None:
    cloudwatch = _cloudwatch(clients, known)
    about = {"AlarmNames": [name], "AlarmTypes": ["CompositeAlarm"]}
    alarms = cloudwatch.describe_alarms(**about).get("CompositeAlarms") or []
    if not alarms:
        return None
    alarm = alarms[0]
    answer = from_aws(alarm, _COMPOSITE)
    suppressor = from_aws(alarm, _SUPPRESSOR)
    tags = cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
    return {
        **{key: value for key, value in answer.items() if value != [] or key in known},
        **({"actionsSuppressor": suppressor} if suppressor else {}),
        "arn": alarm["AlarmArn"],
        **tags_from(tags, known),
    }


def _change_composite(clients: Clients, _: str, outputs: Properties, old: Properties, new: Properties) -> None:
    # PutCompositeAlarm replaces the whole alarm but leaves the tags of an existing one as they are.
    _put_composite(clients, {key: value for key, value in new.items() if key != "tags"})
    cloudwatch = _cloudwatch(clients, new)
    gone, put = tag_changes(old, new)
    if gone:
        cloudwatch.untag_resource(ResourceARN=outputs["arn"], TagKeys=gone)
    if put:
        cloudwatch.tag_resource(ResourceARN=outputs["arn"], Tags=tag_list({"tags": put}))


def _remove_composite(clients: Clients, name: str, outputs: Properties) -> None:
    found(lambda: _cloudwatch(clients, outputs).delete_alarms(AlarmNames=[name]), *_GONE)


def _put_dashboard(clients: Clients, inputs: Properties) -> str:
    _cloudwatch(clients, inputs).put_dashboard(
        DashboardName=inputs["dashboardName"], DashboardBody=inputs["dashboardBody"]
    )
    return inputs["dashboardName"]


def _describe_dashboard(clients: Clients, name: str, known: Properties) -> Properties | None:
    answer = found(lambda: _cloudwatch(clients, known).get_dashboard(DashboardName=name), *_GONE)
    if answer is None:
        return None
    return {
        "dashboardArn": answer["DashboardArn"],
        "dashboardBody": policy_from(answer["DashboardBody"], known, "dashboardBody"),
        "dashboardName": name,
    }


def _change_dashboard(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    _put_dashboard(clients, new)


def _remove_dashboard(clients: Clients, name: str, outputs: Properties) -> None:
    found(lambda: _cloudwatch(clients, outputs).delete_dashboards(DashboardNames=[name]), *_GONE)


def _dashboard_problems(inputs: Properties) -> list[tuple[str, str]]:
    try:
        json.loads(inputs["dashboardBody"])
    except (KeyError, ValueError) as error:
        return [("dashboardBody", f'"dashboard_body" contains an invalid JSON: {error}')]
    return []


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:cloudwatch/compositeAlarm:CompositeAlarm",
            make=_put_composite,
            describe=_describe_composite,
            change=_change_composite,
            remove=_remove_composite,
            required=frozenset({"alarmName", "alarmRule"}),
            replace_on=frozenset({"actionsEnabled", "alarmName"}),
            defaults={"actionsEnabled": True},
            unordered=frozenset({"alarmActions", "okActions", "insufficientDataActions"}),
        ),
        handler(
            "aws:cloudwatch/dashboard:Dashboard",
            make=_put_dashboard,
            describe=_describe_dashboard,
            change=_change_dashboard,
            remove=_remove_dashboard,
            required=frozenset({"dashboardBody", "dashboardName"}),
            replace_on=frozenset({"dashboardName"}),
            validate=_dashboard_problems,
        ),
    )
}
