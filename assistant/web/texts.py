"""The web part's own Dutch: what page and API say besides an answer."""

EXAMPLES = (
    "Ben ik verwerker als logistieke dienstverlener?",
    "Wat moet er in een verwerkersovereenkomst staan?",
    "Wie moet een datalek melden?",
    "Mag mijn verwerker een ander bedrijf inschakelen?",
)
BUSY = "Het is druk. Wacht een paar tellen en stel uw vraag opnieuw."
TOO_MANY = "U stelt veel vragen achter elkaar. Wacht even en probeer het opnieuw."
UNREADABLE = "Wij konden uw vraag niet lezen. Laad de pagina opnieuw en stel uw vraag nog een keer."
LOADING = "De assistent wordt geladen. Wacht een paar tellen."
NOT_FOUND = "Deze pagina of dit adres bestaat niet."
TOO_LARGE = "Uw bericht is te groot. Maak het korter dan {limit} bytes."
FAILED = "Er ging iets mis. Probeer het later opnieuw."
INVALID = "Het bericht klopt niet. Zie 'errors'."
REASONS = {
    "wrong": "Het antwoord klopt niet",
    "off_topic": "Het gaat over iets anders",
    "incomplete": "Er ontbreekt iets",
    "unclear": "Ik begrijp het niet",
    "other": "Iets anders",
}
NO_FORM = "Stuur een formulier (multipart/form-data) met 'file' of 'text'."
MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
