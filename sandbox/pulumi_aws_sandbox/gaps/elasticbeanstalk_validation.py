"""What Elastic Beanstalk refuses of an environment's option settings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_sandbox.gaps import elasticbeanstalk_options as options
from pulumi_aws_sandbox.gaps.elasticbeanstalk_option_table import OPTIONS, Option
from pulumi_aws_sandbox.gaps.elasticbeanstalk_refusals import COMBINATION, CONFIGURATION, refuse, require
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Settings

_PROPERTIES_LENGTH = 4096
# What AWS has and this sandbox does not.
_ELSEWHERE = {
    "aws:elb:": "the sandbox has no classic load balancers, which this option is for",
    "aws:rds:dbinstance": "the sandbox makes no database with an environment, which would be deleted with it",
    "aws:elasticbeanstalk:sqsd": "the sandbox has no worker environments, which this option is for",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one option."""

    namespace: str
    option: str
    text: str


def settings_from(given: Iterable[Mapping[str, Any]]) -> Settings:
    """Return the option settings of a request."""
    return {
        (each.get("ResourceName") or "", each["Namespace"], each["OptionName"]): each.get("Value") or ""
        for each in given
    }


def changed(settings: Settings, given: Mapping[str, Any]) -> Settings:
    """Return settings without those that a request removes and with those that it sets."""
    removed = {
        (each.get("ResourceName") or "", each["Namespace"], each["OptionName"])
        for each in given.get("OptionsToRemove", [])
    }
    added = settings_from(given.get("OptionSettings", []))
    for _, namespace, name in removed:
        absent = unknown(namespace, name)
        refuse_if_any([absent] if absent else [])
    both = sorted(f"{namespace} {name}" for _, namespace, name in removed & added.keys())
    require(not both, f"Options are both set and removed: {', '.join(both)}.", COMBINATION)
    return {key: value for key, value in settings.items() if key not in removed} | added


def effective(settings: Settings) -> dict[tuple[str, str], str]:
    """Return every option's value: what was given, and the defaults of the rest."""
    given = {(namespace, name): value for (_, namespace, name), value in settings.items()}
    values = options.defaults()
    values |= {key: value for key, value in given.items() if value or key not in values}
    for namespace in sorted({namespace for namespace, _ in given} - OPTIONS.keys()):
        for name, each in options.options_of(namespace).items():
            if each.default is not None:
                values.setdefault((namespace, name), each.default)
    return values


def problems_of(settings: Settings) -> list[Problem]:
    """Return what is wrong with the settings by themselves, whatever exists in the account."""
    found = [problem for key, value in settings.items() for problem in _problem(key, value)]
    return found or list(_contradictions(effective(settings), settings))


def refuse_if_any(problems: list[Problem]) -> None:
    """Refuse the request where there are problems."""
    if problems:
        refuse(CONFIGURATION, f"Configuration validation exception: {'; '.join(each.text for each in problems)}")


def value_problem(namespace: str, name: str, value: str | None, reason: str) -> Problem:
    """Return the problem of an option's value in Elastic Beanstalk's words."""
    shown = "null" if value is None else value
    text = f"Invalid option value: '{shown}' (Namespace: '{namespace}', OptionName: '{name}'): {reason}"
    return Problem(namespace, name, text)


def unknown(namespace: str, name: str) -> Problem | None:
    """Return the problem of an option that does not exist."""
    if options.option(namespace, name) is not None:
        return None
    why = next((text for prefix, text in _ELSEWHERE.items() if namespace.startswith(prefix)), "")
    reason = f"{why}." if why else "Unknown configuration setting."
    text = f"Invalid option specification (Namespace: '{namespace}', OptionName: '{name}'): {reason}"
    return Problem(namespace, name, text)


def _problem(key: tuple[str, str, str], value: str) -> Iterator[Problem]:
    resource, namespace, name = key
    absent = unknown(namespace, name)
    if absent is not None:
        yield absent
        return
    if namespace == options.SCHEDULED and not resource:
        text = "You must specify the ResourceName of a scheduled action."
        yield value_problem(namespace, name, value, text)
    known = options.option(namespace, name)
    if known is None or not value:  # an empty value is the default
        return
    for each in [part.strip() for part in value.split(",")] if known.several else [value]:
        reason = _reason(known, each)
        if reason:
            yield value_problem(namespace, name, value, reason)
            return


def _reason(known: Option, value: str) -> str:
    if known.allowed and value not in known.allowed:
        return f"Value is not one of the allowed values: {list(known.allowed)}".replace("'", "")
    if known.longest is not None and len(value) > known.longest:
        return f"Value is longer than {known.longest} characters."
    if known.pattern and not re.fullmatch(known.pattern, value, re.DOTALL):
        return f"Value does not match: {known.pattern}"
    return _range_reason(known, value)


def _range_reason(known: Option, value: str) -> str:
    if known.low is None or known.high is None:
        return ""
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return "Value is not a number."
    if float(value) < known.low:
        return f"Value is less than minimum allowed value: {known.low:g}"
    return f"Value is greater than maximum allowed value: {known.high:g}" if float(value) > known.high else ""


def _contradictions(values: Mapping[tuple[str, str], str], given: Settings) -> Iterator[Problem]:
    asg, command = "aws:autoscaling:asg", "aws:elasticbeanstalk:command"
    low, high = int(values[asg, "MinSize"]), int(values[asg, "MaxSize"])
    if low > high:
        text = f"MinSize is greater than MaxSize: {high}"
        yield value_problem(asg, "MinSize", values[asg, "MinSize"], text)
    size, fixed = int(values[command, "BatchSize"]), values[command, "BatchSizeType"] == "Fixed"
    # An environment may stand without instances; the batches are for when it has some again.
    largest = (high or size) if fixed else 100
    if size > largest and (("", command, "BatchSize") in given or not fixed):
        text = f"Value is greater than maximum allowed value: {largest}"
        yield value_problem(command, "BatchSize", str(size), text)
    yield from _process_problems(values)
    yield from _listener_problems(values)
    yield from _threshold_problems(values)
    yield from _managed_problems(values)
    yield from _property_problems(values)
    yield from _root_volume_problems(values)


def _process_problems(values: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    for namespace in sorted({namespace for namespace, _ in values if namespace.startswith(options.PROCESS)}):
        timeout, interval = values[namespace, "HealthCheckTimeout"], values[namespace, "HealthCheckInterval"]
        if int(timeout) >= int(interval):
            text = f"The timeout must be smaller than HealthCheckInterval: {interval}"
            yield value_problem(namespace, "HealthCheckTimeout", timeout, text)


def _listener_problems(values: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    for namespace in sorted({namespace for namespace, _ in values if namespace.startswith(options.LISTENER)}):
        if values[namespace, "ListenerEnabled"] == "false":
            continue
        if values[namespace, "Protocol"] == "HTTPS" and not values.get((namespace, "SSLCertificateArns")):
            text = "A listener of protocol HTTPS needs a certificate."
            yield value_problem(namespace, "SSLCertificateArns", None, text)
        process = values[namespace, "DefaultProcess"]
        if (f"{options.PROCESS}{process}", "Port") not in values:
            yield value_problem(namespace, "DefaultProcess", process, f"There is no process named {process}.")


def _threshold_problems(values: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    trigger = "aws:autoscaling:trigger"
    lower, upper = values[trigger, "LowerThreshold"], values[trigger, "UpperThreshold"]
    if float(lower) >= float(upper):
        yield value_problem(trigger, "LowerThreshold", lower, f"Must be less than UpperThreshold: {upper}")


def _managed_problems(values: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    managed, role = "aws:elasticbeanstalk:managedactions", ("aws:elasticbeanstalk:environment", "ServiceRole")
    enhanced = values["aws:elasticbeanstalk:healthreporting:system", "SystemType"] == "enhanced"
    if enhanced and not values.get(role):
        yield value_problem(*role, None, "Enhanced health reporting needs a service role.")
    if values[managed, "ManagedActionsEnabled"] != "true":
        return
    if not enhanced:
        text = "Managed actions need enhanced health reporting."
        yield value_problem(managed, "ManagedActionsEnabled", "true", text)
    for namespace, name in ((managed, "PreferredStartTime"), (f"{managed}:platformupdate", "UpdateLevel")):
        if not values.get((namespace, name)):
            yield value_problem(namespace, name, None, "You must specify it to enable managed actions.")


def _property_problems(values: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    for space in (options.ENVIRONMENT, options.SECRETS):
        joined = ",".join(f"{name}={value}" for (namespace, name), value in values.items() if namespace == space)
        if len(joined.encode()) > _PROPERTIES_LENGTH:
            text = f"All of them together have {len(joined.encode())} bytes; at most {_PROPERTIES_LENGTH} are allowed."
            yield value_problem(space, "*", "...", text)
    both = {name for space, name in values if space == options.ENVIRONMENT} & {
        name for space, name in values if space == options.SECRETS
    }
    for name in sorted(both):
        text = f"The same name is set in {options.ENVIRONMENT}."
        yield value_problem(options.SECRETS, name, values[options.SECRETS, name], text)


def _root_volume_problems(values: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    launch = "aws:autoscaling:launchconfiguration"
    kind, size, iops = (values.get((launch, f"RootVolume{name}")) for name in ("Type", "Size", "IOPS"))
    if kind == "io1" and (not size or not iops):
        yield value_problem(launch, "RootVolumeType", kind, "It needs RootVolumeSize and RootVolumeIOPS.")
    if kind in {"gp2", "gp3", "io1"} and size and int(size) < 10:  # noqa: PLR2004 - EC2's own limit for these types
        yield value_problem(launch, "RootVolumeSize", size, "Value is less than minimum allowed value: 10")
    if values.get((launch, "RootVolumeThroughput")) and kind != "gp3":
        text = "It applies to the volume type gp3 only."
        yield value_problem(launch, "RootVolumeThroughput", values[launch, "RootVolumeThroughput"], text)
