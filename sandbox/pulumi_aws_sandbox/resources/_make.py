"""How a handler is put together from the calls that make, describe, change and remove one kind of AWS object."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from pulumi_aws_sandbox.handler import Clients, Handler, Properties

Describe = Callable[[Clients, str, Properties], Properties | None]
"""Return what AWS says of an id now, given the last known properties; `None` if it is gone."""


def handler(
    token: str,
    *,
    make: Callable[[Clients, Properties], str],
    describe: Describe,
    remove: Callable[[Clients, str, Properties], None],
    change: Callable[[Clients, str, Properties, Properties, Properties], None] | None = None,
    **facts: Any,  # noqa: ANN401 - the other fields of Handler
) -> Handler:
    """Return a handler whose outputs are the inputs overlaid by what AWS answers."""

    def create(clients: Clients, inputs: Properties) -> tuple[str, Properties]:
        resource_id = make(clients, inputs)
        return resource_id, inputs | (describe(clients, resource_id, inputs) or {})

    def read(clients: Clients, resource_id: str, outputs: Properties) -> Properties | None:
        found = describe(clients, resource_id, outputs)
        return None if found is None else outputs | found

    def update(clients: Clients, resource_id: str, outputs: Properties, old: Properties, new: Properties) -> Properties:
        assert change is not None  # noqa: S101 - update is only offered where there is a change
        change(clients, resource_id, outputs, old, new)
        return new | (describe(clients, resource_id, new) or {})

    return Handler(token=token, create=create, read=read, update=update if change else None, delete=remove, **facts)


def region_of(clients: Clients, properties: Properties) -> str:
    """Return the Region that a resource lives in."""
    return properties.get("region") or clients.region


def client_of(clients: Clients, service: str, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    """Return the client of `service` in the resource's Region."""
    return clients(service, region_of(clients, properties))


def upper_first(name: str) -> str:
    """Return `instanceClass` as `InstanceClass`."""
    return name[:1].upper() + name[1:]


def lower_first(name: str) -> str:
    """Return `InstanceClass` as `instanceClass`."""
    return name[:1].lower() + name[1:]


def to_aws(properties: Properties, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the properties that are set under AWS's names."""
    return {aws: properties[name] for name, aws in names.items() if name in properties}


def from_aws(answer: Mapping[str, Any], names: Mapping[str, str]) -> Properties:
    """Return what AWS answered under the provider's names."""
    return {name: answer[aws] for name, aws in names.items() if answer.get(aws) is not None}


def tag_list(properties: Properties, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    """Return the resource's tags as AWS takes them."""
    return [{key: name, value: text} for name, text in properties.get("tags", {}).items()]


def tags_from(tags: Any, known: Properties, key: str = "Key", value: str = "Value") -> Properties:  # noqa: ANN401 - AWS's list or map
    """Return AWS's tags as `tags` and `tagsAll`, without AWS's own."""
    items = tags.items() if isinstance(tags, Mapping) else [(tag[key], tag[value]) for tag in tags or []]
    found = {name: text for name, text in items if not name.startswith("aws:")}
    return {"tagsAll": found} | ({"tags": found} if found or "tags" in known else {})


def tag_changes(old: Properties, new: Properties) -> tuple[list[str], dict[str, str]]:
    """Return the tag keys to remove and the tags to set."""
    before, after = old.get("tags", {}), new.get("tags", {})
    gone = [key for key in before if key not in after]
    return gone, {key: value for key, value in after.items() if before.get(key) != value}


def is_gone(error: Exception, *codes: str) -> bool:
    """Tell whether an AWS error says that something does not exist."""
    return getattr(error, "response", {}).get("Error", {}).get("Code", "") in codes


def found(call: Callable[[], Any], *codes: str) -> Any:  # noqa: ANN401 - whatever AWS answers
    """Return what `call` answers, or `None` where AWS says with one of `codes` that it is not there."""
    try:
        return call()
    except Exception as error:
        if is_gone(error, *codes):
            return None
        raise


def policy_from(answer: str, known: Properties, name: str = "policy") -> str:
    """Return a policy document as the program wrote it where AWS's text means the same."""
    before = known.get(name)
    if isinstance(before, str) and json.loads(before) == json.loads(answer):
        return before
    return answer
