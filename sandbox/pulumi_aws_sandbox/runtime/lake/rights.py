"""What whoever asks Athena may read and write: Athena has no role of its own, it acts for its caller."""

from collections.abc import Mapping
from dataclasses import replace

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.runtime.access import judge, resource_policies
from pulumi_aws_sandbox.runtime.access.needs import Access
from pulumi_aws_sandbox.runtime.access.patterns import lowered
from pulumi_aws_sandbox.runtime.access.policies import Question, decide

_FACTS: Mapping[str, str | list[str]] = {
    "aws:CalledVia": ["athena.amazonaws.com"],
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": "true",
}


class NotAllowedError(Exception):
    """The caller's own permissions do not reach as far as the query."""


def require_object(action: str, bucket: str, key: str) -> None:
    """Raise `NotAllowedError` unless the caller may do something with an object."""
    policy = resource_policies.of("s3", bucket)
    _require(Access(f"s3:{action}", f"arn:{PARTITION}:s3:::{bucket}/{key}", policy=policy))


def require_table(region: str, database: str, table: str) -> None:
    """Raise `NotAllowedError` unless the caller may read a table of Glue's catalog."""
    place = f"arn:{PARTITION}:glue:{region}:{ACCOUNT}:"
    for resource in ("catalog", f"database/{database}", f"table/{database}/{table}"):
        _require(Access("glue:GetTable", place + resource))


def _require(access: Access) -> None:
    judged = judge.judged()
    if judged is None:
        return
    caller = judged.caller
    facts = lowered({**caller.facts, **_FACTS, **access.facts})
    question = Question(access.action, access.resource, facts, caller.principal)
    decision = decide(question, replace(caller.standing, resource=access.policy))
    if not decision.allowed:
        raise NotAllowedError(judge.message(caller.principal, access, decision, access.action.split(":")[0]))
