"""The rules about identity providers and the hosted domain."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.identity import features
from pulumi_aws_mobile.identity.checks import check_tier
from pulumi_aws_mobile.identity.choices import Choices
from pulumi_aws_mobile.identity.pool.args import UserPoolTier
from pulumi_aws_mobile.identity.pool.attribute_rules import check_used
from pulumi_aws_mobile.identity.pool.attributes import VERIFIED, Attribute

from .args import ProviderKind
from .provider_kinds import FIXED_NAMES, KINDS, USERNAME, Kind

_TWITTER = ("twitter", "x")
_CREDENTIALS = (
    "client_id",
    "client_secret",
    "client_secret_arn",
    "team_id",
    "key_id",
    "private_key",
    "private_key_arn",
    "issuer",
    "metadata_url",
    "metadata_file",
    "sign_out",
)
_NAME = r"[A-Za-z0-9][A-Za-z0-9.-]{1,30}[A-Za-z0-9]"
_KEY = r"[A-Za-z0-9][A-Za-z0-9-]{0,39}"


def without_twitter(args: Any, problems: Problems) -> Any:  # noqa: ANN401 - arguments are read after this
    """Refuse Twitter with the way round it, and return the other options."""
    providers = args.get("providers") if isinstance(args, Mapping) else None
    if not isinstance(providers, Mapping):
        return args
    refused = {key for key, provider in providers.items() if _is_twitter(provider)}
    for key in sorted(refused):
        problems.add(
            f"providers.{key}.kind",
            providers[key]["kind"],
            " | ".join(kind.value for kind in ProviderKind),
            "Twitter (X) speaks neither OpenID Connect nor SAML, so Cognito cannot talk to it: put a service "
            "between them that signs in with X and speaks OpenID Connect, and write kind: oidc with its issuer",
        )
    if not refused:
        return args
    return {**args, "providers": {key: provider for key, provider in providers.items() if key not in refused}}


def check_providers(
    given: Mapping[str, Any],
    chosen: Choices,
    attributes: Mapping[str, Attribute],
    region: str | None,
    problems: Problems,
) -> None:
    """Refuse providers without what their kind needs, or with what it has no use for."""
    providers = given.get("providers", {})
    first_of: dict[ProviderKind, str] = {}
    for key, options in providers.items():
        path = f"providers.{key}"
        kind = KINDS[options["kind"]]
        _check_name(path, key, kind, problems)
        first = first_of.setdefault(options["kind"], key)
        if kind.fixed_name and first != key:
            problems.add(
                f"{path}.kind", options["kind"].value, f"one provider of this kind, and {first} is one", "remove one"
            )
        _check_options(path, options, kind, problems)
        _check_secrets(path, options, region, problems)
        _check_metadata(path, options, problems)
        if not (problems.touches("attributes") or problems.touches("standard_attributes")):
            _check_mapping(path, options, kind, chosen, attributes, problems)
    if providers and not (chosen.adopted or chosen.has_domain):
        problems.add(
            "domain",
            None,
            "a domain beside providers: users go to them and come back through the hosted pages",
            "give domain.prefix",
        )


def check_domain(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse a domain that is not exactly one, or that lacks its certificate."""
    domain = given.get("domain")
    if domain is None or problems.touches("domain"):
        return
    if "prefix" in domain and "custom_domain" in domain:
        problems.add(
            "domain.custom_domain", domain["custom_domain"], "nothing beside domain.prefix", "remove one of the two"
        )
    elif "prefix" not in domain and "custom_domain" not in domain:
        problems.add("domain.prefix", None, "exactly one of prefix and custom_domain", "give one")
    elif "custom_domain" in domain and "certificate_arn" not in domain:
        problems.add(
            "domain.certificate_arn",
            None,
            "the ARN of an ACM certificate in us-east-1 for the custom domain",
            "give it",
        )
    elif "prefix" in domain and "certificate_arn" in domain:
        problems.add(
            "domain.certificate_arn",
            domain["certificate_arn"],
            "nothing beside domain.prefix: AWS has its own",
            "remove it",
        )
    if domain.get("managed_login", False):
        check_tier(
            problems,
            "domain.managed_login",
            domain["managed_login"],
            features.without(chosen.tier, UserPoolTier.ESSENTIALS, "false"),
        )


def mapping_of(options: Mapping[str, Any], kind: Kind, attributes: Mapping[str, Attribute]) -> dict[str, str]:
    """Return which claim fills which attribute: the caller's choice, or the kind's for all that the pool requires."""
    if "attributes" in options:
        return dict(options["attributes"])
    required = {name for name, attribute in attributes.items() if attribute.required}
    return {**kind.attributes, **{name: claim for name, claim in kind.claims.items() if name in required}}


def _is_twitter(provider: object) -> bool:
    return isinstance(provider, Mapping) and str(provider.get("kind", "")).lower() in _TWITTER


def _check_name(path: str, key: str, kind: Kind, problems: Problems) -> None:
    if kind.fixed_name:
        if not re.fullmatch(_KEY, key):
            problems.add(path, key, "a key of 1 to 40 letters, digits and hyphens", "rename the provider")
        elif key in FIXED_NAMES - {kind.type}:  # clients would name the one and mean the other
            problems.add(path, key, "a key that is not Cognito's name for something else", "rename the provider")
    elif not re.fullmatch(_NAME, key) or key in FIXED_NAMES:
        problems.add(
            path,
            key,
            f"a name of 3 to 32 letters, digits, hyphens and dots, none of {', '.join(sorted(FIXED_NAMES))}",
            "rename the provider: its key is its name",
        )


def _check_options(path: str, options: Mapping[str, Any], kind: Kind, problems: Problems) -> None:
    value = options["kind"].value
    for names in kind.needs:
        given = [name for name in names if name in options]
        if not given:
            problems.add(f"{path}.{names[0]}", None, f"{' or '.join(names)} for {value}", f"give {' or '.join(names)}")
        elif len(given) > 1:
            problems.add(f"{path}.{given[1]}", "both", f"one of {' and '.join(names)}", "remove one of the two")
    useful = {name for names in kind.needs for name in names} | set(kind.takes)
    for name in _CREDENTIALS:
        if name in options and name not in useful:
            got = "a value" if name in ("client_secret", "private_key") else _shown(options[name])
            problems.add(f"{path}.{name}", got, f"nothing for {value}", "remove it")
    if "scopes" in options and not kind.scopes:
        problems.add(f"{path}.scopes", options["scopes"], f"nothing for {value}", "remove it")
    elif "scopes" in options and not options["scopes"]:
        problems.add(f"{path}.scopes", [], "at least one scope", f"write [{', '.join(kind.scopes)}], or remove it")


def _check_secrets(path: str, options: Mapping[str, Any], region: str | None, problems: Problems) -> None:
    for name in ("client_secret_arn", "private_key_arn"):
        arn = options.get(name)
        if isinstance(arn, str) and region is not None and arn.split(":")[3] != region:
            problems.add(
                f"{path}.{name}", arn, f"a secret in {region}, the pool's Region", "replicate the secret there"
            )


def _check_metadata(path: str, options: Mapping[str, Any], problems: Problems) -> None:
    file = options.get("metadata_file")
    if file is not None and not Path(file).is_file():
        problems.add(f"{path}.metadata_file", file, "the path of a file that exists", "correct the path")


def _check_mapping(  # noqa: PLR0913, PLR0917 - the rule holds one option against the whole pool
    path: str,
    options: Mapping[str, Any],
    kind: Kind,
    chosen: Choices,
    attributes: Mapping[str, Attribute],
    problems: Problems,
) -> None:
    mapping = mapping_of(options, kind, attributes)
    for name in mapping:
        where = f"{path}.attributes.{name}"
        if name == USERNAME:
            if not kind.claims or USERNAME not in kind.attributes:
                problems.add(where, mapping[name], "nothing: Cognito takes the name from SAML's NameID", "remove it")
        elif name not in VERIFIED:
            check_used(where, name, attributes, chosen, problems, written=True)
    for name, attribute in attributes.items():
        if attribute.required and name not in mapping:
            problems.add(
                f"{path}.attributes",
                mapping,
                f"{name} among them: the pool requires it of everybody",
                f"say which claim fills {name}, or make it not required",
            )


def _shown(value: object) -> object:
    return "an output of another resource" if isinstance(value, pulumi.Output) else value
