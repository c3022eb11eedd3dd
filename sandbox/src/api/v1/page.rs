//! Lists, a hundred records a page.

use axum::Json;
use serde_json::{Value, json};

use super::params::Params;

const PER_PAGE: usize = 100;

/// The page asked for of `items`, under `name`, with where it stands among the others.
pub fn of<T>(name: &str, items: &[T], params: &Params, show: impl Fn(&T) -> Value) -> Json<Value> {
    let asked = params.number("page").and_then(|page| usize::try_from(page).ok()).unwrap_or(1);
    let current = asked.max(1);
    let pages = items.len().div_ceil(PER_PAGE);
    let shown: Vec<_> = items
        .iter()
        .skip((current - 1).saturating_mul(PER_PAGE))
        .take(PER_PAGE)
        .map(show)
        .collect();
    Json(json!({
        name: shown,
        "meta": {
            "current_page": current,
            "next_page": (current < pages).then_some(current + 1),
            "prev_page": (current > 1).then_some(current - 1),
            "total_pages": pages,
            "total_count": items.len(),
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_nothing_has_no_page_and_no_neighbour() {
        let Json(page) = of("rdvs", &[] as &[i64], &Params::default(), |n| json!(n));
        let meta = json!({"current_page": 1, "next_page": null, "prev_page": null, "total_pages": 0, "total_count": 0});
        assert_eq!(page, json!({"rdvs": [], "meta": meta}));
    }
}
