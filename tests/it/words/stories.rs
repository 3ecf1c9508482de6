//! What commands wrote in the transcripts of `tests/cli` and in the README. That they really write it is
//! tested where they are run.

use std::fs;
use std::path::Path;

/// What one command wrote.
pub(super) struct Output {
    /// The file and the command.
    pub(super) place: String,

    pub(super) text: String,
}

impl Output {
    /// The part in which the tool speaks for itself: from its first error or note on, without pictures, data
    /// and what the command hands through.
    pub(super) fn own_words(&self) -> String {
        let speaks = |line: &&str| ["error: ", "note: ", "  help: "].iter().any(|lead| line.starts_with(lead));
        let quotes =
            |line: &str| line.contains(['│', '·', '╭', '╰']) || line.starts_with('{') || self.place.contains(line);
        let lines = self.text.lines().skip_while(|line| !speaks(line)).filter(|line| !quotes(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Errors without a word on what to do.
    pub(super) fn helpless(&self) -> Vec<&str> {
        let lines: Vec<&str> = self.text.lines().collect();
        let errors = lines.iter().enumerate().filter(|(_, line)| line.starts_with("error: "));
        let is_helped = |at: usize| {
            let mut below = lines[at + 1..].iter().take_while(|line| !line.starts_with("error: "));
            below.any(|line| line.trim_start().starts_with("help: ") || line.starts_with("For more information, try"))
        };
        errors.filter(|(at, _)| !is_helped(*at)).map(|(_, line)| *line).collect()
    }
}

/// All of them.
pub(super) fn outputs() -> Vec<Output> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("README.md")];
    files.extend(fs::read_dir(root.join("tests/cli")).unwrap().map(|entry| entry.unwrap().path()));
    let mut outputs: Vec<Output> = Vec::new();
    for file in files {
        let mut in_console = false;
        for line in fs::read_to_string(&file).unwrap().lines() {
            if let Some(kind) = line.strip_prefix("```") {
                in_console = kind == "console";
            } else if let Some(command) = line.strip_prefix("$ ").filter(|_| in_console) {
                let place = format!("{}: {command}", file.file_name().unwrap().display());
                outputs.push(Output { place, text: String::new() });
            } else if let Some(output) = outputs.last_mut().filter(|_| in_console && !line.starts_with("? ")) {
                output.text.extend([line, "\n"]);
            }
        }
    }
    outputs
}
