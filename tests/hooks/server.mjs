// A real `replylint serve` on a free port of the loopback, and the one line that a check prints.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { isDeepStrictEqual } from "node:util";

const WITHIN = 20_000;

/** Starts the server that REPLYLINT names; answers with its address and a way to stop it. */
export async function serve({ token } = {}) {
  const child = spawn(process.env.REPLYLINT, ["serve", "--listen", "127.0.0.1:0"], {
    env: { ...process.env, ...(token && { REPLYLINT_TOKEN: token }) },
    stdio: ["ignore", "ignore", "pipe"],
  });
  process.once("exit", () => child.kill());
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const said = [];
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the server did not start: ${said.join("\n")}`)), WITHIN);
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      const [address] = line.match(/http:\/\/127\.0\.0\.1:\d+/) ?? [];
      if (address) {
        clearTimeout(late);
        resolve(address);
      }
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said.join("\n")}`)));
  });
  await warm(url, token);
  return {
    url,
    stop() {
      child.kill();
      return gone;
    },
  };
}

// A draft too short to tell its language makes all the lexicons ready, which takes a debug build
// longer than a hook waits.
async function warm(url, token) {
  const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(`${url}/v1/check`, { method: "POST", headers, body: '{"text": "OK?"}' });
    if (answer.status === 200) {
      return;
    }
    if (tries === 10) {
      throw new Error(`the server answers ${answer.status}: ${await answer.text()}`);
    }
  }
}

let passed = 0;

/** Fails loudly unless the two are equal. */
export function same(what, found, expected) {
  if (!isDeepStrictEqual(found, expected)) {
    throw new Error(`FAILED: ${what}\n  found    ${JSON.stringify(found)}\n  expected ${JSON.stringify(expected)}`);
  }
  ok(what);
}

/** Fails loudly unless every one of the parts is in the text. */
export function holds(what, text, ...parts) {
  const missing = parts.filter((part) => !String(text).includes(part));
  if (missing.length > 0) {
    throw new Error(`FAILED: ${what}: ${JSON.stringify(missing)} not in:\n${text}`);
  }
  ok(what);
}

export function total() {
  console.log(`${passed} passed, 0 failed`);
}

function ok(what) {
  passed += 1;
  console.log(`ok: ${what}`);
}
