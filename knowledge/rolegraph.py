"""The role check as a graph: what its steps must hold together for a walk to end well."""

from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.roletree import RoleTree, Step, words


def check_graph(tree: RoleTree, path: Path) -> None:
    """Raise KnowledgeError for a wrong target, a dead end, a circle, an unreached node or twins.

    ``path`` is the file that the error names.
    """
    if tree.start not in tree.steps:
        raise KnowledgeError(f"'start' names '{tree.start}', which is no step", path, 1)
    for step in tree.steps.values():
        _check_step(tree, step, path)
    reached: set[str] = set()
    _visit(tree, tree.start, (), reached, path)
    for node in tree.nodes():
        if node.id not in reached:
            raise KnowledgeError(f"no answer leads to '{node.id}'", path, node.line)
    _check_twins(tree, path)


def _check_step(tree: RoleTree, step: Step, path: Path) -> None:
    if len(step.options) < 2:
        raise KnowledgeError(f"'{step.id}' needs two answers or more", path, step.line)
    for target in step.targets:
        if target not in tree.steps and target not in tree.outcomes:
            message = f"'{step.id}' leads to '{target}', which is no step and no outcome"
            raise KnowledgeError(message, path, step.line)
    said = [words(text) for o in step.options for text in (o.label, *o.wordings)]
    twice = next((word for word in said if said.count(word) > 1), None)
    if twice:
        raise KnowledgeError(f"'{step.id}' knows the answer '{twice}' twice", path, step.line)


def _visit(
    tree: RoleTree, node_id: str, above: tuple[str, ...], reached: set[str], path: Path
) -> None:
    if node_id in above:
        circle = " → ".join((*above[above.index(node_id) :], node_id))
        raise KnowledgeError(f"these steps go round: {circle}", path, tree.steps[node_id].line)
    if node_id in reached or node_id in tree.outcomes:
        reached.add(node_id)
        return
    for target in tree.steps[node_id].targets:
        _visit(tree, target, (*above, node_id), reached, path)
    reached.add(node_id)


def _check_twins(tree: RoleTree, path: Path) -> None:
    # A running check is recognised by the question or title that was shown last.
    seen: dict[str, str] = {}
    for node in tree.nodes():
        text = words(node.question if isinstance(node, Step) else node.title)
        if text in seen:
            message = f"'{node.id}' says the same as '{seen[text]}'; word one of them differently"
            raise KnowledgeError(message, path, node.line)
        seen[text] = node.id
