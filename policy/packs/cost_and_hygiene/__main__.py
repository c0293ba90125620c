"""The policy pack's entry point: assembly only, for `PolicyPack` serves until the engine ends it."""

from pulumi_policy import PolicyPack

from aws_mobile_guard.pack import NAME, policies, rules_of
from aws_mobile_guard.rule import Pack

PolicyPack(name=f"{NAME}-{Pack.COST.value}", policies=policies(rules_of(Pack.COST)))
