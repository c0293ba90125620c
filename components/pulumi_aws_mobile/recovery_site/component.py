"""The `RecoverySite` component."""

from typing import Any

import pulumi

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.mobile_backend.core_parts import Users, create_core
from pulumi_aws_mobile.mobile_backend.telling_apps import tell_of_site

from .args import RecoverySiteArgs
from .settings import resolve


class RecoverySite(pulumi.ComponentResource):
    """What answers in the recovery Region: the API and its servers, for the users of the primary Region's pools.

    Creates: a `TokenExchange`, a `WebTier`, a `DataSync` and a `PushNotifications` where they are described, and the
    `Api` before them; they are `token_exchange`, `web_tier`, `data_sync`, `push` (`None` without) and `api`. It
    deliberately has no pools of its own:
    sessions that the primary Region's identity pool gave hold in every Region until they expire, and `grant` lets their
    roles call this API too.
    What sends users here, and when, is a `DRPair`'s part.
    """

    api_url: pulumi.Output[str]
    """Where the API answers, an https URL: the domain it shares with the primary one where it has a domain."""
    endpoint_url: pulumi.Output[str]
    """AWS's own URL of this Region's API, an https URL with the stage."""
    environment_names: pulumi.Output[dict[str, str]]
    """The Elastic Beanstalk environments of the web tier by key; empty without one."""
    token_keys: pulumi.Output[str]
    """The public keys of the exchange's tokens, a JSON Web Key Set."""
    client: pulumi.Output[dict[str, Any]]
    """What apps have to know to use this Region's API, which `aws-mobile clients` makes the failover copies of their
    configuration files of; no secret."""

    def __init__(self, name: str, args: RecoverySiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the parts; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:RecoverySite", name, {}, opts)
        role_arns: Any = pulumi.Output.from_input(args["role_arns"])
        users = Users(args["user_pool_id"], args["user_pool_arn"], args["identity_pool_id"], role_arns)
        core = create_core(self, name, settings.core, users)
        self.token_exchange, self.web_tier = core.token_exchange, core.web_tier
        self.data_sync, self.push, self.api = core.data_sync, core.push, core.api

        self.api_url = self.api.url
        self.endpoint_url = self.api.endpoint_url
        self.environment_names = pulumi.Output.from_input(self.web_tier.environment_names if self.web_tier else {})
        self.token_keys = self.token_exchange.jwks
        self.client = tell_of_site(args["region"], settings.core, self.api)
        self.register_outputs({output: getattr(self, output) for output in RecoverySite.__annotations__})

    def grant(self, identity: Identity) -> None:
        """Let the users of the primary Region's `identity` call this Region's API as they may call the other."""
        self.api.grant(identity, "recovery-api")
