"""Who may deliver access logs, judged by the target bucket's policy; moto stumbles over a principal that is `*`."""

from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime.access.policies import Principal, Question, evaluate, parse

_SERVICE = Principal(service="logging.s3.amazonaws.com")
_LOG = "2026-01-31-12-00-00-0123456789ABCDEF"
"""What the key of a log looks like after its prefix."""


def fill() -> None:
    """Judge the policy as IAM does, with its conditions."""
    from moto.s3.models import FakeBucket  # noqa: PLC0415 - moto loads only when something is deployed

    replace(FakeBucket, "_log_permissions_enabled_policy", lambda _: _allows_delivery)


def _allows_delivery(self: Any, target_bucket: Any, target_prefix: str | None) -> bool:  # noqa: ANN401 - moto's own types
    """Tell whether the target bucket's policy lets S3 write the logs of a bucket under the prefix."""
    if not target_bucket.policy:
        return False
    log = f"arn:{target_bucket.partition}:s3:::{target_bucket.name}/{target_prefix or ''}{_LOG}"
    facts = {
        "aws:principalisawsservice": "true",
        "aws:securetransport": "true",
        "aws:sourceaccount": ACCOUNT,
        "aws:sourcearn": f"arn:{self.partition}:s3:::{self.name}",
    }
    question = Question("s3:PutObject", log, facts, _SERVICE)
    return evaluate([parse(target_bucket.policy)], question, resource_based=True).effect == "Allow"
