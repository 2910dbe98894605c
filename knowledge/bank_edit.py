"""Writes questions into a bank file as a person would: in their block, the rest left as it is."""

import json
from collections.abc import Iterable, Mapping, Sequence


def with_questions(text: str, questions: Mapping[str, Sequence[str]]) -> str:
    """Return a bank file's text with questions added by target; those it holds are left out."""
    lines = text.splitlines()
    for target, asked in questions.items():
        known = set(lines)
        new = [line for line in dict.fromkeys(map(_line, asked)) if line not in known]
        if new and f"{target}:" in known:
            end = _end(lines, lines.index(f"{target}:"))
            lines[end:end] = new
        elif new:
            lines += ["", f"{target}:", *new]
    return "\n".join(lines).strip("\n") + "\n"


def _line(question: str) -> str:
    # A JSON string is a YAML string too.
    return f"- {json.dumps(' '.join(question.split()), ensure_ascii=False)}"


def _end(lines: Sequence[str], start: int) -> int:
    """The line after the last question of the block that starts there."""
    block: Iterable[tuple[int, str]] = enumerate(lines[start + 1 :], start + 1)
    end = start + 1
    for number, line in block:
        if line.startswith("- "):
            end = number + 1
        elif line and line[0] not in " -#":
            break
    return end
