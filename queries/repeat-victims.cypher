// title:
//   en: Hit more than once
//   fr: Touchés plusieurs fois
// question:
//   en: Which bodies were hit in several incidents?
//   fr: Quels organismes ont été touchés par plusieurs incidents ?
// parameters:
//   least:
//     type: integer
//     en: how many incidents at least
//     fr: nombre minimal d’incidents
//     default: 2
//     least: 2
//     most: 1000
//     example: 2
//   status:
//     type: text
//     en: "the lowest status that counts: claimed, reported or confirmed"
//     fr: "le statut minimal qui compte : claimed, reported ou confirmed"
//     default: reported
//     example: claimed
// columns:
//   id: {en: Id, fr: Identifiant, wide: true}
//   name: {en: Name, fr: Nom}
//   kind: {en: Kind, fr: Nature}
//   country: {en: Country, fr: Pays}
//   region: {en: Region, fr: Région}
//   incident_count: {en: Incidents, fr: Incidents}
//   incidents: {en: Which, fr: Lesquels, type: nodes}
//   first_stated_on: {en: First said on, fr: Dit d’abord le}
//   last_stated_on: {en: Last first said on, fr: Dernier dit le}
// notes:
//   en: "Incidents that are one event but not yet known to be one count apart. Several incidents say nothing of fault: a large body is hit more often."
//   fr: "Des incidents qui n’en sont qu’un, mais qu’on ne sait pas encore être un, comptent à part. Plusieurs incidents ne disent rien d’une faute : un grand organisme est plus souvent touché."

MATCH (o:Organisation)<-[a:AFFECTED]-(i:Incident)
WHERE CASE a.status WHEN 'confirmed' THEN 2 WHEN 'reported' THEN 1 ELSE 0 END
   >= CASE $status WHEN 'confirmed' THEN 2 WHEN 'reported' THEN 1 ELSE 0 END
  AND o.name IS NOT NULL
WITH o, i, a ORDER BY i.id
WITH o, collect(i.id) AS incidents, min(a.first_stated_on) AS first_stated_on, max(a.first_stated_on) AS last_stated_on
WHERE size(incidents) >= $least
RETURN o.id AS id, o.name AS name, o.kind AS kind, o.country AS country, o.region AS region,
  size(incidents) AS incident_count, incidents, first_stated_on, last_stated_on
ORDER BY incident_count DESC, id
