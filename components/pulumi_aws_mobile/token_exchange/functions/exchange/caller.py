"""Who signed a request, by what API Gateway says of the credentials: nothing of it comes from the client.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .refusals import RefusedError
from .settings import Settings

_SIGNED_IN = "authenticated"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_IDENTITY_ID = re.compile(rf"[a-z]{{2,4}}(?:-[a-z]+)+-\d:{_UUID}")
_ANY_USER_POOL = "cognito-idp."
_NOT_SIGNED_IN = "Only users who signed in get a token"
_ANOTHER_APP = "Only users of this app get a token"


@dataclass(frozen=True, slots=True)
class Caller:
    """A user who signed in."""

    identity_id: str
    """Their id in the identity pool."""
    pool_subject: str | None
    """Their `sub` in the user pool; `None` if they signed in elsewhere."""

    @property
    def subject(self) -> str:
        """What a token calls them."""
        return self.pool_subject or self.identity_id


def caller_of(event: Mapping[str, object], settings: Settings) -> Caller:
    """Return who signed the request; raise `RefusedError` for guests, other principals and users of other pools."""
    context = event.get("requestContext")
    identity = context.get("identity") if isinstance(context, dict) else None
    told = identity if isinstance(identity, dict) else {}
    if told.get("cognitoAuthenticationType") != _SIGNED_IN:
        raise RefusedError(_NOT_SIGNED_IN)
    identity_id = told.get("cognitoIdentityId")
    if not isinstance(identity_id, str) or not _IDENTITY_ID.fullmatch(identity_id):
        raise RefusedError(_NOT_SIGNED_IN)
    if settings.identity_pool_id is not None and told.get("cognitoIdentityPoolId") != settings.identity_pool_id:
        raise RefusedError(_ANOTHER_APP)
    return Caller(identity_id, _pool_subject(told.get("cognitoAuthenticationProvider"), settings))


def _pool_subject(provider: object, settings: Settings) -> str | None:
    """Return the user's `sub` in this user pool, or `None` if no user pool is named.

    The text lists the names of providers and what they call the user, parted by commas, `POOL,POOL:CognitoSignIn:SUB`.
    What other providers call a user may hold anything, commas and the name of this pool included: a text that names a
    user pool counts only if it is that pool's sign-in as a whole, with nothing before or behind it.
    """
    if not isinstance(provider, str) or not provider.strip():
        raise RefusedError(_NOT_SIGNED_IN)
    pool = re.escape(settings.user_pool_provider)
    sign_in = re.fullmatch(rf"{pool},{pool}:CognitoSignIn:({_UUID})", provider)
    if sign_in:
        return sign_in.group(1)
    if _ANY_USER_POOL in provider or settings.identity_pool_id is None:
        raise RefusedError(_ANOTHER_APP)
    return None
