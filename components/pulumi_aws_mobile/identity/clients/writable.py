"""What users of the pool may say of themselves: the attributes that an app client lets them write. Pure."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.identity.choices import CONTACTS, EMAIL, SMS, Choices
from pulumi_aws_mobile.identity.pool.attributes import STANDARD, VERIFIED, Attribute

from .provider_kinds import KINDS, USERNAME
from .provider_rules import mapping_of
from .settings import DEFAULT_CLIENTS, is_machine


def self_written(given: Mapping[str, Any], chosen: Choices, attributes: Mapping[str, Attribute]) -> dict[str, str]:
    """Return the attributes that users may set to anything, each with the key of a client that lets them.

    Whoever may write an attribute may do so when they register too, an immutable one as well.
    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
    """
    written: dict[str, str] = {}
    for key, client in given.get("clients", DEFAULT_CLIENTS).items():
        if not is_machine(client):
            by_default = STANDARD | filled_in(given.get("providers", {}), client, attributes)
            for name in client.get("write_attributes", by_default):
                written.setdefault(name, key)
    return {name: key for name, key in written.items() if name not in _proven(given, chosen)}


def filled_in(providers: Mapping[str, Any], client: Mapping[str, Any], attributes: Mapping[str, Attribute]) -> set[str]:
    """Return the attributes that a client's providers fill in, which it therefore has to be able to write."""
    listed = [options for key, options in providers.items() if key in client.get("identity_providers", providers)]
    mappings = [mapping_of(options, KINDS[options["kind"]], attributes) for options in listed]
    return {name for mapping in mappings for name in mapping} - VERIFIED - {USERNAME}


def _proven(given: Mapping[str, Any], chosen: Choices) -> set[str]:
    """Return the contacts that are what they say: a new one counts only when its owner has proven it.

    Of two contacts Cognito verifies the phone number of whoever registers, and leaves the address for later.
    """
    if chosen.adopted:
        return set(CONTACTS.values())  # whoever made the pool decided that
    if not given.get("keep_verified_contacts", True):
        return set()
    if SMS in chosen.verification:
        return {"phone_number"}
    return {"email"} if EMAIL in chosen.verification else set()
