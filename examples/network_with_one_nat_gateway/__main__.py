"""A network for an environment that may lose its way out with a zone: one NAT gateway instead of three."""

import pulumi

from pulumi_aws_mobile import Network

network = Network(
    "main",
    {
        "zones": ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
        "nat": "single",
        "interface_endpoints": ["secretsmanager"],
    },
)

pulumi.export("vpc_id", network.vpc_id)
pulumi.export("data_subnet_ids", network.data_subnet_ids)
