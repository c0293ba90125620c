"""Applications of Elastic Beanstalk and the lifecycle rules of their versions.

https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/applications-lifecycle.html
"""

from typing import Any

from pulumi_aws_sandbox.gaps import elasticbeanstalk_environments as environments
from pulumi_aws_sandbox.gaps.elasticbeanstalk_refusals import COMBINATION, check_texts, require
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Answer, Application, Store, add_operations
from pulumi_aws_sandbox.runtime import clock

_RULES = {"MaxCountRule": "MaxCount", "MaxAgeRule": "MaxAgeInDays"}
_DEFAULTS = {"MaxCount": 200, "MaxAgeInDays": 180}


def fill() -> None:
    """Add the operations."""
    add_operations(
        create_application,
        delete_application,
        describe_applications,
        update_application,
        update_application_resource_lifecycle,
    )


def create_application(store: Store, given: dict[str, Any]) -> Answer:
    """Make an application."""
    name = given["ApplicationName"]
    check_texts(given, "ApplicationName")
    require(name not in store.applications, f"Application {name} already exists.")
    made = Application(
        name=name,
        description=given.get("Description"),
        tags={each["Key"]: each["Value"] for each in given.get("Tags", [])},
        lifecycle=_lifecycle(given.get("ResourceLifecycleConfig") or {}, {}),
    )
    store.applications[name] = made
    return {"Application": describe(store, made)}


def update_application(store: Store, given: dict[str, Any]) -> Answer:
    """Change an application's description; without one it stays."""
    found = store.application(given["ApplicationName"])
    check_texts(given, "ApplicationName")
    if "Description" in given:
        found.description = given["Description"]
    found.updated = clock.today()
    return {"Application": describe(store, found)}


def update_application_resource_lifecycle(store: Store, given: dict[str, Any]) -> Answer:
    """Change an application's lifecycle rules; what is not given stays."""
    found = store.application(given["ApplicationName"])
    found.lifecycle = _lifecycle(given["ResourceLifecycleConfig"], found.lifecycle)
    return {"ApplicationName": found.name, "ResourceLifecycleConfig": found.lifecycle}


def describe_applications(store: Store, given: dict[str, Any]) -> Answer:
    """List applications, all of them or those that are named."""
    names = given.get("ApplicationNames") or list(store.applications)
    return {"Applications": [describe(store, store.applications[name]) for name in names if name in store.applications]}


def delete_application(store: Store, given: dict[str, Any]) -> None:
    """Delete an application with its versions and saved configurations; its environments only by force."""
    name = given["ApplicationName"]
    if name not in store.applications:  # AWS takes it as done
        return
    running = store.alive(name)
    if given.get("TerminateEnvByForce"):
        for each in running:
            environments.terminate(store, each)
    else:
        names = ", ".join(each.name for each in running)
        reason = f"Unable to delete application {name} because it has the following running environments: [{names}]."
        require(not running, reason)
    del store.applications[name]


def describe(store: Store, application: Application) -> Answer:
    """Return what AWS says of an application."""
    return {
        "ApplicationArn": store.arn("application", application.name),
        "ApplicationName": application.name,
        "Description": application.description,
        "DateCreated": application.created,
        "DateUpdated": application.updated,
        "Versions": list(application.versions),
        "ConfigurationTemplates": list(application.templates),
        "ResourceLifecycleConfig": application.lifecycle
        or {"VersionLifecycleConfig": {rule: _rule(rule, {}, {}) for rule in _RULES}},
    }


def _lifecycle(given: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    if not given:
        return before
    rules, known = given.get("VersionLifecycleConfig") or {}, before.get("VersionLifecycleConfig", {})
    merged = {rule: _rule(rule, rules.get(rule) or {}, known.get(rule, {})) for rule in _RULES}
    enabled = [rule for rule, each in merged.items() if each["Enabled"]]
    require(len(enabled) < len(_RULES), "Only one of MaxCountRule and MaxAgeRule can be enabled.", COMBINATION)
    role = given.get("ServiceRole") or before.get("ServiceRole")
    require(role or not enabled, "ServiceRole must be specified to enable a lifecycle rule.")
    if role:
        from pulumi_aws_sandbox.runtime.access import principals  # noqa: PLC0415 - loads moto's IAM

        require(principals.role(role) is not None, f"The service role {role} does not exist.")
    answer: dict[str, Any] = {"VersionLifecycleConfig": merged}
    return answer | ({"ServiceRole": role} if role else {})


def _rule(rule: str, given: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    limit = _RULES[rule]
    merged = {"Enabled": False, limit: _DEFAULTS[limit], "DeleteSourceFromS3": False, **before, **given}
    require(int(merged[limit]) >= 1, f"{limit} must be at least 1: {merged[limit]}.")
    return merged
