//! Panics, wherever they happen: in the answer to a request, in a page being rendered, in a worker.

use std::panic::{self, PanicHookInfo};

/// Has each panic counted, and logged like everything else. To be called once, at the start.
pub fn surveiller() {
    panic::set_hook(Box::new(noter));
}

/// What a panic says may repeat what somebody typed, unless its words are in the source: only those are logged.
fn noter(panique: &PanicHookInfo<'_>) {
    let lieu = panique.location().map(ToString::to_string).unwrap_or_default();
    let raison = panique.payload().downcast_ref::<&'static str>().copied().unwrap_or_default();
    tracing::error!(lieu, raison, "the application panicked");
    metrics::counter!("paniques_total").increment(1);
}

#[cfg(test)]
mod tests {
    use super::*;
    use metrics_exporter_prometheus::PrometheusBuilder;
    use std::thread;

    #[test]
    fn a_panic_is_counted_wherever_it_is() {
        let compteurs = PrometheusBuilder::new().build_recorder();
        let lecture = compteurs.handle();
        let avant = panic::take_hook();
        surveiller();
        let tombe = thread::spawn(move || {
            metrics::with_local_recorder(&compteurs, || {
                let page = || -> String { panic!("Jeanne {}", "Petit") };
                panic::catch_unwind(page).is_err()
            })
        });
        assert!(tombe.join().unwrap());
        panic::set_hook(avant);
        assert!(lecture.render().contains("paniques_total 1"), "{}", lecture.render());
    }
}
