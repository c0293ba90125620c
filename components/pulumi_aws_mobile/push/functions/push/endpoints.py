"""What SNS is told of a push token: its endpoint, and the topics that the endpoint is subscribed to.

Every step may be the last one and may come twice. What is about to be done is written into the claim before, what was
done after; so whoever holds the lease next knows what there may be.
"""

import re
from collections.abc import Iterable
from typing import Any

from botocore.exceptions import ClientError

from .failures import CONFLICT, Failure, busy, refuse_invalid
from .items import Claim
from .surroundings import Surroundings
from .table import Table

_THERE = re.compile(r"(arn:[^ ]+) already exists with the same Token")
"""What SNS says where it has an endpoint for the token, with other attributes: it names the endpoint.
https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html"""
_GONE = frozenset({"NotFound", "NotFoundException"})
_INVALID = frozenset({"InvalidParameter", "InvalidParameterException"})
_LATER = frozenset({"Throttled", "ThrottledException", "Throttling", "ThrottlingException", "InternalError"})


class Endpoints:
    """The endpoints in SNS."""

    def __init__(self, client: Any, table: Table, around: Surroundings) -> None:  # noqa: ANN401 - a boto3 client
        """Work with these."""
        self._client = client
        self._table = table
        self._around = around

    def is_well(self, claim: Claim, keys: set[str]) -> bool:
        """Tell whether there is an endpoint for the token that takes messages, with these topics and no others."""
        found = claim.subscriptions
        if set(found) != keys or not all(self._around.has_subscription(key, arn) for key, arn in found.items()):
            return False
        attributes = self._attributes(claim)
        return attributes is not None and _is_as_wanted(attributes, claim.token)

    def make(self, platform: str, token: str) -> str:
        """Return the endpoint of a token, which there may be already; refuse a token that SNS does not take."""
        try:
            answer = self._call(
                "create_platform_endpoint", PlatformApplicationArn=self._around.applications[platform], Token=token
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in _INVALID:
                raise
            there = _THERE.search(error.response["Error"].get("Message", ""))
            if there is None:
                refuse_invalid("token", f"{platform} has no such tokens")
            return there.group(1)
        return answer["EndpointArn"]

    def ensure(self, claim: Claim) -> None:
        """See to it that the endpoint of a claim is there and takes messages."""
        attributes = self._attributes(claim)
        if attributes is None:
            if claim.platform not in self._around.applications:
                raise Failure(CONFLICT, "NoPlatform", f"device: {claim.platform} is no longer set up here", "device")
            # What was subscribed went with the endpoint that is gone, but SNS keeps the subscriptions.
            self.unsubscribe(claim, claim.subscriptions)
            claim.endpoint = self.make(claim.platform, claim.token)
            self._table.record(claim)
            attributes = self._attributes(claim)
        if attributes is None or not _is_as_wanted(attributes, claim.token):
            self._call(
                "set_endpoint_attributes",
                EndpointArn=claim.endpoint,
                Attributes={"Enabled": "true", "Token": claim.token, "CustomUserData": ""},
            )

    def subscribe(self, claim: Claim, wanted: Iterable[str]) -> None:
        """Subscribe the endpoint to these topics and to no others."""
        keys = {key for key in wanted if key in self._around.topics}
        self.unsubscribe(claim, set(claim.subscriptions) - keys)
        known = {key: arn for key, arn in claim.subscriptions.items() if self._around.has_subscription(key, arn)}
        missing = sorted(keys - known.keys())
        if not missing:
            return
        claim.subscriptions.update(dict.fromkeys(missing, ""))
        self._table.record(claim)
        for key in missing:
            claim.subscriptions[key] = self._subscription(claim, key)
        self._table.record(claim)

    def unsubscribe(self, claim: Claim, keys: Iterable[str]) -> None:
        """End subscriptions, those too of which it is not known whether SNS has them."""
        unwanted = sorted(keys)
        if not unwanted:
            return
        for key in unwanted:
            arn = claim.subscriptions[key]
            if not arn and self._has_endpoint(claim) and key in self._around.topics:
                arn = self._found(claim, key)
            # The others went with the topic that had them.
            if self._around.has_subscription(key, arn):
                self._forgive("unsubscribe", _GONE | _INVALID, SubscriptionArn=arn)
        for key in unwanted:
            del claim.subscriptions[key]
        self._table.record(claim)

    def remove(self, claim: Claim) -> None:
        """Delete the endpoint with all that it is subscribed to; some went with their application."""
        self.unsubscribe(claim, claim.subscriptions)
        if self._has_endpoint(claim):
            self._forgive("delete_endpoint", _GONE, EndpointArn=claim.endpoint)

    def _subscription(self, claim: Claim, key: str) -> str:
        answer = self._call(
            "subscribe",
            TopicArn=self._around.topics[key],
            Protocol="application",
            Endpoint=claim.endpoint,
            ReturnSubscriptionArn=True,
        )
        return answer["SubscriptionArn"]

    def _found(self, claim: Claim, key: str) -> str:
        """Return a subscription that there may be: SNS answers with the one that it has."""
        try:
            return self._subscription(claim, key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE | _INVALID:
                return ""  # without an endpoint there is nothing that the topic could reach
            raise

    def _has_endpoint(self, claim: Claim) -> bool:
        return claim.endpoint is not None and self._around.has_endpoint(claim.platform, claim.endpoint)

    def _attributes(self, claim: Claim) -> dict[str, str] | None:
        if not self._has_endpoint(claim):
            return None
        try:
            return self._call("get_endpoint_attributes", EndpointArn=claim.endpoint)["Attributes"]
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return None
            raise

    def _forgive(self, operation: str, codes: frozenset[str], **given: Any) -> None:  # noqa: ANN401 - the operation's
        try:
            self._call(operation, **given)
        except ClientError as error:
            if error.response["Error"]["Code"] not in codes:
                raise

    def _call(self, operation: str, **given: Any) -> Any:  # noqa: ANN401 - as the operation takes and answers it
        try:
            return getattr(self._client, operation)(**given)
        except ClientError as error:
            if error.response["Error"]["Code"] in _LATER:
                raise busy() from error
            raise


def _is_as_wanted(attributes: dict[str, str], token: str) -> bool:
    return str(attributes.get("Enabled", "true")).lower() == "true" and attributes.get("Token") == token
