//! A whole mail as drafts: the parts of it that a reader sees.

use crate::host::ReadError;
use crate::text::{Draft, Format, Mail, MailPart, SUBJECT};

/// One of them.
#[derive(Debug)]
pub(crate) struct Part {
    /// Which it is.
    pub(crate) name: String,
    pub(crate) format: Format,
    pub(crate) text: String,
    /// What the reader of its review ought to know.
    pub(crate) notes: Vec<String>,
}

impl Part {
    /// The draft, of which nothing else is known.
    pub(crate) fn draft(&self) -> Draft<'_> {
        let mut draft = Draft::new(&self.text).with_format(self.format);
        draft.part = Some(&self.name);
        draft
    }

    pub(crate) fn is_subject(&self) -> bool {
        self.name == SUBJECT
    }
}

/// The parts of a mail, each of so many bytes at the most. `source` is what the mail is called in errors.
pub(crate) fn taken_apart(bytes: &[u8], source: &str, max_bytes: u64) -> Result<Vec<Part>, ReadError> {
    let error = |code, message: String, help| ReadError { source: source.to_owned(), code, message, help };
    let mail = Mail::parse(bytes).map_err(|fault| error(fault.code(), format!("{source} {fault}"), fault.help()))?;
    let seen = |part: MailPart| {
        let MailPart { part: name, format, text, damaged } = part;
        if text.len() as u64 > max_bytes {
            let message = format!("part {name} of {source} is larger than {max_bytes} bytes, the bound for one draft");
            return Err(error("too-large", message, "raise the bound with --max-bytes"));
        }
        let note = "some bytes are not of its character set and were not read";
        let notes = damaged.then(|| note.to_owned()).into_iter().collect();
        Ok(Part { name, format, text, notes })
    };
    mail.parts.into_iter().map(seen).collect()
}
