//! The README and one story a file, executed as a person would type them.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("README.md").case("tests/cli/*.md");
}
