//! A layer imports only layers below it, and front ends never import each other.

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. What stands side by side does not know of one another.
const LAYERS: [&[&str]; 9] = [
    &["text"],
    &["lexicon"],
    &["matcher"],
    &["lint"],
    &["report"],
    &["host"],
    &["intake"],
    &["serve", "lsp"],
    &["cli"],
];

#[test]
fn imports_point_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut upward = Vec::new();
    let mut seen = 0;
    let layers = LAYERS.iter().enumerate().flat_map(|(floor, layers)| layers.iter().map(move |layer| (floor, *layer)));
    for (floor, layer) in layers {
        let beside = LAYERS[floor].iter().filter(|beside| **beside != layer);
        let forbidden: Vec<&&str> = beside.chain(LAYERS.iter().skip(floor + 1).copied().flatten()).collect();
        for file in rust_files(&src.join(layer)) {
            seen += 1;
            for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                for higher in &forbidden {
                    if code.contains(&format!("crate::{higher}")) {
                        upward.push(format!("{}:{}: {}", file.display(), number + 1, line.trim()));
                    }
                }
            }
        }
    }
    assert!(seen > 30, "only {seen} files were looked at");
    assert!(upward.is_empty(), "these lines import a layer above their own, or beside it:\n{}", upward.join("\n"));
}

/// Every folder of `src` is a layer, so that a new one cannot escape the test above.
#[test]
fn every_folder_is_a_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<String> = fs::read_dir(src)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    let mut layers: Vec<String> = LAYERS.concat().into_iter().map(str::to_owned).collect();
    layers.sort();
    assert_eq!(folders, layers);
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
