"""Read an editors' YAML file into texts that know their line, so that every error can name it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import KnowledgeError, raise_first
from knowledge.text_file import read_text

# What PyYAML lets through for a value that does not fit its type: "2026-13-45", "!!bool x".
_WRONG_VALUE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class Text(str):
    """A text of a YAML file; ``line`` is where it stands in the file, counted from 1."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, text: str, line: int) -> "Text":
        """Make a text that knows its line."""
        made = super().__new__(cls, text)
        made.line = line
        return made


class Block(dict[str, Any]):
    """A mapping of the file; ``line`` is where it begins, counted from 1."""

    line: int = 1


def read_mapping(path: Path) -> Block:
    """Return the file's top-level mapping: each text in it is a ``Text``, each mapping a ``Block``.

    Raises KnowledgeError when it is not valid YAML, not a mapping, or names a key twice.
    """
    mapping, problems = inspect_mapping(read_text(path), path)
    raise_first(problems)
    return mapping


def inspect_mapping(
    text: str, path: Path, first_line: int = 1
) -> tuple[Block, list[KnowledgeError]]:
    """Return the mapping in ``text`` and a problem for every name that stands there twice.

    Raises KnowledgeError when there is no mapping to return.
    """
    try:
        loader = _Loader(text, path, first_line)
        mapping = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else None
        raise KnowledgeError(error.problem or "is not valid YAML", path, line) from error
    except (yaml.YAMLError, *_WRONG_VALUE, RecursionError) as error:
        raise KnowledgeError(f"is not valid YAML ({error})", path, first_line) from error
    if not isinstance(mapping, Block):
        raise KnowledgeError("must be a list of 'name:' blocks", path, first_line)
    return mapping, loader.problems


def strings(value: object, name: str, path: Path) -> tuple[Text, ...]:
    """Return a block's list of texts, stripped; KnowledgeError when it is anything else."""
    wrong = f"'{name}' must hold a list of texts, '- \"…\"' each"
    if not isinstance(value, list):
        raise KnowledgeError(wrong, path, line_of(name))
    texts: list[Text] = []
    for text in value:
        if not isinstance(text, Text) or not text.strip():
            raise KnowledgeError(wrong, path, line_of(text) or line_of(name))
        texts.append(Text(" ".join(text.split()), text.line))
    return tuple(texts)


def line_of(value: object) -> int | None:
    """The line of a text that was read from a file; None for anything else."""
    return value.line if isinstance(value, Text) else None


class _Loader(yaml.CSafeLoader):
    """Remembers where texts and mappings stand, and notes a name that stands in one twice."""

    def __init__(self, text: str, path: Path, first_line: int) -> None:
        super().__init__(text)
        self.problems: list[KnowledgeError] = []
        self._path = path
        self._first_line = first_line

    def block(self, node: yaml.MappingNode) -> Iterator[Block]:
        block = Block()
        block.line = self._line(node)
        yield block
        for key, value in self.construct_mapping(node).items():
            name = key if isinstance(key, Text) else str(key)
            block[name] = value
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                message = f"'{key.value}' stands here twice; join the two"
                self.problems.append(KnowledgeError(message, self._path, self._line(key)))
            seen.add(key.value)

    def text(self, node: yaml.ScalarNode) -> Text:
        return Text(self.construct_scalar(node), self._line(node))

    def _line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self._first_line


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.block)
_Loader.add_constructor("tag:yaml.org,2002:str", _Loader.text)
