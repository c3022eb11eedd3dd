//! What the legal pages must say of those who run the site.

use serde::{Deserialize, Serialize};

/// Who publishes the site, who hosts it, whom to write to. Each is `None` until the team that runs it says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentions {
    /// Name and postal address of the administration that publishes the site.
    pub editeur: Option<String>,
    /// Name and postal address of the company or administration that hosts it.
    pub hebergeur: Option<String>,
    /// An e-mail to write to about accessibility and personal data.
    pub contact: Option<String>,
}
