"""Read an editors' YAML file with errors that name file and line."""

from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import KnowledgeError


def read_mapping(path: Path) -> dict[str, Any]:
    """Return the file's top-level mapping.

    Raises KnowledgeError when it is not valid YAML, not a mapping, or names a key twice.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise KnowledgeError("is not UTF-8; save it as UTF-8", path) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "is not valid YAML"
        raise KnowledgeError(str(problem), path, mark.line + 1 if mark else None) from error
    if not isinstance(root, yaml.MappingNode):
        raise KnowledgeError("must be a list of 'name:' blocks", path, 1)
    seen: set[str] = set()
    for key, _ in root.value:
        if key.value in seen:
            line = key.start_mark.line + 1
            raise KnowledgeError(f"'{key.value}' stands here twice; join the two", path, line)
        seen.add(key.value)
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def strings(value: object, name: str, path: Path) -> tuple[str, ...]:
    """Return a block's list of texts, stripped; KnowledgeError when it is anything else."""
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise KnowledgeError(f"'{name}' must hold a list of texts, '- \"…\"' each", path)
    return tuple(" ".join(v.split()) for v in value)
