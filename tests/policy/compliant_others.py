"""What stands beside an app's backend in other teams' programs, kept as the rules ask; and the alarm on all of it."""

from policy.guard_stack import Ref, Spec, Specs

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT, DB_INSTANCE, FUNCTIONS, QUEUE, REST_API, STREAM

WATCHED = (BEANSTALK_ENVIRONMENT, DB_INSTANCE, *FUNCTIONS, QUEUE, REST_API, STREAM)


def others() -> Specs:
    """Return an API of GraphQL, servers of one's own, backups and a rotation."""
    return {
        "graph": Spec(
            "aws:appsync/graphQLApi:GraphQLApi",
            {
                "authenticationType": "AMAZON_COGNITO_USER_POOLS",
                "additionalAuthenticationProviders": [{"authenticationType": "AWS_IAM"}],
                "logConfig": {"fieldLogLevel": "ERROR", "cloudwatchLogsRoleArn": Ref("role", "arn")},
            },
        ),
        "template": Spec(
            "aws:ec2/launchTemplate:LaunchTemplate",
            {
                "metadataOptions": {
                    "httpEndpoint": "enabled",
                    "httpTokens": "required",
                    "httpPutResponseHopLimit": 1.0,
                }
            },
        ),
        "group": Spec(
            "aws:autoscaling/group:Group",
            {
                "vpcZoneIdentifiers": [Ref("data-a"), Ref("data-b")],
                "targetGroupArns": ["a-target-group"],
                "healthCheckType": "ELB",
            },
        ),
        "vault": Spec("aws:backup/vault:Vault", {"kmsKeyArn": Ref("key", "arn")}),
        "rotation": Spec(
            "aws:secretsmanager/secretRotation:SecretRotation",
            {"secretId": Ref("secret"), "rotationRules": {"automaticallyAfterDays": 30}},
        ),
    }


def watch(specs: Specs) -> Spec:
    """Return one alarm on all that users would miss."""
    names = [name for name, spec in specs.items() if spec.type in WATCHED]
    queries = [{"id": f"m{index}", "metric": {"dimensions": {"Name": Ref(name)}}} for index, name in enumerate(names)]
    return Spec(
        "aws:cloudwatch/metricAlarm:MetricAlarm", {"alarmActions": [Ref("topic", "arn")], "metricQueries": queries}
    )
