"""What a failover needs to create things: the template in a bucket of its Region, and a role for CloudFormation."""

import json
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.archive_bucket.args import TransitionDefaultMinimumObjectSize
from pulumi_aws_mobile.archive_bucket.buckets import BucketPlan, create_bucket, create_policy
from pulumi_aws_mobile.archive_bucket.lifecycle import lifecycle_rules
from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import policy_document, trust_document

from .creation_documents import StackFacts, stack_statements
from .settings import DRPairSettings
from .store import Account, Store
from .template import Restored, WayOut, recovery_template

TEMPLATE_KEY = "recovery.json"

_OLD_TEMPLATE_DAYS = 30
_ABORT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Creation:
    """What the runbook hands to CloudFormation."""

    stack_name: pulumi.Output[str]
    template_url: pulumi.Output[str]
    template_arn: pulumi.Output[str]
    role_arn: pulumi.Output[str]


def stack_name(store: Store, takeovers: int) -> pulumi.Output[str]:
    """Return the name of the stack that the next failover creates, and of its database.

    What an earlier failover created stays: the one after the fail-back makes a stack beside it.
    """
    rounds = takeovers // 2
    return store.table_name.apply(lambda name: f"{name}-{rounds}" if rounds else name)


def create_creation(scope: Scope, settings: DRPairSettings, account: Account, store: Store) -> Creation | None:
    """Create what the runbook hands to CloudFormation; nothing where everything stands already."""
    if not settings.opens_way_out:
        return None
    name = stack_name(store, settings.takeovers)
    bucket = create_bucket(scope.parent, scope.child("templates"), _bucket_plan(scope, settings, store))
    policy = create_policy(scope.parent, bucket)
    template = aws.s3.BucketObjectv2(
        scope.child("template"),
        bucket=pulumi.Output.all(bucket.name, policy.id).apply(lambda known: known[0]),
        key=TEMPLATE_KEY,
        content=_template(scope.name, settings),
        content_type="application/json",
        region=scope.region,
        opts=scope.options(),
    )
    url = pulumi.Output.concat("https://", bucket.resource.bucket_regional_domain_name, "/", template.key)
    return Creation(
        stack_name=name,
        template_url=url,
        template_arn=pulumi.Output.concat(bucket.arn, "/", template.key),
        role_arn=_create_role(scope, settings, account, name),
    )


def _bucket_plan(scope: Scope, settings: DRPairSettings, store: Store) -> BucketPlan:
    return BucketPlan(
        region=scope.region,
        rules=lifecycle_rules(
            [],
            expire_after_days=None,
            noncurrent_expire_after_days=_OLD_TEMPLATE_DAYS,
            keep_newer=None,
            abort_incomplete_upload_days=_ABORT_DAYS,
        ),
        default_minimum=TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128K,
        kms_key_arn=store.key_arn,
        object_lock=None,
        protect=settings.protect,
        empty_on_destroy=settings.empty_on_destroy,
        tags=settings.tags,
    )


def _template(pair: str, settings: DRPairSettings) -> pulumi.Output[str]:
    """Return the template's text, once everything that it names is known."""
    network, restore = settings.recovery.network, settings.recovery.restore
    assert network is not None  # noqa: S101 - the rules demand it
    known = pulumi.Output.all(
        public=network.public_subnet_ids,
        tables=pulumi.Output.all(**network.application_route_table_ids),
        vpc_id=network.vpc_id,
        subnet_ids=network.subnet_ids,
        backups_arn=settings.recovery.backups_arn,
        clients=settings.recovery.instance_security_group_id,
    )
    database = settings.primary.database
    port = database.port if database is not None else None

    def write(facts: dict[str, Any]) -> str:
        way_out = WayOut(facts["public"][0], facts["tables"])
        restored = None
        if settings.restores and restore is not None and port is not None:
            restored = Restored(
                backups_arn=facts["backups_arn"],
                instance_class=restore.instance_class,
                multi_az=restore.multi_az,
                retention_days=restore.retention_days,
                family=restore.family,
                parameters=restore.parameters,
                port=port,
                vpc_id=facts["vpc_id"],
                subnet_ids=facts["subnet_ids"],
                client_security_group_id=facts["clients"],
            )
        return json.dumps(recovery_template(pair, way_out, restored), indent=2, sort_keys=True)

    return known.apply(write)


def _create_role(
    scope: Scope, settings: DRPairSettings, account: Account, name: pulumi.Output[str]
) -> pulumi.Output[str]:
    """Create CloudFormation's role, which may make what is in the template and undo it."""
    role = aws.iam.Role(
        scope.child("stack-role"),
        description=f"What CloudFormation may do in a failover of {scope.name}",
        # Whoever has CloudFormation take it must be allowed to pass it; a condition could only fail, in a failover.
        assume_role_policy=trust_document("cloudformation.amazonaws.com"),
        tags=scope.tags("stack-role"),
        opts=scope.options(),
    )
    network = settings.recovery.network
    assert network is not None  # noqa: S101 - the rules demand it
    facts = pulumi.Output.all(
        partition=account.partition,
        account=account.account_id,
        stack=name,
        public=network.public_subnet_ids,
        tables=pulumi.Output.all(*network.application_route_table_ids.values()),
        vpc_id=network.vpc_id,
        backups_arn=settings.recovery.backups_arn,
        kms_key_arn=settings.recovery.kms_key_arn,
    ).apply(
        lambda known: StackFacts(
            partition=known["partition"],
            region=settings.recovery.region,
            account=known["account"],
            stack=known["stack"],
            public_subnet_id=known["public"][0],
            route_table_ids=tuple(known["tables"]),
            vpc_id=known["vpc_id"],
            backups_arn=known["backups_arn"] if settings.restores else None,
            kms_key_arn=known["kms_key_arn"],
        )
    )
    policy = aws.iam.RolePolicy(
        scope.child("stack-permissions"),
        role=role.name,
        policy=facts.apply(lambda found: policy_document(stack_statements(found))),
        opts=scope.options(),
    )
    return pulumi.Output.all(role.arn, policy.id).apply(lambda known: known[0])
