"""What goes wrong in a benchmark."""


class BenchError(Exception):
    """Something that is to be compared cannot be made, run or trusted."""
