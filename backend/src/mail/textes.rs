//! The words of the mails.

use super::Courriel;
use domain::francais;
use domain::rendez_vous::{Changement, Genre, Horaire};
use maud::{DOCTYPE, Markup, html};
use url::Url;

/// The name of the service, as mails sign it.
const NOM: &str = "demarches-simplifiees.fr";

/// The dossier that a mail is about.
#[derive(Debug, Clone)]
pub struct Cadre {
    /// Its number.
    pub dossier: i64,
    /// Title of its démarche.
    pub titre: String,
    /// The service in charge, on one or more lines.
    pub service: String,
    /// Address of this application.
    pub base: Url,
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
}

impl Cadre {
    fn lien(&self, chemin: &str) -> String {
        format!("{}{chemin}", self.base.as_str().trim_end_matches('/'))
    }

    fn messagerie_usager(&self) -> String {
        self.lien(&format!("/dossiers/{}/messagerie", self.dossier))
    }

    fn messagerie_instructeur(&self) -> String {
        self.lien(&format!("/instructeur/dossiers/{}/messagerie", self.dossier))
    }
}

/// To the usager: a rendez-vous is proposed.
#[must_use]
pub fn proposition(cadre: &Cadre, a: String) -> Courriel {
    let Cadre { dossier, titre, .. } = cadre;
    let sujet = format!(
        "Vous devez prendre un rendez-vous pour votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»"
    );
    let texte = format!(
        "Bonjour,\n\nAfin de poursuivre son instruction, un instructeur vous demande de prendre un rendez-vous pour votre dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}».\n\nConsultez la messagerie de votre dossier pour prendre connaissance de sa proposition\u{a0}:\n{lien}\n\nCordialement,\n{service}\n\nMerci de ne pas répondre à cet email. Pour vous adresser à votre administration, passez directement par la messagerie du dossier.\n",
        lien = cadre.messagerie_usager(),
        service = cadre.service,
    );
    let corps = html! {
        p { "Bonjour," }
        p {
            "Afin de poursuivre son instruction, un instructeur vous demande de prendre un rendez-vous pour votre dossier n°" (dossier)
            " concernant la démarche «\u{a0}" strong { (titre) } "\u{a0}»."
        }
        p { "Consultez la messagerie de votre dossier pour prendre connaissance de sa proposition\u{a0}:" }
        (bouton(&cadre.messagerie_usager(), "Ouvrir la messagerie"))
        (signature(&cadre.service))
        (pied(&cadre.messagerie_usager()))
    };
    Courriel { a, html: page(&sujet, &corps), sujet, texte }
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
    let texte = format!(
        "Bonjour,\n\n{phrase}\n\n{suite}\n\nSuivre votre dossier\u{a0}:\n{lien}\n\nCordialement,\n{}\n",
        cadre.service
    );
    let corps = html! {
        p { "Bonjour," }
        p { (phrase) }
        p { (suite) }
        (bouton(&lien, "Suivre votre dossier"))
        (signature(&cadre.service))
        (pied(&cadre.messagerie_usager()))
    };
    Courriel { a, html: page(&sujet, &corps), sujet, texte }
}

/// To the instructeur: the usager booked, moved or cancelled.
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
    let equipe = format!("L'équipe {NOM}");
    rediger(a, sujet, phrase, fait, (&lien, &intitule), &equipe)
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
    rediger(a, sujet, &phrase, fait, (&lien, "Ouvrir la messagerie"), &cadre.service)
}

fn rediger(
    a: String,
    sujet: String,
    phrase: &str,
    fait: &Fait<'_>,
    (lien, intitule): (&str, &str),
    signataire: &str,
) -> Courriel {
    let quand = quand(fait);
    let texte = format!(
        "Bonjour,\n\n{phrase}\n\n{quand}\n\n{intitule}\u{a0}:\n{lien}\n\nCordialement,\n{signataire}\n"
    );
    let corps = html! {
        p { "Bonjour," }
        p { (phrase) }
        p { strong { (quand) } }
        (bouton(lien, intitule))
        (signature(signataire))
    };
    Courriel { a, html: page(&sujet, &corps), sujet, texte }
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

fn bouton(lien: &str, intitule: &str) -> Markup {
    html! {
        p style="margin:24px 0" {
            a href=(lien) style="background:#000091;color:#ffffff;padding:8px 16px;text-decoration:none;display:inline-block" {
                (intitule)
            }
        }
    }
}

fn signature(signataire: &str) -> Markup {
    html! {
        p {
            "Cordialement,"
            @for ligne in signataire.lines() { br; (ligne) }
        }
    }
}

fn pied(messagerie: &str) -> Markup {
    html! {
        hr style="border:0;border-top:1px solid #dddddd;margin:24px 0";
        p style="font-size:14px;color:#3a3a3a" {
            "Merci de ne pas répondre à cet email. Pour vous adresser à votre administration, passez directement par la "
            a href=(messagerie) style="color:#000091" { "messagerie du dossier" } "."
        }
    }
}

fn page(titre: &str, corps: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (titre) }
            }
            body style="margin:0;padding:24px;background:#f6f6f6;color:#161616;font-family:Arial,sans-serif;font-size:16px;line-height:1.5" {
                div style="max-width:600px;margin:0 auto;background:#ffffff;padding:24px" {
                    p style="font-weight:bold;margin-top:0" { (NOM) }
                    h1 style="font-size:20px" { (titre) }
                    (corps)
                }
            }
        }
    }
    .into_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn cadre() -> Cadre {
        Cadre {
            dossier: 17_606_854,
            titre: "Intitulé démarche test".to_owned(),
            service: "Service test\nBureau <1>".to_owned(),
            base: Url::parse("http://localhost:3000/").unwrap(),
        }
    }

    #[test]
    fn the_proposition_is_worded_as_in_the_deck() {
        let courriel = proposition(&cadre(), "a@b.fr".to_owned());
        assert_eq!(
            courriel.sujet,
            "Vous devez prendre un rendez-vous pour votre dossier n°17606854 «\u{a0}Intitulé démarche test\u{a0}»"
        );
        assert!(courriel.texte.contains("http://localhost:3000/dossiers/17606854/messagerie"));
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
        };
        let courriel = a_l_instructeur(&cadre(), &fait, "i@b.fr".to_owned());
        assert_eq!(
            courriel.sujet,
            "Confirmation de prise de rendez-vous par l'utilisateur concernant le dossier n°17606854"
        );
        assert!(courriel.texte.contains(
            "Le vendredi 7 juin 2024 à 15h30 en visioconférence (durée\u{a0}: 30 minutes)"
        ));
        assert!(courriel.texte.contains("/instructeur/dossiers/17606854/messagerie"));
    }
}
