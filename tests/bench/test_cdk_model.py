"""The CDK app is built from the table. Does not prove that CloudFormation would accept it: the CDK is not run here."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aws_mobile_cli.project import Project, open_project
from bench.blueprint import trace
from bench.cdk_app import App
from bench.cdk_model import build
from bench.cdk_programs import write_javascript, write_python
from bench.errors import BenchError

ROOT = Path(__file__).parents[2]
BUCKET = """
import pulumi
import pulumi_aws as aws
key = aws.kms.Key("key", opts=pulumi.ResourceOptions(retain_on_delete=True))
bucket = aws.s3.Bucket("bucket", tags={"Name": "bucket"})
aws.s3.BucketVersioning("versions", bucket=bucket.id, versioning_configuration={"status": "Enabled"})
aws.sns.Topic("topic", kms_master_key_id=key.arn)
far = aws.kms.Key("far", region="eu-central-1")
aws.cloudwatch.LogGroup("log", kms_key_id=far.arn, name=bucket.arn.apply(lambda arn: f"/of/{arn}"))
pulumi.export("key", key.arn)
"""
API = """
import json
import pulumi
import pulumi_aws as aws
environment = aws.elasticbeanstalk.Environment(
    "web",
    application="app",
    settings=[{"namespace": "aws:x", "name": "A", "value": "1"}],
    wait_for_ready_timeout="30m",
)
link = aws.apigatewayv2.VpcLink("link", subnet_ids=["subnet-1"], security_group_ids=[], tags={"Name": "link"})
body = pulumi.Output.all(environment.load_balancers, link.id).apply(
    lambda known: json.dumps({"paths": {"/": {"target": known[0][0], "link": known[1], "ports": [1, 2]}}}))
api = aws.apigateway.RestApi("api", body=body, endpoint_configuration={"types": "REGIONAL"})
deployment = aws.apigateway.Deployment("deployment", rest_api=api.id, triggers={"document": body})
stage = aws.apigateway.Stage("stage", rest_api=api.id, deployment=deployment.id, stage_name="live")
aws.apigateway.MethodSettings(
    "methods", rest_api=api.id, stage_name=stage.stage_name, method_path="*/*", settings={"metrics_enabled": True})
aws.wafv2.WebAclAssociation("association", resource_arn=stage.arn, web_acl_arn="arn")
aws.iam.RolePolicy("policy", role="role", policy=pulumi.Output.json_dumps({"Resource": api.execution_arn}))
pulumi.export("url", stage.invoke_url)
"""


def test_every_resource_of_every_stack_has_a_translation() -> None:
    for stack in ("local", "dev", "stage", "prod"):
        blueprint = trace(open_project(ROOT, stack))
        app = build(blueprint)
        assert sum(count.resources for count in app.counts.values()) == len(blueprint.parts)


def test_the_javascript_app_has_one_statement_per_construct(project: Callable[[str], Project], tmp_path: Path) -> None:
    write_javascript(_app(project), tmp_path / "app.js")
    assert (tmp_path / "app.js").read_text().splitlines() == [
        'const cdk = require("aws-cdk-lib");',
        'const kms = require("aws-cdk-lib/aws-kms");',
        'const logs = require("aws-cdk-lib/aws-logs");',
        'const s3 = require("aws-cdk-lib/aws-s3");',
        'const sns = require("aws-cdk-lib/aws-sns");',
        "const app = new cdk.App();",
        'const stack_eu_west_1 = new cdk.Stack(app, "eu-west-1", { env: { region: "eu-west-1" } });',
        'const stack_eu_central_1 = new cdk.Stack(app, "eu-central-1", { env: { region: "eu-central-1" } });',
        'const key_0 = new kms.CfnKey(stack_eu_west_1, "key", {});',
        "key_0.applyRemovalPolicy(cdk.RemovalPolicy.RETAIN);",
        (
            'const bucket_1 = new s3.CfnBucket(stack_eu_west_1, "bucket", {"tags": [{"key": "Name", '
            '"value": "bucket"}], "versioningConfiguration": {"status": "Enabled"}});'
        ),
        'const far_2 = new kms.CfnKey(stack_eu_central_1, "far", {});',
        'const topic_4 = new sns.CfnTopic(stack_eu_west_1, "topic", {"kmsMasterKeyId": key_0.attrArn});',
        (
            'const log_5 = new logs.CfnLogGroup(stack_eu_west_1, "log", {"kmsKeyId": '
            '"arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-4333-8444-555555555555", "logGroupName": '
            'cdk.Fn.join("", ["/of/", bucket_1.attrArn])});'
        ),
        'new cdk.CfnOutput(stack_eu_west_1, "Key", { value: key_0.attrArn });',
        "app.synth();",
    ]


def test_the_python_app_spells_names_as_python_does(project: Callable[[str], Project], tmp_path: Path) -> None:
    write_python(_app(project), tmp_path / "app.py")
    lines = (tmp_path / "app.py").read_text().splitlines()
    assert "from aws_cdk import aws_kms as kms" in lines
    assert "key_0.apply_removal_policy(cdk.RemovalPolicy.RETAIN)" in lines
    assert (
        "bucket_1 = s3.CfnBucket(stack_eu_west_1, \"bucket\", tags=[cdk.CfnTag(key='Name', value='bucket')], "
        "versioning_configuration={\"status\": 'Enabled'})"
    ) in lines
    assert 'topic_4 = sns.CfnTopic(stack_eu_west_1, "topic", kms_master_key_id=key_0.attr_arn)' in lines
    compile("\n".join(lines), "app.py", "exec")


def test_an_api_has_its_document_as_an_object_and_its_methods_in_its_stage(
    project: Callable[[str], Project], tmp_path: Path
) -> None:
    lines = _javascript(project, API, tmp_path)
    assert lines["api_2"] == (
        'new apigateway.CfnRestApi(stack_eu_west_1, "api", {"body": {"paths": {"/": {"target": '
        'web_CustomResource_8.ref, "link": link_1.ref, "ports": [1, 2]}}}, '
        '"endpointConfiguration": {"types": ["REGIONAL"]}, "name": "api"})'
    )
    assert lines["stage_5"] == (
        'new apigateway.CfnStage(stack_eu_west_1, "stage", {"deploymentId": deployment_3.ref, "restApiId": api_2.ref, '
        '"stageName": "live", "methodSettings": [{"httpMethod": "*", "resourcePath": "/*", "metricsEnabled": true}]})'
    )


def test_what_cloudformation_has_no_attribute_for_is_put_together(
    project: Callable[[str], Project], tmp_path: Path
) -> None:
    lines = _javascript(project, API, tmp_path)
    assert 'cdk.Fn.join("", ["arn:aws:execute-api:eu-west-1:123456789012:", api_2.ref])' in lines["policy_4"]
    assert (
        'cdk.Fn.join("", ["arn:aws:apigateway:eu-west-1::/restapis/", api_2.ref, "/stages/", stage_5.ref])'
    ) in lines["association_7"]
    assert (
        'value: cdk.Fn.join("", ["https://", api_2.ref, ".execute-api.eu-west-1.amazonaws.com/", stage_5.ref])'
    ) in (tmp_path / "app.js").read_text()


def test_a_load_balancer_of_elastic_beanstalk_is_found_by_a_second_resource(
    project: Callable[[str], Project], tmp_path: Path
) -> None:
    lines = _javascript(project, API, tmp_path)
    assert lines["web_0"] == (
        'new elasticbeanstalk.CfnEnvironment(stack_eu_west_1, "web", {"applicationName": "app", "optionSettings": '
        '[{"namespace": "aws:x", "optionName": "A", "value": "1"}]})'
    )
    assert lines["web_CustomResource_8"] == (
        'new cdk.CfnCustomResource(stack_eu_west_1, "web-CustomResource", {"serviceToken": '
        '"arn:aws:lambda:eu-west-1:123456789012:function:find-load-balancer"})'
    )
    assert (
        'web_CustomResource_8.addPropertyOverride("EnvironmentName", web_0.ref);'
        in (tmp_path / "app.js").read_text().splitlines()
    )


def test_tags_that_are_a_map_in_cloudformation_stay_one_in_both_languages(
    project: Callable[[str], Project], tmp_path: Path
) -> None:
    assert '"tags": {"Name": "link"}' in _javascript(project, API, tmp_path)["link_1"]
    write_python(build(trace(project(API))), tmp_path / "app.py")
    assert "tags={\"Name\": 'link'}" in (tmp_path / "app.py").read_text()


def test_a_type_without_translation_is_refused(project: Callable[[str], Project]) -> None:
    program = 'import pulumi_random as random\nrandom.RandomUuid("id")\n'
    with pytest.raises(BenchError) as caught:
        build(trace(project(program)))
    assert str(caught.value) == (
        "the benchmark does not know what random:index/randomUuid:RandomUuid is in CloudFormation; "
        "add it to bench/cdk_table.py"
    )


def test_a_property_without_translation_is_refused(project: Callable[[str], Project]) -> None:
    program = 'import pulumi_aws as aws\naws.sns.Topic("topic", fifo_topic=True)\n'
    with pytest.raises(BenchError) as caught:
        build(trace(project(program)))
    assert str(caught.value) == (
        "aws:sns/topic:Topic: the benchmark has no translation for fifoTopic; add it to bench/cdk_table.py"
    )


def test_a_secret_of_something_else_is_refused(project: Callable[[str], Project]) -> None:
    program = (
        "import pulumi_aws as aws\n"
        'secret = aws.secretsmanager.Secret("secret")\n'
        'aws.secretsmanager.SecretVersion("version", secret_id=secret.id, secret_string="x")\n'
    )
    with pytest.raises(BenchError) as caught:
        build(trace(project(program)))
    assert str(caught.value) == "version: the benchmark only knows secrets that name the address of a database"


def _javascript(project: Callable[[str], Project], program: str, folder: Path) -> dict[str, str]:
    """Return what each variable of the app is."""
    write_javascript(build(trace(project(program))), folder / "app.js")
    lines = (line.removeprefix("const ") for line in (folder / "app.js").read_text().splitlines())
    return {name: value.rstrip(";") for name, _, value in (line.partition(" = ") for line in lines)}


def _app(project: Callable[[str], Project]) -> App:
    return build(trace(project(BUCKET)))
