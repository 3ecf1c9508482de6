//! What to do about a record that could not be linted. What is wrong with it stands in its message, for the
//! program that reads the reviews; the remedy is for the person who reads standard error.

/// The remedy for an error of this stable name.
pub(super) fn remedy(code: &str) -> &'static str {
    match code {
        "not-json" => "write every record as one JSON object on a line of its own: {\"text\": \"…\"}",
        "not-utf8" => "save the records with the encoding UTF-8",
        "too-large" => "is it a draft? If so, raise the bound with --max-bytes",
        "not-mail" | "no-text" => "give the whole mail, with its header, or another `format` than `mime`",
        "unserved-language" => "name a lexicon for it with --lexicon, or leave the language out",
        "lexicon-too-large" => "split the lexicon in two, and lint with one after the other",
        _ => "mend the record, or say where its text is with --text-field; the other records are read",
    }
}
