"""Every way to break an RDS rule about what surrounds a database, with the whole message."""

from policy.breaks import Break
from policy.guard_stack import HOME, Ref, both, drop, put, remove

BREAKS = [
    Break(
        "rds-force-tls",
        "off",
        put("parameters", parameters=[{"name": "require_secure_transport", "value": 0}]),
        "parameters",
        'parameters.require_secure_transport: got "0"; allowed: 1; set require_secure_transport to 1',
    ),
    Break(
        "rds-force-tls",
        "not set",
        put("parameters", parameters=[]),
        "parameters",
        "parameters.require_secure_transport: got nothing; allowed: 1; set require_secure_transport to 1",
    ),
    Break(
        "rds-force-tls",
        "no group",
        both(drop("db", "parameterGroupName"), remove("parameters")),
        "db",
        (
            "parameterGroupName: got nothing; allowed: a parameter group with require_secure_transport = 1; make "
            "a parameter group that sets require_secure_transport to 1 and name it"
        ),
    ),
    Break(
        "rds-force-tls",
        "AWS's group",
        put("cluster", dbClusterParameterGroupName="default.postgres17"),
        "cluster",
        (
            'dbClusterParameterGroupName: got "default.postgres17"; allowed: a parameter group with '
            "rds.force_ssl = 1; make a parameter group that sets rds.force_ssl to 1 and name it"
        ),
    ),
    Break(
        "rds-cmk",
        "absent",
        drop("db", "kmsKeyId"),
        "db",
        "kmsKeyId: got nothing; allowed: the ARN of a key of your own; make a key, in this Region, and name it",
    ),
    Break(
        "rds-cmk",
        "key of another Region",
        put("db", kmsKeyId="arn:aws:kms:us-east-1:1:key/k"),
        "db",
        "kmsKeyId: got a key of us-east-1; allowed: a key of eu-west-1; name a key of the database's own Region",
    ),
    Break(
        "rds-cmk",
        "replica in another Region",
        both(put("replica", replicateSourceDb="arn:aws:rds:eu-west-1:1:db:db", arn="x"), drop("replica", "kmsKeyId")),
        "replica",
        "kmsKeyId: got nothing; allowed: the ARN of a key of your own; make a key, in this Region, and name it",
        also=("rds-dr-copy",),
    ),
    Break(
        "rds-events",
        "none",
        remove("instance-events"),
        "db",
        (
            "EventSubscription: got no subscription to availability, configuration change, failover, failure, "
            "maintenance; allowed: one to availability, configuration change, failover, failure, maintenance; add"
            " an EventSubscription with sourceType db-instance in the database's Region"
        ),
    ),
    Break(
        "rds-events",
        "of another Region",
        put("instance-events", region="us-east-1"),
        "db",
        (
            "EventSubscription: got no subscription to availability, configuration change, failover, failure, "
            "maintenance; allowed: one to availability, configuration change, failover, failure, maintenance; add"
            " an EventSubscription with sourceType db-instance in the database's Region"
        ),
    ),
    Break(
        "rds-events",
        "disabled",
        put("cluster-events", enabled=False),
        "cluster",
        (
            "EventSubscription: got no subscription to failover, failure, maintenance; allowed: one to failover, "
            "failure, maintenance; add an EventSubscription with sourceType db-cluster in the database's Region"
        ),
    ),
    Break(
        "rds-events",
        "a category missing",
        put("instance-events", eventCategories=["backup", "failover"]),
        "db",
        (
            "EventSubscription: got no subscription to availability, configuration change, failure, maintenance; "
            "allowed: one to availability, configuration change, failover, failure, maintenance; add an "
            "EventSubscription with sourceType db-instance in the database's Region"
        ),
    ),
    Break(
        "rds-events",
        "another database's",
        put("cluster-events", sourceIds=["other"]),
        "cluster",
        (
            "EventSubscription: got no subscription to failover, failure, maintenance; allowed: one to failover, "
            "failure, maintenance; add an EventSubscription with sourceType db-cluster in the database's Region"
        ),
    ),
    Break(
        "rds-dr-copy",
        "none",
        remove("replica"),
        "db",
        (
            "a copy in another Region: got nothing; allowed: a read replica or replicated backups; add a replica "
            "in another Region, or replicate the automated backups there"
        ),
    ),
    Break(
        "rds-dr-copy",
        "in the same Region",
        put("replica", region=HOME),
        "db",
        (
            "a copy in another Region: got 1 in the same Region; allowed: a read replica or replicated backups; "
            "add a replica in another Region, or replicate the automated backups there"
        ),
    ),
    Break(
        "rds-private-subnets",
        "one zone",
        put("data-b", availabilityZone=f"{HOME}a"),
        "subnets",
        "subnetIds: got subnets in one zone; allowed: 2 zones or more; add a subnet in another zone",
    ),
    Break(
        "rds-private-subnets",
        "one subnet",
        put("subnets", subnetIds=[Ref("data-a")]),
        "subnets",
        "subnetIds: got subnets in one zone; allowed: 2 zones or more; add a subnet in another zone",
    ),
    Break(
        "rds-private-subnets",
        "a public one",
        put("subnets", subnetIds=[Ref("public-a"), Ref("data-b")]),
        "subnets",
        (
            "subnetIds: got subnets with a route to an internet gateway: public-a; allowed: private subnets; "
            "name subnets of the data tier"
        ),
    ),
    Break(
        "rds-private-subnets",
        "a public one, by a route inside the table",
        put("data-table", routes=[{"cidrBlock": "0.0.0.0/0", "gatewayId": Ref("gateway")}]),
        "subnets",
        (
            "subnetIds: got subnets with a route to an internet gateway: data-a, data-b; allowed: private "
            "subnets; name subnets of the data tier"
        ),
    ),
    Break(
        "rds-private-subnets",
        "a public one, by a gateway made elsewhere",
        put("public-route", gatewayId="igw-0abc", routeTableId=Ref("data-table")),
        "subnets",
        (
            "subnetIds: got subnets with a route to an internet gateway: data-a, data-b; allowed: private "
            "subnets; name subnets of the data tier"
        ),
    ),
]
