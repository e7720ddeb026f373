// What an implementation and ours tell each other: lines to qssh-lab, and the record of them.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export const [labPath, oracleName, recordPath] = process.argv.slice(2);
export const lab = spawn(labPath, ['cross'], { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: lab.stdout })[Symbol.asyncIterator]();
export const records = [];
export const count = { agreed: 0, disagreed: 0 };

export const hex = (bytes) => bytes.length === 0 ? '-' : Buffer.from(bytes).toString('hex');
export const bytes = (text) => text === '-' ? new Uint8Array() : new Uint8Array(Buffer.from(text, 'hex'));
const words = (args) => args.map((a) => a instanceof Uint8Array ? hex(a) : String(a)).join(' ');

// The same bytes in every recording.
let counter = 0;
export const fixed = (size) => Uint8Array.from({ length: size }, (_, i) => (i * 31 + counter++ * 17 + 7) & 0xff);

export async function ask(...args) {
  lab.stdin.write(words(args) + '\n');
  return (await answers.next()).value;
}

function note(ok, who, line) {
  if (ok) count.agreed++;
  else {
    count.disagreed++;
    console.error(`${oracleName} and qssh disagree (${who}): ${line.slice(0, 300)}`);
  }
  records.push(`# ${who}`, line);
}

// The other side made the result; ours must give the same.
export async function same(result, ...args) {
  const expected = result instanceof Uint8Array ? hex(result) : Array.isArray(result) ? words(result) : String(result);
  note(await ask(...args) === expected, `by ${oracleName}`, `${words(args)} = ${expected}`);
}

// Ours made something, the other side accepted it: the line that ours answers with true.
export async function accepted(ok, ...args) {
  note(ok && await ask(...args) === 'true', `by qssh, accepted by ${oracleName}`, `${words(args)} = true`);
}
