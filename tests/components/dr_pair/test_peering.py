"""The peering that lets the servers of both Regions reach one writer."""

from components.dr_pair.building import AWAY, HOME, STRATEGIES, args_of, build

ROUTE = "aws:ec2/route:Route"
PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection"


def test_only_multi_site_has_one() -> None:
    assert {strategy for strategy in STRATEGIES if build(args_of(strategy)).of_type(PEERING)} == {"multi_site"}


def test_the_primary_region_asks_and_the_recovery_region_accepts() -> None:
    recording = build(args_of("multi_site"))
    assert recording.named("pair-peering").inputs == {
        "autoAccept": False,
        "peerRegion": AWAY,
        "peerVpcId": "vpc-cccccccc",
        "region": HOME,
        "tags": {"Name": "pair-peering"},
        "vpcId": "vpc-aaaaaaaa",
    }
    assert recording.named("pair-peering-accepter").inputs == {
        "autoAccept": True,
        "region": AWAY,
        "tags": {"Name": "pair-peering-accepter"},
        "vpcPeeringConnectionId": "pair-peering-id",
    }


def test_servers_and_databases_of_each_region_find_the_other() -> None:
    routes = build(args_of("multi_site")).of_type(ROUTE)
    assert {
        (each.inputs["region"], each.inputs["routeTableId"], each.inputs["destinationCidrBlock"]) for each in routes
    } == {
        (HOME, "rtb-aaaaaaaa", "10.1.0.0/16"),
        (HOME, "rtb-aaaaaaab", "10.1.0.0/16"),
        (AWAY, "rtb-ccccccca", "10.0.0.0/16"),
        (AWAY, "rtb-cccccccb", "10.0.0.0/16"),
        (AWAY, "rtb-cccccccd", "10.0.0.0/16"),
        (HOME, "rtb-aaaaaaad", "10.1.0.0/16"),
    }


def test_a_route_waits_until_the_peering_is_accepted() -> None:
    routes = build(args_of("multi_site")).of_type(ROUTE)
    assert {each.inputs["vpcPeeringConnectionId"] for each in routes} == {"pair-peering-accepter-id"}


def test_each_database_lets_the_other_regions_servers_in_on_its_port() -> None:
    recording = build(args_of("multi_site"))
    assert recording.named("pair-primary-database-from-other-region").inputs == {
        "cidrIpv4": "10.1.0.0/16",
        "description": "The servers of the other Region may connect",
        "fromPort": 3306,
        "ipProtocol": "tcp",
        "region": HOME,
        "securityGroupId": "sg-aaaaaaaa",
        "tags": {"Name": "pair-primary-database-from-other-region"},
        "toPort": 3306,
    }
    rule = recording.named("pair-recovery-database-from-other-region").inputs
    assert (rule["region"], rule["securityGroupId"], rule["cidrIpv4"]) == (AWAY, "sg-cccccccc", "10.0.0.0/16")
