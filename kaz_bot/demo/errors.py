"""What ends a demo: said in one sentence to whoever started it."""


class DemoError(Exception):
    """The demo cannot go on. The text says why, and what to do."""
