"""What has to exist before the document can name it: the private link, and the roles of AWS integrations."""

import hashlib
import re
from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.naming import fit
from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import policy_document, trust_document
from pulumi_aws_mobile.tags import named

from .contributions import Feature
from .document import Targets
from .integrations import CoreApi, Way
from .reach import pattern
from .routes import Route
from .settings import CoreApiOrigin, PrivateLink

_LONGEST_ROLE_NAME = 56
"""What is left of the 64 characters of a role's name besides what makes it unique."""
_LONGEST_STATEMENT_ID = 92
"""What is left of the 100 characters of a statement's id besides what makes it unique."""
_DIGEST_LENGTH = 7


def create_targets(
    scope: Scope, core_api: CoreApiOrigin | None, features: Mapping[str, Feature]
) -> tuple[Targets, "aws.apigatewayv2.VpcLink | None"]:
    """Create the link to the web tier and a role for each feature with statements; return both ends."""
    link = None
    core = None
    if core_api is not None:
        way = None
        if core_api.link is not None:
            link = _create_link(scope, core_api.link)
            way = Way(link.id, core_api.link.load_balancer_arn)
        core = CoreApi(core_api.url, way, core_api.timeout_seconds)
    functions = {key: each.function_arn for key, each in features.items() if each.function_arn is not None}
    roles = {key: _create_role(scope, key, each) for key, each in features.items() if each.statements}
    return Targets(core, functions, roles), link


def _create_link(scope: Scope, asked: PrivateLink) -> "aws.apigatewayv2.VpcLink":
    return aws.apigatewayv2.VpcLink(
        scope.child("link"),
        subnet_ids=asked.subnet_ids,
        security_group_ids=asked.security_group_ids,
        region=scope.region,
        tags=scope.tags("link"),
        opts=scope.options(),
    )


def _create_role(scope: Scope, key: str, feature: Feature) -> pulumi.Output[str]:
    """Create the role that the AWS integrations of a feature act as."""
    child = fit(scope.child(f"{key}-integrations"), _LONGEST_ROLE_NAME)
    created = aws.iam.Role(
        child,
        description=f"What the integrations of {key} in the API {scope.name} may do",
        assume_role_policy=trust_document("apigateway.amazonaws.com"),
        tags=named(child, scope.common_tags),
        opts=scope.options(),
    )
    aws.iam.RolePolicy(
        f"{child}-permissions",
        role=created.name,
        policy=policy_document(feature.statements),
        opts=scope.options(),
    )
    return created.arn


def create_permissions(scope: Scope, features: Mapping[str, Feature], stage_arn: pulumi.Output[str]) -> None:
    """Let the stage invoke each function for its own routes, and for nothing else."""
    for key, feature in features.items():
        if feature.function_name is None:
            continue
        for route in feature.function_routes:
            aws.lambda_.Permission(
                fit(scope.child(f"invokes-{key}-{_label(route)}"), _LONGEST_STATEMENT_ID),
                action="lambda:InvokeFunction",
                function=feature.function_name,
                principal="apigateway.amazonaws.com",
                source_arn=pulumi.Output.concat(stage_arn, "/", route.method, pattern(route.path)),
                region=scope.region,
                opts=scope.options(),
            )


def _label(route: Route) -> str:
    """Return a name for a route in the letters that Lambda takes; no two routes have the same."""
    name = route.method + route.path.replace("/", "_")
    if re.fullmatch(r"[A-Za-z0-9/-]*", route.path):
        return name
    digest = hashlib.sha256(route.path.encode()).hexdigest()[:_DIGEST_LENGTH]
    return f"{re.sub('[^A-Za-z0-9_]+', '-', name)}-{digest}"
