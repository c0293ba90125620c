"""Who may take the roles of an identity pool. Pure: plain values in, documents out."""

import json

ISSUER = "cognito-identity.amazonaws.com"
"""Who signs the tokens with which the roles are taken, in the partition aws; China and GovCloud have issuers of their
own. https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html"""

SIGNED_IN = "authenticated"
GUEST = "unauthenticated"


def signed_in_trust(identity_pool_id: str, *, tagged: bool) -> str:
    """Return the trust policy of a role that only users of this identity pool who signed in may take.

    With `tagged` their sessions may carry tags made of the token's claims.
    """
    actions = ["sts:AssumeRoleWithWebIdentity", *(["sts:TagSession"] if tagged else [])]
    return _trust(identity_pool_id, SIGNED_IN, actions)


def guest_trust(identity_pool_id: str) -> str:
    """Return the trust policy of a role that only this identity pool's guests may take; they have no claims."""
    return _trust(identity_pool_id, GUEST, ["sts:AssumeRoleWithWebIdentity"])


def _trust(identity_pool_id: str, method: str, actions: list[str]) -> str:
    """Return the policy that pins the pool and how the user came; without either, any identity pool could take it.

    `amr` has several values, so the set operator; a pattern without wildcards fits the whole value only, so that
    `authenticated` never lets `unauthenticated` in.
    https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
    """
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": ISSUER},
        "Action": actions,
        "Condition": {
            "StringEquals": {f"{ISSUER}:aud": identity_pool_id},
            "ForAnyValue:StringLike": {f"{ISSUER}:amr": method},
        },
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
