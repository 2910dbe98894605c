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
WHICH = "Welke vraag past het best bij wat u wilt weten?"
WHICH_ROLE = "Bent u de verwerker, of schakelt u er een in?"
AM_PROCESSOR = "Ik ben verwerker"
HAVE_PROCESSOR = "Ik schakel een verwerker in"
FOR_ROLE = {
    "verwerker": "Bent u de verwerker?",
    "verwerkingsverantwoordelijke": "Schakelt u een verwerker in?",
}
WHOLE = "Laat het hele antwoord zien"
WHY = "De AP legt het zo uit:"
SOURCE_OF = "Dit staat in de uitleg van de AP:"
EDITION = "Dit is"
TAKEN_IN = "Overgenomen op"
NO_REASON = "Meer uitleg geeft de AP hier niet."
NOTHING_YET = "Ik weet nog niet waar u het over heeft. Stel eerst uw vraag in een hele zin."
NO_ADVICE = (
    "Ik kan uw eigen zaak of contract niet beoordelen. "
    "Vraag dat aan een jurist of aan uw functionaris gegevensbescherming."
)
NO_PERSON = "Ik ben een automatische assistent. Ik kan u niet bellen, mailen of doorverbinden."
PERSONAL_DATA = (
    "Let op: u typte persoonsgegevens. Die zijn hier niet nodig. "
    "Typ liever geen namen, nummers of adressen."
)
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
PERSON = (
    "Ik ben een automatische assistent. Ik kan u niet doorverbinden. "
    "Vraag het uw helpdesk of uw functionaris gegevensbescherming."
)
INSULT = "Dat vind ik jammer. Stel uw vraag anders, dan zoek ik opnieuw."
SMALLTALK = "Ik help u graag met vragen over verwerkers en verwerkingsverantwoordelijken."

ROLECHECK_START = "Start de rolcheck"
ROLECHECK_RESUME = "Verder met de rolcheck"
ROLECHECK_AGAIN = "Rolcheck opnieuw"
ROLECHECK_INTRO = (
    "De rolcheck stelt u een paar vragen. Bij elke vraag staat de zin van de AP waarop hij rust."
)
ROLECHECK_STEP = "Vraag {number}"
ROLECHECK_SAYS = "De AP schrijft:"
ROLECHECK_COMMANDS = "U kunt ook typen: “uitleg”, “vorige vraag”, “opnieuw” of “stop”."
ROLECHECK_UNCLEAR = "Dat antwoord begrijp ik niet. Kies een van de antwoorden."
ROLECHECK_FIRST = "Dit is de eerste vraag."
ROLECHECK_STOPPED = "De rolcheck is gestopt. Stel gerust een andere vraag."
ROLECHECK_WHY = "Waarom?"
ROLECHECK_NEXT = "Wat nu?"
ROLECHECK_ANSWERS = "Uw antwoorden"
ROLECHECK_UNSURE = (
    "Dit wist u niet: {subjects}. Zoek dat nog uit. De uitkomst kan daarna anders zijn."
)
ROLECHECK_CAVEAT = "Let op: de feitelijke situatie beslist, niet deze rolcheck."
ROLECHECK_AGREEMENT = {
    "nodig": "Een verwerkersovereenkomst is nodig.",
    "niet-nodig": "Een verwerkersovereenkomst is hiervoor niet nodig.",
    "voor-opdracht": "Voor de opdracht is een verwerkersovereenkomst nodig.",
    "met-eigen-verwerker": (
        "Een verwerkersovereenkomst is alleen nodig als u zelf een verwerker inschakelt."
    ),
    "onbekend": "Of een verwerkersovereenkomst nodig is, is hieruit ook niet te zeggen.",
}
UNSURE = "Weet ik niet"
EXPLAIN = "Uitleg"
BACK = "Vorige vraag"
STOP = "Stop"

DOCUMENT = {
    "empty": "Ik zie geen overeenkomst. Kies een bestand of plak de tekst.",
    "kind": (
        "Dit soort bestand kan ik niet lezen. Kies een bestand dat eindigt op .docx, .pdf, .txt "
        "of .md. Heeft u een oud Word-bestand (.doc)? Sla het dan op als .docx."
    ),
    "locked": "Dit bestand heeft een wachtwoord. Sla het op zonder wachtwoord.",
    "damaged": (
        "Dit bestand is niet te lezen. Misschien is het beschadigd. Sla het opnieuw op, of plak de "
        "tekst van de overeenkomst."
    ),
    "scan": (
        "In dit bestand staat geen tekst die ik kan lezen. Misschien is het een scan. Plak dan de "
        "tekst van de overeenkomst."
    ),
    "large": "Dit bestand is te groot. Het mag niet groter zijn dan 5 MB.",
    "unpacked": "Dit bestand is uitgepakt te groot. Haal de plaatjes eruit, of plak de tekst.",
    "pages": "Dit bestand heeft te veel bladzijden. Het mogen er 100 zijn.",
    "long": "Deze tekst is te lang. Het mogen 200.000 tekens zijn: ongeveer 60 bladzijden.",
    "slow": "Het lezen van dit bestand duurt te lang. Plak de tekst van de overeenkomst.",
}
AGREEMENT_DISCLAIMER = (
    "Dit is een leeshulp, geen juridisch oordeel. Een computer heeft gezocht naar passages die bij "
    "de uitleg van de AP lijken te horen. Hij kan iets missen of zich vergissen. Lees de "
    "overeenkomst altijd zelf, of laat een jurist meelezen."
)
AGREEMENT_FEW = "Er is bijna niets gevonden. Is dit wel een verwerkersovereenkomst?"
AGREEMENT_SAYS = "De AP schrijft"
AGREEMENT_STATUS = {
    "found": "gevonden",
    "partly": "deels gevonden",
    "contrary": "lijkt in strijd",
    "missing": "niet gevonden",
}
