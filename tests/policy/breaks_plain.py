"""What plain programs do and the compliant stack does not: what looks harmless, and what only looks wrong."""

import json
from typing import Any

from policy.breaks import Break
from policy.breaks_others import role_policy, trust
from policy.guard_stack import Change, Json, Ref, add, allow, both, deny_plain_http, drop, put

ARN = Ref("archive", "arn")
SERVER = "aws:ec2/instance:Instance"
QUEUE = "aws:sqs/queue:Queue"
ISSUER = "token.actions.githubusercontent.com"
PROVIDER = {"Federated": f"arn:aws:iam::123456789012:oidc-provider/{ISSUER}"}
AUDIENCE = {f"{ISSUER}:aud": "sts.amazonaws.com"}
EVERYONE = (
    'policy: got Statement[1] that allows principal "*"; allowed: named principals; name the accounts, roles or '
    "services that need it"
)
TRUSTS_EVERYONE = (
    'assumeRolePolicy: got Statement[0] that trusts principal "*"; allowed: named principals; name who may take the '
    "role"
)
TRUSTS_CUSTOMERS = (
    f"assumeRolePolicy: got Statement[0] that trusts every customer of {ISSUER}; allowed: a condition on a claim of "
    f"{ISSUER} besides aud; add a condition on {ISSUER}:sub that names who may take the role"
)
FOREIGN = "arn:aws:iam::210987654321:root"
SUBJECT = f"{ISSUER}:sub"


def bucket_policy(**statement: Any) -> Change:  # noqa: ANN401 - any part of a statement
    """Add a statement to the archive's policy."""
    action = statement.pop("Action", "s3:GetObject")
    document = (deny_plain_http("s3:*", [ARN, f"{ARN}/*"]), allow(action, [ARN, f"{ARN}/*"], **statement))
    return put("archive-policy", policy=Json(document))


def by_token(**tests: dict[str, Any]) -> Change:
    """Let the tokens of an issuer that many share take the role."""
    return trust(Principal=PROVIDER, Action="sts:AssumeRoleWithWebIdentity", Condition=tests)


BREAKS = [
    *(
        Break(
            "s3-policy-principals", what, bucket_policy(Principal="*", Condition=condition), "archive-policy", EVERYONE
        )
        for what, condition in {
            "half of the internet": {"IpAddress": {"aws:SourceIp": ["198.51.100.0/24", "0.0.0.0/1"]}},
            "half of the newer internet": {"IpAddress": {"aws:SourceIp": "2000::/31"}},
            "every address but some": {"NotIpAddress": {"aws:SourceIp": "198.51.100.0/24"}},
            "no network": {"IpAddress": {"aws:SourceIp": "the office"}},
            "a key that need not be there": {"StringEqualsIfExists": {"aws:SourceAccount": "123456789012"}},
            "all of no values": {"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-a/r-b/"}},
            "every ARN but one": {"ArnNotLike": {"aws:PrincipalArn": FOREIGN}},
            "any organisation": {"Null": {"aws:PrincipalOrgID": "false"}},
        }.items()
    ),
    *(
        Break(
            "s3-policy-principals",
            f"another account may {action}",
            bucket_policy(Principal={"AWS": FOREIGN}, Action=action),
            "archive-policy",
            (
                "policy: got Statement[1] that allows another account; allowed: reading and writing of objects; "
                "remove the account, or add it to the option accounts"
            ),
        )
        for action in (
            "s3:*",
            "s3:DeleteBucketPolicy",
            "s3:PutBucketAcl",
            "s3:PutBucketPolicy",
            "s3:PutEncryptionConfiguration",
            "s3:PutObjectAcl",
        )
    ),
    Break(
        "iam-trust",
        "everyone of no organisation",
        trust(Principal="*", Condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        "role",
        TRUSTS_EVERYONE,
    ),
    *(
        Break("iam-trust", f"tokens with {what}", by_token(**tests), "role", TRUSTS_CUSTOMERS)
        for what, tests in {
            "no condition": {},
            "an audience only": {"StringEquals": AUDIENCE},
            "any subject": {"StringLike": {SUBJECT: ["*"]}},
            "any subject but one": {"StringNotLike": {SUBJECT: "repo:shop/other:*"}},
            "a subject that need not be there": {"StringEqualsIfExists": {SUBJECT: "repo:shop/infra"}},
        }.items()
    ),
    *(
        Break(
            "iam-wildcards",
            f"writing to {arn}",
            role_policy(allow("s3:PutObject", arn)),
            "role-policy",
            (
                "policy: got Statement[0] that allows s3:PutObject on every resource; allowed: ARNs; name the "
                "resources; list the action in starOnly if it takes none"
            ),
        )
        for arn in ("arn:aws:s3:::*", "arn:aws:s3:::*/*", "arn:aws:s3:*:*:*", "arn:aws:s3:eu-west-1:123456789012:*")
    ),
    Break(
        "lt-imdsv2",
        "a server by itself",
        add("server", SERVER, metadataOptions={"httpTokens": "optional"}, launchTemplate={"id": Ref("template")}),
        "server",
        (
            'metadataOptions.httpTokens: got "optional"; allowed: required; '
            "set it; without it a server may answer requests that carry no token"
        ),
    ),
    Break(
        "api-route-auth",
        "whatever an HTTP API has no route for",
        add("other-route", "aws:apigatewayv2/route:Route", apiId=Ref("http-api"), routeKey="$default"),
        "other-route",
        ("authorizationType: got nothing; allowed: AWS_IAM or JWT or CUSTOM; set it to AWS_IAM, or name an authorizer"),
    ),
]

KEEPS: dict[str, Change] = {
    "readers in one network": bucket_policy(
        Principal="*", Condition={"IpAddress": {"aws:SourceIp": ["198.51.100.0/24", "2001:db8:17::/48"]}}
    ),
    "readers in the private networks": bucket_policy(
        Principal="*", Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
    ),
    "readers in the widest network that is still somebody's": bucket_policy(
        Principal="*", Condition={"IpAddress": {"aws:SourceIp": ["17.0.0.0/8", "2620::/32"]}}
    ),
    "another account that reads": bucket_policy(Principal={"AWS": FOREIGN}),
    "a token's subject": by_token(StringEquals=AUDIENCE, StringLike={SUBJECT: "repo:shop/infra:*"}),
    "a token's subject, one of several": by_token(StringEquals={**AUDIENCE, SUBJECT: ["repo:a/b", "repo:a/c"]}),
    "a token's other claim": by_token(StringEqualsIgnoreCase={f"{ISSUER}:repository": "shop/infra"}),
    "tokens of an issuer of one's own": trust(
        Principal={"Federated": "arn:aws:iam::123456789012:oidc-provider/login.example.com"},
        Action="sts:AssumeRoleWithWebIdentity",
    ),
    "writing to one bucket": role_policy(allow("s3:PutObject", "arn:aws:s3:::films/*")),
    "what a socket has no route for": both(
        put("socket-route", routeKey="$default"), drop("socket-route", "authorizationType")
    ),
    "a queue's dead letters in a resource of its own": both(
        add("jobs", QUEUE),
        add(
            "jobs-redrive", "aws:sqs/redrivePolicy:RedrivePolicy", queueUrl=Ref("jobs"), redrivePolicy=Ref("jobs-dead")
        ),
        add("jobs-dead", QUEUE),
    ),
    "dead letters that only say whose they are": both(
        add("jobs-dead", QUEUE),
        add(
            "jobs-allow",
            "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
            queueUrl=Ref("jobs-dead"),
            redriveAllowPolicy=json.dumps({"redrivePermission": "allowAll"}),
        ),
    ),
    "a server that takes its template's settings": add("server", SERVER, launchTemplate={"id": Ref("template")}),
    "a queue for a function's failures": both(
        add("failed", QUEUE),
        put("handler", deadLetterConfig={"targetArn": Ref("failed", "arn")}),
    ),
}
