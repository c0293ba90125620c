"""Situations of budgets."""

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World


def _budget(world: World) -> tuple[Inputs, Inputs]:
    actual = {
        "comparisonOperator": "GREATER_THAN",
        "notificationType": "ACTUAL",
        "threshold": 80,
        "thresholdType": "PERCENTAGE",
        "subscriberSnsTopicArns": [world.topic()],
    }
    forecast = {**actual, "notificationType": "FORECASTED", "threshold": 100}
    first = {
        "budgetType": "COST",
        "limitAmount": "1000",
        "limitUnit": "USD",
        "timeUnit": "MONTHLY",
        "notifications": [actual],
        "tags": TAGS,
    }
    changed = {
        **first,
        "limitAmount": "1200.5",
        "notifications": [{**actual, "subscriberEmailAddresses": ["ops@example.com"]}, forecast],
        "costFilters": [{"name": "Region", "values": ["eu-west-1"]}],
        "tags": OTHER_TAGS,
    }
    return first, changed


SITUATIONS: dict[str, Situation] = {"aws:budgets/budget:Budget": _budget}
