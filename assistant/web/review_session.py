"""Who may see the review page: whoever has the token, for one working day in this browser.

Nothing is kept on the server: the cookie carries its end, signed with the token. Another token
ends every session.
"""

import hashlib
import hmac
import time
from collections.abc import Callable

COOKIE = "avg_beheer"
SECONDS = 8 * 3_600


class Sessions:
    """Opens and recognises sessions for one token."""

    def __init__(self, token: str, clock: Callable[[], float] = time.time) -> None:
        self._token = token.encode()
        self._clock = clock

    def opens(self, given: str) -> bool:
        """Is this the token?"""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token)

    def cookie(self) -> str:
        """A value for the cookie that ``holds`` accepts for ``SECONDS`` seconds."""
        end = str(int(self._clock()) + SECONDS)
        return f"{end}.{self._signature(end)}"

    def holds(self, cookie: str) -> bool:
        """Was this cookie given out with this token, and is it not over?"""
        end, _, signature = cookie.partition(".")
        ours = hmac.compare_digest(
            signature.encode("utf-8", "replace"), self._signature(end).encode()
        )
        return ours and int(end) > self._clock()

    def _signature(self, end: str) -> str:
        return hmac.new(self._token, end.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
