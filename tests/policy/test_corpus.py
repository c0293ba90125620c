"""The rules on plain programs: what a reviewer demands is found, and nothing else stops a deployment.

What this does not prove: that AWS fills in nothing that would break a rule, and how the programs of others fare.
"""

import pytest
from policy.corpus_runs import ACCEPTED, ELSEWHERE, NAMES, PASSWORD, deployed, in_sandbox, labels, messages, preview

from aws_mobile_guard.rules import RULES
from policy import corpus_page

every_program = pytest.mark.parametrize("name", NAMES)


@every_program
def test_a_preview_finds_what_is_labelled_or_says_that_it_is_checked_later(name: str) -> None:
    assert labels(name) - preview(name).found - preview(name).undecided == set()


@every_program
def test_once_deployed_everything_labelled_is_found(name: str) -> None:
    assert labels(name) - deployed(name).found == set()


@every_program
def test_nothing_else_stops_a_deployment(name: str) -> None:
    alarms = (preview(name).found | deployed(name).found) - labels(name)
    assert {(name, *pair) for pair in alarms} == {key for key in ACCEPTED if key[0] == name}


@every_program
def test_once_deployed_every_rule_can_decide(name: str) -> None:
    assert deployed(name).undecided == set()


@every_program
def test_no_rule_fails(name: str) -> None:
    assert (preview(name).broken, deployed(name).broken) == ((), ())


@every_program
def test_no_password_gets_into_a_finding(name: str) -> None:
    assert [message for message in messages(name) if PASSWORD in message] == []


def test_labels_name_rules_that_there_are() -> None:
    ids = {rule.id for rule in RULES}
    assert {rule for name in NAMES for _, rule in labels(name)} - ids == set()


def test_there_are_good_programs_and_bad_ones() -> None:
    bad = [name for name in NAMES if labels(name)]
    assert len(bad) >= 20
    assert len(NAMES) - len(bad) >= 15


def test_only_programs_of_the_corpus_are_kept_out_of_the_sandbox_by_name() -> None:
    assert [name for name in ELSEWHERE if name not in NAMES or not in_sandbox(name)] == []


def test_the_page_has_the_figures_of_this_run() -> None:
    assert corpus_page.PAGE.read_text(encoding="utf-8") == corpus_page.page(), "run make policy-docs"
