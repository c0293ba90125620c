"""The program without components registers what the program registers. Does not prove that either can be deployed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aws_mobile_cli.project import Project, open_project
from bench.blueprint import trace
from bench.raw_program import program, write_raw
from bench.sameness import differences

ROOT = Path(__file__).parents[2]
SMALL = """
import json
import pulumi
import pulumi_aws as aws
import pulumi_random as random

class Home(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("small:index:Home", "home")
        under = pulumi.ResourceOptions(parent=self)
        self.vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16", tags={"camelCase": "kept"}, opts=under)
        self.key = aws.kms.Key("key", opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True))

home = Home()
bucket = aws.s3.Bucket("bucket", bucket=home.vpc.id.apply(lambda id: f"in-{id}"))
encryption = aws.s3.BucketServerSideEncryptionConfiguration(
    "encryption",
    bucket=bucket.id,
    rules=[{"apply_server_side_encryption_by_default": {
        "sse_algorithm": "aws:kms", "kms_master_key_id": home.key.arn}}],
    opts=pulumi.ResourceOptions(depends_on=[home.vpc]),
)
log = aws.cloudwatch.LogGroup("log", name=home.key.arn.apply(lambda arn: arn.rsplit(":", 1)[-1]))
policy = pulumi.Output.all(bucket.arn, home.vpc.owner_id).apply(
    lambda known: json.dumps({"Resource": f"{known[0]}/*", "Owner": known[1]}))
aws.s3.BucketPolicy("policy", bucket=bucket.id, policy=policy)
password = random.RandomPassword("password", length=32)
secret = aws.secretsmanager.Secret("secret")
aws.secretsmanager.SecretVersion(
    "version", secret_id=secret.id, secret_string=password.result.apply(lambda text: json.dumps({"password": text})))
pulumi.export("vpc", {"id": home.vpc.id, "cidr": home.vpc.cidr_block})
"""
LATE = """
import hashlib
import pulumi
import pulumi_aws as aws

bucket = aws.s3.Bucket("bucket")
bundle = aws.s3.BucketObjectv2("bundle", bucket=bucket.id, key="app.zip", source=pulumi.FileAsset("app.zip"))
key = aws.kms.Key("key", key_usage="SIGN_VERIFY", customer_master_key_spec="ECC_NIST_P256")
public = aws.kms.get_public_key_output(key_id=key.arn).public_key.apply(lambda text: hashlib.sha256(text.encode()))
environment = aws.elasticbeanstalk.Environment(
    "environment",
    application=pulumi.Output.all(bucket.id, bundle.id).apply(lambda known: known[0]),
    settings=[
        {"namespace": "aws:x", "name": "FIXED", "value": "1"},
        {"namespace": "aws:x", "name": "KEY", "value": public.apply(lambda digest: digest.hexdigest())},
    ],
)
aws.lambda_.Function(
    "function",
    role=key.arn,
    code=pulumi.AssetArchive({
        "index.py": pulumi.StringAsset("x = 1"),
        "lib": pulumi.FileArchive("lib.zip"),
        "own.py": pulumi.FileAsset("own.py"),
    }),
    environment={"variables": {"KEY_ARN": key.arn, "KEY": public.apply(lambda digest: digest.hexdigest())}},
)
body = environment.load_balancers.apply(lambda arns: '{"target": "%s"}' % arns[0])
api = aws.apigateway.RestApi("api", body=body)
aws.apigateway.Deployment(
    "deployment",
    rest_api=api.id,
    triggers={"document": body.apply(lambda text: hashlib.sha256(text.encode()).hexdigest()), "fixed": "1"},
)
"""


@pytest.fixture
def raw(tmp_path: Path) -> Callable[[Project], Project]:
    """Write a project's program without components."""

    def write(project: Project) -> Project:
        write_raw(trace(project), tmp_path / "raw")
        return open_project(tmp_path / "raw", project.stack)

    return write


@pytest.mark.parametrize("stack", ["local", "dev", "stage", "prod"])
def test_every_stack_is_the_same_without_components(stack: str, raw: Callable[[Project], Project]) -> None:
    project = open_project(ROOT, stack)
    assert differences(project, raw(project)) == []


def test_references_secrets_options_and_waiting_survive(
    project: Callable[[str], Project], raw: Callable[[Project], Project]
) -> None:
    small = project(SMALL)
    assert differences(small, raw(small)) == []


def test_the_text_reads_as_written_by_hand(project: Callable[[str], Project]) -> None:
    text = program(trace(project(SMALL)))
    assert "Home" not in text
    assert (
        "vpc_2 = aws.ec2.Vpc(\n    'vpc',\n    cidr_block='10.0.0.0/16',\n    tags={'camelCase': 'kept'},\n)\n" in text
    )
    assert "opts=pulumi.ResourceOptions(protect=True, retain_on_delete=True),\n)" in text
    assert "opts=pulumi.ResourceOptions(depends_on=[vpc_2]),\n)" in text
    assert "rules=[{'apply_server_side_encryption_by_default': {'kms_master_key_id': key_3.arn, " in text
    assert "bucket=pulumi.Output.concat('in-', vpc_2.id)" in text
    assert 'name=key_3.arn.apply(lambda arn: arn.rsplit(":", 1)[-1])' in text
    assert (
        "secret_string=pulumi.Output.secret(pulumi.Output.concat('{\"password\": \"', password_0.result, '\"}'))"
        in text
    )
    assert "pulumi.export('vpc', {'cidr': vpc_2.cidr_block, 'id': vpc_2.id})" in text


def test_assets_answers_of_functions_and_what_is_known_late_survive(
    project: Callable[[str], Project], raw: Callable[[Project], Project]
) -> None:
    late = project(LATE)
    assert differences(late, raw(late)) == []


def test_what_is_known_late_reads_as_written_by_hand(project: Callable[[str], Project]) -> None:
    text = program(trace(project(LATE)))
    assert "source=pulumi.FileAsset('app.zip')" in text
    assert (
        "code=pulumi.AssetArchive({'index.py': pulumi.StringAsset('x = 1'), 'lib': pulumi.FileArchive('lib.zip'), "
        "'own.py': pulumi.FileAsset('own.py')})"
    ) in text
    assert "application=pulumi.Output.all(bucket_0.id, bundle_2.id).apply(lambda known: known[0])" in text
    assert "aws.kms.get_public_key_output(key_id=key_1.arn)).apply(lambda known: known[0])" in text
    assert "'{\"target\": \"', environment_4.load_balancers.apply(lambda items: items[0]), '\"}')" in text
    assert "environment_4.id).apply(lambda known: known[0]),\n 'fixed': '1'}" in text


def test_another_input_is_told(project: Callable[[str], Project], raw: Callable[[Project], Project]) -> None:
    small = project(SMALL)
    other = raw(small)
    file = other.folder / "__main__.py"
    file.write_text(file.read_text().replace("length=32", "length=31"))
    found = differences(small, other)
    assert found == [
        "random:index/randomPassword:RandomPassword password: inputs: {'length': 32} against {'length': 31}"
    ]


def test_a_missing_resource_is_told(project: Callable[[str], Project], raw: Callable[[Project], Project]) -> None:
    small = project(SMALL)
    other = raw(small)
    small = project(SMALL + 'aws.ec2.Vpc("second", cidr_block="10.1.0.0/16")\n')
    assert differences(small, other) == [f"aws:ec2/vpc:Vpc second: only in {small.folder}"]
