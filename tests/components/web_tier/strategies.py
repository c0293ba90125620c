"""Options of a web tier that always work."""

from typing import Any

from components.web_tier.building import CERTIFICATE, HOME, KEY, PLACE, SECRET, STACK, TOPIC
from hypothesis import strategies as st

from pulumi_aws_mobile.web_tier.environment_args import HealthArgs
from pulumi_aws_mobile.web_tier.limits import LIMITS

Args = dict[str, Any]
TYPES = ["t4g.small", "m7g.large", "c7gn.medium"]


def some(**options: st.SearchStrategy[Any]) -> st.SearchStrategy[Args]:
    """Draw any of the options."""
    return st.fixed_dictionaries({}, optional=options)


@st.composite
def instances(draw: st.DrawFn) -> Args:
    fewest = draw(st.integers(1, 6))
    found: Args = {"min": fewest, "max": draw(st.integers(fewest, 9)), "types": draw(st.permutations(TYPES))}
    if draw(st.booleans()):
        found["spot"] = draw(
            some(
                on_demand_base=st.integers(0, fewest),
                on_demand_above_base_percent=st.integers(0, 100),
                max_price=st.just("0.05"),
            )
        )
        found["spot"].setdefault("on_demand_base", 1)
    if draw(st.booleans()):
        found["zones"] = draw(st.permutations(PLACE["zones"]))
    return found | draw(some(root_volume_gib=st.integers(10, 100)))


@st.composite
def scalings(draw: st.DrawFn) -> Args:
    lower = draw(st.integers(0, 98) | st.floats(0, 98))
    found: Args = {"lower": lower, "upper": draw(st.integers(int(lower) + 1, 100))}
    found["metric"] = draw(st.sampled_from(["cpu", "requests"]))
    more = some(
        period_minutes=st.integers(1, 20),
        breach_periods=st.integers(1, 30),
        add=st.integers(1, 9),
        remove=st.integers(1, 9),
        cooldown_seconds=st.integers(0, 900),
    )
    return found | draw(more)


@st.composite
def deployments(draw: st.DrawFn, most: int) -> Args:
    policy = draw(
        st.sampled_from(["AllAtOnce", "Rolling", "RollingWithAdditionalBatch", "Immutable", "TrafficSplitting"])
    )
    found: Args = {"policy": policy} | draw(
        some(timeout_seconds=st.integers(1, 3600), ignore_health_check=st.booleans())
    )
    if policy.startswith("Rolling"):
        kind = draw(st.sampled_from(["Percentage", "Fixed"]))
        largest = 100 if kind == "Percentage" else most
        found |= {"batch_type": kind, "batch_size": draw(st.integers(1, largest))}
    if policy == "TrafficSplitting":
        found |= {"traffic_percent": draw(st.integers(1, 99)), "evaluation_minutes": draw(st.integers(3, 600))}
    return found


@st.composite
def updates(draw: st.DrawFn, most: int) -> Args:
    kind = draw(st.sampled_from(["Health", "Time", "Immutable"]))
    found: Args = {"type": kind, "timeout_minutes": draw(st.integers(5, 60))}
    if kind != "Immutable":
        found |= {"max_batch_size": draw(st.integers(1, most)), "min_in_service": draw(st.integers(0, most - 1))}
    if kind == "Time":
        found["pause_seconds"] = draw(st.integers(0, 3600))
    return found


@st.composite
def environment_args(draw: st.DrawFn) -> Args:
    """Draw what an environment may be told."""
    found: Args = {"instances": draw(instances()), "scaling": draw(scalings())}
    most = found["instances"]["max"]
    found |= {"deployment": draw(deployments(most)), "configuration_updates": draw(updates(most))}
    interval = draw(st.integers(6, 60))
    metrics = LIMITS[HealthArgs]["metrics"].values  # type: ignore[attr-defined]
    found["health"] = {"interval_seconds": interval, "timeout_seconds": draw(st.integers(2, interval - 1))} | draw(
        some(
            path=st.sampled_from(["/", "/health"]),
            success_codes=st.sampled_from(["200", "200,204", "200-399"]),
            healthy_threshold=st.integers(2, 10),
            unhealthy_threshold=st.integers(2, 10),
            ignore_client_errors=st.booleans(),
            metrics=st.lists(st.sampled_from(metrics), max_size=4),
        )
    )
    more = some(
        platform=some(
            solution_stack=st.just(STACK),
            memory_limit_mib=st.integers(8, 512),
            max_execution_seconds=st.integers(1, 60),
            proxy=st.sampled_from(["nginx", "apache"]),
        ),
        load_balancer=some(idle_timeout_seconds=st.integers(1, 4000), access_logs=st.booleans()),
        draining_seconds=st.integers(0, 3600),
        environment=st.dictionaries(
            st.sampled_from(["A", "B", "RDS_HOSTNAME", "BASE_PATH"]), st.text("ab /", max_size=9)
        ),
        secrets=st.dictionaries(
            st.sampled_from(["RDS_PASSWORD", "API_KEY"]), st.sampled_from([SECRET, f"{SECRET}:key"])
        ),
        managed_updates=st.just({"enabled": False})
        | some(window=st.just("Tue:09:30"), level=st.just("patch"), refresh_instances=st.booleans()),
        logs=some(
            retention_days=st.sampled_from([7, 3653]), delete_on_terminate=st.booleans(), rotated_to_s3=st.booleans()
        ),
    )
    return found | draw(more)


@st.composite
def web_tier_args(draw: st.DrawFn) -> Args:
    """Draw what a web tier may be told, all but its source."""
    https = some(tls_policy=st.just("ELBSecurityPolicy-TLS13-1-3-2021-06"), redirect_http=st.booleans()).map(
        lambda more: {"certificate_arn": CERTIFICATE, "host_name": "core.example.com", **more}
    )
    more = some(
        https=https,
        public=st.booleans(),
        auto_scaling_health=some(check=st.sampled_from(["EC2", "ELB"]), grace_seconds=st.integers(0, 7200)),
        secret_kms_key_arns=st.just([KEY]),
        statements=st.just(
            [{"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::somewhere/*"], "effect": "Allow"}]
        ),
        database=some(port=st.integers(1, 65_535)).map(lambda port: {"security_group_id": "sg-1", **port}),
        versions=some(keep_count=st.integers(1, 1000)) | some(keep_days=st.integers(1, 3650)),
        alarm_topic_arn=st.just(TOPIC),
        protect=st.booleans(),
        tags=st.just({"team": "core"}),
    )
    return draw(environment_args()) | draw(more) | {"region": HOME, "network": PLACE}
