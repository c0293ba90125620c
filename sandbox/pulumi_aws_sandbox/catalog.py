"""Every supported resource type and the module of its handler; a module loads when the first of its types is used."""

from difflib import get_close_matches
from functools import cache
from importlib import import_module

from pulumi_aws_sandbox.errors import UnsupportedError
from pulumi_aws_sandbox.handler import Handler

_MODULES = {
    "acm": ("aws:acm/certificate:Certificate", "aws:acm/certificateValidation:CertificateValidation"),
    "apigateway_domains": (
        "aws:apigateway/basePathMapping:BasePathMapping",
        "aws:apigateway/domainName:DomainName",
    ),
    "apigateway_plans": (
        "aws:apigateway/apiKey:ApiKey",
        "aws:apigateway/usagePlan:UsagePlan",
        "aws:apigateway/usagePlanKey:UsagePlanKey",
    ),
    "apigateway_rest_apis": (
        "aws:apigateway/response:Response",
        "aws:apigateway/restApi:RestApi",
        "aws:apigateway/restApiPolicy:RestApiPolicy",
    ),
    "apigateway_settings": ("aws:apigateway/account:Account", "aws:apigateway/methodSettings:MethodSettings"),
    "apigateway_stages": ("aws:apigateway/deployment:Deployment", "aws:apigateway/stage:Stage"),
    "apigatewayv2": ("aws:apigatewayv2/vpcLink:VpcLink",),
    "athena": ("aws:athena/namedQuery:NamedQuery", "aws:athena/workgroup:Workgroup"),
    "budgets": ("aws:budgets/budget:Budget",),
    "cloudformation": ("aws:cloudformation/stack:Stack",),
    "cloudwatch": ("aws:cloudwatch/logGroup:LogGroup", "aws:cloudwatch/metricAlarm:MetricAlarm"),
    "cloudwatch_log_streams": ("aws:cloudwatch/logStream:LogStream",),
    "cloudwatch_overviews": (
        "aws:cloudwatch/compositeAlarm:CompositeAlarm",
        "aws:cloudwatch/dashboard:Dashboard",
    ),
    "cognito_identity": (
        "aws:cognito/identityPool:IdentityPool",
        "aws:cognito/identityPoolProviderPrincipalTag:IdentityPoolProviderPrincipalTag",
        "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
    ),
    "cognito_pool_options": (
        "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration",
        "aws:cognito/managedLoginBranding:ManagedLoginBranding",
        "aws:cognito/riskConfiguration:RiskConfiguration",
    ),
    "cognito_pool_parts": (
        "aws:cognito/identityProvider:IdentityProvider",
        "aws:cognito/resourceServer:ResourceServer",
        "aws:cognito/userGroup:UserGroup",
        "aws:cognito/userPoolDomain:UserPoolDomain",
    ),
    "cognito_user_pool": ("aws:cognito/userPool:UserPool",),
    "cognito_user_pool_client": ("aws:cognito/userPoolClient:UserPoolClient",),
    "cognito_users": ("aws:cognito/user:User", "aws:cognito/userInGroup:UserInGroup"),
    "dynamodb": ("aws:dynamodb/table:Table",),
    "dynamodb_replicas": ("aws:dynamodb/tableReplica:TableReplica",),
    "ec2_endpoints": ("aws:ec2/flowLog:FlowLog", "aws:ec2/vpcEndpoint:VpcEndpoint"),
    "ec2_nat": ("aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway"),
    "ec2_peering": (
        "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
        "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
    ),
    "ec2_routes": (
        "aws:ec2/route:Route",
        "aws:ec2/routeTable:RouteTable",
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
    ),
    "ec2_security_groups": (
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/securityGroup:SecurityGroup",
    ),
    "ec2_security_group_rules": (
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ),
    "ec2_vpc": ("aws:ec2/internetGateway:InternetGateway", "aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc"),
    "elasticbeanstalk": (
        "aws:elasticbeanstalk/application:Application",
        "aws:elasticbeanstalk/applicationVersion:ApplicationVersion",
        "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate",
    ),
    "elasticbeanstalk_environment": ("aws:elasticbeanstalk/environment:Environment",),
    "events": ("aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"),
    "firehose": ("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",),
    "glue": ("aws:glue/catalogDatabase:CatalogDatabase", "aws:glue/catalogTable:CatalogTable"),
    "iam": (
        "aws:iam/policy:Policy",
        "aws:iam/role:Role",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    ),
    "iam_instance_profiles": ("aws:iam/instanceProfile:InstanceProfile",),
    "iam_providers": ("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "aws:iam/samlProvider:SamlProvider"),
    "kinesis": ("aws:kinesis/stream:Stream",),
    "kms": ("aws:kms/alias:Alias", "aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey"),
    "lambda_event_sources": ("aws:lambda/eventSourceMapping:EventSourceMapping",),
    "lambda_functions": ("aws:lambda/function:Function",),
    "lambda_invoke_configs": ("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",),
    "lambda_permissions": ("aws:lambda/alias:Alias", "aws:lambda/permission:Permission"),
    "lb": ("aws:lb/listener:Listener",),
    "random_values": (
        "random:index/randomId:RandomId",
        "random:index/randomInteger:RandomInteger",
        "random:index/randomPassword:RandomPassword",
        "random:index/randomPet:RandomPet",
        "random:index/randomString:RandomString",
        "random:index/randomUuid:RandomUuid",
    ),
    "rds_cluster": ("aws:rds/cluster:Cluster",),
    "rds_groups": (
        "aws:rds/clusterParameterGroup:ClusterParameterGroup",
        "aws:rds/parameterGroup:ParameterGroup",
        "aws:rds/subnetGroup:SubnetGroup",
    ),
    "rds_instance": ("aws:rds/instance:Instance",),
    "rds_operations": (
        "aws:rds/eventSubscription:EventSubscription",
        "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    ),
    "route53": ("aws:route53/record:Record", "aws:route53/zone:Zone"),
    "route53_health": ("aws:route53/healthCheck:HealthCheck",),
    "s3_bucket": ("aws:s3/bucket:Bucket",),
    "s3_metric": ("aws:s3/bucketMetric:BucketMetric",),
    "s3_object": ("aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"),
    "s3_settings": (
        "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketLogging:BucketLogging",
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketVersioning:BucketVersioning",
    ),
    "secretsmanager": ("aws:secretsmanager/secret:Secret", "aws:secretsmanager/secretVersion:SecretVersion"),
    "ses": ("aws:sesv2/emailIdentity:EmailIdentity",),
    "sns": ("aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy", "aws:sns/topicSubscription:TopicSubscription"),
    "sns_push": ("aws:sns/platformApplication:PlatformApplication", "aws:sns/smsPreferences:SmsPreferences"),
    "sqs": ("aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy", "aws:sqs/redrivePolicy:RedrivePolicy"),
    "wafv2": (
        "aws:wafv2/webAcl:WebAcl",
        "aws:wafv2/webAclAssociation:WebAclAssociation",
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    ),
}

TYPES: dict[str, str] = {token: module for module, tokens in _MODULES.items() for token in tokens}
"""The module under `resources` by type token."""


@cache
def handler(token: str) -> Handler:
    """Return the handler of a resource type; raise `UnsupportedError` if there is none."""
    require(token)
    module = import_module(f"pulumi_aws_sandbox.resources.{TYPES[token]}")
    return module.HANDLERS[token]


def require(token: str) -> None:
    """Raise `UnsupportedError` if the sandbox has no handler for a resource type."""
    if token in TYPES:
        return
    close = get_close_matches(token, TYPES, n=1, cutoff=0.8)
    hint = f"; the closest supported type is {close[0]}" if close else ""
    message = (
        f"the sandbox does not support the resource type {token}{hint}; deploy it to a real account, or add a handler "
        "for it under sandbox/pulumi_aws_sandbox/resources and list it in catalog.py"
    )
    raise UnsupportedError(message)
