"""What a rule's options move: what they refuse in the compliant stack, and what they accept of the refused."""

from policy.breaks_api import document, operation
from policy.breaks_finer import called
from policy.breaks_web_tier import HTTP, HTTPS, option, without
from policy.guard_stack import Change, both, drop, put

OVERRIDES: dict[str, tuple[dict, str, str]] = {
    "rds-backups": ({"minimumDays": 15}, "db", "backupRetentionPeriod: got 14; allowed: 15 days or more; "),
    "rds-username": ({"refused": ["keeper"]}, "db", 'username: got "keeper"; allowed: none of keeper; '),
    "rds-ca": ({"allowed": ["mine"]}, "db", 'caCertIdentifier: got "rds-ca-rsa2048-g1"; allowed: mine; '),
    "rds-log-exports": (
        {"required": ["audit"]},
        "db",
        "enabledCloudwatchLogsExports: got error, slowquery; allowed: audit; ",
    ),
    "log-retention": ({"minimumDays": 366}, "log-group", "retentionInDays: got 365; allowed: 366 days or more; "),
    "kms-policy": ({"minimumWindowDays": 31}, "key", "deletionWindowInDays: got 30; allowed: 31 days or more; "),
    "s3-abort-mpu": (
        {"maximumDays": 6},
        "archive-lifecycle",
        "abortIncompleteMultipartUpload.daysAfterInitiation: got 7; allowed: 6 days or fewer; ",
    ),
    "s3-object-lock": (
        {"buckets": ["::logs$"]},
        "logs",
        (
            "BucketObjectLockConfiguration: got nothing; allowed: one for the bucket; add one with a default "
            "retention; the bucket itself needs objectLockEnabled"
        ),
    ),
    "s3-replication": (
        {"buckets": ["::logs$"]},
        "logs",
        "BucketReplicationConfig: got nothing; allowed: one for the bucket; add one to another Region",
    ),
    "sg-open-ingress": (
        {"publicPorts": [443.0]},
        "web-rule",
        "cidrBlocks: got port 80 open to 0.0.0.0/0; allowed: the ports 443 only; ",
    ),
    "cognito-mfa": (
        {"requireMfa": True},
        "user-pool",
        'mfaConfiguration: got "OPTIONAL"; allowed: ON; set it to ON',
    ),
    "cognito-password": (
        {"minimumLength": 13, "maximumTemporaryDays": 7},
        "user-pool",
        "passwordPolicy.minimumLength: got 12; allowed: 13 characters or more; ",
    ),
    "cognito-threat-standard": (
        {"modes": ["AUDIT"]},
        "user-pool",
        'userPoolAddOns.advancedSecurityMode: got "ENFORCED"; allowed: AUDIT; ',
    ),
    "cognito-token-life": (
        {"maximumAccessMinutes": 60, "maximumRefreshDays": 29},
        "app-client",
        "refreshTokenValidity: got 30 days; allowed: 29 days or less; ",
    ),
    "cognito-public-client": (
        {"servers": []},
        "server-client",
        "generateSecret: got true; allowed: false; ",
    ),
    "iam-managed": (
        {"allowed": []},
        "attachment",
        'policyArn: got "service-role/AmazonRDSEnhancedMonitoringRole"; allowed: policies of your own; ',
    ),
    "lambda-runtime": (
        {"supported": ["python3.14"]},
        "function",
        'runtime: got "python3.13"; allowed: python3.14; ',
    ),
    "lambda-env-secrets": (
        {"names": ["^STAGE$"]},
        "function",
        "environment.variables.STAGE: got a literal value; allowed: no secrets; ",
    ),
    "lambda-concurrency": (
        {"functions": ["::function$"]},
        "function",
        "reservedConcurrentExecutions: got nothing; allowed: 0 or more; ",
    ),
    "api-method-auth": (
        {"publicRoutes": []},
        "api",
        "body: got GET /.well-known/jwks.json without an authorizer; allowed: awsSigv4 or an authorizer for each; ",
    ),
    "eb-stream-logs": (
        {"minimumDays": 91.0},
        "environment",
        'settings.aws:elasticbeanstalk:cloudwatch:logs.RetentionInDays: got "90"; allowed: 91 days or more; ',
    ),
    "eb-https": (
        {"allowed": ["mine"]},
        "environment",
        'settings.aws:elbv2:listener:443.SSLPolicy: got "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"; allowed: mine; ',
    ),
    "eb-no-plain-secrets": (
        {"names": ["^RDS_HOSTNAME$"]},
        "environment",
        "settings.aws:elasticbeanstalk:application:environment.RDS_HOSTNAME: got a literal value; ",
    ),
    "lb-tls-policy": (
        {"allowed": ["mine"]},
        "listener",
        'sslPolicy: got "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"; allowed: mine; ',
    ),
    "dr-record-ttl": ({"maximumSeconds": 30}, "weighted-record", "ttl: got 60; allowed: 30 seconds or less; "),
    "secret-rotation": (
        {"maximumDays": 29},
        "rotation",
        "rotationRules.automaticallyAfterDays: got 30; allowed: 29 days or fewer; lower it",
    ),
    "lt-imdsv2": (
        {"maximumHops": 0},
        "template",
        "metadataOptions.httpPutResponseHopLimit: got 1; allowed: 0 or fewer; ",
    ),
    "guard-region": (
        {"regions": ["eu-west-1"]},
        "away-key",
        'region: got "eu-central-1"; allowed: eu-west-1; move it, or add the Region to the option regions',
    ),
    "api-tls": (
        {"onlyRecommended": True},
        "api-domain",
        (
            'securityPolicy: got "TLS_1_2"; allowed: SecurityPolicy_TLS12_PFS_2025_EDGE or '
            "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09 or SecurityPolicy_TLS13_1_3_2025_09 or "
            "SecurityPolicy_TLS13_1_3_FIPS_2025_09 or SecurityPolicy_TLS13_2025_EDGE; set one of these, and "
            "endpointAccessMode with it"
        ),
    ),
    "guard-tags": ({"required": ["owner"]}, "key", "tags.owner: got nothing; allowed: a tag owner; add it"),
    "iam-wildcards": (
        {"starOnly": []},
        "role-policy",
        "policy: got Statement[1] that allows cloudwatch:PutMetricData on every resource; allowed: ARNs; ",
    ),
}

ACCEPTED: dict[str, tuple[dict, Change]] = {
    "cognito-auth-flows": (
        {"allowed": ["ALLOW_USER_PASSWORD_AUTH"]},
        put("app-client", explicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]),
    ),
    "cognito-public-client": ({"servers": ["::(app|server)-client$"]}, put("app-client", generateSecret=True)),
    "cognito-callbacks": (
        {"allowLocalhost": True},
        put("app-client", callbackUrls=["http://localhost:3000/in", "http://127.0.0.1", "http://[::1]:8080"]),
    ),
    "iam-managed": (
        {"allowed": ["ReadOnlyAccess"]},
        put("attachment", policyArn="arn:aws:iam::aws:policy/ReadOnlyAccess"),
    ),
    "api-method-auth": (
        {"publicRoutes": ["GET /about", "GET /.well-known/jwks.json"]},
        document(operation("/about", "get")),
    ),
    "api-route-auth": ({"publicRoutes": ["GET /prices"]}, drop("http-route", "authorizationType")),
    "eb-https": ({"internalHttp": True}, both(without(HTTPS), option(HTTP, "ListenerEnabled", "true"))),
    "lambda-failure-dest": ({"frequentMinutes": 15}, called("rate(15 minutes)")),
    "lambda-runtime": ({"supported": ["python3.13", "java17"]}, put("function", runtime="java17")),
}
