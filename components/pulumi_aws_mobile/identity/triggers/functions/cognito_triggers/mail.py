"""The e-mail that brings a code."""

import json
import os
from dataclasses import dataclass

from .clients import client_for


@dataclass(frozen=True, slots=True)
class CodeMail:
    """How codes are made and worded, and who sends them."""

    length: int
    minutes: int
    subject: str
    text: str
    from_address: str
    identity_arn: str
    """The SES identity that sends, in whose Region SES is asked."""
    configuration_set: str | None

    @classmethod
    def from_environment(cls) -> "CodeMail":
        """Read what this function was deployed with."""
        return cls(**json.loads(os.environ["CODE_MAIL"]))

    def send(self, code: str, to: str) -> None:
        """Send the code; raise what boto3 raises if SES does not take it."""
        text = self.text.replace("{code}", code).replace("{minutes}", str(self.minutes))
        client_for("sesv2", self.identity_arn).send_email(
            FromEmailAddress=self.from_address,
            FromEmailAddressIdentityArn=self.identity_arn,
            Destination={"ToAddresses": [to]},
            Content={
                "Simple": {
                    "Subject": {"Data": self.subject, "Charset": "UTF-8"},
                    "Body": {"Text": {"Data": text, "Charset": "UTF-8"}},
                }
            },
            **({"ConfigurationSetName": self.configuration_set} if self.configuration_set else {}),
        )


def masked(address: str) -> str:
    """Return enough of an address for its owner to know it by: the first character of each half."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain[:1]}***"
