//! Bars: one for each line, cut in parts. What they show is in the table beside them, which is what is read out.

use leptos::prelude::*;

/// A line: what it is called, and its parts.
pub struct Barre {
    /// What it is called.
    pub nom: String,
    /// As many as the legend has names.
    pub parts: Vec<u64>,
}

/// The bars and their legend.
#[component]
pub fn Barres(
    /// What they show, for those who do not see them.
    description: String,
    /// The name of each part; at most four.
    legende: [&'static str; 4],
    /// From the first to the last.
    barres: Vec<Barre>,
) -> impl IntoView {
    let plus_longue = barres.iter().map(|barre| barre.parts.iter().sum::<u64>()).max();
    let echelle = plus_longue.unwrap_or(0).max(1);
    let legende = legende
        .into_iter()
        .enumerate()
        .map(|(rang, nom)| {
            view! {
                <li>
                    <svg class="rdv-barres__cle" viewBox="0 0 1 1" aria-hidden="true">
                        <rect class=format!("rdv-barres__part-{rang}") width="1" height="1"/>
                    </svg>
                    {nom}
                </li>
            }
        })
        .collect_view();
    let lignes = barres.into_iter().map(|barre| ligne(barre, echelle)).collect_view();
    view! {
        <div class="rdv-barres">
            <p class="fr-sr-only">{description}</p>
            <ul class="rdv-barres__legende" aria-hidden="true">{legende}</ul>
            <div aria-hidden="true">{lignes}</div>
        </div>
    }
}

fn ligne(barre: Barre, echelle: u64) -> impl IntoView {
    let total: u64 = barre.parts.iter().sum();
    let mut depuis = 0;
    let parts = barre
        .parts
        .into_iter()
        .enumerate()
        .map(|(rang, combien)| {
            let x = depuis;
            depuis += combien;
            view! {
                <rect
                    class=format!("rdv-barres__part-{rang}")
                    x=x.to_string()
                    width=combien.to_string()
                    height="1"
                />
            }
        })
        .collect_view();
    view! {
        <div class="rdv-barres__ligne">
            <span class="rdv-barres__nom">{barre.nom}</span>
            <svg
                class="rdv-barres__barre"
                viewBox=format!("0 0 {echelle} 1")
                preserveAspectRatio="none"
            >
                {parts}
            </svg>
            <span class="rdv-barres__total">{total.to_string()}</span>
        </div>
    }
}
