"""Budgets that change, with tags, and notifications with the people that they go to."""

import json
from collections.abc import Callable
from typing import Any, NoReturn

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock

_MOST_SUBSCRIBERS = 11
_MOST_NOTIFICATIONS = 10


def fill() -> None:
    """Teach moto's budgets."""
    from moto.budgets.responses import BudgetsResponse  # noqa: PLC0415 - moto loads only when something is deployed

    replace(BudgetsResponse, "create_budget", _creating)
    replace(BudgetsResponse, "update_budget", lambda _: _update)
    replace(BudgetsResponse, "create_notification", _notifying)
    replace(BudgetsResponse, "describe_subscribers_for_notification", lambda _: _subscribers)
    replace(BudgetsResponse, "list_tags_for_resource", lambda _: _tags)
    replace(BudgetsResponse, "tag_resource", lambda _: _tag)
    replace(BudgetsResponse, "untag_resource", lambda _: _untag)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> str:  # noqa: ANN401 - moto's own types
        notifications = self._get_param("NotificationsWithSubscribers") or []
        if len(notifications) > _MOST_NOTIFICATIONS:
            _refuse(f"a budget has at most {_MOST_NOTIFICATIONS} notifications", "CreationLimitExceededException")
        for each in notifications:
            _check(each["Notification"], each.get("Subscribers") or [])
        answer = original(self)
        budget = _budget(self, self._get_param("AccountId"), self._get_param("Budget")["BudgetName"])
        tags = self._get_param("ResourceTags") or []
        budget.sandbox_tags = {each["Key"]: each["Value"] for each in tags}
        # A period without a beginning is one from the first of this month.
        month = clock.today().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        budget.budget["TimePeriod"] = {"Start": month.timestamp(), **budget.budget.get("TimePeriod", {})}
        return answer

    return create


def _update(self: Any) -> str:  # noqa: ANN401 - moto's own types
    wanted = self._get_param("NewBudget")
    budget = _budget(self, self._get_param("AccountId"), wanted["BudgetName"])
    # UpdateBudget takes the whole budget; only its period stays where the new one leaves it out.
    period = {**budget.budget.get("TimePeriod", {}), **wanted.get("TimePeriod", {})}
    budget.budget = {**wanted, "TimePeriod": period, "LastUpdatedTime": budget.budget["LastUpdatedTime"]}
    return "{}"


def _notifying(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> str:  # noqa: ANN401 - moto's own types
        _check(self._get_param("Notification"), self._get_param("Subscribers") or [])
        return original(self)

    return create


def _subscribers(self: Any) -> str:  # noqa: ANN401 - moto's own types
    budget = _budget(self, self._get_param("AccountId"), self._get_param("BudgetName"))
    wanted = self._get_param("Notification")
    found = next((each for each in budget.notifications if each.details == wanted), None)
    if found is None:
        _refuse("Unable to get subscribers - the notification doesn't exist.", "NotFoundException")
    return json.dumps({"Subscribers": found.subscribers})


def _tags(self: Any) -> str:  # noqa: ANN401 - moto's own types
    tags = vars(_named(self)).get("sandbox_tags", {})
    return json.dumps({"ResourceTags": [{"Key": key, "Value": value} for key, value in tags.items()]})


def _tag(self: Any) -> str:  # noqa: ANN401 - moto's own types
    budget = _named(self)
    given = {each["Key"]: each["Value"] for each in self._get_param("ResourceTags")}
    budget.sandbox_tags = {**vars(budget).get("sandbox_tags", {}), **given}
    return "{}"


def _untag(self: Any) -> str:  # noqa: ANN401 - moto's own types
    budget, gone = _named(self), self._get_param("ResourceTagKeys")
    kept = vars(budget).get("sandbox_tags", {}).items()
    budget.sandbox_tags = {key: value for key, value in kept if key not in gone}
    return "{}"


def _named(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    arn = self._get_param("ResourceARN")
    return _budget(self, arn.split(":")[4], arn.rsplit("budget/", 1)[-1])


def _budget(self: Any, account: str, name: str) -> Any:  # noqa: ANN401 - moto's own types
    found = self.backend.budgets[account].get(name)
    if found is None:
        _refuse(f"Unable to get budget: {name} - the budget doesn't exist.", "NotFoundException")
    return found


def _check(notification: dict[str, Any], subscribers: list[dict[str, str]]) -> None:
    """Refuse a notification that goes to nobody, to too many or to more than one topic."""
    topics = [each for each in subscribers if each["SubscriptionType"] == "SNS"]
    if not subscribers or len(subscribers) > _MOST_SUBSCRIBERS or len(topics) > 1:
        _refuse(
            f"a notification goes to 1 to {_MOST_SUBSCRIBERS} subscribers, at most one of them a topic; got "
            f"{len(subscribers)} for the threshold {notification.get('Threshold')}"
        )


def _refuse(reason: str, code: str = "InvalidParameterException") -> NoReturn:
    from moto.core.exceptions import JsonRESTError  # noqa: PLC0415 - loaded by now

    raise JsonRESTError(code, reason)
