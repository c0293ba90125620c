"""Every way to break a rule about functions and web ACLs, with the whole message."""

from policy.breaks import Break
from policy.guard_stack import Change, Json, Ref, add, allow, both, drop, put, remove

PERMISSION = "aws:lambda/permission:Permission"
RESOURCE_POLICY = "aws:lambda/resourcePolicy:ResourcePolicy"
RUNTIMES = (
    "dotnet10 or java21 or java25 or nodejs22.x or nodejs24.x or provided.al2023 or python3.12 or python3.13 or "
    "python3.14 or ruby3.3 or ruby3.4"
)
NEWER = "move to a newer one, or add it to the option supported while AWS supports it"
SOURCE = (
    "allowed: the ARN of the resource that calls; add it, or sourceAccount; cognito-idp.amazonaws.com calls for "
    "everybody's resources"
)
BUCKET = (
    "sourceAccount: got nothing; allowed: the account of the bucket; add it; the ARN of a bucket tells no account, and "
    "a deleted bucket's name is free for others"
)
LITERAL = (
    "got a literal value; allowed: no secrets; keep it in Secrets Manager, give the function the secret's ARN and read "
    "it there"
)
LOG_GROUP = (
    "loggingConfig: got nothing; allowed: a LogGroup of the stack; add a LogGroup and name it in "
    "loggingConfig.logGroup, or call it /aws/lambda/ and the function's name"
)
LOST = (
    "deadLetterConfig.targetArn: got nothing; allowed: where events go that failed; name a queue or a topic, or add a "
    "FunctionEventInvokeConfig with onFailure"
)
BOUND = "allowed: 0 or more; bound it; else one bad record stops its shard until it expires"
RESERVE = "allowed: 0 or more; reserve a few; without it one storm starves every other function"


def variables(**values: object) -> Change:
    """Set the function's environment."""
    return put("function", environment={"variables": values})


def resource_policy(**statement: object) -> Change:
    """Add a function's policy as a document."""
    document = Json((allow("lambda:InvokeFunction", "arn:f", **statement),))
    return add("policy", RESOURCE_POLICY, resourceArn="arn:f", policy=document)


BREAKS = [
    Break(
        "lambda-runtime",
        "deprecated",
        put("function", runtime="python3.9"),
        "function",
        f'runtime: got "python3.9"; allowed: {RUNTIMES}; {NEWER}',
    ),
    Break(
        "lambda-runtime",
        "none, and no image",
        drop("function", "runtime"),
        "function",
        f"runtime: got nothing; allowed: {RUNTIMES}; {NEWER}",
    ),
    Break(
        "lambda-permission",
        "everyone",
        both(put("function-permission", principal="*"), drop("function-permission", "sourceArn")),
        "function-permission",
        (
            'principal: got "*"; allowed: an account or a service; name the account or the service, or add '
            "principalOrgId"
        ),
    ),
    Break(
        "lambda-permission",
        "a service for everybody",
        drop("function-permission", "sourceArn"),
        "function-permission",
        f"sourceArn: got nothing; {SOURCE}",
    ),
    *(
        Break(
            "lambda-permission",
            f"a service for {arn}",
            put("function-permission", sourceArn=arn),
            "function-permission",
            f'sourceArn: got "{arn}"; {SOURCE}',
        )
        for arn in (
            "*",
            "arn:aws:cognito-idp:eu-west-1:*:userpool/eu-west-1_a",
            "arn:aws:cognito-idp:eu-west-1:123456789012:*",
        )
    ),
    Break(
        "lambda-permission",
        "a bucket of that name, whoever has it",
        put("function-permission", principal="s3.amazonaws.com", sourceArn="arn:aws:s3:::films"),
        "function-permission",
        BUCKET,
        also=("lambda-failure-dest",),
    ),
    Break(
        "lambda-permission",
        "everyone, in a document",
        resource_policy(Principal="*"),
        "policy",
        (
            'policy: got Statement[0] that allows principal "*"; allowed: named principals; name the account or the '
            "service"
        ),
    ),
    Break(
        "lambda-permission",
        "a service for everybody, in a document",
        resource_policy(Principal={"Service": "events.amazonaws.com"}),
        "policy",
        (
            "policy: got Statement[0] that allows a service for everybody's resources; allowed: a condition on "
            "aws:SourceArn or aws:SourceAccount; add the condition"
        ),
    ),
    Break(
        "lambda-url",
        "open",
        put("function-url", authorizationType="NONE"),
        "function-url",
        'authorizationType: got "NONE"; allowed: AWS_IAM; set it to AWS_IAM, or put an API with an authorizer in front',
    ),
    *(
        Break(
            "lambda-env-secrets",
            name,
            variables(STAGE="prod", **{name: "canary"}),
            "function",
            f"environment.variables.{name}: {LITERAL}",
        )
        for name in ("DB_PASSWORD", "CLIENT_SECRET", "captchaToken", "API_KEY", "SMTP_CREDENTIALS")
    ),
    Break(
        "lambda-env-secrets",
        "an access key under another name",
        variables(WHO="AKIAIOSFODNN7EXAMPLE"),
        "function",
        f"environment.variables.WHO: {LITERAL}",
    ),
    Break(
        "lambda-env-secrets",
        "a private key under another name",
        variables(CERTIFICATE="-----BEGIN EC PRIVATE KEY-----\nabc"),
        "function",
        f"environment.variables.CERTIFICATE: {LITERAL}",
    ),
    Break(
        "lambda-tracing",
        "passed through",
        put("function", tracingConfig={"mode": "PassThrough"}),
        "function",
        'tracingConfig.mode: got "PassThrough"; allowed: Active; set it to Active',
    ),
    Break(
        "lambda-tracing",
        "absent",
        drop("function", "tracingConfig"),
        "function",
        "tracingConfig.mode: got nothing; allowed: Active; set it to Active",
    ),
    Break("lambda-failure-dest", "a topic's events", drop("handler", "deadLetterConfig"), "handler", LOST),
    Break("lambda-failure-dest", "an alarm's events", remove("remediation-events"), "remediation", LOST),
    Break(
        "lambda-failure-dest",
        "only successes are told",
        put("remediation-events", destinationConfig={"onSuccess": {"destination": "arn:q"}}),
        "remediation",
        LOST,
    ),
    Break(
        "lambda-failure-dest",
        "a schedule's events",
        add(
            "schedule",
            PERMISSION,
            function=Ref("function", "name"),
            principal="events.amazonaws.com",
            sourceArn="arn:aws:events:eu-west-1:123456789012:rule/nightly",
        ),
        "function",
        LOST,
    ),
    Break(
        "lambda-stream-failures",
        "nothing put aside",
        drop("stream-source", "destinationConfig"),
        "stream-source",
        (
            "destinationConfig.onFailure.destinationArn: got nothing; allowed: where records go that failed; "
            "name a queue or a topic"
        ),
    ),
    Break(
        "lambda-stream-failures",
        "tried for ever, as nothing else is said",
        drop("stream-source", "maximumRetryAttempts"),
        "stream-source",
        f"maximumRetryAttempts: got nothing; {BOUND}",
    ),
    Break(
        "lambda-stream-failures",
        "tried for ever",
        put("stream-source", maximumRetryAttempts=-1),
        "stream-source",
        f"maximumRetryAttempts: got -1; {BOUND}",
    ),
    Break(
        "lambda-stream-failures",
        "the whole batch again",
        drop("stream-source", "functionResponseTypes"),
        "stream-source",
        (
            "functionResponseTypes: got nothing; allowed: ReportBatchItemFailures; "
            "have the function name the first record that failed, so that the others are not handled again"
        ),
    ),
    Break(
        "lambda-concurrency",
        "unbounded",
        drop("remediation", "reservedConcurrentExecutions"),
        "remediation",
        f"reservedConcurrentExecutions: got nothing; {RESERVE}",
    ),
    Break(
        "lambda-concurrency",
        "unbounded, by a number",
        put("remediation", reservedConcurrentExecutions=-1),
        "remediation",
        f"reservedConcurrentExecutions: got -1; {RESERVE}",
    ),
    Break("lambda-log-group", "nothing said", drop("function", "loggingConfig"), "function", LOG_GROUP),
    Break("lambda-log-group", "no group of its name", remove("handler-logs"), "handler", LOG_GROUP),
    Break("lambda-log-group", "a group of another name", put("handler-logs", name="handler"), "handler", LOG_GROUP),
    Break(
        "lambda-log-group",
        "a group of another name made from the function's",
        put("handler-logs", name=Ref("handler", "name", "/shop/")),
        "handler",
        LOG_GROUP,
    ),
    Break(
        "waf-rules",
        "none",
        drop("firewall", "rules"),
        "firewall",
        "rules: got nothing; allowed: one rule or more; add a rule, such as a managed rule group or a rate limit",
    ),
    Break(
        "waf-rules",
        "an empty list",
        put("firewall", rules=[]),
        "firewall",
        "rules: got nothing; allowed: one rule or more; add a rule, such as a managed rule group or a rate limit",
    ),
    Break(
        "waf-rules",
        "uncounted",
        put("firewall", visibilityConfig={"cloudwatchMetricsEnabled": False}),
        "firewall",
        ("visibilityConfig.cloudwatchMetricsEnabled: got false; allowed: true; set it, or nobody sees what is blocked"),
    ),
    Break(
        "waf-logs",
        "none",
        remove("firewall-logs"),
        "firewall",
        (
            "WebAclLoggingConfiguration: got nothing; allowed: one for the web ACL; add one, into a log group whose "
            "name begins with aws-waf-logs-"
        ),
    ),
]

KEEPS = {
    "a queue that a function reads": put("stream-source", startingPosition=None),
    "an image brings its runtime": both(drop("function", "runtime"), put("function", packageType="Image")),
    "a caller by account": both(
        put("function-permission", principal="123456789012"), drop("function-permission", "sourceArn")
    ),
    "everyone of one organisation": put("function-permission", principal="*", principalOrgId="o-abc"),
    "a service for one account": both(
        put("function-permission", sourceAccount="123456789012"), drop("function-permission", "sourceArn")
    ),
    "a bucket of one account": put(
        "handler-permission", principal="s3.amazonaws.com", sourceArn="arn:b", sourceAccount="123456789012"
    ),
    "an API whose every method calls": put(
        "function-permission",
        principal="apigateway.amazonaws.com",
        sourceArn="arn:aws:execute-api:eu-west-1:123456789012:a1b2/*/*",
    ),
    "a document for one account": resource_policy(
        Principal={"Service": "events.amazonaws.com"},
        Condition={"StringEquals": {"aws:SourceAccount": "123456789012"}},
    ),
    "a document that names an account": resource_policy(Principal={"AWS": "arn:aws:iam::123456789012:root"}),
    "no environment": drop("function", "environment"),
    "where a secret lies": variables(
        DB_PASSWORD="arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
        TOKEN_TABLE="sessions",
        SECRET_NAME="db",
        API_KEY_ID="k1",
    ),
    "a log group named after its function": both(
        drop("function", "loggingConfig"),
        add(
            "own-logs",
            "aws:cloudwatch/logGroup:LogGroup",
            name=Ref("function", "name", "/aws/lambda/"),
            retentionInDays=90,
            kmsKeyId="key",
        ),
    ),
    "a log group by its literal name": both(
        put("function", loggingConfig={"logGroup": "shop"}),
        add("own-logs", "aws:cloudwatch/logGroup:LogGroup", name="shop", retentionInDays=90, kmsKeyId="key"),
    ),
    "a function that is held back": put("remediation", reservedConcurrentExecutions=0),
    "rules of a web ACL as JSON": both(drop("firewall", "rules"), put("firewall", ruleJson="[{}]")),
    "a rule of a web ACL apart": both(
        drop("firewall", "rules"), add("rule", "aws:wafv2/webAclRule:WebAclRule", webAclArn=Ref("firewall", "arn"))
    ),
    "a rule group of a web ACL apart": both(
        drop("firewall", "rules"),
        add(
            "group",
            "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
            webAclArn=Ref("firewall", "arn"),
        ),
    ),
}
