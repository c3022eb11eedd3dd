//! Lists whose rows stay in place while what they show changes.

use leptos::prelude::*;
use std::hash::Hash;

/// A row per element, known by its key: a row that stays keeps its place in the page, its focus and what
/// was typed in it; only what it shows of its element changes.
#[component]
pub fn Liste<T, K, C, V>(
    /// What to show, in order.
    #[prop(into)]
    elements: Signal<Vec<T>>,
    /// What tells one element from another.
    cle: C,
    /// Shows one.
    vue: V,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Eq + Hash + Send + Sync + 'static,
    C: Fn(&T) -> K + Copy + Send + Sync + 'static,
    V: Fn(Signal<T>) -> AnyView + Clone + Send + 'static,
{
    let ligne = move |premier: T| {
        let la_sienne = cle(&premier);
        let element = Memo::new(move |avant: Option<&T>| {
            elements
                .with(|tous| tous.iter().find(|autre| cle(autre) == la_sienne).cloned())
                .or_else(|| avant.cloned())
                .unwrap_or_else(|| premier.clone())
        });
        vue(element.into())
    };
    view! { <For each=move || elements.get() key=move |element| cle(element) children=ligne/> }
}
