"""A stack that keeps every rule, production's included."""

from copy import deepcopy

from policy.compliant_identity import BOUNDARY, functions, identity
from policy.compliant_others import others, watch
from policy.compliant_recovery import recovery
from policy.compliant_web import apis, servers
from policy.guard_stack import ACCOUNT, AWAY, HOME, Change, Json, Ref, Spec, Specs, allow, deny_plain_http, tagged

_ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}


def compliant() -> Specs:
    """Return a fresh copy of a stack that keeps every rule, production's included."""
    specs = deepcopy(
        {
            **_foundations(),
            **_network(),
            **_databases(),
            **_buckets(),
            **identity(),
            **functions(),
            **apis(),
            **servers(),
            **recovery(),
            **others(),
        }
    )
    return tagged({**specs, "watch": watch(specs)})


def _foundations() -> Specs:
    return {
        "key": Spec(
            "aws:kms/key:Key",
            {
                "enableKeyRotation": True,
                "deletionWindowInDays": 30,
                "policy": Json((allow("kms:*", "*", Principal=_ROOT),)),
            },
            protect=True,
        ),
        "away-key": Spec("aws:kms/key:Key", {"enableKeyRotation": True, "region": AWAY}, protect=True),
        "topic": Spec("aws:sns/topic:Topic", {"kmsMasterKeyId": Ref("key", "arn")}),
        "topic-policy": Spec(
            "aws:sns/topicPolicy:TopicPolicy",
            {
                "arn": Ref("topic", "arn"),
                "policy": Json(
                    (
                        allow("sns:Publish", Ref("topic", "arn"), Principal={"Service": "cloudwatch.amazonaws.com"}),
                        deny_plain_http("sns:Publish", Ref("topic", "arn")),
                    )
                ),
            },
        ),
        "push": Spec(
            "aws:sns/platformApplication:PlatformApplication",
            {"platform": "GCM", "failureFeedbackRoleArn": Ref("role", "arn")},
        ),
        "alarm": Spec("aws:cloudwatch/metricAlarm:MetricAlarm", {"alarmActions": [Ref("topic", "arn")]}),
        "log-group": Spec("aws:cloudwatch/logGroup:LogGroup", {"retentionInDays": 365, "kmsKeyId": Ref("key", "arn")}),
        "secret": Spec("aws:secretsmanager/secret:Secret", {"kmsKeyId": Ref("key", "arn")}, protect=True),
        "role": Spec(
            "aws:iam/role:Role",
            {
                "assumeRolePolicy": Json(
                    ({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}},)
                ),
                "permissionsBoundary": BOUNDARY,
            },
        ),
        "role-policy": Spec(
            "aws:iam/rolePolicy:RolePolicy",
            {
                "role": Ref("role"),
                "policy": Json(
                    (
                        allow(["logs:CreateLogStream", "logs:PutLogEvents"], Ref("log-group", "arn")),
                        allow(["logs:DescribeLogGroups", "cloudwatch:PutMetricData"], "*"),
                        allow("kms:Decrypt", Ref("key", "arn")),
                        allow(
                            "iam:PassRole",
                            Ref("role", "arn"),
                            Condition={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
                        ),
                    )
                ),
            },
        ),
        "attachment": Spec(
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            {"role": Ref("role"), "policyArn": "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"},
        ),
    }


def _network() -> Specs:
    specs = {
        "vpc": Spec("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"}),
        "gateway": Spec("aws:ec2/internetGateway:InternetGateway", {"vpcId": Ref("vpc")}),
        "flow-log": Spec("aws:ec2/flowLog:FlowLog", {"vpcId": Ref("vpc"), "trafficType": "ALL"}),
        "default-group": Spec("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {"vpcId": Ref("vpc")}),
        "public-table": Spec("aws:ec2/routeTable:RouteTable", {"vpcId": Ref("vpc")}),
        "data-table": Spec("aws:ec2/routeTable:RouteTable", {"vpcId": Ref("vpc")}),
        "public-route": Spec(
            "aws:ec2/route:Route",
            {
                "routeTableId": Ref("public-table"),
                "destinationCidrBlock": "0.0.0.0/0",
                "gatewayId": Ref("gateway"),
            },
        ),
    }
    for tier, zone in (("public", "a"), ("data", "a"), ("data", "b")):
        specs[f"{tier}-{zone}"] = Spec(
            "aws:ec2/subnet:Subnet",
            {"vpcId": Ref("vpc"), "availabilityZone": f"{HOME}{zone}", "mapPublicIpOnLaunch": False},
        )
        specs[f"{tier}-{zone}-association"] = Spec(
            "aws:ec2/routeTableAssociation:RouteTableAssociation",
            {"subnetId": Ref(f"{tier}-{zone}"), "routeTableId": Ref(f"{tier}-table")},
        )
    for name, description in (("web-group", "What the load balancer lets in."), ("db-group", "Who reaches the data.")):
        specs[name] = Spec("aws:ec2/securityGroup:SecurityGroup", {"vpcId": Ref("vpc"), "description": description})
    specs["web-ingress"] = Spec(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        {
            "securityGroupId": Ref("web-group"),
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
            "cidrIpv4": "0.0.0.0/0",
        },
    )
    specs["web-rule"] = Spec(
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        {
            "securityGroupId": Ref("web-group"),
            "type": "ingress",
            "protocol": "tcp",
            "fromPort": 80,
            "toPort": 80,
            "cidrBlocks": ["0.0.0.0/0"],
            "ipv6CidrBlocks": ["::/0"],
        },
    )
    specs["db-ingress"] = Spec(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        {
            "securityGroupId": Ref("db-group"),
            "ipProtocol": "tcp",
            "fromPort": 3307,
            "toPort": 3307,
            "referencedSecurityGroupId": Ref("web-group"),
        },
    )
    return specs


def _databases() -> Specs:
    shared = {
        "storageEncrypted": True,
        "backupRetentionPeriod": 14,
        "deletionProtection": True,
        "skipFinalSnapshot": False,
        "iamDatabaseAuthenticationEnabled": True,
        "monitoringInterval": 60,
        "performanceInsightsEnabled": True,
        "copyTagsToSnapshot": True,
        "manageMasterUserPassword": True,
        "vpcSecurityGroupIds": [Ref("db-group")],
        "dbSubnetGroupName": Ref("subnets", "name"),
    }
    replica = {
        "region": AWAY,
        "kmsKeyId": Ref("away-key", "arn"),
        "storageEncrypted": True,
        "deletionProtection": True,
        "skipFinalSnapshot": True,
        "iamDatabaseAuthenticationEnabled": True,
        "monitoringInterval": 60,
        "performanceInsightsEnabled": True,
        "copyTagsToSnapshot": True,
        "enabledCloudwatchLogsExports": ["error", "slowquery"],
    }
    instance = "aws:rds/instance:Instance"
    return {
        "subnets": Spec("aws:rds/subnetGroup:SubnetGroup", {"subnetIds": [Ref("data-a"), Ref("data-b")]}),
        "parameters": Spec(
            "aws:rds/parameterGroup:ParameterGroup",
            {"family": "mysql8.4", "parameters": [{"name": "require_secure_transport", "value": "1"}]},
        ),
        "cluster-parameters": Spec(
            "aws:rds/clusterParameterGroup:ClusterParameterGroup",
            {"family": "postgres17", "parameters": [{"name": "rds.force_ssl", "value": "1"}]},
        ),
        "db": Spec(
            instance,
            {
                **shared,
                "engine": "mysql",
                "port": 3307,
                "username": "keeper",
                "multiAz": True,
                "kmsKeyId": Ref("key", "arn"),
                "finalSnapshotIdentifier": "db-final-4f1c",
                "enabledCloudwatchLogsExports": ["error", "slowquery"],
                "parameterGroupName": Ref("parameters", "name"),
                "caCertIdentifier": "rds-ca-rsa2048-g1",
            },
            protect=True,
        ),
        "replica": Spec(instance, {**replica, "replicateSourceDb": Ref("db", "arn")}, protect=True),
        "cluster": Spec(
            "aws:rds/cluster:Cluster",
            {
                **shared,
                "engine": "postgres",
                "dbClusterInstanceClass": "db.m6gd.large",
                "port": 5433,
                "masterUsername": "keeper",
                "kmsKeyId": Ref("key", "arn"),
                "finalSnapshotIdentifier": "cluster-final-77aa",
                "enabledCloudwatchLogsExports": ["postgresql"],
                "dbClusterParameterGroupName": Ref("cluster-parameters", "name"),
            },
            protect=True,
        ),
        "cluster-replica": Spec(instance, {**replica, "replicateSourceDb": Ref("cluster", "arn")}, protect=True),
        "instance-events": Spec(
            "aws:rds/eventSubscription:EventSubscription",
            {
                "snsTopic": Ref("topic", "arn"),
                "sourceType": "db-instance",
                "eventCategories": ["availability", "configuration change", "failover", "failure", "maintenance"],
            },
        ),
        "away-events": Spec(
            "aws:rds/eventSubscription:EventSubscription",
            {"snsTopic": Ref("topic", "arn"), "sourceType": "db-instance", "region": AWAY},
        ),
        "cluster-events": Spec(
            "aws:rds/eventSubscription:EventSubscription",
            {"snsTopic": Ref("topic", "arn"), "sourceType": "db-cluster", "sourceIds": [Ref("cluster")]},
        ),
    }


def _buckets() -> Specs:
    specs: Specs = {}
    for name in ("archive", "logs", "copy"):
        specs.update(_bucket(name))
    specs["copy"].properties["region"] = AWAY
    # Log delivery takes no KMS key.
    del specs["logs-encryption"]
    for name in ("archive", "copy"):
        specs[f"{name}-logging"] = Spec(
            "aws:s3/bucketLogging:BucketLogging", {"bucket": Ref(name), "targetBucket": Ref("logs")}
        )
    specs["archive-lock"] = Spec(
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        {"bucket": Ref("archive"), "rule": {"defaultRetention": {"mode": "GOVERNANCE", "days": 30}}},
    )
    specs["archive-replication"] = Spec(
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        {
            "bucket": Ref("archive"),
            "rules": [
                {
                    "status": "Enabled",
                    "deleteMarkerReplication": {"status": "Disabled"},
                    "sourceSelectionCriteria": {"sseKmsEncryptedObjects": {"status": "Enabled"}},
                    "destination": {
                        "bucket": Ref("copy", "arn"),
                        "encryptionConfiguration": {"replicaKmsKeyId": Ref("away-key", "arn")},
                    },
                }
            ],
        },
    )
    return specs


def _bucket(name: str) -> Specs:
    blocked = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    bucket = {"bucket": Ref(name)}
    arn = Ref(name, "arn")
    return {
        name: Spec("aws:s3/bucket:Bucket", {}, protect=True),
        f"{name}-block": Spec(
            "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {**bucket, **dict.fromkeys(blocked, True)}
        ),
        f"{name}-ownership": Spec(
            "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
            {**bucket, "rule": {"objectOwnership": "BucketOwnerEnforced"}},
        ),
        f"{name}-versioning": Spec(
            "aws:s3/bucketVersioning:BucketVersioning", {**bucket, "versioningConfiguration": {"status": "Enabled"}}
        ),
        f"{name}-encryption": Spec(
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            {
                **bucket,
                "rules": [
                    {
                        "applyServerSideEncryptionByDefault": {
                            "sseAlgorithm": "aws:kms",
                            "kmsMasterKeyId": Ref("key", "arn"),
                        },
                        "bucketKeyEnabled": True,
                    }
                ],
            },
        ),
        f"{name}-policy": Spec(
            "aws:s3/bucketPolicy:BucketPolicy",
            {**bucket, "policy": Json((deny_plain_http("s3:*", [arn, f"{arn}/*"]),))},
        ),
        # The bucket's name comes by way of its versioning, which has to be there first.
        f"{name}-lifecycle": Spec(
            "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            {
                "bucket": Ref(f"{name}-versioning", "bucket"),
                "rules": [
                    {
                        "id": "all",
                        "status": "Enabled",
                        "transitions": [
                            {"days": 30, "storageClass": "STANDARD_IA"},
                            {"days": 90, "storageClass": "GLACIER"},
                            {"days": 180, "storageClass": "DEEP_ARCHIVE"},
                        ],
                        "expiration": {"days": 3650},
                        "noncurrentVersionExpiration": {"noncurrentDays": 90},
                        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
                    }
                ],
            },
        ),
    }


def broken(change: Change) -> Specs:
    """Return the compliant stack with a change made to it; what that adds is tagged and watched as the rest is."""
    specs = compliant()
    before = set(specs)
    change(specs)
    added = tagged({name: spec for name, spec in specs.items() if name not in before})
    if "watch" in specs:
        specs["watch"].properties["metricQueries"] += watch(added).properties["metricQueries"]
    return specs
