// title:
//   en: People, each counted once
//   fr: Personnes, chacune comptée une fois
// question:
//   en: What is the lowest and the highest number of people, and which figures make it?
//   fr: Quel est le nombre minimal et maximal de personnes, et quels chiffres le donnent ?
// parameters:
//   start:
//     type: node
//     en: an incident, or the vendor, software, flaw, attacker or campaign behind several
//     fr: un incident, ou le fournisseur, le logiciel, la faille, l’attaquant ou la campagne derrière plusieurs
//     example: Dedalus France
// columns:
//   incident: {en: Incident, fr: Incident, type: node}
//   title_en: {en: Title (English), fr: Titre (anglais), wide: true}
//   title_fr: {en: Title (French), fr: Titre (français), wide: true}
//   people_low: {en: People at least, fr: Personnes au moins}
//   people_high: {en: People at most, fr: Personnes au plus}
//   approximate: {en: Approximate, fr: Approximatif, wide: true}
//   contradiction: {en: Contradiction, fr: Contradiction, wide: true}
//   figure_low: {en: Figure from, fr: Chiffre de}
//   figure_high: {en: Figure to, fr: Chiffre à}
//   stated: {en: As stated, fr: Tel qu’énoncé, wide: true}
//   qualifier: {en: Qualifier, fr: Qualificatif}
//   of: {en: Of, fr: De}
//   subset: {en: Part, fr: Partie, wide: true}
//   population: {en: Population, fr: Population, wide: true}
//   counts: {en: In the interval, fr: Dans l’intervalle}
//   hedged: {en: Hedged, fr: Au conditionnel, wide: true}
//   asserter: {en: Said by, fr: Dit par}
//   stated_on: {en: Said on, fr: Dit le}
//   publisher: {en: Publisher, fr: Éditeur, wide: true}
//   url: {en: Address, fr: Adresse, wide: true}
//   quote: {en: Quote, fr: Citation}
//   claim: {en: Claim, fr: Énoncé, wide: true}
// notes:
//   en: "An absent highest number is open. A figure that does not count says why: superseded by its asserter, an attacker’s, a relay’s, of another population, a placeholder, or negated. Nothing is added up unless a source says that the parts do not overlap."
//   fr: "Un maximum absent est ouvert. Un chiffre qui ne compte pas dit pourquoi : remplacé par son énonciateur, venant d’un attaquant, d’un relais, portant sur une autre population, provisoire, ou nié. Rien n’est additionné si aucune source ne dit que les parties sont disjointes."

CALL () {
  MATCH (i:Incident {id: $start}) RETURN i.id AS found
  UNION MATCH (:Attacker {id: $start})<-[:ATTRIBUTED_TO]-(i:Incident) RETURN i.id AS found
  UNION MATCH (:Campaign {id: $start})<-[:PART_OF]-(i:Incident) RETURN i.id AS found
  UNION MATCH (:Organisation {id: $start})<-[:ORIGINATED_AT|AFFECTED]-(i:Incident) RETURN i.id AS found
  UNION MATCH (:Software {id: $start})<-[:EXPLOITED]-(i:Incident) RETURN i.id AS found
  UNION MATCH (:Vulnerability {id: $start})<-[:EXPLOITED]-(i:Incident) RETURN i.id AS found
  UNION MATCH (:Organisation {id: $start})-[:MAKES]->(:Software)<-[:EXPLOITED]-(i:Incident) RETURN i.id AS found
}
WITH DISTINCT found
MATCH (i:Incident {id: found})
OPTIONAL MATCH (i)<-[:ABOUT {role: 'subject'}]-(c:Claim {predicate: 'people'})
OPTIONAL MATCH (c)-[:STATED_IN]->(s:Source)
OPTIONAL MATCH (c)-[:ABOUT {role: 'object'}]->(o:Organisation)
RETURN i.id AS incident, i.title_en AS title_en, i.title_fr AS title_fr,
  i.people_low AS people_low, i.people_high AS people_high,
  coalesce(i.people_approximate, false) AS approximate,
  coalesce(i.people_contradiction, false) AS contradiction,
  c.low AS figure_low, c.high AS figure_high, c.value AS stated, c.qualifier AS qualifier,
  coalesce(o.name, o.described_as[0]) AS of, c.subset AS subset, c.population AS population,
  c.in_interval AS counts, c.modality = 'hedged' AS hedged,
  c.asserter AS asserter, c.stated_on AS stated_on, s.publisher AS publisher, s.url AS url, c.quote AS quote, c.id AS claim
ORDER BY incident, CASE c.in_interval WHEN 'counted' THEN 0 ELSE 1 END, coalesce(of, ''), coalesce(subset, ''), coalesce(c.stated_on_day, 0), claim
