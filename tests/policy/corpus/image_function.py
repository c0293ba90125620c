"""Functions as container images; each log group's name comes from the function's own, which AWS made up."""

import pulumi
import pulumi_aws as aws

EXPECTED = {"thumbnails-url": "lambda-url", "indexer": "lambda-log-group"}


def program() -> None:
    repository = aws.ecr.Repository(
        "images",
        image_tag_mutability="IMMUTABLE",
        image_scanning_configuration={"scan_on_push": True},
        encryption_configurations=[{"encryption_type": "KMS"}],
    )
    role = aws.iam.Role(
        "functions",
        assume_role_policy="""{
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        }""",
    )
    functions = {}
    for name in ("thumbnails", "indexer"):
        functions[name] = aws.lambda_.Function(
            name,
            package_type="Image",
            image_uri=pulumi.Output.concat(repository.repository_url, ":", name),
            role=role.arn,
            architectures=["arm64"],
            memory_size=1024,
        )
    aws.cloudwatch.LogGroup(
        "thumbnails-log",
        name=functions["thumbnails"].name.apply(lambda name: f"/aws/lambda/{name}"),
        retention_in_days=90,
    )
    alias = aws.lambda_.Alias(
        "live", function_name=functions["thumbnails"].name, function_version=functions["thumbnails"].version
    )
    aws.lambda_.Permission(
        "from-bucket",
        action="lambda:InvokeFunction",
        function=functions["thumbnails"].arn,
        qualifier=alias.name,
        principal="s3.amazonaws.com",
        source_arn="arn:aws:s3:::photos-of-the-shop",
        source_account="123456789012",
    )
    aws.lambda_.FunctionEventInvokeConfig(
        "thumbnails-failed",
        function_name=functions["thumbnails"].name,
        qualifier=alias.name,
        destination_config={"on_failure": {"destination": "arn:aws:sqs:eu-west-1:123456789012:failed"}},
    )
    for name, kind in (("indexer", "AWS_IAM"), ("thumbnails", "NONE")):
        aws.lambda_.FunctionUrl(f"{name}-url", function_name=functions[name].name, authorization_type=kind)
