"""Breaks of the rules about GraphQL, servers of one's own, backups, rotation, alarms, names, tags and Regions."""

from policy.breaks import Break
from policy.guard_stack import AWAY, Change, Ref, Specs, add, both, drop, put, remove

TARGET = "aws:appautoscaling/target:Target"
ROTATION = "aws:secretsmanager/secretRotation:SecretRotation"
METADATA = {"httpEndpoint": "enabled", "httpTokens": "required"}


def unwatched(name: str) -> Change:
    """Leave a resource out of the alarm on everything."""

    def change(specs: Specs) -> None:
        queries = specs["watch"].properties["metricQueries"]
        specs["watch"].properties["metricQueries"] = [
            query for query in queries if query["metric"]["dimensions"]["Name"].name != name
        ]

    return change


def metadata(**options: object) -> Change:
    """Set how servers of the launch template give their credentials."""
    return put("template", metadataOptions={**METADATA, **options})


PROVISIONED = put("table", billingMode="PROVISIONED")
WATCHED = {
    "db": "a database",
    "environment": "an environment",
    "function": "a function",
    "queue": "a queue",
    "api": "an API",
    "stream": "a stream",
}

BREAKS = [
    Break(
        "appsync-no-api-key",
        "an API key",
        put("graph", authenticationType="API_KEY"),
        "graph",
        (
            'authenticationType: got "API_KEY"; allowed: a way that tells who calls; '
            "use AWS_IAM or AMAZON_COGNITO_USER_POOLS"
        ),
    ),
    Break(
        "appsync-no-api-key",
        "an API key besides",
        put("graph", additionalAuthenticationProviders=[{"authenticationType": "API_KEY"}]),
        "graph",
        (
            'additionalAuthenticationProviders[0].authenticationType: got "API_KEY"; '
            "allowed: a way that tells who calls; use AWS_IAM or AMAZON_COGNITO_USER_POOLS"
        ),
    ),
    Break(
        "appsync-logs",
        "none",
        drop("graph", "logConfig"),
        "graph",
        (
            "logConfig.fieldLogLevel: got nothing; allowed: ERROR or INFO or DEBUG or ALL; "
            "set logConfig with a role that may write logs"
        ),
    ),
    Break(
        "appsync-logs",
        "of requests alone",
        put("graph", logConfig={"fieldLogLevel": "NONE"}),
        "graph",
        (
            'logConfig.fieldLogLevel: got "NONE"; allowed: ERROR or INFO or DEBUG or ALL; '
            "set logConfig with a role that may write logs"
        ),
    ),
    Break(
        "asg-spread",
        "one subnet",
        put("group", vpcZoneIdentifiers=[Ref("data-a")]),
        "group",
        "vpcZoneIdentifiers: got 1 of them; allowed: 2 or more; name subnets of two zones or more",
    ),
    Break(
        "asg-spread",
        "one zone, twice",
        both(drop("group", "vpcZoneIdentifiers"), put("group", availabilityZones=["eu-west-1a", "eu-west-1a"])),
        "group",
        "availabilityZones: got 1 of them; allowed: 2 or more; name subnets of two zones or more",
    ),
    Break(
        "asg-spread",
        "nowhere",
        drop("group", "vpcZoneIdentifiers"),
        "group",
        "vpcZoneIdentifiers: got 0 of them; allowed: 2 or more; name subnets of two zones or more",
    ),
    Break(
        "asg-spread",
        "the machine's own check",
        put("group", healthCheckType="EC2"),
        "group",
        'healthCheckType: got "EC2"; allowed: ELB; set it; EC2\'s own check never sees an application that hangs',
    ),
    Break(
        "asg-spread",
        "no check, behind a balancer of the older kind",
        both(drop("group", "healthCheckType", "targetGroupArns"), put("group", loadBalancers=["balancer"])),
        "group",
        "healthCheckType: got nothing; allowed: ELB; set it; EC2's own check never sees an application that hangs",
    ),
    Break(
        "backup-vault",
        "AWS's key",
        drop("vault", "kmsKeyArn"),
        "vault",
        "kmsKeyArn: got nothing; allowed: the ARN of a key of your own; make a key and name it",
    ),
    Break(
        "backup-vault",
        "gone with the stack",
        put("vault", forceDestroy=True),
        "vault",
        "forceDestroy: got true; allowed: false; leave it out; with it a destroy takes the backups along",
    ),
    Break(
        "ddb-capacity",
        "a fixed one",
        PROVISIONED,
        "table",
        (
            'billingMode: got "PROVISIONED"; allowed: PAY_PER_REQUEST; '
            "set it, or add an Application Auto Scaling target for the table"
        ),
    ),
    Break(
        "ddb-capacity",
        "the default",
        drop("table", "billingMode"),
        "table",
        (
            "billingMode: got nothing; allowed: PAY_PER_REQUEST; "
            "set it, or add an Application Auto Scaling target for the table"
        ),
    ),
    Break(
        "ddb-capacity",
        "scaled, but another table",
        both(PROVISIONED, add("target", TARGET, resourceId="table/another")),
        "table",
        (
            'billingMode: got "PROVISIONED"; allowed: PAY_PER_REQUEST; '
            "set it, or add an Application Auto Scaling target for the table"
        ),
    ),
    Break(
        "secret-rotation",
        "never",
        remove("rotation"),
        "secret",
        (
            "SecretRotation: got nothing; allowed: one for the secret; "
            "add a SecretRotation with a function, or let the service that uses the secret manage it"
        ),
    ),
    Break(
        "secret-rotation",
        "seldom",
        put("rotation", rotationRules={"automaticallyAfterDays": 91}),
        "rotation",
        "rotationRules.automaticallyAfterDays: got 91; allowed: 90 days or fewer; lower it",
    ),
    Break(
        "secret-rotation",
        "no one knows when",
        drop("rotation", "rotationRules"),
        "rotation",
        "rotationRules.automaticallyAfterDays: got nothing; allowed: 90 days or fewer; lower it",
    ),
    Break(
        "log-cmk",
        "AWS's key",
        drop("log-group", "kmsKeyId"),
        "log-group",
        (
            "kmsKeyId: got nothing; allowed: the ARN of a key of your own; "
            "make a key whose policy lets CloudWatch Logs use it, and name it"
        ),
    ),
    Break(
        "lt-imdsv2",
        "nothing said",
        drop("template", "metadataOptions"),
        "template",
        (
            "metadataOptions.httpTokens: got nothing; allowed: required; "
            "set it; without it a server may answer requests that carry no token"
        ),
    ),
    Break(
        "lt-imdsv2",
        "optional",
        metadata(httpTokens="optional"),
        "template",
        (
            'metadataOptions.httpTokens: got "optional"; allowed: required; '
            "set it; without it a server may answer requests that carry no token"
        ),
    ),
    Break(
        "lt-imdsv2",
        "too far",
        metadata(httpPutResponseHopLimit=2),
        "template",
        (
            "metadataOptions.httpPutResponseHopLimit: got 2; allowed: 1 or fewer; "
            "lower it; containers that need the credentials need 2"
        ),
    ),
    Break(
        "glacier-vault-legacy",
        "a vault",
        add("old", "aws:glacier/vault:Vault"),
        "old",
        (
            "name: got a vault of the older service; allowed: no vault; store in a bucket with a lifecycle to "
            "GLACIER or DEEP_ARCHIVE; AWS takes no new customers of vaults"
        ),
    ),
    *(
        Break(
            "alarm-coverage",
            what,
            unwatched(name),
            name,
            (
                "MetricAlarm: got nothing; allowed: one alarm or more; add one on what its users would notice, "
                "with the resource's own output in dimensions"
            ),
        )
        for name, what in WATCHED.items()
    ),
    Break(
        "guard-region",
        "far away",
        put("queue", region="us-east-1"),
        "queue",
        (
            'region: got "us-east-1"; allowed: eu-west-1 or eu-central-1; '
            "move it, or add the Region to the option regions"
        ),
    ),
    Break(
        "guard-region",
        "a replica far away",
        put("table", replicas=[{"regionName": "us-east-1", "kmsKeyArn": "k", "pointInTimeRecovery": True}]),
        "table",
        (
            'replicas[0].regionName: got "us-east-1"; allowed: eu-west-1 or eu-central-1; '
            "move it, or add the Region to the option regions"
        ),
        also=("ddb-delete-protect",),
    ),
    Break(
        "guard-region",
        "a secret's replica far away",
        put("secret", replicas=[{"region": "us-east-1"}]),
        "secret",
        (
            'replicas[0].region: got "us-east-1"; allowed: eu-west-1 or eu-central-1; '
            "move it, or add the Region to the option regions"
        ),
    ),
    Break("guard-tags", "none", drop("queue", "tags"), "queue", "tags.app: got nothing; allowed: a tag app; add it"),
    Break(
        "guard-tags",
        "another value",
        put("queue", tags={"app": "shopping"}),
        "queue",
        'tags.app: got "shopping"; allowed: what matches ^shop$; correct it',
    ),
    Break(
        "guard-names",
        "a bucket",
        put("archive", bucket="the-archive"),
        "archive",
        (
            'bucket: got "the-archive"; allowed: a name that Pulumi makes; leave it out, or add a part that changes: '
            "two cannot have one name, so the old one would have to go first"
        ),
    ),
    Break(
        "guard-names",
        "a table",
        put("table", name="orders"),
        "table",
        (
            'name: got "orders"; allowed: a name that Pulumi makes; leave it out, or add a part that changes: '
            "two cannot have one name, so the old one would have to go first"
        ),
    ),
]

KEEPS = {
    "a template whose servers give no credentials": put("template", metadataOptions={"httpEndpoint": "disabled"}),
    "servers behind nothing need no balancer's check": drop("group", "targetGroupArns", "healthCheckType"),
    "a group that asks the balancer and the disk": put("group", healthCheckType="EBS,ELB"),
    "a table that scales by itself, named as it is": both(
        PROVISIONED, add("target", TARGET, resourceId=Ref("table", "id", before="table/"))
    ),
    "a rotation by a schedule": put("rotation", rotationRules={"scheduleExpression": "rate(10 days)"}),
    "an alarm on one thing by its dimensions": both(
        unwatched("queue"),
        add(
            "queue-alarm",
            "aws:cloudwatch/metricAlarm:MetricAlarm",
            dimensions={"QueueName": Ref("queue", "name")},
            alarmActions=["topic"],
        ),
    ),
    "a replica in a Region that is allowed": put("secret", replicas=[{"region": AWAY}]),
    "a tag more than asked for": put("queue", tags={"app": "shop", "a.b": "c"}),
    "a name as Pulumi makes it": put("archive", bucket="archive-05fe1c2"),
    "a name of another resource's": put("db", identifier=Ref("key", "random")),
}
