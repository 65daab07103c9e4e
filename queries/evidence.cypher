// title:
//   en: Evidence
//   fr: Preuves
// question:
//   en: Every fact of an incident (or of a body, product or attacker), with who said it, in which words, where and when.
//   fr: Chaque fait d’un incident (ou d’un organisme, d’un produit, d’un attaquant), avec qui l’a dit, en quels mots, où et quand.
// parameters:
//   start:
//     type: node
//     en: an incident, or anything that claims are about
//     fr: un incident, ou tout ce dont parlent les énoncés
//     example: incident-dedalus-2021
// columns:
//   predicate: {en: Fact, fr: Fait}
//   subject: {en: Subject, fr: Sujet}
//   object: {en: Object, fr: Objet}
//   value: {en: Value, fr: Valeur}
//   negated: {en: Negated, fr: Nié, wide: true}
//   modality: {en: Modality, fr: Modalité, wide: true}
//   qualifier: {en: Qualifier, fr: Qualificatif, wide: true}
//   basis: {en: Basis, fr: Fondement, wide: true}
//   rule: {en: Rule, fr: Règle, wide: true}
//   text_en: {en: In English, fr: En anglais}
//   text_fr: {en: In French, fr: En français}
//   date: {en: Date, fr: Date}
//   asserter: {en: Said by, fr: Dit par}
//   asserter_role: {en: As, fr: En qualité de, wide: true}
//   asserter_kind: {en: Kind, fr: Qui, wide: true}
//   quote: {en: Quote, fr: Citation}
//   quote_lang: {en: Language, fr: Langue, wide: true}
//   stated_on: {en: Said on, fr: Dit le}
//   current: {en: Current, fr: En vigueur, wide: true}
//   publisher: {en: Publisher, fr: Éditeur}
//   title: {en: Title, fr: Titre, wide: true}
//   url: {en: Address, fr: Adresse, wide: true}
//   locator: {en: Place, fr: Emplacement, wide: true}
//   reliability: {en: Reliability, fr: Fiabilité, wide: true}
//   record: {en: Record, fr: Fiche, wide: true}
//   claim: {en: Claim, fr: Énoncé}
// notes:
//   en: "An absent quote was not shipped; the source has the words. A claim that is not current was replaced by its own asserter."
//   fr: "Une citation absente n’a pas été fournie ; la source a les mots. Un énoncé qui n’est plus en vigueur a été remplacé par son propre énonciateur."

CALL () {
  MATCH (n:Incident {id: $start}) RETURN n
  UNION MATCH (n:Organisation {id: $start}) RETURN n
  UNION MATCH (n:Software {id: $start}) RETURN n
  UNION MATCH (n:Vulnerability {id: $start}) RETURN n
  UNION MATCH (n:Attacker {id: $start}) RETURN n
  UNION MATCH (n:Campaign {id: $start}) RETURN n
  UNION MATCH (n:Notification {id: $start}) RETURN n
}
WITH DISTINCT n
MATCH (n)<-[:ABOUT]-(c:Claim)-[:STATED_IN]->(s:Source)
WITH DISTINCT c, s
OPTIONAL MATCH (c)-[:ABOUT {role: 'subject'}]->(a)
OPTIONAL MATCH (c)-[:ABOUT {role: 'object'}]->(b)
RETURN c.predicate AS predicate,
  coalesce(a.name, a.title_en, a.described_as[0], c.subject) AS subject,
  coalesce(b.name, b.title_en, b.name_en, b.described_as[0], c.object) AS object,
  coalesce(c.value, c.role, c.service) AS value,
  c.negated AS negated, c.modality AS modality, c.qualifier AS qualifier, c.basis AS basis, c.rule AS rule,
  c.text_en AS text_en, c.text_fr AS text_fr, c.date AS date,
  c.asserter AS asserter, c.asserter_role AS asserter_role, c.asserter_kind AS asserter_kind,
  c.quote AS quote, c.quote_lang AS quote_lang, c.stated_on AS stated_on, c.current AS current,
  s.publisher AS publisher, s.title AS title, s.url AS url, c.locator AS locator, s.reliability AS reliability,
  c.record AS record, c.id AS claim
ORDER BY predicate, subject, coalesce(object, ''), coalesce(c.stated_on_day, 0), claim
