"""Finer ways to break the rules of access and of servers: rarer forms, and what stands behind something right."""

from policy.breaks import Break
from policy.breaks_api_stages import STAGE
from policy.breaks_clients import CALLBACK
from policy.breaks_functions import LOST, PERMISSION
from policy.breaks_others import role_policy, trust
from policy.breaks_web_tier import ACCESS_LOGS, BALANCER, HOST, LOGS, VPC, option
from policy.compliant_identity import pool_trust
from policy.guard_stack import Change, Json, Ref, add, allow, both, drop, put

LOG = allow("logs:PutLogEvents", Ref("log-group", "arn"))
NAMED = (
    "allowed: a name that Pulumi makes; leave it out, or add a part that changes: two cannot have one name, so the old "
    "one would have to go first"
)
CUSTOM = (
    "userPoolAddOns.advancedSecurityAdditionalFlows.customAuthMode: got nothing; allowed: ENFORCED; set it; the "
    "challenge functions bypass the standard flow"
)
ISSUERS = (
    "agent.buildkite.com",
    "app.terraform.io",
    "gitlab.com",
    "oidc.codefresh.io",
    "proidc.upbound.io",
    "scalr.io",
)
SCHEMES = ("ws", "ftp", "file", "data", "blob", "about", "javascript", "vbscript")


def behind(name: str) -> Change:
    """Register a resource after all others."""
    return lambda specs: specs.update({name: specs.pop(name)})


def called(schedule: str | None, **properties: object) -> Change:
    """Let EventBridge call a function that says nothing of failed events."""
    rule = {"scheduleExpression": schedule} if schedule else {}
    return both(
        add("tick", "aws:cloudwatch/eventRule:EventRule", **rule, **properties),
        add(
            "tick-permission",
            PERMISSION,
            function=Ref("function", "name"),
            principal="events.amazonaws.com",
            sourceArn=Ref("tick", "arn"),
        ),
    )


def challenge(trigger: str) -> Change:
    """Leave custom challenges unwatched, which one function has a part in."""
    return both(
        put("user-pool", lambdaConfig={trigger: Ref("function", "arn")}),
        put("user-pool", userPoolAddOns={"advancedSecurityMode": "ENFORCED"}),
    )


def from_issuer(issuer: str) -> Change:
    """Trust every token of an issuer."""
    return trust(
        Action="sts:AssumeRoleWithWebIdentity",
        Principal={"Federated": f"arn:aws:iam::123456789012:oidc-provider/{issuer}"},
        Condition={"StringEquals": {f"{issuer}:aud": "sts.amazonaws.com"}},
    )


BREAKS = [
    Break(
        "api-waf",
        "a stage behind one that has it",
        add(
            "other-stage",
            STAGE,
            restApi=Ref("plain-api"),
            stageName="other",
            accessLogSettings={"destinationArn": "arn:l"},
            xrayTracingEnabled=True,
        ),
        "other-stage",
        ("WebAclAssociation: got nothing; allowed: one for the stage; add one whose resourceArn is the stage's ARN"),
        also=("api-exec-logs", "api-throttle"),
    ),
    Break(
        "asg-spread",
        "other sources of traffic",
        both(
            drop("group", "targetGroupArns", "healthCheckType"), put("group", trafficSources=[{"identifier": "arn:t"}])
        ),
        "group",
        ("healthCheckType: got nothing; allowed: ELB; set it; EC2's own check never sees an application that hangs"),
    ),
    *(
        Break(
            "cognito-callbacks",
            f"the scheme {scheme}",
            put("app-client", callbackUrls=[f"{scheme}:in"]),
            "app-client",
            f'callbackUrls: got "{scheme}:in"; {CALLBACK}',
        )
        for scheme in SCHEMES
    ),
    Break(
        "cognito-role-trust",
        "behind a denial",
        put(
            "user-role",
            assumeRolePolicy=Json((pool_trust(Effect="Deny"), pool_trust(["authenticated", "unauthenticated"]))),
        ),
        "user-role",
        (
            "assumeRolePolicy: got Statement[1] that trusts guests and users alike; allowed: one of the two in "
            "cognito-identity.amazonaws.com:amr; make a role for each"
        ),
    ),
    *(
        Break("cognito-threat-custom", f"a function to {trigger}", challenge(trigger), "user-pool", CUSTOM)
        for trigger in ("createAuthChallenge", "verifyAuthChallengeResponse")
    ),
    Break(
        "cognito-token-life",
        "seconds",
        put("app-client", accessTokenValidity=3601, tokenValidityUnits={"accessToken": "seconds"}),
        "app-client",
        "accessTokenValidity: got 3601 seconds; allowed: 60 minutes or less; lower it",
    ),
    Break(
        "cognito-token-life",
        "hours",
        put(
            "app-client",
            refreshTokenValidity=721,
            tokenValidityUnits={"accessToken": "minutes", "refreshToken": "hours"},
        ),
        "app-client",
        "refreshTokenValidity: got 721 hours; allowed: 30 days or less; lower it",
    ),
    Break(
        "eb-access-logs",
        "nothing said",
        option(ACCESS_LOGS, "AccessLogsS3Enabled"),
        "environment",
        (
            "settings.aws:elbv2:loadbalancer.AccessLogsS3Enabled: got nothing, which means false; allowed: true; "
            "set it to true"
        ),
    ),
    Break(
        "eb-logs-s3",
        "nothing said",
        option(HOST, "LogPublicationControl"),
        "environment",
        (
            "settings.aws:elasticbeanstalk:hostmanager.LogPublicationControl: got nothing, which means false; "
            "allowed: true; set it to true; streamed logs lack some files"
        ),
    ),
    Break(
        "eb-stream-logs",
        "nothing said",
        option(LOGS, "StreamLogs"),
        "environment",
        (
            "settings.aws:elasticbeanstalk:cloudwatch:logs.StreamLogs: got nothing, which means false; allowed: "
            "true; set it to true"
        ),
    ),
    Break(
        "eb-multi-az",
        "a single server",
        option(BALANCER, "EnvironmentType", "SingleInstance"),
        "environment",
        (
            'settings.aws:elasticbeanstalk:environment.EnvironmentType: got "SingleInstance"; allowed: '
            "LoadBalanced; set it to LoadBalanced"
        ),
        also=("eb-https",),
    ),
    Break(
        "eb-multi-az",
        "no subnets",
        option(VPC, "Subnets"),
        "environment",
        "settings.aws:ec2:vpc.Subnets: got 0 subnets; allowed: 2 subnets or more; name one in each zone",
        also=("eb-vpc",),
    ),
    *(
        Break("guard-names", what, put(name, **{path: "shop"}), name, f'{path}: got "shop"; {NAMED}')
        for name, path, what in (
            ("db", "identifier", "a database"),
            ("cluster", "clusterIdentifier", "a cluster"),
            ("secret", "name", "a secret"),
        )
    ),
    Break(
        "iam-no-admin",
        "all of every service",
        role_policy(LOG, allow("*:*", "*")),
        "role-policy",
        (
            'policy: got Statement[1] that allows "*" on "*"; allowed: the actions that are needed; name the '
            "actions and the resources"
        ),
    ),
    Break(
        "iam-wildcards",
        "all resources but some",
        role_policy({**allow("s3:GetObject", []), "NotResource": "arn:aws:s3:::films/*"}),
        "role-policy",
        (
            "policy: got Statement[0] that allows all but some; allowed: Action and Resource; list what is allowed "
            "instead of what is not"
        ),
    ),
    Break(
        "iam-passrole",
        "behind another permission",
        role_policy(LOG, allow("iam:PassRole", Ref("role", "arn"))),
        "role-policy",
        (
            "policy: got Statement[1] that passes a role to any service; allowed: a condition on "
            "iam:PassedToService; name the service"
        ),
    ),
    *(
        Break(
            "iam-trust",
            f"every customer of {issuer}",
            from_issuer(issuer),
            "role",
            (
                f"assumeRolePolicy: got Statement[0] that trusts every customer of {issuer}; allowed: a condition on a "
                f"claim of {issuer} besides aud; add a condition on {issuer}:sub that names who may take the role"
            ),
        )
        for issuer in ISSUERS
    ),
    Break(
        "lambda-failure-dest",
        "a service in China",
        put("function-permission", principal="events.amazonaws.com.cn"),
        "function",
        LOST,
    ),
    *(
        Break("lambda-failure-dest", what, change, "function", LOST)
        for what, change in {
            "a schedule that is not soon back": called("rate(6 minutes)"),
            "a schedule in hours": called("rate(1 hour)"),
            "a schedule by the clock": called("cron(* * * * ? *)"),
            "events that match, beside a schedule": called("rate(1 minute)", eventPattern='{"source": ["aws.s3"]}'),
            "events that match alone": called(None, eventPattern='{"source": ["aws.s3"]}'),
            "another service's events beside a schedule": both(
                called("rate(1 minute)"),
                add(
                    "other",
                    PERMISSION,
                    function=Ref("function", "name"),
                    principal="sns.amazonaws.com",
                    sourceArn="arn:t",
                ),
            ),
        }.items()
    ),
    Break(
        "lambda-log-group",
        "the last of several functions",
        drop("remediation", "loggingConfig"),
        "remediation",
        (
            "loggingConfig: got nothing; allowed: a LogGroup of the stack; add a LogGroup and name it in "
            "loggingConfig.logGroup, or call it /aws/lambda/ and the function's name"
        ),
    ),
    Break(
        "lb-https",
        "handing on, with a redirect left over",
        put(
            "http-listener",
            defaultActions=[{"type": "forward", "targetGroupArn": "arn:t", "redirect": {"protocol": "HTTPS"}}],
        ),
        "http-listener",
        ('defaultActions: got "forward"; allowed: a redirect to HTTPS; set type redirect with redirect.protocol HTTPS'),
    ),
    Break(
        "r53-query-log",
        "a zone behind one that has it",
        add("other-zone", "aws:route53/zone:Zone", name="example.org"),
        "other-zone",
        (
            "QueryLog: got nothing; allowed: one for the hosted zone; add one, with a log group in us-east-1 to "
            "which Route 53 may write"
        ),
    ),
    Break(
        "cognito-token-life",
        "days",
        put("app-client", idTokenValidity=1, tokenValidityUnits={"accessToken": "minutes", "idToken": "days"}),
        "app-client",
        "idTokenValidity: got 1 day; allowed: 60 minutes or less; lower it",
    ),
    Break(
        "sg-description",
        "Terraform's own",
        put("db-group", description="Managed by Terraform"),
        "db-group",
        (
            'description: got "Managed by Terraform"; allowed: a sentence; say who reaches what through the '
            "group; a change replaces it"
        ),
    ),
    Break(
        "sg-mix",
        "both, inwards",
        put("web-group", ingress=[{"protocol": "tcp", "fromPort": 443, "toPort": 443, "securityGroups": ["sg-1"]}]),
        "web-group",
        (
            "ingress: got inline rules, and 2 separate; allowed: one or the other; move ingress into rules of "
            "their own; with both, each update undoes the other"
        ),
    ),
    Break(
        "sg-open-ingress",
        "behind a rule that may be open",
        add(
            "inline-group",
            "aws:ec2/securityGroup:SecurityGroup",
            description="Who reaches the office.",
            ingress=[
                {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["0.0.0.0/0"]},
                {"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": ["0.0.0.0/0"]},
            ],
        ),
        "inline-group",
        (
            "ingress[1].cidrBlocks: got port 22 open to 0.0.0.0/0; allowed: the ports 80, 443 only; name the "
            "security groups or the networks that need it"
        ),
    ),
]
