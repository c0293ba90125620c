"""What a stack file says and what it may not say."""

from typing import Any

import pytest
from hypothesis import given, settings
from program.strategies import BREAKS, CORE, Config, as_pulumi_hands_it_over, stacks

from pulumi_aws_mobile.errors import ArgsError
from stack_settings import StackSettings, resolve


def read(stack: Config) -> StackSettings:
    return resolve("Pulumi.test.yaml", "aws-mobile", as_pulumi_hands_it_over(stack))


def problems_of(stack: Config) -> list[str]:
    with pytest.raises(ArgsError) as raised:
        read(stack)
    return [str(problem) for problem in raised.value.problems]


IRELAND: Config = {"region": "eu-west-1"}
PILOT_LIGHT: Config = {**IRELAND, "recovery": {"strategy": "pilot_light", "region": "eu-central-1"}}
SERVING: Config = {**PILOT_LIGHT, "backend": {"api": CORE, "web_tier": {"source": "app"}}}
CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"


def database(stack: Config) -> dict[str, Any]:
    return dict(read(stack).unplaced_database)


def test_a_stack_file_with_a_region_alone_is_enough() -> None:
    settings = read(IRELAND)
    assert settings.networks == {"primary": {"cidr": "10.0.0.0/16", "region": "eu-west-1", "tags": {}}}
    assert settings.recovery_region is None
    assert settings.archive == {"region": "eu-west-1", "tags": {}}


def test_objects_left_empty_by_the_project_file_count_as_left_out() -> None:
    assert read({**IRELAND, "recovery": {}, "tags": {}}) == read(IRELAND)


def test_tags_reach_every_component_and_its_own_win() -> None:
    settings = read({**IRELAND, "tags": {"env": "dev", "team": "a"}, "archive": {"tags": {"team": "b"}}})
    assert settings.archive.get("tags") == {"env": "dev", "team": "b"}
    assert settings.networks["primary"].get("tags") == {"env": "dev", "team": "a"}


def test_backup_and_restore_copies_backups_into_a_network_that_waits() -> None:
    stack = {**IRELAND, "recovery": {"strategy": "backup_restore", "region": "eu-central-1"}}
    assert read(stack).networks["recovery"].get("nat") == "none"
    assert database(stack)["cross_region_backups"] == {"region": "eu-central-1"}
    assert "replicas" not in database(stack)
    assert read(stack).archive.get("replication") == {"region": "eu-central-1"}


def test_a_pilot_light_has_a_network_without_nat_and_one_replica() -> None:
    assert read(PILOT_LIGHT).networks["recovery"] == {
        "cidr": "10.1.0.0/16",
        "nat": "none",
        "region": "eu-central-1",
        "tags": {},
    }
    assert database(PILOT_LIGHT)["replicas"] == {"recovery": {"region": "eu-central-1"}}


def test_a_warm_standby_has_a_replica_with_a_standby() -> None:
    recovery = {"strategy": "warm_standby", "region": "eu-central-1", "instance_class": "db.m7g.large"}
    stack = {**IRELAND, "recovery": recovery}
    assert database(stack)["replicas"] == {
        "recovery": {"region": "eu-central-1", "multi_az": True, "instance_class": "db.m7g.large"}
    }
    assert read(stack).networks["recovery"].get("nat") == "single"


def test_two_sites_have_the_same_way_out() -> None:
    stack = {**IRELAND, "network": {"nat": "single"}, "recovery": {"strategy": "multi_site", "region": "eu-central-1"}}
    assert read(stack).networks["recovery"].get("nat") == "single"


def test_without_servers_there_is_no_site_to_recover() -> None:
    assert not read(PILOT_LIGHT).has_recovery_site
    assert read(SERVING).has_recovery_site


def test_a_takeover_is_said_in_the_recovery_object() -> None:
    stack = {**IRELAND, "recovery": {**PILOT_LIGHT["recovery"], "takeovers": 1}}
    assert database(stack)["replicas"]["recovery"]["promoted"] is True


def test_the_way_home_is_a_replica_in_the_primary_region() -> None:
    stack = {**IRELAND, "recovery": {**PILOT_LIGHT["recovery"], "takeovers": 1, "successor": True}}
    assert database(stack)["replicas"]["home"] == {"region": "eu-west-1", "source": "recovery"}


def test_the_cheapest_strategy_that_is_quick_enough_is_chosen() -> None:
    need = {"rto_minutes": 600, "rpo_minutes": 60, "monthly_budget": 100_000}
    recovery = read({**IRELAND, "recovery": {"need": need, "region": "eu-central-1"}}).recovery
    assert recovery is not None
    assert recovery.strategy == "backup_restore"


def test_a_need_that_no_strategy_meets_is_refused() -> None:
    need = {"rto_minutes": 1, "rpo_minutes": 0, "monthly_budget": 1}
    (problem,) = problems_of({**IRELAND, "recovery": {"need": need, "region": "eu-central-1"}})
    assert problem.startswith("aws-mobile:recovery.need: got ")


def test_a_recovery_without_a_strategy_is_asked_for_one() -> None:
    (problem,) = problems_of({**IRELAND, "recovery": {"region": "eu-central-1"}})
    assert problem.startswith("aws-mobile:recovery.strategy: got nothing; allowed: backup_restore | pilot_light | ")


def test_servers_with_https_need_a_certificate_in_each_region() -> None:
    https = {"certificate_arn": CERTIFICATE, "host_name": "core.example.com"}
    servers = {**SERVING["backend"], "web_tier": {"source": "app", "https": https}}
    assert problems_of({**SERVING, "backend": servers}) == [
        (
            "aws-mobile:recovery.servers.certificate_arn: got nothing; "
            "allowed: the ARN of a certificate in eu-central-1 for backend.web_tier.https.host_name; "
            "give it: certificates are regional"
        )
    ]


def test_what_a_failover_restored_has_to_be_said() -> None:
    copied = {"strategy": "backup_restore", "region": "eu-central-1", "takeovers": 1}
    assert problems_of({**IRELAND, "recovery": copied}) == [
        (
            "aws-mobile:recovery.restored: got nothing; allowed: the database that the failover restored; "
            "copy its arn, host and security_group_id from the failover's report"
        )
    ]


def test_other_replicas_stay_beside_the_recovery_regions() -> None:
    stack = {**PILOT_LIGHT, "database": {"replicas": {"reports": {}}}}
    assert list(database(stack)["replicas"]) == ["reports", "recovery"]


def test_replication_options_of_the_archive_stay() -> None:
    stack = {**PILOT_LIGHT, "archive": {"replication": {"region": "eu-central-1", "fifteen_minutes": True}}}
    assert read(stack).archive.get("replication") == {"region": "eu-central-1", "fifteen_minutes": True}


def test_every_problem_is_listed_at_once_with_its_path_in_the_file() -> None:
    stack = {
        "region": "eu-west-1",
        "network": {"zones": ["eu-west-1a", "eu-west-1a"], "natt": "single"},
        "database": {"engine": "mysq"},
        "recovery": {"strategy": "pilot_light", "region": "eu-west-1"},
    }
    with pytest.raises(ArgsError) as raised:
        read(stack)
    text = str(raised.value)
    assert text.startswith("Pulumi.test.yaml: ")
    assert '\n  aws-mobile:network.natt: got "single"; allowed: ' in text
    assert 'did you mean "nat"?' in text
    assert '\n  aws-mobile:database.engine: got "mysq"; allowed: ' in text
    assert 'did you mean "mysql"?' in text
    assert (
        '\n  aws-mobile:recovery.region: got "eu-west-1"; allowed: another Region than aws:region; '
        "choose a second Region" in text
    )


def test_a_missing_region_is_asked_for() -> None:
    assert problems_of({}) == [
        "aws:region: got nothing; allowed: an AWS Region, for example eu-west-1; name the primary Region"
    ]


def test_what_the_program_fills_in_is_refused() -> None:
    assert problems_of({**IRELAND, "archive": {"region": "eu-west-1"}}) == [
        'aws-mobile:archive.region: got "eu-west-1"; allowed: nothing; remove it: the program fills it in'
    ]


def test_networks_that_overlap_are_refused() -> None:
    assert problems_of({**PILOT_LIGHT, "network": {"cidr": "10.1.0.0/16"}}) == [
        'aws-mobile:recovery.network.cidr: got "10.1.0.0/16"; allowed: a network apart from 10.1.0.0/16; choose another'
    ]


def test_a_clash_with_the_strategy_is_reported_where_the_strategy_stands() -> None:
    cluster = {"topology": "multi_az_cluster", "instance_class": "db.m6gd.large"}
    paths = {problem.split(":", 2)[1] for problem in problems_of({**PILOT_LIGHT, "database": cluster})}
    assert paths == {"recovery"}


@pytest.mark.parametrize(("part", "option"), [("user_files", "replication"), ("data_sync", "recovery")])
def test_copies_in_another_region_than_the_recovery_region_are_refused(part: str, option: str) -> None:
    backend = {part: {option: {"region": "us-east-2"}}}
    assert problems_of({**PILOT_LIGHT, "backend": backend}) == [
        (
            f'aws-mobile:backend.{part}.{option}.region: got "us-east-2"; '
            "allowed: eu-central-1, as recovery.region says; remove it"
        )
    ]


def test_users_data_are_copied_to_the_recovery_region() -> None:
    backend = read({**PILOT_LIGHT, "backend": {"data_sync": {}}}).unplaced_backend
    assert backend["data_sync"] == {"recovery": {"region": "eu-central-1"}}


def test_naming_the_feature_alone_copies_users_data_too() -> None:
    features = ["sign_in", "core_api", "user_data"]
    backend = read({**PILOT_LIGHT, "backend": {"features": features}}).unplaced_backend
    assert backend["data_sync"] == {"recovery": {"region": "eu-central-1"}}


def test_the_recovery_site_has_the_same_routes_for_the_same_groups() -> None:
    told: Config = {
        "identity": {"groups": {"writers": {}, "editors": {}}},
        "api": CORE,
        "web_tier": {"source": "app"},
        "push": {
            "topics": {"news": {}},
            "senders": ["editors"],
            "alarm_topic_arn": "arn:aws:sns:eu-west-1:123456789012:alarms",
        },
        "analytics": {},
    }
    site = read({**PILOT_LIGHT, "backend": told}).unplaced_site
    assert site is not None
    assert (site["groups"], site["push"]) == (["editors", "writers"], {"topics": {"news": {}}, "senders": ["editors"]})
    assert "analytics" not in site


def test_backups_copied_twice_are_refused() -> None:
    copied = {"cross_region_backups": {"region": "eu-central-1"}}
    assert problems_of({**PILOT_LIGHT, "database": copied}) == [
        (
            'aws-mobile:database.cross_region_backups: got {"region": "eu-central-1"}; '
            "allowed: nothing beside recovery; remove it, or remove recovery"
        )
    ]


def test_servers_need_a_way_out() -> None:
    stack = {"region": "eu-west-1", "network": {"nat": "none"}, "backend": {"api": CORE, "web_tier": {"source": "app"}}}
    assert problems_of(stack) == [
        (
            'aws-mobile:network.nat: got "none"; '
            "allowed: per_zone | single beside backend.web_tier, whose servers reach Elastic Beanstalk through it; "
            "choose one, or remove the web tier"
        )
    ]


@given(stacks())
def test_every_valid_stack_is_read(stack: Config) -> None:
    assert read(stack).region == stack["region"]


@pytest.mark.parametrize("path", BREAKS)
@settings(max_examples=10)
@given(stack=stacks())
def test_every_kind_of_broken_stack_is_refused_at_its_path(path: str, stack: Config) -> None:
    assert any(problem.startswith(f"{path}: got ") for problem in problems_of(BREAKS[path](stack)))
