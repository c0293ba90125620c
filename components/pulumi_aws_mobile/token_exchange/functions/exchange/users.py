"""A user of the pool as they are now: there, enabled, and in which groups."""

import json
import logging
from typing import Any

from botocore.exceptions import ClientError

from .clients import client
from .refusals import RefusedError
from .settings import Settings

_LOG = logging.getLogger(__name__)

_LONGEST_GROUPS_BYTES = 4096
"""A token travels in a header, and API Gateway takes 10240 bytes of them, the signature's and its session's too.
https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"""
_GONE = "This user is disabled or gone"


def groups_of(subject: str, settings: Settings) -> list[str]:
    """Return the names of the groups of the user with this `sub`, sorted; raise `RefusedError` if they are gone.

    The user is looked for by `sub`, which is no username where users come from other providers. `subject` is a UUID,
    so that the filter says what it seems to.
    """
    cognito = client("cognito-idp", settings.region)
    found = cognito.list_users(UserPoolId=settings.user_pool_id, Filter=f'sub = "{subject}"', AttributesToGet=["sub"])[
        "Users"
    ]
    if len(found) != 1 or not found[0]["Enabled"]:
        raise RefusedError(_GONE)
    names = _listed(cognito, settings.user_pool_id, found[0]["Username"])
    if len(json.dumps(names)) > _LONGEST_GROUPS_BYTES:
        # A token without some of the groups could let a user do what a group forbids.
        _LOG.error("a user is in too many groups for a token: %d", len(names))
        message = "This user is in more groups than a token can name"
        raise RefusedError(message)
    return names


def _listed(cognito: Any, user_pool_id: str, username: str) -> list[str]:  # noqa: ANN401 - boto3 makes its clients' classes when they are asked for
    pages = cognito.get_paginator("admin_list_groups_for_user").paginate(
        UserPoolId=user_pool_id, Username=username, PaginationConfig={"PageSize": 60}
    )
    try:
        return sorted(group["GroupName"] for page in pages for group in page["Groups"])
    except ClientError as error:
        if error.response["Error"]["Code"] == "UserNotFoundException":
            raise RefusedError(_GONE) from None
        raise
