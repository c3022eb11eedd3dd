//! How often one may: the one table of what is slowed down. For each, how many at once, then one every so many seconds.
//!
//! What is right counts for nothing where that can be known: a password, the address of a feed, the signature of a webhook.
//! The rest counts each time. Why these figures: docs/decisions/2026-11-29-acces.md and 2026-11-30-portes.md.

use super::tentatives::Regle;

// Signing in with a password. Only wrong ones count.

/// From one network, on all accounts: many people may share an address.
pub(crate) const CONNEXIONS_PAR_RESEAU: Regle = Regle::new("reseau", 30, 4);
/// On one account, from one network.
pub(crate) const CONNEXIONS_PAR_COMPTE_ET_RESEAU: Regle = Regle::new("compte_et_reseau", 10, 30);
/// On one account from everywhere, by browsers that it was never opened with.
pub(crate) const CONNEXIONS_PAR_COMPTE: Regle = Regle::new("compte", 60, 60);
/// On one account, by a browser that it was opened with: nobody else can use these up.
pub(crate) const CONNEXIONS_PAR_APPAREIL: Regle = Regle::new("appareil", 12, 20);

// Signing in by a platform.

/// Leaving for one, from one network.
pub(crate) const DEPARTS_PAR_RESEAU: Regle = Regle::new("identites_par_reseau", 60, 2);
/// Mails that join an identity to an account, asked for from one network.
pub(crate) const RATTACHEMENTS_PAR_RESEAU: Regle = Regle::new("rattachements_par_reseau", 10, 60);
/// The same, sent to one address.
pub(crate) const RATTACHEMENTS_PAR_ADRESSE: Regle = Regle::new("rattachements_par_adresse", 3, 300);

// Links by mail: opening an account, choosing another password. By address, and by all, the database counts them
// (`comptes`).

/// Asked for from one network.
pub(crate) const LIENS_PAR_RESEAU: Regle = Regle::new("liens_par_reseau", 20, 60);
/// Links that confirm who waits, asked for by one account.
pub(crate) const CONFIRMATIONS: Regle = Regle::new("confirmations", 6, 300);
/// Invitations that one account sends, withdrawn or not.
pub(crate) const INVITATIONS: Regle = Regle::new("invitations", 30, 1_800);

// What costs the database or the disk.

/// Searches of one account.
pub const RECHERCHES: Regle = Regle::new("recherches", 60, 1);
/// Forms with files of one account.
pub const ENVOIS_PAR_COMPTE: Regle = Regle::new("envois_par_compte", 60, 10);
/// Forms with files from one network; people of an administration share its address.
pub const ENVOIS_PAR_RESEAU: Regle = Regle::new("envois_par_reseau", 300, 1);
/// The same of those who have no account: an expert by their link, somebody whose session is over.
pub const ENVOIS_SANS_COMPTE: Regle = Regle::new("envois_sans_compte", 30, 20);

/// Tokens of Démarches Simplifiées that one account has checked: each asks another platform.
pub(crate) const RACCORDEMENTS: Regle = Regle::new("raccordements", 20, 30);

// Programs.

/// Webhooks that are not rightly signed, from one network. Those that are count for nothing, and nobody's wrong ones keep
/// a right one out.
pub(crate) const WEBHOOKS_FAUX: Regle = Regle::new("webhooks_faux", 60, 2);
/// Feeds that are nobody's, from one network: the servers of a calendar service read those of many people.
pub(crate) const FLUX_INCONNUS: Regle = Regle::new("flux_inconnu", 30, 10);
/// Readings of one feed: calendars come every few minutes at most.
pub(crate) const FLUX: Regle = Regle::new("flux", 60, 30);

// Personal links of propositions.

/// Links that are nobody's, from one network.
pub(crate) const LIENS_INCONNUS: Regle = Regle::new("liens_inconnus", 120, 5);
/// Openings of one link: by its person, and by what looks at links before them.
pub(crate) const LIENS_OUVERTS: Regle = Regle::new("liens_ouverts", 120, 5);
