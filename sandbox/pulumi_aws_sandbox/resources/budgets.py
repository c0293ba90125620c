"""Budgets: limits of cost or use, and who is told before they are reached."""

from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import found, handler, tag_changes, tag_list, tags_from, to_aws
from pulumi_aws_sandbox.resources._shapes import from_shape, to_shape

_GONE = "NotFoundException"
_TIME = "%Y-%m-%d_%H:%M"
_NOTIFICATION = {
    "comparisonOperator": "ComparisonOperator",
    "notificationType": "NotificationType",
    "threshold": "Threshold",
    "thresholdType": "ThresholdType",
}
_SUBSCRIBERS = {"subscriberEmailAddresses": "EMAIL", "subscriberSnsTopicArns": "SNS"}
_UNSUPPORTED = ("autoAdjustData", "billingViewArn", "filterExpression", "metrics", "plannedLimits")


def _budgets(clients: Clients) -> Any:  # noqa: ANN401 - a boto3 client
    return clients("budgets", "us-east-1")


def _account(clients: Clients, properties: Properties) -> str:
    return properties.get("accountId") or clients.account


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)


def _budget(inputs: Properties) -> dict[str, Any]:
    budget: dict[str, Any] = {
        "BudgetName": inputs["name"],
        "BudgetType": inputs["budgetType"],
        "TimeUnit": inputs["timeUnit"],
        "BudgetLimit": {"Amount": inputs["limitAmount"], "Unit": inputs["limitUnit"]},
        "TimePeriod": {"End": _moment(inputs.get("timePeriodEnd", "2087-06-15_00:00"))},
    }
    if inputs.get("timePeriodStart"):
        budget["TimePeriod"]["Start"] = _moment(inputs["timePeriodStart"])
    if inputs.get("costFilters"):
        budget["CostFilters"] = {each["name"]: each["values"] for each in inputs["costFilters"]}
    if inputs.get("costTypes"):
        budget["CostTypes"] = to_shape(inputs["costTypes"], {})
    return budget


def _notifications(inputs: Properties) -> list[dict[str, Any]]:
    return [
        {"Notification": to_aws(each, _NOTIFICATION), "Subscribers": _subscribers(each)}
        for each in inputs.get("notifications") or []
    ]


def _subscribers(notification: Properties) -> list[dict[str, str]]:
    return [
        {"SubscriptionType": kind, "Address": address}
        for name, kind in _SUBSCRIBERS.items()
        for address in notification.get(name) or []
    ]


def _make(clients: Clients, inputs: Properties) -> str:
    account = _account(clients, inputs)
    tags = {"ResourceTags": tag_list(inputs)} if inputs.get("tags") else {}
    _budgets(clients).create_budget(
        AccountId=account, Budget=_budget(inputs), NotificationsWithSubscribers=_notifications(inputs), **tags
    )
    return f"{account}:{inputs['name']}"


def _describe(clients: Clients, budget_id: str, known: Properties) -> Properties | None:
    budgets = _budgets(clients)
    account, _, name = budget_id.partition(":")
    answer = found(lambda: budgets.describe_budget(AccountId=account, BudgetName=name), _GONE)
    if answer is None:
        return None
    budget = answer["Budget"]
    arn = f"arn:{clients.partition}:budgets::{account}:budget/{name}"
    period, limit = budget["TimePeriod"], budget["BudgetLimit"]
    notifications = _described_notifications(budgets, account, name)
    return {
        "accountId": account,
        "arn": arn,
        "name": name,
        "budgetType": budget["BudgetType"],
        "timeUnit": budget["TimeUnit"],
        "limitAmount": _amount(limit["Amount"], known.get("limitAmount")),
        "limitUnit": limit["Unit"],
        "timePeriodStart": period["Start"].astimezone(UTC).strftime(_TIME),
        "timePeriodEnd": period["End"].astimezone(UTC).strftime(_TIME),
        "costTypes": from_shape(budget["CostTypes"], {}) if "CostTypes" in budget else None,
        "costFilters": _filters(budget, known),
        "notifications": _in_order(known.get("notifications") or [], notifications) or None,
        **tags_from(budgets.list_tags_for_resource(ResourceARN=arn).get("ResourceTags", []), known),
    }


def _amount(text: str, known: str | None) -> str:
    """Return a limit as the program wrote it where it means the same."""
    return known if known is not None and float(known) == float(text) else text


def _filters(budget: Properties, known: Properties) -> list[Properties] | None:
    filters = [{"name": name, "values": values} for name, values in budget.get("CostFilters", {}).items()]
    return filters if filters or "costFilters" in known else None


def _described_notifications(budgets: Any, account: str, name: str) -> list[Properties]:  # noqa: ANN401 - a boto3 client
    about = {"AccountId": account, "BudgetName": name}
    described = []
    for each in budgets.describe_notifications_for_budget(**about).get("Notifications", []):
        sent = {aws: each[aws] for aws in _NOTIFICATION.values() if aws in each}
        listed = budgets.describe_subscribers_for_notification(**about, Notification=sent)["Subscribers"]
        notification = {key: each[aws] for key, aws in _NOTIFICATION.items() if aws in each}
        for key, kind in _SUBSCRIBERS.items():
            addresses = [one["Address"] for one in listed if one["SubscriptionType"] == kind]
            if addresses:
                notification[key] = addresses
        described.append(notification)
    return described


def _in_order(known: list[Properties], listed: list[Properties]) -> list[Properties]:
    """Return what AWS lists as the program wrote it where it means the same."""
    kept = [each for each in known if any(_same(each, one) for one in listed)]
    return [*kept, *(one for one in listed if not any(_same(each, one) for each in known))]


def _same(one: Properties, other: Properties) -> bool:
    return _plain(one) == _plain(other)


def _plain(notification: Properties) -> tuple[Any, ...]:
    addresses = tuple(tuple(sorted(notification.get(name) or [])) for name in _SUBSCRIBERS)
    return (
        float(notification["threshold"]),
        *(notification.get(name) for name in _NOTIFICATION if name != "threshold"),
        addresses,
    )


def _change(clients: Clients, budget_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    budgets = _budgets(clients)
    account, _, name = budget_id.partition(":")
    about = {"AccountId": account, "BudgetName": name}
    # What the program does not name stays as it is, as with the provider.
    kept = {key: outputs[key] for key in ("timePeriodStart", "timePeriodEnd") if key in outputs}
    budgets.update_budget(AccountId=account, NewBudget=_budget({**kept, **new, "name": name}))
    before, after = _notifications(old), _notifications(new)
    for each in before:
        if each not in after:
            budgets.delete_notification(**about, Notification=each["Notification"])
    for each in after:
        if each not in before:
            budgets.create_notification(**about, **each)
    gone, put = tag_changes(old, new)
    if gone:
        budgets.untag_resource(ResourceARN=outputs["arn"], ResourceTagKeys=gone)
    if put:
        budgets.tag_resource(ResourceARN=outputs["arn"], ResourceTags=tag_list({"tags": put}))


def _remove(clients: Clients, budget_id: str, _: Properties) -> None:
    account, name = budget_id.split(":", 1)
    found(lambda: _budgets(clients).delete_budget(AccountId=account, BudgetName=name), _GONE)


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    problems = [(name, f"the sandbox has no {name}") for name in _UNSUPPORTED if inputs.get(name)]
    if problems:
        return problems
    missing = [name for name in ("limitAmount", "limitUnit") if not inputs.get(name)]
    if missing:
        return [(missing[0], "one of `auto_adjust_data,limit_amount,planned_limit` must be specified, with its unit")]
    silent = [each for each in inputs.get("notifications") or [] if not _subscribers(each)]
    return [("notifications", "a notification needs an e-mail address or a topic") for _ in silent]


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:budgets/budget:Budget",
            make=_make,
            describe=_describe,
            change=_change,
            remove=_remove,
            required=frozenset({"budgetType", "timeUnit"}),
            replace_on=frozenset({"accountId", "name", "namePrefix"}),
            auto_name=AutoName("name", 100),
            regional=False,
            unordered=frozenset({"costFilters", "notifications"}),
            validate=_problems,
        ),
    )
}
