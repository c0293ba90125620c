"""What a single option may hold; cross-option rules stand in each component's `settings.py`.

A limit checks a value and says the same thing as JSON Schema, so that an editor and a constructor agree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class Limit(Protocol):
    """A rule about one value."""

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""
        ...

    def accepts(self, value: Any) -> bool:  # noqa: ANN401 - any plain value may be asked about
        """Tell whether `value` may stand there."""
        ...

    def schema(self) -> Mapping[str, object]:
        """Return the limit in JSON Schema's terms."""
        ...


@dataclass(frozen=True, slots=True)
class Between:
    """A number from `minimum` to `maximum`, both included; `unit` is part of the message."""

    minimum: float
    maximum: float
    unit: str = ""

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""
        return f"{self.minimum} to {self.maximum}{f' {self.unit}' if self.unit else ''}"

    def accepts(self, value: Any) -> bool:  # noqa: ANN401 - any plain value may be asked about
        """Tell whether `value` lies in the range."""
        return self.minimum <= value <= self.maximum

    def schema(self) -> Mapping[str, object]:
        """Return the range in JSON Schema's terms."""
        return {"minimum": self.minimum, "maximum": self.maximum}


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a closed set of numbers or words."""

    values: tuple[int | str, ...]

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""
        return " | ".join(str(value) for value in self.values)

    def accepts(self, value: Any) -> bool:  # noqa: ANN401 - any plain value may be asked about
        """Tell whether `value` is in the set."""
        return value in self.values

    def schema(self) -> Mapping[str, object]:
        """Return the set in JSON Schema's terms."""
        return {"enum": list(self.values)}


@dataclass(frozen=True, slots=True)
class Matching:
    """A text that matches `pattern` as a whole; `allowed` says in words what that is."""

    pattern: str
    allowed: str

    def accepts(self, value: Any) -> bool:  # noqa: ANN401 - any plain value may be asked about
        """Tell whether `value` matches."""
        return re.fullmatch(self.pattern, value) is not None

    def schema(self) -> Mapping[str, object]:
        """Return the pattern in JSON Schema's terms."""
        return {"pattern": f"^(?:{self.pattern})$"}


@dataclass(frozen=True, slots=True)
class Confidential:
    """A text that no message may repeat, whatever is wrong with it."""

    allowed: str = "a text, best a Pulumi secret"

    def accepts(self, value: Any) -> bool:  # noqa: ANN401 - any plain value may be asked about
        """Tell whether there is a text at all."""
        return value != ""

    def schema(self) -> Mapping[str, object]:
        """Return the limit in JSON Schema's terms; in a stack file it is best an encrypted value."""
        return {
            "type": ["string", "object"],
            "minLength": 1,
            "properties": {"secure": {"type": "string"}},
            "required": ["secure"],
            "additionalProperties": False,
        }


Limits = Mapping[type, Mapping[str, Limit]]
"""Limits per args type and option name; a limit on a list or map applies to each of its values."""

REGION = Matching(r"[a-z]{2,4}(-[a-z]+)+-\d", "an AWS Region, for example eu-west-1")
ZONE = Matching(r"[a-z]{2,4}(-[a-z]+)+-\d[a-z]", "an Availability Zone, for example eu-west-1a")
CONFIDENTIAL = Confidential()
TOPIC_ARN = Matching(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+", "the ARN of an SNS topic")
QUEUE_ARN = Matching(r"arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]+", "the ARN of an SQS queue")
KEY_ARN = Matching(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+", "the ARN of a KMS key")
