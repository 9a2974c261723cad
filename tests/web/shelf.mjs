// shelf.mjs: an instrument that is put on the shelf while the server runs, with the outputs that it is given.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { holds, play, raise, same, test, top } from "./stage.mjs";

const house = mkdtempSync(join(tmpdir(), "verbond-house-")), shelf = join(house, "shelf");
mkdirSync(shelf);
process.on("exit", () => rmSync(house, { recursive: true, force: true }));
cpSync(join(top, "instruments/pulse"), join(shelf, "pulse"), { recursive: true });
writeFileSync(join(house, "config.lua"), `return {
  outputs = {
    archive = { plugin = "jsonl", options = { path = "all.jsonl" } },
    study = { plugin = "jsonl", options = { path = "study.jsonl" }, instruments = { "mixed" } },
  },
}
`, { mode: 0o600 });
const stage = await raise({ chromium: false, env: { VERBOND_INSTRUMENTS: shelf, VERBOND_CONFIG: join(house, "config.lua") } });

/** Both share; the lines of this output then, as soon as there is one. */
async function runs(instrument, output) {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument });
  const client = await stage.seat((await anna.invite(round, "client")).link), worker = await stage.staff("anna");
  await worker.turn(round);
  for (const one of [client, worker]) {
    await one.begin("nl");
    await one.fill();
    await one.share();
  }
  for (const until = Date.now() + 20000; Date.now() < until;) {
    try {
      const lines = readFileSync(join(house, output), "utf8").split("\n").filter((line) => line.includes(round));
      if (lines.length > 0) return lines.length;
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
    await new Promise((done) => setImmediate(done));
  }
  return 0;
}

test("what is not on the shelf begins no round", async () => {
  const anna = await stage.staff("anna");
  const refused = await anna.round({ instrument: "mirrored" }).then(() => null, (error) => error);
  holds(refused !== null, "a round of nothing");
});

test("an instrument that comes while the server runs is begun with at once, and goes where all go", async () => {
  cpSync(join(top, "tests/web/instruments/mirrored"), join(shelf, "mirrored"), { recursive: true });
  same(await runs("mirrored", "all.jsonl"), 1, "lines of the archive");
  const anna = await stage.staff("anna");
  const { instruments } = await anna.get("/staff/instruments");
  holds(instruments.some((one) => one.id === "mirrored"), "it is in no list");
});

test("one that the configuration names before it is there goes to its own output as well", async () => {
  cpSync(join(top, "tests/web/instruments/mixed"), join(shelf, "mixed"), { recursive: true });
  same(await runs("mixed", "study.jsonl"), 1, "lines of the study");
});

await play(stage, 1);
