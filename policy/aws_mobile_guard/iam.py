"""What IAM rules have in common."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import POLICIES, ROLE
from aws_mobile_guard.policy_document import PolicyDocument
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.view import UNKNOWN, Unknown


def documents(resource: Resource) -> Iterator[tuple[str, PolicyDocument | Unknown]]:
    """Go through the documents that grant something, with their paths: a policy's own, a role's inline ones."""
    if resource.type in POLICIES:
        document = resource.document("policy")
        if document is not None:
            yield "policy", document
    elif resource.type == ROLE:
        inline = resource.items("inlinePolicies")
        if inline is UNKNOWN:
            yield "inlinePolicies", UNKNOWN
            return
        for policy in inline or ():
            document = UNKNOWN if policy is UNKNOWN else policy.document("policy")
            if document is not None:
                yield "inlinePolicies" if policy is UNKNOWN else policy.path("policy"), document
