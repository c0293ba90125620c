"""An app whose users sign in by e-mail or with Google, and whose editors see what every user keeps."""

import pulumi

from pulumi_aws_mobile import MobileBackend

config = pulumi.Config()

backend = MobileBackend(
    "app",
    {
        "identity": {
            "clients": {"app": {"callback_urls": ["com.example.app://signed-in"]}},
            "domain": {"prefix": "example-app-sign-in"},
            "providers": {
                "google": {
                    "kind": "google",
                    "client_id": config.require("google_client_id"),
                    "client_secret": config.require_secret("google_client_secret"),
                }
            },
            "groups": {"editors": {"precedence": 1, "description": "May read every user's files"}},
        }
    },
)
if backend.user_files is not None:
    private_files = backend.user_files.bucket_arn.apply(lambda arn: f"{arn}/private/*")
    backend.identity.allow("editors", "private-files", [{"actions": ["s3:GetObject"], "resources": [private_files]}])

pulumi.export("user_pool_id", backend.user_pool_id)
pulumi.export("identity_pool_id", backend.identity_pool_id)
pulumi.export("sign_in_page", backend.hosted_domain)
