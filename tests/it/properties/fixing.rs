//! Safe fixes: they come to an end, and leave alone what is skipped.

use proptest::prelude::*;
use replylint::text::Format;
use replylint::{Draft, Language};

use super::{config, shared};

const FIXABLE: [&str; 26] = [
    "basically",
    "Basically",
    "basically",
    "prior to",
    "Prior to",
    "in order to",
    "at this point in time",
    "pls",
    "thx",
    "you",
    "we can",
    "it",
    " ",
    " ",
    " ",
    ", ",
    ".",
    "! ",
    "\n",
    "\r\n",
    "\n\n",
    "> ",
    "{{basically}}",
    " `prior to` ",
    "https://x.example/prior/to",
    "<b>",
];

proptest! {
    #![proptest_config(config())]

    #[test]
    fn fixing_twice_changes_no_more_than_once(
        words in prop::collection::vec(prop::sample::select(&FIXABLE[..]), 0..24),
        format in prop::sample::select(&Format::ALL[..]),
    ) {
        let text = words.concat();
        let draft = |text| Draft::new(text).with_format(format).with_language(Language::parse("en").unwrap());
        let fixed = shared().fix(&draft(&text)).unwrap();
        let again = shared().fix(&draft(&fixed.text)).unwrap();
        prop_assert_eq!(&again.text, &fixed.text, "{:?}", text);
        prop_assert_eq!(again.count, 0);
        // What is skipped is nobody's to change.
        for skipped in ["{{basically}}", "`prior to`", "https://x.example/prior/to"] {
            prop_assert_eq!(text.matches(skipped).count(), fixed.text.matches(skipped).count(), "{:?}", text);
        }
    }
}
