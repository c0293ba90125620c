"""Each file is what Amplify's published types want, for whatever a deployment says.

Amplify's package has the types that were made of its JSON schema, not the schema: a schema is made of them again, with
nothing allowed that they do not name. It has no bounds of numbers; `ClientPasswordArgs` has those.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from components.client_files.building import BACKEND, SITE
from components.client_files.building import settings as of
from components.client_files.strategies import Document, backends, sites
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft7Validator

from pulumi_aws_mobile.client_files import ClientSettings, failover, files, resolve

from .conftest import HERE

moderately = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

Schemas = Mapping[str, Any]


def problems(schema: Mapping[str, Any], document: object) -> list[str]:
    return [
        f"{'.'.join(map(str, error.path))}: {error.message}" for error in Draft7Validator(schema).iter_errors(document)
    ]


def outputs(found: ClientSettings) -> dict[str, Any]:
    return json.loads(files(found)["amplify_outputs.json"])


def flutters(found: ClientSettings) -> dict[str, Any]:
    return json.loads(files(found)["amplify_outputs.dart"].split("'''")[1])


@moderately
@given(backend=backends())
def test_the_outputs_are_as_their_version_wants_them(schemas: Schemas, backend: Document) -> None:
    document = outputs(resolve("dev", backend))
    assert problems(schemas[document["version"]], document) == []


@moderately
@given(backend=backends(), site=sites())
def test_those_of_the_recovery_region_are_too(schemas: Schemas, backend: Document, site: Document) -> None:
    document = outputs(failover(resolve("dev", backend), site))
    assert problems(schemas[document["version"]], document) == []


@moderately
@given(backend=backends())
def test_flutters_have_nothing_more_than_the_api(schemas: Schemas, backend: Document) -> None:
    found = resolve("dev", backend)
    document = flutters(found)
    assert ("rest_api" in document) == (found.api is not None)
    document.pop("rest_api", None)
    assert problems(schemas["1.4"], document) == []


@moderately
@given(backend=backends())
def test_the_first_generations_sign_in_is_as_amplify_writes_it(schemas: Schemas, backend: Document) -> None:
    # Amplify's own files always have these, and always begin with a password.
    always = {name: BACKEND["sign_in"][name] for name in ("identity_pool_id", "password", "mfa")}
    app = {**backend["sign_in"]["apps"]["app"], "sign_in_flow": "USER_SRP_AUTH"}
    found = resolve("dev", {**backend, "sign_in": {**always, **backend["sign_in"], "apps": {"app": app}}})
    document = json.loads(files(found)["amplifyconfiguration.json"])
    assert problems(schemas["auth of the first generation"], document["auth"]) == []


@pytest.mark.parametrize("site", [None, SITE])
def test_whoever_asks_for_less_gets_the_older_version(schemas: Schemas, site: Document | None) -> None:
    found = of() if site is None else failover(of(), site)
    document = outputs(found)
    assert document["version"] == ("1.5" if site is None else "1.4")
    assert problems(schemas[document["version"]], document) == []


def test_the_schema_finds_what_does_not_belong(schemas: Schemas) -> None:
    wrong = deepcopy(outputs(of(BACKEND)))
    wrong["rest_api"] = {}
    wrong["auth"]["mfa_configuration"] = "SOMETIMES"
    wrong["auth"]["oauth"]["redirect_sign_out_uri"] = []
    del wrong["auth"]["user_pool_id"]
    assert sorted(problems(schemas["1.5"], wrong)) == [
        ": Additional properties are not allowed ('rest_api' was unexpected)",
        "auth.mfa_configuration: 'SOMETIMES' is not one of ['NONE', 'OPTIONAL', 'REQUIRED']",
        "auth.oauth.redirect_sign_out_uri: [] should be non-empty",
        "auth: 'user_pool_id' is a required property",
    ]


def test_the_lock_names_hashes_and_no_hosts() -> None:
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
    del locked[""]
    assert all("integrity" in each and "resolved" not in each for each in locked.values())
