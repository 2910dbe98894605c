"""What a caller can do wrong when asking."""


class AskError(ValueError):
    """A request that cannot be answered as it was sent; the message says what to change."""
