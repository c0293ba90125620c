"""How the lake is asked: a workgroup with its limits, and the questions that are asked again and again."""

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .documents import RESULTS_PREFIX
from .lake import Store
from .named_queries import fixed_queries, funnel_query, metrics_query
from .settings import AnalyticsSettings


def create_workgroup(scope: Scope, settings: AnalyticsSettings, store: Store) -> "aws.athena.Workgroup":
    """Create the workgroup, whose settings no query can change."""
    return aws.athena.Workgroup(
        scope.child("workgroup"),
        description=f"Questions about the events of {scope.name}",
        # Without it Athena keeps a workgroup that was ever asked anything; there is nothing in one but that history.
        force_destroy=True,
        configuration={
            "enforce_workgroup_configuration": True,
            "publish_cloudwatch_metrics_enabled": True,
            "bytes_scanned_cutoff_per_query": settings.scan_limit_bytes,
            "result_configuration": {
                "output_location": pulumi.Output.concat("s3://", store.bucket.name, f"/{RESULTS_PREFIX}"),
                "encryption_configuration": {"encryption_option": "SSE_KMS", "kms_key_arn": store.kms_key_arn},
            },
        },
        region=scope.region,
        tags=scope.tags("workgroup"),
        opts=scope.options(),
    )


def texts(settings: AnalyticsSettings) -> dict[str, str]:
    """Return the named queries of these settings, by name."""
    measured = {event_type: metrics for event_type, (_, metrics) in settings.events.items() if metrics}
    return {
        **fixed_queries(),
        **({"metrics": metrics_query(measured)} if measured else {}),
        **{f"funnel-{funnel}": funnel_query(steps) for funnel, steps in settings.funnels.items()},
    }


def create_queries(
    scope: Scope, settings: AnalyticsSettings, store: Store, workgroup: "aws.athena.Workgroup"
) -> dict[str, pulumi.Output[str]]:
    """Create the named queries; return their ids by name."""
    return {
        name: aws.athena.NamedQuery(
            scope.child(f"query-{name}"),
            name=name,
            description=f"{name} of {scope.name}: from the first day to the last",
            database=store.database.name,
            workgroup=workgroup.id,
            query=query,
            region=scope.region,
            opts=scope.options(),
        ).id
        for name, query in texts(settings).items()
    }
