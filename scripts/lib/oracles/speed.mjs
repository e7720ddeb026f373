// Medians of single operations of node's OpenSSL in microseconds of CPU time, a line each: "name microseconds".
// usage: node speed.mjs [seconds]
import crypto from 'node:crypto';
const seconds = Number(process.argv[2] ?? 0.4);
const message = Buffer.alloc(64);
const now = () => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};
function batch(count, run) {
  const start = now();
  for (let i = 0; i < count; i++) run();
  return now() - start;
}
function report(name, run) {
  for (let i = 0; i < 20; i++) run();
  const count = Math.min(1000, Math.max(1, Math.floor(2000 / Math.max(1, batch(1, run)))));
  const times = [];
  const end = now() + seconds * 1e6;
  while (times.length < 5 || now() < end) times.push(batch(count, run) / count);
  times.sort((a, b) => a - b);
  console.log(`${name} ${times[times.length >> 1].toFixed(2)}`);
}
const kem = crypto.generateKeyPairSync('ml-kem-1024');
const { ciphertext } = crypto.encapsulate(kem.publicKey);
report('mlkem1024-keygen', () => crypto.generateKeyPairSync('ml-kem-1024'));
report('mlkem1024-encaps', () => crypto.encapsulate(kem.publicKey));
report('mlkem1024-decaps', () => crypto.decapsulate(kem.privateKey, ciphertext));
for (const [name, type] of [['mldsa65', 'ml-dsa-65'], ['slhdsa-shake-128f', 'slh-dsa-shake-128f']]) {
  const pair = crypto.generateKeyPairSync(type);
  const signature = crypto.sign(null, message, pair.privateKey);
  report(`${name}-keygen`, () => crypto.generateKeyPairSync(type));
  report(`${name}-sign`, () => crypto.sign(null, message, pair.privateKey));
  report(`${name}-verify`, () => crypto.verify(null, message, pair.publicKey, signature));
}
const data = Buffer.alloc(1 << 20);
report('shake256-1MiB-absorb', () => crypto.createHash('shake256', { outputLength: 32 }).update(data).digest());
