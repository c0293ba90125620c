"""Finer ways to keep the rules: each is next to something that a rule refuses."""

from policy.breaks_api import http_document
from policy.breaks_finer import called
from policy.breaks_finer_data import ENGINES, SAFELY, engine
from policy.breaks_more import PROVISIONED, TARGET
from policy.breaks_others import role_policy
from policy.breaks_plain import bucket_policy
from policy.breaks_recovery import standby
from policy.breaks_s3 import moves, policy, rule
from policy.guard_stack import Change, Ref, Specs, add, allow, both, deny_plain_http, drop, put, unprotect

EVENTS = "aws:rds/eventSubscription:EventSubscription"
READING = (
    "BatchCheckLayerAvailability",
    "BatchGetItem",
    "CheckDomainAvailability",
    "DescribeTable",
    "DiscoverInstances",
    "EstimateTemplateCost",
    "FilterLogEvents",
    "GetItem",
    "HeadObject",
    "ListTables",
    "LookupEvents",
    "Query",
    "Scan",
    "SearchProducts",
    "SelectAggregateResourceConfig",
    "SimulatePrincipalPolicy",
    "ValidateTemplate",
    "ViewBilling",
)
"""Actions that only read, one for each verb."""


def ahead(name: str, type_: str, **properties: object) -> Change:
    """Register a resource before all others."""

    def change(specs: Specs) -> None:
        add(name, type_, **properties)(specs)
        for other in [one for one in specs if one != name]:
            specs[other] = specs.pop(other)

    return change


def not_asking() -> Change:
    """Lead the standby's record to an environment without servers, and say nothing of its health."""
    target = {"name": Ref("standby", "cname"), "zoneId": "Z2"}
    return both(standby("0"), put("secondary-record", aliases=[target]))


KEEPS = {
    "an alarm that a composite one passes on": both(
        drop("alarm", "alarmActions"),
        add(
            "all",
            "aws:cloudwatch/compositeAlarm:CompositeAlarm",
            alarmRule=Ref("alarm", "arn"),
            alarmActions=[Ref("topic", "arn")],
        ),
    ),
    "an operation of an HTTP API that names its authorizer": both(
        http_document("/about", "get", security=[{"users": []}]),
        lambda specs: (
            specs["http-api"]
            .properties["body"]
            .data.update(components=specs["api"].properties["body"].data["components"])
        ),
    ),
    "Security Hub's policy for the edge": put("api-domain", securityPolicy="SecurityPolicy_TLS12_PFS_2025_EDGE"),
    "a scheme of the app's own in capitals": put("app-client", callbackUrls=["Shop:in", "SHOP+1.in-x:out"]),
    "an hour in seconds": put(
        "app-client", accessTokenValidity=3600, tokenValidityUnits={"accessToken": "seconds", "idToken": "hours"}
    ),
    "thirty days in hours": put(
        "app-client",
        refreshTokenValidity=720,
        tokenValidityUnits={"accessToken": "minutes", "idToken": "hours", "refreshToken": "hours"},
    ),
    "a table that scales by itself, by its literal name": both(
        PROVISIONED, put("table", name="orders-4f1c"), add("target", TARGET, resourceId="table/orders-4f1c")
    ),
    "an empty standby whose record says nothing of its health": not_asking(),
    "a key that only makes codes": both(
        add("coder", "aws:kms/key:Key", keyUsage="GENERATE_VERIFY_MAC", customerMasterKeySpec="HMAC_256"),
        unprotect("coder"),
    ),
    "decryption by name beside every object of a bucket": role_policy(
        allow(["kms:Decrypt", "s3:GetObject"], [Ref("key", "arn"), "arn:aws:s3:::films/*"])
    ),
    "reading anywhere": role_policy(allow([f"service:{action}" for action in READING], "*")),
    "a minute's schedule": called("rate(1 minute)"),
    "a schedule of five minutes": called("rate(5 minutes)"),
    "a stream's record that is not tried again": put("stream-source", maximumRetryAttempts=0),
    "a key of the database's own Region, by its ARN": put("db", kmsKeyId="arn:aws:kms:eu-west-1:123456789012:key/k"),
    "a subscription to every kind": drop("instance-events", "sourceType"),
    "two subscriptions to half of it each": both(
        put("instance-events", eventCategories=["availability", "maintenance"]),
        add(
            "more-events",
            EVENTS,
            snsTopic=Ref("topic", "arn"),
            sourceType="db-instance",
            eventCategories=["configuration change", "failover", "failure"],
        ),
    ),
    "a subscription to something else": add(
        "snapshot-events", EVENTS, snsTopic=Ref("topic", "arn"), sourceType="db-snapshot"
    ),
    "a subscription that is off, before others": ahead(
        "old-events", EVENTS, snsTopic=Ref("topic", "arn"), sourceType="db-instance", enabled=False
    ),
    "a switch in words": put("parameters", parameters=[{"name": "require_secure_transport", "value": "True"}]),
    **{
        f"{name}, which knows no IAM authentication": both(
            engine(name), SAFELY, put("db", iamDatabaseAuthenticationEnabled=False)
        )
        for name in ENGINES
        if name != "mariadb"
    },
    "a private gateway": both(
        add("private-route", "aws:ec2/route:Route", routeTableId=Ref("data-table"), gatewayId="vgw-1"),
        put("data-table", routes=[{"cidrBlock": "10.2.0.0/16", "gatewayId": "vgw-1"}]),
    ),
    "two zones by their ids": both(
        *(
            both(drop(f"data-{zone}", "availabilityZone"), put(f"data-{zone}", availabilityZoneId=f"euw1-{zone}"))
            for zone in "ab"
        )
    ),
    "uploads that end by the shorter of two rules": lambda specs: (
        specs["archive-lifecycle"]
        .properties["rules"]
        .append({"id": "more", "status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 30}})
    ),
    "uploads under a filter that lets all through": rule(filter={"prefix": ""}),
    "cold on the first day": moves((0, "GLACIER")),
    "a grant to an account": add(
        "acl",
        "aws:s3/bucketAcl:BucketAcl",
        accessControlPolicy={"grants": [{"grantee": {"id": "a1", "type": "CanonicalUser"}}]},
    ),
    "a lock for a year": put("archive-lock", rule={"defaultRetention": {"mode": "COMPLIANCE", "years": 1}}),
    "a service that sets an object's ACL": bucket_policy(
        Principal={"Service": "logging.s3.amazonaws.com"}, Action="s3:PutObjectAcl"
    ),
    "plain HTTP denied on everything": policy(deny_plain_http("s3:*", "*")),
    "everything denied over plain HTTP": policy(deny_plain_http("*", "*")),
    "a rotation just often enough": put("rotation", rotationRules={"automaticallyAfterDays": 90}),
}
