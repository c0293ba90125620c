"""What a caller of `TokenExchange` may ask for."""

from typing import NotRequired, TypedDict

import pulumi


class TokenExchangeArgs(TypedDict):
    """What a `TokenExchange` can be told."""

    user_pool_id: pulumi.Input[str]
    """Id of the user pool whose users get tokens. Give it; it has no default."""
    user_pool_arn: pulumi.Input[str]
    """ARN of that user pool: its users and their groups are looked up there. Give it; it has no default."""
    user_pool_region: NotRequired[str]
    """The Region in which users are looked up: another than the user pool's own where it has a replica there. Defaults
    to the user pool's own, as its id says."""
    identity_pool_id: NotRequired[pulumi.Input[str]]
    """Id of the identity pool whose credentials callers sign with; those of other identity pools are refused. Users who
    signed in elsewhere than in the user pool, for example with a social login, get tokens only with this. Defaults to
    users of the user pool alone, through any identity pool that may call the API."""
    keys: NotRequired[list[str]]
    """Names of the signing keys, 1 to 4, each 1 to 40 lower-case letters, digits and inner hyphens. All of them are
    published, one signs. Each name is one KMS key for ever: a name that was removed is better not used again. Defaults
    to one, `first`."""
    signs_with: NotRequired[str]
    """The name of the key that signs. Defaults to the only key; with several it has to be said."""
    multi_region: NotRequired[bool]
    """Whether the keys are multi-Region keys, of which an exchange in another Region may have replicas. Fixed when a
    key is made: another choice makes other keys. Defaults to false.
    https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html"""
    replica_of: NotRequired[dict[str, pulumi.Input[str]]]
    """The ARNs of multi-Region keys in another Region by the names in `keys`, all of them: the keys here are their
    replicas, and tokens of either exchange hold with both. The names in `keys` then default to these. Defaults to keys
    of this exchange's own."""
    issuer: NotRequired[pulumi.Input[str]]
    """Who the tokens say made them (`iss`), 1 to 255 letters, digits and `. _ : / = + @ -`; not the user pool's own
    issuer. Verifiers have to expect the same. Defaults to `USER_POOL_ID/token-exchange`."""
    audience: NotRequired[pulumi.Input[str]]
    """Who the tokens are for (`aud`), 1 to 255 letters, digits and `. _ : / = + @ -`. Defaults to `core-api`."""
    lifetime_seconds: NotRequired[int]
    """Seconds after which a token expires, 60 to 3600: so long a user who was disabled may still be served. Defaults to
    900."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the SNS topic that is told when the exchange fails. Defaults to no alarm."""
    protect: NotRequired[bool]
    """Whether Pulumi refuses to delete or replace the key that signs. Keys that no longer sign can go. Defaults to
    true."""
    region: NotRequired[str]
    """The Region of the keys and the function. Defaults to the provider's."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags. Defaults to none."""
