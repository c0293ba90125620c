"""What is decided about an observability, and what is said of options that cannot work."""

import pytest
from components.observability.building import AWAY, EVERYTHING, HOME, LEAST, Args, topic

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.observability.settings import resolve

WATCHED = LEAST["regions"][HOME]


def problems_of(args: Args, name: str = "watch") -> list[str]:
    with pytest.raises(ArgsError) as caught:
        resolve(name, args)
    return [str(problem) for problem in caught.value.problems]


def test_by_default_a_thousandth_may_fail_and_a_hundredth_may_be_slow() -> None:
    level = resolve("watch", LEAST).service_level
    assert (level.availability_percent, level.latency_ms, level.latency_percent) == (99.9, 1000, 99)
    assert (level.window_days, level.minimum_requests) == (30, 20)


def test_everything_together_works() -> None:
    assert list(resolve("watch", EVERYTHING).regions) == [AWAY, HOME]


def region(**changes: object) -> Args:
    return {"regions": {HOME: {**WATCHED, **changes}}}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"regions": {}}, "regions: got []; allowed: 1 to 4 Regions; name a Region and its topic"),
        (
            {"regions": {"Ireland": WATCHED}},
            'regions.Ireland: got "Ireland"; allowed: an AWS Region, for example eu-west-1; name the Region',
        ),
        (
            region(topic_arn=topic(AWAY)),
            (
                f'regions.{HOME}.topic_arn: got "{topic(AWAY)}"; allowed: the ARN of an SNS topic in {HOME}; '
                "give a topic of this Region: alarms reach no other"
            ),
        ),
        (
            {"regions": {HOME: {"topic_arn": topic(HOME)}}},
            (
                f"regions.{HOME}: got nothing; allowed: something to watch besides the topic; "
                "name the API, the servers or what else is there"
            ),
        ),
        (
            {"regions": {HOME: {"topic_arn": topic(HOME), "databases": {}}}},
            (
                f"regions.{HOME}: got nothing; allowed: something to watch besides the topic; "
                "name the API, the servers or what else is there"
            ),
        ),
        (
            region(databases={"Orders": "orders"}),
            (
                f'regions.{HOME}.databases.Orders: got "Orders"; allowed: 1 to 30 lower-case letters, digits and '
                "inner hyphens; choose another name"
            ),
        ),
        (
            region(queues={f"q{number}": "q" for number in range(21)}),
            (
                f'regions.{HOME}.queues: got "21 of them"; allowed: at most 20; '
                "leave out those that matter less: a graph with so many lines shows nothing"
            ),
        ),
        (
            {**LEAST, "service_level": {"availability_percent": 100}},
            "service_level.availability_percent: got 100; allowed: 95 to 99.99 %; choose an allowed value",
        ),
        (
            {**LEAST, "service_level": {"latency_ms": 30_000}},
            "service_level.latency_ms: got 30000; allowed: 50 to 29000 milliseconds; choose an allowed value",
        ),
        (
            {**LEAST, "budget": {"monthly_usd": 100}},
            "budget: got nothing; allowed: emails, topic_arn or both; say who is told",
        ),
        (
            {**LEAST, "budget": {"monthly_usd": 100, "emails": [f"a{n}@example.com" for n in range(11)]}},
            ('budget.emails: got "11 addresses"; allowed: at most 10; give a topic that they subscribe to'),
        ),
        (
            {**LEAST, "budget": {"monthly_usd": 0, "emails": ["a@example.com"]}},
            "budget.monthly_usd: got 0; allowed: 1 to 10000000 US dollars; choose an allowed value",
        ),
        (
            {**LEAST, "budgets": {}},
            'budgets: got {}; allowed: budget, region, regions, service_level, tags; did you mean "budget"?',
        ),
    ],
)
def test_what_cannot_work_is_said_in_full(args: Args, said: str) -> None:
    assert problems_of(args) == [said]


def test_more_regions_than_a_dashboard_can_show_are_refused() -> None:
    names = ("eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1", "eu-south-1")
    (said,) = problems_of({"regions": {each: {**WATCHED, "topic_arn": topic(each)} for each in names}})
    assert said.endswith("allowed: 1 to 4 Regions; make another Observability for the rest")


def test_a_name_that_cannot_name_a_dashboard_is_refused() -> None:
    (said,) = problems_of(LEAST, "the watch")
    assert said == (
        'name: got "the watch"; allowed: 1 to 60 letters, digits, hyphens and underscores; '
        "rename the component: its dashboards are named after it"
    )


def test_all_problems_are_reported_at_once() -> None:
    assert len(problems_of({"regions": {}, "budget": {"monthly_usd": 1}, "tag": {}})) == 3
