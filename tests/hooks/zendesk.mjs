// The Zendesk app in a headless Chromium, with the sources of Zendesk's SDK, inside a page that
// speaks the protocol of that SDK as Zendesk does: zendesk-host.html.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { holds, same, serve, total } from "./server.mjs";

const [home, source, host, picture] = process.argv.slice(2);
const require = createRequire(join(home, "package.json"));
const { chromium } = require("playwright-core");

/** The modules of the SDK as one script, as its own build makes one. */
function sdk() {
  const names = ["vendor/native-promise-only", "utils", "client", "index"];
  const modules = names.map((name) => {
    const text = readFileSync(require.resolve(`zendesk_app_framework_sdk/lib/${name}.js`), "utf8");
    return `${JSON.stringify(`./${name}`)}: function (module, exports, require) {${text}\n}`;
  });
  return `var ZAFClient = (function () {
    var modules = {${modules.join(",")}};
    function require(name) { var module = { exports: {} }; modules[name](module, module.exports, require); return module.exports; }
    return require("./index");
  })();`;
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const pages = createServer(({ url }, response) => {
  const { pathname } = new URL(url, "http://localhost");
  const file = pathname === "/" ? host : pathname.startsWith("/0/assets/") && join(source, pathname.slice(2));
  try {
    const body = readFileSync(file);
    response.writeHead(200, { "Content-Type": `${TYPES[extname(file)]}; charset=utf-8` }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => pages.listen(0, resolve));

/** What Zendesk's proxy does with a request: it puts secure settings in, and passes the answer on. */
const TOKEN = "lamp-of-the-harbour";
async function proxy({ url, type, contentType, data, headers, secure }) {
  const filled = Object.entries(headers).map(([name, value]) => [name, secure ? value.replace("{{setting.token}}", TOKEN) : value]);
  try {
    const answer = await fetch(url, { method: type, body: data, headers: { "Content-Type": contentType, ...Object.fromEntries(filled) } });
    const text = await answer.text();
    const xhr = { status: answer.status, statusText: answer.statusText, responseText: text };
    return answer.ok ? { ok: true, args: [JSON.parse(text), "success", xhr] } : { ok: false, args: [xhr, "error"] };
  } catch {
    return { ok: false, args: [{ status: 0, statusText: "error", responseText: "" }, "error"] };
  }
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
process.once("exit", () => browser.close());
const page = await browser.newPage({ viewport: { width: 1000, height: 620 } });
page.setDefaultTimeout(15_000);
const wrong = [];
page.on("pageerror", (error) => wrong.push(String(error)));
await page.route("https://static.zdassets.com/**", (route) => route.fulfill({ contentType: "text/javascript", body: sdk() }));
await page.exposeFunction("proxy", proxy);

/** Opens a ticket in which the app has these settings, and waits until it listens. */
async function open(settings) {
  await page.goto(`http://localhost:${pages.address().port}/`);
  await page.evaluate((given) => window.start(given), settings);
  await page.waitForFunction(() => window.said.some(({ key }) => key === "iframe.on:ticket.save"));
}

/** Presses Submit with a draft in the composer. */
const submit = (draft, type = "publicReply") =>
  page.evaluate(
    ([html, kind]) => {
      document.getElementById("composer").innerHTML = html;
      window.type = kind;
      return window.submit();
    },
    [draft, type],
  );
const sidebar = page.frameLocator("iframe");
const seen = async (id) => (await sidebar.locator(id).innerText()).trim();
const tags = () => page.evaluate(() => window.said.flatMap(({ params }) => params?.["ticket.tags.add"] ?? []));
const composer = () => page.locator("#composer").innerHTML();

const BAD = "<p>Hi 😀 <b>You</b> must pay &amp; you must wait.</p>";
const CLEAN = "<p>Hello Anna, the lamp is on its way.</p>";
const LET_THROUGH = { key: "iframe.reply:ticket.save", appGuid: "abc" };

const server = await serve({ token: TOKEN });
await open({ url: `${server.url}/`, level: "warning" });

same("a clean reply is submitted", [await submit(CLEAN), await seen("#state")], [LET_THROUGH, "Nothing to change. Ready to send."]);
const held = await submit(BAD);
same("a bad one is answered with the error that Zendesk shows", [held.key, held.appGuid, Object.keys(held.error ?? {})], ["iframe.reply:ticket.save", "abc", ["msg"]]);
holds("it says what, why and what instead", held.error?.msg, "Not sent. “you must”: Reads as an order from someone the reader is paying. Say instead: ");
holds("and so does the sidebar", await seen("#findings"), "“you must”", "Reads as an order", "“you must wait”", "Please …");
same("the draft is as it was", await composer(), BAD);
await page.screenshot({ path: picture });
same("a wording across markup is shown, and no button", await sidebar.locator("li").first().locator("button").count(), 0);

await submit("<p>Hi 😀 you must pay &amp; more.</p>");
await sidebar.getByRole("button", { name: "please …" }).click();
await page.waitForFunction(() => !document.getElementById("composer").textContent.includes("you must"));
same("a click puts a wording in its place, and nothing else", await composer(), "<p>Hi 😀 please pay &amp; more.</p>");
await submit("<p>You must sign the form.</p>");
await page.evaluate(() => (document.getElementById("composer").innerHTML = "<p>Dear Anna, you must sign the form.</p>"));
await sidebar.getByRole("button", { name: "Please …" }).click();
await sidebar.getByRole("button", { name: "please …" }).waitFor();
same("into a draft that is another by now a click writes nothing", await composer(), "<p>Dear Anna, you must sign the form.</p>");

same("an internal note is left alone", await submit(BAD, "internalNote"), LET_THROUGH);
same("an empty reply is left alone", await submit("<p>&nbsp;<br></p>"), LET_THROUGH);
await sidebar.getByLabel("Send the next reply as it is").check();
same("an internal note does not use the switch up", [await submit(BAD, "internalNote"), await sidebar.getByRole("checkbox").isChecked()], [LET_THROUGH, true]);
same("after the switch the reply is submitted", [await submit(BAD), await seen("#state")], [LET_THROUGH, "Sent as it was."]);
holds("and only that one", JSON.stringify(await submit(BAD)), "Not sent.");
holds("the counts so far", await seen("#counts"), "fine 1, held back 4, sent as they were 1, not checked 0.");
same("and no tag", await tags(), []);
await page.evaluate((html) => (document.getElementById("composer").innerHTML = html), CLEAN);
await sidebar.getByRole("button", { name: "Check now" }).click();
await sidebar.getByText("Ready to send.").waitFor();

await open({ url: server.url, level: "error" });
same("only what reaches the level is held back", [await submit(BAD), await sidebar.locator("li").count()], [LET_THROUGH, 2]);
await open({ url: server.url, level: "wraning" });
same("with a level that is none replies are submitted", await submit(BAD), LET_THROUGH);
holds("and the sidebar says so", await seen("#state"), 'the setting "level" is "wraning"');

await open({ url: server.url, level: "warning" });
await server.stop();
same("without a server replies are submitted", await submit(BAD), LET_THROUGH);
holds("the sidebar says so", await seen("#state"), "This could not be checked, and is not held back: the server answered nothing.");
holds("and counts it", await seen("#counts"), "not checked 1. The last of these, at ", "the server answered nothing");
same("the ticket gets a tag that a view can count", await tags(), ["replylint_unchecked"]);
const wrongToken = await serve({ token: "another-of-the-harbour" });
await open({ url: wrongToken.url, level: "warning" });
same("with a wrong token replies are submitted", await submit(BAD), LET_THROUGH);
holds("and counted", await seen("#counts"), "not checked 1.", "the server answered 401");
await wrongToken.stop();
const silent = createServer(() => {});
await new Promise((resolve) => silent.listen(0, "127.0.0.1", resolve));
await open({ url: `http://127.0.0.1:${silent.address().port}`, level: "warning" });
same("with a server that never answers replies are submitted", await submit(BAD), LET_THROUGH);
holds("and counted", await seen("#counts"), "not checked 1.", "no answer within 3000 ms");
same("nothing went wrong in the page", wrong, []);
total();
process.exit(0);
