"""Property maps as the engine sends them, and back; what is secret stays secret."""

from collections.abc import Iterable, Iterator, Mapping

from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct

from pulumi_aws_sandbox import wire
from pulumi_aws_sandbox.handler import Properties

# Shorter texts occur inside other values by chance: a Region, a number, "true".
_TELLING_LENGTH = 8


def read(struct: Struct) -> Properties:
    """Return a property map with its secret wrappers and unknown values; a null is a property that is not there."""
    return {key: value for key, value in json_format.MessageToDict(struct).items() if value is not None}


def write(properties: Mapping[str, object]) -> Struct:
    """Return a property map as the engine takes it."""
    return json_format.ParseDict(dict(properties), Struct())


def with_secrets(outputs: Properties, names: Iterable[str], sources: Iterable[object]) -> Properties:
    """Wrap the outputs `names` as secrets, and every other output that repeats a secret text of `sources`.

    A secret that went into one property may come back inside another, such as a policy or a tag.
    """
    secret_names = set(names)
    texts = {text for source in sources for text in _secret_texts(source)}
    return {
        key: wire.secret(value) if key in secret_names or _repeats(value, texts) else value
        for key, value in outputs.items()
    }


def _secret_texts(value: object, *, inside: bool = False) -> Iterator[str]:
    if wire.is_secret(value):
        yield from _secret_texts(wire.plain(value), inside=True)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _secret_texts(item, inside=inside)
    elif isinstance(value, list):
        for item in value:
            yield from _secret_texts(item, inside=inside)
    elif inside and isinstance(value, str) and len(value) >= _TELLING_LENGTH and not wire.is_unknown(value):
        yield value


def _repeats(value: object, texts: set[str]) -> bool:
    if isinstance(value, str):
        return any(text in value for text in texts)
    if isinstance(value, dict):
        return any(_repeats(item, texts) for item in value.values())
    if isinstance(value, list):
        return any(_repeats(item, texts) for item in value)
    return False
