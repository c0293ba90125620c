"""The identities of identity pools: a guest, or a user with logins, always the same for the same login."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.cognito_refusals import MISSING, refuse
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.access import logins as proofs
from pulumi_aws_sandbox.runtime.access.logins import Login

_FORBIDDEN = "Access to Identity '{}' is forbidden."
_NO_GUESTS = "Unauthenticated access is not supported for this identity pool."
_NO_MATCH = "Logins don't match. Please include at least one valid login for this identity or identity pool."


@dataclass(slots=True)
class Identity:
    """An identity, with the user of each provider that it is linked to."""

    id: str
    created_at: float
    logins: dict[str, str] = field(default_factory=dict)


def pool(pool_id: str) -> Any:  # noqa: ANN401 - moto's own types
    """Return moto's identity pool; refuse the request if there is none."""
    found = _backend(pool_id).identity_pools.get(pool_id)
    if found is None:
        refuse(MISSING, f"IdentityPool '{pool_id}' not found.")
    return found


def find(identity_id: str) -> tuple[Any, Identity]:
    """Return an identity with its pool; refuse the request if there is none."""
    for each in _backend(identity_id).identity_pools.values():
        if identity_id in kept(each):
            return each, kept(each)[identity_id]
    return refuse(MISSING, f"Identity '{identity_id}' not found.")


def get_id(pool_id: str, given: Mapping[str, str]) -> str:
    """Return the identity of whoever shows tokens: a new one for a guest and for a login seen for the first time."""
    found = pool(pool_id)
    if not given:
        _require_guests(found)
        return _new(found).id
    shown = proofs.verified(found, given)
    owners = {identity.id: identity for login in shown if (identity := _owner(found, login)) is not None}
    if len(owners) > 1:
        _conflict()
    identity = next(iter(owners.values()), None) or _new(found)
    _link(found, identity, shown)
    return identity.id


def proven(identity_id: str, given: Mapping[str, str]) -> tuple[Any, Identity, list[Login]]:
    """Return an identity to whoever may have it: its tokens prove it, and link what they prove besides."""
    found, identity = find(identity_id)
    if not given:
        if identity.logins:
            refuse("NotAuthorizedException", _FORBIDDEN.format(identity_id))
        _require_guests(found)
        return found, identity, []
    shown = proofs.verified(found, given)
    if identity.logins and not any(identity.logins.get(login.provider) == login.subject for login in shown):
        if any(_owner(found, login) is not None for login in shown):
            _conflict()
        refuse("NotAuthorizedException", _NO_MATCH)
    _link(found, identity, shown)
    return found, identity, shown


def unlink(identity_id: str, given: Mapping[str, str], to_remove: Sequence[str]) -> None:
    """Take logins away from an identity whose tokens are shown."""
    _, identity, _ = proven(identity_id, given)
    for provider in to_remove:
        identity.logins.pop(provider, None)


def kept(pool: Any) -> dict[str, Identity]:  # noqa: ANN401 - moto's own types
    """Return the identities of a pool by their ids."""
    return pool.__dict__.setdefault("sandbox_identities", {})


def _require_guests(found: Any) -> None:  # noqa: ANN401 - moto's own types
    if str(found.allow_unauthenticated_identities).lower() != "true":
        refuse("NotAuthorizedException", _NO_GUESTS)


def _new(found: Any) -> Identity:  # noqa: ANN401 - moto's own types
    region = found.identity_pool_id.split(":")[0]
    identity = Identity(f"{region}:{uuid.uuid4()}", clock.now())
    kept(found)[identity.id] = identity
    listed: Any = _backend(identity.id).pools_identities[found.identity_pool_id]["Identities"]
    listed.append({"IdentityId": identity.id, "CreationDate": identity.created_at})
    return identity


def _owner(found: Any, login: Login) -> Identity | None:  # noqa: ANN401 - moto's own types
    owners = (each for each in kept(found).values() if each.logins.get(login.provider) == login.subject)
    return next(owners, None)


def _link(found: Any, identity: Identity, shown: Sequence[Login]) -> None:  # noqa: ANN401 - moto's own types
    for login in shown:
        owner = _owner(found, login)
        another = identity.logins.get(login.provider, login.subject) != login.subject
        if another or (owner is not None and owner is not identity):
            _conflict()
    identity.logins |= {login.provider: login.subject for login in shown}


def _conflict() -> NoReturn:
    refuse("ResourceConflictException", "Login is already linked to another identity.")


def _backend(any_id: str) -> Any:  # noqa: ANN401 - moto's own types
    """Return the Region's identity pools: calls without credentials say their Region only in the ids."""
    from moto.cognitoidentity.models import cognitoidentity_backends  # noqa: PLC0415 - moto loads only when deploying

    region = any_id.split(":", 1)[0]
    return cognitoidentity_backends[ACCOUNT][region]
