"""One row of a table, read by its mapping: what its cells say in our terms, and what of it no list of the mapping has."""

from collections.abc import Iterator
from typing import Any

from outbreach.graph.ids import short_hash, slug
from outbreach.graph.records.record import interval
from outbreach.graph.vocabulary import vocabulary
from outbreach.loaders.files.row import Remarks, Row
from outbreach.loaders.forms.mapping import Cell, Cells, Mapping, Note, When, heading_of
from outbreach.loaders.words.cell import Figure, cell_lists, day_of_cell, figure_of
from outbreach.loaders.words.places import country, region
from outbreach.loaders.words.register import Words


class Line:
    """The cells of a row; `odd` are those with a value that is not understood, which is reported and kept as a note."""

    def __init__(self, form: Mapping, row: Row, found: Remarks) -> None:
        self.form, self.row, self.found = form, row, found
        self.absent = {*cell_lists().absent, *form.absent}
        self.odd: dict[tuple[str, str], None] = {}

    @property
    def key(self) -> str:
        """The native key: the mapping's name, and the key columns. Raises `ValueError` where they are empty.

        Where the row is of a natural person its key is a hash, since a column of it may be a name.
        """
        parts = [value for heading in self.form.key if (value := self.cell(heading))]
        if not parts:
            raise ValueError(f"it has no {' or '.join(self.form.key)}, which is its key")
        if any(entry.person and self.holds(entry.person) for entry in self.form.cast.values()):
            return f"{self.form.name}/{short_hash(*parts)}"
        return f"{self.form.name}/{'/'.join(slug(part) or short_hash(part) for part in parts)}"

    def cell(self, heading: str) -> str | None:
        """A cell as text, its white space folded, or None where it says nothing."""
        value = " ".join(str(self.row.fields.get(" ".join(heading.split())) or "").split())
        return None if value in self.absent else value

    def holds(self, when: When) -> bool:
        """Whether a cell has one of the values for which something holds; one of neither list is reported."""
        value = self.cell(when.column)
        if when.no and value is not None and value not in (*when.yes, *when.no):
            self.found.add(
                f"{when.column} “{value}” is neither yes nor no to its mapping, and counts as no", self.row.where
            )
        return value in when.yes

    def all(self, cell: Cells | None) -> list[str]:
        """The values of a cell, several where the mapping splits it, each as a list of the mapping has it."""
        if isinstance(cell, Cell) and cell.value is not None:
            return [str(cell.value)]
        found = ((part, self._known(cell, part)) for part in self._parts(cell))
        return [str(known) for _, known in found if known is not None]

    def one(self, cell: Cells | None) -> str | None:
        """The first value of a cell."""
        return next(iter(self.all(cell)), None)

    def terms(self, cell: Cells | None, name: str) -> Iterator[tuple[str, str | None]]:
        """Terms of our closed list `name`, each once, with the cell's own wording."""
        if isinstance(cell, Cell) and cell.value is not None:
            yield str(cell.value), None
            return
        seen: set[str] = set()
        for part in self._parts(cell):
            known = self._known(cell, part)
            for term in [known] if isinstance(known, str) else known or []:
                if term not in vocabulary(name):
                    self._odd(heading_of(cell), part, "is no term of ours")
                elif term not in seen:
                    seen.add(term)
                    yield term, part

    def term(self, cell: Cells | None, name: str) -> str | None:
        """The first of those terms."""
        return next((term for term, _ in self.terms(cell, name)), None)

    def words(self, note: Note) -> tuple[str, Words] | None:
        """What a cell says, and how that is told in both languages."""
        value = self.cell(note.column)
        if value is None:
            return None
        known = self._known(note, value)
        said = known if isinstance(known, dict) else dict.fromkeys(("en", "fr"), known or value)
        return value, Words(
            en=note.en.replace("{value}", str(said["en"])), fr=note.fr.replace("{value}", str(said["fr"]))
        )

    def place(self, cell: Cells | None, within: str | None = None) -> str | None:
        """The ISO code of a country, or of a region of the country `within`."""
        text = self.one(cell)
        code = (region(within, text) if within else country(text)) if text else None
        if text and code is None:
            self._odd(heading_of(cell), text, "is no country or region by its ISO name or code")
        return code

    def day(self, cell: Cells | None) -> str | None:
        """A date as ISO text, by the order that the mapping states."""
        text = self.one(cell)
        day = day_of_cell(text, self.form.dates) if text else None
        if text and day is None:
            self._odd(heading_of(cell), text, f"is no date in the order {self.form.dates}")
        return day

    def people(self, cell: Cells, qualifier: str | None) -> dict[str, Any] | None:
        """The fields of a figure; `qualifier` is the mapping's, for a cell that holds a mere number."""
        text = self.cell(heading_of(cell))
        if text is None:
            return None
        terms = self.form.lists.get(cell.terms or "", {}) if isinstance(cell, Cell) else {}
        if text in terms:
            figure = _listed(terms[text])
        else:
            figure = figure_of(text)
            if figure is None:
                self._odd(heading_of(cell), text, "is no number of people")
        if figure is None:
            return None
        if figure.value is None:
            return {"low": figure.low, "high": figure.high, "qualifier": figure.qualifier}
        said = qualifier if qualifier and figure.qualifier == "exact" else figure.qualifier
        low, high = interval(figure.value, said)
        return {"value": figure.value, "low": low, "high": high, "qualifier": said}

    def amount(self, cell: Cells | None) -> float | None:
        """A sum of money."""
        text = self.one(cell)
        figure = figure_of(text) if text else None
        if text and (figure is None or figure.value is None):
            self._odd(heading_of(cell), text, "is no sum of money")
            return None
        return float(figure.value) if figure and figure.value is not None else None

    def _parts(self, cell: Cells | None) -> list[str]:
        raw = self.cell(heading_of(cell)) if cell is not None else None
        if raw is None:
            return []
        split = cell.split if isinstance(cell, Cell) else None
        return list(dict.fromkeys(part for p in (raw.split(split) if split else [raw]) if (part := p.strip())))

    def _known(self, cell: Cells | Note | None, value: str) -> Any:
        """What the mapping's list makes of a value, the value itself where no list is named."""
        terms = None if isinstance(cell, str | None) else cell.terms
        if terms is None:
            return None if isinstance(cell, Note) else value
        if value not in self.form.lists[terms]:
            self._odd(heading_of(cell), value, f"is not in the list “{terms}”")
        return self.form.lists[terms].get(value)

    def _odd(self, heading: str, value: str, why: str) -> None:
        self.found.add(f"{heading} “{value}” {why}, and is kept as a note", self.row.where)
        self.odd[heading, value] = None


def _listed(known: Any) -> Figure | None:
    """The figure that a list of the mapping gives: a number, [lowest, highest], or null for nothing."""
    low, high = known if isinstance(known, list) else (known, known)
    if low is None:
        return None
    if high is None:
        return Figure("at_least", low)
    return Figure("exact", low) if low == high else Figure("between", low=low, high=high)
