"""No rule keeps silent about a value that it objects to once the value is known."""

from copy import deepcopy

import pytest
from policy.breaks import Break
from policy.compliant_stack import broken, compliant
from policy.guard_stack import Specs
from policy.test_rules import BREAKS, judge

from aws_mobile_guard.view import UNKNOWN_TEXT as LATER

# Where it is enough that a value is given: what is not known yet is another resource's, right or judged by itself.
GIVEN = {
    "alarm-actions": "a topic of the program's own",
    "api-access-logs": "a log group of the program's own",
    "firehose-encrypted": "a key of the program's own",
    "guard-names": "a name that something else makes up",
    "iam-managed": "a policy of the program's own; AWS's have ARNs that are known",
    "lambda-failure-dest": "a queue or a topic of the program's own",
    "lambda-permission": "what may call, by an ARN of the program's own",
    "rds-cmk": "a key of the program's own",
    "sg-description": "a sentence, as a generated one is",
    "sns-encrypted": "a key of the program's own",
    "waf-rules": "rules, of which one is enough",
}
# What stands in a break only to tell whose it is.
_LINKS = {"apiId", "bucket", "function", "functionName", "region", "restApi", "routeTableId", "targetBucket"}
_KEYS = {"primaryKeyArn", "securityGroupId", "sourceDbInstanceArn", "tags"}


def unread(one: Break) -> Specs | None:
    """Return the broken stack with all that is broken in it unknown; none where nothing is but what is missing."""
    before, specs = compliant(), deepcopy(broken(one.change))  # a change adds the same object each time
    found = False
    for name, spec in specs.items():
        own = before[name].properties if name in before else {}
        for key, value in spec.properties.items():
            if key not in _LINKS | _KEYS and own.get(key) != value:
                spec.properties[key] = LATER
                found = True
    return specs if found else None


@pytest.mark.parametrize("one", [one for one in BREAKS if one.rule not in GIVEN and unread(one)], ids=str)
def test_a_value_that_is_unknown_leaves_its_rule_undecided_at_least(one: Break) -> None:
    specs = unread(one)
    assert specs is not None
    assert [finding.rule for finding in judge(specs, known=False) if finding.rule == one.rule] != []


@pytest.mark.parametrize("rule", GIVEN)
def test_what_is_only_to_be_given_is_enough_while_it_is_unknown(rule: str) -> None:
    stacks = [unread(one) for one in BREAKS if one.rule == rule]
    found = [[one for one in judge(specs, known=False) if one.rule == rule] for specs in stacks if specs]
    assert [] in found
