"""Every AWS type goes through its whole life; each step is read back from AWS, not from what was sent."""

import importlib
import keyword
import re
from pathlib import Path

import pytest
from sandbox.situations import SITUATIONS, World

from pulumi_aws_sandbox.catalog import TYPES
from pulumi_aws_sandbox.engine_api import Sandbox

# AWS keeps these; the provider only stops looking after them.
_LEFT_BEHIND = {
    "aws:acm/certificateValidation:CertificateValidation",
    "aws:apigateway/account:Account",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:secretsmanager/secretVersion:SecretVersion",
    "aws:sns/topicPolicy:TopicPolicy",
}


def test_every_aws_type_has_a_situation() -> None:
    assert set(SITUATIONS) == {token for token in TYPES if token.startswith("aws:")}


@pytest.mark.parametrize("token", SITUATIONS)
def test_a_type_lives_from_creation_to_deletion(sandbox: Sandbox, token: str) -> None:
    first, changed = SITUATIONS[token](World(sandbox))
    inputs, failures = sandbox.check(token, "thing", first, None, b"seed")
    assert failures == []
    resource_id, outputs = sandbox.create(token, inputs, "thing")
    assert outputs["id"] == resource_id
    assert sandbox.read(token, resource_id, outputs, "thing") == outputs
    assert sandbox.refreshed_inputs(token, inputs, outputs) == inputs
    if changed is not None:
        after, failures = sandbox.check(token, "thing", changed, inputs, b"another seed")
        assert failures == []
        diff = sandbox.diff(token, inputs, outputs, after)
        assert diff.changed != []
        assert diff.replaces == []
        outputs = sandbox.update(token, resource_id, outputs, inputs, after, "thing")
        assert sandbox.read(token, resource_id, outputs, "thing") == outputs
        assert sandbox.refreshed_inputs(token, after, outputs) == after
    sandbox.delete(token, resource_id, outputs, "thing")
    if token not in _LEFT_BEHIND:
        assert sandbox.read(token, resource_id, outputs, "thing") is None
        sandbox.delete(token, resource_id, outputs, "thing")


# What AWS only answers for features that the situations do not use, and what moto does not answer at all.
_UNANSWERED = {
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {"namePrefix"},
    "aws:ec2/eip:Eip": {"associationId", "carrierIp", "customerOwnedIp", "privateDns", "privateIp", "ptrRecord"},
    "aws:ec2/natGateway:NatGateway": {
        "autoProvisionZones",
        "autoScalingIps",
        "regionalNatGatewayAddresses",
        "regionalNatGatewayAutoMode",
        "routeTableId",
    },
    "aws:ec2/route:Route": {"instanceId", "instanceOwnerId"},
    "aws:ec2/subnet:Subnet": {"ipv6CidrBlockAssociationId"},
    "aws:ec2/vpc:Vpc": {"ipv6AssociationId"},
    "aws:rds/cluster:Cluster": {"caCertificateValidTill", "upgradeRolloutOrder"},
    "aws:rds/instance:Instance": {"upgradeRolloutOrder"},
    "aws:s3/bucket:Bucket": {"hostedZoneId", "websiteDomain", "websiteEndpoint"},
    "aws:sns/topic:Topic": {"beginningArchiveTime"},
}


@pytest.mark.parametrize("token", SITUATIONS)
def test_outputs_are_those_that_the_sdk_declares(sandbox: Sandbox, token: str) -> None:
    inputs_of_class, outputs_of_class = _declared(token)
    first, _ = SITUATIONS[token](World(sandbox))
    inputs, _ = sandbox.check(token, "thing", first, None, b"seed")
    _, outputs = sandbox.create(token, inputs, "thing")
    assert set(outputs) - outputs_of_class == {"id"}
    assert outputs_of_class - inputs_of_class - set(outputs) == _UNANSWERED.get(token, set())


def _declared(token: str) -> tuple[set[str], set[str]]:
    """Return the arguments and the outputs of the SDK's class, from its source: importing them all would be slow."""
    _, module, kind = token.split(":")
    package = importlib.util.find_spec("pulumi_aws")
    assert package is not None
    service = module.split("/")[0]
    service += "_" * keyword.iskeyword(service)
    file = re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()
    text = (Path(package.submodule_search_locations[0]) / service / f"{file}.py").read_text()
    arguments = text.split(f"\nclass _{kind}State:")[0]
    return _getters(arguments), _getters(text.split(f"\nclass {kind}(pulumi.CustomResource):")[1])


def _getters(text: str) -> set[str]:
    pattern = r"@_builtins\.property\n    @pulumi\.getter(?:\(name=\"(\w+)\"\))?\n(?:    @.*\n)*    def (\w+)"
    return {alias or name for alias, name in re.findall(pattern, text)}
