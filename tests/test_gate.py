"""Whether a text tells of an incident, of several or of none; who was hit in it, and whose text it is."""

import pytest

from outbreach.graph.text.article import read_article
from outbreach.graph.text.cast.names import cast_of
from outbreach.graph.text.page.passage import passage


def hit(text: str) -> set[str]:
    """The names of the bodies that the drafts of a text say were hit."""
    return {
        str(draft.cast[fact["affected"]].get("organisation") or draft.cast[fact["affected"]].get("vendor"))
        for draft in read_article(text)
        for fact in draft.facts
        if "affected" in fact and "negated" not in fact and "incident" not in fact
    }


def named(text: str) -> set[str]:
    """The organisations that a text is found to name."""
    return {str(body.name) for body in cast_of(passage(text)).bodies if body.role == "organisation"}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            (
                "Elm Court Dental Practice\n12 High Street\n\n3 May 2025\n\nWe want to tell you about something that happened. "
                "On 2 April somebody got into our appointment system and copied your name and the notes of your dentist. "
                "We have reported it to the Information Commissioner, and we are sorry.\n"
            ),
            "Elm Court Dental Practice",
        ),
        (
            (
                "CLINIQUE DES TILLEULS\n\nLyon, le 3 mai 2025\n\nMadame, Monsieur,\n\nNotre prestataire nous a signalé qu’un "
                "tiers avait consulté des fichiers contenant votre nom et la date de vos soins. Nous avons notifié l’incident "
                "à la CNIL. Nous vous présentons nos excuses pour ce désagrément.\n"
            ),
            "CLINIQUE DES TILLEULS",
        ),
        (
            (
                "Incident : vos questions\n\n12 juin 2025\n\nQue s’est-il passé ?\n\nUn fichier de nos adhérents a été téléchargé "
                "par un inconnu. Nous avons déposé plainte et prévenu la CNIL.\n\nCombien de personnes ?\n\nPrès de 4 000 "
                "patients sont concernés.\n\nL’équipe Santévia\nSantévia répond au 3000, du lundi au vendredi.\n"
            ),
            "Santévia",
        ),
    ],
    ids=["letterhead", "capitals", "signature"],
)
def test_who_writes_we_is_hit(text: str, body: str) -> None:
    """A letter, a notice or answers to questions are of the body that its letterhead or signature names."""
    assert [d.verdict for d in read_article(text)] == ["one"]
    assert hit(text) == {body}


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (
            (
                "Breach watch\n\nMay 2, 2025\n\nNothing links these cases.\n\nPORTLAND. Alder Vein Clinic said a hacker copied "
                "the names and diagnoses of 3,100 patients.\n\nBOISE. A nurse at Pinyon Hospice looked up 88 patients without a "
                "reason, the hospice said.\n\nHELENA. Larch Family Pharmacy told 2,400 customers that their prescriptions were "
                "sent to the wrong addresses.\n"
            ),
            {"Alder Vein Clinic", "Pinyon Hospice", "Larch Family Pharmacy"},
        ),
        (
            (
                "Le récap du mois\n\n2 mai 2025\n\nAucun rapport entre ces affaires.\n\nSuisse. La clinique des Arolles a vu les "
                "dossiers de 900 patients copiés par des pirates.\n\nBelgique. À Arlon, le laboratoire Meuseval a envoyé par "
                "erreur les résultats de 140 patients à un tiers.\n"
            ),
            {"Clinique des Arolles", "Meuseval"},
        ),
    ],
    ids=["en", "fr"],
)
def test_a_digest_has_a_draft_for_each_story(text: str, bodies: set[str]) -> None:
    """Items that begin with a place, and of which none is linked to another, are incidents of their own."""
    drafts = read_article(text)
    assert [d.verdict for d in drafts] == ["several"] * len(bodies)
    assert hit(text) == bodies


def test_two_clients_of_one_vendor_are_one_incident() -> None:
    """Bodies that one sentence joins, or that share a vendor, are no digest."""
    text = (
        "Two insurers hit through one supplier\n\nMay 2, 2025\n\nLarch Health Plan and Alder Mutual said that data of "
        "their members were stolen from Quillwork, a printing company used by both.\n\nLarch Health Plan counts 4,000 "
        "members affected.\n\nAlder Mutual counts 7,000.\n"
    )
    assert [d.verdict for d in read_article(text)] == ["one"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Le CHU de Brévent joue la cyberattaque pour de faux\n\nUn groupe assure avoir volé 40 000 dossiers de patients. "
            "Rien de tout cela n’est arrivé : le CHU de Brévent participait à un exercice de l’ARS.\n"
        ),
        (
            "Kestrel launches a new platform for hospitals\n\nKestrel today announced that Larch Hospital has chosen its "
            "platform. “One stolen password opens the door to a million patient records,” its founder said.\n"
        ),
        (
            "REGISTER NOW: when your vendor is the breach\n\nJoin our panel as they walk through a case: Valley General learns "
            "that 300,000 of its patients may be affected by ransomware at its coding contractor.\n"
        ),
        (
            "OPINION\n\nTen years of health hacks\n\nWe learned that a hospital is as safe as its suppliers. Millions of "
            "Americans had their records stolen, and Larchmont Health said that it must never happen again.\n"
        ),
        (
            "Family of man who died awarded £310,000\n\nLarch NHS Trust admitted breach of duty. The judge was critical of the "
            "way records were disclosed to the family’s lawyers.\n"
        ),
        (
            "Cyberattaque à la clinique des Arolles\n\nLa clinique des Arolles a subi une cyberattaque lundi. Rien n’indique "
            "que des données de patients aient été volées, dit sa directrice. La CNIL a été prévenue.\n"
        ),
    ],
    ids=["drill", "product", "webinar", "opinion", "negligence", "denied"],
)
def test_what_only_speaks_of_breaches_is_none(text: str) -> None:
    """A drill, an offer, an opinion, a suit about care and an attack without disclosure make no incident."""
    assert read_article(text)[0].verdict == "none"


@pytest.mark.parametrize(
    "text",
    [
        (
            "Un rançongiciel, donc. La Cnil a été avisée dimanche et la gendarmerie enquête. Vous dirigez la clinique des Arolles. "
            "Est-ce que les dossiers des patients sont partis ? Oui, pour une partie.\n"
        ),
        (
            "A hard drive with nine years of charts never got there. Alder Midwifery Clinic says that the drive went missing in "
            "the mail. The privacy commissioner has been told, and the clinic wrote to 2,400 clients.\n"
        ),
        (
            "A former call handler who sold the details of callers was fined. He worked for Larch Urgent Care, which told the "
            "Information Commissioner’s Office and wrote to 241 patients on his list.\n"
        ),
    ],
    ids=["interview", "loss", "court"],
)
def test_an_incident_told_in_any_form_is_one(text: str) -> None:
    """An interview, a local story and a court report tell of an incident by what stands around it."""
    assert read_article(text)[0].verdict == "one"


def test_a_lone_first_word_is_nobody() -> None:
    """Any word that begins a sentence has a capital; it is somebody where it acts, owns or is described."""
    text = (
        "Conformément à la loi, nous écrivons. Débordée, Impricel a confié le lot à un atelier. Quatorze captures servent "
        "de preuve. Nouvelle fiche ce soir. Impricel n’a pas répondu."
    )
    assert named(text) == {"Impricel"}


def test_small_words_join_a_name_of_two_parts() -> None:
    """“X and District NHS Trust” is one body, and “X and Y Clinic” are not."""
    assert named("Larch and District NHS Foundation Trust said so.") == {"Larch and District NHS Foundation Trust"}
    assert "Alder Hospital" in named("Larch Clinic and Alder Hospital said so.")


def test_a_service_that_speaks_is_the_firm_of_that_name() -> None:
    """“The platform X” is a product, unless it answers, informs or is asked."""
    text = (
        "La plateforme de téléconsultation Psyvia a transmis à des tiers les pages que visitaient ses patients. Psyvia a "
        "prévenu la CNIL. « Nous regrettons », répond le président de Psyvia."
    )
    assert hit(text) == {"Psyvia"}


def test_the_second_is_the_second_of_the_sentence_before() -> None:
    """“The first … The second …” are the two bodies last named, in their order."""
    text = (
        "Le laboratoire Meuseval s’est fait voler les résultats de 34 000 patients. Deux hôpitaux lui confient des analyses : "
        "la clinique Sainte-Ode et l’hôpital de Rochemont. La première a écrit à 2 100 de ses patients. Le second affirme "
        "qu’aucun de ses patients n’est touché."
    )
    draft = read_article(text)[0]
    spared = {draft.cast[f["affected"]]["organisation"] for f in draft.facts if "affected" in f and f.get("negated")}
    assert spared == {"Hôpital de Rochemont"}
    assert "Clinique Sainte-Ode" in hit(text)


def test_places_papers_and_bystanders_are_not_hit() -> None:
    """Who lives there, who prints it and who comments on it was not hit."""
    text = (
        "The Larchmont Quill — newspaper of the valley\n\nMay 2, 2025\n\nAlder Vein Clinic told The Larchmont Quill that "
        "hackers stole the records of 3,100 patients. “I waited all day,” said Moose Creek resident Jo. An analyst at "
        "Hawkmoor said the records were sold. The union Carewell, which represents nurses, wants answers.\n"
    )
    assert hit(text) == {"Alder Vein Clinic"}
