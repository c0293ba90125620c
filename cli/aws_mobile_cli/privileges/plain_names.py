"""Names that are the same in every deployment: without the Region, the account, and what AWS and Pulumi add."""

import re
from collections.abc import Iterable

_SUFFIX = re.compile(r"-[0-9a-f]{7,8}(?![0-9A-Za-z])")
"""What Pulumi's automatic names end in."""
_GENERATED = (
    (re.compile(r"key/(mrk-)?[0-9a-f]{8,}[0-9a-f-]*"), "key/*"),
    (re.compile(r"(secret:rds!db-)[0-9a-f-]{36}-\w{6}"), r"\1*"),
    (re.compile(r"^(secret:.+)-\w{6}$"), r"\1"),
    (re.compile(r"\b(eni|rtb|sg|subnet|vpc)-[0-9a-f]{8,}"), r"\1-*"),
    (re.compile(r"awseb-e-[a-z0-9]{10}"), "awseb-e-*"),
    (re.compile(r"(elasticbeanstalk-)[a-z]{2}-[a-z]+-\d-\d{12}"), r"\1*"),
    (re.compile(r"(userpool/)[a-z]{2}-[a-z]+-\d_\w+"), r"\1*"),
    (re.compile(r"(/stream/)\d{4}-[^/]*"), r"\1*"),
)
_ARN_PARTS = 6


def plain_role(arn: str) -> str:
    """Return the name that the program gave a role."""
    return _SUFFIX.sub("", arn.rsplit("/", 1)[-1])


def plain_resource(pattern: str, stacks: Iterable[str] = ()) -> str:
    """Return the resource part of an ARN, or of a pattern of ARNs, without what another deployment has differently.

    Where a name holds that of one of the stacks, `STACK` stands for it.
    """
    parts = pattern.split(":", _ARN_PARTS - 1)
    if len(parts) < _ARN_PARTS or parts[0] != "arn":
        return pattern
    text = parts[-1]
    if parts[2] == "execute-api":
        # The first part is the API's id.
        text = re.sub(r"^[a-z0-9]{10}/", "*/", text)
    for expression, by in _GENERATED:
        text = expression.sub(by, text)
    text = _SUFFIX.sub("", text)
    if parts[2] in {"logs", "sns"}:
        text = re.sub(r"[a-z]{2}-[a-z]+-\d/\d{12}/", "REGION/ACCOUNT/", text)
    if parts[2] == "s3":
        # Who an identity is tells nothing of what is asked for.
        text = re.sub(r"[a-z]{2}-[a-z]+-\d:[0-9a-f-]{36}", "IDENTITY", text)
    for stack in stacks:
        text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(stack)}(?![A-Za-z0-9])", "STACK", text)
    return text
