"""Dutch passages as many as wanted, questions about them, and vectors to go with them.

The texts are sentences such as an official would write, filled in from lists; no two passages
have to differ by much, as in a real library of guidance.
"""

from collections.abc import Iterator

import numpy as np

from index.encoder import Vectors

_SLOTS = {
    "wie": "bakkerij huisartsenpraktijk gemeente sportvereniging webwinkel school apotheek "
    "woningcorporatie uitgever makelaar notaris waterschap ziekenhuis verzekeraar bibliotheek "
    "schoonmaakbedrijf reisbureau kinderopvang autodealer energiebedrijf museum garage "
    "administratiekantoor uitzendbureau fietsenmaker tandarts universiteit vervoerder hotel "
    "theater",
    "ander": "hostingpartij salarisadministrateur accountant drukkerij marketingbureau koerier "
    "softwareleverancier callcenter archiefbedrijf onderzoeksbureau incassobureau "
    "beveiligingsbedrijf leasemaatschappij cloudaanbieder arbodienst vertaalbureau "
    "adviesbureau loonbedrijf postbedrijf testlaboratorium",
    "wat": "namen adressen geboortedata telefoonnummers e-mailadressen rekeningnummers "
    "kentekens pasfoto's medische_gegevens cijferlijsten loonstroken bestelgegevens "
    "locatiegegevens inloggegevens camerabeelden gespreksopnamen klantnummers huurgegevens "
    "reisgegevens diploma's handtekeningen",
    "van": "klanten patiënten leerlingen werknemers leden huurders bezoekers sollicitanten "
    "reizigers abonnees studenten vrijwilligers gasten cliënten inwoners verzekerden "
    "deelnemers donateurs bestuurders ouders",
    "doel": "facturering loonbetaling nieuwsbrieven afspraken onderzoek onderhoud bezorging "
    "beveiliging statistiek archivering fraudebestrijding klantenservice planning "
    "ledenadministratie verzuimbegeleiding werving reclame toegangscontrole schadeafhandeling "
    "onderwijs",
    "eis": "schriftelijke_toestemming een_verwerkersovereenkomst een_register "
    "passende_beveiliging een_bewaartermijn duidelijke_informatie een_wettelijke_grondslag "
    "een_risicoanalyse geheimhouding logging versleuteling een_aanspreekpunt",
    "tijd": "meteen binnen_72_uur binnen_een_maand na_twee_jaar voor_het_begin elk_jaar "
    "na_afloop zonder_vertraging",
}
_SENTENCES = (
    "Een {wie} die {wat} van {van} laat verwerken door een {ander}, blijft zelf verantwoordelijk.",
    "De {ander} mag de {wat} alleen gebruiken voor {doel} en niet voor eigen doelen.",
    "Voor {doel} is {eis} nodig, ook als het om weinig {van} gaat.",
    "Gaat er iets mis met de {wat}? Dan meldt de {ander} dat {tijd} aan de {wie}.",
    "De {wie} bepaalt waarom en hoe de {wat} worden verwerkt; de {ander} volgt die instructies.",
    "Na het einde van de opdracht wist de {ander} alle {wat} {tijd}.",
    "Spreekt u met een {ander} af dat die {wat} bewaart, leg dan ook {eis} vast.",
    "{van} van een {wie} kunnen vragen welke {wat} er voor {doel} zijn opgeslagen.",
)
_QUESTIONS = (
    "Mag een {ander} {wat} van {van} gebruiken voor {doel}?",
    "Heeft een {wie} {eis} nodig voor {doel}?",
    "Wanneer moet een {ander} de {wat} van een {wie} wissen?",
    "Wie is verantwoordelijk voor {wat} van {van} bij een {wie}?",
)


def passages(count: int, seed: int = 0) -> Iterator[str]:
    """Yield passages of three sentences, some 45 words each."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        chosen = random.choice(len(_SENTENCES), 3, replace=False)
        filling = _filling(random)
        yield " ".join(_sentence(_SENTENCES[i], filling) for i in chosen)


def questions(count: int, seed: int = 1) -> tuple[str, ...]:
    """Return questions in the words of the passages."""
    random = np.random.default_rng(seed)
    return tuple(_sentence(_QUESTIONS[i], _filling(random)) for i in random.integers(0, 4, count))


def more_vectors(real: Vectors, count: int, seed: int = 2) -> Iterator[Vectors]:
    """Yield parts of ``count`` unit vectors like the real ones, which have (texts, dimensions).

    Each lies between two real vectors, moved a little at random, as texts lie that share half of
    their words with one text and half with another.
    """
    random = np.random.default_rng(seed)
    spread = 0.5 * real.std(axis=0)
    for start in range(0, count, 50_000):
        size = min(50_000, count - start)
        one, other = (real[random.integers(0, len(real), size)] for _ in range(2))
        share = random.uniform(0.5, 1.0, (size, 1)).astype(np.float32)
        noise = random.standard_normal((size, real.shape[1]), np.float32) * spread
        mixed = share * one + (1 - share) * other + noise
        yield np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), np.float32)


def _filling(random: np.random.Generator) -> dict[str, str]:
    return {name: str(random.choice(words)) for name, words in _WORDS.items()}


def _sentence(pattern: str, filling: dict[str, str]) -> str:
    text = pattern.format(**filling)
    return text[0].upper() + text[1:]


_WORDS = {
    name: [word.replace("_", " ") for word in words.split()] for name, words in _SLOTS.items()
}
