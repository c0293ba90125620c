"""The versions of the application: what is uploaded, what is kept, what is forgotten."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from components.web_tier.building import (
    ENVIRONMENT,
    WEB,
    build,
    folder,
    zipped,
)

from pulumi_aws_mobile.web_tier.extension import EXTENSION_NAME

Args = dict[str, Any]


def test_an_environment_may_stay_on_an_earlier_version(source: str) -> None:
    environments = {"blue": {"version_label": "sha256-0123456789abcdef"}, "green": {}}
    recording = build({"source": source, "environments": environments, "live": "blue"})
    assert recording.named("web-blue-php84").inputs["version"] == "sha256-0123456789abcdef"
    assert recording.named("web-green-php84").inputs["version"] == recording.named("web-version").inputs["name"]


def test_the_bundle_is_uploaded_under_its_label_and_kept(source: str) -> None:
    recording = build({"source": source})
    bundle, version = recording.named("web-bundle"), recording.named("web-version")
    label = version.inputs["name"]
    assert {name: bundle.inputs[name] for name in ("bucket", "key")} == {"bucket": "web-bundles", "key": f"{label}.zip"}
    assert {name: version.inputs[name] for name in ("application", "bucket", "key")} == {
        "application": "web-application",
        "bucket": "web-bundles",
        "key": f"{label}.zip",
    }
    assert bundle.retain_on_delete
    assert version.retain_on_delete
    assert version.urn in recording.only(ENVIRONMENT).dependencies
    assert recording.component_outputs[WEB]["version_label"] == label


def test_the_label_ends_anew_whenever_the_contents_change(tmp_path: Path, source: str) -> None:
    # Earlier versions are kept, so that going back to earlier contents must not make the same label again.
    changed = folder(tmp_path, {"public/index.php": ""})
    before, after = build({"source": source}), build({"source": changed})
    keepers = [recording.named("web-version-id").inputs["keepers"]["contents"] for recording in (before, after)]
    assert keepers[0] != keepers[1]
    assert [recording.named("web-version").inputs["name"] for recording in (before, after)] == [
        f"{contents}-0a1b2c" for contents in keepers
    ]


def test_the_bundle_carries_the_health_check_of_the_group(source: str) -> None:
    args = {"source": source, "auto_scaling_health": {"check": "ELB", "grace_seconds": 120}}
    with zipfile.ZipFile(build(args).named("web-bundle").inputs["source"]["path"]) as archive:
        added = json.loads(archive.read(EXTENSION_NAME))
        assert "public/index.php" in archive.namelist()
    assert added["Resources"]["AWSEBAutoScalingGroup"] == {
        "Type": "AWS::AutoScaling::AutoScalingGroup",
        "Properties": {"HealthCheckType": "ELB", "HealthCheckGracePeriod": 120},
    }


def test_nothing_is_written_beside_the_source(tmp_path: Path) -> None:
    source = folder(tmp_path / "app")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    build({"source": source})
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_zip_does_as_well_as_a_folder(tmp_path: Path, source: str) -> None:
    label = build({"source": zipped(tmp_path / "app.zip")}).named("web-version").inputs["name"]
    assert label == build({"source": source}).named("web-version").inputs["name"]


@pytest.mark.parametrize(
    ("versions", "rule"),
    [({}, {"maxCount": 50}), ({"keep_count": 5}, {"maxCount": 5}), ({"keep_days": 9}, {"maxAgeInDays": 9})],
)
def test_the_application_forgets_old_versions(source: str, versions: Args, rule: Args) -> None:
    application = build({"source": source, "versions": versions}).named("web-application")
    role = "arn:aws:iam:eu-west-1:123456789012:web-service-role"
    assert application.inputs["appversionLifecycle"] == {"deleteSourceFromS3": True, "serviceRole": role, **rule}


@pytest.mark.parametrize("protect", [True, False])
def test_bundles_and_their_key_are_protected_unless_told_otherwise(source: str, protect: bool) -> None:
    recording = build({"source": source, **({} if protect else {"protect": False})})
    for name in ("web-bundles", "web-bundles-key", "web-logs"):
        assert (recording.named(name).protect, recording.named(name).retain_on_delete) == (protect, protect)
    assert recording.named("web-bundles").inputs["forceDestroy"] is not protect
    assert not recording.only(ENVIRONMENT).protect
