"""What holds data can be replaced: the new one stands before the old one goes."""

import re
from collections.abc import Iterator, Mapping

from aws_mobile_guard.aws_types import BUCKETS, DB_CLUSTER, DB_INSTANCE, SECRET, TABLE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity
from aws_mobile_guard.view import UNKNOWN

_CHANGES = re.compile(r"-[0-9a-f]{4,}$")
_NAMES: Mapping[str, str] = {
    DB_INSTANCE: "identifier",
    DB_CLUSTER: "clusterIdentifier",
    SECRET: "name",
    TABLE: "name",
    **dict.fromkeys(BUCKETS, "bucket"),
}


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    path = _NAMES[resource.type]
    name = resource.text(path)
    # A name of another resource's has a part that changes; the engine asks with Pulumi's own names filled in.
    if name is None or name is UNKNOWN or resource.sources(path) or _CHANGES.search(name):
        return
    fix = "leave it out, or add a part that changes: two cannot have one name, so the old one would have to go first"
    yield Problem(path, name, "a name that Pulumi makes", fix)


RULE = Rule(
    id="guard-names",
    pack=Pack.RESILIENCE,
    description="What holds data has no fixed name that stands in the way of its replacement.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=tuple(_NAMES),
    frameworks=(),
    remediation="Leave the physical name out: Pulumi makes one with a random part. Find the resource by its outputs.",
    url="https://www.pulumi.com/docs/iac/concepts/resources/names/",
    check=_check,
)
