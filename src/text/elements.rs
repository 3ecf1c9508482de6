//! What elements of HTML mean to a reader of the agent's prose: which end a paragraph, which are
//! not shown, and which a mail program or a helpdesk puts around words that are not the agent's.
//! A table, read off mails of theirs; where the elements begin and end is found in [`super::html`].

use html5gum::emitters::default::StartTag;

use super::prose::Skip;

/// An element that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// It is left out.
    Skipped(Skip),
    /// It introduces a quotation, which may follow without an element of its own.
    Introduction,
    /// What begins with it is history, to the end of the page.
    Rest,
    /// It has letters of no size; an element in it may have others.
    Shrunk,
}

impl Part {
    /// Whether it is read when quotations are.
    pub(super) fn is_quoted(self) -> bool {
        match self {
            Self::Skipped(kind) => matches!(kind, Skip::Quote | Skip::Signature),
            Self::Introduction | Self::Rest => true,
            Self::Shrunk => false,
        }
    }
}

/// Why an element is not read, if it is not.
pub(super) fn part(tag: &StartTag<usize>) -> Option<Part> {
    match tag.name.as_slice() {
        b"style" | b"script" | b"head" | b"title" | b"template" | b"noscript" | b"svg" | b"object" | b"iframe" => {
            return Some(Part::Skipped(Skip::Markup));
        }
        b"blockquote" => return Some(Part::Skipped(Skip::Quote)),
        _ if tag.attributes.is_empty() => {}
        _ => {
            let marks = Marks::of(tag);
            let marked = marks.hidden().or_else(|| marks.quoted()).or_else(|| marks.signed());
            if marked.is_some() {
                return marked;
            }
        }
    }
    matches!(tag.name.as_slice(), b"pre" | b"code" | b"kbd" | b"samp" | b"tt").then_some(Part::Skipped(Skip::Code))
}

/// Whether an element sets a size for its letters that can be seen.
pub(super) fn sets_size(tag: &StartTag<usize>) -> bool {
    let style = attribute(tag, b"style").unwrap_or_default();
    declarations(&style).any(|(name, value)| name == "font-size" && !is_zero(value))
}

/// The attributes by which an element tells what it is, in lower case.
struct Marks<'t> {
    tag: &'t StartTag<usize>,
    class: String,
    id: String,
    style: String,
}

impl<'t> Marks<'t> {
    fn of(tag: &'t StartTag<usize>) -> Self {
        let value = |name: &[u8]| attribute(tag, name).unwrap_or_default();
        Self { tag, class: value(b"class"), id: value(b"id"), style: value(b"style") }
    }

    fn has(&self, name: &[u8]) -> bool {
        attribute(self.tag, name).is_some()
    }

    fn is(&self, name: &[u8], wanted: &str) -> bool {
        attribute(self.tag, name).is_some_and(|value| value == wanted)
    }

    fn class(&self, wanted: impl Fn(&str) -> bool) -> bool {
        self.class.split_ascii_whitespace().any(wanted)
    }

    /// `aria-hidden` hides nothing from the eye.
    fn hidden(&self) -> Option<Part> {
        let hides = |(name, value): (&str, &str)| match name {
            "display" => value == "none",
            "visibility" => value == "hidden",
            "mso-hide" => value == "all",
            _ => false,
        };
        if self.has(b"hidden") || declarations(&self.style).any(hides) {
            return Some(Part::Skipped(Skip::Markup));
        }
        declarations(&self.style).any(|(name, value)| name == "font-size" && is_zero(value)).then_some(Part::Shrunk)
    }

    fn quoted(&self) -> Option<Part> {
        let introduces = |class: &str| matches!(class, "gmail_attr" | "moz-cite-prefix");
        if self.class(introduces) || self.id == "reply-intro" {
            return Some(Part::Introduction);
        }
        if matches!(self.id.as_str(), "divrplyfwdmsg" | "appendonsend") || self.divides() {
            return Some(Part::Rest);
        }
        let quotes = |class: &str| {
            matches!(
                class,
                "moz-forward-container" | "zmail_extra" | "freshdesk_quote" | "ms-outlook-mobile-reference-message"
            ) || class.ends_with("yahoo_quoted")
        };
        let named = self.id.starts_with("yahoo_quoted")
            || matches!(self.id.as_str(), "olk_src_body_section" | "mail-editor-reference-message-container");
        let cites = self.is(b"type", "cite") && self.tag.name.as_slice() != b"input";
        let framed = self.is(b"name", "quote") && self.tag.name.as_slice() == b"div";
        (named || cites || framed || self.class(quotes)).then_some(Part::Skipped(Skip::Quote))
    }

    /// The line that Outlook and Windows Mail draw above the headers of the original.
    fn divides(&self) -> bool {
        let style: String = self.style.split_ascii_whitespace().collect();
        style.contains("border-top:solid#e1e1e11.0pt")
            || style.contains("border-top:solid#b5c4df1.0pt")
            || (style.contains("border-top-color:rgb(229,229,229)") && style.contains("border-top-style:solid"))
    }

    fn signed(&self) -> Option<Part> {
        let signs = |class: &str| {
            matches!(
                class,
                "gmail_signature"
                    | "gmail_signature_prefix"
                    | "moz-signature"
                    | "protonmail_signature_block"
                    | "signature"
            ) || (class.starts_with("ydp") && class.ends_with("signature"))
        };
        let named = matches!(self.id.as_str(), "signature" | "applemailsignature" | "ms-outlook-mobile-signature");
        let data = [&b"data-signature"[..], b"data-signature-id", b"data-signature-widget"];
        let marked = data.iter().any(|name| self.has(name)) || self.is(b"data-smartmail", "gmail_signature");
        let outlook = self.is(b"name", "_mailautosig") || self.style.contains("mso-bookmark:_mailautosig");
        (self.class(signs) || named || marked || outlook).then_some(Part::Skipped(Skip::Signature))
    }
}

fn attribute(tag: &StartTag<usize>, name: &[u8]) -> Option<String> {
    let (_, value) = tag.attributes.iter().find(|(known, _)| ***known == *name)?;
    Some(String::from_utf8_lossy(&value.value).to_lowercase())
}

/// The declarations of a style.
fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        Some((name.trim(), value.trim().trim_end_matches("!important").trim_end()))
    })
}

/// Whether a length is nothing, in whatever unit.
fn is_zero(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse::<f32>() == Ok(0.0)
}

/// Whether an element begins and ends a line.
pub(super) fn is_block(name: &[u8]) -> bool {
    const BLOCKS: [&[u8]; 53] = [
        b"address",
        b"article",
        b"aside",
        b"blockquote",
        b"body",
        b"button",
        b"caption",
        b"center",
        b"dd",
        b"details",
        b"dialog",
        b"dir",
        b"div",
        b"dl",
        b"dt",
        b"fieldset",
        b"figcaption",
        b"figure",
        b"footer",
        b"form",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"header",
        b"hgroup",
        b"hr",
        b"html",
        b"legend",
        b"li",
        b"main",
        b"menu",
        b"nav",
        b"ol",
        b"optgroup",
        b"option",
        b"p",
        b"pre",
        b"search",
        b"section",
        b"select",
        b"summary",
        b"table",
        b"tbody",
        b"td",
        b"textarea",
        b"tfoot",
        b"th",
        b"thead",
        b"tr",
        b"ul",
    ];
    BLOCKS.contains(&name)
}

/// Whether an element has no content.
pub(super) fn is_void(name: &[u8]) -> bool {
    const VOID: [&[u8]; 13] = [
        b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source", b"track",
        b"wbr",
    ];
    VOID.contains(&name)
}
