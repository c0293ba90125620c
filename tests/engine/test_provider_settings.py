"""The provider's settings under the real engine: Regions, and what the sandbox does not take."""

from collections.abc import Callable

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Workspace


def test_each_provider_works_in_its_region(make_workspace: Callable[[], Workspace], operator: aws.Connection) -> None:
    workspace = make_workspace()
    workspace.write("""
        import pulumi
        import pulumi_aws as aws

        north = aws.Provider("north", region="eu-north-1")
        aws.s3.Bucket("here", bucket="settings-here")
        aws.s3.Bucket("north", bucket="settings-north", opts=pulumi.ResourceOptions(provider=north))
        aws.s3.Bucket("south", bucket="settings-south", region="eu-south-1")
    """)
    run = workspace.up()
    assert run.code == 0, run.output
    s3 = operator("s3")
    assert {
        name: s3.get_bucket_location(Bucket=f"settings-{name}")["LocationConstraint"]
        for name in ("here", "north", "south")
    } == {"here": "eu-west-1", "north": "eu-north-1", "south": "eu-south-1"}


def test_a_setting_that_the_sandbox_does_not_take_stops_the_preview(make_workspace: Callable[[], Workspace]) -> None:
    workspace = make_workspace()
    workspace.write("""
        import pulumi
        import pulumi_aws as aws

        tagged = aws.Provider("tagged", region="eu-west-1", default_tags={"tags": {"team": "a"}})
        aws.s3.Bucket("bucket", opts=pulumi.ResourceOptions(provider=tagged))
    """)
    run = workspace.preview()
    assert run.code == 255
    assert (
        "the sandbox does not support the provider setting defaultTags; leave it out of the stacks that run on it"
        in run.output
    )


def test_a_type_that_the_sandbox_does_not_have_stops_the_preview(make_workspace: Callable[[], Workspace]) -> None:
    workspace = make_workspace()
    workspace.write("""
        import pulumi_aws as aws

        aws.ecr.Repository("images")
    """)
    run = workspace.preview()
    assert run.code == 255
    assert "the sandbox does not support the resource type aws:ecr/repository:Repository" in "\n".join(run.errors)
