"""Stops an update that would take back what a failover did to an environment, in the preview, and says why.

In a failover somebody else gives an environment its instances and sends it to another database, by Elastic Beanstalk's
own API. Pulumi does not see that, and leaves it alone, until its state is refreshed; from then on the environment
differs from the program, and an update would take it back: no instances, and a database that nobody may write to.

What the program wished for is kept in a tag of the environment, which a failover does not touch. An update is refused
where the environment is no longer as the last one had left it, and this one wishes for just that again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import Problems

from .options import Setting

WISH_TAG = "aws-mobile:standby"
"""The tag of an environment that says what the program wished for when it last updated it."""

_ENVIRONMENT = "aws:elasticbeanstalk:application:environment"
_WATCHED = {
    "instances.min": ("aws:autoscaling:asg", "MinSize"),
    "instances.max": ("aws:autoscaling:asg", "MaxSize"),
    "environment.RDS_HOSTNAME": (_ENVIRONMENT, "RDS_HOSTNAME"),
}
"""What a failover changes: the options of a web tier, and Elastic Beanstalk's names for them."""
_NOTHING = "-"
_FIX = (
    "a failover changed it: tell the program (with a DRPair, raise `takeovers` by one) before the next update, or set "
    "`standby` to false to take it back all the same"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the program wishes an environment to be, in what a failover changes."""

    values: tuple[pulumi.Input[str], ...]
    """In the order of the watched options; empty for a property that there is not."""

    @staticmethod
    def of(settings: Sequence[Setting]) -> "Wish":
        """Return what these option settings wish for."""
        by_name = {(each.namespace, each.name): each.value for each in settings}
        return Wish(tuple(by_name.get(option, "") for option in _WATCHED.values()))

    @property
    def tag(self) -> pulumi.Output[str]:
        """Return it as the value of a tag."""
        return pulumi.Output.all(*self.values).apply(lambda values: " ".join(value or _NOTHING for value in values))


def keeps_its_failover(child: str, subject: str) -> pulumi.ResourceHookBinding:
    """Return the hook of the environment `child` that refuses to take back a failover; `subject` has the environment.

    Give the environment the tag `WISH_TAG` with the wish's `tag` too.
    """

    def refuse(change: pulumi.ResourceHookArgs) -> None:
        before = change.old_outputs or change.old_inputs or {}
        problems = taken_back(before, change.new_inputs or {})
        problems.raise_for(f"{subject} keeps what a failover made of {child}")

    hook = pulumi.ResourceHook(f"{child}-keeps-its-failover", refuse, pulumi.ResourceHookOptions(on_dry_run=True))
    return pulumi.ResourceHookBinding(before_update=[hook])


def taken_back(before: Mapping[str, Any], after: Mapping[str, Any]) -> Problems:
    """Return what of a failover the change from `before`, as AWS has it, to `after`, as the program has it, undoes."""
    problems = Problems()
    tag = (before.get("tags") or {}).get(WISH_TAG)
    if not isinstance(tag, str) or len(wished := tag.split(" ")) != len(_WATCHED):
        return problems  # the first update with the tag: nobody knows what was wished for
    was, will_be = _watched(before), _watched(after)
    for option, wish in zip(_WATCHED, wished, strict=True):
        there = was[option]
        # In a preview the new value may not be known yet; the update itself asks again.
        if will_be[option] == wish and there not in {wish, _NOTHING}:
            problems.add(option, wish, f"{there}, as it is", _FIX)
    return problems


def _watched(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the watched options of an environment; an unknown value as it comes."""
    settings: Any = values.get("settings")
    listed = settings if isinstance(settings, Sequence) and not isinstance(settings, str) else ()
    found = {(each["namespace"], each["name"]): each["value"] for each in listed}
    return {option: found.get(name, _NOTHING) or _NOTHING for option, name in _WATCHED.items()}
