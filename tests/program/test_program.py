"""The program builds from every stack file and from every valid configuration."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from program.strategies import Config, as_pulumi_hands_it_over, stacks

from aws_mobile_cli.project import Project, open_project
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import Recording, Secret
from pulumi_aws_sandbox.in_process import PreviewMocks

ROOT = Path(__file__).parents[2]
RECORD = "aws:route53/record:Record"
STACKS = ["local", "dev", "stage", "prod"]


def preview(project: Project) -> Recording:
    return project.run(PreviewMocks(), preview=True)


def of(stack: Config) -> Project:
    return Project(ROOT, "aws-mobile", "test", as_pulumi_hands_it_over(stack), ())


@pytest.mark.parametrize("stack", STACKS)
def test_every_stack_file_builds_a_network_a_database_and_an_archive(stack: str) -> None:
    recording = preview(open_project(ROOT, stack))
    components = [resource.type for resource in recording if not resource.custom and resource.type.startswith("aws-m")]
    assert components.count("aws-mobile:index:HAdatabase") == 1
    assert components.count("aws-mobile:index:ArchiveBucket") == 1
    assert components.count("aws-mobile:index:Network") == (1 if stack == "dev" else 2)


def test_the_stack_files_have_the_same_outputs() -> None:
    outputs = [sorted(preview(open_project(ROOT, stack)).stack_outputs) for stack in STACKS]
    # What has no value, as a recovery Region where there is none, is not an output.
    assert {name for names in outputs for name in names} - set(outputs[1]) == {"recovery", "recovery_region"}


def test_production_is_protected_and_development_is_not() -> None:
    kinds = {"aws:rds/instance:Instance", "aws:s3/bucket:Bucket", "aws:kms/key:Key"}

    def protected(stack: str) -> set[bool]:
        return {resource.protect for resource in preview(open_project(ROOT, stack)) if resource.type in kinds}

    assert protected("prod") == {True}
    assert protected("dev") == {False}


def test_production_keeps_a_standby_and_a_replica_in_the_recovery_region() -> None:
    recording = preview(open_project(ROOT, "prod"))
    assert recording.named("database-instance").inputs["multiAz"] is True
    assert recording.named("database-replica-recovery").inputs["region"] == "eu-central-1"


def test_production_has_an_api_and_servers_that_wait_in_the_recovery_region() -> None:
    recording = preview(open_project(ROOT, "prod"))
    settings_ = recording.named("recovery-web-main-php84").inputs["settings"]
    assert {each["value"] for each in settings_ if each["name"] in {"MinSize", "MaxSize"}} == {"0"}
    leads = {
        (each.inputs["setIdentifier"], each.inputs["type"])
        for each in recording.of_type(RECORD)
        if each.parent and "DRPair" in each.parent
    }
    assert leads == {(site, kind) for site in ("primary", "recovery") for kind in ("A", "AAAA")}


@settings(max_examples=15)
@given(stacks())
def test_every_valid_stack_builds_with_names_of_its_own_in_its_regions(stack: Config) -> None:
    recording = preview(of(stack))
    assert len(recording.urns) == len(set(recording.urns))
    regions = {resource.inputs["region"] for resource in recording if "region" in resource.inputs}
    recovery = {stack["recovery"]["region"]} if "recovery" in stack else set()
    assert regions == {stack["region"], *recovery}


@settings(max_examples=15)
@given(stacks())
def test_no_valid_stack_shows_a_password(stack: Config) -> None:
    for resource in preview(of(stack)):
        for name, value in resource.inputs.items():
            if name in {"passwordWo", "masterPasswordWo", "secretString"}:
                assert isinstance(value, Secret)
            assert name not in {"password", "masterPassword"}


def test_a_broken_stack_file_registers_nothing() -> None:
    seen: list[str] = []
    project = of({"region": "eu-west-1", "database": {"engine": "oracle"}})
    with pytest.raises(ArgsError):
        project.run(PreviewMocks(), preview=True, on_resource=lambda resource: seen.append(resource.urn))
    assert seen == []


CORE_STACK = {
    "region": "eu-west-1",
    "backend": {
        "api": {"contributions": {"core": {"file": "app/openapi.yaml", "target": "core_api"}}},
        "web_tier": {"source": "app"},
    },
}


@pytest.mark.parametrize(("database", "told"), [({}, True), ({"alarms": {"enabled": False}}, False)])
def test_the_core_apis_alarms_go_where_the_databases_go(database: Config, told: bool) -> None:
    names = {resource.name for resource in preview(of({**CORE_STACK, "database": database}))}
    alarms = {"backend-web-main-php84-health", "backend-api-server-errors", "backend-tokens-exchange-errors"}
    assert names & alarms == (alarms if told else set())
