"""Read an editors' YAML file with errors that name file and line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import KnowledgeError


class Block(dict[str, Any]):
    """A mapping of the file; ``line`` is where it begins, counted from 1."""

    line: int = 1


def read_mapping(path: Path) -> Block:
    """Return the file's top-level mapping; every mapping in it is a ``Block``.

    Raises KnowledgeError when it is not valid YAML, not a mapping, or names a key twice.
    """
    try:
        root = _Loader(path.read_text(encoding="utf-8")).get_single_data()
    except UnicodeDecodeError as error:
        raise KnowledgeError("is not UTF-8; save it as UTF-8", path) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "is not valid YAML"
        raise KnowledgeError(str(problem), path, mark.line + 1 if mark else None) from error
    if not isinstance(root, Block):
        raise KnowledgeError("must be a list of 'name:' blocks", path, 1)
    return root


def strings(value: object, name: str, path: Path) -> tuple[str, ...]:
    """Return a block's list of texts, stripped; KnowledgeError when it is anything else."""
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise KnowledgeError(f"'{name}' must hold a list of texts, '- \"…\"' each", path)
    return tuple(" ".join(v.split()) for v in value)


class _Loader(yaml.SafeLoader):
    """Remembers where each mapping begins, and refuses a key that stands in it twice."""

    def block(self, node: yaml.MappingNode) -> Iterator[Block]:
        block = Block()
        block.line = node.start_mark.line + 1
        yield block
        block.update({str(key): v for key, v in self.construct_mapping(node).items()})
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                problem = f"'{key.value}' stands here twice; join the two"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            seen.add(key.value)


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.block)
