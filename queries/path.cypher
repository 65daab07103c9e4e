// title:
//   en: How two are connected
//   fr: Comment deux sont reliés
// question:
//   en: How are these two connected, step by step, and who says so?
//   fr: Comment ces deux-là sont-ils reliés, étape par étape, et qui le dit ?
// parameters:
//   start:
//     type: node
//     en: where it starts
//     fr: le point de départ
//     example: Segma Recherche
//   end:
//     type: node
//     en: where it ends
//     fr: le point d’arrivée
//     example: CISSS de Laval
// columns:
//   way: {en: Way, fr: Chemin}
//   step: {en: Step, fr: Étape}
//   source: {en: From, fr: De, type: node}
//   edge: {en: Link, fr: Lien}
//   target: {en: To, fr: À, type: node}
//   status: {en: Status, fr: Statut}
//   basis: {en: Basis, fr: Fondement}
//   hedged: {en: Hedged, fr: Au conditionnel}
//   sources: {en: Independent sources, fr: Sources indépendantes}
//   first_stated_on: {en: First said on, fr: Dit d’abord le}
//   claims: {en: Claims, fr: Énoncés, wide: true}
// notes:
//   en: "All shortest ways of at most eight steps over supply, use, making, flaws, incidents, attackers, campaigns and ownership; an arrow is read from “From” to “To”, whichever way the path goes. Authorities, data categories and sources connect everything and are left out."
//   fr: "Tous les plus courts chemins d’au plus huit étapes par fourniture, usage, édition, failles, incidents, attaquants, campagnes et appartenance ; une flèche se lit de « De » à « À », quel que soit le sens du chemin. Les autorités, catégories de données et sources relient tout et sont écartées."

CALL () {
  MATCH (n:Organisation {id: $start}) RETURN n
  UNION MATCH (n:Incident {id: $start}) RETURN n
  UNION MATCH (n:Software {id: $start}) RETURN n
  UNION MATCH (n:Vulnerability {id: $start}) RETURN n
  UNION MATCH (n:Attacker {id: $start}) RETURN n
  UNION MATCH (n:Campaign {id: $start}) RETURN n
}
WITH DISTINCT n AS a
CALL () {
  MATCH (n:Organisation {id: $end}) RETURN n
  UNION MATCH (n:Incident {id: $end}) RETURN n
  UNION MATCH (n:Software {id: $end}) RETURN n
  UNION MATCH (n:Vulnerability {id: $end}) RETURN n
  UNION MATCH (n:Attacker {id: $end}) RETURN n
  UNION MATCH (n:Campaign {id: $end}) RETURN n
}
WITH DISTINCT a, n AS b
WHERE a.id <> b.id
MATCH p = allShortestPaths((a)-[:SUPPLIES|USES|MAKES|HAS|AFFECTED|ORIGINATED_AT|EXPLOITED|ATTRIBUTED_TO|PART_OF|LED_TO|OPERATES*..8]-(b))
WITH relationships(p) AS links, reduce(text = '', x IN nodes(p) | text + ' ' + x.id) AS passed,
  reduce(text = '', r IN relationships(p) | text + ' ' + type(r)) AS kinds
ORDER BY passed, kinds
WITH collect(links) AS found WHERE size(found) > 0
WITH found[0..5] AS ways
UNWIND range(0, size(ways) - 1) AS k
WITH k, ways[k] AS links
UNWIND range(0, size(links) - 1) AS s
WITH k, s, links[s] AS r
RETURN k + 1 AS way, s + 1 AS step, startNode(r).id AS source, type(r) AS edge, endNode(r).id AS target,
  r.status AS status, r.basis AS basis, r.hedged AS hedged, r.sources AS sources, r.first_stated_on AS first_stated_on,
  r.claims AS claims
ORDER BY way, step
