//! Records that are rows of a CSV file: its header says which column is what.

use std::borrow::Cow;

use csv::{ByteRecord, ReaderBuilder};

use crate::host::Fault;
use crate::intake::{AGENT, Asked, KEYS, Parts, Record, Unreadable};
use crate::lexicon::nearest;

/// What may stand between two cells: helpdesks write commas, spreadsheets in half of Europe
/// semicolons, databases tabs and bars. Nobody has to say which: the header names the column of the
/// text, and with the wrong one it would not.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Columns that are listed when the one of the text is not among them.
const MOST_LISTED: usize = 20;

/// The columns of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    delimiter: u8,
    width: usize,
    text: usize,
    id: Option<usize>,
    agent: Option<usize>,
    /// The column of each of the [`KEYS`].
    known: [Option<usize>; KEYS.len()],
}

impl Table {
    /// Understands a header, whose columns are named.
    pub(super) fn new(header: &[u8], asked: &Asked) -> Result<Self, Fault> {
        let names = |delimiter| -> Vec<String> {
            cells(header, delimiter, &mut ByteRecord::new())
                .iter()
                .map(|name| String::from_utf8_lossy(name).trim().to_owned())
                .collect()
        };
        let read = DELIMITERS.map(|delimiter| (delimiter, names(delimiter)));
        let fits = read.iter().find(|(_, names)| names.contains(&asked.text_field));
        let widest = || read.iter().rev().max_by_key(|(_, names)| names.len());
        let Some((delimiter, names)) = fits.or_else(widest) else { return Err(no_column(&asked.text_field, &[])) };
        let column = |wanted: &str| {
            let mut places = names.iter().enumerate().filter(|(_, name)| *name == wanted).map(|(place, _)| place);
            match (places.next(), places.next()) {
                (Some(_), Some(_)) => Err(Fault {
                    code: "bad-header",
                    message: format!("there are several columns `{wanted}`"),
                    help: "give each column a name of its own",
                    last: true,
                }),
                (place, _) => Ok(place),
            }
        };
        // Whoever named another column than usual counts on it.
        let unless_usual = |wanted: &str, usual: &str| match column(wanted)? {
            None if wanted != usual => Err(no_column(wanted, names)),
            place => Ok(place),
        };
        let mut known = [None; KEYS.len()];
        for (place, key) in known.iter_mut().zip(KEYS) {
            *place = column(key)?;
        }
        Ok(Self {
            delimiter: *delimiter,
            width: names.len(),
            text: column(&asked.text_field)?.ok_or_else(|| no_column(&asked.text_field, names))?,
            id: unless_usual(&asked.id_field, "id")?,
            agent: unless_usual(&asked.agent_field, AGENT)
                .map_err(|fault| Fault { help: "name the column of the agents with --agent-field", ..fault })?,
            known,
        })
    }

    /// What stands between two cells.
    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Reads a row, whose cells are put into `held`.
    pub(super) fn record<'r>(
        &self,
        row: &[u8],
        held: &'r mut ByteRecord,
        asked: &'r Asked,
    ) -> Result<Record<'r>, Unreadable> {
        let row = cells(row, self.delimiter, held);
        if row.len() != self.width {
            let message = format!(
                "the row has {}, and the header has {}; is a text with a line break or a column separator not quoted?",
                columns(row.len()),
                self.width
            );
            return Err(Unreadable { id: None, code: "bad-record", message });
        }
        let cell = |place: usize, id: Option<&str>, name: &str| {
            std::str::from_utf8(row.get(place).unwrap_or_default()).map_err(|error| Unreadable {
                id: id.map(str::to_owned),
                code: "not-utf8",
                message: format!("the column `{name}` is not UTF-8: its byte {} does not fit", error.valid_up_to()),
            })
        };
        // An empty cell is how CSV says that there is nothing.
        let word = |place: Option<usize>, id: Option<&str>, name: &str| match place {
            Some(place) => cell(place, id, name).map(|cell| Some(cell.trim()).filter(|cell| !cell.is_empty())),
            None => Ok(None),
        };
        let id = word(self.id, None, &asked.id_field)?;
        let text = Cow::Borrowed(cell(self.text, id, &asked.text_field)?);
        let agent = word(self.agent, id, &asked.agent_field)?.map(Cow::Borrowed);
        let mut known = [const { None }; KEYS.len()];
        for ((said, place), key) in known.iter_mut().zip(self.known).zip(KEYS) {
            *said = word(place, id, key)?.map(Cow::Borrowed);
        }
        let parts = Parts { id: id.map(Cow::Borrowed), text, agent, known };
        Record::new(parts, asked)
    }
}

/// The cells of one row; where it ends is known.
fn cells<'r>(row: &[u8], delimiter: u8, held: &'r mut ByteRecord) -> &'r ByteRecord {
    let mut reader = ReaderBuilder::new();
    reader.delimiter(delimiter).has_headers(false).flexible(true).buffer_capacity(row.len().max(1));
    let read = reader.from_reader(row).read_byte_record(held);
    // There is nothing that could fail in reading bytes from memory.
    debug_assert!(read.is_ok());
    held
}

fn no_column(wanted: &str, names: &[String]) -> Fault {
    let mut listed: Vec<String> = names.iter().take(MOST_LISTED).map(|name| format!("`{name}`")).collect();
    if names.len() > MOST_LISTED {
        listed.push(format!("and {} more", names.len() - MOST_LISTED));
    }
    let near = match nearest(wanted, names.iter().map(String::as_str)) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => String::new(),
    };
    Fault {
        code: "no-column",
        message: format!("there is no column `{wanted}`; the header names {}{near}", listed.join(", ")),
        help: "name the column of the texts with --text-field, that of the ids with --id-field",
        last: true,
    }
}

fn columns(number: usize) -> String {
    format!("{number} column{}", if number == 1 { "" } else { "s" })
}
