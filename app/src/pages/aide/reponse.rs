//! What a page of help is made of.

use leptos::prelude::AnyView;

/// A question and its answer.
pub type Reponse = (&'static str, AnyView);
