"""Writes a program that has the same in any number of Regions: a network, a database in it, and an archive."""

from pathlib import Path

REGIONS = (
    "eu-west-1",
    "eu-central-1",
    "us-east-1",
    "us-west-2",
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "sa-east-1",
    "eu-west-2",
    "eu-west-3",
    "eu-north-1",
    "us-east-2",
    "us-west-1",
    "ap-south-1",
    "ap-northeast-2",
)
COUNTS = (1, 2, 4, 8, 16)
STACK = "bench"

_PROGRAM = """\
from pulumi_aws_mobile import ArchiveBucket, HAdatabase, Network

for number, region in enumerate({regions!r}):
    zones = [f"{{region}}{{letter}}" for letter in "abc"]
    network = Network(f"{{region}}-network", {{"region": region, "zones": zones, "cidr": f"10.{{number}}.0.0/16"}})
    place = {{"vpc_id": network.vpc_id, "subnet_ids": network.data_subnet_ids, "zones": zones}}
    HAdatabase(f"{{region}}-database", {{"region": region, "network": place}})
    ArchiveBucket(f"{{region}}-archive", {{"region": region}})
"""


def write_growth(folder: Path) -> None:
    """Write a Pulumi project for each number of Regions into `folder`, named by that number."""
    for count in COUNTS:
        home = folder / str(count)
        home.mkdir(parents=True, exist_ok=True)
        (home / "Pulumi.yaml").write_text("name: growth\nruntime: python\n", encoding="utf-8")
        (home / f"Pulumi.{STACK}.yaml").write_text(f"config:\n  aws:region: {REGIONS[0]}\n", encoding="utf-8")
        (home / "__main__.py").write_text(_PROGRAM.format(regions=REGIONS[:count]), encoding="utf-8")
