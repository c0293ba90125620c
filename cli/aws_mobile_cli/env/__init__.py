"""`aws-mobile env`: the environments of a project, each a stack file."""
