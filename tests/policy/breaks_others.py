"""Every way to break the rules about networks, keys, roles, alarms and logs: the change and the whole message."""

from policy.breaks import Break
from policy.guard_stack import ACCOUNT, Change, Json, Ref, add, allow, both, deny_plain_http, drop, put, unprotect

TLS = deny_plain_http("sns:Publish", "*")


def role_policy(*statements: dict) -> Change:
    """Set the one role policy."""
    return put("role-policy", policy=Json(statements))


def trust(**statement: object) -> Change:
    """Set the role's trust."""
    return put("role", assumeRolePolicy=Json(({"Effect": "Allow", "Action": "sts:AssumeRole", **statement},)))


def topic_policy(*statements: dict) -> Change:
    """Set the topic's policy."""
    return put("topic-policy", policy=Json(statements))


def key_policy(**statement: object) -> Change:
    """Set the key's policy."""
    return put("key", policy=Json((allow("kms:*", "*", **statement),)))


INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"

BREAKS = [
    Break(
        "kms-rotation",
        "off",
        put("key", enableKeyRotation=False),
        "key",
        (
            "enableKeyRotation: got false; allowed: true; set enableKeyRotation; data that was encrypted before "
            "stays readable"
        ),
    ),
    Break(
        "kms-rotation",
        "absent",
        drop("key", "enableKeyRotation"),
        "key",
        (
            "enableKeyRotation: got nothing; allowed: true; set enableKeyRotation; data that was encrypted "
            "before stays readable"
        ),
    ),
    Break(
        "kms-policy",
        "short window",
        put("key", deletionWindowInDays=7.0),
        "key",
        (
            "deletionWindowInDays: got 7; allowed: 14 days or more; raise it, or leave it out for 30 days; what "
            "a deleted key encrypted is lost"
        ),
    ),
    Break(
        "kms-policy",
        "no lockout check",
        put("key", bypassPolicyLockoutSafetyCheck=True),
        "key",
        (
            "bypassPolicyLockoutSafetyCheck: got true; allowed: false; leave it out; without the check a policy "
            "can lock everyone out"
        ),
    ),
    Break(
        "kms-policy",
        "everyone",
        key_policy(Principal="*"),
        "key",
        (
            'policy: got Statement[0] that allows principal "*"; allowed: named principals; name the account or '
            "the services, or add a condition such as kms:CallerAccount"
        ),
    ),
    Break(
        "kms-policy",
        "everyone, as an account",
        key_policy(Principal={"AWS": "*"}),
        "key",
        (
            'policy: got Statement[0] that allows principal "*"; allowed: named principals; name the account or '
            "the services, or add a condition such as kms:CallerAccount"
        ),
    ),
    Break(
        "kms-policy",
        "in a resource of its own",
        add("rules", "aws:kms/keyPolicy:KeyPolicy", policy=Json((allow("kms:*", "*", Principal="*"),))),
        "rules",
        (
            'policy: got Statement[0] that allows principal "*"; allowed: named principals; name the account or '
            "the services, or add a condition such as kms:CallerAccount"
        ),
    ),
    Break(
        "secret-recovery",
        "none",
        put("secret", recoveryWindowInDays=0),
        "secret",
        "recoveryWindowInDays: got 0; allowed: 7 days or more; raise it, or leave it out for 30 days",
    ),
    Break(
        "secret-recovery",
        "no key",
        drop("secret", "kmsKeyId"),
        "secret",
        "kmsKeyId: got nothing; allowed: the ARN of a key of your own; make a key and name it",
    ),
    Break(
        "log-retention",
        "for ever",
        drop("log-group", "retentionInDays"),
        "log-group",
        (
            "retentionInDays: got nothing; allowed: 90 days or more; set it; without it the logs are kept, and "
            "paid for, for ever"
        ),
    ),
    Break(
        "log-retention",
        "for ever, as zero",
        put("log-group", retentionInDays=0),
        "log-group",
        (
            "retentionInDays: got 0; allowed: 90 days or more; set it; without it the logs are kept, and paid "
            "for, for ever"
        ),
    ),
    Break(
        "log-retention",
        "short",
        put("log-group", retentionInDays=60),
        "log-group",
        "retentionInDays: got 60; allowed: 90 days or more; raise it",
    ),
    Break(
        "alarm-actions",
        "none",
        put("alarm", alarmActions=[]),
        "alarm",
        "alarmActions: got nothing; allowed: one action or more; name a topic, a function or a scaling policy",
    ),
    Break(
        "alarm-actions",
        "absent",
        drop("alarm", "alarmActions"),
        "alarm",
        "alarmActions: got nothing; allowed: one action or more; name a topic, a function or a scaling policy",
    ),
    Break(
        "alarm-actions",
        "off",
        put("alarm", actionsEnabled=False),
        "alarm",
        "actionsEnabled: got false; allowed: true; leave it out, or the alarm tells nobody",
    ),
    Break(
        "alarm-actions",
        "composite",
        add("all", "aws:cloudwatch/compositeAlarm:CompositeAlarm"),
        "all",
        "alarmActions: got nothing; allowed: one action or more; name a topic, a function or a scaling policy",
    ),
    Break(
        "sns-encrypted",
        "absent",
        drop("topic", "kmsMasterKeyId"),
        "topic",
        "kmsMasterKeyId: got nothing; allowed: a KMS key; name a key whose policy lets the publishers use it",
    ),
    Break(
        "sns-encrypted",
        "empty",
        put("topic", kmsMasterKeyId=""),
        "topic",
        "kmsMasterKeyId: got nothing; allowed: a KMS key; name a key whose policy lets the publishers use it",
    ),
    Break(
        "sns-push-feedback",
        "absent",
        drop("push", "failureFeedbackRoleArn"),
        "push",
        (
            "failureFeedbackRoleArn: got nothing; allowed: a role; name a role with which SNS may write logs: SNS "
            "says nothing else of a message that a platform refused"
        ),
    ),
    Break(
        "sns-policy",
        "everyone",
        topic_policy(TLS, allow("sns:Publish", "*", Principal="*")),
        "topic-policy",
        (
            'policy: got Statement[1] that allows principal "*"; allowed: named principals; name the services '
            "and accounts, or add aws:SourceAccount"
        ),
    ),
    Break(
        "sns-policy",
        "plain HTTP",
        topic_policy(allow("sns:Publish", "*", Principal={"AWS": ACCOUNT})),
        "topic-policy",
        (
            "policy: got a policy that allows plain HTTP; allowed: a policy that denies plain HTTP; deny "
            "sns:Publish to everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "sns-policy",
        "the topic's own",
        put("topic", policy=Json((allow("sns:Publish", "*", Principal={"AWS": "1"}),))),
        "topic",
        (
            "policy: got a policy that allows plain HTTP; allowed: a policy that denies plain HTTP; deny "
            "sns:Publish to everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "guard-protect",
        "database",
        unprotect("db"),
        "db",
        "protect: got false; allowed: true; set the resource option protect; turn it off to delete on purpose",
    ),
    Break(
        "guard-protect",
        "bucket",
        unprotect("archive"),
        "archive",
        "protect: got false; allowed: true; set the resource option protect; turn it off to delete on purpose",
    ),
    Break(
        "guard-protect",
        "key",
        unprotect("key"),
        "key",
        "protect: got false; allowed: true; set the resource option protect; turn it off to delete on purpose",
    ),
    Break(
        "guard-protect",
        "table",
        unprotect("table"),
        "table",
        "protect: got false; allowed: true; set the resource option protect; turn it off to delete on purpose",
    ),
]

KEEPS = {
    "exactly the shortest times": both(
        put("key", deletionWindowInDays=14),
        put("log-group", retentionInDays=90),
        put("secret", recoveryWindowInDays=7),
        put("db", backupRetentionPeriod=14),
    ),
    "a service's name where accounts are expected": trust(Principal={"AWS": "cloudfront"}),
    "AWS does not rotate an asymmetric key": put("key", enableKeyRotation=False, customerMasterKeySpec="RSA_4096"),
    "a key that only signs, and opens nothing that was kept": both(
        add("signer", "aws:kms/key:Key", keyUsage="SIGN_VERIFY", customerMasterKeySpec="ECC_NIST_P256"),
        unprotect("signer"),
    ),
    "a key policy for every caller of one account": key_policy(
        Principal="*", Condition={"StringEquals": {"kms:CallerAccount": ACCOUNT}}
    ),
    "a topic for every principal of one account": topic_policy(
        TLS, allow("sns:Publish", "*", Principal="*", Condition={"StringEquals": {"aws:SourceAccount": ACCOUNT}})
    ),
    "reading anywhere": role_policy(allow(["ec2:Describe*", "s3:ListAllMyBuckets"], "*")),
    "denying everything": role_policy({"Effect": "Deny", "Action": "*", "Resource": "*"}),
    "another account with an external id": trust(
        Principal={"AWS": "999999999999"}, Condition={"StringEquals": {"sts:ExternalId": "x"}}
    ),
    "a federated principal": trust(Principal={"Federated": "www.amazon.com"}),
    "an outgoing rule": put("web-rule", type="egress", protocol="-1"),
    "an open rule that admits a group": add(
        "more", INGRESS, securityGroupId=Ref("db-group"), ipProtocol="-1", referencedSecurityGroupId=Ref("web-group")
    ),
    "a network that AWS would refuse": put("web-ingress", cidrIpv4="everyone", fromPort=22),
}
