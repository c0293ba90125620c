"""Nothing may do everything."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import POLICIES, POLICY_ATTACHMENTS, ROLE
from aws_mobile_guard.iam import documents
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    for path, document in documents(resource):
        if document is UNKNOWN:
            yield Undecided(path)
            continue
        for statement in document:
            everything = statement.allows and {"*", "*:*"} & set(statement.actions) and "*" in statement.resources
            if everything:
                got = Words(f'{statement.label} that allows "*" on "*"')
                yield Problem(path, got, "the actions that are needed", "name the actions and the resources")
    for name in ("policyArn", "managedPolicyArns"):
        attached = resource.texts(name)
        for arn in () if attached is UNKNOWN else attached or ():
            # An ARN that is unknown is that of a policy made here, which is checked itself.
            if arn is not UNKNOWN and arn.endswith("policy/AdministratorAccess"):
                fix = "attach a policy that names what is needed"
                yield Problem(name, "AdministratorAccess", "a narrower policy", fix)


RULE = Rule(
    id="iam-no-admin",
    pack=Pack.SECURITY,
    description="No policy allows every action on every resource.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(*POLICIES, *POLICY_ATTACHMENTS, ROLE),
    frameworks=("FSBP IAM.1", "CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_274", "AWS-0057"),
    remediation="Replace the wildcards by the actions that the program calls and the ARNs it calls them on.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1",
    check=_check,
)
