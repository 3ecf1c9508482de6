//! Inputs that once broke something, or that came near: kept from fuzzing in `tests/fuzz/seeds`, a
//! folder for each target, and run here as ordinary tests.

#[path = "../fuzz/checks.rs"]
mod checks;

use std::fs;
use std::path::Path;

#[test]
fn every_seed_still_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds");
    for target in ["text", "markdown", "html", "mime", "talk", "lexicon"] {
        let mut count = 0;
        for seed in fs::read_dir(folder.join(target)).unwrap() {
            let seed = seed.unwrap().path();
            eprintln!("{}", seed.display());
            checks::check(target, &fs::read(&seed).unwrap());
            count += 1;
        }
        assert!(count >= 3, "only {count} seeds for {target}");
    }
}
