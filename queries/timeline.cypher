// title:
//   en: Timeline
//   fr: Chronologie
// question:
//   en: What happened, in order, and how precisely is each date known?
//   fr: Que s’est-il passé, dans l’ordre, et avec quelle précision chaque date est-elle connue ?
// parameters:
//   start:
//     type: node
//     labels: [Incident]
//     en: an incident
//     fr: un incident
//     example: incident-change-healthcare-2024
// columns:
//   date: {en: Date, fr: Date}
//   until: {en: Until, fr: Jusqu’à, wide: true}
//   precision: {en: Precision, fr: Précision}
//   what: {en: What, fr: Quoi}
//   whom: {en: Whom, fr: Qui}
//   text_en: {en: In English, fr: En anglais}
//   text_fr: {en: In French, fr: En français}
//   negated: {en: Negated, fr: Nié, wide: true}
//   hedged: {en: Hedged, fr: Au conditionnel, wide: true}
//   inferred: {en: Inferred by, fr: Déduit de, wide: true}
//   current: {en: Current, fr: En vigueur, wide: true}
//   asserter: {en: Said by, fr: Dit par}
//   stated_on: {en: Said on, fr: Dit le, wide: true}
//   publisher: {en: Publisher, fr: Éditeur}
//   url: {en: Address, fr: Adresse, wide: true}
//   quote: {en: Quote, fr: Citation}
//   claim: {en: Claim, fr: Énoncé, wide: true}
// notes:
//   en: "A date of a month, season or year stands at its first day. Rival dates stand side by side."
//   fr: "Une date au mois, à la saison ou à l’année est placée à son premier jour. Les dates rivales figurent côte à côte."

MATCH (i:Incident {id: $start})<-[:ABOUT]-(c:Claim)
WHERE c.date IS NOT NULL
MATCH (c)-[:STATED_IN]->(s:Source)
OPTIONAL MATCH (c)-[:ABOUT]->(o:Organisation) WHERE o.id IN [c.object, c.subject]
WITH DISTINCT c, s, collect(coalesce(o.name, o.described_as[0])) AS bodies
UNWIND (CASE WHEN size(bodies) = 0 THEN [null] ELSE bodies END) AS body
WITH c, s, body ORDER BY body
WITH c, s, collect(body) AS whom
RETURN c.date AS date, c.until AS until, c.date_precision AS precision,
  CASE WHEN c.predicate IN ['event', 'sanction'] THEN c.role ELSE c.predicate END AS what,
  whom, c.text_en AS text_en, c.text_fr AS text_fr, c.negated AS negated, c.modality = 'hedged' AS hedged, c.rule AS inferred,
  c.current AS current, c.asserter AS asserter, c.stated_on AS stated_on,
  s.publisher AS publisher, s.url AS url, c.quote AS quote, c.id AS claim
ORDER BY c.date_day, c.date_last_day, what, claim
