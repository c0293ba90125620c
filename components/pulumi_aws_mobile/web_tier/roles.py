"""The two roles of a web tier: Elastic Beanstalk's, and that of the instances."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.statements import policy_document, trust_document

from .documents import MANAGED_POLICIES, SERVICE_TRUST, Facts, instance_statements, service_statements
from .scope import Scope
from .versions import Store


@dataclass(frozen=True, slots=True)
class ServiceRole:
    """Elastic Beanstalk's role."""

    arn: pulumi.Output[str]
    """Its ARN, known once it may do its work."""


@dataclass(frozen=True, slots=True)
class InstanceRole:
    """The instances' role."""

    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    profile_name: pulumi.Output[str]
    """The name of the instance profile, known once the role may do its work."""


def create_service_role(scope: Scope, facts: pulumi.Output[Facts]) -> ServiceRole:
    """Create the role by which Elastic Beanstalk watches, updates, and cleans up old versions."""
    child = scope.child("service-role")
    role = aws.iam.Role(
        child,
        description=f"What Elastic Beanstalk may do for the web tier {scope.name}",
        assume_role_policy=trust_document("elasticbeanstalk.amazonaws.com", SERVICE_TRUST),
        tags=scope.tags(child),
        opts=scope.owned,
    )
    attached = [
        aws.iam.RolePolicyAttachment(
            f"{child}-{key}",
            role=role.name,
            policy_arn=facts.apply(lambda known, policy=policy: f"arn:{known.partition}:iam::aws:policy/{policy}"),
            opts=scope.owned,
        ).policy_arn
        for key, policy in MANAGED_POLICIES.items()
    ]
    document = facts.apply(lambda known: policy_document(service_statements(known)))
    bundles = aws.iam.RolePolicy(f"{child}-bundles", role=role.name, policy=document, opts=scope.owned)
    return ServiceRole(pulumi.Output.all(role.arn, bundles.id, *attached).apply(lambda known: known[0]))


def create_instance_role(scope: Scope, facts: pulumi.Output[Facts], application: pulumi.Output[str]) -> InstanceRole:
    """Create the role and profile of the instances, with which the application runs."""
    settings, child = scope.settings, scope.child("instance-role")
    role = aws.iam.Role(
        child,
        description=f"What the instances of the web tier {scope.name} may do",
        assume_role_policy=trust_document("ec2.amazonaws.com"),
        tags=scope.tags(child),
        opts=scope.owned,
    )
    secrets = [secret for environment in settings.environments.values() for secret in environment.secrets.values()]
    known = pulumi.Output.all(
        facts,
        application,
        pulumi.Output.all(*secrets),
        pulumi.Output.all(*settings.secret_kms_key_arns),
        pulumi.Output.from_input(list(settings.statements)),
    )
    policy = aws.iam.RolePolicy(
        f"{child}-permissions", role=role.name, policy=known.apply(_instance_document), opts=scope.owned
    )
    profile_child = scope.child("instance-profile")
    profile = aws.iam.InstanceProfile(profile_child, role=role.name, tags=scope.tags(profile_child), opts=scope.owned)
    name = pulumi.Output.all(profile.name, policy.id).apply(lambda both: both[0])
    return InstanceRole(role.name, role.arn, name)


def _instance_document(known: Sequence[Any]) -> pulumi.Output[str]:
    *of_the_platform, own = known
    return policy_document([*instance_statements(*of_the_platform), *own])


def find_facts(scope: Scope, store: Store) -> pulumi.Output[Facts]:
    """Return what the documents name: the account and Region as AWS says, and the bucket of the bundles."""
    opts = pulumi.InvokeOutputOptions(parent=scope.parent)
    known = pulumi.Output.all(
        partition=aws.get_partition_output(opts=opts).partition,
        region=scope.region or aws.get_region_output(opts=opts).region,
        account=aws.get_caller_identity_output(opts=opts).account_id,
        prefix=scope.name,
        bundle_bucket_arn=store.bucket.arn,
        bundle_key_arn=store.kms_key_arn,
    )
    return known.apply(lambda found: Facts(**found))
