"""What the options of one environment must be to each other, beyond what each may hold by itself."""

import re
from collections.abc import Sequence

from pulumi_aws_mobile.errors import Problems, closest

from .choices import BatchType, DeploymentPolicy, ScalingMetric
from .layers import Layers

MOST_MINUTES = 600
"""The longest breach after which Elastic Beanstalk still scales."""
_PERCENT = 100
_FAMILY = re.compile(r"(?P<letters>[a-z-]+)(?P<generation>\d+)(?P<attributes>[a-z0-9-]*)\..+")


def architecture(type_: str) -> str:
    """Return the processor architecture of an instance type: a `g` behind the generation is Graviton.

    https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
    """
    found = _FAMILY.fullmatch(type_)
    graviton = found is not None and ("g" in found["attributes"].partition("-")[0] or type_.startswith("a1."))
    return "arm64" if graviton else "x86_64"


def check_platform(layers: Layers, problems: Problems) -> None:
    """Note a branch that is not that of the platform version."""
    values = layers.part("platform")
    stack, branch = values.get("solution_stack"), values.get("php")
    if stack and branch and not stack.endswith(f" {branch}"):
        fix = "remove one of the two, or let them agree"
        problems.add(layers.path("platform.php"), branch, f"the branch of {stack}", fix)


def check_instance_types(layers: Layers, types: Sequence[str], problems: Problems) -> None:
    """Note types that no one image can run, or that are too few for a mix."""
    path = layers.path("instances.types")
    if not types:
        problems.add(path, list(types), "one type or more", "name one, or remove the option")
    for position, type_ in enumerate(types):
        if type_ in types[:position]:
            problems.add(f"{path}[{position}]", type_, "each type once", "remove the repetition")
        elif architecture(type_) != architecture(types[0]):
            allowed = f"types of one architecture; {types[0]} is {architecture(types[0])}"
            problems.add(f"{path}[{position}]", type_, allowed, "name types that run the same image")
    spot = layers.part("instances").get("spot")
    if spot is not None and len(set(types)) == 1:
        allowed = "two types or more, with instances.spot"
        problems.add(path, list(types), allowed, "name more types: AWS often lacks one of them for Spot")


def check_numbers(layers: Layers, fewest: int, most: int, problems: Problems) -> None:
    """Note fewer at most than at least, and more On-Demand instances than there may be."""
    if fewest > most:
        problems.add(
            layers.path("instances.min"), fewest, f"at most instances.max, {most}", "lower it, or raise instances.max"
        )
    elif fewest == 0 < most:
        allowed = "1 or more, or 0 where instances.max is 0 too"
        fix = "raise it, or set instances.max to 0: without instances nothing is measured, and nothing would scale up"
        problems.add(layers.path("instances.min"), fewest, allowed, fix)
    base = (layers.part("instances").get("spot") or {}).get("on_demand_base", 0)
    if base > most > 0:
        path = f"{layers.path('instances.spot')}.on_demand_base"
        problems.add(path, base, f"at most instances.max, {most}", "lower it, or raise instances.max")


def check_zones(layers: Layers, region: str | None, known: Sequence[str] | None, problems: Problems) -> None:
    """Note zones of another Region, and those that the network does not span."""
    zones = layers.part("instances").get("zones")
    path = layers.path("instances.zones")
    if zones is None:
        return
    if not zones:
        problems.add(path, zones, "one zone or more", "name one, or remove the option")
    for position, zone in enumerate(zones):
        where = f"{path}[{position}]"
        if region is not None and zone[:-1] != region:
            problems.add(where, zone, f"a zone of {region}", "name a zone of that Region or change region")
        elif known is not None and zone not in known:
            near = closest(zone, known)
            fix = f'did you mean "{near}"?' if near else "name one of them, or add it to network.zones"
            problems.add(where, zone, f"a zone of the network: {' | '.join(sorted(known))}", fix)


def check_thresholds_given(layers: Layers, metric: ScalingMetric, problems: Problems) -> None:
    """Note thresholds that nobody but the caller can know."""
    if metric is ScalingMetric.REQUESTS:
        for option in ("upper", "lower"):
            if option not in layers.part("scaling"):
                fix = "give it: it depends on what your application bears"
                problems.add(layers.path(f"scaling.{option}"), None, "a number of requests per period", fix)


def check_scaling(
    layers: Layers,
    metric: ScalingMetric,
    thresholds: tuple[float, float],
    periods: tuple[int, int],
    problems: Problems,
) -> None:
    """Note thresholds that cross and breaches that last too long."""
    lower, upper = thresholds
    given = layers.part("scaling")
    if metric is ScalingMetric.CPU and upper > _PERCENT:
        problems.add(layers.path("scaling.upper"), upper, "0 to 100 percent", "lower it")
    both = metric is ScalingMetric.CPU or {"upper", "lower"} <= set(given)
    if both and lower >= upper:
        problems.add(
            layers.path("scaling.lower"),
            lower,
            f"less than scaling.upper, {upper}",
            "lower it, or raise scaling.upper: between the two nothing happens",
        )
    if periods[0] * periods[1] > MOST_MINUTES:
        problems.add(
            layers.path("scaling.breach_periods"),
            periods[1],
            f"with periods of {periods[0]} minutes at most {MOST_MINUTES // periods[0]}",
            f"lower one of the two: a breach lasts at most {MOST_MINUTES} minutes",
        )


def check_deployment(layers: Layers, policy: DeploymentPolicy, most: int, *, rolling: bool, problems: Problems) -> None:
    """Note options that the policy does not know, and batches that are too large."""
    values = layers.part("deployment")
    if not rolling:
        for option in ("batch_type", "batch_size"):
            _only_with(layers, f"deployment.{option}", "Rolling and RollingWithAdditionalBatch", policy, problems)
    if policy is not DeploymentPolicy.TRAFFIC_SPLITTING:
        for option in ("traffic_percent", "evaluation_minutes"):
            _only_with(layers, f"deployment.{option}", "TrafficSplitting", policy, problems)
    if not rolling or "batch_size" not in values:
        return
    size, path = values["batch_size"], layers.path("deployment.batch_size")
    if values.get("batch_type", BatchType.PERCENTAGE) is BatchType.PERCENTAGE:
        if size > _PERCENT:
            problems.add(path, size, "1 to 100 percent", "lower it, or set batch_type: Fixed")
    elif size > most > 0:
        problems.add(path, size, f"1 to instances.max, {most}", "lower it, or raise instances.max")


def check_configuration_updates(layers: Layers, most: int, *, batches: bool, pauses: bool, problems: Problems) -> None:
    """Note options that the way of replacing does not know, and batches that leave too few."""
    values = layers.part("configuration_updates")
    type_ = values.get("type")
    if not batches:
        for option in ("max_batch_size", "min_in_service"):
            _only_with(layers, f"configuration_updates.{option}", "Health and Time", type_, problems)
    if not pauses:
        _only_with(layers, "configuration_updates.pause_seconds", "Time", type_ or "Health", problems)
    if not batches or most == 0:
        return
    if (size := values.get("max_batch_size", 1)) > most:
        path = layers.path("configuration_updates.max_batch_size")
        problems.add(path, size, f"1 to instances.max, {most}", "lower it, or raise instances.max")
    if (serving := values.get("min_in_service", 0)) >= most:
        path = layers.path("configuration_updates.min_in_service")
        allowed = f"fewer than instances.max, {most}"
        problems.add(path, serving, allowed, "lower it: one instance at least has to be replaced")


def check_health(layers: Layers, interval: int, timeout: int, problems: Problems) -> None:
    """Note checks that begin before the last one had its time."""
    if timeout >= interval:
        allowed = f"less than health.interval_seconds, {interval}"
        problems.add(layers.path("health.timeout_seconds"), timeout, allowed, "lower it, or raise the interval")


def check_access_logs(layers: Layers, problems: Problems) -> None:
    """Note where logs would go that are not written."""
    values = layers.part("load_balancer")
    if values.get("access_logs", True):
        return
    for option in ("access_logs_bucket", "access_logs_prefix"):
        if option in values:
            path = layers.path(f"load_balancer.{option}")
            problems.add(path, values[option], "nothing while access_logs is false", "remove it, or turn them on")


def check_disabled_updates(layers: Layers, problems: Problems) -> None:
    """Note options of updates that are not made."""
    for option, value in layers.part("managed_updates").items():
        if option != "enabled":
            path = layers.path(f"managed_updates.{option}")
            shown = getattr(value, "value", value)
            problems.add(path, shown, "nothing while managed_updates.enabled is false", "remove it, or enable them")


def _only_with(layers: Layers, option: str, known_to: str, chosen: str | None, problems: Problems) -> None:
    part, _, name = option.partition(".")
    value = layers.part(part).get(name)
    if value is not None:
        shown = getattr(value, "value", value)
        word = getattr(chosen, "value", chosen)
        problems.add(layers.path(option), shown, f"nothing with {word}", f"remove it: it is for {known_to}")
