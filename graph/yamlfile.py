"""YAML as people mean it: 1.2 scalars (NO is Norway, dates stay text), with the line of each value."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

_CORE = {
    "tag:yaml.org,2002:bool": r"^(?:true|True|TRUE|false|False|FALSE)$",
    "tag:yaml.org,2002:int": r"^[-+]?(?:0|[1-9][0-9]*)$",
    "tag:yaml.org,2002:float": r"^[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?$",
    "tag:yaml.org,2002:null": r"^(?:~|null|Null|NULL|)$",
}


class _Loader(yaml.CSafeLoader):
    """libyaml's parser with the YAML 1.2 core scalars; a key that stands twice in a mapping is an error."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012  as the base class declares it

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key is one word", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key “{key.value}” stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _resolvers() -> None:
    for tag, pattern in _CORE.items():
        firsts = None if tag.endswith("null") else list("tTfF") if tag.endswith("bool") else list("-+0123456789")
        if firsts is None:
            firsts = ["~", "n", "N", ""]
        _Loader.add_implicit_resolver(tag, re.compile(pattern), firsts)


_resolvers()


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML file says, and on which line each value stands (path of keys and indices → line from 1)."""

    data: Any
    root: yaml.Node | None

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line on which the value at `path` stands; of the nearest parent where the path ends early."""
        node, line = self.root, 1
        for step in path:
            if isinstance(node, yaml.MappingNode):
                pair = next((p for p in node.value if p[0].value == str(step)), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                break
        return line


def parse(text: str) -> Document:
    """Read one YAML document.

    Raises `yaml.YAMLError`, whose `problem_mark` holds the line.
    """
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        data = loader.construct_document(root) if root is not None else None
    except ValueError as error:  # a number of more digits than Python reads
        raise yaml.YAMLError(f"{error}".partition(":")[0]) from error
    finally:
        loader.dispose()
    return Document(data, root)
