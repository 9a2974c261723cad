// tap.mjs: tests are collected with test(), and run() speaks TAP of all of them.
const tests = [];

// test NAME BODY: the body throws when it does not hold.
export const test = (name, body) => tests.push({ name, body });

// nothing FOUND: throws, with every line of what was found, unless there is nothing.
export function nothing(found) {
  if (found.length > 0) throw new Error(found.join("\n"));
}

// run: every test in the order it was collected; the exit code
export async function run() {
  console.log(`1..${tests.length}`);
  let bad = 0;
  for (const [at, { name, body }] of tests.entries()) {
    try {
      await body();
      console.log(`ok ${at + 1} - ${name}`);
    } catch (error) {
      bad = 1;
      const said = error.message.includes("\n") || error.name === "Error" ? error.message : error.stack;
      console.log(`not ok ${at + 1} - ${name}\n${said.replace(/^/gm, "# ")}`);
    }
  }
  return bad;
}
