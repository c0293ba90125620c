"""What each resource type of the program is in CloudFormation: its type, its properties and its attributes.

Three things can be true of a Pulumi resource. It has a counterpart; or CloudFormation has the same as properties of
another resource; or as an expression, without any resource. All three are told apart and counted.
A property that is not in the table is an error, so nothing is left out unseen.
"""

from collections.abc import Mapping

from .cdk_api import API
from .cdk_buckets import BUCKETS
from .cdk_events import EVENTS
from .cdk_identity import IDENTITY
from .cdk_recovery import RECOVERY, queries
from .cdk_rules import Companion, Counterpart, Expression, Folded, Properties, Rule, same
from .cdk_web_tier import WEB_TIER


def _backup_replication(inputs: Properties) -> Properties:
    return {
        "automaticBackupReplicationRegion": inputs["region"],
        "automaticBackupReplicationKmsKeyId": inputs["kmsKeyId"],
        "automaticBackupReplicationRetentionPeriod": inputs["retentionPeriod"],
    }


_RULE = same("fromPort", "toPort", "ipProtocol", "description") | {"securityGroupId": "groupId", "tags": ""}

TABLE: Mapping[str, Rule] = {
    "aws:ec2/vpc:Vpc": Counterpart(
        "AWS::EC2::VPC",
        same("cidrBlock", "enableDnsSupport", "enableDnsHostnames", "tags"),
        {"defaultSecurityGroupId": "attrDefaultSecurityGroup", "cidrBlock": "attrCidrBlock"},
    ),
    "aws:ec2/subnet:Subnet": Counterpart(
        "AWS::EC2::Subnet", same("vpcId", "mapPublicIpOnLaunch", "cidrBlock", "availabilityZone", "tags")
    ),
    "aws:ec2/internetGateway:InternetGateway": Counterpart(
        "AWS::EC2::InternetGateway",
        same("tags") | {"vpcId": ""},
        companion=Companion(
            "AWS::EC2::VPCGatewayAttachment", {"vpcId": "{inputs[vpcId]}", "internetGatewayId": "@@{index}.id@@"}
        ),
    ),
    "aws:ec2/eip:Eip": Counterpart(
        "AWS::EC2::EIP", same("domain", "tags"), {"id": "attrAllocationId", "publicIp": "attrPublicIp"}
    ),
    "aws:ec2/natGateway:NatGateway": Counterpart("AWS::EC2::NatGateway", same("subnetId", "allocationId", "tags")),
    "aws:ec2/routeTable:RouteTable": Counterpart("AWS::EC2::RouteTable", same("vpcId", "tags")),
    "aws:ec2/route:Route": Counterpart(
        "AWS::EC2::Route", same("routeTableId", "destinationCidrBlock", "gatewayId", "natGatewayId")
    ),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": Counterpart(
        "AWS::EC2::SubnetRouteTableAssociation", same("subnetId", "routeTableId")
    ),
    "aws:ec2/vpcEndpoint:VpcEndpoint": Counterpart(
        "AWS::EC2::VPCEndpoint",
        same(
            "vpcId",
            "serviceName",
            "vpcEndpointType",
            "routeTableIds",
            "subnetIds",
            "securityGroupIds",
            "privateDnsEnabled",
            "tags",
        )
        | {"policy": "policyDocument"},
    ),
    "aws:ec2/flowLog:FlowLog": Counterpart(
        "AWS::EC2::FlowLog",
        same("trafficType", "logDestinationType", "logDestination", "tags")
        | {"vpcId": "resourceId", "iamRoleArn": "deliverLogsPermissionArn"},
        also={"resourceType": "VPC"},
    ),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": Counterpart(
        "AWS::CloudFormation::CustomResource",
        {"vpcId": "", "ingress": "", "egress": "", "tags": ""},
        also={"serviceToken": "arn:aws:lambda:eu-west-1:123456789012:function:empty-default-security-group"},
    ),
    "aws:ec2/securityGroup:SecurityGroup": Counterpart(
        "AWS::EC2::SecurityGroup",
        same("vpcId", "tags") | {"description": "groupDescription", "name": "groupName"},
        {"id": "attrGroupId"},
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": Counterpart(
        "AWS::EC2::SecurityGroupIngress",
        _RULE | {"cidrIpv4": "cidrIp", "referencedSecurityGroupId": "sourceSecurityGroupId"},
    ),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": Counterpart(
        "AWS::EC2::SecurityGroupEgress",
        _RULE | {"cidrIpv4": "cidrIp", "referencedSecurityGroupId": "destinationSecurityGroupId"},
    ),
    "aws:cloudwatch/logGroup:LogGroup": Counterpart(
        "AWS::Logs::LogGroup", same("retentionInDays", "kmsKeyId", "tags") | {"name": "logGroupName"}, {"name": "ref"}
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Counterpart(
        "AWS::CloudWatch::Alarm",
        same(
            "alarmActions",
            "okActions",
            "insufficientDataActions",
            "threshold",
            "period",
            "treatMissingData",
            "comparisonOperator",
            "evaluationPeriods",
            "datapointsToAlarm",
            "statistic",
            "extendedStatistic",
            "namespace",
            "alarmDescription",
            "metricName",
            "tags",
        )
        | {
            "name": "alarmName",
            "metricQueries": queries,
            "dimensions": lambda given: {"dimensions": [{"name": key, "value": given[key]} for key in given]},
        },
        {"name": "ref"},
    ),
    "aws:iam/role:Role": Counterpart(
        "AWS::IAM::Role",
        same("description", "maxSessionDuration", "tags")
        | {"assumeRolePolicy": "assumeRolePolicyDocument", "name": "roleName"},
        {"name": "ref"},
    ),
    "aws:iam/rolePolicy:RolePolicy": Counterpart(
        "AWS::IAM::RolePolicy", {"policy": "policyDocument", "role": "roleName", "name": "policyName"}
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": Folded(
        "role", "ManagedPolicyArns", lambda inputs: {"managedPolicyArns": [inputs["policyArn"]]}
    ),
    "aws:kms/key:Key": Counterpart(
        "AWS::KMS::Key",
        same("enableKeyRotation", "description", "keyUsage", "multiRegion", "tags")
        | {
            "policy": "keyPolicy",
            "customerMasterKeySpec": "keySpec",
            "deletionWindowInDays": "pendingWindowInDays",
        },
        {"keyId": "ref"},
    ),
    "aws:kms/alias:Alias": Counterpart("AWS::KMS::Alias", same("targetKeyId") | {"name": "aliasName"}),
    "aws:secretsmanager/secret:Secret": Counterpart(
        "AWS::SecretsManager::Secret",
        same("kmsKeyId", "description", "name", "tags")
        | {
            "forceOverwriteReplicaSecret": "",
            "replicas": lambda given: {
                "replicaRegions": [{"region": one["region"], "kmsKeyId": one.get("kmsKeyId")} for one in given]
            },
        },
        {"arn": "ref"},
    ),
    "aws:secretsmanager/secretVersion:SecretVersion": Counterpart(
        "AWS::SecretsManager::SecretTargetAttachment",
        same("secretId") | {"secretString": "", "secretStringWo": "", "secretStringWoVersion": ""},
        also={"targetType": "AWS::RDS::DBInstance"},
    ),
    "aws:sns/topic:Topic": Counterpart(
        "AWS::SNS::Topic",
        same("displayName", "kmsMasterKeyId", "tags") | {"name": "topicName"},
        {"arn": "ref", "name": "attrTopicName"},
    ),
    "aws:sns/topicPolicy:TopicPolicy": Counterpart(
        "AWS::SNS::TopicPolicy", {"policy": "policyDocument", "arn": lambda given: {"topics": [given]}}
    ),
    "aws:rds/subnetGroup:SubnetGroup": Counterpart(
        "AWS::RDS::DBSubnetGroup",
        same("subnetIds", "tags") | {"description": "dbSubnetGroupDescription", "name": "dbSubnetGroupName"},
        {"name": "ref"},
    ),
    "aws:rds/parameterGroup:ParameterGroup": Counterpart(
        "AWS::RDS::DBParameterGroup",
        same("description", "family", "tags")
        | {
            "name": "dbParameterGroupName",
            "parameters": lambda given: {"parameters": {one["name"]: one["value"] for one in given}},
        },
        {"name": "ref"},
    ),
    "aws:rds/eventSubscription:EventSubscription": Counterpart(
        "AWS::RDS::EventSubscription",
        same("sourceType", "sourceIds", "eventCategories", "enabled", "tags")
        | {"snsTopic": "snsTopicArn", "name": "subscriptionName"},
    ),
    "aws:rds/instance:Instance": Counterpart(
        "AWS::RDS::DBInstance",
        same(
            "storageEncrypted",
            "engineLifecycleSupport",
            "kmsKeyId",
            "monitoringInterval",
            "deleteAutomatedBackups",
            "backupRetentionPeriod",
            "performanceInsightsRetentionPeriod",
            "autoMinorVersionUpgrade",
            "databaseInsightsMode",
            "engine",
            "allowMajorVersionUpgrade",
            "storageType",
            "monitoringRoleArn",
            "dbName",
            "publiclyAccessible",
            "deletionProtection",
            "performanceInsightsKmsKeyId",
            "maxAllocatedStorage",
            "multiAz",
            "dbSubnetGroupName",
            "engineVersion",
            "availabilityZone",
            "iops",
            "storageThroughput",
            "manageMasterUserPassword",
            "applyImmediately",
            "tags",
        )
        | {
            "allocatedStorage": lambda given: {"allocatedStorage": str(given)},
            "port": lambda given: {"port": str(given)},
            "copyTagsToSnapshot": "copyTagsToSnapshot",
            "identifier": "dbInstanceIdentifier",
            "instanceClass": "dbInstanceClass",
            "caCertIdentifier": "caCertificateIdentifier",
            "vpcSecurityGroupIds": "vpcSecurityGroups",
            "backupWindow": "preferredBackupWindow",
            "maintenanceWindow": "preferredMaintenanceWindow",
            "username": "masterUsername",
            "parameterGroupName": "dbParameterGroupName",
            "iamDatabaseAuthenticationEnabled": "enableIamDatabaseAuthentication",
            "performanceInsightsEnabled": "enablePerformanceInsights",
            "enabledCloudwatchLogsExports": "enableCloudwatchLogsExports",
            "replicateSourceDb": "sourceDbInstanceIdentifier",
            "passwordWo": "masterUserPassword",
            "masterUserSecretKmsKeyId": lambda given: {"masterUserSecret": {"kmsKeyId": given}},
            # The provider's own bookkeeping, and what CloudFormation says by a deletion policy.
            "passwordWoVersion": "",
            "skipFinalSnapshot": "",
            "finalSnapshotIdentifier": "",
        },
        {
            "id": "ref",
            "identifier": "ref",
            "arn": "attrDbInstanceArn",
            "address": "attrEndpointAddress",
            "port": "attrEndpointPort",
            "resourceId": "attrDbiResourceId",
            "masterUserSecrets.0.secretArn": "attrMasterUserSecretSecretArn",
        },
    ),
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": Folded(
        "sourceDbInstanceArn", "AutomaticBackupReplicationRegion", _backup_replication
    ),
    **API,
    **BUCKETS,
    **EVENTS,
    **IDENTITY,
    **RECOVERY,
    **WEB_TIER,
    "random:index/randomId:RandomId": Expression("the random part of the stack's id"),
    "random:index/randomPassword:RandomPassword": Expression("GenerateSecretString of the secret, and its reference"),
}
