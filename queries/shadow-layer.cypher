// title:
//   en: Stated but not named
//   fr: Annoncés mais non nommés
// question:
//   en: How many clients did somebody state to be hit, and how many of them does a source name?
//   fr: Combien de clients a-t-on dits touchés, et combien sont nommés par une source ?
// parameters:
//   start:
//     type: node
//     labels: [Organisation, Incident]
//     en: the vendor, or one incident
//     fr: le fournisseur, ou un incident
//     example: Dedalus France
// columns:
//   incident: {en: Incident, fr: Incident, type: node}
//   id: {en: Id, fr: Identifiant, wide: true}
//   group_name: {en: Group as stated, fr: Groupe tel qu’énoncé}
//   stated_count: {en: Stated, fr: Annoncés}
//   named_count: {en: Named, fr: Nommés}
//   stated_minus_named: {en: Stated minus named, fr: Annoncés moins nommés}
//   named: {en: Those named, fr: Nommés, type: nodes}
//   status: {en: Status, fr: Statut}
//   asserter: {en: Said by, fr: Dit par}
//   stated_on: {en: Said on, fr: Dit le}
//   publisher: {en: Publisher, fr: Éditeur, wide: true}
//   quote: {en: Quote, fr: Citation}
//   claim: {en: Claim, fr: Énoncé, wide: true}
// notes:
//   en: "Named are the other bodies said to be hit in the same incident, its origin apart. Some may not belong to the group, and one of them may stand for several of it: the difference is a lead, not a count."
//   fr: "Sont comptés comme nommés les autres organismes dits touchés dans le même incident, hors son origine. Certains peuvent ne pas appartenir au groupe, et l’un d’eux peut en représenter plusieurs : la différence est une piste, non un compte."

CALL () {
  MATCH (i:Incident {id: $start}) RETURN i.id AS found
  UNION MATCH (:Organisation {id: $start})<-[:ORIGINATED_AT]-(i:Incident) RETURN i.id AS found
}
WITH DISTINCT found
MATCH (i:Incident {id: found})-[a:AFFECTED]->(g:Organisation)
WHERE g.unnamed_count IS NOT NULL
OPTIONAL MATCH (i)-[:AFFECTED]->(o:Organisation)
  WHERE o.name IS NOT NULL AND NOT (i)-[:ORIGINATED_AT]->(o)
WITH i, a, g, o ORDER BY o.id
WITH i, a, g, collect(o.id) AS named
MATCH (g)<-[:ABOUT {role: 'object'}]-(c:Claim {predicate: 'affected', subject: i.id})-[:STATED_IN]->(s:Source)
RETURN i.id AS incident, g.id AS id, g.described_as[0] AS group_name, g.unnamed_count AS stated_count,
  size(named) AS named_count,
  CASE WHEN g.unnamed_count > size(named) THEN g.unnamed_count - size(named) ELSE 0 END AS stated_minus_named,
  named, a.status AS status, c.asserter AS asserter, c.stated_on AS stated_on, s.publisher AS publisher,
  c.quote AS quote, c.id AS claim
ORDER BY incident, id, claim
