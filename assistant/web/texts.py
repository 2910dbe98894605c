"""The web part's own Dutch: what page and API say besides an answer."""

EXAMPLES = (
    "Ben ik verwerker als logistieke dienstverlener?",
    "Wat moet er in een verwerkersovereenkomst staan?",
    "Welke verplichtingen heb ik als verwerker?",
    "Mag mijn verwerker een ander bedrijf inschakelen?",
)
BUSY = "Het is druk. Wacht een paar tellen en stel uw vraag opnieuw."
TOO_MANY = "U stelt veel vragen achter elkaar. Wacht even en probeer het opnieuw."
UNREADABLE = "Wij konden uw vraag niet lezen. Laad de pagina opnieuw en stel uw vraag nog een keer."
LOADING = "De assistent wordt geladen. Wacht een paar tellen."
NOT_FOUND = "Deze pagina of dit adres bestaat niet."
WRONG_METHOD = "Dit adres bestaat, maar niet voor deze methode."
TOO_LARGE = "Uw bericht is te groot. Maak het korter dan {limit} bytes."
FAILED = "Er ging iets mis. Probeer het later opnieuw."
INVALID = "Het bericht klopt niet. Zie 'errors'."
NOT_KEPT = "Uw vraag wordt niet bewaard."
KEPT = (
    "Vinden wij geen antwoord? Of geeft u uw mening over een antwoord? Dan bewaren wij uw vraag "
    "{days} dagen. Namen en nummers halen wij er zo goed mogelijk uit."
)
REASONS = {
    "wrong": "Het antwoord klopt niet",
    "off_topic": "Het gaat over iets anders",
    "incomplete": "Er ontbreekt iets",
    "unclear": "Ik begrijp het niet",
    "other": "Iets anders",
}
NO_FORM = "Stuur een formulier (multipart/form-data) met 'file' of 'text'."
VERDICTS = {"unanswered": "Geen antwoord gevonden", "down": "Duim omlaag", "up": "Duim omhoog"}
OUTSIDE = "Niet in de uitleg."
OUTSIDE_KINDS = {
    "near": "Wel over privacy",
    "far": "Over iets anders",
    "hostile": "Misbruik",
    "smalltalk": "Een praatje",
}
NO_ACCESS = "Log eerst in op /beheer."
NO_PLACE = "Kies eerst waar de vraag bij hoort."
MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
