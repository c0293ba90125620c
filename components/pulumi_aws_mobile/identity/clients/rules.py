"""The rules about app clients and the APIs that they ask tokens for."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pulumi_aws_mobile.errors import Problems, closest
from pulumi_aws_mobile.identity import features
from pulumi_aws_mobile.identity.checks import check_list, check_tier
from pulumi_aws_mobile.identity.choices import Choices
from pulumi_aws_mobile.identity.pool.args import UserPoolTier
from pulumi_aws_mobile.identity.pool.attribute_rules import check_used
from pulumi_aws_mobile.identity.pool.attributes import Attribute

from .args import ClientKind
from .provider_kinds import COGNITO
from .settings import STANDARD_SCOPES, access_minutes, is_machine, refresh_hours, rotates
from .writable import filled_in

MOST_URLS = 100
MOST_SCOPES = 50
LONGEST_URL = 1024
KEY = r"[A-Za-z0-9][A-Za-z0-9-]{0,39}"

_HTTPS = r"https://[^\s#/?]+([/?][^\s#]*)?"
_LOCALHOST = r"http://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?([/?][^\s#]*)?"
_APP = r"(?!(?:https?|ftp|file|data|javascript|wss?):)[a-z][a-z0-9+.-]*://[^\s#]*"
_IDENTIFIER = r"[\x21\x23-\x5b\x5d-\x7e]{1,256}"
_SCOPE = r"[\x21\x23-\x2e\x30-\x5b\x5d-\x7e]{1,256}"
_NEEDS_OPENID = ("email", "phone", "profile")


def check_clients(
    given: Mapping[str, Any],
    chosen: Choices,
    attributes: Mapping[str, Attribute],
    providers: Collection[str],
    problems: Problems,
) -> None:
    """Refuse clients that Cognito would refuse or that could not sign anybody in."""
    if "clients" in given and not given["clients"]:
        problems.add("clients", {}, "at least one client", "remove it for one native client, or name one")
    scopes = known_scopes(given)
    for key, client in given.get("clients", {}).items():
        path = f"clients.{key}"
        if not re.fullmatch(KEY, key):
            problems.add(path, key, "a key of 1 to 40 letters, digits and hyphens", "rename the client")
        _check_pages(path, client, chosen, problems)
        _check_urls(path, client, problems)
        if not problems.touches("resource_servers"):
            _check_scopes(path, client, scopes, problems)
        if not problems.touches("providers"):
            _check_providers(path, client, providers, problems)
        _check_lifetimes(path, client, chosen, problems)
        _check_admin_passwords(path, client, given.get("challenge", {}), problems)
        if not problems.touches("attributes"):
            _check_attributes(path, client, chosen, attributes, problems)
            if not problems.touches("providers"):
                _check_written(path, client, given.get("providers", {}), attributes, problems)


def _check_admin_passwords(
    path: str, client: Mapping[str, Any], challenge: Mapping[str, Any], problems: Problems
) -> None:
    """Refuse a way for migrations that a migration could not use, or that would lead round a required challenge."""
    if not client.get("admin_passwords"):
        return
    if client.get("kind") is ClientKind.SERVER:
        reason, fix = "false on a server: a migration proves no client secret", "name another client for it"
    elif challenge.get("steps") and challenge.get("required", True):
        reason, fix = "false beside a required challenge, which it would lead round", "set challenge.required: false"
    else:
        return
    problems.add(f"{path}.admin_passwords", True, reason, fix)  # noqa: FBT003 - the value that is shown


def check_resource_servers(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse identifiers and scopes that no token could carry."""
    for identifier, server in given.get("resource_servers", {}).items():
        path = f"resource_servers.{identifier}"
        if not re.fullmatch(_IDENTIFIER, identifier):
            problems.add(path, identifier, 'an identifier of 1 to 256 characters without spaces, " and \\', "rename it")
        scopes = server["scopes"]
        if not 0 < len(scopes) <= MOST_URLS:
            problems.add(f"{path}.scopes", f"{len(scopes)} scopes", f"1 to {MOST_URLS}", "add or remove some")
        for scope in scopes:
            if not re.fullmatch(_SCOPE, scope):
                problems.add(
                    f"{path}.scopes.{scope}",
                    scope,
                    'a name of 1 to 256 characters without spaces, ", / and \\',
                    "rename the scope",
                )


def check_way_back(given: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse providers from whom no client could take users back."""
    if not given.get("providers") or chosen.adopted or problems.touches("clients"):
        return
    if not any(client.get("callback_urls") for client in given.get("clients", {}).values()):
        problems.add(
            "providers",
            sorted(given["providers"]),
            "providers beside a client with callback_urls: users come back from them by one of these",
            "give a client callback_urls, for example [myapp://signed-in]",
        )


def known_scopes(given: Mapping[str, Any]) -> set[str]:
    """Return the scopes of the APIs, as tokens carry them."""
    servers = given.get("resource_servers", {})
    return {f"{identifier}/{scope}" for identifier, server in servers.items() for scope in server["scopes"]}


def _check_pages(path: str, client: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    """Refuse what the hosted pages would need and do not have."""
    kind = client.get("kind", ClientKind.NATIVE)
    pages = bool(client.get("callback_urls"))
    if kind is ClientKind.WEB and not pages:
        problems.add(
            f"{path}.callback_urls",
            client.get("callback_urls"),
            "at least one URL for a web client",
            "say where users return",
        )
    if not pages:
        options = (
            ("logout_urls",) if kind is not ClientKind.NATIVE and client.get("scopes") else ("logout_urls", "scopes")
        )
        for option in options:
            if client.get(option) and kind is not ClientKind.WEB:
                problems.add(
                    f"{path}.{option}",
                    client[option],
                    "nothing without callback_urls: the client does not use the hosted pages",
                    "remove it, or give callback_urls",
                )
    hosted = "callback_urls" if pages else "scopes"
    if (pages or is_machine(client)) and not chosen.has_domain and not chosen.adopted:
        problems.add(
            f"{path}.{hosted}",
            client[hosted],
            "nothing without domain, where the hosted pages and the token endpoint are",
            "give domain.prefix, or remove it",
        )


def _check_urls(path: str, client: Mapping[str, Any], problems: Problems) -> None:
    local = client.get("allow_localhost", False)
    allowed = "https://…, an app's scheme such as myapp://…" + (", or http://localhost…" if local else "")
    for option in ("callback_urls", "logout_urls"):
        urls: Sequence[str] = client.get(option, ())
        if len(urls) > MOST_URLS:
            problems.add(f"{path}.{option}", f"{len(urls)} URLs", f"at most {MOST_URLS}", "remove some")
        check_list(client, option, problems, prefix=f"{path}.", empty=True)
        for position, url in enumerate(urls):
            good = re.fullmatch(f"{_HTTPS}|{_APP}" + (f"|{_LOCALHOST}" if local else ""), url)
            if good and len(url) <= LONGEST_URL:
                continue
            fix = "write such a URL, without a fragment (#)"
            if re.fullmatch(_LOCALHOST, url):
                fix = "set allow_localhost: true, for development only"
            problems.add(f"{path}.{option}[{position}]", url, allowed, fix)


def _check_scopes(path: str, client: Mapping[str, Any], custom: set[str], problems: Problems) -> None:
    scopes: Sequence[str] = client.get("scopes", ())
    if not scopes:
        if "scopes" in client:
            problems.add(f"{path}.scopes", [], "at least one scope", "remove it, or name one")
        return
    check_list(client, "scopes", problems, prefix=f"{path}.")
    if len(scopes) > MOST_SCOPES:
        problems.add(f"{path}.scopes", f"{len(scopes)} scopes", f"at most {MOST_SCOPES}", "remove some")
    machine = is_machine(client)
    known = custom if machine else {*STANDARD_SCOPES, *custom}
    for position, scope in enumerate(scopes):
        if scope in known:
            continue
        near = closest(scope, sorted(known))
        fix = f'did you mean "{near}"?' if near else "declare it in resource_servers, or remove it"
        allowed = "server/scope of resource_servers" if machine else f"{', '.join(STANDARD_SCOPES)}, server/scope"
        if machine and scope in STANDARD_SCOPES:
            fix = "remove it: without callback_urls no user signs in here"
        problems.add(f"{path}.scopes[{position}]", scope, allowed, fix)
    personal = [scope for scope in scopes if scope in _NEEDS_OPENID]
    if personal and "openid" not in scopes and not machine:
        problems.add(f"{path}.scopes", list(scopes), f"openid beside {', '.join(personal)}", "add openid")


def _check_providers(path: str, client: Mapping[str, Any], providers: Collection[str], problems: Problems) -> None:
    listed: Sequence[str] = client.get("identity_providers", ())
    if "identity_providers" not in client:
        return
    check_list(client, "identity_providers", problems, prefix=f"{path}.")
    if is_machine(client):
        problems.add(f"{path}.identity_providers", list(listed), "nothing where no user signs in", "remove it")
        return
    known = [COGNITO, *sorted(providers)]
    for position, name in enumerate(listed):
        if name not in known:
            near = closest(name, known)
            fix = f'did you mean "{near}"?' if near else "add it to providers, or remove it"
            problems.add(f"{path}.identity_providers[{position}]", name, " | ".join(known), fix)


def _check_lifetimes(path: str, client: Mapping[str, Any], chosen: Choices, problems: Problems) -> None:
    stay = refresh_hours(client) * 60
    for option in ("access_token_minutes", "id_token_minutes"):
        minutes = access_minutes(client, option)
        if minutes >= stay:
            problems.add(
                f"{path}.refresh_token_hours",
                refresh_hours(client),
                f"longer than {option}, which is {minutes} minutes",
                f"raise it, or lower {option}",
            )
            break
    if client.get("rotate_refresh_tokens", False):
        check_tier(
            problems,
            f"{path}.rotate_refresh_tokens",
            client["rotate_refresh_tokens"],
            features.without(chosen.tier, UserPoolTier.ESSENTIALS, "false"),
        )
    if "refresh_grace_seconds" in client and not rotates(client, chosen.tier):
        problems.add(
            f"{path}.refresh_grace_seconds",
            client["refresh_grace_seconds"],
            "nothing while refresh tokens do not rotate",
            "remove it",
        )


def _check_attributes(
    path: str, client: Mapping[str, Any], chosen: Choices, attributes: Mapping[str, Attribute], problems: Problems
) -> None:
    for option in ("read_attributes", "write_attributes"):
        check_list(client, option, problems, prefix=f"{path}.")
        for position, name in enumerate(client.get(option, ())):
            where = f"{path}.{option}[{position}]"
            check_used(where, name, attributes, chosen, problems, written=option == "write_attributes")


def _check_written(
    path: str,
    client: Mapping[str, Any],
    providers: Mapping[str, Any],
    attributes: Mapping[str, Attribute],
    problems: Problems,
) -> None:
    """Refuse a client that may not write what it has to: Cognito refuses it, or lets nobody in from a provider."""
    written, where = client.get("write_attributes"), f"{path}.write_attributes"
    if written is None or problems.touches(where):
        return
    needed = {name for name, attribute in attributes.items() if attribute.required and attribute.mutable}
    if client.get("callback_urls"):
        needed |= filled_in(providers, client, attributes)
    if missing := sorted(needed - set(written)):
        problems.add(
            where,
            list(written),
            f"{', '.join(missing)} among them, since the pool requires it or a provider fills it in",
            "add it, or remove write_attributes",
        )
