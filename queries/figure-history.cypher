// title:
//   en: How a figure moved
//   fr: Comment un chiffre a évolué
// question:
//   en: How did the number of people move, who said each figure, and when?
//   fr: Comment le nombre de personnes a-t-il évolué, qui a donné chaque chiffre, et quand ?
// parameters:
//   start:
//     type: node
//     labels: [Incident, Organisation]
//     en: an incident, or a body in incidents
//     fr: un incident, ou un organisme touché par des incidents
//     example: incident-change-healthcare-2024
// columns:
//   incident: {en: Incident, fr: Incident, type: node}
//   of: {en: Of, fr: De}
//   subset: {en: Part, fr: Partie}
//   population: {en: Population, fr: Population}
//   asserter: {en: Said by, fr: Dit par}
//   stated_on: {en: Said on, fr: Dit le}
//   precision: {en: Precision, fr: Précision, wide: true}
//   stated: {en: Figure, fr: Chiffre}
//   low: {en: From, fr: De}
//   high: {en: To, fr: À}
//   qualifier: {en: Qualifier, fr: Qualificatif}
//   current: {en: Current, fr: En vigueur}
//   counts: {en: In the interval, fr: Dans l’intervalle}
//   publisher: {en: Publisher, fr: Éditeur}
//   url: {en: Address, fr: Adresse, wide: true}
//   quote: {en: Quote, fr: Citation, wide: true}
//   claim: {en: Claim, fr: Énoncé, wide: true}
// notes:
//   en: "In order of the day on which each was said; a figure without a date comes first. A figure that is not current was replaced by its own asserter; rivals stand side by side."
//   fr: "Dans l’ordre des jours où ils ont été dits ; un chiffre sans date vient d’abord. Un chiffre qui n’est plus en vigueur a été remplacé par son énonciateur ; les rivaux figurent côte à côte."

CALL () {
  MATCH (i:Incident {id: $start})<-[:ABOUT {role: 'subject'}]-(c:Claim {predicate: 'people'}) RETURN c.id AS found
  UNION
  MATCH (:Organisation {id: $start})<-[:ABOUT {role: 'object'}]-(c:Claim {predicate: 'people'})-[:ABOUT {role: 'subject'}]->(:Incident)
  RETURN c.id AS found
  UNION
  MATCH (:Organisation {id: $start})<-[:ORIGINATED_AT]-(:Incident)<-[:ABOUT {role: 'subject'}]-(c:Claim {predicate: 'people'})
  RETURN c.id AS found
}
WITH DISTINCT found
MATCH (c:Claim {id: found})-[:STATED_IN]->(s:Source)
OPTIONAL MATCH (c)-[:ABOUT {role: 'object'}]->(o:Organisation)
RETURN c.subject AS incident, coalesce(o.name, o.described_as[0]) AS of, c.subset AS subset, c.population AS population,
  c.asserter AS asserter, c.stated_on AS stated_on, c.stated_on_precision AS precision, c.value AS stated,
  c.low AS low, c.high AS high, c.qualifier AS qualifier, c.current AS current, c.in_interval AS counts,
  s.publisher AS publisher, s.url AS url, c.quote AS quote, c.id AS claim
ORDER BY incident, coalesce(of, ''), coalesce(c.stated_on_day, -1000000), coalesce(c.stated_on_last_day, 0), claim
