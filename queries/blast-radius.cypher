// title:
//   en: Blast radius
//   fr: Rayon d’impact
// question:
//   en: From a vendor, software, flaw, attacker, campaign or incident, who is reached, how far out, and what is said of them?
//   fr: À partir d’un fournisseur, d’un logiciel, d’une faille, d’un attaquant, d’une campagne ou d’un incident, qui est atteint, à quelle distance, et qu’en dit-on ?
// parameters:
//   start:
//     type: node
//     en: where it starts
//     fr: le point de départ
//     example: MOVEit Transfer
//   depth:
//     type: integer
//     en: how many levels out, 1 to 5
//     fr: "nombre de niveaux, de 1 à 5"
//     default: 3
//     least: 1
//     most: 5
//     example: 2
// columns:
//   level: {en: Level, fr: Niveau}
//   id: {en: Id, fr: Identifiant, wide: true}
//   name: {en: Name, fr: Nom}
//   label: {en: Type, fr: Type}
//   status: {en: Status, fr: Statut}
//   basis: {en: Basis, fr: Fondement, wide: true}
//   hedged: {en: Hedged, fr: Au conditionnel, wide: true}
//   denied: {en: Denies, fr: Dément, wide: true}
//   cleared: {en: Cleared, fr: Hors de cause, wide: true}
//   people_low: {en: People at least, fr: Personnes au moins}
//   people_high: {en: People at most, fr: Personnes au plus}
//   approximate: {en: About, fr: Environ, wide: true}
//   unnamed_count: {en: Unnamed bodies, fr: Organismes non nommés}
//   incident: {en: Incident, fr: Incident, type: node, wide: true}
//   via: {en: Through, fr: Par, type: way}
// notes:
//   en: "status exposed, basis inferred: a supplier, maker or user link reaches the body and no source loaded says that it was hit. People are those said of this body in that incident. An unnamed group is one row, with the number of bodies it is said to be."
//   fr: "statut exposed, fondement inferred : un lien de fourniture ou d’utilisation atteint l’organisme et aucune source chargée ne dit qu’il a été touché. Les personnes sont celles dites de cet organisme dans cet incident. Un groupe non nommé est une ligne, avec le nombre d’organismes qu’il est dit compter."

// 1. The start's incidents; no others are followed.
CALL () {
  MATCH (i:Incident {id: $start}) RETURN i.id AS found
  UNION MATCH (:Attacker {id: $start})<-[:ATTRIBUTED_TO]-(i:Incident) RETURN i.id AS found
  UNION MATCH (:Campaign {id: $start})<-[:PART_OF]-(i:Incident) RETURN i.id AS found
  UNION MATCH (:Organisation {id: $start})<-[:ORIGINATED_AT]-(i:Incident) RETURN i.id AS found
  UNION MATCH (:Software {id: $start})<-[:EXPLOITED]-(i:Incident) RETURN i.id AS found
  UNION MATCH (:Vulnerability {id: $start})<-[:EXPLOITED]-(i:Incident) RETURN i.id AS found
  UNION MATCH (:Organisation {id: $start})-[:MAKES]->(:Software)<-[:EXPLOITED]-(i:Incident) RETURN i.id AS found
}
WITH collect(DISTINCT found) AS incidents

// 2. Level 0: the start body, or the bodies that the start's incidents originated at.
CALL (incidents) {
  CALL () {
    MATCH (o:Organisation {id: $start}) RETURN o.id AS id, [$start] AS via, null AS status, '' AS tie
    UNION
    MATCH (i:Incident {id: $start})-[:ORIGINATED_AT]->(o:Organisation)
    OPTIONAL MATCH (i)-[a:AFFECTED]->(o)
    RETURN o.id AS id, [$start, o.id] AS via, a.status AS status, '' AS tie
    UNION
    MATCH (:Attacker {id: $start})<-[:ATTRIBUTED_TO]-(i:Incident)-[:ORIGINATED_AT]->(o:Organisation)
    OPTIONAL MATCH (i)-[a:AFFECTED]->(o)
    RETURN o.id AS id, [$start, i.id, o.id] AS via, a.status AS status, i.id AS tie
    UNION
    MATCH (:Campaign {id: $start})<-[:PART_OF]-(i:Incident)-[:ORIGINATED_AT]->(o:Organisation)
    OPTIONAL MATCH (i)-[a:AFFECTED]->(o)
    RETURN o.id AS id, [$start, i.id, o.id] AS via, a.status AS status, i.id AS tie
  }
  WITH id, via, tie, CASE status WHEN 'confirmed' THEN 0 WHEN 'reported' THEN 1 WHEN 'claimed' THEN 2 ELSE 3 END AS rank
  ORDER BY id, rank, tie
  WITH id, collect(via)[0] AS via
  RETURN collect({id: id, via: via, level: 0}) AS level0
}

// 3. Level 1: clients and co-affected of level 0; users of the software; where its exploitation originated; no stated origin.
CALL (incidents, level0) {
  CALL (incidents, level0) {
    UNWIND level0 AS b
    MATCH (:Organisation {id: b.id})-[:SUPPLIES]->(c:Organisation)
    RETURN c.id AS id, b.via + [c.id] AS via, null AS status, b.id AS tie
    UNION
    UNWIND level0 AS b
    MATCH (:Organisation {id: b.id})<-[:ORIGINATED_AT]-(i:Incident)-[a:AFFECTED]->(c:Organisation) WHERE i.id IN incidents
    RETURN c.id AS id, b.via + (CASE WHEN i.id IN b.via THEN [c.id] ELSE [i.id, c.id] END) AS via, a.status AS status, b.id + ' ' + i.id AS tie
    UNION
    MATCH (:Software {id: $start})<-[:USES]-(c:Organisation)
    RETURN c.id AS id, [$start, c.id] AS via, null AS status, $start AS tie
    UNION
    MATCH (:Organisation {id: $start})-[:MAKES]->(s:Software)<-[:USES]-(c:Organisation)
    RETURN c.id AS id, [$start, s.id, c.id] AS via, null AS status, $start + ' ' + s.id AS tie
    UNION
    MATCH (:Software {id: $start})<-[:EXPLOITED]-(i:Incident)-[:ORIGINATED_AT]->(c:Organisation)
    OPTIONAL MATCH (i)-[a:AFFECTED]->(c)
    RETURN c.id AS id, [$start, i.id, c.id] AS via, a.status AS status, $start + ' ' + i.id AS tie
    UNION
    MATCH (:Vulnerability {id: $start})<-[:EXPLOITED]-(i:Incident)-[:ORIGINATED_AT]->(c:Organisation)
    OPTIONAL MATCH (i)-[a:AFFECTED]->(c)
    RETURN c.id AS id, [$start, i.id, c.id] AS via, a.status AS status, $start + ' ' + i.id AS tie
    UNION
    MATCH (:Organisation {id: $start})-[:MAKES]->(s:Software)<-[:EXPLOITED]-(i:Incident)-[:ORIGINATED_AT]->(c:Organisation)
    OPTIONAL MATCH (i)-[a:AFFECTED]->(c)
    RETURN c.id AS id, [$start, s.id, i.id, c.id] AS via, a.status AS status, $start + ' ' + s.id + ' ' + i.id AS tie
    UNION
    UNWIND incidents AS found
    MATCH (i:Incident {id: found})-[a:AFFECTED]->(c:Organisation) WHERE NOT (i)-[:ORIGINATED_AT]->()
    RETURN c.id AS id, CASE WHEN i.id = $start THEN [$start, c.id] ELSE [$start, i.id, c.id] END AS via, a.status AS status, $start + ' ' + i.id AS tie
  }
  WITH id, via, tie, CASE status WHEN 'confirmed' THEN 0 WHEN 'reported' THEN 1 WHEN 'claimed' THEN 2 ELSE 3 END AS rank
  ORDER BY id, rank, tie
  WITH id, collect(via)[0] AS via
  RETURN collect({id: id, via: via, level: 1}) AS level1
}

// Level 2: clients of level 1, and those hit in the start's incidents that originated there.
CALL (incidents, level1) {
  CALL (incidents, level1) {
    UNWIND level1 AS b
    MATCH (:Organisation {id: b.id})-[:SUPPLIES]->(c:Organisation) WHERE $depth >= 2
    RETURN c.id AS id, b.via + [c.id] AS via, null AS status, b.id AS tie
    UNION
    UNWIND level1 AS b
    MATCH (:Organisation {id: b.id})<-[:ORIGINATED_AT]-(i:Incident)-[a:AFFECTED]->(c:Organisation) WHERE $depth >= 2 AND i.id IN incidents
    RETURN c.id AS id, b.via + (CASE WHEN i.id IN b.via THEN [c.id] ELSE [i.id, c.id] END) AS via, a.status AS status, b.id + ' ' + i.id AS tie
  }
  WITH id, via, tie, CASE status WHEN 'confirmed' THEN 0 WHEN 'reported' THEN 1 WHEN 'claimed' THEN 2 ELSE 3 END AS rank
  ORDER BY id, rank, tie
  WITH id, collect(via)[0] AS via
  RETURN collect({id: id, via: via, level: 2}) AS level2
}

// Level 3: clients of level 2, and those hit in the start's incidents that originated there.
CALL (incidents, level2) {
  CALL (incidents, level2) {
    UNWIND level2 AS b
    MATCH (:Organisation {id: b.id})-[:SUPPLIES]->(c:Organisation) WHERE $depth >= 3
    RETURN c.id AS id, b.via + [c.id] AS via, null AS status, b.id AS tie
    UNION
    UNWIND level2 AS b
    MATCH (:Organisation {id: b.id})<-[:ORIGINATED_AT]-(i:Incident)-[a:AFFECTED]->(c:Organisation) WHERE $depth >= 3 AND i.id IN incidents
    RETURN c.id AS id, b.via + (CASE WHEN i.id IN b.via THEN [c.id] ELSE [i.id, c.id] END) AS via, a.status AS status, b.id + ' ' + i.id AS tie
  }
  WITH id, via, tie, CASE status WHEN 'confirmed' THEN 0 WHEN 'reported' THEN 1 WHEN 'claimed' THEN 2 ELSE 3 END AS rank
  ORDER BY id, rank, tie
  WITH id, collect(via)[0] AS via
  RETURN collect({id: id, via: via, level: 3}) AS level3
}

// Level 4: clients of level 3, and those hit in the start's incidents that originated there.
CALL (incidents, level3) {
  CALL (incidents, level3) {
    UNWIND level3 AS b
    MATCH (:Organisation {id: b.id})-[:SUPPLIES]->(c:Organisation) WHERE $depth >= 4
    RETURN c.id AS id, b.via + [c.id] AS via, null AS status, b.id AS tie
    UNION
    UNWIND level3 AS b
    MATCH (:Organisation {id: b.id})<-[:ORIGINATED_AT]-(i:Incident)-[a:AFFECTED]->(c:Organisation) WHERE $depth >= 4 AND i.id IN incidents
    RETURN c.id AS id, b.via + (CASE WHEN i.id IN b.via THEN [c.id] ELSE [i.id, c.id] END) AS via, a.status AS status, b.id + ' ' + i.id AS tie
  }
  WITH id, via, tie, CASE status WHEN 'confirmed' THEN 0 WHEN 'reported' THEN 1 WHEN 'claimed' THEN 2 ELSE 3 END AS rank
  ORDER BY id, rank, tie
  WITH id, collect(via)[0] AS via
  RETURN collect({id: id, via: via, level: 4}) AS level4
}

// Level 5: clients of level 4, and those hit in the start's incidents that originated there.
CALL (incidents, level4) {
  CALL (incidents, level4) {
    UNWIND level4 AS b
    MATCH (:Organisation {id: b.id})-[:SUPPLIES]->(c:Organisation) WHERE $depth >= 5
    RETURN c.id AS id, b.via + [c.id] AS via, null AS status, b.id AS tie
    UNION
    UNWIND level4 AS b
    MATCH (:Organisation {id: b.id})<-[:ORIGINATED_AT]-(i:Incident)-[a:AFFECTED]->(c:Organisation) WHERE $depth >= 5 AND i.id IN incidents
    RETURN c.id AS id, b.via + (CASE WHEN i.id IN b.via THEN [c.id] ELSE [i.id, c.id] END) AS via, a.status AS status, b.id + ' ' + i.id AS tie
  }
  WITH id, via, tie, CASE status WHEN 'confirmed' THEN 0 WHEN 'reported' THEN 1 WHEN 'claimed' THEN 2 ELSE 3 END AS rank
  ORDER BY id, rank, tie
  WITH id, collect(via)[0] AS via
  RETURN collect({id: id, via: via, level: 5}) AS level5
}

// 4. One row per body, at its lowest level.
WITH incidents, level0 + level1 + level2 + level3 + level4 + level5 AS reached
UNWIND reached AS r
WITH incidents, r.id AS id, r.level AS level, r.via AS via ORDER BY id, level
WITH incidents, id, collect(level)[0] AS level, collect(via)[0] AS via
WHERE id <> $start
MATCH (o:Organisation {id: id})

// 5. What is said of it in the start's incidents: the best AFFECTED edge, and denials.
CALL (o, incidents) {
  OPTIONAL MATCH (o)<-[a:AFFECTED]-(i:Incident) WHERE i.id IN incidents
  WITH a, i, CASE a.status WHEN 'confirmed' THEN 0 WHEN 'reported' THEN 1 WHEN 'claimed' THEN 2 ELSE 3 END AS rank
  ORDER BY rank, i.id
  WITH collect({status: a.status, basis: a.basis, hedged: a.hedged, incident: i.id, low: a.people_low,
    high: a.people_high, approximate: a.people_approximate})[0] AS best
  RETURN best
}
CALL (o, incidents) {
  OPTIONAL MATCH (o)<-[:ABOUT]-(c:Claim)
  WHERE c.denial IS NOT NULL AND c.subject IN incidents
  RETURN count(CASE WHEN c.denial = 'denied' THEN 1 END) > 0 AS denied,
    count(CASE WHEN c.denial = 'cleared' THEN 1 END) > 0 AS cleared
}
RETURN level, id,
  coalesce(o.name, o.described_as[0]) AS name,
  CASE WHEN o:Vendor THEN 'Vendor' WHEN o:Authority THEN 'Authority' ELSE 'Organisation' END AS label,
  coalesce(best.status, 'exposed') AS status,
  coalesce(best.basis, 'inferred') AS basis,
  coalesce(best.hedged, false) AS hedged,
  denied, cleared,
  best.low AS people_low, best.high AS people_high, coalesce(best.approximate, false) AS approximate,
  o.unnamed_count AS unnamed_count,
  best.incident AS incident,
  via
ORDER BY level, CASE status WHEN 'confirmed' THEN 0 WHEN 'reported' THEN 1 WHEN 'claimed' THEN 2 ELSE 3 END, id
