"""What can go wrong between the guidance and a ranked list of passages."""


class IndexRoomError(Exception):
    """Root of every error of this room; the message says what is wrong and what to do."""


class EncoderError(IndexRoomError):
    """The embedding model cannot be loaded or used."""


class StoreError(IndexRoomError):
    """Vectors on disk cannot be read or written."""


class RankerError(IndexRoomError):
    """The shipped ranker is missing, damaged or does not fit the model or the knowledge."""
