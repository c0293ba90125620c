"""What a database refuses about networks, replicas and other Regions, each message in full."""

from typing import Any

import pytest
from components.ha_database.account import AWAY, HOME, THERE, problems_of

OUR_KEY = f"arn:aws:kms:{HOME}:123456789012:key/k"
THEIR_KEY = f"arn:aws:kms:{AWAY}:123456789012:key/k"
REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"network": {"vpc_id": "vpc-1"}},
        ["network.subnet_ids: got nothing; allowed: given together with vpc_id; give it, or remove vpc_id"],
    ),
    (
        {"network": {"subnet_ids": ["subnet-1", "subnet-2"]}},
        ["network.vpc_id: got nothing; allowed: given together with subnet_ids; give it, or remove subnet_ids"],
    ),
    (
        {"network": {"vpc_id": "vpc-1", "subnet_ids": ["subnet-1"]}},
        ["network.subnet_ids: got 1 of them; allowed: subnets in at least 2 zones; add the missing ones"],
    ),
    (
        {"network": {"vpc_id": "vpc-1", "subnet_ids": ["subnet-1", "subnet-2"], "cidr": "10.0.0.0/16"}},
        [('network.cidr: got "10.0.0.0/16"; allowed: nothing, with subnets that exist; remove it, or the subnets')],
    ),
    (
        {"network": {"cidr": "52.0.0.0/16"}},
        [
            (
                'network.cidr: got "52.0.0.0/16"; allowed: a network inside one of 10.0.0.0/8, 172.16.0.0/12, '
                "192.168.0.0/16, 100.64.0.0/10; choose private addresses: with public ones the VPC cannot reach "
                "their owners"
            )
        ],
    ),
    (
        {"region": HOME, "network": {"zones": ["eu-west-1a", "eu-central-1a"]}},
        [
            (
                'network.zones[1]: got "eu-central-1a"; allowed: a zone of eu-west-1, for example eu-west-1a; name '
                "a zone of that Region"
            )
        ],
    ),
    (
        {"allowed_security_group_ids": {"Web_1": "sg-1"}},
        [
            (
                'allowed_security_group_ids.Web_1: got "Web_1"; allowed: a name of at most 20 lowercase letters, '
                "digits and single hyphens, a letter first; rename it"
            )
        ],
    ),
    (
        {"allowed_security_group_ids": {"web": "web"}},
        [('allowed_security_group_ids.web: got "web"; allowed: the id of a security group; choose an allowed value')],
    ),
    (
        {"region": HOME, "cross_region_backups": {"region": HOME}},
        [
            (
                'cross_region_backups.region: got "eu-west-1"; allowed: a Region other than the database\'s; name '
                "another Region"
            )
        ],
    ),
    (
        {"cross_region_backups": {"region": AWAY}},
        [
            (
                "region: got nothing; allowed: the database's own Region, which others are compared with; give it "
                "beside cross_region_backups.region"
            )
        ],
    ),
    (
        {"region": HOME, "cross_region_backups": {}},
        ["cross_region_backups.region: got nothing; allowed: a text; give it; it has no default"],
    ),
    (
        {"region": HOME, "kms_key_arn": THEIR_KEY},
        [
            (
                'kms_key_arn: got "arn:aws:kms:eu-central-1:123456789012:key/k"; allowed: an ARN in eu-west-1; '
                "give one of that Region; keys and topics do not reach across"
            )
        ],
    ),
    (
        {"region": HOME, "alarms": {"topic_arn": "arn:aws:sns:eu-central-1:123456789012:t"}},
        [
            (
                'alarms.topic_arn: got "arn:aws:sns:eu-central-1:123456789012:t"; allowed: an ARN in eu-west-1; '
                "give one of that Region; keys and topics do not reach across"
            )
        ],
    ),
    (
        {"replicas": {"Reports": {}}},
        [
            (
                'replicas.Reports: got "Reports"; allowed: a name of at most 20 lowercase letters, digits and '
                "single hyphens, a letter first; rename it"
            )
        ],
    ),
    ({"replicas": {f"r{i}": {} for i in range(16)}}, ["replicas: got 16; allowed: at most 15; remove some"]),
    (
        {"region": HOME, "replicas": {"a": {"zone": "eu-central-1a"}}},
        [
            (
                'replicas.a.zone: got "eu-central-1a"; allowed: a zone of eu-west-1, for example eu-west-1a; name '
                "a zone of that Region"
            )
        ],
    ),
    (
        {"region": HOME, "replicas": {"a": {"zone": "eu-west-1a", "multi_az": True}}},
        [
            (
                'replicas.a.zone: got "eu-west-1a"; allowed: nothing, with multi_az: RDS chooses both zones; '
                "remove one of the two"
            )
        ],
    ),
    (
        {
            "region": HOME,
            "replicas": {
                "a": {
                    "network": THERE,
                    "kms_key_arn": OUR_KEY,
                    "allowed_security_group_ids": {},
                    "alarm_topic_arn": "arn:aws:sns:eu-west-1:123456789012:t",
                }
            },
        },
        [
            (
                "replicas.a.kms_key_arn: got a value; allowed: nothing, in the database's own Region, where the "
                "replica has the database's; remove it, or name another region"
            ),
            (
                "replicas.a.network: got a value; allowed: nothing, in the database's own Region, where the "
                "replica has the database's; remove it, or name another region"
            ),
            (
                "replicas.a.allowed_security_group_ids: got a value; allowed: nothing, in the database's own "
                "Region, where the replica has the database's; remove it, or name another region"
            ),
            (
                "replicas.a.alarm_topic_arn: got a value; allowed: nothing, in the database's own Region, where "
                "the replica has the database's; remove it, or name another region"
            ),
        ],
    ),
    (
        {"replicas": {"far": {"region": AWAY, "network": THERE}}},
        [
            (
                "region: got nothing; allowed: the database's own Region, which others are compared with; give it "
                "beside replicas.far.region"
            )
        ],
    ),
    (
        {"region": HOME, "replicas": {"far": {"region": AWAY}}},
        [
            (
                "replicas.far.network: got nothing; allowed: vpc_id and subnet_ids of subnets in that Region, or "
                "the cidr of a new network there; give one of the two; a new network's addresses must not overlap "
                "the first one's"
            )
        ],
    ),
    (
        {"region": HOME, "replicas": {"far": {"region": AWAY, "network": THERE, "retention_days": 0}}},
        [
            (
                "replicas.far.retention_days: got 0; allowed: 1 to 35 days, in another Region: only a replica with "
                "a backup can be promoted well; remove it, or raise it"
            )
        ],
    ),
    (
        {"region": HOME, "replicas": {"far": {"region": AWAY, "network": THERE, "kms_key_arn": OUR_KEY}}},
        [
            (
                'replicas.far.kms_key_arn: got "arn:aws:kms:eu-west-1:123456789012:key/k"; allowed: an ARN in '
                "eu-central-1; give one of that Region; keys and topics do not reach across"
            )
        ],
    ),
    (
        {
            "region": HOME,
            "replicas": {"far": {"region": AWAY, "network": THERE}, "further": {"region": AWAY, "network": THERE}},
        },
        [
            (
                "replicas.further.network: got a second value; allowed: nothing, since replicas.far.network says "
                "it for all replicas in eu-central-1; remove one of the two"
            )
        ],
    ),
    (
        {
            "region": HOME,
            "replicas": {"far": {"region": AWAY, "network": THERE, "kms_key_arn": THEIR_KEY}},
            "cross_region_backups": {"region": AWAY, "kms_key_arn": THEIR_KEY},
        },
        [
            (
                "cross_region_backups.kms_key_arn: got a second key; allowed: nothing, since a replica gives the "
                "key for eu-central-1; remove one of the two"
            )
        ],
    ),
]

OWNER = {"region": AWAY, "network": THERE, "promoted": True}
CHAINS: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"recovery": OWNER, "home": {"source": "recvery"}},
        [
            (
                'replicas.home.source: got "recvery"; allowed: the key of another replica, or the ARN of an instance; '
                'did you mean "recovery"?'
            )
        ],
    ),
    (
        {"home": {"source": "there"}},
        [
            (
                'replicas.home.source: got "there"; allowed: the key of another replica, or the ARN of an instance; '
                "name a replica that is promoted, or remove it"
            )
        ],
    ),
    (
        {"home": {"source": "arn:aws:rds:eu-central-1:1:db:x"}},
        [
            (
                'replicas.home.source: got "arn:aws:rds:eu-central-1:1:db:x"; allowed: the key of another replica, or '
                "the ARN of an instance; choose an allowed value"
            )
        ],
    ),
    (
        {"recovery": {**OWNER, "promoted": False}, "home": {"source": "recovery"}},
        [
            (
                'replicas.home.source: got "recovery"; allowed: a replica that is promoted; promote it, set '
                "replicas.recovery.promoted, and come back; until then follow the database"
            )
        ],
    ),
    (
        {"first": {"promoted": True, "retention_days": 0}, "second": {"source": "first"}},
        [
            (
                'replicas.second.source: got "first"; allowed: a replica with backups of its own; raise '
                "replicas.first.retention_days: RDS makes replicas only of instances with backups"
            )
        ],
    ),
    (
        {"recovery": {**OWNER, "source": "home"}, "home": {"source": "recovery", "promoted": True}},
        [
            (
                'replicas.recovery.source: got "home"; allowed: no circle: recovery follows home follows recovery; '
                "let one of them follow the database, as it did when it was made"
            )
        ],
    ),
    (
        {"home": {"source": "home", "promoted": True}},
        [
            (
                'replicas.home.source: got "home"; allowed: no circle: home follows home; '
                "let one of them follow the database, as it did when it was made"
            )
        ],
    ),
    (
        {"home": {"source": f"arn:aws:rds:{HOME}:123456789012:db:x"}},
        [
            (
                'replicas.home.source: got "arn:aws:rds:eu-west-1:123456789012:db:x"; allowed: an instance in another '
                "Region; name it by its key if it is a replica here, else remove it: a copy in one Region keeps its "
                "source's key"
            )
        ],
    ),
    (
        {"recovery": OWNER, "home": {"source": "recovery", "retention_days": 0}},
        [
            (
                "replicas.home.retention_days: got 0; allowed: 1 to 35 days, in another Region: only a replica with a "
                "backup can be promoted well; remove it, or raise it"
            )
        ],
    ),
    (
        {"home": {"copied_to": AWAY}},
        [
            (
                'replicas.home.copied_to: got "eu-central-1"; allowed: nothing, until the replica is promoted; remove '
                "it: the data come from the source, and so do backups"
            )
        ],
    ),
    (
        {"recovery": {**OWNER, "copied_to": AWAY}},
        [
            (
                'replicas.recovery.copied_to: got "eu-central-1"; allowed: a Region other than the replica\'s; name '
                "another Region"
            )
        ],
    ),
    (
        {"first": {"promoted": True, "retention_days": 0, "copied_to": AWAY}},
        [
            (
                'replicas.first.copied_to: got "eu-central-1"; allowed: nothing, for a replica without backups; raise '
                "retention_days, or remove it"
            )
        ],
    ),
]


@pytest.mark.parametrize(("replicas", "problems"), CHAINS)
def test_a_chain_that_cannot_be_made_is_refused(replicas: dict[str, Any], problems: list[str]) -> None:
    assert problems_of({"region": HOME, "replicas": replicas}) == problems


def test_a_region_that_copies_go_to_wants_the_databases_own_named() -> None:
    assert problems_of({"replicas": {"home": {"promoted": True, "copied_to": AWAY}}}) == [
        (
            "region: got nothing; allowed: the database's own Region, which others are compared with; give it beside "
            "replicas.home.copied_to"
        )
    ]


@pytest.mark.parametrize(("args", "problems"), REFUSED)
def test_the_message_says_where_what_and_how_to_go_on(args: dict[str, Any], problems: list[str]) -> None:
    assert problems_of(args) == problems
