"""The role check as a Mermaid flowchart, for the documentation."""

from collections.abc import Iterator

from knowledge.roletree import RoleTree, Step

_UNSURE = "weet ik niet"


def diagram(tree: RoleTree) -> str:
    """Return the flowchart: steps as boxes, outcomes as rounded ones, answers on the arrows.

    Answers that lead to the same node share an arrow.
    """
    return "\n".join(("flowchart TD", *_lines(tree))) + "\n"


def _lines(tree: RoleTree) -> Iterator[str]:
    for step in tree.steps.values():
        yield f'  {_name(step.id)}["{_label(step.question)}"]'
    for outcome in tree.outcomes.values():
        yield f'  {_name(outcome.id)}(["{_label(outcome.title)}"])'
    for step in tree.steps.values():
        for target, answers in _arrows(step).items():
            yield f'  {_name(step.id)} -- "{_label(" / ".join(answers))}" --> {_name(target)}'


def _arrows(step: Step) -> dict[str, list[str]]:
    arrows: dict[str, list[str]] = {}
    answers = (*(option.label for option in step.options), _UNSURE)
    for answer, target in zip(answers, step.targets, strict=True):
        arrows.setdefault(target, []).append(answer)
    return arrows


def _name(node_id: str) -> str:
    # Mermaid reads "end" and a hyphen before an arrow as its own.
    return "n_" + node_id.replace("-", "_")


def _label(text: str) -> str:
    return text.replace('"', "#quot;")
