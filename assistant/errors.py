"""What a caller can do wrong when asking, or when showing a receipt."""


class AskError(ValueError):
    """A request that cannot be answered as it was sent; the message says what to change."""


class ReceiptError(ValueError):
    """What was shown is no receipt of this assistant; the message says what is wrong with it."""
