//! Rendez-vous that another application asks an agent to plan.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AgentId, RdvId, RdvPlanId, UserId};

/// A plan: one person, one agent, and at the end one rendez-vous.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RdvPlan {
    /// Stands in its address.
    pub id: RdvPlanId,
    /// Who plans: nobody else may read it by the API.
    pub agent_id: AgentId,
    /// For whom.
    pub user_id: UserId,
    /// Where the agent goes back to; a link, never a callback.
    pub return_url: Option<String>,
    /// The dossier in the other application; shown to agents only.
    pub dossier_url: Option<String>,
    /// The rendez-vous, once planned.
    pub rdv_id: Option<RdvId>,
    /// When it was asked.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}
