"""The program: one stack file in, a site in the primary Region and, where a strategy asks for it, a second one out."""

import pulumi

import stack_settings
from pulumi_aws_mobile import (
    ArchiveBucket,
    DRPair,
    HAdatabase,
    MobileBackend,
    Network,
    Observability,
    RecoverySite,
    SelfHealing,
)

settings = stack_settings.load()

networks = {site: Network(f"{site}-network", args) for site, args in settings.networks.items()}
database = HAdatabase("database", settings.database(networks))
backend = MobileBackend("backend", settings.backend(networks, database))
archive = ArchiveBucket("archive", settings.archive)
there = None
if settings.has_recovery_site:
    site = RecoverySite("recovery", settings.site(networks, database, backend))
    site.grant(backend.identity)
    pair = DRPair("pair", settings.pair(networks, database, backend, site))
    there = (site, pair)
    pulumi.export(
        "recovery",
        {
            "strategy": pair.strategy,
            "rto_seconds": pair.rto_seconds,
            "rpo_seconds": pair.rpo_seconds,
            "function_name": pair.function_name,
            "topic_arn": pair.topic_arn,
            "api_url": site.endpoint_url,
            "environments": site.environment_names,
            "client": site.client,
        },
    )
if settings.is_watched:
    healing = SelfHealing("healing", settings.healing(database, backend))
    watch = Observability("watch", settings.observability(database, backend, there))
    pulumi.export("dashboards", watch.dashboard_names)

pulumi.export("region", settings.region)
pulumi.export("recovery_region", settings.recovery_region)
pulumi.export(
    "sign_in",
    {
        "user_pool_id": backend.user_pool_id,
        "issuer": backend.issuer,
        "client_ids": backend.client_ids,
        "identity_pool_id": backend.identity_pool_id,
        "hosted_domain": backend.hosted_domain,
    },
)
pulumi.export("api", {"url": backend.api_url, "keys": backend.api_keys})
pulumi.export("core_api", {"environments": backend.environment_names, "token_issuer": backend.token_issuer})
pulumi.export("data_changes_topic_arn", backend.data_changes_topic_arn)
pulumi.export("push", {"topic_arns": backend.push_topic_arns, "send_function_name": backend.send_function_name})
pulumi.export("analytics", {"client": backend.analytics_client_config, "dashboard": backend.analytics_dashboard_name})
pulumi.export("client", backend.client)
pulumi.export("user_files_bucket_name", backend.user_files_bucket_name)
pulumi.export("vpc_ids", {site: network.vpc_id for site, network in networks.items()})
pulumi.export(
    "database",
    {
        "endpoint": database.endpoint,
        "port": database.port,
        "reader_endpoints": database.reader_endpoints,
        "secret_arn": database.secret_arn,
        "security_group_id": database.security_group_id,
        "alarm_topic_arn": database.alarm_topic_arn,
    },
)
pulumi.export("archive", {"bucket_name": archive.bucket_name, "replica_bucket_arn": archive.replica_bucket_arn})
