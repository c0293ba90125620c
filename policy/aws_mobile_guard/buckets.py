"""What S3 rules have in common."""

import re
from collections.abc import Sequence

from aws_mobile_guard.aws_types import BUCKET_LIFECYCLES, BUCKET_LOGGINGS, BUCKETS, LOAD_BALANCERS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Options
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, Node, Unknown

_BALANCER_LOGS = ("accessLogs", "connectionLogs", "healthCheckLogs")


def is_log_target(stack: Stack, bucket: Resource) -> bool:
    """Tell whether other buckets, or load balancers, log into this one: they write with keys of S3's own only."""
    own = stack.join(BUCKET_LOGGINGS, "targetBucket", BUCKETS).holders(bucket)
    inline = [stack.join(BUCKETS, name, BUCKETS).holders(bucket) for name in ("logging", "loggings")]
    if own or any(holder.urn != bucket.urn for holders in inline for holder in holders):
        return True
    if any(stack.join(LOAD_BALANCERS, name, BUCKETS).holders(bucket) for name in _BALANCER_LOGS):
        return True
    named = {balancer.text(f"{name}.bucket") for balancer in stack.of(LOAD_BALANCERS) for name in _BALANCER_LOGS}
    return not bucket.identities.isdisjoint(named - {None, UNKNOWN})


def older_form(bucket: Resource, name: str) -> Node | Unknown | None:
    """Return what a bucket itself says of `name`, as was usual before that had a resource of its own."""
    for spelling in (name, f"{name}s"):
        found = bucket.items(spelling)
        if found is UNKNOWN:
            return UNKNOWN
        if found:
            return found[0]
    return None


def is_named(bucket: Resource, options: Options) -> bool:
    """Tell whether the option `buckets` names this bucket."""
    return any(re.search(pattern, bucket.urn) for pattern in options.texts("buckets"))


def enabled_lifecycle_rules(resource: Resource) -> Sequence[Node] | Unknown | None:
    """Return the enabled rules of a lifecycle, be it a resource of its own or a bucket's older form."""
    own = resource.type in BUCKET_LIFECYCLES
    rules = resource.items("rules" if own else "lifecycleRules")
    if rules is None or rules is UNKNOWN:
        return rules
    found: list[Node] = []
    for rule in rules:
        if rule is UNKNOWN:
            return UNKNOWN
        if (rule.text("status") != "Disabled") if own else (rule.flag("enabled") is not False):
            found.append(rule)
    return found
