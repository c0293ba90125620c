"""Applications, versions and saved configurations of Elastic Beanstalk, seen through boto3."""

import pytest
from sandbox.beanstalk_world import BUCKET, Beanstalk, option, refusal
from sandbox.situations.elasticbeanstalk import STACK, bundle

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import clock

DAY = 86400


@pytest.fixture
def shop(sandbox: Sandbox) -> Beanstalk:
    return Beanstalk(sandbox.clients)


def _labels(shop: Beanstalk) -> list[str]:
    return [each["VersionLabel"] for each in shop.eb.describe_application_versions()["ApplicationVersions"]]


def _keep(shop: Beanstalk, **rules: object) -> None:
    role = shop.clients("iam").get_role(RoleName="instances")["Role"]["Arn"]
    config = {"ServiceRole": role, "VersionLifecycleConfig": rules}
    shop.eb.update_application_resource_lifecycle(ApplicationName="shop", ResourceLifecycleConfig=config)


def test_an_application_exists_once(shop: Beanstalk) -> None:
    assert refusal(lambda: shop.eb.create_application(ApplicationName="shop")) == (
        "InvalidParameterValue",
        "Application shop already exists.",
    )


def test_an_application_lists_its_versions_and_keeps_a_changed_description(shop: Beanstalk) -> None:
    shop.eb.update_application(ApplicationName="shop", Description="sells")
    found = shop.eb.describe_applications(ApplicationNames=["shop", "none"])["Applications"]
    assert [(each["Description"], each["Versions"]) for each in found] == [("sells", ["one", "two"])]


def test_an_application_with_environments_is_deleted_by_force_only(shop: Beanstalk) -> None:
    shop.environment()
    assert refusal(lambda: shop.eb.delete_application(ApplicationName="shop")) == (
        "InvalidParameterValue",
        "Unable to delete application shop because it has the following running environments: [live].",
    )
    shop.eb.delete_application(ApplicationName="shop", TerminateEnvByForce=True)
    assert shop.eb.describe_applications()["Applications"] == []
    assert shop.described()["Status"] == "Terminated"


def test_a_version_needs_an_application_a_new_label_and_its_bundle(shop: Beanstalk) -> None:
    source = {"S3Bucket": BUCKET, "S3Key": "three.zip"}
    create = shop.eb.create_application_version
    given = {"ApplicationName": "shop", "VersionLabel": "three", "SourceBundle": source}
    assert refusal(lambda: create(**given)) == (
        "InvalidParameterValue",
        f"Unable to download from S3 location (Bucket: {BUCKET}  Key: three.zip). Reason: Not Found",
    )
    assert refusal(lambda: create(**{**given, "ApplicationName": "none"})) == (
        "InvalidParameterValue",
        "No Application named 'none' found.",
    )
    assert refusal(lambda: create(**{**given, "VersionLabel": "one"})) == (
        "InvalidParameterValue",
        "Application Version one already exists.",
    )


def test_a_bundle_in_another_region_is_refused(shop: Beanstalk) -> None:
    far = shop.clients("s3", "eu-central-1")
    far.create_bucket(Bucket="far-away", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    far.put_object(Bucket="far-away", Key="a.zip", Body=bundle())
    source = {"S3Bucket": "far-away", "S3Key": "a.zip"}
    given = {"ApplicationName": "shop", "VersionLabel": "three", "SourceBundle": source}
    assert refusal(lambda: shop.eb.create_application_version(**given)) == (
        "S3LocationNotInServiceRegionException",
        "The specified S3 bucket far-away is in eu-central-1, not in the service region eu-west-1.",
    )


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (bundle(**{".ebextensions/a.config": "files: {}"}), "PROCESSED"),
        (bundle(**{".ebextensions/a.config": "files: {"}), "FAILED"),
        (b"not a zip", "FAILED"),
    ],
)
def test_a_processed_bundle_is_looked_into(shop: Beanstalk, content: bytes, status: str) -> None:
    assert shop.version("three", content, Process=True) == status


def test_a_version_that_failed_processing_is_not_deployed(shop: Beanstalk) -> None:
    shop.version("three", b"not a zip", Process=True)
    assert refusal(lambda: shop.environment(VersionLabel="three")) == (
        "InvalidParameterValue",
        "Application version three failed processing and cannot be deployed.",
    )


def test_a_version_that_runs_is_not_deleted(shop: Beanstalk) -> None:
    shop.environment()
    delete = shop.eb.delete_application_version
    assert refusal(lambda: delete(ApplicationName="shop", VersionLabel="one")) == (
        "InvalidParameterValue",
        "Unable to delete application version one because it is deployed to the environments: live.",
    )
    delete(ApplicationName="shop", VersionLabel="two", DeleteSourceBundle=True)
    assert _labels(shop) == ["one"]
    assert [each["Key"] for each in shop.clients("s3").list_objects_v2(Bucket=BUCKET)["Contents"]] == ["one.zip"]


def test_a_bundle_that_cannot_be_deleted_is_said_after_the_version_is_gone(shop: Beanstalk) -> None:
    for label in ("one", "two"):
        shop.clients("s3").delete_object(Bucket=BUCKET, Key=f"{label}.zip")
    shop.clients("s3").delete_bucket(Bucket=BUCKET)
    given = {"ApplicationName": "shop", "VersionLabel": "two", "DeleteSourceBundle": True}
    reason = (
        "Unable to delete the Amazon S3 source bundle associated with the application version. "
        "The application version was deleted successfully."
    )
    told = refusal(lambda: shop.eb.delete_application_version(**given))
    assert told == ("SourceBundleDeletionFailure", reason)
    assert _labels(shop) == ["one"]


def test_versions_beyond_the_largest_number_go_but_for_those_that_run(shop: Beanstalk) -> None:
    shop.environment()
    _keep(shop, MaxCountRule={"Enabled": True, "MaxCount": 2, "DeleteSourceFromS3": True})
    shop.version("three")
    shop.version("four")
    assert _labels(shop) == ["four", "three", "one"]
    keys = [each["Key"] for each in shop.clients("s3").list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert keys == ["four.zip", "one.zip", "three.zip"]


def test_versions_that_are_too_old_go(shop: Beanstalk) -> None:
    _keep(shop, MaxAgeRule={"Enabled": True, "MaxAgeInDays": 30})
    clock.move(31 * DAY)
    shop.version("three")
    assert _labels(shop) == ["three"]


def test_two_lifecycle_rules_at_once_are_refused(shop: Beanstalk) -> None:
    rules = {"MaxAgeRule": {"Enabled": True}, "MaxCountRule": {"Enabled": True}}
    assert refusal(lambda: _keep(shop, **rules)) == (
        "InvalidParameterCombination",
        "Only one of MaxCountRule and MaxAgeRule can be enabled.",
    )


def test_a_saved_configuration_is_what_an_environment_is_made_of(shop: Beanstalk) -> None:
    shop.environment("live", option("aws:autoscaling:asg", "MinSize", "2"))
    described = shop.described()
    shop.eb.create_configuration_template(
        ApplicationName="shop",
        TemplateName="as-live",
        EnvironmentId=described["EnvironmentId"],
        OptionSettings=[option("aws:autoscaling:asg", "MaxSize", "9")],
    )
    shop.eb.create_environment(
        ApplicationName="shop", EnvironmentName="clone", TemplateName="as-live", VersionLabel="one"
    )
    answer = shop.eb.describe_configuration_settings(ApplicationName="shop", EnvironmentName="clone")
    about = answer["ConfigurationSettings"][0]
    values = {(each["Namespace"], each["OptionName"]): each["Value"] for each in about["OptionSettings"]}
    assert about["SolutionStackName"] == STACK
    assert (values["aws:autoscaling:asg", "MinSize"], values["aws:autoscaling:asg", "MaxSize"]) == ("2", "9")
    assert shop.described("clone")["TemplateName"] == "as-live"


def test_tags_of_every_kind_are_read_and_changed(shop: Beanstalk) -> None:
    arn = shop.environment(Tags=[{"Key": "team", "Value": "core"}])["EnvironmentArn"]
    shop.eb.update_tags_for_resource(ResourceArn=arn, TagsToAdd=[{"Key": "cost", "Value": "7"}], TagsToRemove=["team"])
    assert shop.eb.list_tags_for_resource(ResourceArn=arn)["ResourceTags"] == [{"Key": "cost", "Value": "7"}]
    version = arn.replace("environment/shop/live", "applicationversion/shop/one")
    shop.eb.update_tags_for_resource(ResourceArn=version, TagsToAdd=[{"Key": "a", "Value": "b"}])
    found = shop.clients("resourcegroupstaggingapi").get_resources(TagFilters=[{"Key": "a"}])
    assert [each["ResourceARN"] for each in found["ResourceTagMappingList"]] == [version]
    assert refusal(lambda: shop.eb.list_tags_for_resource(ResourceArn=f"{arn}x")) == (
        "ResourceNotFoundException",
        f"Resource not found for ARN '{arn}x'.",
    )
