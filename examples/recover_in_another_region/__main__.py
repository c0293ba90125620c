"""Servers that somebody else runs in two Regions, with a database and its replica, get a recovery.

Of the servers only the host names are known: DRPair leads clients over, fences and promotes, and leaves the scaling to
whoever runs them.
"""

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile import DRPair, HAdatabase, Network

HERE, THERE = "eu-west-1", "eu-central-1"

zone = aws.route53.Zone("zone", name="example.com")
here = Network("here", {"region": HERE, "zones": [f"{HERE}a", f"{HERE}b"], "cidr": "10.20.0.0/16", "nat": "none"})
there = Network("there", {"region": THERE, "zones": [f"{THERE}a", f"{THERE}b"], "cidr": "10.21.0.0/16", "nat": "none"})
database = HAdatabase(
    "shop",
    {
        "region": HERE,
        "guarded": True,
        "network": {"vpc_id": here.vpc_id, "subnet_ids": here.data_subnet_ids},
        "replicas": {
            "recovery": {
                "region": THERE,
                "network": {"vpc_id": there.vpc_id, "subnet_ids": there.data_subnet_ids},
                "multi_az": True,
            }
        },
    },
)
groups = database.security_group_ids

pair = DRPair(
    "shop-pair",
    {
        "strategy": "warm_standby",
        "mode": "automatic",
        "guards": {"datapoints": 3, "confirmations": 2, "cooldown_minutes": 120},
        "domain": {"name": "shop.example.com", "hosted_zone_id": zone.id},
        "traffic": {"ttl_seconds": 30},
        "primary": {
            "region": HERE,
            "health_url": "https://dublin.shop.example.net/health",
            "target_host": "dublin.shop.example.net",
            "database": {
                "identifier": database.identifier,
                "arn": database.arn,
                "vpc_id": here.vpc_id,
                "security_group_ids": [groups.apply(lambda ids: ids[HERE])],
            },
        },
        "recovery": {
            "region": THERE,
            "health_url": "https://frankfurt.shop.example.net/health",
            "target_host": "frankfurt.shop.example.net",
            "kms_key_arn": database.kms_key_arns.apply(lambda arns: arns[THERE]),
            "database": {
                "identifier": database.replica_identifiers.apply(lambda ids: ids["recovery"]),
                "arn": database.replica_arns.apply(lambda arns: arns["recovery"]),
                "vpc_id": there.vpc_id,
                "security_group_ids": [groups.apply(lambda ids: ids[THERE])],
                "lag_watched": True,
            },
        },
    },
)

pulumi.export("domain", pair.record_fqdn)
pulumi.export("recovery_function", pair.function_name)
pulumi.export("minutes_until_it_works_again", pair.rto_seconds.apply(lambda seconds: round(seconds / 60)))
