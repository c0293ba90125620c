"""What the engine is told about a change."""

import pytest
from pulumi.runtime.proto.provider_pb2 import DiffResponse, PropertyDiff

from pulumi_aws_sandbox.engine_api import Diff
from pulumi_aws_sandbox.handler import Properties
from pulumi_aws_sandbox.plugin import differences


def _kinds(response: DiffResponse) -> dict[str, str]:
    return {path: PropertyDiff.Kind.Name(entry.kind) for path, entry in response.detailedDiff.items()}


def test_no_difference_is_said_to_be_none() -> None:
    response = differences.response(Diff(), {"a": 1}, {"a": 1})
    assert response.changes == DiffResponse.DIFF_NONE
    assert response.hasDetailedDiff


@pytest.mark.parametrize(
    ("path", "old", "new", "kind"),
    [
        ("a", {}, {"a": 1}, "ADD"),
        ("a", {"a": 1}, {}, "DELETE"),
        ("a", {"a": 1}, {"a": 2}, "UPDATE"),
        ("tags.team", {"tags": {}}, {"tags": {"team": "x"}}, "ADD"),
        ("tags.a.b", {"tags": {"a.b": "x"}}, {"tags": {}}, "DELETE"),
        ("rules[1].id", {"rules": [{}, {"id": "x"}]}, {"rules": [{}, {"id": "y"}]}, "UPDATE"),
        ("rules[1].id", {"rules": [{}, {}]}, {"rules": [{}, {"id": "y"}]}, "ADD"),
        ("rules[0][1]", {"rules": [[1, 2]]}, {"rules": [[1]]}, "DELETE"),
    ],
)
def test_a_path_is_added_deleted_or_updated(path: str, old: Properties, new: Properties, kind: str) -> None:
    assert _kinds(differences.response(Diff([path]), old, new)) == {path: kind}


def test_a_replacing_path_is_marked_and_its_property_named_once() -> None:
    diff = Diff(["rules[0].a", "rules[0].b", "tags"], ["rules[0].a", "rules[0].b"], delete_before_replace=True)
    response = differences.response(diff, {"rules": [{"a": 1}], "tags": {}}, {"rules": [{"b": 1}], "tags": {"x": "y"}})
    assert _kinds(response) == {"rules[0].a": "DELETE_REPLACE", "rules[0].b": "ADD_REPLACE", "tags": "UPDATE"}
    assert list(response.replaces) == ["rules"]
    assert list(response.diffs) == ["rules", "tags"]
    assert response.deleteBeforeReplace


def test_a_replacement_that_comes_from_the_type_itself_is_a_difference() -> None:
    response = differences.response(Diff([], ["engine"]), {"engine": "a"}, {"engine": "a"})
    assert response.changes == DiffResponse.DIFF_SOME
    assert _kinds(response) == {"engine": "UPDATE_REPLACE"}


def test_an_input_that_states_what_is_already_so_is_no_difference() -> None:
    diff = differences.without_adopted(
        Diff(["size"], ["size"], delete_before_replace=True), {}, {"size": 5}, {"size": 5.0}
    )
    assert diff == Diff([], [], delete_before_replace=False)


@pytest.mark.parametrize(("old_inputs", "old_outputs"), [({}, {"size": 4}), ({}, {}), ({"size": 4}, {"size": 5})])
def test_any_other_new_input_stays_a_difference(old_inputs: Properties, old_outputs: Properties) -> None:
    diff = Diff(["size"])
    assert differences.without_adopted(diff, old_inputs, old_outputs, {"size": 5}) == diff
