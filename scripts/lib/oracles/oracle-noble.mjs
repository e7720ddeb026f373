import { readFileSync } from 'node:fs';
import { ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { slh_dsa_shake_128f, slh_dsa_sha2_128f } from '@noble/post-quantum/slh-dsa.js';
import { falcon512padded, falcon1024padded } from '@noble/post-quantum/falcon.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { sha3_256, sha3_512, shake128, shake256 } from '@noble/hashes/sha3.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { argon2id } from '@noble/hashes/argon2.js';
import { gcm } from '@noble/ciphers/aes.js';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { accepted, ask, bytes, fixed, hex, same } from './exchange.mjs';

const versionOf = (name) => JSON.parse(readFileSync(new URL(`node_modules/@noble/${name}/package.json`, import.meta.url))).version;
export const version = ['post-quantum', 'curves', 'hashes', 'ciphers'].map((name) => `@noble/${name} ${versionOf(name)}`).join(', ');

async function kem(name, noble) {
  const seed = fixed(64), m = fixed(32);
  const { publicKey, secretKey } = noble.keygen(seed);
  await same([publicKey, secretKey], name, 'keygen', seed);
  const { cipherText, sharedSecret } = noble.encapsulate(publicKey, m);
  await same([sharedSecret, cipherText], name, 'encaps', publicKey, m);
  await same(sharedSecret, name, 'decaps', secretKey, cipherText);
  const damaged = Uint8Array.from(cipherText);
  damaged[77] ^= 1;
  await same(noble.decapsulate(damaged, secretKey), name, 'decaps', secretKey, damaged);
  const [ek, dk] = (await ask(name, 'keygen', fixed(64))).split(' ');
  const [shared, made] = (await ask(name, 'encaps', ek, hex(fixed(32)))).split(' ');
  if (hex(noble.decapsulate(bytes(made), bytes(dk))) !== shared) throw new Error(`${name}: noble decapsulates ours differently`);
}

async function signature(name, noble, seedSize) {
  const seed = fixed(seedSize), message = fixed(33), context = fixed(9);
  const { publicKey, secretKey } = noble.keygen(seed);
  await same([publicKey, secretKey], name, 'keygen', seed);
  const randomness = fixed(noble.lengths.signRand);
  const made = noble.sign(message, secretKey, { context, extraEntropy: randomness });
  await same(made, name, 'sign', secretKey, message, context, randomness);
  await same('true', name, 'verify', publicKey, message, context, made);
  made[made.length >> 1] ^= 4;
  await same(noble.verify(made, message, publicKey, { context }), name, 'verify', publicKey, message, context, made);
  const ours = bytes(await ask(name, 'sign', secretKey, message, '-', fixed(noble.lengths.signRand)));
  await accepted(noble.verify(ours, message, publicKey), name, 'verify', publicKey, message, new Uint8Array(), ours);
}

async function falcon(name, noble) {
  const seed = fixed(48), message = fixed(40);
  const { publicKey, secretKey } = noble.keygen(seed);
  await same(publicKey, name, 'public', secretKey);
  await same('true', name, 'verify', publicKey, message, noble.sign(message, secretKey));
  const ours = bytes(await ask(name, 'sign', secretKey, message));
  await accepted(noble.verify(ours, message, publicKey), name, 'verify', publicKey, message, ours);
  const [ourKey, ourSecret] = (await ask(name, 'keygen', fixed(48))).split(' ');
  const theirs = noble.sign(message, bytes(ourSecret));
  await same('true', name, 'verify', ourKey, message, theirs);
  theirs[100] ^= 1;
  await same(noble.verify(theirs, message, bytes(ourKey)), name, 'verify', ourKey, message, theirs);
}

async function symmetric() {
  for (const size of [0, 1, 111, 112, 135, 136, 137, 500]) {
    const data = fixed(size);
    await same(sha256(data), 'sha256', 'hash', data);
    await same(sha384(data), 'sha384', 'hash', data);
    await same(sha512(data), 'sha512', 'hash', data);
    await same(sha3_256(data), 'sha3-256', 'hash', data);
    await same(sha3_512(data), 'sha3-512', 'hash', data);
    await same(shake128(data, { dkLen: 300 }), 'shake128', 'hash', data, 300);
    await same(shake256(data, { dkLen: 300 }), 'shake256', 'hash', data, 300);
    await same(blake2b(data, { dkLen: 48 }), 'blake2b', 'hash', data, 48);
    const key = fixed(32), nonce = fixed(12), aad = fixed(13);
    await same(gcm(key, nonce, aad).encrypt(data), 'aes256gcm', 'seal', key, nonce, aad, data);
    await same(chacha20poly1305(key, nonce, aad).encrypt(data), 'chacha20poly1305', 'seal', key, nonce, aad, data);
  }
  const salt = fixed(16), input = fixed(64), info = fixed(10);
  await same(hkdf(sha256, input, salt, info, 100), 'hkdf-sha256', 'derive', salt, input, info, 100);
  await same(hkdf(sha512, input, salt, info, 100), 'hkdf-sha512', 'derive', salt, input, info, 100);
  await same(hkdf(sha3_256, input, salt, info, 100), 'hkdf-sha3-256', 'derive', salt, input, info, 100);
  for (const [m, t, p] of [[64, 1, 1], [96, 3, 2], [256, 2, 4]]) {
    const password = fixed(20);
    await same(argon2id(password, salt, { m, t, p, dkLen: 32 }), 'argon2id', 'hash', password, salt, m, t, p, 32);
  }
  for (let i = 0; i < 4; i++) {
    const scalar = fixed(32), point = x25519.getPublicKey(fixed(32));
    await same(x25519.getSharedSecret(scalar, point), 'x25519', 'agree', scalar, point);
  }
}

export async function run() {
  await kem('mlkem768', ml_kem768);
  await kem('mlkem1024', ml_kem1024);
  await signature('mldsa44', ml_dsa44, 32);
  await signature('mldsa65', ml_dsa65, 32);
  await signature('mldsa87', ml_dsa87, 32);
  await signature('SLH-DSA-SHAKE-128f', slh_dsa_shake_128f, 48);
  await signature('SLH-DSA-SHA2-128f', slh_dsa_sha2_128f, 48);
  await falcon('falcon512', falcon512padded);
  await falcon('falcon1024', falcon1024padded);
  await symmetric();
}
