"""The policies that resources carry themselves, as moto keeps them."""

import contextlib
import json
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.runtime.access.policies import Document, parse

_KEY_ID_BYTES = 36


def of(prefix: str, resource: str) -> Document | None:
    """Return the policy of a resource, or `None` if it has none; S3's is asked for by the name of the bucket."""
    reader = _READERS.get(prefix)
    text = reader(resource) if reader else None
    return parse(text) if text else None


def key(name: str, region: str) -> tuple[str, Document | None]:
    """Return the ARN of a KMS key that may be named in any way, and its policy."""
    from moto.kms.models import kms_backends  # noqa: PLC0415 - moto loads only when something is deployed

    place = region
    if name.startswith("arn:"):
        place, name = name.split(":")[3], name.split(":", 5)[-1]
    backend = kms_backends[ACCOUNT][place]
    name = name.removeprefix("key/")
    key_id = backend.get_key_id_from_alias(name) if name.startswith("alias/") else name
    found = backend.keys.get(key_id or "")
    if found is None:
        return f"arn:{PARTITION}:kms:{place}:{ACCOUNT}:{name if name.startswith('alias/') else f'key/{name}'}", None
    return found.arn, parse(found.policy)


def key_of_ciphertext(ciphertext: bytes | None) -> str | None:
    """Return the id of the key that a text is encrypted with: moto writes it in front."""
    if not ciphertext or len(ciphertext) < _KEY_ID_BYTES:
        return None
    return ciphertext[:_KEY_ID_BYTES].decode("ascii", errors="replace")


def secret(name: str, region: str) -> tuple[str | None, Document | None, str | None]:
    """Return the ARN of a secret, its policy and the customer's key it is encrypted with."""
    from moto.secretsmanager.models import secretsmanager_backends  # noqa: PLC0415 - as above

    found: Any = secretsmanager_backends[ACCOUNT][region].secrets.get(name)
    if found is None:
        return None, None, None
    policy = getattr(found, "policy", None)
    # AWS's own key lets everyone of the account in who may read the secret.
    key_id = found.kms_key_id if found.kms_key_id and "alias/aws/" not in found.kms_key_id else None
    return found.arn, parse(policy) if policy else None, key_id


def identity_of(address: str, region: str) -> str:
    """Return the SES identity that an address is sent from: the address if it is verified, or its domain."""
    from moto.ses.models import ses_backends  # noqa: PLC0415 - moto loads only when something is deployed

    backend: Any = ses_backends[ACCOUNT][region]
    return address if address in backend.email_identities else address.rsplit("@", 1)[-1]


def _bucket(name: str) -> str | bytes | None:
    from moto.s3.models import s3_backends  # noqa: PLC0415 - moto loads only when something is deployed

    found: Any = s3_backends[ACCOUNT][PARTITION].buckets.get(name)
    return found.policy if found is not None else None


def _function(arn: str) -> str | None:
    from moto.awslambda.models import lambda_backends  # noqa: PLC0415 - moto loads only when something is deployed

    with contextlib.suppress(Exception):
        found: Any = lambda_backends[ACCOUNT][arn.split(":")[3]].get_function(arn)
        return json.dumps({"Version": "2012-10-17", "Statement": found.policy.statements})
    return None


def _queue(arn: str) -> str | None:
    from moto.sqs.models import sqs_backends  # noqa: PLC0415 - moto loads only when something is deployed

    found: Any = sqs_backends[ACCOUNT][arn.split(":")[3]].queues.get(arn.rsplit(":", 1)[-1])
    return found.policy if found is not None else None


def _topic(arn: str) -> str | None:
    from moto.sns.models import sns_backends  # noqa: PLC0415 - moto loads only when something is deployed

    parts = arn.split(":")
    found: Any = sns_backends[ACCOUNT][parts[3]].topics.get(":".join(parts[:6])) if len(parts) >= 6 else None  # noqa: PLR2004 - the parts of an ARN
    return found.policy if found is not None else None


_READERS = {"lambda": _function, "s3": _bucket, "sns": _topic, "sqs": _queue}
