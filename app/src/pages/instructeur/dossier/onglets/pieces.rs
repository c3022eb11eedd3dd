//! « Pièces jointes », for an instructeur.

use crate::api::instructeur::dossier::pieces_du_dossier;
use crate::components::badge::Pastille;
use crate::components::pieces::lien;
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::TitresOnglet;
use crate::pages::instructeur::dossier::gestes::telecharger::{adresse_archive, taille_totale};
use domain::chemin::au_message;
use domain::chemin::{Chemin, Onglet};
use domain::francais;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::faits::{Fait, phrase};
use domain::vues::{OriginePiece, PieceDuDossier, PiecesDuDossier};
use leptos::prelude::*;
use leptos_router::components::A;

/// All the files of the dossier.
#[component]
pub fn PiecesInstructeur() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LesPieces numero/> })
}

#[component]
fn LesPieces(numero: DossierNumero) -> impl IntoView {
    let pieces = lire(|| (), move |()| pieces_du_dossier(numero));
    view! {
        <Lecture
            ressource=pieces
            muet=true
            sujets=move |_: &PiecesDuDossier, _: &Depart| vec![Sujet::Dossier(numero)]
            faits
            vue=move |lues| {
                view! {
                    <TitresOnglet texte="Pièces jointes" numero/>
                    <Contenu numero lues/>
                }
                .into_any()
            }
        />
    }
}

fn faits(pieces: &PiecesDuDossier) -> Vec<Fait> {
    let plusieurs = phrase("{} nouvelles pièces jointes");
    let pieces = pieces.pieces.iter().map(|PieceDuDossier { piece, .. }| {
        Fait::mis_a_jour(piece.id, format!("nouvelle pièce jointe, {}", piece.nom))
            .plusieurs(plusieurs.clone())
    });
    pieces.collect()
}

#[component]
fn Contenu(numero: DossierNumero, lues: Signal<PiecesDuDossier>) -> impl IntoView {
    let annee = Signal::derive(move || lues.with(|l| l.annee));
    let aucune = move || lues.with(|l| l.pieces.is_empty());
    let vide = move || {
        aucune().then(|| {
            view! {
                <p>
                    "Ce dossier n'a pas de pièce jointe. Celles du formulaire et de la messagerie apparaîtront ici."
                </p>
            }
        })
    };
    let tout = move || {
        (!aucune()).then(|| {
            let avis = lues.with(|l| l.avis).then(|| {
                view! {
                    <p class="fr-hint-text">
                        "Avec les avis externes et leurs fichiers, que l'usager ne voit pas\u{a0}: ils sont dans le répertoire «\u{a0}avis-externes\u{a0}» de l'archive."
                    </p>
                }
            });
            let detail = format!("ZIP – {}", lues.with(taille_totale));
            view! {
                <p>
                    <a
                        class="fr-link fr-link--download"
                        href=adresse_archive(numero)
                        rel="external"
                        download
                    >
                        "Télécharger le dossier et ses pièces jointes"
                        <span class="fr-link__detail">{detail}</span>
                    </a>
                </p>
                {avis}
            }
        })
    };
    view! {
        {vide}
        {tout}
        <div class="fr-table rdv-tableau" hidden=aucune>
            <div class="fr-table__wrapper">
                <div class="fr-table__container">
                    <div class="fr-table__content">
                        <table role="table">
                            <caption>{move || combien(lues.with(|l| l.pieces.len()))}</caption>
                            <thead role="rowgroup">
                                <tr role="row">
                                    <th scope="col">"Fichier"</th>
                                    <th scope="col">"Provenance"</th>
                                    <th scope="col">"Ajouté par"</th>
                                    <th scope="col">"Date"</th>
                                </tr>
                            </thead>
                            <tbody role="rowgroup">
                                <Liste
                                    elements=Signal::derive(move || lues.with(|l| l.pieces.clone()))
                                    cle=|piece: &PieceDuDossier| piece.piece.id
                                    vue=move |piece| ligne(numero, piece, annee)
                                />
                            </tbody>
                        </table>
                    </div>
                </div>
            </div>
        </div>
    }
}

/// « 1 fichier », « 3 fichiers ».
fn combien(combien: usize) -> String {
    if combien == 1 { "1 fichier".to_owned() } else { format!("{combien} fichiers") }
}

fn ligne(numero: DossierNumero, piece: Signal<PieceDuDossier>, annee: Signal<i32>) -> AnyView {
    let PieceDuDossier { piece: fichier, origine, par, le, .. } = piece.get_untracked();
    let nouvelle = move || {
        piece.with(|p| p.nouvelle).then(|| view! { <Pastille texte="nouvelle pièce jointe"/> })
    };
    view! {
        <tr role="row" id=format!("piece-{}", fichier.id)>
            <td role="cell" data-titre="Fichier">
                <div class="rdv-cesure">{lien(&fichier)} {nouvelle}</div>
            </td>
            <td role="cell" data-titre="Provenance">
                <div>{provenance(numero, &origine)}</div>
            </td>
            <td role="cell" data-titre="Ajouté par">
                <div class="rdv-cesure">{par}</div>
            </td>
            <td role="cell" data-titre="Date">
                <time datetime=le.format("%Y-%m-%dT%H:%M").to_string()>
                    {move || francais::horodatage(le, annee.get())}
                </time>
            </td>
        </tr>
    }
    .into_any()
}

fn provenance(numero: DossierNumero, origine: &OriginePiece) -> AnyView {
    match origine {
        OriginePiece::Formulaire(question) if question.is_empty() => "Formulaire".into_any(),
        OriginePiece::Formulaire(question) => format!("Formulaire\u{a0}: {question}").into_any(),
        OriginePiece::Avis => view! {
            <A href=Chemin::Onglet(numero, Onglet::Avis).to_string()>"Avis externes"</A>
        }
        .into_any(),
        OriginePiece::Messagerie(id) => view! {
            <A href=au_message(
                &Chemin::Onglet(numero, Onglet::Messagerie).to_string(),
                *id,
            )>"Messagerie"</A>
        }
        .into_any(),
    }
}
