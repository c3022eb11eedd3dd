//! The words of the mails.

use super::Courriel;
pub(super) use super::mise_en_page::{bouton, page, pied, signature};
use super::modele::{self, Lien, Pied};
use crate::socle::outils::Reglages;
use crate::socle::telephone;
use crate::tables::demarche;
use domain::francais;
use domain::ids::MessageId;
use domain::modele::{Modele, Texte};
use domain::rendez_vous::{Changement, Genre, Horaire};
use maud::{Markup, html};
use std::sync::Arc;
use url::Url;

/// The dossier that a mail is about.
#[derive(Debug, Clone)]
pub struct Cadre {
    /// Its number.
    pub dossier: i64,
    /// Who files it; empty of a draft.
    pub demandeur: String,
    /// Title of its démarche.
    pub titre: String,
    /// The service in charge, on one or more lines.
    pub service: String,
    /// Where the service can be reached.
    pub coordonnees: Coordonnees,
    /// Address of this application.
    pub base: Url,
    /// Name of this application.
    pub site: Arc<str>,
}

/// Where a service can be reached. Each is empty until an administrateur gives it.
#[derive(Debug, Clone, Default)]
pub struct Coordonnees {
    /// Postal address, on one or more lines.
    pub adresse: String,
    /// Telephone.
    pub telephone: String,
    /// E-mail.
    pub email: String,
    /// When it answers.
    pub horaires: String,
}

/// What happened to a rendez-vous.
#[derive(Debug, Clone, Copy)]
pub struct Fait<'a> {
    /// What.
    pub changement: &'a Changement,
    /// Where it takes place.
    pub genre: Genre,
    /// When.
    pub horaire: &'a Horaire,
    /// How long.
    pub minutes: i64,
    /// Whether it answers a proposition.
    pub propose: bool,
    /// The video room, while somebody is expected there.
    pub visio: Option<&'a str>,
}

impl Cadre {
    /// Of a dossier, whose number is `dossier`, of `demarche`.
    pub(super) fn de(dossier: i64, demarche: demarche::Model, reglages: &Reglages) -> Self {
        Self {
            dossier,
            demandeur: String::new(),
            titre: demarche.titre,
            service: demarche.service,
            coordonnees: Coordonnees {
                adresse: demarche.service_adresse,
                telephone: telephone::presenter(&demarche.service_telephone),
                email: demarche.service_email,
                horaires: demarche.service_horaires,
            },
            base: reglages.app_url.clone(),
            site: Arc::clone(&reglages.nom),
        }
    }

    pub(super) fn lien(&self, chemin: &str) -> String {
        format!("{}{chemin}", self.base.as_str().trim_end_matches('/'))
    }

    pub(super) fn messagerie_usager(&self) -> String {
        self.lien(&format!("/dossiers/{}/messagerie", self.dossier))
    }

    pub(super) fn messagerie_instructeur(&self) -> String {
        self.lien(&format!("/instructeur/dossiers/{}/messagerie", self.dossier))
    }
}

/// To the usager: a rendez-vous is proposed. `texte`: what the administrateur has it say; `message`: the one that
/// proposes it, which the link leads to.
#[must_use]
pub fn proposition(
    cadre: &Cadre,
    texte: &Texte,
    message: Option<MessageId>,
    a: String,
) -> Courriel {
    let intitule = "Ouvrir la messagerie".to_owned();
    let messagerie = cadre.messagerie_usager();
    let adresse = message.map_or(messagerie.clone(), |id| format!("{messagerie}#message-{id}"));
    let lien = Lien { adresse, intitule };
    let pied = Some(pied(cadre, &messagerie, &a));
    modele::composer(Modele::PropositionRdv, texte, cadre, None, (&lien, pied), a)
}

/// To the usager: the dossier was filed.
#[must_use]
pub fn depot(cadre: &Cadre, a: String) -> Courriel {
    let Cadre { dossier, titre, .. } = cadre;
    let sujet = format!("Votre dossier n°{dossier} a bien été déposé («\u{a0}{titre}\u{a0}»)");
    let phrase = format!(
        "Votre dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}» a bien été déposé."
    );
    let suite = "Tant qu'il est en construction, vous pouvez encore le modifier. Un instructeur vous répondra par la messagerie du dossier.";
    let lien = cadre.lien(&format!("/dossiers/{dossier}/resume"));
    let pied = pied(cadre, &cadre.messagerie_usager(), &a);
    let texte = format!(
        "Bonjour,\n\n{phrase}\n\n{suite}\n\nSuivre votre dossier\u{a0}:\n{lien}\n\nCordialement,\n{}\n\n{}\n",
        cadre.service, pied.texte
    );
    let corps = html! {
        p { "Bonjour," }
        p { (phrase) }
        p { (suite) }
        (bouton(&lien, "Suivre votre dossier"))
        (signature(&cadre.service))
        (pied.html)
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}

/// To the instructeur: the usager has booked. `texte`: what the administrateur has it say.
#[must_use]
pub fn confirmation(cadre: &Cadre, texte: &Texte, fait: &Fait<'_>, a: String) -> Courriel {
    let lien = Lien {
        adresse: cadre.messagerie_instructeur(),
        intitule: format!("Messagerie du dossier n°{}", cadre.dossier),
    };
    modele::composer(Modele::ConfirmationRdv, texte, cadre, Some(fait), (&lien, None), a)
}

/// What a mail about a rendez-vous says besides its sentence: to an instructeur, of whom and of what it is; the way to
/// the video room.
pub(super) struct Precisions {
    /// As text, without a line end after it.
    pub(super) texte: String,
    /// The same, with a link.
    pub(super) html: Markup,
}

/// `a_l_instructeur`: for whoever has other dossiers.
pub(super) fn precisions(
    cadre: &Cadre,
    fait: &Fait<'_>,
    a_l_instructeur: bool,
) -> Option<Precisions> {
    let demandeur = (!cadre.demandeur.is_empty()).then(|| ("Demandeur", cadre.demandeur.clone()));
    let demarche = Some(("Démarche", cadre.titre.clone()));
    let faits: Vec<(&str, String)> =
        [demandeur, demarche].into_iter().flatten().filter(|_| a_l_instructeur).collect();
    if faits.is_empty() && fait.visio.is_none() {
        return None;
    }
    let rejoindre = "rejoindre la visioconférence";
    let mut texte: Vec<String> =
        faits.iter().map(|(nom, valeur)| format!("{nom}\u{a0}: {valeur}")).collect();
    texte.extend(
        fait.visio.map(|salle| format!("RDV par visioconférence, {rejoindre}\u{a0}:\n{salle}")),
    );
    let html = html! {
        p {
            @for (rang, (nom, valeur)) in faits.iter().enumerate() {
                @if rang > 0 { br; }
                (nom) "\u{a0}: " (valeur)
            }
            @if let Some(salle) = fait.visio {
                @if !faits.is_empty() { br; }
                "RDV par visioconférence\u{a0}: "
                a class="lien" href=(salle) style="color:#000091" { (rejoindre) }
            }
        }
    };
    Some(Precisions { texte: texte.join("\n"), html })
}

/// To the instructeur: the usager moved or cancelled ([`confirmation`] says that they booked).
#[must_use]
pub fn a_l_instructeur(cadre: &Cadre, fait: &Fait<'_>, a: String) -> Courriel {
    let dossier = cadre.dossier;
    let sujet = match fait.changement {
        Changement::Pris => format!(
            "Confirmation de prise de rendez-vous par l'utilisateur concernant le dossier n°{dossier}"
        ),
        Changement::Fixe => {
            format!("Rendez-vous fixé par le service concernant le dossier n°{dossier}")
        }
        Changement::Retabli => format!("Rendez-vous rétabli concernant le dossier n°{dossier}"),
        Changement::Deplace { .. } => {
            format!("Rendez-vous déplacé concernant le dossier n°{dossier}")
        }
        Changement::ModalitesChangees => {
            format!(
                "Changement de lieu ou de lien du rendez-vous concernant le dossier n°{dossier}"
            )
        }
        Changement::AnnuleParUsager => {
            format!("Rendez-vous annulé par l'utilisateur concernant le dossier n°{dossier}")
        }
        Changement::AnnuleParService => {
            format!("Rendez-vous annulé par le service concernant le dossier n°{dossier}")
        }
    };
    let phrase = match fait.changement {
        Changement::Pris if fait.propose => {
            "L'utilisateur a pris son rendez-vous suite à votre proposition\u{a0}:"
        }
        Changement::Pris => "L'utilisateur a pris un rendez-vous\u{a0}:",
        Changement::Fixe => "Le service a fixé un rendez-vous avec l'utilisateur\u{a0}:",
        Changement::Retabli => {
            "Le rendez-vous avec l'utilisateur, qui avait été annulé, est rétabli\u{a0}:"
        }
        Changement::Deplace { .. } => "Le rendez-vous avec l'utilisateur a été déplacé\u{a0}:",
        Changement::ModalitesChangees => {
            "Le lieu ou le lien du rendez-vous avec l'utilisateur a changé\u{a0}:"
        }
        Changement::AnnuleParUsager => "L'utilisateur a annulé son rendez-vous\u{a0}:",
        Changement::AnnuleParService => {
            "Le rendez-vous avec l'utilisateur a été annulé par le service\u{a0}:"
        }
    };
    let lien = cadre.messagerie_instructeur();
    let intitule = format!("Messagerie du dossier n°{dossier}");
    rediger(cadre, (a, sujet), phrase, fait, (&lien, &intitule), None)
}

/// To the usager: the service made, cancelled, moved or restored.
#[must_use]
pub fn a_l_usager(cadre: &Cadre, fait: &Fait<'_>, a: String) -> Courriel {
    let Cadre { dossier, titre, .. } = cadre;
    let quoi = match fait.changement {
        Changement::AnnuleParService | Changement::AnnuleParUsager => "est annulé",
        Changement::Retabli => "est rétabli",
        Changement::Pris | Changement::Fixe => "est fixé",
        Changement::Deplace { ailleurs: true, .. } => "est déplacé et change de lieu ou de lien",
        Changement::Deplace { .. } => "est déplacé",
        Changement::ModalitesChangees => "change de lieu ou de lien",
    };
    let sujet =
        format!("Votre rendez-vous {quoi} pour votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»");
    let phrase = format!("Votre rendez-vous avec un instructeur {quoi}\u{a0}:");
    let lien = cadre.messagerie_usager();
    let pied = pied(cadre, &lien, &a);
    rediger(cadre, (a, sujet), &phrase, fait, (&lien, "Ouvrir la messagerie"), Some(&pied))
}

fn rediger(
    cadre: &Cadre,
    (a, sujet): (String, String),
    phrase: &str,
    fait: &Fait<'_>,
    (lien, intitule): (&str, &str),
    pied: Option<&Pied>,
) -> Courriel {
    let quand = quand(fait);
    let signataire = match pied {
        Some(_) => cadre.service.clone(),
        None => equipe(&cadre.site),
    };
    let precisions = precisions(cadre, fait, pied.is_none());
    let dites = precisions.as_ref().map_or_else(String::new, |p| format!("{}\n\n", p.texte));
    let dessous = pied.map_or_else(String::new, |pied| format!("\n{}\n", pied.texte));
    let texte = format!(
        "Bonjour,\n\n{phrase}\n\n{quand}\n\n{dites}{intitule}\u{a0}:\n{lien}\n\nCordialement,\n{signataire}\n{dessous}"
    );
    let corps = html! {
        p { "Bonjour," }
        p { (phrase) }
        p { strong { (quand) } }
        @if let Some(precisions) = &precisions { (precisions.html) }
        (bouton(lien, intitule))
        (signature(&signataire))
        @if let Some(pied) = pied { (pied.html) }
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}

/// « Le vendredi 7 juin 2024 à 15h30 en visioconférence (durée : 30 minutes) ».
fn quand(fait: &Fait<'_>) -> String {
    let ligne = format!(
        "Le {} {} (durée\u{a0}: {})",
        francais::date_heure_longue(fait.horaire),
        fait.genre.comment(),
        francais::duree(fait.minutes)
    );
    match fait.changement {
        Changement::Deplace { avant, .. } => {
            format!("{ligne}, au lieu du {}", francais::date_heure_longue(avant))
        }
        _ => ligne,
    }
}

/// Who signs a mail to an instructeur.
pub(super) fn equipe(site: &str) -> String {
    format!("L'équipe {site}")
}

/// « vendredi 7 juin 2024 à 15h30 ».
pub(super) fn date(fait: &Fait<'_>) -> String {
    francais::date_heure_longue(fait.horaire)
}

/// « en visioconférence ».
pub(super) const fn comment(fait: &Fait<'_>) -> &'static str {
    fait.genre.comment()
}

/// « 30 minutes ».
pub(super) fn duree(fait: &Fait<'_>) -> String {
    francais::duree(fait.minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn cadre() -> Cadre {
        Cadre {
            dossier: 17_606_854,
            demandeur: "KLOK Marlène".to_owned(),
            titre: "Intitulé démarche test".to_owned(),
            service: "Service test\nBureau <1>".to_owned(),
            coordonnees: Coordonnees {
                telephone: "0123456789".to_owned(),
                ..Coordonnees::default()
            },
            base: Url::parse("http://localhost:3000/").unwrap(),
            site: "Rendez-vous en mairie".into(),
        }
    }

    #[test]
    fn the_proposition_is_worded_as_in_the_deck() {
        let texte = Modele::PropositionRdv.par_defaut();
        let courriel = proposition(&cadre(), &texte, Some(MessageId(7)), "a@b.fr".to_owned());
        assert_eq!(
            courriel.sujet,
            "Vous devez prendre un rendez-vous pour votre dossier n°17606854 «\u{a0}Intitulé démarche test\u{a0}»"
        );
        let lien = "http://localhost:3000/dossiers/17606854/messagerie#message-7";
        assert!(courriel.texte.contains(lien));
        assert!(courriel.html.contains("Ouvrir la messagerie"));
        assert!(courriel.html.contains("Bureau &lt;1&gt;"));
    }

    #[test]
    fn the_confirmation_is_worded_as_in_the_deck() {
        let local = NaiveDate::from_ymd_opt(2024, 6, 7).unwrap().and_hms_opt(15, 30, 0).unwrap();
        let horaire = Horaire { local, fuseau: None };
        let fait = Fait {
            changement: &Changement::Pris,
            genre: Genre::Visio,
            horaire: &horaire,
            minutes: 30,
            propose: true,
            visio: Some("https://webconf.numerique.gouv.fr/Salle"),
        };
        let texte = Modele::ConfirmationRdv.par_defaut();
        let courriel = confirmation(&cadre(), &texte, &fait, "i@b.fr".to_owned());
        assert_eq!(
            courriel.sujet,
            "Confirmation de prise de rendez-vous par l'utilisateur concernant le dossier n°17606854"
        );
        assert!(courriel.texte.contains(
            "Le vendredi 7 juin 2024 à 15h30 en visioconférence (durée\u{a0}: 30 minutes)"
        ));
        assert!(courriel.texte.contains("/instructeur/dossiers/17606854/messagerie"));
        for dit in
            ["KLOK Marlène", "Intitulé démarche test", "https://webconf.numerique.gouv.fr/Salle"]
        {
            assert!(courriel.texte.contains(dit) && courriel.html.contains(dit), "{dit}");
        }
        assert!(courriel.html.contains(">rejoindre la visioconférence</a>"));
        let (avant, apres) = courriel.html.split_once("rejoindre la visio").unwrap();
        assert!(
            avant.contains("15h30") && apres.contains("Messagerie du dossier"),
            "in that order"
        );
    }

    #[test]
    fn mails_bear_the_name_of_the_service_that_sends_them() {
        let texte = Modele::PropositionRdv.par_defaut();
        let courriel = proposition(&cadre(), &texte, None, "a@b.fr".to_owned());
        assert!(courriel.html.contains(">Rendez-vous en mairie</td>"));
        assert_eq!(equipe(&cadre().site), "L'équipe Rendez-vous en mairie");
    }

    #[test]
    fn who_manages_the_demarche_and_how_to_ask_are_side_by_side_under_a_mail_to_the_usager() {
        let mut cadre = cadre();
        cadre.coordonnees.adresse = "1 rue de Test\n75010 Paris".to_owned();
        cadre.coordonnees.horaires = "contact de préférence par email".to_owned();
        let courriel = depot(&cadre, "a@b.fr".to_owned());
        let (gauche, droite) =
            courriel.html.split_once("Poser une question sur votre dossier").unwrap();
        for dit in ["Cette démarche est gérée par", "Bureau &lt;1&gt;", "75010 Paris", "a@b.fr"]
        {
            assert!(gauche.contains(dit), "{dit}");
        }
        for dit in [">Par la messagerie</a>", "tel:0123456789", "contact de préférence par email"]
        {
            assert!(droite.contains(dit), "{dit}");
        }
        assert!(courriel.texte.contains(
            "Poser une question sur votre dossier\u{a0}:\nPar la messagerie\u{a0}:\nhttp://localhost:3000/dossiers/17606854/messagerie\nPar téléphone\u{a0}: 0123456789"
        ), "{}", courriel.texte);
    }

    #[test]
    fn words_of_an_administrateur_are_text_and_never_html() {
        let texte = Texte {
            objet: "Dossier --numéro du dossier--".to_owned(),
            corps: "Bonjour <b>vous</b>,\nligne 2\n\nLien\u{a0}: --lien messagerie--".to_owned(),
        };
        let courriel = proposition(&cadre(), &texte, None, "a@b.fr".to_owned());
        assert_eq!(courriel.sujet, "Dossier 17606854");
        assert!(courriel.html.contains("<p>Bonjour &lt;b&gt;vous&lt;/b&gt;,<br>ligne 2</p>"));
        assert!(courriel.html.contains(
            "Lien\u{a0}: <a class=\"lien\" href=\"http://localhost:3000/dossiers/17606854/messagerie\""
        ));
        assert!(
            courriel
                .texte
                .contains("Lien\u{a0}: http://localhost:3000/dossiers/17606854/messagerie")
        );
        assert!(courriel.texte.contains("Par téléphone\u{a0}: 0123456789"));
    }
}
