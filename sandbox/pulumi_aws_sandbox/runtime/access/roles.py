"""What a role may do by itself, for services that work with it without a request of its own."""

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.access import principals, resource_policies
from pulumi_aws_sandbox.runtime.access.policies import Decision, Policies, Principal, Question, decide


def decision(role_arn: str, action: str, resource: str) -> Decision:
    """Return whether a role may do something to a resource, by its own policies and the resource's."""
    name = role_arn.rsplit("/", 1)[-1]
    partition = role_arn.split(":")[1]
    session = f"arn:{partition}:sts::{ACCOUNT}:assumed-role/{name}/aws-service"
    context: dict[str, str | list[str]] = {
        "aws:currenttime": clock.today().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:principalaccount": ACCOUNT,
        "aws:principalarn": role_arn,
        "aws:principalisawsservice": "false",
        "aws:requestedregion": resource.split(":")[3],
        "aws:securetransport": "true",
        "aws:viaawsservice": "false",
    }
    own = principals.policies_of_role(role_arn)
    policies = Policies(own.identity, own.boundary, own.session, resource_policies.of(resource.split(":")[2], resource))
    return decide(Question(action, resource, context, Principal(session, ACCOUNT, role_arn)), policies)


def may(role_arn: str, action: str, resource: str) -> bool:
    """Tell whether a role may do something to a resource."""
    return principals.role(role_arn) is not None and decision(role_arn, action, resource).allowed


def may_use_key(role_arn: str, action: str, name: str, region: str) -> bool:
    """Tell whether a role may use a KMS key, named in any way: the key's own policy must allow it too."""
    arn, document = resource_policies.key(name, region)
    found = principals.role(role_arn)
    if found is None or document is None:
        return False
    own = principals.policies_of_role(role_arn)
    context: dict[str, str | list[str]] = {"aws:principalarn": role_arn, "kms:calleraccount": ACCOUNT}
    policies = Policies(own.identity, own.boundary, own.session, document, resource_must_allow=True)
    return decide(Question(action, arn, context, Principal(role_arn, ACCOUNT, role_arn)), policies).allowed
