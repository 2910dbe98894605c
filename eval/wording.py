"""The report's Dutch: what a figure is called and means, and what went wrong with a question."""

from eval.metrics import Figure
from eval.records import FAILED, Record

KINDS = {
    "in": "binnen de uitleg",
    "near": "net buiten de uitleg",
    "far": "ver buiten de uitleg",
    "hostile": "vijandig",
    "smalltalk": "praatje",
}
ANSWERS = {
    "answer": "antwoord",
    "clarification": "vraag terug",
    "no_answer": "geen antwoord in de uitleg",
    "smalltalk": "praatje",
    FAILED: "vastgelopen",
}
_WRONG = "Vragen {}, waarop toch een antwoord kwam. Lager is beter."
# Name and meaning of each figure of ``metrics.figures``.
FIGURES = {
    "hit@1": ("Juiste uitleg bovenaan", "Hoe vaak het juiste stuk uitleg bovenaan staat."),
    "hit@3": ("Juiste uitleg in de eerste drie", "Hoe vaak het in de eerste drie staat."),
    "MRR": ("Plaats van de juiste uitleg (MRR)", "1 is altijd bovenaan, 0,5 is altijd tweede."),
    "nDCG@10": ("Volgorde van de eerste tien (nDCG)", "1 is de best mogelijke volgorde."),
    "recall@3": ("Gevonden in de eerste drie", "Welk deel van alle juiste uitleg erbij staat."),
    "recall@5": ("Gevonden in de eerste vijf", "Welk deel van alle juiste uitleg erbij staat."),
    "phrase accuracy": ("Juiste zin aangehaald", "Van de beantwoorde vragen: staat de zin erin?"),
    "coverage": ("Beantwoord", "Welk deel van de vragen binnen de uitleg een antwoord kreeg."),
    "wrong, in": ("Fout beantwoord", "Vragen binnen de uitleg met een verkeerd antwoord."),
    "wrong, near": ("Ten onrechte, net buiten", _WRONG.format("net buiten de uitleg")),
    "wrong, far": ("Ten onrechte, ver buiten", _WRONG.format("ver buiten de uitleg")),
    "wrong, hostile": ("Ten onrechte, vijandig", _WRONG.format("die kwaad willen")),
    "wrong, far + hostile": (
        "Ten onrechte, ver en vijandig samen",
        _WRONG.format("ver buiten de uitleg of kwaadwillend"),
    ),
    "wrong, smalltalk": ("Ten onrechte, praatje", _WRONG.format("die alleen een praatje zijn")),
    "AURC": ("Fout, gemiddeld over de curve (AURC)", "Lager is beter; zie de grafiek hieronder."),
    "AUROC in scope": (
        "Binnen en buiten uit elkaar (AUROC)",
        "1 is altijd goed uit elkaar gehouden, 0,5 is gokken.",
    ),
    "ECE": ("Fout in de zekerheid (ECE)", "Hoe ver de opgegeven zekerheid ernaast zit."),
    "latency p50 (ms)": ("Tijd per vraag, helft (p50)", "De helft duurt korter, in milliseconden."),
    "latency p95 (ms)": ("Tijd per vraag, traagste (p95)", "95 % duurt korter, in milliseconden."),
}
_AS_SHARE = ("hit", "recall", "phrase", "coverage", "wrong")


def number(value: float, figure: str) -> str:
    """Write a figure's value as a Dutch reader does: 86,2 % for a share, else 0,862."""
    if figure.startswith(_AS_SHARE):
        return percent(value)
    return f"{value:.0f}" if figure.endswith("(ms)") else score(value)


def percent(share: float) -> str:
    """Write a share, 0 to 1, as a percentage."""
    return f"{100 * share:.1f}\N{NO-BREAK SPACE}%".replace(".", ",")


def score(value: float) -> str:
    """Write a bare number."""
    return f"{value:.3f}".replace(".", ",")


def interval(figure: Figure) -> str:
    """Write a figure's 95 % interval; empty where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{number(figure.low, figure.name)} tot {number(figure.high, figure.name)}"


def fault(record: Record) -> str:
    """Say in a few words what was wrong with an answer; empty when nothing was."""
    if record.answer == FAILED:
        return "vastgelopen op deze vraag"
    if not record.is_failure:
        return ""
    if record.question.kind != "in":
        return "ten onrechte beantwoord"
    if not record.is_first_right:
        return "verkeerde uitleg bovenaan"
    return "juiste zin niet aangehaald" if record.is_answered else "niet beantwoord"
