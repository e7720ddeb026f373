import * as liboqs from '@openforge-sh/liboqs';
import { readFileSync } from 'node:fs';
import { accepted, ask, bytes, fixed, hex, same } from './exchange.mjs';

const { version: packageVersion } = JSON.parse(readFileSync(new URL('node_modules/@openforge-sh/liboqs/package.json', import.meta.url)));
export const version = `@openforge-sh/liboqs ${packageVersion} (liboqs 0.14.0)`;

async function kem(name, factory) {
  const theirs = await factory();
  const { publicKey, secretKey } = theirs.generateKeyPair();
  const { ciphertext, sharedSecret } = theirs.encapsulate(publicKey);
  await same(sharedSecret, name, 'decaps', secretKey, ciphertext);
  const [ek, dk] = (await ask(name, 'keygen', fixed(64))).split(' ');
  const second = theirs.encapsulate(bytes(ek));
  await same(second.sharedSecret, name, 'decaps', dk, second.ciphertext);
  const m = fixed(32);
  const [shared, made] = (await ask(name, 'encaps', publicKey, m)).split(' ');
  if (hex(theirs.decapsulate(bytes(made), secretKey)) !== shared) throw new Error(`${name}: liboqs decapsulates ours differently`);
  await same([bytes(shared), bytes(made)], name, 'encaps', publicKey, m);
  theirs.destroy();
}

async function signature(name, factory, randomness) {
  const theirs = await factory(), message = fixed(64), nothing = new Uint8Array();
  const { publicKey, secretKey } = theirs.generateKeyPair();
  const context = randomness === 0 ? [] : [nothing];
  await same('true', name, 'verify', publicKey, message, ...context, theirs.sign(message, secretKey));
  const ours = bytes(await ask(name, 'sign', secretKey, message, ...context, ...(randomness === 0 ? [] : [fixed(randomness)])));
  await accepted(theirs.verify(message, ours, publicKey), name, 'verify', publicKey, message, ...context, ours);
  ours[60] ^= 1;
  await same(theirs.verify(message, ours, publicKey), name, 'verify', publicKey, message, ...context, ours);
  theirs.destroy();
}

export async function run() {
  await kem('mlkem768', liboqs.createMLKEM768);
  await kem('mlkem1024', liboqs.createMLKEM1024);
  await signature('mldsa44', liboqs.createMLDSA44, 32);
  await signature('mldsa65', liboqs.createMLDSA65, 32);
  await signature('mldsa87', liboqs.createMLDSA87, 32);
  for (let i = 0; i < 4; i++) await signature('falcon512', liboqs.createFalconPadded512, 0);
  await signature('falcon1024', liboqs.createFalconPadded1024, 0);
  await signature('SLH-DSA-SHAKE-128f', liboqs.createSlhDsaShake128f, 16);
}
