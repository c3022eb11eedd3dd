//! A mail worded by an administrateur: its variables replaced, its paragraphs made text and HTML.

use super::Courriel;
use super::textes::{Cadre, Fait, bouton, comment, date, duree, page, precisions};
use domain::modele::{self, Modele, Morceau, Texte, Variable};
use maud::{Markup, html};

/// The link that a mail invites to open.
pub(super) struct Lien {
    /// Where to.
    pub adresse: String,
    /// What it says.
    pub intitule: String,
}

/// What is under a mail, in text and in HTML.
pub(super) struct Pied {
    /// The text.
    pub texte: String,
    /// The same, with links.
    pub html: Markup,
}

/// Composes `texte`, a text of `modele`, about `cadre` and `fait`.
pub(super) fn composer(
    modele: Modele,
    texte: &Texte,
    cadre: &Cadre,
    fait: Option<&Fait<'_>>,
    (lien, pied): (&Lien, Option<Pied>),
    a: String,
) -> Courriel {
    let valeur = |variable| valeur(variable, cadre, fait, lien);
    let objet = modele::rendre(&lire(modele, &texte.objet), |v| une_ligne(&valeur(v)));
    let paragraphes: Vec<Vec<Morceau>> =
        texte.corps.split("\n\n").map(|paragraphe| lire(modele, paragraphe.trim())).collect();
    // Who, which démarche, the video room: whatever the words are, before the link or at the end.
    let precisions = fait.and_then(|fait| precisions(cadre, fait, pied.is_none()));
    let place = paragraphes.iter().position(|morceaux| seul_lien(morceaux));
    let dire = |rang| precisions.as_ref().filter(|_| place == rang);
    let mut en_texte: Vec<String> = paragraphes
        .iter()
        .enumerate()
        .flat_map(|(rang, morceaux)| {
            let dit = if seul_lien(morceaux) {
                format!("{}\u{a0}:\n{}", lien.intitule, lien.adresse)
            } else {
                modele::rendre(morceaux, valeur)
            };
            dire(Some(rang)).map(|precisions| precisions.texte.clone()).into_iter().chain([dit])
        })
        .collect();
    en_texte.extend(dire(None).map(|precisions| precisions.texte.clone()));
    let corps = html! {
        @for (rang, morceaux) in paragraphes.iter().enumerate() {
            @if let Some(precisions) = dire(Some(rang)) { (precisions.html) }
            @if seul_lien(morceaux) {
                (bouton(&lien.adresse, &lien.intitule))
            } @else {
                p { @for morceau in morceaux { (en_html(morceau, valeur, lien)) } }
            }
        }
        @if let Some(precisions) = dire(None) { (precisions.html) }
        @if let Some(pied) = &pied { (pied.html) }
    };
    let pied = pied.map_or_else(String::new, |pied| format!("\n{}\n", pied.texte));
    Courriel {
        a,
        html: page(&cadre.site, &objet, &corps),
        texte: format!("{}\n{pied}", en_texte.join("\n\n")),
        sujet: objet,
    }
}

/// A text that was checked when it was saved; should it name what no longer exists, it is sent as it is.
fn lire(modele: Modele, texte: &str) -> Vec<Morceau> {
    modele.lire(texte).unwrap_or_else(|_| vec![Morceau::Texte(texte.to_owned())])
}

fn seul_lien(morceaux: &[Morceau]) -> bool {
    morceaux == [Morceau::Variable(Variable::LienMessagerie)]
}

fn valeur(variable: Variable, cadre: &Cadre, fait: Option<&Fait<'_>>, lien: &Lien) -> String {
    match (variable, fait) {
        (Variable::NumeroDossier, _) => cadre.dossier.to_string(),
        (Variable::LibelleDemarche, _) => cadre.titre.clone(),
        (Variable::Service, _) => cadre.service.clone(),
        (Variable::LienMessagerie, _) => lien.adresse.clone(),
        (Variable::DateRdv, Some(fait)) => date(fait),
        (Variable::ModaliteRdv, Some(fait)) => comment(fait).to_owned(),
        (Variable::DureeRdv, Some(fait)) => duree(fait),
        // No mail without a rendez-vous lets these be named.
        (Variable::DateRdv | Variable::ModaliteRdv | Variable::DureeRdv, None) => String::new(),
    }
}

fn en_html(morceau: &Morceau, valeur: impl Fn(Variable) -> String, lien: &Lien) -> Markup {
    match morceau {
        Morceau::Texte(texte) => lignes(texte),
        Morceau::Variable(Variable::LienMessagerie) => {
            html! { a class="lien" href=(lien.adresse) style="color:#000091" { (lien.intitule) } }
        }
        Morceau::Variable(
            variable @ (Variable::LibelleDemarche | Variable::DateRdv | Variable::ModaliteRdv),
        ) => html! { strong { (valeur(*variable)) } },
        Morceau::Variable(variable) => lignes(&valeur(*variable)),
    }
}

/// A text whose line ends are kept.
fn lignes(texte: &str) -> Markup {
    html! {
        @for (rang, ligne) in texte.split('\n').enumerate() {
            @if rang > 0 { br; }
            (ligne)
        }
    }
}

fn une_ligne(texte: &str) -> String {
    texte.split_whitespace().collect::<Vec<_>>().join(" ")
}
