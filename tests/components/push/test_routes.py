"""The routes that push notifications add to an API."""

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from pulumi_aws_mobile.push.functions.push import requests
from pulumi_aws_mobile.push.routes import device_routes, message_routes

DOCUMENTS = [device_routes(), message_routes()]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_document_is_valid_open_api(document: dict) -> None:
    assert list(OpenAPIV30SpecValidator(document).iter_errors()) == []


def test_the_routes_are_those_that_the_function_answers() -> None:
    found = {
        (path, method.upper())
        for path, item in device_routes()["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert found == requests._ROUTES


def test_there_is_one_route_to_send() -> None:
    assert {path: list(item) for path, item in message_routes()["paths"].items()} == {"/messages": ["post"]}


def test_the_two_documents_fit_into_one_api() -> None:
    first, second = DOCUMENTS
    assert not set(first["paths"]) & set(second["paths"])
    assert not set(first["components"]["schemas"]) & set(second["components"]["schemas"])
