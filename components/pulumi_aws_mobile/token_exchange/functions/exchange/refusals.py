"""Why somebody gets no token."""


class RefusedError(Exception):
    """The caller gets no token; the message is for them, and says nothing about anybody else."""
