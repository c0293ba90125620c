"""Every way to break a rule about Beanstalk environments, with the whole message."""

from policy.breaks import Break
from policy.breaks_balancers import TLS_POLICIES
from policy.compliant_web import OPTIONS, TLS
from policy.guard_stack import Change, Specs, both, drop, put

ACCESS_LOGS = "aws:elbv2:loadbalancer"
ASG = "aws:autoscaling:asg"
BALANCER = "aws:elasticbeanstalk:environment"
COMMAND = "aws:elasticbeanstalk:command"
HEALTH = "aws:elasticbeanstalk:healthreporting:system"
HOST = "aws:elasticbeanstalk:hostmanager"
HTTP = "aws:elbv2:listener:default"
HTTPS = "aws:elbv2:listener:443"
LAUNCH = "aws:autoscaling:launchconfiguration"
LOGS = "aws:elasticbeanstalk:cloudwatch:logs"
PLATFORM = "aws:elasticbeanstalk:managedactions:platformupdate"
PROPERTIES = "aws:elasticbeanstalk:application:environment"
SECRETS = "aws:elasticbeanstalk:application:environmentsecrets"
UPDATES = "aws:elasticbeanstalk:managedactions"
VPC = "aws:ec2:vpc"
CANARY = "canary-of-the-password"
POLICIES = f"allowed: {' or '.join(TLS_POLICIES)}; set one of these"
ENCRYPT = (
    "allowed: HTTPS; set it to HTTPS with a certificate, or ListenerEnabled to false and redirect by a Listener "
    "of your own"
)
KEPT_OPEN = (
    "got a literal value; allowed: no secrets; keep it in Secrets Manager, and give the secret's ARN in "
    "aws:elasticbeanstalk:application:environmentsecrets"
)
DEPLOY = (
    "allowed: Immutable or Rolling or RollingWithAdditionalBatch or TrafficSplitting; set it to "
    "RollingWithAdditionalBatch, which keeps every server's worth of capacity"
)


def option(namespace: str, name: str, *values: object) -> Change:
    """Set an option to a value, or to several; to none where none is given."""

    def change(specs: Specs) -> None:
        settings = specs["environment"].properties["settings"]
        kept = [one for one in settings if (one["namespace"], one["name"]) != (namespace, name)]
        settings[:] = [*kept, *({"namespace": namespace, "name": name, "value": value} for value in values)]

    return change


def without(*namespaces: str) -> Change:
    """Leave out all that the compliant stack sets in some namespaces."""
    return both(*(option(namespace, name) for namespace in namespaces for name in OPTIONS[namespace]))


BREAKS = [
    Break(
        "eb-access-logs",
        "off",
        option(ACCESS_LOGS, "AccessLogsS3Enabled", "false"),
        "environment",
        f'settings.{ACCESS_LOGS}.AccessLogsS3Enabled: got "false"; allowed: true; set it to true',
    ),
    Break(
        "eb-access-logs",
        "nowhere",
        option(ACCESS_LOGS, "AccessLogsS3Bucket"),
        "environment",
        (
            f"settings.{ACCESS_LOGS}.AccessLogsS3Bucket: got nothing; allowed: a bucket; name one that Elastic Load "
            "Balancing may write to"
        ),
    ),
    Break(
        "eb-vpc",
        "nowhere",
        option(VPC, "VPCId"),
        "environment",
        f"settings.{VPC}.VPCId: got nothing; allowed: a VPC; name it; the default VPC has public subnets only",
    ),
    Break(
        "eb-vpc",
        "an empty name",
        option(VPC, "VPCId", ""),
        "environment",
        f"settings.{VPC}.VPCId: got nothing; allowed: a VPC; name it; the default VPC has public subnets only",
    ),
    Break(
        "eb-vpc",
        "public addresses",
        option(VPC, "AssociatePublicIpAddress", "true"),
        "environment",
        (
            f'settings.{VPC}.AssociatePublicIpAddress: got "true"; allowed: false; set it to false; servers reach '
            "the internet through a NAT gateway"
        ),
    ),
    Break(
        "eb-vpc",
        "no subnets",
        option(VPC, "Subnets"),
        "environment",
        f"settings.{VPC}.Subnets: got nothing; allowed: the subnets of the servers; name private subnets",
        also=("eb-multi-az",),
    ),
    Break(
        "eb-managed-updates",
        "off",
        option(UPDATES, "ManagedActionsEnabled", "false"),
        "environment",
        f'settings.{UPDATES}.ManagedActionsEnabled: got "false"; allowed: true; set it to true',
    ),
    Break(
        "eb-managed-updates",
        "nothing said",
        option(UPDATES, "ManagedActionsEnabled"),
        "environment",
        f"settings.{UPDATES}.ManagedActionsEnabled: got nothing, which means false; allowed: true; set it to true",
    ),
    Break(
        "eb-managed-updates",
        "at no time",
        option(UPDATES, "PreferredStartTime"),
        "environment",
        (
            f"settings.{UPDATES}.PreferredStartTime: got nothing; allowed: a day and an hour (UTC), such as "
            "Sun:03:00; choose a quiet hour"
        ),
    ),
    Break(
        "eb-managed-updates",
        "of no kind",
        option(PLATFORM, "UpdateLevel"),
        "environment",
        (
            f"settings.{PLATFORM}.UpdateLevel: got nothing; allowed: minor or patch; set it to minor, which takes "
            "patches in"
        ),
    ),
    Break(
        "eb-enhanced-health",
        "basic",
        option(HEALTH, "SystemType", "basic"),
        "environment",
        f'settings.{HEALTH}.SystemType: got "basic"; allowed: enhanced; set it to enhanced',
    ),
    Break(
        "eb-enhanced-health",
        "nothing said",
        option(HEALTH, "SystemType"),
        "environment",
        f"settings.{HEALTH}.SystemType: got nothing, which means basic; allowed: enhanced; set it to enhanced",
    ),
    Break(
        "eb-stream-logs",
        "off",
        option(LOGS, "StreamLogs", "false"),
        "environment",
        f'settings.{LOGS}.StreamLogs: got "false"; allowed: true; set it to true',
    ),
    Break(
        "eb-stream-logs",
        "kept too short",
        option(LOGS, "RetentionInDays", "30"),
        "environment",
        f'settings.{LOGS}.RetentionInDays: got "30"; allowed: 90 days or more; raise it',
    ),
    Break(
        "eb-stream-logs",
        "kept as long as Beanstalk thinks",
        option(LOGS, "RetentionInDays"),
        "environment",
        f"settings.{LOGS}.RetentionInDays: got nothing, which means 7; allowed: 90 days or more; raise it",
    ),
    Break(
        "eb-stream-logs",
        "kept for a while",
        option(LOGS, "RetentionInDays", "a while"),
        "environment",
        f"settings.{LOGS}.RetentionInDays: got text; allowed: a number; correct the value",
    ),
    Break(
        "eb-logs-s3",
        "off",
        option(HOST, "LogPublicationControl", "false"),
        "environment",
        (
            f'settings.{HOST}.LogPublicationControl: got "false"; allowed: true; set it to true; streamed logs '
            "lack some files"
        ),
    ),
    Break(
        "eb-https",
        "HTTP",
        option(HTTPS, "Protocol", "HTTP"),
        "environment",
        f'settings.{HTTPS}.Protocol: got "HTTP"; {ENCRYPT}',
    ),
    Break(
        "eb-https",
        "HTTP beside it",
        option(HTTP, "ListenerEnabled", "true"),
        "environment",
        f"settings.{HTTP}.Protocol: got nothing, which means HTTP; {ENCRYPT}",
    ),
    Break(
        "eb-https",
        "HTTP beside it, by default",
        option(HTTP, "ListenerEnabled"),
        "environment",
        f"settings.{HTTP}.Protocol: got nothing, which means HTTP; {ENCRYPT}",
    ),
    Break(
        "eb-https",
        "without a certificate",
        option(HTTPS, "SSLCertificateArns"),
        "environment",
        f"settings.{HTTPS}.SSLCertificateArns: got nothing; allowed: the ARN of a certificate; name it",
    ),
    Break(
        "eb-https",
        "an old policy",
        option(HTTPS, "SSLPolicy", "ELBSecurityPolicy-2016-08"),
        "environment",
        f'settings.{HTTPS}.SSLPolicy: got "ELBSecurityPolicy-2016-08"; {POLICIES}',
    ),
    Break(
        "eb-https",
        "no policy",
        option(HTTPS, "SSLPolicy"),
        "environment",
        f"settings.{HTTPS}.SSLPolicy: got nothing; {POLICIES}",
    ),
    Break(
        "eb-https",
        "nothing listens",
        without(HTTPS),
        "environment",
        (
            "settings: got nothing that listens; allowed: a listener for HTTPS; set aws:elbv2:listener:443 with "
            "Protocol HTTPS"
        ),
    ),
    Break(
        "eb-https",
        "an old kind of balancer",
        option(BALANCER, "LoadBalancerType"),
        "environment",
        (
            f"settings.{BALANCER}.LoadBalancerType: got nothing, which means classic; allowed: application; set "
            "it; the other types know no TLS policy, and cannot be told from HTTP here"
        ),
    ),
    Break(
        "eb-https",
        "no balancer",
        option(BALANCER, "EnvironmentType", "SingleInstance"),
        "environment",
        (
            f'settings.{BALANCER}.EnvironmentType: got "SingleInstance"; allowed: LoadBalanced; set it; without a '
            "load balancer the servers themselves take requests"
        ),
        also=("eb-multi-az",),
    ),
    Break(
        "eb-imdsv2",
        "on",
        option(LAUNCH, "DisableIMDSv1", "false"),
        "environment",
        f'settings.{LAUNCH}.DisableIMDSv1: got "false"; allowed: true; set it to true',
    ),
    Break(
        "eb-imdsv2",
        "an older platform",
        both(
            option(LAUNCH, "DisableIMDSv1"),
            put("environment", solutionStackName="64bit Amazon Linux 2 v3.5 running PHP 8.1"),
        ),
        "environment",
        f"settings.{LAUNCH}.DisableIMDSv1: got nothing, which means false; allowed: true; set it to true",
    ),
    Break(
        "eb-multi-az",
        "one server",
        option(ASG, "MinSize", "1"),
        "environment",
        (f'settings.{ASG}.MinSize: got "1"; allowed: 2 servers or more; raise it; with one, each failure is an outage'),
    ),
    Break(
        "eb-multi-az",
        "as many as Beanstalk thinks",
        option(ASG, "MinSize"),
        "environment",
        (
            f"settings.{ASG}.MinSize: got nothing, which means 1; allowed: 2 servers or more; raise it; with one, "
            "each failure is an outage"
        ),
    ),
    Break(
        "eb-multi-az",
        "one subnet",
        option(VPC, "Subnets", "subnet-a, subnet-a,"),
        "environment",
        f"settings.{VPC}.Subnets: got 1 subnet; allowed: 2 subnets or more; name one in each zone",
    ),
    Break(
        "eb-no-plain-secrets",
        "a password",
        option(PROPERTIES, "RDS_PASSWORD", CANARY),
        "environment",
        f"settings.{PROPERTIES}.RDS_PASSWORD: {KEPT_OPEN}",
    ),
    Break(
        "eb-no-plain-secrets",
        "an access key under another name",
        option(PROPERTIES, "WHO", "AKIAIOSFODNN7EXAMPLE"),
        "environment",
        f"settings.{PROPERTIES}.WHO: {KEPT_OPEN}",
    ),
    Break(
        "eb-no-plain-secrets",
        "keys with their private part",
        option(
            PROPERTIES, "TOKEN_JWKS", '{"keys": [{"kty": "EC", "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}]}'
        ),
        "environment",
        f"settings.{PROPERTIES}.TOKEN_JWKS: {KEPT_OPEN}",
    ),
    Break(
        "eb-no-plain-secrets",
        "a secret instead of its ARN",
        option(SECRETS, "RDS_PASSWORD", CANARY),
        "environment",
        (
            f"settings.{SECRETS}.RDS_PASSWORD: got a literal value; allowed: the ARN of a secret or of a "
            "parameter; keep the value in Secrets Manager or Parameter Store, and give its ARN"
        ),
    ),
    Break(
        "eb-no-plain-secrets",
        "a database of the environment's own",
        option("aws:rds:dbinstance", "DBPassword", CANARY),
        "environment",
        (
            "settings.aws:rds:dbinstance.DBPassword: got a literal value; allowed: no secrets; leave it out, and "
            "keep the database in a resource of its own, whose password AWS manages"
        ),
    ),
    Break(
        "eb-rolling",
        "all at once",
        option(COMMAND, "DeploymentPolicy", "AllAtOnce"),
        "environment",
        f'settings.{COMMAND}.DeploymentPolicy: got "AllAtOnce"; {DEPLOY}',
    ),
    Break(
        "eb-rolling",
        "as Beanstalk does",
        option(COMMAND, "DeploymentPolicy"),
        "environment",
        f"settings.{COMMAND}.DeploymentPolicy: got nothing, which means AllAtOnce; {DEPLOY}",
    ),
    Break(
        "eb-rolling",
        "given twice",
        option(COMMAND, "DeploymentPolicy", "Immutable", "AllAtOnce"),
        "environment",
        f'settings.{COMMAND}.DeploymentPolicy: got "AllAtOnce"; {DEPLOY}',
    ),
]

KEEPS = {
    "flags in capitals": both(
        option(UPDATES, "ManagedActionsEnabled", "True"), option(VPC, "AssociatePublicIpAddress", "False")
    ),
    "flags that are flags": option(LOGS, "StreamLogs", True),  # noqa: FBT003 - a value
    "no public addresses unless asked for": option(VPC, "AssociatePublicIpAddress"),
    "a platform that needs no word": option(LAUNCH, "DisableIMDSv1"),
    "a platform by its ARN": both(
        option(LAUNCH, "DisableIMDSv1"),
        drop("environment", "solutionStackName"),
        put(
            "environment",
            platformArn="arn:aws:elasticbeanstalk:eu-west-1::platform/PHP 8.4 running on 64bit Amazon Linux 2023/4.7.5",
        ),
    ),
    "patches only": option(PLATFORM, "UpdateLevel", "patch"),
    "a balancer that others use too": both(
        option(BALANCER, "LoadBalancerIsShared", "true"), without(HTTPS, ACCESS_LOGS), option(HTTP, "ListenerEnabled")
    ),
    "every listener for HTTPS": both(
        option(HTTP, "ListenerEnabled", "true"),
        option(HTTP, "Protocol", "HTTPS"),
        option(HTTP, "SSLCertificateArns", "arn:aws:acm:eu-west-1:123456789012:certificate/a1"),
        option(HTTP, "SSLPolicy", TLS),
    ),
    "the same, twice": option(COMMAND, "DeploymentPolicy", "Immutable", "Rolling"),
    "where a password lies": option(
        PROPERTIES, "DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a"
    ),
    "a key of a secret": option(
        SECRETS, "RDS_PASSWORD", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a:password"
    ),
    "a parameter": option(SECRETS, "API_KEY", "arn:aws:ssm:eu-west-1:123456789012:parameter/key"),
    "an empty property": option(PROPERTIES, "SMTP_PASSWORD", ""),
}
