"""How much of a document is read: beyond these it is refused, with the bound in the sentence."""

MAX_BYTES = 5_000_000
MAX_PAGES = 100
# Some sixty pages of text.
MAX_CHARACTERS = 200_000
# All parts of a Word document together, once unpacked.
MAX_UNPACKED = 50_000_000
MAX_SECONDS = 30
MAX_MEMORY = 1_500_000_000
