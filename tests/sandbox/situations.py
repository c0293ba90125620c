"""One situation per resource type: inputs to begin with, the same inputs changed, and what must exist before."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_sandbox.engine_api import Sandbox

Inputs = dict[str, Any]


@dataclass
class World:
    """Makes what a resource needs, through the sandbox itself."""

    sandbox: Sandbox
    made: list[tuple[str, str, Inputs]] = field(default_factory=list)

    def make(self, token: str, inputs: Inputs, name: str = "") -> Inputs:
        """Create a resource and return its outputs."""
        name = name or f"made{len(self.made)}"
        checked, failures = self.sandbox.check(token, name, inputs, None, name.encode())
        assert failures == []
        resource_id, outputs = self.sandbox.create(token, checked, name)
        self.made.append((token, resource_id, outputs))
        return outputs

    def vpc(self, **more: object) -> str:
        return self.make("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16", **more})["id"]

    def subnets(self, count: int = 3, region: str = "eu-west-1") -> list[str]:
        vpc = self.vpc(region=region)
        return [
            self.make(
                "aws:ec2/subnet:Subnet",
                {
                    "vpcId": vpc,
                    "cidrBlock": f"10.0.{number}.0/24",
                    "availabilityZone": f"{region}{'abc'[number]}",
                    "region": region,
                },
            )["id"]
            for number in range(count)
        ]

    def key(self, region: str = "eu-west-1") -> str:
        return self.make("aws:kms/key:Key", {"region": region})["arn"]

    def bucket(self, **more: object) -> str:
        return self.make("aws:s3/bucket:Bucket", more)["bucket"]

    def versioned(self, **more: object) -> str:
        bucket = self.bucket(**more)
        region = {"region": more["region"]} if "region" in more else {}
        versioning = {"bucket": bucket, "versioningConfiguration": {"status": "Enabled"}, **region}
        self.make("aws:s3/bucketVersioning:BucketVersioning", versioning)
        return bucket

    def role(self) -> str:
        return self.make("aws:iam/role:Role", {"assumeRolePolicy": TRUST})["name"]

    def role_arn(self) -> str:
        return self.make("aws:iam/role:Role", {"assumeRolePolicy": TRUST})["arn"]

    def topic(self) -> str:
        return self.make("aws:sns/topic:Topic", {})["arn"]

    def subnet_group(self, region: str = "eu-west-1") -> str:
        group = {"subnetIds": self.subnets(region=region), "region": region}
        return self.make("aws:rds/subnetGroup:SubnetGroup", group)["name"]

    def database(self, **more: object) -> Inputs:
        return self.make("aws:rds/instance:Instance", {**DATABASE, "skipFinalSnapshot": True, **more})


def document(action: str, resource: str = "*", **more: object) -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "rds.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
)
TAGS, OTHER_TAGS = {"team": "data", "cost": "7"}, {"team": "core"}
DATABASE = {
    "instanceClass": "db.t4g.medium",
    "engine": "mysql",
    "engineVersion": "8.4",
    "allocatedStorage": 20,
    "username": "owner",
    "password": "not-a-real-one",
    "backupRetentionPeriod": 7,
}


def _vpc(_: World) -> tuple[Inputs, Inputs]:
    first = {"cidrBlock": "10.1.0.0/16", "enableDnsSupport": True, "enableDnsHostnames": True, "tags": TAGS}
    return first, {**first, "enableDnsHostnames": False, "tags": OTHER_TAGS}


def _subnet(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "vpcId": world.vpc(),
        "cidrBlock": "10.0.1.0/24",
        "availabilityZone": "eu-west-1b",
        "mapPublicIpOnLaunch": False,
        "tags": TAGS,
    }
    return first, {**first, "mapPublicIpOnLaunch": True, "tags": OTHER_TAGS}


def _internet_gateway(world: World) -> tuple[Inputs, Inputs]:
    return {"vpcId": world.vpc(), "tags": TAGS}, {"vpcId": world.vpc(), "tags": OTHER_TAGS}


def _eip(_: World) -> tuple[Inputs, Inputs]:
    return {"domain": "vpc", "tags": TAGS}, {"domain": "vpc", "tags": OTHER_TAGS}


def _nat_gateway(world: World) -> tuple[Inputs, Inputs]:
    address = world.make("aws:ec2/eip:Eip", {"domain": "vpc"})["allocationId"]
    first = {"subnetId": world.subnets(1)[0], "allocationId": address, "tags": TAGS}
    return first, {**first, "tags": OTHER_TAGS}


def _route_table(world: World) -> tuple[Inputs, Inputs]:
    vpc = world.vpc()
    gateway = world.make("aws:ec2/internetGateway:InternetGateway", {"vpcId": vpc})["id"]
    first = {"vpcId": vpc, "routes": [{"cidrBlock": "0.0.0.0/0", "gatewayId": gateway}], "tags": TAGS}
    return first, {"vpcId": vpc, "routes": [{"cidrBlock": "1.2.0.0/16", "gatewayId": gateway}], "tags": OTHER_TAGS}


def _route(world: World) -> tuple[Inputs, Inputs]:
    subnet = world.subnets(1)[0]
    vpc = world.made[0][1]
    table = world.make("aws:ec2/routeTable:RouteTable", {"vpcId": vpc})["id"]
    gateway = world.make("aws:ec2/internetGateway:InternetGateway", {"vpcId": vpc})["id"]
    address = world.make("aws:ec2/eip:Eip", {})["id"]
    nat = world.make("aws:ec2/natGateway:NatGateway", {"subnetId": subnet, "allocationId": address})["id"]
    first = {"routeTableId": table, "destinationCidrBlock": "0.0.0.0/0"}
    return {**first, "gatewayId": gateway}, {**first, "natGatewayId": nat}


def _association(world: World) -> tuple[Inputs, Inputs]:
    subnet = world.subnets(1)[0]
    vpc = world.made[0][1]
    one, two = (world.make("aws:ec2/routeTable:RouteTable", {"vpcId": vpc})["id"] for _ in range(2))
    return {"subnetId": subnet, "routeTableId": one}, {"subnetId": subnet, "routeTableId": two}


def _endpoint(world: World) -> tuple[Inputs, Inputs]:
    vpc = world.vpc()
    one, two = (world.make("aws:ec2/routeTable:RouteTable", {"vpcId": vpc})["id"] for _ in range(2))
    first = {"vpcId": vpc, "serviceName": "com.amazonaws.eu-west-1.s3", "routeTableIds": [one], "tags": TAGS}
    return first, {**first, "routeTableIds": [one, two], "policy": document("s3:*"), "tags": OTHER_TAGS}


def _flow_log(world: World) -> tuple[Inputs, Inputs]:
    group = world.make("aws:cloudwatch/logGroup:LogGroup", {})["arn"]
    first = {
        "vpcId": world.vpc(),
        "trafficType": "ALL",
        "logDestinationType": "cloud-watch-logs",
        "logDestination": group,
        "iamRoleArn": world.role_arn(),
        "maxAggregationInterval": 60,
        "tags": TAGS,
    }
    return first, {**first, "tags": OTHER_TAGS}


def _security_group(world: World) -> tuple[Inputs, Inputs]:
    web = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/16"]}
    first = {"vpcId": world.vpc(), "description": "web", "ingress": [web], "tags": TAGS}
    everything = {"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"]}
    return first, {**first, "ingress": [{**web, "self": True}], "egress": [everything], "tags": OTHER_TAGS}


def _default_group(world: World) -> tuple[Inputs, Inputs]:
    web = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/16"]}
    first = {"vpcId": world.vpc(), "tags": TAGS}
    return first, {**first, "ingress": [web], "tags": OTHER_TAGS}


def _rule(world: World) -> tuple[Inputs, Inputs]:
    vpc = world.vpc()
    group, other = (world.make("aws:ec2/securityGroup:SecurityGroup", {"vpcId": vpc})["id"] for _ in range(2))
    first = {"securityGroupId": group, "ipProtocol": "tcp", "fromPort": 3306, "toPort": 3306, "description": "sql"}
    return {**first, "cidrIpv4": "10.0.0.0/16", "tags": TAGS}, {
        **first,
        "referencedSecurityGroupId": other,
        "toPort": 3307,
        "tags": OTHER_TAGS,
    }


def _log_group(world: World) -> tuple[Inputs, Inputs]:
    return {"retentionInDays": 30, "tags": TAGS}, {"retentionInDays": 365, "kmsKeyId": world.key(), "tags": OTHER_TAGS}


def _alarm(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "metricName": "CPUUtilization",
        "namespace": "AWS/RDS",
        "statistic": "Average",
        "period": 60,
        "evaluationPeriods": 5,
        "threshold": 80,
        "comparisonOperator": "GreaterThanThreshold",
        "dimensions": {"DBInstanceIdentifier": "db"},
        "alarmActions": [world.topic()],
        "treatMissingData": "breaching",
        "tags": TAGS,
    }
    return first, {**first, "threshold": 90.5, "evaluationPeriods": 3, "tags": OTHER_TAGS}


def _role(_: World) -> tuple[Inputs, Inputs]:
    managed = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
    first = {"assumeRolePolicy": TRUST, "description": "one", "tags": TAGS}
    return first, {
        "assumeRolePolicy": TRUST.replace("rds.", "ec2."),
        "description": "two",
        "maxSessionDuration": 7200,
        "managedPolicyArns": [managed],
        "inlinePolicies": [{"name": "read", "policy": document("s3:GetObject")}],
        "tags": OTHER_TAGS,
    }


def _role_policy(world: World) -> tuple[Inputs, Inputs]:
    role = world.role()
    return {"role": role, "policy": document("s3:GetObject")}, {"role": role, "policy": document("s3:PutObject")}


def _attachment(world: World) -> tuple[Inputs, None]:
    return {"role": world.role(), "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}, None


def _policy(_: World) -> tuple[Inputs, Inputs]:
    return {"policy": document("s3:GetObject"), "tags": TAGS}, {"policy": document("s3:Put*"), "tags": OTHER_TAGS}


def _key(_: World) -> tuple[Inputs, Inputs]:
    first = {"description": "one", "enableKeyRotation": True, "deletionWindowInDays": 7, "tags": TAGS}
    policy = document("kms:*", Principal={"AWS": "arn:aws:iam::123456789012:root"})
    return first, {
        "description": "two",
        "enableKeyRotation": False,
        "isEnabled": True,
        "deletionWindowInDays": 7,
        "policy": policy,
        "tags": OTHER_TAGS,
    }


def _alias(world: World) -> tuple[Inputs, Inputs]:
    return {"targetKeyId": world.key()}, {"targetKeyId": world.key()}


def _secret(world: World) -> tuple[Inputs, Inputs]:
    first = {"description": "one", "recoveryWindowInDays": 7, "tags": TAGS}
    policy = document("secretsmanager:GetSecretValue", Principal={"AWS": "123456789012"})
    replica = {"region": "eu-central-1", "kmsKeyId": world.key("eu-central-1")}
    return first, {"recoveryWindowInDays": 7, "policy": policy, "replicas": [replica], "tags": OTHER_TAGS}


def _secret_version(world: World) -> tuple[Inputs, Inputs]:
    secret = world.make("aws:secretsmanager/secret:Secret", {})["arn"]
    return {"secretId": secret, "secretString": "a"}, {
        "secretId": secret,
        "secretString": "a",
        "versionStages": ["blue", "AWSCURRENT"],
    }


def _topic(world: World) -> tuple[Inputs, Inputs]:
    first = {"displayName": "one", "tags": TAGS}
    return first, {"displayName": "two", "kmsMasterKeyId": world.key(), "tags": OTHER_TAGS}


def _topic_policy(world: World) -> tuple[Inputs, Inputs]:
    topic = world.topic()
    one, two = (document(action, topic, Principal={"AWS": "*"}) for action in ("SNS:Publish", "SNS:Subscribe"))
    return {"arn": topic, "policy": one}, {"arn": topic, "policy": two}


def _subscription(world: World) -> tuple[Inputs, Inputs]:
    first = {"topic": world.topic(), "protocol": "email", "endpoint": "ops@example.com"}
    return first, {**first, "filterPolicy": json.dumps({"kind": ["alarm"]})}


def _bucket(_: World) -> tuple[Inputs, Inputs]:
    return {"tags": TAGS}, {"tags": OTHER_TAGS, "forceDestroy": True}


def _versioning(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.bucket()
    return tuple(  # type: ignore[return-value]  # two of them
        {"bucket": bucket, "versioningConfiguration": {"status": status}} for status in ("Enabled", "Suspended")
    )


def _lifecycle(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.versioned()
    rule = {
        "id": "archive",
        "status": "Enabled",
        "filter": {"objectSizeGreaterThan": 1024},
        "transitions": [{"days": 30, "storageClass": "STANDARD_IA"}, {"days": 90, "storageClass": "GLACIER"}],
        "expiration": {"days": 400},
        "noncurrentVersionExpiration": {"noncurrentDays": 30, "newerNoncurrentVersions": 3},
        "noncurrentVersionTransitions": [{"noncurrentDays": 10, "storageClass": "GLACIER_IR"}],
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
    }
    tagged = {"and": {"prefix": "a/", "tags": {"keep": "no"}, "objectSizeLessThan": 10}}
    other = {"id": "other", "status": "Disabled", "filter": tagged, "expiration": {"days": 3}}
    return {"bucket": bucket, "rules": [rule]}, {
        "bucket": bucket,
        "rules": [other, rule],
        "transitionDefaultMinimumObjectSize": "varies_by_storage_class",
    }


def _encryption(world: World) -> tuple[Inputs, Inputs]:
    bucket, key = world.bucket(), world.key()
    kms = {
        "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": key},
        "bucketKeyEnabled": True,
    }
    plain = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}, "bucketKeyEnabled": False}
    return {"bucket": bucket, "rules": [kms]}, {"bucket": bucket, "rules": [plain]}


def _public_access(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.bucket()
    names = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    return {"bucket": bucket, **dict.fromkeys(names, True)}, {"bucket": bucket, **dict.fromkeys(names, False)}


def _ownership(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.bucket()
    return {"bucket": bucket, "rule": {"objectOwnership": "BucketOwnerEnforced"}}, {
        "bucket": bucket,
        "rule": {"objectOwnership": "ObjectWriter"},
    }


def _bucket_policy(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.bucket()
    one, two = (
        document(action, f"arn:aws:s3:::{bucket}/*", Principal={"AWS": "123456789012"})
        for action in ("s3:GetObject", "s3:PutObject")
    )
    return {"bucket": bucket, "policy": one}, {"bucket": bucket, "policy": two}


def _logging(world: World) -> tuple[Inputs, Inputs]:
    bucket, target = world.bucket(), world.bucket()
    delivery = {"Service": "logging.s3.amazonaws.com"}
    policy = document("s3:PutObject", f"arn:aws:s3:::{target}/*", Principal=delivery)
    world.make("aws:s3/bucketPolicy:BucketPolicy", {"bucket": target, "policy": policy})
    first = {"bucket": bucket, "targetBucket": target, "targetPrefix": "one/"}
    return first, {**first, "targetPrefix": "two/"}


def _object_lock(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.bucket(objectLockEnabled=True)
    one, two = ({"defaultRetention": {"mode": "GOVERNANCE", "days": days}} for days in (1, 2))
    return {"bucket": bucket, "rule": one}, {"bucket": bucket, "rule": two}


def _replication(world: World) -> tuple[Inputs, Inputs]:
    bucket, copy = world.versioned(), world.versioned(region="eu-central-1")
    rule = {
        "id": "all",
        "status": "Enabled",
        "priority": 1,
        "filter": {"prefix": ""},
        "deleteMarkerReplication": {"status": "Disabled"},
        "destination": {
            "bucket": f"arn:aws:s3:::{copy}",
            "storageClass": "GLACIER_IR",
            "encryptionConfiguration": {"replicaKmsKeyId": world.key("eu-central-1")},
            "replicationTime": {"status": "Enabled", "time": {"minutes": 15}},
            "metrics": {"status": "Enabled", "eventThreshold": {"minutes": 15}},
        },
        "sourceSelectionCriteria": {"sseKmsEncryptedObjects": {"status": "Enabled"}},
    }
    first = {"bucket": bucket, "role": world.role_arn(), "rules": [rule]}
    return first, {**first, "rules": [{**rule, "deleteMarkerReplication": {"status": "Enabled"}}]}


def _metric(world: World) -> tuple[Inputs, Inputs]:
    first = {"bucket": world.bucket(), "name": "all"}
    return first, {**first, "filter": {"prefix": "a/", "tags": {"keep": "yes"}}}


def _instance(world: World) -> tuple[Inputs, Inputs]:
    first = {**DATABASE, "multiAz": True, "tags": TAGS, "skipFinalSnapshot": True, "maxAllocatedStorage": 100}
    group = world.make("aws:rds/parameterGroup:ParameterGroup", {"family": "mysql8.4"})["name"]
    return first, {
        **first,
        "instanceClass": "db.m7g.large",
        "parameterGroupName": group,
        "allocatedStorage": 40,
        "backupRetentionPeriod": 14,
        "monitoringInterval": 60,
        "monitoringRoleArn": world.role_arn(),
        "performanceInsightsEnabled": True,
        "enabledCloudwatchLogsExports": ["error"],
        "port": 3307,
        "tags": OTHER_TAGS,
    }


def _cluster(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "engine": "mysql",
        "dbClusterInstanceClass": "db.m6gd.large",
        "allocatedStorage": 100,
        "storageType": "io1",
        "iops": 1000,
        "masterUsername": "owner",
        "masterPassword": "not-a-real-one",
        "dbSubnetGroupName": world.subnet_group(),
        "skipFinalSnapshot": True,
        "tags": TAGS,
    }
    return first, {
        **first,
        "backupRetentionPeriod": 9,
        "performanceInsightsEnabled": True,
        "enabledCloudwatchLogsExports": ["error"],
        "tags": OTHER_TAGS,
    }


def _subnet_group(world: World) -> tuple[Inputs, Inputs]:
    one, two, three = world.subnets()
    return {"subnetIds": [two, one], "tags": TAGS}, {"subnetIds": [one, two, three], "tags": OTHER_TAGS}


def _parameters(family: str) -> Callable[[World], tuple[Inputs, Inputs]]:
    def build(_: World) -> tuple[Inputs, Inputs]:
        tls = {"name": "require_secure_transport", "value": "1", "applyMethod": "immediate"}
        slow = {"name": "slow_query_log", "value": "1", "applyMethod": "pending-reboot"}
        first = {"family": family, "parameters": [tls, slow], "tags": TAGS}
        return first, {"family": family, "parameters": [{**tls, "value": "0"}], "tags": OTHER_TAGS}

    return build


def _events(world: World) -> tuple[Inputs, Inputs]:
    first = {"snsTopic": world.topic(), "sourceType": "db-instance", "eventCategories": ["failover"], "tags": TAGS}
    return first, {
        **first,
        "eventCategories": ["availability", "failure"],
        "enabled": False,
        "sourceIds": [world.database()["identifier"]],
        "tags": OTHER_TAGS,
    }


def _backups(world: World) -> tuple[Inputs, None]:
    source = world.database(storageEncrypted=True, kmsKeyId=world.key())["arn"]
    return {
        "sourceDbInstanceArn": source,
        "kmsKeyId": world.key("eu-central-1"),
        "retentionPeriod": 9,
        "region": "eu-central-1",
    }, None


SITUATIONS: dict[str, Callable[[World], tuple[Inputs, Inputs | None]]] = {
    "aws:cloudwatch/logGroup:LogGroup": _log_group,
    "aws:cloudwatch/metricAlarm:MetricAlarm": _alarm,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": _default_group,
    "aws:ec2/eip:Eip": _eip,
    "aws:ec2/flowLog:FlowLog": _flow_log,
    "aws:ec2/internetGateway:InternetGateway": _internet_gateway,
    "aws:ec2/natGateway:NatGateway": _nat_gateway,
    "aws:ec2/route:Route": _route,
    "aws:ec2/routeTable:RouteTable": _route_table,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": _association,
    "aws:ec2/securityGroup:SecurityGroup": _security_group,
    "aws:ec2/subnet:Subnet": _subnet,
    "aws:ec2/vpc:Vpc": _vpc,
    "aws:ec2/vpcEndpoint:VpcEndpoint": _endpoint,
    "aws:iam/policy:Policy": _policy,
    "aws:iam/role:Role": _role,
    "aws:iam/rolePolicy:RolePolicy": _role_policy,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _attachment,
    "aws:kms/alias:Alias": _alias,
    "aws:kms/key:Key": _key,
    "aws:rds/cluster:Cluster": _cluster,
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": _parameters("mysql8.0"),
    "aws:rds/eventSubscription:EventSubscription": _events,
    "aws:rds/instance:Instance": _instance,
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": _backups,
    "aws:rds/parameterGroup:ParameterGroup": _parameters("mysql8.4"),
    "aws:rds/subnetGroup:SubnetGroup": _subnet_group,
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _lifecycle,
    "aws:s3/bucketLogging:BucketLogging": _logging,
    "aws:s3/bucketMetric:BucketMetric": _metric,
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": _object_lock,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _ownership,
    "aws:s3/bucketPolicy:BucketPolicy": _bucket_policy,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _public_access,
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": _replication,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _encryption,
    "aws:s3/bucketVersioning:BucketVersioning": _versioning,
    "aws:secretsmanager/secret:Secret": _secret,
    "aws:secretsmanager/secretVersion:SecretVersion": _secret_version,
    "aws:sns/topic:Topic": _topic,
    "aws:sns/topicPolicy:TopicPolicy": _topic_policy,
    "aws:sns/topicSubscription:TopicSubscription": _subscription,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _rule,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _rule,
}
