"""The life of a web tier under the real engine: no difference without a change, and each change in its place.

What it does not prove: that servers start; the checks of `aws-mobile run` do, with PHP.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

PROGRAM = """
    import json
    from pathlib import Path

    import pulumi
    from pulumi_aws_mobile import WebTier

    web = WebTier("web", json.loads(Path("args.json").read_text()))
    pulumi.export("version", web.version_label)
    pulumi.export("environments", web.environment_names)
    pulumi.export("live", web.live_environment_name)
"""
ARGS: dict[str, Any] = {
    "source": "app",
    "region": "eu-west-1",
    "network": {"zones": ["eu-west-1a", "eu-west-1b"]},
    "environment": {"GREETING": "hello"},
    "protect": False,
}
ENVIRONMENT = "web-main-php84"


@dataclass(frozen=True)
class Story:
    first: Run
    again: Run
    drift: Run
    labels: list[str]
    rolled: Run
    running: str
    changed: Run
    cloned: Run
    settings: dict[str, dict[tuple[str, str], str]]
    back: Run
    destroyed: Run


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace], operator: aws.Connection) -> Story:
    workspace, beanstalk = make_workspace(), operator("elasticbeanstalk", "eu-west-1")
    public = workspace.directory / "app" / "public"
    public.mkdir(parents=True)

    def write(args: dict[str, Any], answer: str) -> None:
        (workspace.directory / "args.json").write_text(json.dumps(args), encoding="utf-8")
        (public / "index.php").write_text(f'<?php echo "{answer}";\n', encoding="utf-8")

    workspace.write(PROGRAM)
    write(ARGS, "one")
    first = workspace.up()
    assert first.code == 0, first.output
    labels = [workspace.outputs()["version"]]
    again, drift = workspace.up("--expect-no-changes"), workspace.drift()
    write(ARGS, "two")
    rolled = workspace.up()
    labels.append(workspace.outputs()["version"])
    name = workspace.outputs()["live"]
    running = beanstalk.describe_environments(EnvironmentNames=[name])["Environments"][0]["VersionLabel"]
    scaled = {**ARGS, "instances": {"min": 3, "max": 6}}
    write(scaled, "two")
    changed = workspace.up()
    write({**scaled, "environments": {"main": {}, "copy": {"clone_of": "main"}}, "live": "main"}, "two")
    cloned = workspace.up()
    assert cloned.code == 0, cloned.output
    application = beanstalk.describe_applications()["Applications"][0]["ApplicationName"]
    settings = {
        key: _settings(beanstalk, application, environment)
        for key, environment in workspace.outputs()["environments"].items()
    }
    write(ARGS, "one")
    back = workspace.up()
    return Story(first, again, drift, labels, rolled, running, changed, cloned, settings, back, workspace.destroy())


def _settings(
    beanstalk: Any,  # noqa: ANN401 - a boto3 client
    application: str,
    environment: str,
) -> dict[tuple[str, str], str]:
    answer = beanstalk.describe_configuration_settings(ApplicationName=application, EnvironmentName=environment)
    found = answer["ConfigurationSettings"][0]["OptionSettings"]
    return {(each["Namespace"], each["OptionName"]): each.get("Value", "") for each in found}


def test_a_second_update_has_nothing_to_do(story: Story) -> None:
    assert story.again.code == 0, story.again.output
    assert story.again.changes == {}


def test_the_state_agrees_with_aws(story: Story) -> None:
    assert story.drift.code == 0, story.drift.output


def test_a_new_file_is_a_new_version_that_the_environment_takes_in_place(story: Story) -> None:
    assert story.rolled.code == 0, story.rolled.output
    assert story.rolled.changes[ENVIRONMENT] == "update"
    assert story.rolled.changed_properties(ENVIRONMENT) == {"version"}
    assert story.running == story.labels[1] != story.labels[0]


def test_an_option_changes_in_place(story: Story) -> None:
    assert story.changed.code == 0, story.changed.output
    assert story.changed.changes == {ENVIRONMENT: "update"}


def test_a_clone_differs_by_its_name_alone(story: Story) -> None:
    assert {name for name, step in story.cloned.changes.items() if "create" not in step} == set()
    assert story.settings["copy"] == story.settings["main"]


def test_going_back_to_the_old_files_takes_the_old_version(story: Story) -> None:
    assert story.back.code == 0, story.back.output
    assert story.back.changes[ENVIRONMENT] == "update"


def test_everything_can_be_taken_away(story: Story) -> None:
    assert story.destroyed.code == 0, story.destroyed.output
