"""What a value comes from and does not show."""

from bench.lack import Lack, lack
from pulumi_aws_mobile.testing import UNKNOWN

_ASKS_FOR_7 = [{7}]


def test_a_reference_says_it_all() -> None:
    found = lack("role", "@@3.arn@@", UNKNOWN, sources={3}, seen={3}, calls=[], known=set())
    assert found == Lack({}, {})


def test_a_digest_waits_for_what_it_was_made_of() -> None:
    value, previewed = {"document": "0f3a", "fixed": "x"}, {"document": UNKNOWN, "fixed": "x"}
    found = lack("triggers", value, previewed, sources={3, 4}, seen={3, 4}, calls=[], known=set())
    assert found == Lack({"triggers.document": (3, 4)}, {})


def test_a_reference_that_waits_for_more_says_so_where_it_stands() -> None:
    value = [{"value": "1"}, {"value": "@@3.arn@@"}]
    previewed = [{"value": "1"}, {"value": UNKNOWN}]
    found = lack("settings", value, previewed, sources={3, 4}, seen={3, 4}, calls=[], known=set())
    assert found == Lack({"settings.1.value": (4,)}, {})


def test_a_value_that_is_known_all_the_same_waits_as_a_whole() -> None:
    found = lack("name", "fixed", "fixed", sources={3}, seen={3}, calls=[], known=set())
    assert found == Lack({"name": (3,)}, {})


def test_what_the_preview_lost_came_through_a_function() -> None:
    found = lack("body", "@@3.id@@ key", UNKNOWN, sources={3, 7}, seen={3}, calls=_ASKS_FOR_7, known=set())
    assert found == Lack({}, {"body": (0,)})


def test_a_function_answers_beside_a_reference_to_the_same_resource() -> None:
    value, previewed = {"ARN": "@@7.arn@@", "ID": "abc"}, {"ARN": UNKNOWN, "ID": UNKNOWN}
    found = lack("environment", value, previewed, sources={7}, seen={7}, calls=_ASKS_FOR_7, known=set())
    assert found == Lack({}, {"environment.ID": (0,)})


def test_a_function_that_asks_for_something_else_is_left_out() -> None:
    found = lack("body", "text", UNKNOWN, sources={3}, seen=set(), calls=_ASKS_FOR_7, known=set())
    assert found == Lack({"body": (3,)}, {})


def test_an_output_that_was_an_input_waits_for_its_resource_where_the_preview_does_not_know_it() -> None:
    found = lack("name", "@@3.dbName@@", UNKNOWN, sources={3}, seen={3}, calls=[], known={(3, "dbName")})
    assert found == Lack({"name": (3,)}, {})
