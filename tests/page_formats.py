"""One page with everything that a page of the AP has, written in every format that is taken in."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import matplotlib
from docx import Document
from fpdf import FPDF

TITLE = "Cookies en toestemming"
FURNITURE = (
    "Vergroot contrast",
    "Nieuws",
    "Alle nieuwsberichten over het onderwerp 'Cookies en toestemming'",
    "Alle antwoorden op mijn vragen",
    "Praktische hulpmiddelen",
    "Meer info:",
    "Zie ook:",
    "Zie verder",
)
# Each line of the page: what it is, and its words.
PAGE = (
    ("button", "Vergroot contrast"),
    ("title", TITLE),
    ("text", "Websites plaatsen vaak cookies. Dat zijn kleine bestanden op uw apparaat."),
    ("group", "Waarom deze regels?"),
    ("text", "Met cookies kan een website mensen volgen. Daarom gelden er regels."),
    ("news", "Nieuws"),
    ("button", "Alle nieuwsberichten over het onderwerp 'Cookies en toestemming'"),
    ("button", "Alle antwoorden op mijn vragen"),
    ("group", "Vragen over toestemming"),
    ("question", "Wanneer moet ik toestemming vragen voor cookies?"),
    (
        "text",
        "U vraagt toestemming vóórdat u cookies plaatst waarmee u bezoekers volgt. Dat moet ook "
        "als u die cookies door een ander laat plaatsen. Zonder toestemming mag u dat niet doen.",
    ),
    ("reference", "Zie ook: hoe vraag ik geldige toestemming?"),
    ("section", "Geen toestemming nodig"),
    ("text", "Voor sommige cookies hoeft u geen toestemming te vragen:"),
    (
        "bullet",
        "Functionele cookies, zoals een cookie dat onthoudt wat er in een winkelmandje zit.",
    ),
    ("bullet", "Analytische cookies die weinig gevolgen hebben voor de privacy van bezoekers."),
    ("label", "Meer info:"),
    ("question", "Hoe vraag ik geldige toestemming?"),
    ("text", "Toestemming is alleen geldig als iemand echt kan kiezen. Let op 2 dingen:"),
    ("point", "Duidelijke keuze"),
    ("inside", "De bezoeker ziet in één oogopslag wat hij kan kiezen & weet wat dat betekent."),
    ("point", "Gelijke knoppen"),
    ("inside", "De knop om te weigeren is even groot als de knop om te accepteren."),
    ("inside", "Een *vooraf* aangevinkt vakje telt niet als toestemming."),
    ("section", "Wie bewaart het bewijs?"),
    ("text", "U moet kunnen bewijzen dat u toestemming heeft. Bewaar dus wie wanneer koos."),
    ("reference", "Zie ook: onze video over cookies"),
    ("label", "Praktische hulpmiddelen"),
    ("button", "Alle antwoorden op mijn vragen"),
    ("group", "Vragen over handhaving"),
    ("question", "Wat doet de AP bij een overtreding?"),
    ("text", "De AP kan een boete geven. Vaak krijgt u eerst een waarschuwing."),
    ("label", "Zie ook:"),
    ("label", "Zie verder"),
)
_HEADINGS = {"title": 1, "group": 2, "news": 2, "question": 3, "section": 4}


def write_text(path: Path) -> None:
    """As the AP's pages copy out: answers indented, questions as bullets, few blank lines."""
    text = ""
    margin = ""
    number = 0
    for kind, words in PAGE:
        number = number + 1 if kind == "point" else number
        if kind in ("button", "group", "news"):
            margin = ""
        if kind == "question":
            text += f" • {words}\n\n"
            margin = "  "
        elif kind == "button" and words.startswith("Alle antwoorden"):
            # The button runs into the heading behind it.
            text += words
        elif kind == "bullet":
            text += f"{margin}• {words}\n"
        elif kind == "point":
            text += f"{margin}{number}. {words}\n"
        else:
            gap = "\n" if text.endswith(".\n") else ""
            text += f"{gap}{margin}{words}\n\n"
    path.write_text(text, encoding="utf-8")


def write_html(path: Path) -> None:
    """As a browser saves it: the questions fold open, the rest of the site around it."""
    body = ""
    for kind, said in PAGE:
        words = escape(said)
        if kind in ("group", "question", "news") and "<details" in body.rpartition("</details>")[2]:
            body += "</details>"
        if kind == "question":
            body += f"<details><summary>{words}</summary>"
        elif kind in _HEADINGS:
            level = {"section": 3}.get(kind, _HEADINGS[kind])
            body += f"<h{level}>{words}</h{level}>"
        elif kind == "button":
            body += f"<button type=button>{words}</button>"
        elif kind == "bullet":
            body += f"<ul><li>{words}</li></ul>"
        elif kind == "point":
            body += f"<ol><li>{words}</li></ol>"
        elif kind == "inside":
            body = body.removesuffix("</li></ol>") + f"<p>{words}</p></li></ol>"
        elif kind == "reference":
            label, _, to = words.partition(": ")
            body += f"<p>{label}: <a href='/elders'>{to}</a></p>"
        else:
            body += f"<p>{words}</p>"
    body = body.replace("</ul><ul>", "").replace("</ol><ol>", "")
    path.write_text(
        f"<!doctype html><html lang=nl><head><title>{TITLE} | AP</title></head><body>"
        f"<header><a href='/'>Autoriteit Persoonsgegevens</a></header><nav>Home Thema's</nav>"
        f"<main>{body}</details></main><footer>Over ons</footer></body></html>",
        encoding="utf-8",
    )


def write_docx(path: Path) -> None:
    """As pasted into Word: its heading and list styles."""
    document = Document()
    for kind, words in PAGE:
        if kind in _HEADINGS:
            document.add_heading(words, _HEADINGS[kind] - 1)
        else:
            style = {"bullet": "List Bullet", "point": "List Number"}.get(kind)
            document.add_paragraph(words, style=style)
    document.save(str(path))


def write_pdf(path: Path) -> None:
    """As printed: headings in larger and bold type, a line of space between paragraphs."""
    fonts = Path(matplotlib.__file__).parent / "mpl-data" / "fonts" / "ttf"
    pdf = FPDF()
    pdf.add_font("sans", fname=fonts / "DejaVuSans.ttf")
    pdf.add_font("sans", style="B", fname=fonts / "DejaVuSans-Bold.ttf")
    pdf.add_page()
    sizes = {"title": 20, "group": 16, "news": 16, "question": 13, "section": 11}
    number = 0
    for kind, words in PAGE:
        number = number + 1 if kind == "point" else number
        size = sizes.get(kind, 11)
        mark = {"bullet": "• ", "point": f"{number}. "}.get(kind, "")
        pdf.set_font("sans", "B" if kind in sizes else "", size)
        pdf.multi_cell(0, size * 0.5, mark + words, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(0 if kind == "bullet" else 3)
    pdf.output(str(path))


def write_markdown(path: Path) -> None:
    """As someone writes it by hand, without front matter."""
    text = ""
    for kind, words in PAGE:
        if kind in _HEADINGS:
            text += f"{'#' * _HEADINGS[kind]} {words}\n\n"
        elif kind == "inside":
            starred = words.replace("*", "\\*")
            text += f"   {starred}\n\n"
        else:
            mark = {"bullet": "* ", "point": "1. "}.get(kind, "")
            text += f"{mark}{words}\n\n"
    path.write_text(text, encoding="utf-8")


FORMATS: dict[str, Callable[[Path], None]] = {
    ".txt": write_text,
    ".html": write_html,
    ".docx": write_docx,
    ".pdf": write_pdf,
    ".md": write_markdown,
}
