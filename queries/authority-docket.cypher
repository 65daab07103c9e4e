// title:
//   en: What an authority was told and does
//   fr: Ce qu’une autorité a appris et fait
// question:
//   en: What was this authority told, by whom and when, and what does it investigate or sanction?
//   fr: Qu’a-t-on déclaré à cette autorité, qui et quand, et sur quoi enquête-t-elle ou que sanctionne-t-elle ?
// parameters:
//   start:
//     type: node
//     labels: [Organisation]
//     en: the authority
//     fr: l’autorité
//     example: CNIL
// columns:
//   what: {en: What, fr: Quoi}
//   incident: {en: Incident, fr: Incident, type: node}
//   by: {en: From, fr: De, type: node}
//   role: {en: Role, fr: Rôle}
//   date: {en: Date, fr: Date}
//   precision: {en: Precision, fr: Précision, wide: true}
//   people: {en: People stated, fr: Personnes déclarées}
//   amount: {en: Amount, fr: Montant}
//   currency: {en: Currency, fr: Devise}
//   reference: {en: Reference, fr: Référence}
//   basis: {en: Basis, fr: Fondement, wide: true}
//   claims: {en: Claims, fr: Énoncés, wide: true}
// notes:
//   en: "A notice that no source loaded mentions is not here; that is no sign that there was none."
//   fr: "Un avis dont aucune source chargée ne parle n’est pas ici ; cela n’indique pas qu’il n’y en a pas eu."

CALL () {
  MATCH (:Organisation {id: $start})<-[t:ADDRESSED_TO]-(n:Notification)-[:ABOUT]->(i:Incident)
  OPTIONAL MATCH (n)<-[:FILED]-(o:Organisation)
  RETURN 'told' AS what, i.id AS incident, o.id AS by, n.channel AS role, n.sent_on AS date, n.sent_on_precision AS precision,
    n.sent_on_day AS day, n.people AS people, null AS amount, null AS currency, null AS reference, t.basis AS basis, t.claims AS claims
  UNION
  MATCH (:Organisation {id: $start})-[v:INVESTIGATES]->(i:Incident)
  UNWIND (CASE WHEN size(coalesce(v.role, [])) = 0 THEN [null] ELSE v.role END) AS role
  RETURN 'investigates' AS what, i.id AS incident, null AS by, role, v.first_stated_on AS date,
    v.first_stated_on_precision AS precision, v.first_stated_on_day AS day, null AS people, null AS amount, null AS currency,
    null AS reference, v.basis AS basis, v.claims AS claims
  UNION
  MATCH (:Organisation {id: $start})<-[:ABOUT {role: 'subject'}]-(c:Claim {predicate: 'sanction'})
  WHERE c.current AND NOT c.negated
  RETURN 'sanction' AS what, c.incident AS incident, c.object AS by,
    c.role AS role, c.date AS date, c.date_precision AS precision, c.date_day AS day, null AS people,
    c.amount AS amount, c.currency AS currency, c.reference AS reference, c.basis AS basis, [c.id] AS claims
}
RETURN what, incident, by, role, date, precision, people, amount, currency, reference, basis, claims
ORDER BY coalesce(day, -1000000), what, incident, coalesce(by, ''), coalesce(role, ''), claims[0]
