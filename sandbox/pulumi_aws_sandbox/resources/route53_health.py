"""Health checks of Route 53, which is one for all Regions."""

import uuid
from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import found, from_aws, handler, tag_changes, tag_list, tags_from, to_aws
from pulumi_aws_sandbox.resources._shapes import in_known_order

_GONE = "NoSuchHealthCheck"
_FIXED = {"measureLatency": "MeasureLatency", "requestInterval": "RequestInterval", "type": "Type"}
_CHANGED = {
    "childHealthThreshold": "HealthThreshold",
    "childHealthchecks": "ChildHealthChecks",
    "disabled": "Disabled",
    "enableSni": "EnableSNI",
    "failureThreshold": "FailureThreshold",
    "fqdn": "FullyQualifiedDomainName",
    "insufficientDataHealthStatus": "InsufficientDataHealthStatus",
    "invertHealthcheck": "Inverted",
    "ipAddress": "IPAddress",
    "port": "Port",
    "regions": "Regions",
    "resourcePath": "ResourcePath",
    "searchString": "SearchString",
}
_ENDPOINTS = {"HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"}
_EMPTY = {
    "ChildHealthChecks": [],
    "Disabled": False,
    "FullyQualifiedDomainName": "",
    "HealthThreshold": 0,
    "Inverted": False,
    "ResourcePath": "",
    "SearchString": "",
}


def _route53(clients: Clients) -> Any:  # noqa: ANN401 - a boto3 client
    return clients("route53")


def _alarm(inputs: Properties) -> dict[str, Any]:
    if not inputs.get("cloudwatchAlarmName"):
        return {}
    alarm = {"Name": inputs["cloudwatchAlarmName"], "Region": inputs["cloudwatchAlarmRegion"]}
    return {"AlarmIdentifier": alarm}


def _make(clients: Clients, inputs: Properties) -> str:
    route53 = _route53(clients)
    config = to_aws(inputs, {**_FIXED, **_CHANGED}) | _alarm(inputs)
    reference = f"{inputs['referenceName']}-{uuid.uuid4()}" if inputs.get("referenceName") else str(uuid.uuid4())
    made = route53.create_health_check(CallerReference=reference[:64], HealthCheckConfig=config)["HealthCheck"]
    if inputs.get("tags"):
        route53.change_tags_for_resource(ResourceType="healthcheck", ResourceId=made["Id"], AddTags=tag_list(inputs))
    return made["Id"]


def _describe(clients: Clients, check_id: str, known: Properties) -> Properties | None:
    route53 = _route53(clients)
    answer = found(lambda: route53.get_health_check(HealthCheckId=check_id), _GONE)
    if answer is None:
        return None
    config = answer["HealthCheck"]["HealthCheckConfig"]
    now = from_aws(config, {**_FIXED, **_CHANGED})
    for name in ("childHealthchecks", "regions"):
        if name in now:
            now[name] = in_known_order(known.get(name) or [], now[name])
    if alarm := config.get("AlarmIdentifier"):
        now |= {"cloudwatchAlarmName": alarm["Name"], "cloudwatchAlarmRegion": alarm["Region"]}
    tags = route53.list_tags_for_resource(ResourceType="healthcheck", ResourceId=check_id)["ResourceTagSet"]["Tags"]
    return {**now, "arn": f"arn:{clients.partition}:route53:::healthcheck/{check_id}", **tags_from(tags, known)}


def _change(clients: Clients, check_id: str, _: Properties, old: Properties, new: Properties) -> None:
    route53 = _route53(clients)
    before, after = to_aws(old, _CHANGED) | _alarm(old), to_aws(new, _CHANGED) | _alarm(new)
    changes = {name: value for name, value in after.items() if before.get(name) != value}
    changes |= {name: _EMPTY[name] for name in before if name not in after and name in _EMPTY}
    if old.get("triggers") != new.get("triggers"):
        # The alarm is read again when the check is changed, and only then.
        changes |= _alarm(new)
    if changes:
        route53.update_health_check(HealthCheckId=check_id, **changes)
    gone, put = tag_changes(old, new)
    if gone or put:
        tags: dict[str, Any] = {"AddTags": tag_list({"tags": put})} if put else {}
        tags |= {"RemoveTagKeys": gone} if gone else {}
        route53.change_tags_for_resource(ResourceType="healthcheck", ResourceId=check_id, **tags)


def _remove(clients: Clients, check_id: str, _: Properties) -> None:
    found(lambda: _route53(clients).delete_health_check(HealthCheckId=check_id), _GONE)


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    kind, problems = inputs.get("type", ""), []
    if kind == "RECOVERY_CONTROL" or inputs.get("routingControlArn"):
        return [("routingControlArn", "the sandbox has no routing controls")]
    if kind in _ENDPOINTS:
        if not inputs.get("fqdn") and not inputs.get("ipAddress"):
            problems.append(("fqdn", "one of `fqdn,ip_address` must be specified for a check of an endpoint"))
        if "requestInterval" not in inputs:
            problems.append(("requestInterval", "request_interval must be specified for a check of an endpoint"))
    if bool(inputs.get("cloudwatchAlarmName")) != bool(inputs.get("cloudwatchAlarmRegion")):
        problems.append(
            ("cloudwatchAlarmRegion", "all of `cloudwatch_alarm_name,cloudwatch_alarm_region` must be given")
        )
    return problems


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:route53/healthCheck:HealthCheck",
            make=_make,
            describe=_describe,
            change=_change,
            remove=_remove,
            required=frozenset({"type"}),
            replace_on=frozenset({"measureLatency", "referenceName", "requestInterval", "routingControlArn", "type"}),
            defaults={"disabled": False},
            regional=False,
            unordered=frozenset({"childHealthchecks", "regions"}),
            validate=_problems,
        ),
    )
}
