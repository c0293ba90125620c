"""The command line `aws-mobile`: what a Pulumi program would create, and the same program run on this machine."""
