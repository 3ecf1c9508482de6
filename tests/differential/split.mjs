// Standard input: [{name, format, text, ours}], JSON. Standard output: for each what the splitters
// of npm call the reply, as text, and ours as text.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import EmailReplyParser from "email-reply-parser";
import { JSDOM } from "jsdom";

const planer = createRequire(import.meta.url)("planer");

// Elements that end a line, so that words of two paragraphs do not run together.
const BLOCKS = "br,p,div,li,td,th,h1,h2,h3,h4,h5,h6,hr,pre,dt,dd,blockquote,option,textarea";

function shown(html) {
  const { document } = new JSDOM(html).window;
  document.querySelectorAll("style,script,head,title,template,svg").forEach((element) => element.remove());
  document.querySelectorAll(BLOCKS).forEach((element) => element.after(" "));
  return document.body.textContent;
}

function split({ name, format, text, ours }) {
  if (format === "html") {
    const reply = planer.extractFrom(text, "text/html", new JSDOM(text).window.document);
    return { name, ours: shown(ours), planer: shown(reply) };
  }
  return {
    name,
    ours,
    planer: planer.extractFrom(text, "text/plain"),
    "email-reply-parser": new EmailReplyParser().read(text).getVisibleText(),
  };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(split)));
