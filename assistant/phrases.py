"""Every fixed sentence that the assistant can say; all other words are the guidance's own."""

DISCLAIMER = (
    "Dit is een automatisch antwoord. Deze assistent is geen dienst van de AP "
    "en geeft geen juridisch advies."
)
SOURCE = "Bron"
SOURCES = "Bronnen"
ALSO = "Dit staat er ook over:"
NO_ANSWER = "Daarover staat niets in deze uitleg van de AP."
COVERED = "Deze uitleg gaat over:"
ELSEWHERE = (
    "Kijk op [de website van de AP](https://www.autoriteitpersoonsgegevens.nl). "
    "Of vraag het uw functionaris gegevensbescherming."
)
PERHAPS = "Misschien bedoelt u een van deze vragen:"
WHICH = "Wat bedoelt u?"
EMPTY = (
    "Ik zie geen vraag. Typ uw vraag, bijvoorbeeld: "
    "“Wanneer moet ik een verwerkersovereenkomst afsluiten?”"
)
TOO_LONG = "Uw vraag is te lang. Houd het korter dan {limit} tekens. Een paar zinnen is genoeg."
ENGLISH_NOTE = (
    "Note in English: this answer quotes the Dutch text of the regulator. "
    "It has not been translated."
)
ENGLISH_NO_ANSWER = "Note in English: the Dutch guidance does not answer this question."

GREETING = (
    "Hallo. Stel gerust uw vraag over verwerkers, verwerkingsverantwoordelijken "
    "of de verwerkersovereenkomst."
)
THANKS = "Graag gedaan. Heeft u nog een vraag? Stel hem gerust."
GOODBYE = "Tot ziens."
WHO = (
    "Ik ben een automatische assistent, geen mens. Ik zoek uw antwoord op in de uitleg van de "
    "Autoriteit Persoonsgegevens (AP) over verwerkers en verwerkingsverantwoordelijken. "
    "Ik laat de tekst van de AP zien, met de bron erbij. Ik ben geen dienst van de AP "
    "en ik geef geen juridisch advies."
)
INSULT = "Dat vind ik jammer. Stel uw vraag anders, dan zoek ik opnieuw."
SMALLTALK = "Ik help u graag met vragen over verwerkers en verwerkingsverantwoordelijken."
