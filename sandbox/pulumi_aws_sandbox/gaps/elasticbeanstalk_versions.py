"""Application versions: made of source bundles in S3, described, expired and deleted."""

from datetime import timedelta
from typing import Any

from pulumi_aws_sandbox.gaps.elasticbeanstalk_applications import create_application
from pulumi_aws_sandbox.gaps.elasticbeanstalk_bundles import processed, read
from pulumi_aws_sandbox.gaps.elasticbeanstalk_refusals import COMBINATION, check_texts, require
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Answer, Application, Store, Version, add_operations
from pulumi_aws_sandbox.runtime import clock


def fill() -> None:
    """Add the operations."""
    add_operations(
        create_application_version,
        delete_application_version,
        describe_application_versions,
        update_application_version,
    )


def create_application_version(store: Store, given: dict[str, Any]) -> Answer:
    """Make a version of a source bundle."""
    name, label = given["ApplicationName"], given["VersionLabel"]
    check_texts(given, "VersionLabel")
    if given.get("AutoCreateApplication") and name not in store.applications:
        create_application(store, {"ApplicationName": name})
    application = store.application(name)
    require(label not in application.versions, f"Application Version {label} already exists.")
    require("SourceBuildInformation" not in given, "The sandbox makes versions of bundles in S3 only.", COMBINATION)
    source = given.get("SourceBundle") or {}
    require(source.get("S3Bucket") and source.get("S3Key"), "Both S3 bucket and key must be specified.", COMBINATION)
    content = read(store, source["S3Bucket"], source["S3Key"])
    made = Version(
        label=label,
        description=given.get("Description"),
        bucket=source["S3Bucket"],
        key=source["S3Key"],
        status=processed(content) if given.get("Process") else "UNPROCESSED",
        tags={each["Key"]: each["Value"] for each in given.get("Tags", [])},
    )
    application.versions[label] = made
    _expire(store, application)
    return {"ApplicationVersion": describe(store, application, made)}


def update_application_version(store: Store, given: dict[str, Any]) -> Answer:
    """Change a version's description."""
    application = store.application(given["ApplicationName"])
    found = store.version(application.name, given["VersionLabel"])
    check_texts(given, "VersionLabel")
    found.description = given.get("Description") or ""
    found.updated = clock.today()
    return {"ApplicationVersion": describe(store, application, found)}


def describe_application_versions(store: Store, given: dict[str, Any]) -> Answer:
    """List versions, the newest first."""
    wanted, labels = given.get("ApplicationName"), given.get("VersionLabels")
    found = [
        (application, version)
        for application in store.applications.values()
        for version in application.versions.values()
        if wanted in {None, application.name} and (not labels or version.label in labels)
    ]
    found.sort(key=lambda each: each[1].created, reverse=True)
    start = int(given.get("NextToken") or 0)
    end = start + int(given.get("MaxRecords") or 1000)
    answer: Answer = {"ApplicationVersions": [describe(store, *each) for each in found[start:end]]}
    return answer | ({"NextToken": str(end)} if end < len(found) else {})


def delete_application_version(store: Store, given: dict[str, Any]) -> None:
    """Delete a version that no environment runs, and its bundle if that is asked for."""
    application = store.application(given["ApplicationName"])
    label = given["VersionLabel"]
    if label not in application.versions:  # AWS takes it as done
        return
    running = _running(store, application, label)
    names = ", ".join(running)
    reason = f"Unable to delete application version {label} because it is deployed to the environments: {names}."
    require(not running, reason)
    _delete(store, application, label, bundle=bool(given.get("DeleteSourceBundle")))


def describe(store: Store, application: Application, version: Version) -> Answer:
    """Return what AWS says of a version."""
    return {
        "ApplicationVersionArn": store.arn("applicationversion", application.name, version.label),
        "ApplicationName": application.name,
        "VersionLabel": version.label,
        "Description": version.description,
        "SourceBundle": {"S3Bucket": version.bucket, "S3Key": version.key},
        "DateCreated": version.created,
        "DateUpdated": version.updated,
        "Status": version.status,
    }


def _expire(store: Store, application: Application) -> None:
    """Apply the lifecycle rules, which Elastic Beanstalk does whenever a version is made; deployed ones stay."""
    rules = application.lifecycle.get("VersionLifecycleConfig", {})
    by_count, by_age = rules.get("MaxCountRule", {}), rules.get("MaxAgeRule", {})
    oldest_first = sorted(application.versions.values(), key=lambda each: each.created)
    gone: list[tuple[str, bool]] = []
    if by_count.get("Enabled"):
        too_many = max(len(oldest_first) - int(by_count["MaxCount"]), 0)
        gone = [(each.label, by_count["DeleteSourceFromS3"]) for each in oldest_first[:too_many]]
    elif by_age.get("Enabled"):
        limit = clock.today() - timedelta(days=int(by_age["MaxAgeInDays"]))
        gone = [(each.label, by_age["DeleteSourceFromS3"]) for each in oldest_first if each.created < limit]
    for label, bundle in gone:
        if not _running(store, application, label):
            _delete(store, application, label, bundle=bool(bundle))


def _running(store: Store, application: Application, label: str) -> list[str]:
    return [each.name for each in store.alive(application.name) if each.version == label]


def _delete(store: Store, application: Application, label: str, *, bundle: bool) -> None:
    version = application.versions.pop(label)
    if bundle:
        from moto.s3.models import s3_backends  # noqa: PLC0415 - moto loads only when something is deployed

        backend = s3_backends[store.account][store.partition]
        reason = (
            "Unable to delete the Amazon S3 source bundle associated with the application version. "
            "The application version was deleted successfully."
        )
        require(version.bucket in backend.buckets, reason, "SourceBundleDeletionFailure")
        backend.delete_object(version.bucket, version.key)
