"""Two environments of one PHP site behind an API that wants signed calls: green is a clone of blue on a newer PHP.

Made of the single components, where MobileBackend would join them by itself.
"""

import pulumi

from pulumi_aws_mobile import Api, Identity, TokenExchange, WebTier

config = pulumi.Config()

identity = Identity("users", {"groups": {"editors": {"precedence": 1}}})
exchange = TokenExchange("tokens", {"user_pool_id": identity.user_pool_id, "user_pool_arn": identity.user_pool_arn})
site = WebTier(
    "site",
    {
        "source": "site",
        "environments": {
            "blue": {"platform": {"php": "8.3"}},
            "green": {"clone_of": "blue", "platform": {"php": "8.4"}},
        },
        "live": config.require("live"),
    },
)
api = Api(
    "api",
    {
        "contributions": {
            "site": {"file": "site/openapi.yaml", "target": "core_api"},
            "tokens": exchange.contribution,
        },
        "core_api": {
            "load_balancer_arn": site.load_balancer_arn,
            "url": site.url,
            "subnet_ids": site.link_subnet_ids,
            "security_group_ids": [site.link_security_group_id],
        },
    },
)
api.grant(identity)

pulumi.export("user_pool_id", identity.user_pool_id)
pulumi.export("identity_pool_id", identity.identity_pool_id)
pulumi.export("url", api.url)
pulumi.export("environments", site.environment_names)
