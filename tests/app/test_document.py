"""openapi.yaml is what the app serves; beyond this, every answer in this folder's tests is held against it."""

import json
import re
import subprocess

import pytest
from jsonschema import Draft4Validator
from openapi_spec_validator import validate

from tests.app.core_api import APP, PHP, CoreApi, document, someone

OPERATIONS = [operation for operations in document()["paths"].values() for operation in operations.values()]
# API Gateway makes its models of JSON Schema draft 4 and does not know these.
UNKNOWN_TO_API_GATEWAY = {"oneOf", "anyOf", "allOf", "not", "nullable", "discriminator", "readOnly", "exclusiveMinimum"}


def test_the_document_is_valid_openapi() -> None:
    validate(document())


def test_the_routes_of_the_app_are_those_of_the_document() -> None:
    script = """
        require 'src/autoload.php';
        $table = CoreApi\\Routes::table(new CoreApi\\Environment());
        echo json_encode(array_map(array_keys(...), $table));
    """
    run = subprocess.run([PHP, "-r", script], cwd=APP, capture_output=True, check=True)
    served = {path: {method.lower() for method in methods} for path, methods in json.loads(run.stdout).items()}
    documented = {path: set(operations) for path, operations in document()["paths"].items()}
    assert served == documented | {"/ready": {"get"}}


@pytest.mark.parametrize("path", document()["paths"])
def test_a_documented_path_answers_to_the_documented_methods(api: CoreApi, path: str) -> None:
    answer = api.call("PATCH", path.replace("{id}", "1"), someone(), raw=b"")
    assert answer.status == 405
    assert {m.lower() for m in answer.headers["Allow"].split(", ")} == {*document()["paths"][path], "head"}


def test_every_operation_says_who_may_call_it() -> None:
    everyone, users = ["signed_in", "guests"], ["signed_in"]
    assert {operation["operationId"]: operation["x-aws-mobile-callers"] for operation in OPERATIONS} == {
        "getHealth": ["anyone"],
        "getAbout": everyone,
        "getMe": users,
        "listNotes": users,
        "createNote": users,
        "getNote": users,
        "replaceNote": users,
        "deleteNote": users,
    }


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][A-Za-z]+", name) for name in names)


def test_the_only_extension_is_who_may_call() -> None:
    assert set(re.findall(r"\bx-[a-z-]+(?=:)", (APP / "openapi.yaml").read_text())) == {"x-aws-mobile-callers"}


def test_models_keep_to_what_api_gateway_knows() -> None:
    schemas = document()["components"]["schemas"]
    assert all(re.fullmatch(r"[A-Za-z0-9]+", name) for name in schemas)
    assert UNKNOWN_TO_API_GATEWAY & set(re.findall(r'"(\w+)":', json.dumps(schemas))) == set()
    assert all(schema["additionalProperties"] is False for schema in schemas.values())


def test_the_examples_are_what_their_schemas_say() -> None:
    examined = 0
    for operation in OPERATIONS:
        contents = [operation.get("requestBody", {}), *operation["responses"].values()]
        for media in (media for each in contents for media in each.get("content", {}).values() if "example" in media):
            Draft4Validator({**document(), **media["schema"]}).validate(media["example"])
            examined += 1
    assert examined == 9
