"""Environments in a sandbox behind a server, and in one that is killed."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sandbox.beanstalk.stage import ENVIRONMENT, ask, deployment, until_true

from pulumi_aws_sandbox.aws import server
from pulumi_aws_sandbox.runtime import beanstalk
from pulumi_aws_sandbox.serve import serving

_KILLED = """
import os, signal, sys
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.runtime import beanstalk, databases
from sandbox.beanstalk.stage import ENVIRONMENT, deployment

with in_process("eu-west-1") as clients:
    rds = clients("rds")
    rds.create_db_instance(DBInstanceIdentifier="notes", DBInstanceClass="db.t4g.micro", Engine="mysql",
        AllocatedStorage=20, MasterUsername="owner", MasterUserPassword="s3cret-enough", DBName="notes")
    databases.local(rds.describe_db_instances()["DBInstances"][0]["Endpoint"]["Address"])
    beanstalk.launch(deployment())
    beanstalk.wake(ENVIRONMENT)
    print(*(each.pid for each in beanstalk.health(ENVIRONMENT).instances), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_instances_read_their_secrets_from_the_server_they_belong_to() -> None:
    with serving() as url:
        clients = server(url, "eu-west-1")
        arn = clients("secretsmanager").create_secret(Name="notes", SecretString="s3cret")["ARN"]
        iam = clients("iam")
        trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
        may = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": arn}
        trusting, granting = (json.dumps({"Version": "2012-10-17", "Statement": [each]}) for each in (trust, may))
        iam.create_role(RoleName="notes", AssumeRolePolicyDocument=trusting)
        iam.put_role_policy(RoleName="notes", PolicyName="notes", PolicyDocument=granting)
        iam.create_instance_profile(InstanceProfileName="notes")
        iam.add_role_to_instance_profile(InstanceProfileName="notes", RoleName="notes")
        settings = {
            ("aws:autoscaling:launchconfiguration", "IamInstanceProfile"): "notes",
            ("aws:elasticbeanstalk:application:environmentsecrets", "WORD"): arn,
        }
        beanstalk.launch(deployment(settings=settings))
        assert json.loads(ask()[1])["env"]["WORD"] == "s3cret"
    with pytest.raises(RuntimeError) as raised:
        beanstalk.health(ENVIRONMENT)
    assert str(raised.value) == "no sandbox is running: start one with aws.in_process or serve.serving"


def test_a_sandbox_that_is_killed_leaves_nothing() -> None:
    place = Path(tempfile.mkdtemp(prefix="t"))
    place.chmod(0o711)
    environment = {**os.environ, "TMPDIR": str(place), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", _KILLED], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")
    assert len(done.stdout.split()) == 2

    def gone() -> bool:
        processes = subprocess.run(["/bin/ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        return str(place) not in processes and list(place.iterdir()) == []

    until_true(gone)
    place.rmdir()
