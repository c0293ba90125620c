"""Every way to break a rule about roles, with the whole message."""

from policy.breaks import Break
from policy.breaks_others import role_policy, trust
from policy.guard_stack import Json, Ref, add, allow, drop, put

LOGS = allow("logs:PutLogEvents", Ref("log-group", "arn"))
PUBLISH = allow("sns:Publish", "*")
TOPICS = "arn:aws:sns:*:*:*"
ROLES = "allowed: roles; use a role, with OpenID Connect for what runs outside AWS and IAM Identity Center for people"
MANAGED = (
    "allowed: AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy, service-role/AWSElasticBeanstalkEnhancedHealth, "
    "service-role/AmazonAPIGatewayPushToCloudWatchLogs, service-role/AmazonRDSEnhancedMonitoringRole; write a policy "
    "that names what is needed, or add this one to the option allowed"
)


BREAKS = [
    Break(
        "iam-no-admin",
        "all",
        role_policy(allow("*", "*")),
        "role-policy",
        (
            'policy: got Statement[0] that allows "*" on "*"; allowed: the actions that are needed; name the '
            "actions and the resources"
        ),
    ),
    Break(
        "iam-no-admin",
        "all, in a list",
        role_policy(LOGS, allow(["*"], ["*"])),
        "role-policy",
        (
            'policy: got Statement[1] that allows "*" on "*"; allowed: the actions that are needed; name the '
            "actions and the resources"
        ),
    ),
    Break(
        "iam-no-admin",
        "attached",
        put("attachment", policyArn="arn:aws:iam::aws:policy/AdministratorAccess"),
        "attachment",
        'policyArn: got "AdministratorAccess"; allowed: a narrower policy; attach a policy that names what is needed',
    ),
    Break(
        "iam-no-admin",
        "attached to the role itself",
        put("role", managedPolicyArns=["arn:aws:iam::aws:policy/AdministratorAccess"]),
        "role",
        (
            'managedPolicyArns: got "AdministratorAccess"; allowed: a narrower policy; attach a policy that '
            "names what is needed"
        ),
    ),
    Break(
        "iam-no-admin",
        "inside the role",
        put("role", inlinePolicies=[{"policy": Json((allow("*", "*"),))}]),
        "role",
        (
            'inlinePolicies[0].policy: got Statement[0] that allows "*" on "*"; allowed: the actions that are '
            "needed; name the actions and the resources"
        ),
    ),
    Break(
        "iam-wildcards",
        "a whole service",
        role_policy(allow("s3:*", "arn:aws:s3:::films/*")),
        "role-policy",
        "policy: got Statement[0] that allows s3:*; allowed: named actions; name the actions",
    ),
    Break(
        "iam-wildcards",
        "writing anywhere",
        role_policy(allow(["s3:GetObject", "s3:PutObject"], "*")),
        "role-policy",
        (
            "policy: got Statement[0] that allows s3:PutObject on every resource; allowed: ARNs; name the "
            "resources; list the action in starOnly if it takes none"
        ),
    ),
    Break(
        "iam-wildcards",
        "some writing anywhere",
        role_policy(allow("s3:Put*", "*")),
        "role-policy",
        (
            "policy: got Statement[0] that allows s3:Put* on every resource; allowed: ARNs; name the resources; "
            "list the action in starOnly if it takes none"
        ),
    ),
    Break(
        "iam-wildcards",
        "everything on some",
        role_policy(allow("*", "arn:aws:s3:::films")),
        "role-policy",
        'policy: got Statement[0] that allows "*"; allowed: named actions; name the actions',
    ),
    Break(
        "iam-wildcards",
        "all but some",
        role_policy({"Effect": "Allow", "NotAction": ["iam:*", "kms:*"], "Resource": "*"}),
        "role-policy",
        (
            "policy: got Statement[0] that allows all but some; allowed: Action and Resource; list what is "
            "allowed instead of what is not"
        ),
    ),
    *(
        Break(
            "iam-wildcards",
            f"publishing everywhere, {what}",
            put("sms-policy", policy=Json((PUBLISH, *more))),
            "sms-policy",
            (
                "policy: got Statement[0] that allows sns:Publish on every resource; allowed: ARNs; name the topics; "
                "for SMS add a Deny on arn:aws:sns:*:*:*, which is every topic"
            ),
        )
        for what, more in {
            "topics too": (),
            "all topics but one": ({"Effect": "Deny", "Action": "sns:Publish", "Resource": f"{TOPICS}:alarms"},),
            "topics at times": (
                {
                    "Effect": "Deny",
                    "Action": "sns:Publish",
                    "Resource": TOPICS,
                    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                },
            ),
        }.items()
    ),
    Break(
        "iam-no-users",
        "a user",
        add("person", "aws:iam/user:User"),
        "person",
        f"type: got an IAM user; {ROLES}",
    ),
    *(
        Break("iam-no-users", token, add("person", token), "person", f"type: got a credential that lasts; {ROLES}")
        for token in (
            "aws:iam/accessKey:AccessKey",
            "aws:iam/userLoginProfile:UserLoginProfile",
            "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
            "aws:iam/signingCertificate:SigningCertificate",
            "aws:iam/sshKey:SshKey",
        )
    ),
    Break(
        "iam-managed",
        "attached",
        put("attachment", policyArn="arn:aws-cn:iam::aws:policy/AmazonS3FullAccess"),
        "attachment",
        f'policyArn: got "AmazonS3FullAccess"; {MANAGED}',
    ),
    Break(
        "iam-managed",
        "attached to the role itself",
        put("role", managedPolicyArns=["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]),
        "role",
        f'managedPolicyArns: got "service-role/AWSLambdaBasicExecutionRole"; {MANAGED}',
    ),
    Break(
        "iam-boundary",
        "none",
        drop("role", "permissionsBoundary"),
        "role",
        (
            "permissionsBoundary: got nothing; allowed: the ARN of a policy that matches :policy/edge$; name the "
            "boundary"
        ),
    ),
    Break(
        "iam-boundary",
        "another",
        put("role", permissionsBoundary="arn:aws:iam::aws:policy/PowerUserAccess"),
        "role",
        (
            'permissionsBoundary: got "arn:aws:iam::aws:policy/PowerUserAccess"; allowed: the ARN of a policy that '
            "matches :policy/edge$; name the boundary"
        ),
    ),
    Break(
        "iam-kms-decrypt",
        "every key",
        role_policy(allow("kms:Decrypt", "*")),
        "role-policy",
        "policy: got Statement[0] that allows decryption with every key; allowed: the ARNs of keys; name the keys",
    ),
    Break(
        "iam-kms-decrypt",
        "every key of the account",
        role_policy(allow("kms:Decrypt", "arn:aws:kms:*:1:key/*")),
        "role-policy",
        "policy: got Statement[0] that allows decryption with every key; allowed: the ARNs of keys; name the keys",
    ),
    Break(
        "iam-kms-decrypt",
        "every key, beside a named one",
        role_policy(allow("kms:Decrypt", ["arn:aws:kms:eu-west-1:1:key/k", "arn:aws:kms:eu-west-1:1:key/*"])),
        "role-policy",
        ("policy: got Statement[0] that allows decryption with every key; allowed: the ARNs of keys; name the keys"),
    ),
    Break(
        "iam-kms-decrypt",
        "re-encryption",
        role_policy(allow("kms:ReEncrypt*", "*")),
        "role-policy",
        "policy: got Statement[0] that allows decryption with every key; allowed: the ARNs of keys; name the keys",
    ),
    Break(
        "iam-passrole",
        "every role",
        role_policy(
            allow("iam:PassRole", "*", Condition={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}})
        ),
        "role-policy",
        "policy: got Statement[0] that passes every role; allowed: the ARNs of roles; name the roles",
    ),
    Break(
        "iam-passrole",
        "every role of the account, beside a named one",
        role_policy(
            allow(
                "iam:PassRole",
                ["arn:aws:iam::1:role/web", "arn:aws:iam::1:role/*"],
                Condition={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
            )
        ),
        "role-policy",
        "policy: got Statement[0] that passes every role; allowed: the ARNs of roles; name the roles",
    ),
    Break(
        "iam-passrole",
        "any service",
        role_policy(allow("iam:PassRole", "arn:aws:iam::1:role/web")),
        "role-policy",
        (
            "policy: got Statement[0] that passes a role to any service; allowed: a condition on "
            "iam:PassedToService; name the service"
        ),
    ),
    Break(
        "iam-trust",
        "everyone",
        trust(Principal="*"),
        "role",
        (
            'assumeRolePolicy: got Statement[0] that trusts principal "*"; allowed: named principals; name who '
            "may take the role"
        ),
    ),
    Break(
        "iam-trust",
        "another account",
        trust(Principal={"AWS": "arn:aws:iam::999999999999:root"}),
        "role",
        (
            "assumeRolePolicy: got Statement[0] that trusts another account; allowed: a condition on "
            "sts:ExternalId; demand an external id, or list the account in the option accounts if it is yours"
        ),
    ),
    Break(
        "iam-trust",
        "another account by number",
        trust(Principal={"AWS": "999999999999"}),
        "role",
        (
            "assumeRolePolicy: got Statement[0] that trusts another account; allowed: a condition on "
            "sts:ExternalId; demand an external id, or list the account in the option accounts if it is yours"
        ),
    ),
]

KEEPS = {
    "denying all but some": put(
        "role-policy", policy=Json((LOGS, {"Effect": "Deny", "NotAction": "logs:*", "Resource": "*"}))
    ),
    "publishing to whatever is no topic": put(
        "sms-policy",
        policy=Json(({"Effect": "Allow", "Action": "sns:Publish", "NotResource": TOPICS},)),
    ),
    "a policy of one's own attached": put("attachment", policyArn="arn:aws:iam::123456789012:policy/edge"),
}
