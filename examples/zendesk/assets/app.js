// Stands in front of Submit: a public reply is shown to `replylint serve`, and one with findings is
// not submitted. The sidebar says why, and puts in what to say instead when it is asked to.
//
// A reply that cannot be checked is submitted: a linter that is down must keep nobody from
// answering. The sidebar counts those and says why, and the ticket gets a tag.
"use strict";

const LEVELS = ["advice", "warning", "error"];
const MILLISECONDS = 3000;

// Tickets with a reply that nobody checked carry this tag, so that a view can count them all.
const UNCHECKED = "replylint_unchecked";

// Browsers let no app inside another page store anything, so these last as long as the ticket is open.
const counts = { fine: 0, heldBack: 0, sentAnyway: 0, unchecked: 0, last: "" };

const client = ZAFClient.init();
const element = (id) => document.getElementById(id);

// The SDK holds a reply back when the promise is rejected. One that is kept, be it with `false` or
// with a text, lets the reply through.
client.on("ticket.save", async () => {
  const objection = await beforeSave().catch((reason) => count("unchecked", unchecked(reason)));
  if (objection) {
    throw objection;
  }
});
element("check").addEventListener("click", () => look().catch(unchecked));
showCounts();

/** Resolves to what keeps the reply from being submitted, or to nothing. */
async function beforeSave() {
  const draft = await read();
  if (!draft) {
    show("Internal notes are left alone.");
    return undefined;
  }
  if (element("anyway").checked) {
    element("anyway").checked = false;
    show("Sent as it was.");
    count("sentAnyway");
    return undefined;
  }
  const held = await check(draft);
  count(held.length > 0 ? "heldBack" : "fine");
  return held.length > 0 ? objectionTo(held) : undefined;
}

/** As before submitting, but nothing is held back, and nothing counted. */
async function look() {
  const draft = await read();
  if (draft) {
    await check(draft);
  } else {
    show("There is no public reply to check.");
  }
}

/** What is in the composer; nothing when no customer is to read it. */
async function read() {
  const got = await client.get(["comment.type", "comment.text", "currentUser.name"]);
  const [type, text, agent] = ["comment.type", "comment.text", "currentUser.name"].map((path) => got[path]);
  if (typeof type !== "string" || typeof text !== "string") {
    throw new Error("Zendesk did not say what is in the composer");
  }
  const blank = text.replace(/<[^>]*>|&nbsp;/g, "").trim() === "";
  return type === "internalNote" || blank ? undefined : { text, agent };
}

/** Shows what replylint says of a draft, and resolves to the findings that hold it back. */
async function check({ text, agent }) {
  const { url, level } = (await client.metadata()).settings;
  const answer = await inTime(
    client.request({
      url: `${url.replace(/\/+$/, "")}/v1/check`,
      type: "POST",
      contentType: "application/json",
      dataType: "json",
      // The composer gives HTML, and Markdown where it writes chats.
      data: JSON.stringify({ text, format: /<\w[^>]*>/.test(text) ? "html" : "markdown", ...(agent && { agent }) }),
      // Zendesk's proxy puts the token in; no agent's browser ever has it.
      headers: { Authorization: "Bearer {{setting.token}}" },
      secure: true,
    }),
  );
  const { findings } = typeof answer === "string" ? JSON.parse(answer) : answer;
  const rank = LEVELS.indexOf(level);
  if (rank < 0) {
    throw new Error(`the setting "level" is "${level}", and should be advice, warning or error`);
  }
  show(findings.length > 0 ? "Before you send this:" : "Nothing to change. Ready to send.", findings, text);
  return findings.filter((finding) => LEVELS.indexOf(finding.level) >= rank);
}

function inTime(promise) {
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${MILLISECONDS} ms`)), MILLISECONDS);
  });
  return Promise.race([promise, late]);
}

function objectionTo(findings) {
  const said = findings.map(({ matched, why, prefer }) => {
    const instead = prefer.length > 0 ? ` Say instead: ${prefer[0]}` : "";
    return `${matched ? `“${matched}”: ` : ""}${why}${instead}`;
  });
  return `Not sent. ${said.join(" ")} The replylint app beside the ticket has more, and can send it as it is.`;
}

/** Says that nobody looked at the draft, and returns why. */
function unchecked(reason) {
  // A failed request rejects with what is like an XMLHttpRequest.
  const why = reason?.message ?? `the server answered ${reason?.status || "nothing"}`;
  show(`This could not be checked, and is not held back: ${why}.`);
  return why;
}

function show(state, findings = [], text = "") {
  element("state").textContent = state;
  element("findings").replaceChildren(...findings.map((finding) => item(finding, text)));
  client.invoke("resize", { height: `${document.documentElement.scrollHeight}px` });
}

function item(finding, text) {
  const shown = document.createElement("li");
  shown.className = finding.level;
  const title = document.createElement("strong");
  title.textContent = finding.matched ? `“${finding.matched}”` : "Something is missing";
  shown.append(title, finding.why);
  if (finding.prefer.length > 0) {
    const instead = document.createElement("div");
    instead.append("Say instead:", ...finding.prefer.map((wording) => choice(finding, wording, text)));
    shown.append(instead);
  }
  return shown;
}

/** A button that writes a wording, or its text alone where only a person can write it. */
function choice({ span: { utf16: [start, end] }, matched }, wording, text) {
  // Blanks at either end are the rest of the sentence, which is there already.
  const words = wording.replace(/^[…\s]+|[…\s]+$/g, "");
  const plain = matched && !text.slice(start, end).includes("<");
  if (!plain || words === "" || words.includes("…")) {
    const line = document.createElement("em");
    line.textContent = wording;
    return line;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = wording;
  button.addEventListener("click", () => write(text, start, end, words).catch(unchecked));
  return button;
}

async function write(text, start, end, words) {
  const { "comment.text": now } = await client.get(["comment.text"]);
  // The places are those of the draft that was checked; another one is checked first.
  if (now === text) {
    const escaped = words.replace(/[&<>]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[letter]);
    await client.set("comment.text", text.slice(0, start) + escaped + text.slice(end));
  }
  await look();
}

function count(outcome, reason) {
  counts[outcome] += 1;
  if (reason) {
    counts.last = ` The last of these, at ${new Date().toLocaleTimeString()}: ${reason}.`;
    client.invoke("ticket.tags.add", UNCHECKED);
  }
  showCounts();
}

function showCounts() {
  const { fine, heldBack, sentAnyway, unchecked, last } = counts;
  element("counts").textContent =
    `Since this ticket was opened: fine ${fine}, held back ${heldBack}, sent as they were ${sentAnyway}, not checked ${unchecked}.${last}`;
}
