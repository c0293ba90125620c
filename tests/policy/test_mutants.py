"""The mutants of the rules were made of the rules as they are, and the tests kill nine in ten of them."""

import pytest
from policy.mutants import reasons, results
from policy.mutants.page import page, score
from policy.test_rules import PACK

FOUND = results.read()[2]
LEAST_PERCENT = 90


def test_the_last_run_saw_every_module_as_it_is() -> None:
    now = {results.name_of(path): results.fingerprint(path) for path in results.modules()}
    assert {name: result.fingerprint for name, result in FOUND.items()} == now, "run make mutants"


@pytest.mark.parametrize("logic", [True, False])
def test_nine_mutants_in_ten_are_killed(*, logic: bool) -> None:
    rules = [result for name, result in FOUND.items() if name.startswith("rules/")]
    helpers = [result for name, result in FOUND.items() if not name.startswith("rules/")]
    assert score(rules, logic=logic) >= LEAST_PERCENT
    assert score(helpers, logic=logic) >= LEAST_PERCENT


def test_every_survivor_has_a_reason_and_every_reason_a_survivor() -> None:
    explained = {
        (name, survivor): reasons.of(name, survivor) for name, one in FOUND.items() for survivor in one.survivors
    }
    assert [where for where, found in explained.items() if found is None] == []
    assert [reason for reason in reasons.REASONS if reason not in explained.values()] == []


def test_the_page_is_the_last_runs_own() -> None:
    text = (PACK.parents[1] / "docs" / "policy-mutants.md").read_text(encoding="utf-8")
    assert text == page(), "run make mutants"
