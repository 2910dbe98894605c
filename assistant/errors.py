"""What a caller can do wrong when asking, or when showing a receipt."""

from assistant import phrases


class AskError(ValueError):
    """A request that cannot be answered as it was sent; the message says what to change."""


class ReceiptError(ValueError):
    """What was shown is no receipt of this assistant; the message says what is wrong with it."""


class DocumentError(AskError):
    """An agreement that cannot be read; ``reason`` is a name in ``phrases.DOCUMENT``.

    The message is the Dutch sentence that goes with it. Nothing of the document is in it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(phrases.DOCUMENT[reason])
        self.reason = reason
