// nkeys.mjs FOLDER: an operator with an account and a user of it, as nats-server wants them, made for
// this test: FOLDER/operator.conf for the server, user.creds, and stranger.creds of an account that the
// server does not know. Keys are Ed25519, names base32 with a CRC-16; a claim is a JWT signed with them.
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { writeFileSync } from "node:fs";

const folder = process.argv[2];
const kinds = { operator: 14 << 3, account: 0, user: 20 << 3 };

function base32(bytes) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.match(/.{1,5}/g).map((five) => digits[parseInt(five.padEnd(5, "0"), 2)]).join("");
}
function checked(bytes) {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return base32(Buffer.concat([bytes, Buffer.from([crc & 0xff, crc >> 8])]));
}
function party(kind) {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { d, x } = privateKey.export({ format: "jwk" });
  const raw = (text) => Buffer.from(text, "base64url");
  const head = [(18 << 3) | (kinds[kind] >> 5), (kinds[kind] & 31) << 3];
  return { kind, privateKey, name: checked(Buffer.concat([Buffer.from([kinds[kind]]), raw(x)])),
    seed: checked(Buffer.concat([Buffer.from(head), raw(d)])) };
}
function claim(issuer, subject, nats) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iat: 1700000000, iss: issuer.name, sub: subject.name, name: subject.kind,
    nats: { ...nats, type: subject.kind, version: 2 } };
  claims.jti = base32(createHash("sha256").update(JSON.stringify(claims)).digest());
  const signed = `${part({ typ: "JWT", alg: "ed25519-nkey" })}.${part(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), issuer.privateKey).toString("base64url")}`;
}
const frame = (what, text) => `-----BEGIN ${what}-----\n${text}\n------END ${what}------\n`;
function creds(file, account) {
  const user = party("user");
  const jwt = claim(account, user, { subs: -1, data: -1, payload: -1 });
  writeFileSync(`${folder}/${file}`, frame("NATS USER JWT", jwt) + "\n" + frame("USER NKEY SEED", user.seed),
    { mode: 0o600 });
}

const operator = party("operator"), account = party("account"), system = party("account");
const all = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
const store = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };
writeFileSync(`${folder}/operator.conf`, `operator: ${claim(operator, operator, {})}
system_account: ${system.name}
resolver: MEMORY
resolver_preload: {
  ${account.name}: ${claim(operator, account, { limits: { ...all, ...store } })}
  ${system.name}: ${claim(operator, system, { limits: all })}
}
`);
creds("user.creds", account);
creds("stranger.creds", party("account"));
