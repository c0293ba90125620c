"""The states of a team's stacks in one bucket, the secrets of each under its own key, and CI without passwords."""

import pulumi
from state_backend import StateBackend, Team

config = pulumi.Config()
team = Team(
    repository=config.require("repository"),
    branch=config.require("branch"),
    project=config.require("project"),
    environments=config.require_object("environments"),
    previewed=config.require_object("previewed"),
    deploy_policy_arns=config.require_object("deployPolicyArns"),
    protect=config.require_bool("protect"),
)
backend = StateBackend("team", team)

pulumi.export("backend_url", backend.backend_url)
pulumi.export("secrets_providers", backend.secrets_providers)
pulumi.export("role_arns", backend.role_arns)
