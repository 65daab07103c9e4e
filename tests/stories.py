"""Cases to draw, written by hand: one as it should be, one in which every word is an attack."""

from pathlib import Path
from typing import Any

from outbreach.graph.html.story import StoryRow, story_graph, story_html, write_story
from outbreach.graph.projection.elements import Edge, Graph, Node
from outbreach.graph.schema import PREDICATES

TITLE = {"en": "Blast radius: Vendex", "fr": "Rayon d’impact : Vendex"}
AS_OF = "2026-11-22"
VENDOR, INCIDENT, OTHER = "org-vendex", "incident-vendex-2024", "org-client-00"
HURT = "hurt++"
HOSTILE = [
    f"</script><script>{HURT}</script>",
    f"<img src=x onerror={HURT}>",
    f"<svg/onload={HURT}>",
    f"\"'`><b onmouseover={HURT} style=position:fixed>x",
    f"${{{HURT}}}{{{{{HURT}}}}}",
    f"javascript:{HURT}",
    "<!-- \u2028 \u2029 ]]>",
    "\u202egnp.exe \u2066x",
    "__proto__",
    "constructor",
    "select_menu",
    "\ud800 lone",
]


class Case:
    """A graph written by hand: an incident at a vendor, its clients, and claims with quotes and sources."""

    def __init__(self) -> None:
        self.graph = Graph()
        self.rows: list[StoryRow] = []
        self.claims = 0

    def node(self, id: str, *labels: str, **properties: Any) -> str:
        """A node; its id."""
        self.graph.add(Node(id, labels, {"id": id, **properties}))
        return id

    def source(self, id: str, **properties: Any) -> str:
        """A source with a web address; its id."""
        return self.node(id, "Source", **{"publisher": "La Gazette", "url": f"https://example.org/{id}", **properties})

    def claim(
        self, predicate: str, subject: str, object: str | None = None, source: str = "source-1", **more: Any
    ) -> str:
        """A claim that stands in `source`; its id."""
        self.claims += 1
        given = {"predicate": predicate, "subject": subject, "asserter": "La Gazette", "asserter_kind": "press",
                 "stated_on": "2024-05", "current": True, "negated": False, **more}  # fmt: skip
        if object is not None:
            given["object"] = object
        id = self.node(f"claim-{self.claims:05}", "Claim", **given)
        self.graph.add(Edge("STATED_IN", id, source, {}))
        for role, end in (("subject", subject), ("object", object)):
            if end:
                self.graph.add(Edge("ABOUT", id, end, {"role": role}))
        return id

    def line(
        self, predicate: str, subject: str, object: str, *, edge: dict[str, Any] | None = None, **more: Any
    ) -> None:
        """A claim and the edge that it makes."""
        id = self.claim(predicate, subject, object, **more)
        kind = str(PREDICATES[predicate].edge)
        self.graph.add(Edge(kind, subject, object, {"claims": [id], "basis": "stated", "sources": 1, **(edge or {})}))

    def client(self, id: str, status: str, level: int = 1, of: str = VENDOR, **properties: Any) -> str:
        """A client of `of`, hit in the incident unless exposed, and its row; its id."""
        self.node(id, "Organisation", **properties)
        self.line("supplies", of, id, service="medical records")
        hit = status != "exposed"
        if hit:
            self.line("affected", INCIDENT, id, edge={"status": status}, quote=f"{id} a été touché", quote_lang="fr")
        before = (VENDOR,) if of == VENDOR else (VENDOR, of)
        way = (*before, *((INCIDENT,) if hit and of == VENDOR else ()), id)
        name = properties.get("name")
        self.rows.append(
            StoryRow(
                level, id, name, "Organisation", status, "stated" if hit else "inferred", way, INCIDENT if hit else None
            )
        )
        return id

    def html(self, start: str = VENDOR) -> str:
        """The page of this case."""
        return story_html(story_graph(self.graph, start, self.rows), self.rows, TITLE, AS_OF, start)

    def write(self, file: Path, start: str = VENDOR) -> Path:
        """The page of this case in a file."""
        write_story(file, story_graph(self.graph, start, self.rows), self.rows, TITLE, AS_OF, start)
        return file


def case(clients: int = 30) -> Case:
    """An incident at Vendex that hits named, unnamed, denying and exposed clients, with rival figures."""
    made = Case()
    made.source("source-1", title="Vendex : 28 laboratoires touchés", lang="fr", published_on="2024-05-03")
    made.source("source-2", publisher="Le Blog", reliability="low", url="javascript:hurt++")
    made.node(VENDOR, "Organisation", "Vendor", name="Vendex", kind="company", country="FR", aliases=["Vendex SAS"])
    made.node(
        INCIDENT, "Incident", title_en="Vendex breach (2024)", title_fr="Fuite chez Vendex (2024)", people_low=9000
    )
    made.node("software-gate", "Software", name="GateKeeper", category="file_transfer")
    made.node("attacker-x", "Attacker", name="Xantippe")
    made.node(
        "org-dpa", "Organisation", "Authority", name_en="Data protection authority", name_fr="Autorité de protection"
    )
    made.node("data-phone", "DataCategory", name_en="phone", name_fr="téléphone")
    made.line("originated_at", INCIDENT, VENDOR, asserter="Vendex", asserter_kind="own")
    made.line("exploited", INCIDENT, "software-gate", modality="hedged")
    made.line("attributed_to", INCIDENT, "attacker-x", source="source-2")
    made.line("investigates", "org-dpa", INCIDENT, role="investigating")
    made.claim("exposed", INCIDENT, "data-phone", negated=True)
    made.claim(
        "people",
        INCIDENT,
        low=9000,
        qualifier="at_least",
        quote="au moins 9 000",
        quote_lang="fr",
        in_interval="counted",
    )
    made.claim("people", INCIDENT, low=100000, high=100000, qualifier="exact", value="100000", population="listed",
               in_interval="population", asserter="Vendex", asserter_kind="own")  # fmt: skip
    made.claim("event", INCIDENT, role="detected", date="2024-22")
    made.claim("discovered_on", INCIDENT, value="2024-03", date="2024-03")
    for index in range(clients):
        status = ("confirmed", "reported", "claimed", "exposed")[index % 4]
        made.client(f"org-client-{index:02}", status, name=f"Hospital of the long-named town number {index:02}")
    made.client("org-labs", "reported", described_as=["28 laboratoires"], unnamed_count=28)
    made.client("org-far", "exposed", 2, OTHER, name="Farther Clinic")
    return made


def hostile() -> Case:
    """A case whose every id, name, title, quote and address is an attack."""
    made = Case()
    ids = [f"org-{text}" for text in HOSTILE] + ["__proto__", "constructor", "select_menu", "facts", "Hammer"]
    made.source(
        "source-1",
        title=HOSTILE[0],
        publisher=HOSTILE[1],
        url=HOSTILE[5],
        archived_url=f"data:text/html,<script>{HURT}</script>",
        lang=HOSTILE[3],
    )
    made.node(VENDOR, "Organisation", "Vendor", name=HOSTILE[0], kind="__proto__", country="<b", aliases=HOSTILE)
    made.node(INCIDENT, "Incident", title_en=HOSTILE[1], title_fr=HOSTILE[2])
    made.line("originated_at", INCIDENT, VENDOR)
    for predicate in ("note", "kind", "event", "sanction", "care_impact", "__proto__", "constructor"):
        made.claim(predicate, INCIDENT, value=HOSTILE[0], role=HOSTILE[1], text_en=HOSTILE[2], text_fr=HOSTILE[2], quote=HOSTILE[0],
                   quote_lang=HOSTILE[3], asserter=HOSTILE[1], asserter_kind="__proto__", wording=HOSTILE[3], reference=HOSTILE[4],
                   date=HOSTILE[1], stated_on=HOSTILE[1], currency=HOSTILE[1], amount=3.0)  # fmt: skip
    for index, id in enumerate(ids):
        text = HOSTILE[index % len(HOSTILE)]
        made.client(id, ("confirmed", "exposed", "__proto__")[index % 3], name=text)
    return made
