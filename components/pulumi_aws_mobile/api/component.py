"""The `Api` component."""

import pulumi

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.scope import Scope

from .alarms import create_alarms
from .args import ApiArgs
from .clients import create_clients
from .document import Wishes, document, write
from .domain import create_domain
from .firewall import create_firewall
from .grants import statements
from .rest_api import create_deployment, create_rest_api
from .routes import GUESTS
from .settings import ApiSettings, resolve
from .stage import create_stage
from .targets import create_permissions, create_targets


class Api(pulumi.ComponentResource):
    """A REST API whose routes come from the features of an app, and whose callers sign what they ask.

    Creates: the API from one OpenAPI document, a deployment of each state of that document, and a stage with an access
    log, tracing and a throttle; the account's role for API Gateway's logs; where routes ask for it, a private link to
    the web tier, a role for AWS integrations, and permissions to invoke functions; where asked, usage plans with a key
    for each client, a web ACL with its log group, a domain with its certificate and records, and alarms. Every route
    wants a signature by IAM unless its callers are `anyone`. It deliberately lets nobody call before `grant`, caches no
    answers, and records no bodies.
    """

    api_id: pulumi.Output[str]
    """The id of the REST API."""
    api_name: pulumi.Output[str]
    """The name of the REST API, by which CloudWatch counts its requests."""
    arn: pulumi.Output[str]
    """The ARN of the REST API."""
    execution_arn: pulumi.Output[str]
    """What the ARNs of all requests to the API begin with: arn:…:execute-api:REGION:ACCOUNT:ID."""
    stage_name: pulumi.Output[str]
    """The name of the stage."""
    url: pulumi.Output[str]
    """Where clients call: the domain, or API Gateway's own name and the stage."""
    endpoint_url: pulumi.Output[str]
    """API Gateway's own name and the stage, which tell one Region's API from another's; it answers there unless the
    domain is the only one."""
    domain_target_name: pulumi.Output[str | None]
    """The name that alias records of the domain lead to; nothing without a domain."""
    domain_target_zone_id: pulumi.Output[str | None]
    """The id of that name's hosted zone, which alias records want; nothing without a domain."""
    log_group_name: pulumi.Output[str]
    """The name of the log group of the access log."""
    api_keys: pulumi.Output[dict[str, str]]
    """The API keys by client; a secret."""
    web_acl_arn: pulumi.Output[str | None]
    """The ARN of the web ACL; nothing without a firewall."""
    vpc_link_id: pulumi.Output[str | None]
    """The id of the private link to the web tier; nothing without one."""

    def __init__(self, name: str, args: ApiArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the API; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:Api", name, {}, opts)
        self._settings = settings
        scope = Scope(self, name, settings.region, settings.tags)
        targets, link = create_targets(scope, settings.core_api, settings.features)
        body = write(document(settings.routes, settings.models, targets, _wishes(name, settings)))
        only_domain = settings.domain is not None and settings.domain.only
        rest_api = create_rest_api(scope, body, only_domain=only_domain)
        deployment = create_deployment(scope, body, rest_api, only_domain=only_domain)
        stage, log_group = create_stage(scope, settings, rest_api, deployment)
        self._stage_arn = pulumi.Output.concat(rest_api.execution_arn, "/", stage.stage_name)
        create_permissions(scope, settings.features, self._stage_arn)

        self.api_id = rest_api.id
        self.api_name = rest_api.name
        self.arn = rest_api.arn
        self.execution_arn = rest_api.execution_arn
        self.stage_name = stage.stage_name
        address = create_domain(scope, settings.domain, rest_api, stage)
        self.url, self.endpoint_url = address.url, stage.invoke_url
        self.domain_target_name, self.domain_target_zone_id = address.target_name, address.target_zone_id
        self.log_group_name = log_group.name
        self.api_keys = _secrets(create_clients(scope, settings.clients, rest_api, stage))
        web_acl_arn = create_firewall(scope, settings.firewall, stage.arn) if settings.firewall else None
        self.web_acl_arn = pulumi.Output.from_input(web_acl_arn)
        self.vpc_link_id = pulumi.Output.from_input(link.id if link else None)
        if settings.alarms is not None:
            create_alarms(scope, settings.alarms, rest_api, stage)
        self.register_outputs({output: getattr(self, output) for output in _OUTPUTS})

    def grant(self, identity: Identity, grant_name: str = "api") -> None:
        """Let the users of `identity` call the routes that name them: everyone signed in, guests, members of groups.

        Routes that name guests are for guests where there are any. `grant_name` tells the grants of several APIs apart.
        """
        for who, grant in self._settings.grants.items():
            if who == GUESTS and not identity.has_guests:
                continue
            groups = {group for denial in grant.denied for group in denial.except_groups}
            roles = {group: _role_arn(identity, group) for group in sorted(groups)}
            identity.allow(who, grant_name, statements(grant, self._stage_arn, roles))


_OUTPUTS = tuple(Api.__annotations__)


def _wishes(name: str, settings: ApiSettings) -> Wishes:
    return Wishes(name, settings.cors, settings.require_client_keys, settings.binary_media_types)


def _secrets(keys: dict[str, pulumi.Output[str]]) -> pulumi.Output[dict[str, str]]:
    """Return the keys as one secret; of no keys too, of which `Output.all` would make a list."""
    return pulumi.Output.secret(pulumi.Output.all(**keys) if keys else {})


def _role_arn(identity: Identity, group: str) -> pulumi.Output[str]:
    return identity.group_role_arns.apply(lambda arns: arns[group])
