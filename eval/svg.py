"""A matplotlib figure as SVG that can stand in a page with a strict content policy.

No style is left inline, and every colour is a class, so that the page's own CSS draws it light or
dark. Labels are ours, never a user's text.
"""

import io
import re

import matplotlib as mpl
from matplotlib.figure import Figure

# Drawn with these; the page knows them by name.
COLOURS = {"#000000": "ink", "#111111": "soft", "#222222": "accent", "#333333": "wrong"}
INK, SOFT, ACCENT, WRONG = COLOURS


def embeddable(figure: Figure, name: str, title: str) -> str:
    """Return an ``<svg role="img">`` named by ``title``; ``name`` keeps its ids apart."""
    file = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    svg = re.sub(r"(?s)<metadata>.*?</metadata>|<style.*?</style>", "", file.getvalue())
    view = re.search(r'viewBox="[^"]*"', svg)
    used = set(re.findall(r"(?:url\(|href=\")#([\w.\-]+)", svg))
    svg = re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", svg)
    svg = re.sub(r' style="([^"]*)"', lambda found: _attributes(found[1]), svg)
    body = svg[svg.index(">", svg.index("<svg")) + 1 :].replace("xlink:href", "href")
    label = f'role="img" aria-labelledby="plot-{name}"'
    return f'<svg {view[0] if view else ""} {label}><title id="plot-{name}">{title}</title>{body}'


def _attributes(style: str) -> str:
    classes, kept = [], []
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if value in COLOURS and name in ("fill", "stroke"):
            classes.append(f"{name}-{COLOURS[value]}")
        elif name and name != "font-family":
            kept.append(f' {name}="{value}"')
    return "".join(kept) + (f' class="{" ".join(classes)}"' if classes else "")
