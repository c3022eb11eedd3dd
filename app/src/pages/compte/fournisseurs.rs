//! The buttons that leave for ProConnect and FranceConnect: plain forms, that the server receives.

use crate::components::lien::LienExterne;
use domain::chemin::Chemin;
use domain::identite::Fournisseur;
use domain::vues::Fournisseurs;
use leptos::prelude::*;

/// The two publics, each with its button. Nothing where no platform is set.
#[component]
pub fn Identifications(
    /// Those that are set.
    fournisseurs: Fournisseurs,
    /// The page to come to afterwards.
    retour: String,
    /// The form that waits for the person.
    attente: String,
) -> impl IntoView {
    let apres = StoredValue::new((retour, attente));
    let regle = move |fournisseur| fournisseurs.a(fournisseur);
    let usagers = regle(Fournisseur::FranceConnect).then(|| {
        view! {
            <section aria-labelledby="usagers">
                <h2 class="fr-h5" id="usagers">"Vous êtes un usager"</h2>
                <p>
                    "FranceConnect est la solution proposée par l'État pour sécuriser et simplifier la connexion aux services en ligne."
                </p>
                <form method="post" action=Chemin::Identite(Fournisseur::FranceConnect).to_string()>
                    <Apres apres/>
                    <div class="fr-connect-group">
                        <button class="fr-connect" type="submit">
                            <span class="fr-connect__login">"S'identifier avec "</span>
                            <span class="fr-connect__brand">"FranceConnect"</span>
                        </button>
                        <p>
                            <LienExterne
                                href="https://franceconnect.gouv.fr/"
                                texte="Qu'est-ce que FranceConnect\u{a0}?"
                            />
                        </p>
                    </div>
                </form>
            </section>
        }
    });
    let agents = regle(Fournisseur::ProConnect).then(|| {
        view! {
            <section aria-labelledby="agents">
                <h2 class="fr-h5" id="agents">"Vous êtes un agent public"</h2>
                <p>"ProConnect vous identifie avec votre compte professionnel."</p>
                <form method="post" action=Chemin::Identite(Fournisseur::ProConnect).to_string()>
                    <Apres apres/>
                    <p>
                        <button class="fr-btn" type="submit">"S'identifier avec ProConnect"</button>
                    </p>
                    <p>
                        <LienExterne
                            href="https://www.proconnect.gouv.fr/"
                            texte="Qu'est-ce que ProConnect\u{a0}?"
                        />
                    </p>
                </form>
            </section>
        }
    });
    let autrement = (usagers.is_some() || agents.is_some()).then(|| {
        view! {
            <hr class="fr-mt-2w"/>
            <h2 class="fr-h5">"Avec un mot de passe"</h2>
        }
    });
    view! {
        {usagers}
        {agents}
        {autrement}
    }
}

/// What comes once they are signed in.
#[component]
fn Apres(apres: StoredValue<(String, String)>) -> impl IntoView {
    let (retour, attente) = apres.get_value();
    view! {
        <input type="hidden" name="retour" value=retour/>
        <input type="hidden" name="attente" value=attente/>
    }
}
