//! The questions of a form: what was answered, what is wrong.

use super::pieces;
use super::suivi::{MessageErreur, contenu};
use domain::champs::{OUI, TypeChamp};
use domain::erreur::{Probleme, Question};
use domain::vues::{ChampVue, PieceVue};
use domain::{Erreur, fichier, francais};
use leptos::prelude::*;

/// A question of the form: where it is in the page, and what is wrong with its answer.
pub struct Case {
    id: String,
    nom: String,
    libelle: String,
    requis: bool,
    indices: Vec<String>,
    erreur: Signal<Option<String>>,
}

impl Case {
    /// A question that nothing helps to answer.
    pub fn nouvelle(
        question: Question,
        libelle: &str,
        requis: bool,
        erreur: Signal<Option<String>>,
    ) -> Self {
        Self {
            id: question.id(),
            nom: question.nom(),
            libelle: libelle.to_owned(),
            requis,
            indices: Vec::new(),
            erreur,
        }
    }

    fn decrit_par(&self) -> impl Fn() -> Option<String> + use<> {
        let (erreur, id) = (self.erreur, format!("{}-erreur", self.id));
        move || erreur.with(Option::is_some).then(|| id.clone())
    }

    fn invalide(&self) -> impl Fn() -> Option<&'static str> + use<> {
        let erreur = self.erreur;
        move || erreur.with(Option::is_some).then_some("true")
    }

    fn classe(&self, base: &'static str) -> impl Fn() -> String + use<> {
        let (erreur, premiere) = (self.erreur, base.split(' ').next().unwrap_or(base));
        move || {
            if erreur.with(Option::is_some) {
                format!("{base} {premiere}--error")
            } else {
                base.to_owned()
            }
        }
    }

    /// What the field is called, and what helps to fill it in.
    fn etiquette(&self) -> impl IntoView + use<> {
        let etoile = if self.requis { "\u{a0}*" } else { "" };
        let indices = self
            .indices
            .iter()
            .map(|indice| view! { <span class="fr-hint-text">{indice.clone()}</span> })
            .collect_view();
        view! {
            <label class="fr-label" for=self.id.clone()>
                {format!("{}{etoile}", self.libelle)} {indices}
            </label>
        }
    }

    /// The field in its group, with its sentence under it.
    fn montrer(&self, classe: &'static str, corps: impl IntoView + 'static) -> AnyView {
        let id = format!("{}-erreur", self.id);
        view! {
            <div class=self.classe(classe)>
                {corps} <MessageErreur id erreur=self.erreur/>
            </div>
        }
        .into_any()
    }
}

/// All that is wrong, above the form, with links to the fields. `libelle`: what a question is called; `None` when it is
/// no longer in the form.
pub fn resume_des_problemes(
    problemes: &[Probleme],
    libelle: impl Fn(Question) -> Option<String>,
) -> AnyView {
    problemes_avec_titre(problemes, Erreur::Reponses(Vec::new()).to_string(), libelle)
}

/// The same, under that title.
pub fn problemes_avec_titre(
    problemes: &[Probleme],
    titre: String,
    libelle: impl Fn(Question) -> Option<String>,
) -> AnyView {
    let liens = problemes
        .iter()
        .map(|Probleme { question, probleme }| {
            let quoi = match libelle(*question) {
                Some(libelle) => {
                    let adresse = format!("#{}", question.id());
                    view! { <a href=adresse rel="external">{libelle}</a> }.into_any()
                }
                None => "Question retirée du formulaire".into_any(),
            };
            view! { <li>{quoi} "\u{a0}: " {probleme.to_string()}</li> }
        })
        .collect_view();
    view! {
        <div
            class="fr-alert fr-alert--error fr-mb-4w"
            role="alert"
            tabindex="-1"
            autofocus
            data-reste
        >
            <h2 class="fr-alert__title">{titre}</h2>
            <ul>{liens}</ul>
        </div>
    }
    .into_any()
}

/// A field, with what it holds at first and why that is refused. `retire`: whether a file of it is being taken away.
pub fn un_champ(
    champ: &ChampVue,
    valeur: String,
    erreur: Signal<Option<String>>,
    retire: impl Fn(&PieceVue) -> bool,
) -> AnyView {
    let definition = &champ.definition;
    let question = Question::Champ(definition.id);
    let mut case = Case::nouvelle(question, &definition.libelle, definition.requis, erreur);
    if !definition.description.is_empty() {
        case.indices.push(definition.description.clone());
    }
    match definition.genre {
        TypeChamp::TexteCourt => ligne(&case, "text", None, valeur),
        TypeChamp::Nombre => ligne(&case, "decimal", None, valeur.replace('.', ",")),
        TypeChamp::Courriel => {
            case.indices.push("Format attendu\u{a0}: nom@domaine.fr".to_owned());
            ligne(&case, "email", Some("email"), valeur)
        }
        TypeChamp::Telephone => {
            case.indices.push(
                "Formats attendus\u{a0}: 01 22 33 44 55, 75 12 34 ou +32 2 123 45 67".to_owned(),
            );
            ligne(&case, "tel", Some("tel"), valeur)
        }
        TypeChamp::Date => date(&case, valeur),
        TypeChamp::TexteLong => {
            let max = francais::nombre(TypeChamp::TexteLong.longueur_max());
            case.indices.push(format!("{max} caractères maximum"));
            lignes(&case, "5", None, valeur)
        }
        TypeChamp::Adresse => lignes(&case, "3", Some("street-address"), valeur),
        TypeChamp::Choix => choix(&case, &champ.definition.options, &valeur),
        TypeChamp::CaseACocher => case_a_cocher(&case, matches!(valeur.as_str(), "on" | OUI)),
        TypeChamp::PieceJustificative => fichiers(case, champ, retire),
    }
}

/// A field of one line.
pub fn ligne(
    case: &Case,
    clavier: &'static str,
    memoire: Option<&'static str>,
    valeur: String,
) -> AnyView {
    let corps = view! {
        {case.etiquette()}
        <input
            class=case.classe("fr-input")
            type="text"
            inputmode=clavier
            id=case.id.clone()
            name=case.nom.clone()
            autocomplete=memoire
            aria-required=case.requis.then_some("true")
            aria-invalid=case.invalide()
            aria-describedby=case.decrit_par()
            value=valeur
        />
    };
    case.montrer("fr-input-group", corps)
}

fn date(case: &Case, valeur: String) -> AnyView {
    let corps = view! {
        {case.etiquette()}
        <input
            class=case.classe("fr-input")
            type="date"
            max="9999-12-31"
            id=case.id.clone()
            name=case.nom.clone()
            aria-required=case.requis.then_some("true")
            aria-invalid=case.invalide()
            aria-describedby=case.decrit_par()
            value=valeur
        />
    };
    case.montrer("fr-input-group", corps)
}

fn lignes(
    case: &Case,
    hauteur: &'static str,
    memoire: Option<&'static str>,
    valeur: String,
) -> AnyView {
    let corps = view! {
        {case.etiquette()}
        <textarea
            class=case.classe("fr-input")
            rows=hauteur
            id=case.id.clone()
            name=case.nom.clone()
            autocomplete=memoire
            aria-required=case.requis.then_some("true")
            aria-invalid=case.invalide()
            aria-describedby=case.decrit_par()
            inner_html=contenu(Some(valeur))
        ></textarea>
    };
    case.montrer("fr-input-group", corps)
}

fn choix(case: &Case, options: &[String], valeur: &str) -> AnyView {
    let options = options
        .iter()
        .map(|option| {
            view! {
                <option value=option.clone() selected=option == valeur>
                    {option.clone()}
                </option>
            }
        })
        .collect_view();
    let corps = view! {
        {case.etiquette()}
        <select
            class=case.classe("fr-select")
            id=case.id.clone()
            name=case.nom.clone()
            aria-required=case.requis.then_some("true")
            aria-invalid=case.invalide()
            aria-describedby=case.decrit_par()
        >
            <option value="" selected=valeur.is_empty()>"Sélectionner une réponse"</option>
            {options}
        </select>
    };
    case.montrer("fr-select-group", corps)
}

fn case_a_cocher(case: &Case, cochee: bool) -> AnyView {
    let corps = view! {
        <input
            type="checkbox"
            id=case.id.clone()
            name=case.nom.clone()
            value="on"
            checked=cochee
            aria-invalid=case.invalide()
            aria-describedby=case.decrit_par()
        />
        {case.etiquette()}
    };
    case.montrer("fr-checkbox-group fr-mb-3w", corps)
}

fn fichiers(mut case: Case, champ: &ChampVue, retire: impl Fn(&PieceVue) -> bool) -> AnyView {
    case.indices.push(pieces::indice());
    let deja = pieces::deja_joints(&champ.pieces, retire);
    let corps = view! {
        {case.etiquette()}
        {deja}
        <input
            class="fr-upload"
            type="file"
            multiple
            id=case.id.clone()
            name=format!("fichiers-{}", champ.definition.id)
            accept=fichier::extensions_acceptees()
            aria-required=case.requis.then_some("true")
            aria-invalid=case.invalide()
            aria-describedby=case.decrit_par()
        />
    };
    case.montrer("fr-upload-group", corps)
}
