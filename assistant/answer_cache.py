"""Remembers the last answers, so that a repeated question costs no search.

A cache belongs to one assistant, whose knowledge, model and bounds never change; so question and
history are the whole key. Only a keyed hash of them is kept, with a key that dies with the
process: what people typed cannot be read back.
"""

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Answer
from assistant.request import Turn, clean

# Some 10 MB of answers.
SIZE = 2_000


class Asked(Protocol):
    """Whatever answers: the assistant."""

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer one question; the same question and history get the same answer."""
        ...


class AnswerCache:
    """Answers as its assistant does; holds at most ``size`` answers, the last used ones."""

    def __init__(self, assistant: Asked, size: int = SIZE) -> None:
        self._assistant = assistant
        self._size = size
        self._secret = os.urandom(32)
        self._answers: OrderedDict[bytes, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def recall(self, question: str, history: Sequence[Turn] = ()) -> Answer | None:
        """Return the answer that was given before to this question after this history."""
        key = self._key(question, history)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Ask the assistant and remember what it answered."""
        answer = self._assistant.ask(question, history)
        key = self._key(question, history)
        with self._lock:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            if len(self._answers) > self._size:
                self._answers.popitem(last=False)
        return answer

    def _key(self, question: str, history: Sequence[Turn]) -> bytes:
        digest = hashlib.blake2b(key=self._secret)
        parts = [clean(question), *(part for turn in history for part in (turn.role, turn.content))]
        for part in parts:
            text = part.encode("utf-8", "surrogatepass")
            # Its length first, so that no two lists of texts run together into one.
            digest.update(len(text).to_bytes(8, "big") + text)
        return digest.digest()
