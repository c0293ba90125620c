"""A shop that tells customers of their orders, and its news to whoever wants them.

A token says to its servers who a user is. `server/` has the programs by which a server sends, in Python and in PHP.
"""

from typing import Any

import pulumi

from pulumi_aws_mobile import Api, Identity, PushNotifications, TokenExchange

config = pulumi.Config()
platforms: dict[str, Any] = {
    "adm": {
        "client_id": config.require("adm_client_id"),
        "client_secret": config.require_secret("adm_client_secret"),
    }
}
# pulumi config set --secret fcm_service_account < service-account.json
if (account := config.get_secret("fcm_service_account")) is not None:
    platforms["fcm"] = {"service_account": account}

identity = Identity("users", {"groups": {"editors": {"precedence": 1, "description": "Write the news"}}})
exchange = TokenExchange("tokens", {"user_pool_id": identity.user_pool_id, "user_pool_arn": identity.user_pool_arn})
push = PushNotifications(
    "push",
    {
        "topics": {"news": {"display_name": "The shop"}, "offers": {}},
        "platforms": platforms,
        "emails": {"archive": {"topic": "news", "address": "archive@example.com"}},
        "senders": ["editors"],
    },
)
api = Api("api", {"contributions": {"tokens": exchange.contribution, **push.contributions}})
api.grant(identity)

pulumi.export("url", api.url)
pulumi.export("topics", push.topic_arns)
pulumi.export("send_function", push.send_function_name)
