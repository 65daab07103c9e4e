// title:
//   en: Customers not heard from
//   fr: Clients dont on n’a pas de nouvelles
// question:
//   en: Which clients of a breached vendor have no notice in the sources loaded? A list of leads, not of faults.
//   fr: Quels clients d’un fournisseur touché n’ont pas d’avis dans les sources chargées ? Une liste de pistes, non de fautes.
// parameters:
//   start:
//     type: node
//     labels: [Organisation]
//     en: the vendor
//     fr: le fournisseur
//     example: Segma Recherche
// columns:
//   incident: {en: Incident, fr: Incident, type: node}
//   id: {en: Id, fr: Identifiant, wide: true}
//   name: {en: Client, fr: Client}
//   country: {en: Country, fr: Pays}
//   region: {en: Region, fr: Région}
//   service: {en: Service, fr: Service}
//   status: {en: Status, fr: Statut}
//   unnamed_count: {en: Unnamed bodies, fr: Organismes non nommés}
//   disclosed_on: {en: Breach disclosed, fr: Violation révélée}
//   as_of: {en: Sources as of, fr: Sources au}
//   finding_en: {en: Finding, fr: Constat (anglais)}
//   finding_fr: {en: Finding (French), fr: Constat}
//   claims: {en: Claims of the supply, fr: Énoncés de la fourniture, wide: true}
// notes:
//   en: "Left out: a client that filed a notice or spoke of the incident itself, one whose notice the vendor gave for it, one that was cleared, and one whose service ended before the breach began or began after it ended. Another body may have told the people; the law may not have asked for it."
//   fr: "Sont écartés : un client qui a déposé un avis ou parlé lui-même de l’incident, un client pour lequel le fournisseur a notifié, un client mis hors de cause, et un client dont le service avait pris fin avant la violation ou a commencé après. Un autre organisme peut avoir informé les personnes ; la loi peut ne pas l’avoir exigé."

OPTIONAL MATCH (any:Claim)
WITH max(any.stated_on_last_day) AS newest
OPTIONAL MATCH (last:Claim {stated_on_last_day: newest})
WITH max(last.stated_on) AS as_of
MATCH (v:Organisation {id: $start})<-[:ORIGINATED_AT]-(i:Incident)
MATCH (v)-[s:SUPPLIES]->(c:Organisation)
WHERE (s.to_last_day IS NULL OR i.occurred_from_day IS NULL OR s.to_last_day >= i.occurred_from_day)
  AND (s.from_day IS NULL OR i.occurred_to_last_day IS NULL OR s.from_day <= i.occurred_to_last_day)
OPTIONAL MATCH (c)-[:FILED]->(n:Notification)-[:ABOUT]->(i)
WITH as_of, v, i, s, c, count(n) AS notices
WHERE notices = 0
OPTIONAL MATCH (i)<-[:ABOUT]-(own:Claim {asserter_id: c.id})
WITH as_of, v, i, s, c, count(own) AS spoken
WHERE spoken = 0
OPTIONAL MATCH (i)<-[:ABOUT]-(x:Claim)-[:ABOUT]->(c)
  WHERE x.current AND (x.denial = 'cleared' OR (x.predicate = 'event' AND x.role IN ['notice_delegated', 'people_informed'] AND NOT x.negated))
WITH as_of, i, s, c, count(x) AS settled
WHERE settled = 0
OPTIONAL MATCH (i)-[a:AFFECTED]->(c)
RETURN i.id AS incident, c.id AS id, coalesce(c.name, c.described_as[0]) AS name, c.country AS country, c.region AS region,
  s.service AS service, coalesce(a.status, 'exposed') AS status, c.unnamed_count AS unnamed_count,
  i.disclosed_on AS disclosed_on, as_of,
  'no notification found in the sources loaded, as of ' + as_of AS finding_en,
  'aucune notification trouvée dans les sources chargées, au ' + as_of AS finding_fr,
  s.claims AS claims
ORDER BY incident, CASE status WHEN 'confirmed' THEN 0 WHEN 'reported' THEN 1 WHEN 'claimed' THEN 2 ELSE 3 END, id
