"""Answers POST /token: a token for the user whose credentials signed the request.

API Gateway has verified the signature, and tells whose credentials they are; body and headers are not read.
"""

import json
import logging
import time
import uuid
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from .caller import Caller, caller_of
from .refusals import RefusedError
from .settings import Settings, settings
from .tokens import signed
from .users import groups_of

_LOG = logging.getLogger(__name__)

_BUSY = frozenset({"LimitExceededException", "ThrottlingException", "TooManyRequestsException"})
_RETRY_AFTER_SECONDS = "2"


def handle(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answer API Gateway's event.

    What fails for another reason than the caller or the load is raised: Lambda counts it, the alarm goes off, and API
    Gateway answers 502.
    """
    told = settings()
    try:
        caller = caller_of(event, told)
        groups = [] if caller.pool_subject is None else groups_of(caller.pool_subject, told)
        token = signed(_claims(caller, groups, told), told.key_arn, told.key_id)
    except RefusedError as refusal:
        _LOG.info("refused: %s", refusal)
        return _answer(403, {"message": str(refusal)})
    except ClientError as error:
        if error.response["Error"]["Code"] not in _BUSY:
            raise
        _LOG.warning("%s is throttled", error.operation_name)
        return _answer(429, {"message": "Too many requests"}, {"Retry-After": _RETRY_AFTER_SECONDS})
    return _answer(200, {"token": token, "token_type": "JWT", "expires_in": told.lifetime_seconds})


def _claims(caller: Caller, groups: list[str], told: Settings) -> dict[str, object]:
    now = int(time.time())
    return {
        "iss": told.issuer,
        "aud": told.audience,
        "sub": caller.subject,
        "identity_id": caller.identity_id,
        "groups": groups,
        "iat": now,
        "exp": now + told.lifetime_seconds,
        "jti": str(uuid.uuid4()),
    }


def _answer(status: int, body: Mapping[str, object], more: Mapping[str, str] | None = None) -> dict[str, Any]:
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store", **(more or {})}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body), "isBase64Encoded": False}
