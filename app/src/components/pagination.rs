//! The pages of a long list.

use leptos::prelude::*;

/// Links to the other pages; nothing when there is only one.
#[component]
pub fn Pagination(
    /// Address of the list.
    #[prop(into)]
    adresse: String,
    /// The page shown and how many there are.
    #[prop(into)]
    pages: Signal<(u64, u64)>,
) -> impl IntoView {
    move || {
        let (page, dernieres) = pages.get();
        let lien = if adresse.contains('?') { '&' } else { '?' };
        let vers = |numero: u64| format!("{adresse}{lien}page={numero}");
        (dernieres > 1).then(|| {
            let precedente = (page > 1).then(|| vers(page - 1));
            let suivante = (page < dernieres).then(|| vers(page + 1));
            let numeros = autour(page, dernieres)
                .into_iter()
                .map(|numero| view! { <li>{un_numero(numero, page, vers)}</li> })
                .collect_view();
            view! {
                <nav class="fr-pagination fr-mt-4w" aria-label="Pagination">
                    <ul class="fr-pagination__list">
                        <li>
                            <a
                                class="fr-pagination__link fr-pagination__link--prev fr-pagination__link--lg-label"
                                href=precedente.clone()
                                aria-disabled=precedente.is_none().then_some("true")
                                role=precedente.is_none().then_some("link")
                            >
                                "Page précédente"
                            </a>
                        </li>
                        {numeros}
                        <li>
                            <a
                                class="fr-pagination__link fr-pagination__link--next fr-pagination__link--lg-label"
                                href=suivante.clone()
                                aria-disabled=suivante.is_none().then_some("true")
                                role=suivante.is_none().then_some("link")
                            >
                                "Page suivante"
                            </a>
                        </li>
                    </ul>
                </nav>
            }
        })
    }
}

fn un_numero(numero: Option<u64>, page: u64, vers: impl Fn(u64) -> String) -> AnyView {
    match numero {
        None => view! { <span class="fr-pagination__link">"…"</span> }.into_any(),
        Some(numero) => {
            let titre = format!("Page {numero}");
            let ici = numero == page;
            view! {
                <a
                    class="fr-pagination__link"
                    href=(!ici).then(|| vers(numero))
                    aria-current=ici.then_some("page")
                    title=titre
                >
                    {numero}
                </a>
            }
            .into_any()
        }
    }
}

/// The first, the last, those around; `None` where some are left out.
fn autour(page: u64, dernieres: u64) -> Vec<Option<u64>> {
    let mut numeros = Vec::new();
    let mut avant = 0;
    for numero in 1..=dernieres {
        if numero == 1 || numero == dernieres || numero.abs_diff(page) <= 1 {
            if numero > avant + 1 {
                numeros.push(None);
            }
            numeros.push(Some(numero));
            avant = numero;
        }
    }
    numeros
}

#[cfg(test)]
mod tests {
    use super::autour;

    #[test]
    fn pages_far_away_are_left_out() {
        assert_eq!(autour(1, 1), [Some(1)]);
        assert_eq!(autour(2, 3), [Some(1), Some(2), Some(3)]);
        assert_eq!(autour(5, 9), [Some(1), None, Some(4), Some(5), Some(6), None, Some(9)]);
    }
}
