"""The types of resources that stacks here can have, each made by the calls that CloudFormation makes.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
"""

from pulumi_aws_sandbox.runtime.stacks import database_kinds, identity_kinds, network_kinds
from pulumi_aws_sandbox.runtime.stacks.kind import Kind

KINDS: dict[str, Kind] = {**database_kinds.KINDS, **identity_kinds.KINDS, **network_kinds.KINDS}
"""The types, by their names."""
