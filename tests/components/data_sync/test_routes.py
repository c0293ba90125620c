"""The routes that data sync adds to an API."""

from openapi_spec_validator import OpenAPIV30SpecValidator

from pulumi_aws_mobile.data_sync.routes import open_api

PATHS = open_api()["paths"]


def test_the_document_is_valid_open_api() -> None:
    assert list(OpenAPIV30SpecValidator(open_api()).iter_errors()) == []


def test_there_are_four_routes() -> None:
    found = {(path, method) for path, item in PATHS.items() for method in item if method != "parameters"}
    dataset = "/sync/datasets/{dataset}"
    assert found == {("/sync/datasets", "get"), (dataset, "get"), (dataset, "post"), (dataset, "delete")}


def test_no_path_names_an_identity_and_every_route_takes_one_to_compare() -> None:
    assert all("identity" not in path for path in PATHS)
    operations = [item[method] for item in PATHS.values() for method in ("get", "post", "delete") if method in item]
    assert {operation["parameters"][0]["name"] for operation in operations} == {"identity"}


def test_a_pull_takes_count_time_and_page() -> None:
    pull = PATHS["/sync/datasets/{dataset}"]["get"]
    assert [each["name"] for each in pull["parameters"]] == ["identity", "since", "seen_at", "page"]
    assert not any(each["required"] for each in pull["parameters"])


def test_a_push_reaches_the_function_whatever_its_body_is() -> None:
    assert PATHS["/sync/datasets/{dataset}"]["post"]["requestBody"]["content"] == {"application/json": {}}


def test_every_failure_has_the_same_shape() -> None:
    failures = [
        answer["content"]["application/json"]["schema"]["$ref"]
        for item in PATHS.values()
        for method in ("get", "post", "delete")
        if method in item
        for status, answer in item[method]["responses"].items()
        if status != "200"
    ]
    assert set(failures) == {"#/components/schemas/SyncFailure"}
