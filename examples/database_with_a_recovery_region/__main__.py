"""A PostgreSQL database with a reporting replica beside it and a replica to go on from in another Region."""

import pulumi

from pulumi_aws_mobile import HAdatabase, Network

network = Network("main", {"zones": ["eu-west-1a", "eu-west-1b", "eu-west-1c"], "cidr": "10.0.0.0/16"})
database = HAdatabase(
    "orders",
    {
        "region": "eu-west-1",
        "engine": "postgres",
        "network": {"vpc_id": network.vpc_id, "subnet_ids": network.data_subnet_ids},
        "replicas": {
            "reports": {},
            "recovery": {"region": "eu-central-1", "network": {"cidr": "10.1.0.0/16"}},
        },
    },
)

pulumi.export("environment", database.web_tier_environment)
pulumi.export("readers", database.reader_endpoints)
