"""Tags of applications, versions, saved configurations and environments."""

from collections.abc import Callable, Iterator
from typing import Any

from pulumi_aws_sandbox.gaps.elasticbeanstalk_refusals import refuse, require
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Answer, Store, add_operations
from pulumi_aws_sandbox.gaps.patching import replace

_MOST = 50
_KINDS = {
    "application": "elasticbeanstalk:application",
    "applicationversion": "elasticbeanstalk:applicationversion",
    "configurationtemplate": "elasticbeanstalk:configurationtemplate",
    "environment": "elasticbeanstalk:environment",
}


def fill() -> None:
    """Add the operations, and tell the tagging API of the same resources."""
    from moto.elasticbeanstalk.models import EBBackend  # noqa: PLC0415 - moto loads only when something is deployed

    add_operations(list_tags_for_resource, update_tags_for_resource)
    replace(EBBackend, "iter_tagged_resources", _listing)


def list_tags_for_resource(store: Store, given: dict[str, Any]) -> Answer:
    """Return a resource's tags."""
    tags = _tags(store, given["ResourceArn"])
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    return {"ResourceArn": given["ResourceArn"], "ResourceTags": listed}


def update_tags_for_resource(store: Store, given: dict[str, Any]) -> None:
    """Set and remove tags of a resource."""
    tags = _tags(store, given["ResourceArn"])
    added = {each["Key"]: each["Value"] for each in given.get("TagsToAdd", [])}
    removed = given.get("TagsToRemove", [])
    both = sorted(added.keys() & set(removed))
    require(not both, f"Tags are both added and removed: {', '.join(both)}.")
    reserved = sorted(key for key in added if key.startswith(("aws:", "elasticbeanstalk:")))
    require(not reserved, f"Tag keys must not begin with aws: or elasticbeanstalk:: {', '.join(reserved)}.")
    after = {key: value for key, value in tags.items() if key not in removed} | added
    require(len(after) <= _MOST, f"A resource has at most {_MOST} tags.", "TooManyTagsException")
    tags.clear()
    tags.update(after)


def _resources(store: Store) -> Iterator[tuple[str, str, dict[str, str]]]:
    for application in store.applications.values():
        name = application.name
        yield "application", store.arn("application", name), application.tags
        for version in application.versions.values():
            yield "applicationversion", store.arn("applicationversion", name, version.label), version.tags
        for template in application.templates.values():
            yield "configurationtemplate", store.arn("configurationtemplate", name, template.name), template.tags
    for environment in store.alive():
        arn = store.arn("environment", environment.application, environment.name)
        yield "environment", arn, environment.tags


def _tags(store: Store, arn: str) -> dict[str, str]:
    found = next((tags for _, each, tags in _resources(store) if each == arn), None)
    if found is None:
        refuse("ResourceNotFoundException", f"Resource not found for ARN '{arn}'.")
    return found


def _listing(_: Callable[..., Any]) -> Callable[..., Any]:
    def iterate(self: Any) -> Iterator[Any]:  # noqa: ANN401 - moto's own types
        from moto.core.resource_tagging import TaggedResource  # noqa: PLC0415 - moto loads only when deploying

        for kind, arn, tags in _resources(self.store):
            more = {"include_untagged": kind == "environment"}
            yield TaggedResource(arn=arn, tags=dict(tags), resource_type=_KINDS[kind], extra=more)

    return iterate
