// The table of scripts/bench crypto. usage: node compare.mjs <ours> <theirs>
// ours: the JSON of "qssh speed --json", or lines "name microseconds" of "qssh-lab speed"; theirs: lines of speed.mjs. CPU time in all of them.
import { readFileSync } from 'node:fs';
const [ours, theirs] = process.argv.slice(2).map((path) => readFileSync(path, 'utf8'));
const lines = (text) => new Map(text.trim().split('\n').map((line) => line.split(' ')).map(([name, time]) => [name, Number(time)]));
const operations = { 'key generation': 'keygen', encapsulation: 'encaps', decapsulation: 'decaps', sign: 'sign', verify: 'verify' };

function fromJson(text) {
  const times = new Map();
  for (const { group, name, cpuMilliseconds } of JSON.parse(text).rows) {
    if (name === 'SHAKE-256') times.set('shake256-1MiB-absorb', cpuMilliseconds * 1000 * 64); // 16 KiB at a time
    else if (group === 'handshake' && /^chkem1024-falcon512.* login with falcon512$/.test(name)) times.set('handshake', cpuMilliseconds * 1000);
    else {
      const [, algorithm, operation] = /^(\S+) (.+)$/.exec(name) ?? [];
      const key = algorithm?.replace(/^ML-KEM-/, 'mlkem');
      if (operation in operations) times.set(`${key}-${operations[operation]}`, cpuMilliseconds * 1000);
    }
  }
  return times;
}

const own = ours.startsWith('{') ? fromJson(ours) : lines(ours), other = lines(theirs);
// A time that is missing or 0 is a fault of the measurement: told as one, never as a goal missed or met.
const faults = [];
const isTime = (time) => Number.isFinite(time) && time > 0;
const microseconds = (time) => time < 1000 ? `${time.toFixed(1)} us` : `${(time / 1000).toFixed(2)} ms`;
const row = (name, mine, reference, figure, goal, met) =>
  console.log(`${name.padEnd(26)} qssh ${mine.padStart(12)}   ${reference.padEnd(22)} ${figure.padEnd(10)} (${goal})${met ? '' : '  MISSED'}`);

function beside(name, title, least) {
  if (![own, other].every((times) => isTime(times.get(name)))) return void faults.push(title);
  const ratio = other.get(name) / own.get(name);
  row(title, microseconds(own.get(name)), `OpenSSL ${microseconds(other.get(name))}`, `ratio ${ratio.toFixed(2)}`, `at least ${least}`, ratio >= least);
}

function alone(name, title, limit) {
  if (!isTime(own.get(name))) return void faults.push(title);
  row(title, microseconds(own.get(name)), '', '', `at most ${microseconds(limit)}`, own.get(name) <= limit);
}

for (const operation of ['keygen', 'encaps', 'decaps']) beside(`mlkem1024-${operation}`, `ML-KEM-1024 ${operation}`, 0.7);
for (const operation of ['keygen', 'sign', 'verify']) beside(`mldsa65-${operation}`, `ML-DSA-65 ${operation}`, 0.7);
// At most 1.5 times the time.
beside('slhdsa-shake-128f-sign', 'SLH-DSA-SHAKE-128f sign', 0.67);
alone('falcon512-keygen', 'Falcon-512 keygen', 40000);
alone('falcon512-sign', 'Falcon-512 sign', 1500);
alone('falcon512-verify', 'Falcon-512 verify', 60);
const absorb = own.get('shake256-1MiB-absorb'), rate = 1048576 / absorb;
if (isTime(absorb)) row('SHAKE-256, one state', `${rate.toFixed(0)} MB/s`, '', '', 'at least 350 MB/s', rate >= 350);
else faults.push('SHAKE-256');
if (own.has('handshake')) alone('handshake', 'handshake and login, both', 4000);
if (faults.length > 0) {
  console.error(`not measured: ${faults.join(', ')}`);
  process.exitCode = 1;
}
