"""The notes of users, in step on all their devices: and a token by which other servers know the user."""

import pulumi

from pulumi_aws_mobile import Api, DataSync, Identity, TokenExchange

identity = Identity("users", {})
exchange = TokenExchange("tokens", {"user_pool_id": identity.user_pool_id, "user_pool_arn": identity.user_pool_arn})
sync = DataSync(
    "notes",
    {
        "limits": {"max_datasets": 5, "max_value_bytes": 65536},
        "tombstone_days": 90,
    },
)
api = Api("api", {"contributions": {"data_sync": sync.contribution, "tokens": exchange.contribution}})
api.grant(identity)

pulumi.export("user_pool_id", identity.user_pool_id)
pulumi.export("identity_pool_id", identity.identity_pool_id)
pulumi.export("url", api.url)
pulumi.export("changes_topic", sync.changes_topic_arn)
