// The Rocket.Chat app in the engine that Rocket.Chat runs it with, packed as an administrator
// packs it. Only what the chat server itself would be, its bridges, is ours.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { holds, same, serve, total } from "./server.mjs";

const [home, packed] = process.argv.slice(2);
const require = createRequire(join(home, "package.json"));
const AdmZip = require("adm-zip");
const engine = (path) => require(`@rocket.chat/apps-engine/${path}`);
const { AppManager } = engine("server/AppManager");
const { AppMetadataStorage, AppLogStorage, AppSourceStorage } = engine("server/storage");
const bridges = engine("server/bridges");
const { SlashCommandContext } = engine("definition/slashcommands");

const notices = [];

class Messages extends bridges.MessageBridge {
  async notifyUser(user, message) {
    notices.push({ to: user.username, text: message.text });
  }
}

// As the server's own: it throws when nobody answers, and hands any status on.
class Http extends bridges.HttpBridge {
  async call({ method, url, request }) {
    const answer = await fetch(url, {
      method,
      headers: { "Content-Type": "application/json", ...request.headers },
      body: JSON.stringify(request.data),
      signal: AbortSignal.timeout(request.timeout),
    });
    return { url, method, statusCode: answer.status, content: await answer.text() };
  }
}

class Persistence extends bridges.PersistenceBridge {
  records = new Map();
  key = (associations) => JSON.stringify(associations);
  async readByAssociations(associations) {
    const found = this.records.get(this.key(associations));
    return found ? [JSON.parse(found)] : [];
  }
  async updateByAssociations(associations, data) {
    this.records.set(this.key(associations), JSON.stringify(data));
    return "1";
  }
}

class Commands extends bridges.CommandBridge {
  async doesCommandExist() {
    return false;
  }
  async registerCommand() {}
}

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const ours = {
  getMessageBridge: new Messages(),
  getHttpBridge: new Http(),
  getPersistenceBridge: new Persistence(),
  getCommandBridge: new Commands(),
  getInternalFederationBridge: { getPrivateKey: async () => keys.privateKey, getPublicKey: async () => keys.publicKey },
};
// The engine calls some bridges while it loads an app; the app itself uses none of them.
const unused = new Proxy({}, { get: (_, name) => (name === "then" ? undefined : async () => undefined) });

class Bridges extends bridges.AppBridges {}
for (const name of readMethods(bridges)) {
  Bridges.prototype[name] = () => ours[name] ?? unused;
}

function readMethods() {
  const declared = readFileSync(require.resolve("@rocket.chat/apps-engine/server/bridges/AppBridges.d.ts"), "utf8");
  return [...declared.matchAll(/abstract (get\w+)\(/g)].map(([, name]) => name);
}

class Metadata extends AppMetadataStorage {
  items = new Map();
  create = async (item) => (this.items.set(item.id, item), item);
  update = async (item) => (this.items.set(item.id, item), item);
  retrieveOne = async (id) => this.items.get(id);
  retrieveAll = async () => this.items;
  remove = async () => ({ success: true });
}

const logged = [];

class Logs extends AppLogStorage {
  storeEntries = async (id, logger) => {
    logged.push(...logger.getEntries().filter(({ severity }) => severity !== "debug"));
  };
  find = async () => [];
  getEntriesFor = async () => [];
  removeEntriesFor = async () => {};
}

class Sources extends AppSourceStorage {
  store = async (_, zip) => ((this.zip = zip), "kept");
  update = async (_, zip) => ((this.zip = zip), "kept");
  fetch = async () => this.zip;
  remove = async () => {};
}

const zip = new AdmZip(packed);
const info = JSON.parse(zip.readAsText("app.json"));
const manager = new AppManager({ metadataStorage: new Metadata("test"), logStorage: new Logs("test"), bridges: new Bridges(), sourceStorage: new Sources() });
await manager.load();
const administrator = { id: "admin", username: "admin", type: "user", name: "Admin" };
const installed = await manager.add(readFileSync(packed), { enable: true, permissionsGranted: info.permissions, user: administrator });
same("the app is taken", [installed.getStorageError() ?? null, installed.getApp().getStatus()], [null, "auto_enabled"]);

const set = async (id, value) => {
  const settings = manager.getSettingsManager();
  await settings.updateAppSetting(info.id, { ...settings.getAppSetting(info.id, id), value });
};

const agent = { id: "a", username: "ivo", name: "Ivo", type: "user" };
const visitor = { id: "v", username: "guest-1", name: "Anna", type: "unknown" };
const livechat = { id: "r", type: "l", slugifiedName: "anna", creator: agent, usernames: [] };

/** What becomes of a message: whether it is sent, as what, and what its sender is told. */
async function send(text, { sender = agent, room = livechat } = {}) {
  notices.length = 0;
  const message = { id: "m", room, sender, text };
  const listeners = manager.getListenerManager();
  if (await listeners.executeListener("IPreMessageSentPrevent", message)) {
    return { sent: null, notices: [...notices] };
  }
  const changed = await listeners.executeListener("IPreMessageSentModify", message);
  return { sent: changed.text, notices: [...notices] };
}

async function counts() {
  notices.length = 0;
  await manager.getCommandManager().executeCommand("replylint", new SlashCommandContext(agent, livechat, []));
  return notices[0].text;
}

const BAD = "Hello Anna 😀 you **must** pay today.";
const CLEAN = "Hello Anna, the lamp is on its way.";
const sent = (text) => ({ sent: text, notices: [] });

const server = await serve({ token: "lamp-of-the-harbour" });
await set("url", `${server.url}/`);
await set("token", "lamp-of-the-harbour");

const held = await send(BAD);
same("a message with a finding is not sent, and only its sender is told", [held.sent, held.notices.map(({ to }) => to)], [null, ["ivo"]]);
holds("the notice says what, why, what instead, how to send it anyway, and gives the text back", held.notices[0].text, "“you must”: Reads as an order", "_please …_", "begin it with !!", BAD);
same("a clean message is sent", await send(CLEAN), sent(CLEAN));
same("a message with the word is sent as it is, without the word", await send(`!! ${BAD}`), sent(BAD));
same("what a customer writes is left alone", await send(BAD, { sender: visitor }), sent(BAD));
const internal = { ...livechat, id: "i", type: "c", slugifiedName: "office" };
same("a room of the agents is left alone", await send(BAD, { room: internal }), sent(BAD));
await set("rooms", "help, #office");
same("a room that is named is not", (await send(BAD, { room: internal })).sent, null);
await set("level", "error");
same("only what reaches the level is held back", await send(BAD), sent(BAD));
await set("level", "warning");
await set("word", "");
same("without a word nothing is sent as it is", (await send(`!! ${BAD}`)).sent, null);
holds("the counts so far", await counts(), "Fine: 2.", "Held back: 3.", "Sent as they were: 1.", "Not checked: 0.");

await set("token", "none-of-the-harbour");
same("with a wrong token messages are sent", await send(BAD), sent(BAD));
holds("and counted, with the reason", await counts(), "Not checked: 1.", "the server answered 401");
await set("token", "lamp-of-the-harbour");
await server.stop();
same("without a server messages are sent", await send(BAD), sent(BAD));
holds("and counted", await counts(), "Not checked: 2.", "The last one, at 20");
const warnings = logged.filter(({ severity }) => severity === "warning").map(({ args }) => args.join(" "));
same("and the log of the app has a line for each", warnings.map((line) => line.startsWith("A message was sent unchecked: ")), [true, true]);
total();
process.exit(0);
