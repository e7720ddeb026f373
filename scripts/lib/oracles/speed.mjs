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
// The clock may tick in milliseconds: a batch is so long that a tick is a small part of it. Growing it is the warm-up.
const leastBatch = 50_000, mostRuns = 1e7;
function calibrate(name, run) {
  for (let count = 1; count <= mostRuns; count *= 2) if (batch(count, run) >= leastBatch) return count;
  throw new Error(`${name}: the clock of CPU time does not move`);
}
function report(name, run) {
  const count = calibrate(name, run);
  const times = [];
  const end = now() + seconds * 1e6;
  while (times.length < 5 || now() < end) times.push(batch(count, run) / count);
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1];
  if (!(median > 0)) throw new Error(`${name}: ${median} us is no measurement`);
  console.log(`${name} ${median.toFixed(2)}`);
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
