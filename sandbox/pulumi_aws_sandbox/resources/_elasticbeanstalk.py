"""What the resources of Elastic Beanstalk have in common: settings, tags and errors that say that something is gone."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, tag_changes, tag_list, tags_from

GONE = ("InvalidParameterValue", "ResourceNotFoundException")
SCHEDULED = "aws:autoscaling:scheduledaction"
_SUBNETS = {"Subnets", "ELBSubnets"}
_OWN_GROUPS = "awseb"


def beanstalk_of(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    """Return the client of Elastic Beanstalk in the resource's Region."""
    return client_of(clients, "elasticbeanstalk", properties)


def options(settings: list[Properties]) -> list[dict[str, str]]:
    """Return settings as Elastic Beanstalk takes them; a resource's name counts for scheduled actions only."""
    return [
        {
            "Namespace": each["namespace"],
            "OptionName": each["name"],
            "Value": each["value"],
            **({"ResourceName": each["resource"]} if each["namespace"] == SCHEDULED and each.get("resource") else {}),
        }
        for each in settings
    ]


def settings_from(clients: Clients, answer: list[dict[str, str]], known: Properties) -> list[Properties]:
    """Return all settings that AWS answers, without the security groups of its own making."""
    return [
        {
            "namespace": each["Namespace"],
            "name": each["OptionName"],
            "value": _value(clients, each["OptionName"], each.get("Value", ""), known),
            **({"resource": each["ResourceName"]} if each["Namespace"] == SCHEDULED and "ResourceName" in each else {}),
        }
        for each in answer
    ]


def settings_of_program(everything: list[Properties], known: list[Properties]) -> list[Properties]:
    """Return the settings that a program wrote as they are now: in its order, and in its words where they are equal."""
    now = {key_of(each): each for each in everything}
    return [
        each if _same(each["value"], now[key_of(each)]["value"]) else {**each, "value": now[key_of(each)]["value"]}
        for each in known
        if key_of(each) in now
    ]


def key_of(setting: Properties) -> tuple[str, str, str]:
    """Return what makes a setting the same one, whatever its value."""
    resource = setting.get("resource", "") if setting["namespace"] == SCHEDULED else ""
    return resource, setting["namespace"], setting["name"]


def option_changes(old: list[Properties], new: list[Properties]) -> dict[str, Any]:
    """Return the settings to set and those to remove."""
    before, after = {key_of(each): each for each in old}, {key_of(each): each for each in new}
    put = [each for key, each in after.items() if before.get(key, {}).get("value") != each["value"]]
    gone = [
        {name: value for name, value in option.items() if name != "Value"}
        for option in options([each for key, each in before.items() if key not in after])
    ]
    return ({"OptionSettings": options(put)} if put else {}) | ({"OptionsToRemove": gone} if gone else {})


def read_tags(clients: Clients, arn: str, known: Properties) -> Properties:
    """Return a resource's tags."""
    answer = found(lambda: beanstalk_of(clients, known).list_tags_for_resource(ResourceArn=arn), *GONE)
    return tags_from(answer["ResourceTags"] if answer else [], known)


def write_tags(clients: Clients, arn: str, old: Properties, new: Properties) -> None:
    """Change a resource's tags."""
    gone, put = tag_changes(old, new)
    if gone or put:
        beanstalk_of(clients, new).update_tags_for_resource(
            ResourceArn=arn, TagsToAdd=tag_list({"tags": put}), TagsToRemove=gone
        )


def _value(clients: Clients, name: str, value: str, known: Properties) -> str:
    if name in _SUBNETS:
        return ",".join(sorted(value.split(",")))
    return _without_own(clients, value, known) if name == "SecurityGroups" else value


def _without_own(clients: Clients, value: str, known: Properties) -> str:
    groups = [each for each in value.split(",") if each]
    if not groups:
        return value
    described = client_of(clients, "ec2", known).describe_security_groups(GroupIds=groups)["SecurityGroups"]
    kept = {each["GroupId"] for each in described if not each["GroupName"].startswith(_OWN_GROUPS)}
    return ",".join(sorted(kept))


def _same(one: str, other: str) -> bool:
    return sorted(one.split(",")) == sorted(other.split(","))
