"""Elastic Beanstalk: applications, their versions and saved configurations."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._elasticbeanstalk import (
    GONE,
    beanstalk_of,
    option_changes,
    options,
    read_tags,
    settings_from,
    settings_of_program,
    write_tags,
)
from pulumi_aws_sandbox.resources._make import found, from_aws, handler, tag_list, to_aws

_LONGEST = 100
_APPLICATION = {"name": "ApplicationName", "description": "Description"}
_VERSION = {"application": "ApplicationName", "name": "VersionLabel", "description": "Description"}
_TEMPLATE = {
    "application": "ApplicationName",
    "name": "TemplateName",
    "description": "Description",
    "solutionStackName": "SolutionStackName",
    "environmentId": "EnvironmentId",
}


def _lifecycle_problems(inputs: Properties) -> list[tuple[str, str]]:
    rules = inputs.get("appversionLifecycle", {})
    given = [name for name in ("maxCount", "maxAgeInDays") if rules.get(name)]
    if not rules or len(given) == 1:
        return []
    reason = f"one of maxCount and maxAgeInDays must be given: got {' and '.join(given) or 'neither'}"
    return [("appversionLifecycle", f"appversionLifecycle: {reason}")]


def _lifecycle(inputs: Properties) -> dict[str, Any]:
    given = inputs.get("appversionLifecycle", {})
    delete = given.get("deleteSourceFromS3", False)
    count, age = given.get("maxCount"), given.get("maxAgeInDays")
    by_count: dict[str, Any] = {"Enabled": bool(count)}
    by_age: dict[str, Any] = {"Enabled": bool(age)}
    if count:
        by_count |= {"MaxCount": count, "DeleteSourceFromS3": delete}
    if age:
        by_age |= {"MaxAgeInDays": age, "DeleteSourceFromS3": delete}
    role = {"ServiceRole": given["serviceRole"]} if "serviceRole" in given else {}
    return {**role, "VersionLifecycleConfig": {"MaxCountRule": by_count, "MaxAgeRule": by_age}}


def _lifecycle_from(answer: dict[str, Any]) -> Properties:
    rules = answer.get("VersionLifecycleConfig", {})
    for rule, limit in (("MaxCountRule", "MaxCount"), ("MaxAgeRule", "MaxAgeInDays")):
        about = rules.get(rule, {})
        if about.get("Enabled"):
            name = limit[:1].lower() + limit[1:]
            delete = about.get("DeleteSourceFromS3", False)
            lifecycle = {"serviceRole": answer.get("ServiceRole", ""), name: about[limit], "deleteSourceFromS3": delete}
            return {"appversionLifecycle": lifecycle}
    return {}


def _make_application(clients: Clients, inputs: Properties) -> str:
    client = beanstalk_of(clients, inputs)
    client.create_application(**to_aws(inputs, _APPLICATION), Tags=tag_list(inputs))
    if "appversionLifecycle" in inputs:
        client.update_application_resource_lifecycle(
            ApplicationName=inputs["name"], ResourceLifecycleConfig=_lifecycle(inputs)
        )
    return inputs["name"]


def _describe_application(clients: Clients, name: str, known: Properties) -> Properties | None:
    listed = beanstalk_of(clients, known).describe_applications(ApplicationNames=[name])["Applications"]
    if not listed:
        return None
    about = listed[0]
    lifecycle = _lifecycle_from(about.get("ResourceLifecycleConfig", {}))
    # What the program leaves to its default stays unwritten, so that it shows no difference.
    wrote = known.get("appversionLifecycle", {})
    if lifecycle and wrote and "deleteSourceFromS3" not in wrote:
        lifecycle["appversionLifecycle"].pop("deleteSourceFromS3")
    gone = {} if lifecycle or not wrote else {"appversionLifecycle": {}}
    arn = about["ApplicationArn"]
    return {**from_aws(about, _APPLICATION), "arn": arn, **lifecycle, **gone, **read_tags(clients, arn, known)}


def _change_application(clients: Clients, name: str, outputs: Properties, old: Properties, new: Properties) -> None:
    client = beanstalk_of(clients, new)
    if old.get("description") != new.get("description"):
        client.update_application(ApplicationName=name, Description=new.get("description", ""))
    if old.get("appversionLifecycle") != new.get("appversionLifecycle"):
        client.update_application_resource_lifecycle(ApplicationName=name, ResourceLifecycleConfig=_lifecycle(new))
    write_tags(clients, outputs["arn"], old, new)


def _remove_application(clients: Clients, name: str, outputs: Properties) -> None:
    beanstalk_of(clients, outputs).delete_application(ApplicationName=name)


def _make_version(clients: Clients, inputs: Properties) -> str:
    beanstalk_of(clients, inputs).create_application_version(
        **to_aws(inputs, _VERSION | {"process": "Process"}),
        SourceBundle={"S3Bucket": inputs["bucket"], "S3Key": inputs["key"]},
        Tags=tag_list(inputs),
    )
    return inputs["name"]


def _describe_version(clients: Clients, name: str, known: Properties) -> Properties | None:
    listed = found(
        lambda: beanstalk_of(clients, known).describe_application_versions(
            ApplicationName=known["application"], VersionLabels=[name]
        )["ApplicationVersions"],
        *GONE,
    )
    if not listed:
        return None
    about, arn = listed[0], listed[0]["ApplicationVersionArn"]
    return {
        **from_aws(about, _VERSION),
        "bucket": about["SourceBundle"]["S3Bucket"],
        "key": about["SourceBundle"]["S3Key"],
        "arn": arn,
        "forceDelete": known.get("forceDelete", False),
        **read_tags(clients, arn, known),
    }


def _change_version(clients: Clients, name: str, outputs: Properties, old: Properties, new: Properties) -> None:
    if old.get("description") != new.get("description"):
        beanstalk_of(clients, new).update_application_version(
            ApplicationName=new["application"], VersionLabel=name, Description=new.get("description", "")
        )
    write_tags(clients, outputs["arn"], old, new)


def _remove_version(clients: Clients, name: str, outputs: Properties) -> None:
    if _describe_version(clients, name, outputs) is not None:
        beanstalk_of(clients, outputs).delete_application_version(
            ApplicationName=outputs["application"], VersionLabel=name, DeleteSourceBundle=False
        )


def _make_template(clients: Clients, inputs: Properties) -> str:
    given = to_aws(inputs, _TEMPLATE)
    beanstalk_of(clients, inputs).create_configuration_template(
        **given, OptionSettings=options(inputs.get("settings", []))
    )
    return inputs["name"]


def _describe_template(clients: Clients, name: str, known: Properties) -> Properties | None:
    answer = found(
        lambda: beanstalk_of(clients, known).describe_configuration_settings(
            ApplicationName=known["application"], TemplateName=name
        ),
        *GONE,
    )
    if answer is None:
        return None
    about = answer["ConfigurationSettings"][0]
    everything = settings_from(clients, about["OptionSettings"], known)
    settings = settings_of_program(everything, known["settings"]) if "settings" in known else None
    return {**from_aws(about, _TEMPLATE), "settings": settings}


def _change_template(clients: Clients, name: str, _: Properties, old: Properties, new: Properties) -> None:
    changes = option_changes(old.get("settings", []), new.get("settings", []))
    if old.get("description") != new.get("description"):
        changes["Description"] = new.get("description", "")
    beanstalk_of(clients, new).update_configuration_template(
        ApplicationName=new["application"], TemplateName=name, **changes
    )


def _remove_template(clients: Clients, name: str, outputs: Properties) -> None:
    found(
        lambda: beanstalk_of(clients, outputs).delete_configuration_template(
            ApplicationName=outputs["application"], TemplateName=name
        ),
        *GONE,
    )


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:elasticbeanstalk/application:Application",
            make=_make_application,
            describe=_describe_application,
            change=_change_application,
            remove=_remove_application,
            replace_on=frozenset({"name"}),
            auto_name=AutoName("name", _LONGEST),
            validate=_lifecycle_problems,
        ),
        handler(
            "aws:elasticbeanstalk/applicationVersion:ApplicationVersion",
            make=_make_version,
            describe=_describe_version,
            change=_change_version,
            remove=_remove_version,
            required=frozenset({"application", "bucket", "key"}),
            replace_on=frozenset({"application", "bucket", "key", "name", "process"}),
            auto_name=AutoName("name", _LONGEST),
        ),
        handler(
            "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate",
            make=_make_template,
            describe=_describe_template,
            change=_change_template,
            remove=_remove_template,
            required=frozenset({"application"}),
            replace_on=frozenset({"application", "environmentId", "name", "solutionStackName"}),
            auto_name=AutoName("name", _LONGEST),
            unordered=frozenset({"settings"}),
        ),
    )
}
