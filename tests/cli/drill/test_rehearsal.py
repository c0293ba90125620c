"""What a drill rehearses: the stack file's own, but for what is asked for and what a stack lacks."""

import json
from pathlib import Path
from typing import Any

import pytest

from aws_mobile_cli.drill.rehearsal import DOMAIN, Rehearsal, rehearse
from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.project import Project

BACKEND = {"api": {"domain": {"name": "api.example.org", "hosted_zone_id": "Z1"}}, "web_tier": {}}


def project(recovery: object = None, backend: object = None) -> Project:
    """Return a project with these objects in its stack file."""
    objects = {"recovery": recovery or {}, "backend": BACKEND if backend is None else backend}
    config = {f"app:{key}": json.dumps(value) for key, value in objects.items()}
    return Project(Path(), "app", "dev", {"aws:region": "eu-west-1", **config}, ())


def recovery_of(rehearsal: Rehearsal | Project) -> dict[str, Any]:
    """Return the recovery object that the program will read."""
    config = rehearsal.config if isinstance(rehearsal, Project) else rehearsal.project.config
    return json.loads(config["app:recovery"])


PILOT_LIGHT = {"region": "eu-central-1", "strategy": "pilot_light", "instance_class": "db.m7g.large"}


def test_a_stack_is_rehearsed_as_it_is() -> None:
    """Nothing is otherwise than in its file."""
    found = rehearse(project(PILOT_LIGHT), "eu-west-1")
    assert (found.primary, found.recovery, found.primary_is_lost, found.changes) == (
        "eu-west-1",
        "eu-central-1",
        True,
        (),
    )
    assert recovery_of(found) == PILOT_LIGHT


def test_a_stack_without_a_domain_gets_one() -> None:
    """Clients have to find the Region that answers."""
    found = rehearse(project(PILOT_LIGHT, {"api": {}, "web_tier": {}}), "eu-central-1")
    assert json.loads(found.project.config["app:backend"])["api"] == {"domain": DOMAIN}
    assert found.changes == ("the API has the domain api.example.com",)
    assert not found.primary_is_lost


def test_another_strategy_drops_what_does_not_fit_to_it() -> None:
    """The file's own words about the pilot light say nothing of backups."""
    asked = {**PILOT_LIGHT, "servers": {"instances": {"min": 1}, "certificate_arn": "arn"}, "network": {"nat": "none"}}
    found = rehearse(project(asked), "eu-west-1", "backup_restore")
    assert recovery_of(found) == {
        "region": "eu-central-1",
        "strategy": "backup_restore",
        "servers": {"certificate_arn": "arn"},
        "network": {},
    }
    assert found.changes == (
        "the strategy is backup_restore",
        "recovery.instance_class is left out",
        "recovery.servers.instances is left out",
        "recovery.network.nat is left out",
    )


def test_a_need_gives_way_to_the_strategy_that_is_asked_for() -> None:
    """Both beside each other would be refused."""
    need = {"region": "eu-central-1", "need": {"rto_minutes": 30, "rpo_minutes": 5}, "traffic": {"policy": "weighted"}}
    found = rehearse(project(need), "eu-west-1", "warm_standby")
    assert recovery_of(found) == {"region": "eu-central-1", "strategy": "warm_standby"}


def test_after_a_role_change_the_file_says_so() -> None:
    """As the runbook's report advises."""
    found = rehearse(project(PILOT_LIGHT), "eu-west-1")
    restored = {"arn": "arn", "host": "host"}
    assert recovery_of(found.after(1, successor=True, restored=restored)) == {
        **PILOT_LIGHT,
        "takeovers": 1,
        "successor": True,
        "restored": restored,
    }
    assert recovery_of(found) == PILOT_LIGHT


NO_RECOVERY = (
    "Pulumi.dev.yaml has no recovery object, so nothing stands ready for the loss of eu-west-1; "
    "add recovery.region and recovery.strategy"
)


@pytest.mark.parametrize(
    ("found", "lost", "message"),
    [
        (
            project(),
            "eu-west-1",
            NO_RECOVERY,
        ),
        (
            project(PILOT_LIGHT),
            "us-east-1",
            "--lose us-east-1: the stack dev stands in eu-west-1 and eu-central-1; name one of them",
        ),
        (
            project({**PILOT_LIGHT, "takeovers": 1}),
            "eu-west-1",
            "Pulumi.dev.yaml has recovery.takeovers: 1; a drill begins where nothing has been taken over yet",
        ),
        (
            project(PILOT_LIGHT, {"identity": {}}),
            "eu-west-1",
            "Pulumi.dev.yaml has no backend.api or no backend.web_tier, so clients have nothing to call",
        ),
    ],
)
def test_what_cannot_be_rehearsed_is_refused(found: Project, lost: str, message: str) -> None:
    """With what to do about it."""
    with pytest.raises(UsageError) as refused:
        rehearse(found, lost)
    assert str(refused.value) == message
