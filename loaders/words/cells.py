"""A cell that holds a list: as Python writes one, with lists in it or not, or as texts joined by semicolons."""

import re
from ast import literal_eval


def items_of(cell: object) -> list[str]:
    """The texts of a cell, those of its inner lists too, in their places; their white space folded.

    Raises `ValueError` where it begins as a list and is none.
    """
    value = _literal(cell)
    if isinstance(value, list | tuple):
        return [text for item in value for text in (items_of(item) if isinstance(item, list) else [_plain(item)])]
    return [] if value is None else [_plain(part) for part in re.split(r";(?:\s+|$)(?![^()]*\))", str(value))]


def groups_of(cell: object) -> list[list[str]]:
    """The texts of each inner list of a cell; none where it holds no lists.

    Raises `ValueError` where it begins as a list and is none.
    """
    value = _literal(cell)
    return [items_of(item) for item in value] if isinstance(value, list) else []


def _literal(cell: object) -> object:
    if not isinstance(cell, str) or not cell.lstrip().startswith("["):
        return cell
    try:
        return literal_eval(cell.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        raise ValueError(f"“{cell[:60]}” is no list that can be read") from None


def _plain(item: object) -> str:
    return " ".join(str(item).split())
