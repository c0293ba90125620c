"""Environments that stand without instances, get some, and are in a Region that is cut."""

import http.client
import json

import pytest
from sandbox.beanstalk.stage import ASG, ENVIRONMENT, PROPERTIES, REGION, ask, deployment, healthy, policy, until

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime import beanstalk, clock, regions

_NONE = {(ASG, "MinSize"): "0", (ASG, "MaxSize"): "0"}


@pytest.mark.usefixtures("clients")
def test_an_environment_without_instances_is_grey_and_its_load_balancer_has_nobody_to_ask() -> None:
    beanstalk.launch(deployment(settings=_NONE))
    for _ in range(2):
        found = beanstalk.health(ENVIRONMENT)
        assert (found.color.value, found.causes, found.instances) == ("Grey", ("There are no instances.",), ())
        assert ask()[0] == 503


@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize("asked_before", [True, False])
@pytest.mark.parametrize("name", ["AllAtOnce", "RollingWithAdditionalBatch", "Immutable", "TrafficSplitting"])
def test_it_gets_instances_with_the_new_properties(name: str, *, asked_before: bool) -> None:
    beanstalk.launch(deployment(settings=_NONE | policy(name)))
    if asked_before:
        assert ask()[0] == 503
    beanstalk.apply(deployment(settings=policy(name) | {(PROPERTIES, "COLOUR"): "red"}))
    assert healthy(2)()
    status, answer = ask()
    assert (status, b'"COLOUR":"red"' in answer) == (200, True)


@pytest.mark.usefixtures("clients")
def test_its_instances_go_again() -> None:
    beanstalk.launch(deployment())
    beanstalk.wake(ENVIRONMENT)
    beanstalk.apply(deployment(settings=_NONE))
    until(lambda: ask()[0] == 503)
    assert beanstalk.health(ENVIRONMENT).color == "Grey"


@pytest.mark.usefixtures("clients")
def test_instances_that_are_held_serve_when_their_time_has_come() -> None:
    beanstalk.launch(deployment(settings=_NONE))
    beanstalk.apply(deployment())
    beanstalk.hold(ENVIRONMENT, clock.now() + 100)
    assert ask() == (503, b"the instances are being launched\n")
    assert beanstalk.health(ENVIRONMENT).color == "Grey"
    clock.move(101)
    assert ask()[0] == 200


def test_a_load_balancer_of_a_cut_region_hangs_up(clients: Connection) -> None:
    assert clients.region == REGION
    beanstalk.launch(deployment())
    assert ask()[0] == 200
    with regions.lost(REGION), pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        ask()
    assert ask()[0] == 200


def test_a_secret_of_a_cut_region_keeps_instances_from_starting_until_it_is_restored(clients: Connection) -> None:
    trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    may_read = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}
    iam = clients("iam")
    iam.create_role(RoleName="app", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": trust}))
    document = json.dumps({"Version": "2012-10-17", "Statement": may_read})
    iam.put_role_policy(RoleName="app", PolicyName="few", PolicyDocument=document)
    iam.create_instance_profile(InstanceProfileName="app")
    iam.add_role_to_instance_profile(InstanceProfileName="app", RoleName="app")
    secret = clients("secretsmanager", "eu-central-1").create_secret(Name="far", SecretString="hidden")["ARN"]
    settings = {
        ("aws:autoscaling:launchconfiguration", "IamInstanceProfile"): "app",
        ("aws:elasticbeanstalk:application:environmentsecrets", "FAR"): secret,
    }
    beanstalk.launch(deployment(settings=settings))
    with regions.lost("eu-central-1"):
        assert ask()[0] == 503
        said = next(each.message for each in beanstalk.events(ENVIRONMENT) if each.severity == "ERROR")
        assert f"FAR: {secret} cannot be read: Could not connect to the endpoint URL" in said
    until(lambda: ask()[0] == 200)
