"""The remedies. Each returns in words what it did; whatever AWS refuses is raised."""

import math
import time
from collections.abc import Callable, Mapping

from .clients import asking, changing
from .plan import Target
from .poisoned import move_poisoned
from .seeing import full_instance, instance

_LEAST_GROWTH_GIB = 10
_GROWTH = 1.2
_SICK = frozenset({"Severe", "Degraded"})


class NothingToDoError(Exception):
    """There is no remedy that may be used; the message says why."""


def act(target: Target, ailment: str, step: int) -> str:
    """Use the remedy against an ailment; `step` counts how often it was used in this incident."""
    return _REMEDIES[ailment](target, step)


def _revive(target: Target, step: int) -> str:
    """Start the application anew; where rebuilding is allowed, do that from the second time on."""
    name = target.told["environment"]
    if step > 0 and target.told.get("rebuild"):
        changing("elasticbeanstalk").rebuild_environment(EnvironmentName=name)
        return f"rebuilt the environment {name}"
    changing("elasticbeanstalk").restart_app_server(EnvironmentName=name)
    return f"restarted the application servers of {name}"


def _replace_unhealthy(target: Target, step: int) -> str:
    """Replace one instance that is not well, as long as another is; else it is not the instance's fault."""
    name = target.told["environment"]
    listed = asking("elasticbeanstalk").describe_instances_health(EnvironmentName=name, AttributeNames=["All"])
    health = {each["InstanceId"]: each["HealthStatus"] for each in listed["InstanceHealthList"]}
    sick = sorted(each for each, status in health.items() if status in _SICK)
    if sick and len(sick) < len(health):
        return _terminate(sick[0], f"{health[sick[0]]}")
    if sick:
        return f"no instance is well, so none is replaced: {_revive(target, step)}"
    message = "the load balancer finds an instance unhealthy that Elastic Beanstalk finds well"
    raise NothingToDoError(message)


def _replace_full(target: Target, _step: int) -> str:
    found = full_instance(target, time.time())
    if found is None:
        message = "no root file system is too full any more"
        raise NothingToDoError(message)
    return _terminate(found, "its root file system is full")


def _terminate(instance_id: str, why: str) -> str:
    """End an instance and let its Auto Scaling group launch another in its place."""
    changing("autoscaling").terminate_instance_in_auto_scaling_group(
        InstanceId=instance_id, ShouldDecrementDesiredCapacity=False
    )
    return f"replaced the instance {instance_id} ({why})"


def _reboot(target: Target, _step: int) -> str:
    """Reboot a database, by failover where it has a standby."""
    identifier = target.told["identifier"]
    standby = bool(instance(target).get("MultiAZ"))
    changing("rds").reboot_db_instance(DBInstanceIdentifier=identifier, ForceFailover=standby)
    return f"rebooted {identifier}" + (", which failed over to its standby" if standby else "")


def _grow(target: Target, _step: int) -> str:
    """Give a database a fifth more storage, at least 10 GiB, and never more than it may have."""
    identifier, largest = target.told["identifier"], int(target.told["largest_gib"])
    allocated = int(instance(target)["AllocatedStorage"])
    wanted = min(grown_gib(allocated), largest)
    if wanted < allocated + _LEAST_GROWTH_GIB:
        message = f"{identifier} has {allocated} GiB and may have {largest}: there is no room to grow"
        raise NothingToDoError(message)
    changing("rds").modify_db_instance(DBInstanceIdentifier=identifier, AllocatedStorage=wanted, ApplyImmediately=True)
    return f"grew the storage of {identifier} from {allocated} to {wanted} GiB"


def grown_gib(allocated: int) -> int:
    """Return what a database of that size grows to."""
    return max(math.ceil(allocated * _GROWTH), allocated + _LEAST_GROWTH_GIB)


def _move(target: Target, _step: int) -> str:
    moved, left = move_poisoned(target.told["url"], target.told["dead_letter_url"], int(target.told["max_receives"]))
    if not moved:
        message = f"none of the {left} messages that can be seen was received too often"
        raise NothingToDoError(message)
    return f"moved {moved} poisoned messages to the dead-letter queue and left {left}"


_REMEDIES: Mapping[str, Callable[[Target, int], str]] = {
    "stuck": _revive,
    "unhealthy": _replace_unhealthy,
    "disk": _replace_full,
    "silent": _reboot,
    "refused": _reboot,
    "full": _grow,
    "old": _move,
}
