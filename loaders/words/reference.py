"""A reference as ATT&CK writes it: “FireEye. (2018, October 3). APT38: Un-usual Suspects. Retrieved November 6, 2018.”"""

import re

from outbreach.graph.dates import when
from outbreach.graph.errors import ClaimError
from outbreach.graph.records.record import Mention
from outbreach.loaders.words.page import host_of

_FORM = re.compile(
    r"\((?P<year>\d{4})(?:, (?P<month>[A-Z][a-z]+)(?: (?P<day>\d{1,2}))?)?[^)]*\)\.\s*(?P<title>.+?)\.?\s*(?:Retrieved|$)"
)


def reference_of(source: str, key: str, name: str, url: str, text: str, months: list[str]) -> Mention:
    """The Source of a reference: title and day as far as its text gives them; its authors are persons, and not kept."""
    form = _FORM.search(text)
    month = months.index(form["month"]) + 1 if form and form["month"] in months else None
    published: str | None = None
    if form:
        published = (
            form["year"]
            + (f"-{month:02}" if month else "")
            + (f"-{int(form['day']):02}" if month and form["day"] else "")
        )
        published = published if _is_date(published) else None
    return Mention.of(
        source, key, "Source", "reference", name, title=form["title"] if form else None, url=url, publisher=host_of(url),
        published_on=published, kind="reference", reliability="normal",
    )  # fmt: skip


def _is_date(text: str) -> bool:
    try:
        when(text)
    except ClaimError:
        return False
    return True
