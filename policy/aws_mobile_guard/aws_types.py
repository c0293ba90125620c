"""The type tokens that rules look at, with the older tokens that stacks of earlier years still carry."""

DB_INSTANCE = "aws:rds/instance:Instance"
DB_CLUSTER = "aws:rds/cluster:Cluster"
DB_CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance"
DATABASES = (DB_INSTANCE, DB_CLUSTER)
PARAMETER_GROUP = "aws:rds/parameterGroup:ParameterGroup"
CLUSTER_PARAMETER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup"
EVENT_SUBSCRIPTION = "aws:rds/eventSubscription:EventSubscription"
BACKUPS_REPLICATION = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
DB_SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup"

BUCKETS = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
BUCKET_ACLS = ("aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2")
BUCKET_OBJECTS = (
    "aws:s3/bucketObject:BucketObject",
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:s3/objectCopy:ObjectCopy",
)
BUCKET_POLICIES = ("aws:s3/bucketPolicy:BucketPolicy",)
BUCKET_ACCESS_BLOCKS = ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",)
BUCKET_ENCRYPTIONS = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
)
BUCKET_VERSIONINGS = (
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketVersioningV2:BucketVersioningV2",
)
BUCKET_LIFECYCLES = (
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
)
BUCKET_OWNERSHIPS = ("aws:s3/bucketOwnershipControls:BucketOwnershipControls",)
BUCKET_LOGGINGS = ("aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2")
BUCKET_LOCKS = (
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
)
BUCKET_REPLICATIONS = ("aws:s3/bucketReplicationConfig:BucketReplicationConfig",)

KMS_KEY = "aws:kms/key:Key"
KMS_REPLICA_KEY = "aws:kms/replicaKey:ReplicaKey"
KMS_KEYS = (KMS_KEY, KMS_REPLICA_KEY, "aws:kms/externalKey:ExternalKey")
KMS_KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy"

SECRET = "aws:secretsmanager/secret:Secret"  # noqa: S105 - a type token
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
ALARMS = ("aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm")
TOPIC = "aws:sns/topic:Topic"
TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy"
PLATFORM_APPLICATION = "aws:sns/platformApplication:PlatformApplication"

STREAM = "aws:kinesis/stream:Stream"
DELIVERY_STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
WORKGROUP = "aws:athena/workgroup:Workgroup"
CATALOG_SETTINGS = "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings"
GLUE_SECURITY = "aws:glue/securityConfiguration:SecurityConfiguration"
GLUE_WORKERS = ("aws:glue/crawler:Crawler", "aws:glue/job:Job")

QUEUE = "aws:sqs/queue:Queue"
QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy"
QUEUE_REDRIVE = "aws:sqs/redrivePolicy:RedrivePolicy"
QUEUE_REDRIVE_ALLOW = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy"

TABLE = "aws:dynamodb/table:Table"
TABLE_REPLICA = "aws:dynamodb/tableReplica:TableReplica"

RECORD = "aws:route53/record:Record"
HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck"
HOSTED_ZONE = "aws:route53/zone:Zone"
QUERY_LOG = "aws:route53/queryLog:QueryLog"

USER_POOL = "aws:cognito/userPool:UserPool"
USER_POOL_CLIENT = "aws:cognito/userPoolClient:UserPoolClient"
USER_POOL_CLIENTS = (USER_POOL_CLIENT, "aws:cognito/managedUserPoolClient:ManagedUserPoolClient")
IDENTITY_POOL = "aws:cognito/identityPool:IdentityPool"

FUNCTIONS = ("aws:lambda/function:Function",)
FUNCTION_PERMISSIONS = ("aws:lambda/permission:Permission",)
EVENT_RULES = ("aws:cloudwatch/eventRule:EventRule",)
FUNCTION_RESOURCE_POLICY = "aws:lambda/resourcePolicy:ResourcePolicy"
FUNCTION_URL = "aws:lambda/functionUrl:FunctionUrl"
EVENT_SOURCE_MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"
FUNCTION_INVOKE_CONFIGS = ("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",)

WEB_ACLS = ("aws:wafv2/webAcl:WebAcl",)
WEB_ACL_RULES = (
    "aws:wafv2/webAclRule:WebAclRule",
    "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
)
WEB_ACL_LOGGINGS = ("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",)

WEB_ACL_ASSOCIATIONS = ("aws:wafv2/webAclAssociation:WebAclAssociation",)

REST_API = "aws:apigateway/restApi:RestApi"
REST_API_BODIES = (REST_API, "aws:apigateway/restApiPut:RestApiPut")
REST_METHOD = "aws:apigateway/method:Method"
REST_STAGE = "aws:apigateway/stage:Stage"
REST_METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings"
REST_DOMAIN_NAME = "aws:apigateway/domainName:DomainName"
REST_MAPPING = "aws:apigateway/basePathMapping:BasePathMapping"
HTTP_API = "aws:apigatewayv2/api:Api"
"""Also WebSocket APIs."""
HTTP_ROUTE = "aws:apigatewayv2/route:Route"
HTTP_STAGE = "aws:apigatewayv2/stage:Stage"
HTTP_DOMAIN_NAME = "aws:apigatewayv2/domainName:DomainName"
HTTP_MAPPING = "aws:apigatewayv2/apiMapping:ApiMapping"

CERTIFICATE = "aws:acm/certificate:Certificate"

BEANSTALK_ENVIRONMENT = "aws:elasticbeanstalk/environment:Environment"

LISTENERS = (
    "aws:lb/listener:Listener",
    "aws:alb/listener:Listener",
    "aws:elasticloadbalancingv2/listener:Listener",
    "aws:applicationloadbalancing/listener:Listener",
)
LISTENER_RULES = (
    "aws:lb/listenerRule:ListenerRule",
    "aws:alb/listenerRule:ListenerRule",
    "aws:elasticloadbalancingv2/listenerRule:ListenerRule",
    "aws:applicationloadbalancing/listenerRule:ListenerRule",
)
LOAD_BALANCERS = (
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:alb/loadBalancer:LoadBalancer",
    "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
    "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
)

ROLE = "aws:iam/role:Role"
USER = "aws:iam/user:User"
USER_KEYS = (
    "aws:iam/accessKey:AccessKey",
    "aws:iam/userLoginProfile:UserLoginProfile",
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
    "aws:iam/signingCertificate:SigningCertificate",
    "aws:iam/sshKey:SshKey",
)
POLICIES = (
    "aws:iam/policy:Policy",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
)
POLICY_ATTACHMENTS = (
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
)

VPCS = ("aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc")
DEFAULT_SUBNET = "aws:ec2/defaultSubnet:DefaultSubnet"
SUBNETS = ("aws:ec2/subnet:Subnet", DEFAULT_SUBNET)
ROUTE_TABLES = ("aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable")
ROUTES = ("aws:ec2/route:Route",)
ROUTE_TABLE_ASSOCIATIONS = ("aws:ec2/routeTableAssociation:RouteTableAssociation",)
INTERNET_GATEWAYS = ("aws:ec2/internetGateway:InternetGateway",)
FLOW_LOGS = ("aws:ec2/flowLog:FlowLog",)
SECURITY_GROUPS = ("aws:ec2/securityGroup:SecurityGroup",)
DEFAULT_SECURITY_GROUPS = ("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",)
SECURITY_GROUP_INGRESS_RULES = ("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",)
SECURITY_GROUP_EGRESS_RULES = ("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",)
SECURITY_GROUP_RULES = ("aws:ec2/securityGroupRule:SecurityGroupRule",)

STATEFUL = (
    *DATABASES,
    *BUCKETS,
    *KMS_KEYS,
    SECRET,
    TABLE,
    USER_POOL,
    "aws:efs/fileSystem:FileSystem",
)
"""What holds data, or the keys to it, that a program cannot make again."""

GRAPHQL_API = "aws:appsync/graphQLApi:GraphQLApi"
AUTOSCALING_GROUP = "aws:autoscaling/group:Group"
LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
SERVERS = ("aws:ec2/instance:Instance", "aws:ec2/spotInstanceRequest:SpotInstanceRequest")
BACKUP_VAULT = "aws:backup/vault:Vault"
GLACIER_VAULT = "aws:glacier/vault:Vault"
SCALING_TARGET = "aws:appautoscaling/target:Target"
SECRET_ROTATION = "aws:secretsmanager/secretRotation:SecretRotation"  # noqa: S105 - a type token
METRIC_ALARMS = ("aws:cloudwatch/metricAlarm:MetricAlarm",)

PLACED = (
    *STATEFUL,
    *ALARMS,
    *FUNCTIONS,
    *LOAD_BALANCERS,
    *VPCS,
    AUTOSCALING_GROUP,
    BEANSTALK_ENVIRONMENT,
    DELIVERY_STREAM,
    GRAPHQL_API,
    HTTP_API,
    IDENTITY_POOL,
    LOG_GROUP,
    QUEUE,
    REST_API,
    STREAM,
    TOPIC,
)
"""What lives in one Region, takes tags, and keeps or costs something."""
