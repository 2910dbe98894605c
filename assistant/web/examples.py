"""The examples in the API's description: one request and one answer, in Dutch."""

from typing import Any

from assistant.answer import SCHEMA

ASK: dict[str, Any] = {
    "id": "vraag-1",
    "question": "Ben ik verwerker als logistieke dienstverlener?",
    "history": [
        {"role": "user", "content": "Hallo"},
        {"role": "assistant", "content": "Hallo. Stel gerust uw vraag."},
    ],
}


_PLACE: dict[str, Any] = {
    "number": 1,
    "page_id": "verantwoordelijke-en-verwerker",
    "entry_id": "logistieke-dienstverlener",
    "section_id": "logistieke-dienstverlener",
    "start": 17_321,
    "end": 17_426,
}
_SUM = "0" * 64
ANSWER: dict[str, Any] = {
    "schema": SCHEMA,
    "kind": "answer",
    "confidence": 0.97,
    "text": "**Nee. U bent namelijk geen verwerker, …** [1]",
    "citations": [
        {
            **_PLACE,
            "question": "Moet ik als logistieke dienstverlener verwerkersovereenkomsten afsluiten "
            "met mijn opdrachtgevers?",
            "section": "",
            "quote": "Nee. U bent namelijk geen verwerker, …",
            "url": "https://www.autoriteitpersoonsgegevens.nl/",
            "source": "Autoriteit Persoonsgegevens, Verantwoordelijke en verwerker",
        }
    ],
    "related": [
        {
            "entry_id": "plichten-verwerker",
            "question": "Welke verantwoordelijkheden heb ik als verwerker?",
        }
    ],
    "alternatives": [],
    "choices": [{"label": "Start de rolcheck", "send": "Start de rolcheck"}],
    "receipt": {
        "knowledge": _SUM,
        "model": "intfloat/multilingual-e5-small",
        "settings": _SUM,
        "question": _SUM,
        "quotes": [{**_PLACE, "sha256": _SUM}],
    },
    "id": "vraag-1",
}
