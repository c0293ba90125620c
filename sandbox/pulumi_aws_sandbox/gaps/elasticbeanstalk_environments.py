"""Environments: created, updated, rebuilt, swapped and terminated."""

import re
from typing import Any

from pulumi_aws_sandbox.gaps import elasticbeanstalk_bundles as bundles
from pulumi_aws_sandbox.gaps import elasticbeanstalk_deployments as deployments
from pulumi_aws_sandbox.gaps.elasticbeanstalk_platforms import stack_of
from pulumi_aws_sandbox.gaps.elasticbeanstalk_refusals import COMBINATION, INVALID, check_texts, refuse, require
from pulumi_aws_sandbox.gaps.elasticbeanstalk_reports import describe_environment
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import (
    Answer,
    Environment,
    Settings,
    Store,
    add_operations,
    name_of_resource,
)
from pulumi_aws_sandbox.gaps.elasticbeanstalk_surroundings import problems_around
from pulumi_aws_sandbox.gaps.elasticbeanstalk_validation import (
    changed,
    effective,
    problems_of,
    refuse_if_any,
    value_problem,
)
from pulumi_aws_sandbox.runtime import clock

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{2,38})[A-Za-z0-9]")
_PREFIX = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{2,61})[A-Za-z0-9]")
_KIND = ("aws:elasticbeanstalk:environment", "LoadBalancerType")


def fill() -> None:
    """Add the operations."""
    add_operations(
        abort_environment_update,
        check_dns_availability,
        create_environment,
        rebuild_environment,
        restart_app_server,
        swap_environment_cnam_es,
        terminate_environment,
        update_environment,
    )


def create_environment(store: Store, given: dict[str, Any]) -> Answer:
    """Launch an environment."""
    application, name = store.application(given["ApplicationName"]), given.get("EnvironmentName") or ""
    check_texts(given, "ApplicationName")
    reason = "EnvironmentName must have 4 to 40 letters, digits and hyphens, and no hyphen at its ends"
    require(_NAME.fullmatch(name), f"Value {name} at 'EnvironmentName' failed to satisfy constraint: {reason}.")
    require(name not in {each.name for each in store.alive()}, f"Environment {name} already exists.")
    tier = (given.get("Tier") or {}).get("Name", "WebServer")
    require(tier == "WebServer", f"The sandbox has the tier WebServer only: {tier}.")
    cname = _cname(store, name, given.get("CNAMEPrefix"))
    template = store.template(application.name, given["TemplateName"]) if given.get("TemplateName") else None
    stack = stack_of(given)
    both = template is not None and stack is not None
    require(not both, "Only one of TemplateName and a solution stack or platform can be given.", COMBINATION)
    require(template or stack, "A solution stack, a platform or a TemplateName must be given.", COMBINATION)
    settings = changed(template.settings if template else {}, given)
    version = given.get("VersionLabel") or bundles.SAMPLE
    brought, _ = bundles.brought(bundles.of_version(store, application.name, version))
    _refuse_wrong(store, brought | settings)
    made = Environment(
        id=f"e-{name_of_resource(lowercase=True, length=10)}",
        name=name,
        application=application.name,
        description=given.get("Description"),
        version=version,
        stack=stack or (template.stack if template else ""),
        template=template.name if template else None,
        settings=settings,
        cname=cname,
        tags={each["Key"]: each["Value"] for each in given.get("Tags", [])},
    )
    store.environments[made.id] = made
    store.tell("INFO", "createEnvironment is starting.", made)
    deployments.launch(store, made)
    return describe_environment(store, made)


def update_environment(store: Store, given: dict[str, Any]) -> Answer:
    """Deploy another version, change settings, description or platform."""
    found = _ready(store, given)
    settings, stack = found.settings, stack_of(given) or found.stack
    if given.get("TemplateName"):
        template = store.template(found.application, given["TemplateName"])
        settings, found.template = {**settings, **template.settings}, template.name
    settings = changed(settings, given)
    _refuse_wrong(store, found.brought | settings)
    before, after = effective(found.all_settings)[_KIND], effective(found.brought | settings)[_KIND]
    if before != after:
        text = "The type of the load balancer can only be set when the environment is created."
        refuse_if_any([value_problem(*_KIND, after, text)])
    if "Description" in given:
        found.description = given["Description"]
    version = given.get("VersionLabel") or found.version
    bundles.of_version(store, found.application, version)
    if (version, settings, stack) != (found.version, found.settings, found.stack):
        deployments.deploy(store, found, version, settings, stack)
        deployments.take_time(found)
    found.updated = clock.today()
    return describe_environment(store, found)


def terminate_environment(store: Store, given: dict[str, Any]) -> Answer:
    """Terminate an environment, with its resources unless they are to stay."""
    found = store.environment(given)
    terminate(store, found, resources=given.get("TerminateResources") is not False)
    return describe_environment(store, found)


def rebuild_environment(store: Store, given: dict[str, Any]) -> None:
    """Make all of an environment's resources anew."""
    found = _ready(store, given)
    _refuse_wrong(store, found.all_settings)
    store.tell("INFO", "rebuildEnvironment is starting.", found)
    deployments.demolish(store, found)
    deployments.launch(store, found)


def restart_app_server(store: Store, given: dict[str, Any]) -> None:
    """Start the application anew on all instances."""
    found = _ready(store, given)
    store.tell("INFO", "restartAppServer is starting.", found)
    deployments.restart(store, found)


def abort_environment_update(store: Store, given: dict[str, Any]) -> None:
    """Refuse: an update is over when its answer comes, so there is none to abort."""
    found = store.environment(given)
    reason = f"Environment named {found.name} is in an invalid state for this operation. Must be pending deployment."
    refuse(INVALID, reason)


def check_dns_availability(store: Store, given: dict[str, Any]) -> Answer:
    """Tell whether a prefix is free."""
    full = _full_name(store, given["CNAMEPrefix"])
    return {"Available": _is_free(store, full), "FullyQualifiedCNAME": full}


def swap_environment_cnam_es(store: Store, given: dict[str, Any]) -> None:
    """Give two environments each other's name."""
    source, target = _ready(store, given, "Source"), _ready(store, given, "Destination")
    require(source.id != target.id, "The source and the destination are the same environment.")
    same = source.application == target.application
    require(same, "Both environments must belong to the same application.", COMBINATION)
    source.cname, target.cname = target.cname, source.cname
    for each in (source, target):
        each.updated = clock.today()
        message = f"Completed swapping CNAMEs for environments '{source.name}' and '{target.name}'."
        store.tell("INFO", message, each)


def terminate(store: Store, environment: Environment, *, resources: bool = True) -> None:
    """End an environment."""
    store.tell("INFO", "terminateEnvironment is starting.", environment)
    deployments.demolish(store, environment, resources=resources)
    environment.status, environment.updated = "Terminated", clock.today()
    store.tell("INFO", f"terminateEnvironment completed successfully: {environment.name}", environment)


def _ready(store: Store, given: dict[str, Any], prefix: str = "") -> Environment:
    found = store.environment(given, prefix)
    reason = f"Environment named {found.name} is in an invalid state for this operation. Must be Ready."
    require(found.shown_status == "Ready", reason)
    return found


def _refuse_wrong(store: Store, settings: Settings) -> None:
    refuse_if_any(problems_of(settings) or problems_around(store, effective(settings)))


def _cname(store: Store, name: str, prefix: str | None) -> str:
    if prefix is None:
        return _full_name(store, f"{name}.eba-{name_of_resource(lowercase=True, length=8)}")
    reason = "CNAMEPrefix must have 4 to 63 letters, digits and hyphens, and no hyphen at its ends"
    require(_PREFIX.fullmatch(prefix), f"Value {prefix} at 'CNAMEPrefix' failed to satisfy constraint: {reason}.")
    full = _full_name(store, prefix)
    require(_is_free(store, full), f"DNS name ({full}) is not available.")
    return full


def _full_name(store: Store, prefix: str) -> str:
    return f"{prefix.lower()}.{store.region}.elasticbeanstalk.com"


def _is_free(store: Store, full: str) -> bool:
    return full not in {each.cname for each in store.alive()}
