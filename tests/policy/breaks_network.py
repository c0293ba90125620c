"""Every way to break a rule about networks, with the whole message."""

from policy.breaks import Break
from policy.breaks_others import INGRESS
from policy.guard_stack import Ref, add, drop, put, remove

RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"

BREAKS = [
    Break(
        "sg-open-ingress",
        "SSH",
        put("web-ingress", fromPort=22, toPort=22),
        "web-ingress",
        (
            "cidrIpv4: got port 22 open to 0.0.0.0/0; allowed: the ports 80, 443 only; name the security groups "
            "or the networks that need it"
        ),
    ),
    Break(
        "sg-open-ingress",
        "a range",
        put("web-ingress", fromPort=80.0, toPort=443.0),
        "web-ingress",
        (
            "cidrIpv4: got ports 80 to 443 open to 0.0.0.0/0; allowed: the ports 80, 443 only; name the security "
            "groups or the networks that need it"
        ),
    ),
    Break(
        "sg-open-ingress",
        "two ports, one of them for the web",
        put("web-ingress", toPort=444),
        "web-ingress",
        (
            "cidrIpv4: got ports 443 to 444 open to 0.0.0.0/0; allowed: the ports 80, 443 only; "
            "name the security groups or the networks that need it"
        ),
    ),
    Break(
        "sg-open-ingress",
        "all ports",
        put("web-ingress", ipProtocol="-1"),
        "web-ingress",
        (
            "cidrIpv4: got all ports open to 0.0.0.0/0; allowed: the ports 80, 443 only; name the security "
            "groups or the networks that need it"
        ),
    ),
    Break(
        "sg-open-ingress",
        "ping",
        put("web-ingress", ipProtocol="icmp", fromPort=-1, toPort=-1),
        "web-ingress",
        (
            "cidrIpv4: got a protocol without ports open to 0.0.0.0/0; allowed: the ports 80, 443 only; name the "
            "security groups or the networks that need it"
        ),
    ),
    Break(
        "sg-open-ingress",
        "IPv6",
        put("web-rule", cidrBlocks=[], fromPort=22, toPort=22),
        "web-rule",
        (
            "ipv6CidrBlocks: got port 22 open to ::/0; allowed: the ports 80, 443 only; name the security groups "
            "or the networks that need it"
        ),
    ),
    Break(
        "sg-open-ingress",
        "half the internet",
        put("web-ingress", cidrIpv4="128.0.0.0/1", fromPort=1),
        "web-ingress",
        (
            "cidrIpv4: got ports 1 to 443 open to 128.0.0.0/1; allowed: the ports 80, 443 only; name the "
            "security groups or the networks that need it"
        ),
    ),
    Break(
        "sg-open-ingress",
        "the older rule",
        put("web-rule", fromPort=0, toPort=65535),
        "web-rule",
        (
            "cidrBlocks: got all ports open to 0.0.0.0/0; allowed: the ports 80, 443 only; name the security "
            "groups or the networks that need it"
        ),
    ),
    Break(
        "sg-open-ingress",
        "inline",
        add(
            "inline",
            "aws:ec2/securityGroup:SecurityGroup",
            description="Inline.",
            ingress=[{"protocol": "tcp", "fromPort": 3306, "toPort": 3306, "cidrBlocks": ["10.0.0.0/8", "0.0.0.0/0"]}],
        ),
        "inline",
        (
            "ingress[0].cidrBlocks: got port 3306 open to 0.0.0.0/0; allowed: the ports 80, 443 only; name the "
            "security groups or the networks that need it"
        ),
    ),
    Break(
        "sg-db-source",
        "a network",
        add(
            "more",
            INGRESS,
            securityGroupId=Ref("db-group"),
            ipProtocol="tcp",
            fromPort=3307,
            toPort=3307,
            cidrIpv4="10.0.0.0/16",
        ),
        "more",
        "cidrIpv4: got a network; allowed: security groups only; name the security group of whoever needs the database",
    ),
    Break(
        "sg-db-source",
        "a network that is not known yet",
        add(
            "more",
            INGRESS,
            securityGroupId=Ref("db-group"),
            ipProtocol="tcp",
            fromPort=443,
            toPort=443,
            cidrIpv4=Ref("vpc", "cidr"),
        ),
        "more",
        "cidrIpv4: got a network; allowed: security groups only; name the security group of whoever needs the database",
    ),
    Break(
        "sg-db-source",
        "a network, by the older rule",
        add(
            "more",
            RULE,
            securityGroupId=Ref("db-group"),
            type="ingress",
            protocol="tcp",
            fromPort=1,
            toPort=2,
            cidrBlocks=["10.1.0.0/16"],
        ),
        "more",
        (
            "cidrBlocks: got a network; allowed: security groups only; name the security group of whoever needs "
            "the database"
        ),
    ),
    Break(
        "sg-db-source",
        "a prefix list",
        add(
            "more",
            INGRESS,
            securityGroupId=Ref("db-group"),
            ipProtocol="tcp",
            fromPort=1,
            toPort=2,
            prefixListId="pl-1",
        ),
        "more",
        (
            "prefixListId: got a prefix list; allowed: security groups only; name the security group of whoever "
            "needs the database"
        ),
    ),
    Break(
        "sg-description",
        "absent",
        drop("db-group", "description"),
        "db-group",
        "description: got nothing; allowed: a sentence; say who reaches what through the group; a change replaces it",
    ),
    Break(
        "sg-description",
        "Pulumi's own",
        put("db-group", description="Managed by Pulumi"),
        "db-group",
        (
            'description: got "Managed by Pulumi"; allowed: a sentence; say who reaches what through the group; '
            "a change replaces it"
        ),
    ),
    Break(
        "sg-mix",
        "both",
        put("web-group", egress=[{"protocol": "tcp", "fromPort": 1, "toPort": 1}]),
        "web-group",
        (
            "egress: got inline rules, and 2 separate; allowed: one or the other; move egress into rules of "
            "their own; with both, each update undoes the other"
        ),
    ),
    Break(
        "subnet-public-ip",
        "on",
        put("public-a", mapPublicIpOnLaunch=True),
        "public-a",
        (
            "mapPublicIpOnLaunch: got true; allowed: false; leave it out; give a public address to the one "
            "resource that needs it"
        ),
    ),
    Break(
        "subnet-public-ip",
        "AWS's own subnet",
        add("own", "aws:ec2/defaultSubnet:DefaultSubnet"),
        "own",
        (
            "mapPublicIpOnLaunch: got nothing; allowed: false; "
            "set it to false; AWS's own default subnets hand out public addresses"
        ),
    ),
    Break(
        "vpc-flow-logs",
        "none",
        remove("flow-log"),
        "vpc",
        "FlowLog: got nothing; allowed: one for the VPC; add a FlowLog with the VPC's id",
    ),
    Break(
        "vpc-default-sg",
        "none",
        remove("default-group"),
        "vpc",
        (
            "DefaultSecurityGroup: got nothing; allowed: one for the VPC; add one without rules; it takes over "
            "the group that AWS made"
        ),
    ),
    Break(
        "vpc-default-sg",
        "not empty",
        put("default-group", egress=[{"protocol": "-1", "cidrBlocks": ["10.0.0.0/8"]}]),
        "default-group",
        "egress: got rules; allowed: nothing; leave egress out",
    ),
]
