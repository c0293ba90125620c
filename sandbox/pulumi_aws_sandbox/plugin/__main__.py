"""`python -m pulumi_aws_sandbox.plugin PACKAGE [ENGINE ADDRESS …]`: what the executables on PATH start."""

import argparse

from pulumi_aws_sandbox.plugin.configuration import PACKAGES
from pulumi_aws_sandbox.plugin.provider import Provider
from pulumi_aws_sandbox.plugin.server import run


def main() -> None:
    """Serve one package to the engine that started this process."""
    parser = argparse.ArgumentParser(prog="pulumi_aws_sandbox.plugin", description=__doc__)
    parser.add_argument("package", choices=sorted(PACKAGES))
    # The engine adds its address and logging flags, none of which matter here.
    arguments, _ = parser.parse_known_args()
    run(Provider(PACKAGES[arguments.package]))


if __name__ == "__main__":
    main()
