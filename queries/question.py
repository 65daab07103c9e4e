"""A question: one Cypher file whose header says, in both languages, what it asks, takes and answers."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from msgspec import UNSET, Struct, UnsetType, convert

from outbreach.graph.errors import UsageError
from outbreach.graph.yamlfile import parse

Value = str | int | bool


class Both(Struct, frozen=True):
    """A text in both languages."""

    en: str
    fr: str

    def __getitem__(self, lang: str) -> str:
        return self.fr if lang == "fr" else self.en


class Parameter(Both, frozen=True, forbid_unknown_fields=True):
    """What a question takes. A `node` is given by id or name; `labels` says which nodes will do."""

    type: str
    example: Value
    default: Value | UnsetType = UNSET
    labels: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    def read(self, name: str, text: str) -> Value:
        """The value that a user wrote.

        Raises `UsageError` where it is not of the parameter's type.
        """
        if self.type != "integer":
            return text
        try:
            number = int(text)
        except ValueError:
            raise UsageError(f"{name} is a whole number, not “{text}”: {self.en}") from None
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            raise UsageError(f"{name} goes from {self.least} to {self.most}, not {number}")
        return number


class Column(Both, frozen=True, forbid_unknown_fields=True):
    """What a question answers in one column; `wide` ones are left out of a table, `node`s are shown by name."""

    type: str = "value"
    wide: bool = False


class _Header(Struct, frozen=True, forbid_unknown_fields=True):
    title: Both
    question: Both
    columns: dict[str, Column]
    parameters: dict[str, Parameter] = {}
    notes: Both | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A named question with its header and its Cypher."""

    name: str
    title: Both
    question: Both
    columns: dict[str, Column]
    parameters: dict[str, Parameter]
    notes: Both | None
    cypher: str

    def values(self, given: dict[str, str]) -> dict[str, Value]:
        """The parameters to run it with, defaults filled in.

        Raises `UsageError` where one is missing, unknown or unreadable.
        """
        unknown = sorted(given.keys() - self.parameters.keys())
        if unknown:
            raise UsageError(
                f"{self.name} has no parameter {unknown[0]}: {', '.join(self.parameters) or 'it has none'}"
            )
        values: dict[str, Value] = {}
        for name, parameter in self.parameters.items():
            if name in given:
                values[name] = parameter.read(name, given[name])
            elif parameter.default is not UNSET:
                values[name] = parameter.default
            else:
                raise UsageError(f"{self.name} needs {name} ({parameter.en}), as --param {name}=“{parameter.example}”")
        return values


@cache
def questions() -> dict[str, Question]:
    """All questions by name."""
    found = [file for file in files(__package__).iterdir() if file.name.endswith(".cypher")]
    return {
        name: _read(name, file.read_text(encoding="utf-8"))
        for name, file in sorted((file.name.removesuffix(".cypher"), file) for file in found)
    }


def question_named(name: str) -> Question:
    """The question of that name.

    Raises `UsageError` where there is none.
    """
    if name not in questions():
        raise UsageError(f"there is no question “{name}”: {', '.join(questions())}")
    return questions()[name]


def _read(name: str, text: str) -> Question:
    lines = text.splitlines()
    end = next(index for index, line in enumerate(lines) if not line.startswith("//"))
    header = convert(parse("\n".join(line[2:].removeprefix(" ") for line in lines[:end])).data, _Header)
    return Question(
        name=name,
        title=header.title,
        question=header.question,
        columns=header.columns,
        parameters=header.parameters,
        notes=header.notes,
        cypher="\n".join(lines[end:]).strip() + "\n",
    )
