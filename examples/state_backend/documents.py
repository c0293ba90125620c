"""The policies of a state backend. Pure: plain values in, documents out.

Where Pulumi keeps what of a stack in a bucket is told by its own source, `pkg/backend/diy` of version 3.200.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

Document = dict[str, Any]

ISSUER = "token.actions.githubusercontent.com"
AUDIENCE = "sts.amazonaws.com"
_VERSION = "2012-10-17"
_MINIMUM_TLS = "1.2"


def bucket_policy(bucket_arn: str) -> Document:
    """Return the policy of the bucket: nothing without TLS, and not with an old one."""
    refused = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [bucket_arn, f"{bucket_arn}/*"]}
    return {
        "Version": _VERSION,
        "Statement": [
            {"Sid": "DenyPlainHttp", **refused, "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
            {"Sid": "DenyOldTls", **refused, "Condition": {"NumericLessThan": {"s3:TlsVersion": _MINIMUM_TLS}}},
        ],
    }


def trust(provider_arn: str, subject: str) -> Document:
    """Return the trust policy of a role that one kind of workflow run takes, by exactly one subject of GitHub's tokens.

    https://docs.github.com/en/actions/reference/security/oidc
    """
    return {
        "Version": _VERSION,
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Federated": provider_arn},
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {"StringEquals": {f"{ISSUER}:aud": AUDIENCE, f"{ISSUER}:sub": subject}},
            }
        ],
    }


class Reach(Enum):
    """What a role does with states."""

    PREVIEW = "preview"
    """Reads them: a preview takes no lock."""
    DRIFT = "drift"
    """Reads them under their lock, as a refresh does."""
    DEPLOY = "deploy"
    """Writes them."""


def access(
    bucket_arn: str, state_key_arn: str, secret_key_arns: Mapping[str, str], project: str, reach: Reach
) -> Document:
    """Return what a role may do with the states of the stacks that `secret_key_arns` has keys for, and no others."""
    stacks = sorted(secret_key_arns)
    keys = [secret_key_arns[stack] for stack in stacks]
    statements = [
        {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": [bucket_arn]},
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject"],
            "Resource": [f"{bucket_arn}/.pulumi/meta.yaml", *_objects(bucket_arn, project, stacks)],
        },
        {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": [state_key_arn, *keys]},
    ]
    if reach is not Reach.PREVIEW:
        written = (_objects if reach is Reach.DEPLOY else _locks)(bucket_arn, project, stacks)
        statements += [
            {"Effect": "Allow", "Action": ["s3:DeleteObject", "s3:PutObject"], "Resource": written},
            {"Effect": "Allow", "Action": ["kms:GenerateDataKey"], "Resource": [state_key_arn]},
        ]
    if reach is Reach.DEPLOY:
        statements.append({"Effect": "Allow", "Action": ["kms:Encrypt"], "Resource": keys})
    return {"Version": _VERSION, "Statement": statements}


def _objects(bucket_arn: str, project: str, stacks: Sequence[str]) -> list[str]:
    """Return what Pulumi keeps of the stacks: the state, what it was, what was done, and who is at it."""
    kept = [
        f"{bucket_arn}/.pulumi/{kind}/{project}/{stack}{rest}"
        for stack in stacks
        for kind, rest in (("stacks", ".json*"), ("backups", "/*"), ("history", "/*"))
    ]
    return [*kept, *_locks(bucket_arn, project, stacks)]


def _locks(bucket_arn: str, project: str, stacks: Sequence[str]) -> list[str]:
    return [f"{bucket_arn}/.pulumi/locks/organization/{project}/{stack}/*" for stack in stacks]
