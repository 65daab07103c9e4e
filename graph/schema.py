"""The one table of what the graph may hold; constraints, checks, written nodes and edges, and docs derive from it.

(:Incident)-[:AFFECTED]->(:Organisation)          (:Incident)-[:ORIGINATED_AT]->(:Organisation)
(:Incident)-[:EXPLOITED]->(:Software|:Vulnerability)   (:Incident)-[:ATTRIBUTED_TO]->(:Attacker)
(:Incident)-[:EXPOSED]->(:DataCategory)           (:Incident)-[:PART_OF]->(:Campaign)
(:Incident)-[:LED_TO]->(:Incident)                (:Authority)-[:INVESTIGATES]->(:Incident)
(:Vendor)-[:SUPPLIES]->(:Organisation)            (:Vendor)-[:MAKES]->(:Software)
(:Organisation)-[:USES]->(:Software)              (:Software)-[:HAS]->(:Vulnerability)
(:Organisation)-[:PART_OF]->(:Organisation)       (:Organisation)-[:FILED]->(:Notification)
(:Notification)-[:ABOUT]->(:Incident)             (:Notification)-[:ADDRESSED_TO]->(:Authority)
(:Attacker)-[:OPERATES]->(:Attacker)
(:Claim)-[:ABOUT]->(any)                          (:Claim)-[:STATED_IN]->(:Source)
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or an edge: its name, its type in the store, and what it means."""

    name: str
    type: str
    """text, texts, integer, number, boolean, date or term:<vocabulary>."""
    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Label:
    """One label: the prefix of its ids, what it is, and its properties besides `id`."""

    name: str
    prefix: str
    en: str
    fr: str
    properties: tuple[Property, ...] = ()
    second_to: str | None = None
    """The label that it always stands beside (Vendor and Authority are Organisations)."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a claim may say: whom of, whom to, with which details, and as which edge it is drawn."""

    name: str
    subject: tuple[str, ...]
    en: str
    fr: str
    object: tuple[str, ...] = ()
    """Labels of the object; empty where the claim states a value only."""
    object_needed: bool = True
    value: str | None = None
    """Type of the value, as in `Property.type`; None where there is none."""
    edge: str | None = None
    details: tuple[str, ...] = ()
    """Fields of `Claim` that this predicate may fill besides the common ones."""
    subject_becomes: str | None = None
    object_becomes: str | None = None
    """The second label that such a claim gives to its subject or object."""


def _p(name: str, type: str, en: str, fr: str) -> Property:
    return Property(name, type, en, fr)


def _date(name: str, en: str, fr: str) -> Property:
    return _p(name, "date", en, fr)


_NAMED = (
    _p("name", "text", "name; absent where no source names it", "nom ; absent si aucune source ne le donne"),
    _p("aliases", "texts", "other names in the sources", "autres noms dans les sources"),
    _p("described_as", "texts", "what sources call it where they do not name it",
       "ce qu’en disent les sources qui ne le nomment pas"),
    _p("identifiers", "texts", "identifiers as scheme:value", "identifiants sous la forme schéma:valeur"),
)  # fmt: skip
_INTERVAL = (
    _p("people_low", "integer", "fewest people, each counted once", "nombre minimal de personnes, chacune comptée une fois"),
    _p("people_high", "integer", "most people; absent is open", "nombre maximal ; absent si ouvert"),
    _p("people_approximate", "boolean", "a bound rests on “about”", "une borne repose sur « environ »"),
    _p("people_contradiction", "boolean", "the lower bound contradicts the upper one",
       "la borne basse contredit la borne haute"),
)  # fmt: skip

LABELS: dict[str, Label] = {
    label.name: label
    for label in (
        Label("Incident", "incident", "one event in which data were exposed",
              "un événement au cours duquel des données ont été exposées", (
            _p("title_en", "text", "title in English", "titre en anglais"),
            _p("title_fr", "text", "title in French", "titre en français"),
            _p("described_as", "texts", "what sources call it", "ce qu’en disent les sources"),
            _p("kind", "term:incident_kinds", "kinds of incident", "types d’incident"),
            _date("occurred_from", "first day", "premier jour"),
            _date("occurred_to", "last day", "dernier jour"),
            _date("discovered_on", "discovered", "découvert"),
            _date("disclosed_on", "disclosed", "révélé"),
            _p("disputed", "texts", "dates on which sources differ", "dates sur lesquelles les sources diffèrent"),
            *_INTERVAL,
        )),
        Label("Organisation", "org", "any body", "tout organisme", (
            *_NAMED,
            _p("kind", "term:organisation_kinds", "what it is", "nature"),
            _p("country", "text", "ISO 3166-1 alpha-2 code", "code ISO 3166-1 alpha-2"),
            _p("region", "text", "ISO 3166-2 code", "code ISO 3166-2"),
            _p("city", "text", "town or city", "ville"),
            _p("unnamed_count", "integer", "how many bodies this unnamed group is said to be",
               "nombre d’organismes que ce groupe non nommé est dit compter"),
            _p("name_en", "text", "English name", "nom anglais"),
            _p("name_fr", "text", "French name", "nom français"),
        )),
        Label("Vendor", "org", "an Organisation that supplies another", "un organisme qui en fournit un autre",
              second_to="Organisation"),
        Label("Authority", "org", "a regulator, CERT, prosecutor, police or ministry",
              "une autorité de contrôle, un CERT, un parquet, une police ou un ministère", second_to="Organisation"),
        Label("Software", "software", "a product", "un produit", (
            *_NAMED, _p("category", "term:software_categories", "what it is for", "à quoi il sert"))),
        Label("Vulnerability", "cve", "a CVE", "une CVE", (
            *_NAMED,
            _date("kev_added_on", "added to CISA’s catalogue", "ajoutée au catalogue de la CISA"),
            _p("ransomware_use", "boolean", "known to be used by ransomware", "connue pour servir à des rançongiciels"),
        )),
        Label("Attacker", "attacker", "a crew, brand or pseudonym", "un groupe, une marque ou un pseudonyme", (
            *_NAMED,
            _p("kind", "term:attacker_kinds", "what it is", "nature"))),
        Label("DataCategory", "data", "a category of exposed data", "une catégorie de données exposées", (
            _p("name_en", "text", "English name", "nom anglais"), _p("name_fr", "text", "French name", "nom français"))),
        Label("Campaign", "campaign", "several incidents by one hand or one flaw",
              "plusieurs incidents dus à une même main ou à une même faille", (
            *_NAMED,
            _p("title_en", "text", "title in English", "titre en anglais"),
            _p("title_fr", "text", "title in French", "titre en français"))),
        Label("Notification", "notification", "one filing or notice", "une déclaration ou un avis", (
            *_NAMED,
            _p("channel", "text", "how it was sent", "voie"),
            _date("sent_on", "sent", "envoyée"),
            _date("discovered_on", "discovery date given in it", "date de découverte qu’elle donne"),
            _p("people", "integer", "people stated", "personnes déclarées"),
            _p("qualifier", "text", "how that number is meant", "ce que vaut ce nombre"))),
        Label("Source", "source", "an article, portal row, letter or dataset",
              "un article, une ligne de portail, une lettre ou un jeu de données", (
            *_NAMED,
            _p("publisher", "text", "publisher; absent where unknown", "éditeur ; absent si inconnu"),
            _p("title", "text", "title; absent where it has none", "titre ; absent s’il n’y en a pas"),
            _p("url", "text", "address", "adresse"),
            _p("archived_url", "text", "archived copy", "copie archivée"),
            _date("published_on", "published", "publiée"),
            _date("retrieved_on", "read on", "consultée"),
            _p("lang", "text", "language", "langue"),
            _p("kind", "term:source_kinds", "kind of source", "type de source"),
            _p("licence", "text", "licence as stated", "licence telle qu’indiquée"),
            _p("reliability", "text", "high, normal or low", "high (haute), normal (normale) ou low (faible)"),
            _p("relay_of", "text", "whom it copies or relays", "qui elle reprend"))),
        Label("Claim", "claim", "one stated fact", "un fait énoncé", (
            _p("predicate", "text", "what kind of fact", "type de fait"),
            _p("subject", "text", "id of the node it is about", "id du nœud dont il parle"),
            _p("object", "text", "id of the other node", "id de l’autre nœud"),
            _p("value", "text", "the stated value as text", "valeur énoncée, en texte"),
            _p("low", "integer", "lowest number meant", "nombre minimal"),
            _p("high", "integer", "highest number meant; absent is open", "nombre maximal ; absent si ouvert"),
            _p("qualifier", "text", "exact, about, at_least, up_to, between or placeholder",
               "exact, about (environ), at_least (au moins), up_to (jusqu’à), between (entre) ou placeholder (provisoire)"),
            _p("negated", "boolean", "the source says that it is not so", "la source dit que non"),
            _p("modality", "text", "stated or hedged (possibly, would)", "stated (affirmé) ou hedged (conditionnel)"),
            _p("asserter", "text", "who says so", "qui l’affirme"),
            _p("asserter_id", "text", "id of the asserter’s node", "id du nœud de qui l’affirme"),
            _p("asserter_role", "text", "role in which they say so", "qualité"),
            _p("asserter_kind", "term:asserter_kinds", "kind of asserter", "type de qui l’affirme"),
            _date("stated_on", "stated", "énoncé"),
            _p("quote", "text", "words of the source; absent where not shipped", "mots de la source ; absents si non fournis"),
            _p("quote_lang", "text", "their language", "leur langue"),
            _p("locator", "text", "row, offset or page", "ligne, position ou page"),
            _p("sha256", "text", "SHA-256 of the file", "SHA-256 du fichier"),
            _p("extraction", "text", "curated, row, rule or model",
               "curated (à la main), row (ligne), rule (règle) ou model (modèle)"),
            _p("basis", "text", "stated, or inferred with a rule", "stated (énoncé) ou inferred (déduit d’une règle)"),
            _p("rule", "text", "the rule of an inference", "règle de la déduction"),
            _p("record", "text", "the record it stands in", "fiche où il se trouve"),
            _p("incident", "text", "id of the incident it is told of", "id de l’incident à propos duquel il est dit"),
            _p("current", "boolean", "not superseded by the same asserter", "non remplacé par le même énonciateur"),
            _p("in_interval", "text", "counted, or why the figure does not enter an interval",
               "counted (compté), ou pourquoi le chiffre n’entre pas dans un intervalle"),
            _p("role", "text", "role of an event, authority or sanction", "rôle de l’événement, de l’autorité ou de la sanction"),
            _date("date", "when it happened", "quand cela s’est passé"),
            _date("until", "until when", "jusqu’à quand"),
            _p("service", "text", "what is supplied", "ce qui est fourni"),
            _p("population", "text", "whom a figure counts if not the people affected",
               "qui est compté si ce ne sont pas les personnes touchées"),
            _p("subset", "text", "the part of the people that a figure counts", "partie des personnes que compte un chiffre"),
            _p("amount", "number", "amount of money", "somme"),
            _p("currency", "text", "ISO 4217 code", "code ISO 4217"),
            _p("reference", "text", "reference of a decision", "référence d’une décision"),
            _p("wording", "text", "the source’s own term", "terme de la source"),
            _p("cleared", "boolean", "denied after inquiry", "démenti après enquête"),
            _p("denial", "text", "of a negated AFFECTED: denied by the body itself, or cleared",
               "pour un AFFECTED nié : denied (démenti par l’organisme) ou cleared (mis hors de cause)"),
            _p("text_en", "text", "in English", "en anglais"),
            _p("text_fr", "text", "in French", "en français"))),
    )
}  # fmt: skip

_ANY = ("Incident", "Organisation", "Software", "Vulnerability", "Attacker", "Campaign", "Notification")
_INCIDENT_DATES = {
    "occurred_from": ("began", "a commencé"),
    "occurred_to": ("ended", "a pris fin"),
    "discovered_on": ("was discovered", "a été découvert"),
    "disclosed_on": ("was disclosed", "a été révélé"),
}

PREDICATES: dict[str, Predicate] = {
    predicate.name: predicate
    for predicate in (
        Predicate("affected", ("Incident",), "hit", "a touché", ("Organisation",), edge="AFFECTED", details=("cleared",)),
        Predicate("originated_at", ("Incident",), "began in the systems of", "est parti des systèmes de",
                  ("Organisation",), edge="ORIGINATED_AT"),
        Predicate("exploited", ("Incident",), "exploited", "a exploité", ("Software", "Vulnerability"), edge="EXPLOITED"),
        Predicate("attributed_to", ("Incident",), "is attributed to", "est attribué à", ("Attacker",), edge="ATTRIBUTED_TO"),
        Predicate("exposed", ("Incident",), "exposed", "a exposé", ("DataCategory",), edge="EXPOSED",
                  details=("wording", "subset")),
        Predicate("part_of", ("Incident", "Organisation"), "is part of", "fait partie de", ("Campaign", "Organisation"),
                  edge="PART_OF"),
        Predicate("led_to", ("Incident",), "led to", "a conduit à", ("Incident",), edge="LED_TO"),
        Predicate("investigates", ("Organisation",), "investigates", "enquête sur", ("Incident",), edge="INVESTIGATES",
                  details=("role", "date"), subject_becomes="Authority"),
        Predicate("supplies", ("Organisation",), "supplies", "fournit", ("Organisation",), edge="SUPPLIES",
                  details=("service", "date", "until"), subject_becomes="Vendor"),
        Predicate("makes", ("Organisation",), "makes", "édite", ("Software",), edge="MAKES", subject_becomes="Vendor"),
        Predicate("uses", ("Organisation",), "uses", "utilise", ("Software",), edge="USES",
                  details=("service", "date", "until")),
        Predicate("has", ("Software",), "has the flaw", "a la faille", ("Vulnerability",), edge="HAS"),
        Predicate("filed", ("Organisation",), "filed", "a déposé", ("Notification",), edge="FILED", details=("date",)),
        Predicate("about", ("Notification",), "is about", "porte sur", ("Incident",), edge="ABOUT"),
        Predicate("addressed_to", ("Notification",), "is addressed to", "est adressée à", ("Organisation",),
                  edge="ADDRESSED_TO", object_becomes="Authority"),
        Predicate("operates", ("Attacker",), "operates", "exploite", ("Attacker",), edge="OPERATES"),
        Predicate("people", ("Incident", "Notification"), "people affected", "personnes touchées", ("Organisation",),
                  object_needed=False, value="integer",
                  details=("population", "subset", "within", "disjoint_with", "exhaustive")),
        Predicate("kind", ("Incident",), "kind of incident", "type d’incident", value="term:incident_kinds",
                  details=("wording",)),
        *(Predicate(name, ("Incident", "Notification") if name == "discovered_on" else ("Incident",), en, fr, value="date")
          for name, (en, fr) in _INCIDENT_DATES.items()),
        Predicate("sent_on", ("Notification",), "was sent", "a été envoyée", value="date"),
        Predicate("event", ("Incident",), "event", "événement", _ANY, object_needed=False,
                  details=("role", "date", "until", "text_en", "text_fr")),
        Predicate("sanction", ("Organisation", "Incident"), "sanctioned", "a sanctionné", ("Organisation",),
                  object_needed=False, subject_becomes="Authority",
                  details=("role", "date", "amount", "currency", "reference", "text_en", "text_fr")),
        Predicate("care_impact", ("Incident",), "effect on care", "effet sur les soins", ("Organisation",),
                  object_needed=False, value="text", details=("date", "until", "text_en", "text_fr")),
        Predicate("note", _ANY, "note", "note", _ANY, object_needed=False, value="text",
                  details=("date", "until", "text_en", "text_fr")),
        Predicate("kev_added_on", ("Vulnerability",), "added to CISA’s catalogue", "ajoutée au catalogue de la CISA",
                  value="date"),
        Predicate("ransomware_use", ("Vulnerability",), "used by ransomware", "utilisée par des rançongiciels",
                  value="boolean"),
    )
}  # fmt: skip

EDGE_PROPERTIES: tuple[Property, ...] = (
    _p("claims", "texts", "ids of the claims it rests on", "ids des énoncés sur lesquels il repose"),
    _p("sources", "integer", "independent sources", "sources indépendantes"),
    _p("first_stated_on", "date", "first stated", "énoncé pour la première fois"),
    _p("last_stated_on", "date", "last stated", "énoncé pour la dernière fois"),
    _p("basis", "text", "stated, or inferred", "stated (énoncé) ou inferred (déduit)"),
    _p("rule", "text", "the rule of an inference", "règle de la déduction"),
    _p("hedged", "boolean", "every claim is hedged", "tous les énoncés sont au conditionnel"),
    _p("negated", "boolean", "a source says that it is not so", "une source dit que non"),
)
"""What every fact edge has, besides those of `EDGES_OWN`."""

EDGES_OWN: dict[str, tuple[Property, ...]] = {
    "AFFECTED": (
        _p("status", "text", "claimed, reported or confirmed",
           "claimed (revendiqué), reported (rapporté) ou confirmed (confirmé)"),
        _p("denied", "boolean", "the body denies", "l’organisme dément"),
        _p("cleared", "boolean", "cleared after inquiry", "mis hors de cause après enquête"),
        *_INTERVAL,
    ),
    "SUPPLIES": (
        _p("service", "texts", "what is supplied", "ce qui est fourni"),
        _p("from", "date", "since", "depuis"),
        _p("to", "date", "until", "jusqu’à"),
    ),
    "USES": (
        _p("service", "texts", "what for", "pour quoi"),
        _p("from", "date", "since", "depuis"),
        _p("to", "date", "until", "jusqu’à"),
    ),
    "INVESTIGATES": (_p("role", "texts", "roles", "rôles"),),
    "ABOUT": (_p("role", "text", "of a claim: its subject, its object, or the context it is told in",
           "pour un énoncé : son sujet (subject), son objet (object) ou son contexte (context)"),),
}  # fmt: skip

PREFIXES: dict[str, str] = {label.prefix: label.name for label in LABELS.values() if label.second_to is None}
"""Label by the prefix of its ids."""

STATUSES = ("claimed", "reported", "confirmed")
"""Steps of AFFECTED, lowest first (DESIGN)."""
QUALIFIERS = ("exact", "about", "at_least", "up_to", "between", "placeholder")
MODALITIES = ("stated", "hedged")
EXTRACTIONS = ("curated", "row", "rule", "model")
RELIABILITIES = ("high", "normal", "low")
CURRENCY_FORM = r"[A-Z]{3}"


def store_names(prop: Property) -> tuple[str, ...]:
    """The property names that one row of the table becomes in the store: a date has its precision and epoch days."""
    if prop.type == "date":
        return (prop.name, f"{prop.name}_precision", f"{prop.name}_day", f"{prop.name}_last_day")
    return (prop.name,)


def node_properties(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Every property name that a node with these labels may carry in the store."""
    names = [name for label in labels for prop in LABELS[label].properties for name in store_names(prop)]
    return ("id", "former_ids", *dict.fromkeys(names))


def edge_properties(edge: str) -> tuple[str, ...]:
    """Every property name that an edge of this type may carry in the store."""
    rows = (*EDGE_PROPERTIES, *EDGES_OWN.get(edge, ()))
    return tuple(dict.fromkeys(name for prop in rows for name in store_names(prop)))


def edge_ends() -> dict[str, list[tuple[str, str]]]:
    """Edge type → the (start label, end label) pairs that its claims allow, `ABOUT` and `STATED_IN` of Claim included."""
    ends: dict[str, list[tuple[str, str]]] = {}
    for predicate in PREDICATES.values():
        if predicate.edge:
            pairs = ends.setdefault(predicate.edge, [])
            pairs += [(s, o) for s in predicate.subject for o in predicate.object]
    ends["PART_OF"] = [("Incident", "Campaign"), ("Organisation", "Organisation")]
    ends["ABOUT"] += [
        ("Claim", label.name) for label in LABELS.values() if not label.second_to and label.name != "Claim"
    ]
    ends["STATED_IN"] = [("Claim", "Source")]
    return ends
