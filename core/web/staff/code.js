/**
 * The code with which a tablet is taken back. The server tries and keeps it; here it is only seen
 * whether it is one, before it goes out.
 */

export const CODE_LEAST = 4, CODE_MOST = 12;

/** null when it will do, else why not: "digits", "short", "long" or "plain" (1111, 1234). */
export function codeProblem(code) {
  if (!/^[0-9]*$/.test(code)) return "digits";
  if (code.length < CODE_LEAST) return "short";
  if (code.length > CODE_MOST) return "long";
  const steps = [...code].slice(1).map((digit, i) => Number(digit) - Number(code[i]));
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1) ? "plain" : null;
}

/** A code that codeProblem finds nothing wrong with; random(n) gives n random bytes. */
export function makeCode(random = (n) => crypto.getRandomValues(new Uint8Array(n))) {
  for (;;) {
    let code = "";
    while (code.length < CODE_LEAST) {
      const byte = random(1)[0];
      if (byte < 250) code += String(byte % 10); // every digit as likely as another
    }
    if (!codeProblem(code)) return code;
  }
}
