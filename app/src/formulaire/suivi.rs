//! Forms: what was refused and why, fields that keep what was typed, one effect for two clicks.

use crate::depart::Refus;
use crate::erreur::ErreurApp;
use crate::page::contexte::{annonces, du_depart, refus_de, vient_d_etre_fait};
use crate::page::erreur::{adresse_de_connexion, adresse_de_preuve, adresse_ici};
#[cfg(feature = "ssr")]
use domain::erreur::Probleme;
use domain::{Champ, Erreur};
use leptos::ev::SubmitEvent;
use leptos::html::ElementType;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
#[cfg(feature = "ssr")]
use {domain::francais, domain::message::LONGUEUR_MAX};

/// Where a form stands: posted with JavaScript (its action) or without (what the server refused).
#[derive(Clone, Copy)]
pub struct Suivi {
    erreur: Signal<Option<ErreurApp>>,
    refus: StoredValue<Option<Refus>>,
    fait: StoredValue<bool>,
    en_cours: Signal<bool>,
    envois: Memo<(usize, usize)>,
}

impl Suivi {
    /// Follows `action`.
    pub fn nouveau<S>(action: ServerAction<S>) -> Self
    where
        S: ServerFn<Error = ErreurApp> + Clone + Send + Sync + 'static,
        S::Output: Clone + Send + Sync + 'static,
    {
        let refus = StoredValue::new(refus_de(S::url()));
        let fait = StoredValue::new(vient_d_etre_fait(S::url(), None));
        let resultat = action.value();
        let version = action.version();
        let erreur = Signal::derive(move || match resultat.get() {
            Some(resultat) => resultat.err(),
            None => refus.with_value(|refus| refus.as_ref().map(|refus| refus.erreur.clone())),
        });
        annonces().pendant_le_geste(action.pending().into());
        let envois = Memo::new(move |avant: Option<&(usize, usize)>| {
            let (vue, reussites) = avant.copied().unwrap_or_default();
            let version = version.get();
            let reussi = version != vue
                && resultat.with_untracked(|resultat| matches!(resultat, Some(Ok(_))));
            (version, reussites + usize::from(reussi))
        });
        Self { erreur, refus, fait, en_cours: action.pending().into(), envois }
    }

    /// Of the form that the server function `S` takes, on a page that is not hydrated: the server alone says where it
    /// stands.
    #[cfg(feature = "ssr")]
    pub fn servi<S>() -> Self
    where
        S: ServerFn<Error = ErreurApp>,
    {
        let refus = StoredValue::new(refus_de(S::url()));
        let erreur = refus.with_value(|refus| refus.as_ref().map(|refus| refus.erreur.clone()));
        Self {
            erreur: Signal::stored(erreur),
            refus,
            fait: StoredValue::new(vient_d_etre_fait(S::url(), None)),
            en_cours: Signal::stored(false),
            envois: Memo::new(|_| (0, 0)),
        }
    }

    /// Whether the page shows a refusal of this form made by the server (no JavaScript then).
    pub fn refuse_au_depart(self) -> bool {
        self.refus.with_value(Option::is_some)
    }

    /// Whether the page shown says that this form was taken by the server (no JavaScript then).
    pub fn fait_au_depart(self) -> bool {
        self.fait.get_value()
    }

    /// To be called when what the server has just taken is another form with the same action.
    pub fn rien_de_fait_au_depart(self) {
        self.fait.set_value(false);
    }

    /// Whether it was refused because somebody else saved the same text meanwhile.
    pub fn en_conflit(self) -> bool {
        self.erreur.with(|e| e.as_ref().and_then(ErreurApp::metier) == Some(&Erreur::TexteChange))
    }

    /// What was typed in `champ` when the form was refused without JavaScript.
    pub fn saisi(self, champ: &str) -> Option<String> {
        self.refus.with_value(|refus| {
            refus.as_ref().and_then(|refus| refus.valeur(champ)).map(str::to_owned)
        })
    }

    /// Why what is in `champ` was refused.
    pub fn sur(self, champ: Champ) -> Signal<Option<String>> {
        let erreur = self.erreur;
        Signal::derive(move || {
            erreur.with(|e| e.as_ref().and_then(|e| e.sur(champ)).map(ToString::to_string))
        })
    }

    /// What is wrong with the answers to questions, in their order.
    #[cfg(feature = "ssr")]
    pub fn problemes(self) -> Vec<Probleme> {
        self.erreur.with(|erreur| match erreur.as_ref().and_then(ErreurApp::metier) {
            Some(Erreur::Reponses(problemes)) => problemes.clone(),
            _ => Vec::new(),
        })
    }

    /// Whether an answer is awaited.
    pub fn en_cours(self) -> bool {
        self.en_cours.get()
    }

    /// Whether it was refused, the last time it was posted.
    pub fn refuse(self) -> bool {
        self.erreur.with(Option::is_some)
    }

    /// Whether it was refused for that, the last time it was posted.
    #[cfg(feature = "ssr")]
    pub fn refuse_pour(self, raison: &Erreur) -> bool {
        self.erreur.with(|e| e.as_ref().and_then(ErreurApp::metier) == Some(raison))
    }

    /// To be called when the refusal that the server shows is about another form with the same action.
    pub fn oublier_au_depart(self) {
        self.refus.set_value(None);
    }

    /// To be called as the form is about to be posted: the second of two clicks does nothing.
    pub fn avant_envoi(self, evenement: &SubmitEvent) {
        if self.en_cours.get_untracked() {
            evenement.prevent_default();
        }
    }

    /// Calls `suite` each time the form has been posted with success.
    pub fn au_succes(self, suite: impl Fn() + 'static) {
        let envois = self.envois;
        Effect::new(move |avant: Option<usize>| {
            let (_, maintenant) = envois.get();
            if avant.is_some_and(|avant| avant < maintenant) {
                untrack(&suite);
            }
            maintenant
        });
    }

    /// Gives the focus to a field each time it is what the form was refused for.
    pub fn focus_si_refuse<E>(self, champ: Champ, noeud: NodeRef<E>)
    where
        E: ElementType + 'static,
        E::Output: AsRef<HtmlElement> + JsCast + Clone + 'static,
    {
        let (envois, refuse) = (self.envois, self.sur(champ));
        Effect::new(move |_| {
            envois.track();
            if let Some(noeud) = noeud.get()
                && refuse.with_untracked(Option::is_some)
            {
                let element: &HtmlElement = noeud.as_ref();
                let _ = element.focus();
            }
        });
    }
}

/// What was refused and is about no field, above the form.
#[component]
pub fn AlerteFormulaire(
    /// The form.
    suivi: Suivi,
    /// Its field, which shows what is about it.
    #[prop(optional)]
    champ: Option<Champ>,
    /// Whether all its fields show what is about them.
    #[prop(optional)]
    sans_champs: bool,
) -> impl IntoView {
    let ici = adresse_ici();
    move || {
        suivi
            .erreur
            .get()
            .filter(|erreur| champ.is_none_or(|champ| erreur.sur(champ).is_none()))
            .filter(|erreur| {
                let d_un_champ =
                    matches!(erreur.metier(), Some(Erreur::Champ { .. } | Erreur::Reponses(_)));
                !(sans_champs && d_un_champ)
            })
            .map(|erreur| {
                let connexion = (erreur.metier() == Some(&Erreur::NonConnecte)).then(|| {
                    let adresse = adresse_de_connexion(&ici.get());
                    view! {
                        " "
                        <a
                            href=adresse
                            target="_blank"
                            rel="external"
                            title="Se connecter - nouvelle fenêtre"
                        >
                            "Se connecter"
                        </a>
                    }
                });
                let preuve = (erreur.metier() == Some(&Erreur::PreuveDemandee)).then(|| {
                    let adresse = adresse_de_preuve(&ici.get());
                    view! { " " <a href=adresse rel="external">"Confirmer que c'est moi"</a> }
                });
                view! {
                    // An alert that is there before it says something is read as an empty one.
                    <div
                        class="fr-alert fr-alert--error fr-alert--sm fr-mb-3w"
                        role="alert"
                        data-reste
                    >
                        <p>{erreur.to_string()} {connexion} {preuve}</p>
                    </div>
                }
            })
    }
}

/// The page that holds the form. Without JavaScript the server shows it again, or sends the browser back
/// to it: the address in the browser does not say it after a refusal. And who it was shown to: posted once the session is
/// over, the form is kept for them until they have signed in again.
#[component]
pub fn PageDuFormulaire() -> impl IntoView {
    let ici = adresse_ici();
    view! {
        <input type="hidden" name="page" value=move || ici.get() data-va-avec=""/>
        <input type="hidden" name="preuve" value=du_depart(|depart| depart.preuve.clone())/>
    }
}

/// A field of several lines. It is emptied once what it held has been sent.
#[cfg(feature = "ssr")]
#[component]
pub fn ChampTexte(
    /// Its id in the page.
    id: &'static str,
    /// Which field.
    champ: Champ,
    /// What it is called.
    libelle: &'static str,
    /// What helps to fill it in, always visible.
    #[prop(optional)]
    indice: Option<&'static str>,
    /// What is shown in it while it is empty.
    exemple: &'static str,
    /// Whether it must be filled in.
    #[prop(optional)]
    requis: bool,
    /// What it holds at first.
    #[prop(optional, into)]
    valeur: String,
    /// The form.
    suivi: Suivi,
) -> impl IntoView {
    let erreur = suivi.sur(champ);
    let id_erreur = format!("{id}-erreur");
    let decrit_par = {
        let id_erreur = id_erreur.clone();
        move || erreur.with(Option::is_some).then(|| id_erreur.clone())
    };
    view! {
        <div class="fr-input-group" class:fr-input-group--error=move || erreur.with(Option::is_some)>
            <label class="fr-label" for=id>
                {libelle}
                {indice.map(|indice| view! { <span class="fr-hint-text">{indice}</span> })}
                <span class="fr-hint-text">{longueur_max()}</span>
            </label>
            <textarea
                class="fr-input"
                class:fr-input--error=move || erreur.with(Option::is_some)
                id=id
                name=champ.nom()
                rows="5"
                placeholder=exemple
                aria-required=requis.then_some("true")
                aria-invalid=move || erreur.with(Option::is_some).then_some("true")
                aria-describedby=decrit_par
                inner_html=contenu(Some(suivi.saisi(champ.nom()).unwrap_or(valeur)))
            ></textarea>
            <MessageErreur id=id_erreur erreur/>
        </div>
    }
}

/// « 10 000 caractères maximum ».
#[cfg(feature = "ssr")]
pub fn longueur_max() -> String {
    format!("{} caractères maximum", francais::nombre(LONGUEUR_MAX))
}

/// What a `<textarea>` holds at first. As HTML, because an empty text node would become a space.
pub fn contenu(texte: Option<String>) -> String {
    // The parser of a page drops the first line end, which is thus not part of the text; what sets a content does not.
    let debut = if cfg!(feature = "ssr") { "\n" } else { "" };
    texte.map_or_else(String::new, |texte| {
        format!("{debut}{}", texte.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
    })
}

/// Why a field was refused, under it.
#[component]
pub fn MessageErreur(
    /// Its id, that the field refers to.
    id: String,
    /// Why.
    erreur: Signal<Option<String>>,
) -> impl IntoView {
    move || erreur.get().map(|texte| view! { <p class="fr-error-text" id=id.clone()>{texte}</p> })
}

/// The button that posts the form. It stays reachable while an answer is awaited.
#[component]
pub fn BoutonEnvoyer(
    /// What it says.
    texte: &'static str,
    /// The form.
    suivi: Suivi,
) -> impl IntoView {
    view! {
        <button
            class="fr-btn"
            type="submit"
            aria-disabled=move || suivi.en_cours.get().then_some("true")
        >
            {texte}
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::contenu;

    #[test]
    fn what_was_typed_is_never_read_as_html() {
        assert_eq!(contenu(None), "");
        assert_eq!(
            contenu(Some("</textarea><b>&amp;".to_owned())),
            "\n&lt;/textarea&gt;&lt;b&gt;&amp;amp;"
        );
    }
}
