"""Source bundles: read from S3 when they are needed, and checked as Elastic Beanstalk processes them."""

import io
import zipfile
from collections.abc import Mapping

import yaml

from pulumi_aws_sandbox.gaps.elasticbeanstalk_refusals import INVALID, refuse, require
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Settings, Store

SAMPLE = "Sample Application"
"""The version of an environment that was made without one."""

_SAMPLE_PAGE = "<?php echo 'Congratulations! This is the sample application.';\n"
_LARGEST = 500 * 1024 * 1024
_NOT_HERE = "S3LocationNotInServiceRegionException"


def of_version(store: Store, application: str, label: str) -> bytes:
    """Return the bundle of a version as it is in S3 now."""
    if label == SAMPLE and label not in store.application(application).versions:
        return _sample()
    version = store.version(application, label)
    require(version.status != "FAILED", f"Application version {label} failed processing and cannot be deployed.")
    return read(store, version.bucket, version.key)


def brought(content: bytes) -> tuple[Settings, Mapping[str, str]]:
    """Return the option settings of a bundle's configuration files, and the health check of its group."""
    from pulumi_aws_sandbox.runtime.beanstalk import bundle  # noqa: PLC0415 - the runtime needs what the gaps offer

    try:
        found = bundle.read(content)
    except bundle.BundleError:  # the runtime will say so when it deploys it
        return {}, {}
    settings = {("", namespace, name): value for (namespace, name), value in found.settings.items()}
    return settings, found.health_check


def read(store: Store, bucket: str, key: str) -> bytes:
    """Return an object of the Region; refuse one that is not there, elsewhere or too large."""
    from moto.s3.models import s3_backends  # noqa: PLC0415 - moto loads only when something is deployed

    backend = s3_backends[store.account][store.partition]
    missing = f"Unable to download from S3 location (Bucket: {bucket}  Key: {key}). Reason: Not Found"
    if bucket not in backend.buckets:
        refuse(INVALID, missing)
    region = backend.buckets[bucket].region_name
    elsewhere = f"The specified S3 bucket {bucket} is in {region}, not in the service region {store.region}."
    require(region == store.region, elsewhere, _NOT_HERE)
    found = backend.get_object(bucket, key)
    if found is None:
        refuse(INVALID, missing)
    require(found.size <= _LARGEST, f"The source bundle has more than {_LARGEST} bytes: {found.size}.")
    return found.value


def processed(content: bytes) -> str:
    """Return the status of a version after processing: its configuration files must be YAML or JSON."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            for name in bundle.namelist():
                if name == "env.yaml" or (name.startswith(".ebextensions/") and name.endswith(".config")):
                    yaml.safe_load(bundle.read(name))
    except (yaml.YAMLError, zipfile.BadZipFile, UnicodeDecodeError):
        return "FAILED"
    return "PROCESSED"


def _sample() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as target:
        target.writestr("index.php", _SAMPLE_PAGE)
    return held.getvalue()
