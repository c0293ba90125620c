"""Where Firehose puts its objects: the expressions of a prefix, and the name of each object.

https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
"""

import re
import secrets
import string
import uuid
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

_EXPRESSION = re.compile(r"!\{(?P<space>[\w-]+):(?P<value>[^}]*)\}")
_LETTERS = string.ascii_letters + string.digits
_RANDOM_LENGTH = 11
_DEFAULT = "!{timestamp:yyyy/MM/dd/HH}/"
_FIELD = re.compile(r"'(?P<text>[^']*)'|(?P<field>([A-Za-z])\3*)")
_JAVA = {
    "yyyy": "%Y",
    "yy": "%y",
    "MM": "%m",
    "dd": "%d",
    "HH": "%H",
    "mm": "%M",
    "ss": "%S",
    "DDD": "%j",
    "EEE": "%a",
    "MMM": "%b",
}


class PrefixError(ValueError):
    """A prefix that Firehose cannot make a key of."""


def of_data(prefix: str, moment: float, zone: str, keys: Mapping[str, str]) -> str:
    """Return where records go; a prefix without expressions gets the hour of arrival."""
    return _evaluated(prefix if _EXPRESSION.search(prefix) else prefix + _DEFAULT, moment, zone, keys, None)


def of_failures(error_prefix: str, prefix: str, kind: str, moment: float, zone: str) -> str:
    """Return where records of a kind of failure go."""
    if not error_prefix:
        return _evaluated(f"{prefix}{kind}/{_DEFAULT}", moment, zone, {}, kind)
    if not _EXPRESSION.search(error_prefix):
        error_prefix = f"{error_prefix}{kind}/{_DEFAULT}"
    return _evaluated(error_prefix, moment, zone, {}, kind)


def object_name(stream: str, version: str, moment: float, extension: str) -> str:
    """Return the last part of an object's key."""
    when = datetime.fromtimestamp(moment, ZoneInfo("UTC"))
    return f"{stream}-{version}-{when:%Y-%m-%d-%H-%M-%S}-{uuid.uuid4()}{extension}"


def _evaluated(prefix: str, moment: float, zone: str, keys: Mapping[str, str], kind: str | None) -> str:
    when = datetime.fromtimestamp(moment, ZoneInfo(zone))

    def value(found: re.Match[str]) -> str:
        space, told = found["space"], found["value"]
        if space == "timestamp":
            return _formatted(when, told)
        if space == "firehose" and told == "random-string":
            return "".join(secrets.choice(_LETTERS) for _ in range(_RANDOM_LENGTH))
        if space == "firehose" and told == "error-output-type" and kind is not None:
            return kind
        if space == "partitionKeyFromLambda":
            if not keys.get(told):
                message = f"the partition key {told} has no value"
                raise PrefixError(message)
            return keys[told]
        message = f"the sandbox has no prefix expression {found[0]}"
        raise PrefixError(message)

    return _EXPRESSION.sub(value, prefix)


def _formatted(when: datetime, pattern: str) -> str:
    def part(found: re.Match[str]) -> str:
        if found["field"] is None:
            return found["text"] or "'"
        if found["field"] not in _JAVA:
            message = f"the sandbox has no {found['field']} in !{{timestamp:{pattern}}}"
            raise PrefixError(message)
        return when.strftime(_JAVA[found["field"]])

    return _FIELD.sub(part, pattern)
