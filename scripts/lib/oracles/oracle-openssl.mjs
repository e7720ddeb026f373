import crypto from 'node:crypto';
import { accepted, ask, bytes, fixed, hex, same } from './exchange.mjs';

export const version = `node ${process.version}, OpenSSL ${process.versions.openssl}`;

const publicKeyOf = (type, raw) => crypto.createPublicKey({ key: Buffer.from(raw), format: 'raw-public', asymmetricKeyType: type });
const rawPublic = (key) => new Uint8Array(key.export({ format: 'raw-public' }));

async function kem(name, type) {
  const seed = fixed(64);
  const key = crypto.createPrivateKey({ key: Buffer.from(seed), format: 'raw-seed', asymmetricKeyType: type });
  const [ek, dk] = (await ask(name, 'keygen', seed)).split(' ');
  await same([rawPublic(crypto.createPublicKey(key)), bytes(dk)], name, 'keygen', seed);
  const { sharedKey, ciphertext } = crypto.encapsulate(publicKeyOf(type, bytes(ek)));
  await same(new Uint8Array(sharedKey), name, 'decaps', dk, new Uint8Array(ciphertext));
  const damaged = Uint8Array.from(ciphertext);
  damaged[5] ^= 128;
  await same(new Uint8Array(crypto.decapsulate(key, damaged)), name, 'decaps', dk, damaged);
  const m = fixed(32);
  const [shared, made] = (await ask(name, 'encaps', ek, m)).split(' ');
  if (hex(crypto.decapsulate(key, bytes(made))) !== shared) throw new Error(`${name}: OpenSSL decapsulates ours differently`);
  await same([bytes(shared), bytes(made)], name, 'encaps', ek, m);
}

async function signature(name, type, seedSize, rawPrivate) {
  const message = fixed(50);
  let key, secret;
  if (rawPrivate) {
    key = crypto.generateKeyPairSync(type).privateKey;
    secret = hex(key.export({ format: 'raw-private' }));
  } else {
    const seed = fixed(seedSize);
    key = crypto.createPrivateKey({ key: Buffer.from(seed), format: 'raw-seed', asymmetricKeyType: type });
    const mine = (await ask(name, 'keygen', seed)).split(' ');
    secret = mine[1];
    await same([rawPublic(crypto.createPublicKey(key)), bytes(secret)], name, 'keygen', seed);
  }
  const publicKey = crypto.createPublicKey(key), raw = rawPublic(publicKey), nothing = new Uint8Array();
  const made = new Uint8Array(crypto.sign(null, message, key));
  await same('true', name, 'verify', raw, message, nothing, made);
  const ours = bytes(await ask(name, 'sign', secret, message, '-', fixed(rawPrivate ? raw.length / 2 : 32)));
  await accepted(crypto.verify(null, message, publicKey, ours), name, 'verify', raw, message, nothing, ours);
  made[made.length - 40] ^= 2;
  if (!rawPrivate) await same(crypto.verify(null, message, publicKey, made), name, 'verify', raw, message, nothing, made);
}

async function symmetric() {
  for (const size of [0, 7, 136, 300]) {
    const data = fixed(size), key = fixed(32), nonce = fixed(12), aad = fixed(5);
    for (const hash of ['sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-512'])
      await same(new Uint8Array(crypto.createHash(hash).update(data).digest()), hash, 'hash', data);
    for (const [name, type] of [['aes256gcm', 'aes-256-gcm'], ['chacha20poly1305', 'chacha20-poly1305']]) {
      const cipher = crypto.createCipheriv(type, key, nonce, { authTagLength: 16 });
      cipher.setAAD(aad);
      const made = Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
      await same(new Uint8Array(made), name, 'seal', key, nonce, aad, data);
    }
  }
  if (crypto.argon2Sync) {
    const message = fixed(12), nonce = fixed(16);
    const made = crypto.argon2Sync('argon2id', { message, nonce, parallelism: 2, tagLength: 32, memory: 128, passes: 3 });
    await same(new Uint8Array(made), 'argon2id', 'hash', message, nonce, 128, 3, 2, 32);
  }
}

export async function run() {
  await kem('mlkem768', 'ml-kem-768');
  await kem('mlkem1024', 'ml-kem-1024');
  await signature('mldsa44', 'ml-dsa-44', 32);
  await signature('mldsa65', 'ml-dsa-65', 32);
  await signature('mldsa87', 'ml-dsa-87', 32);
  await signature('SLH-DSA-SHAKE-128f', 'slh-dsa-shake-128f', 48, true);
  await signature('SLH-DSA-SHAKE-128s', 'slh-dsa-shake-128s', 48, true);
  await signature('SLH-DSA-SHAKE-192s', 'slh-dsa-shake-192s', 72, true);
  await signature('SLH-DSA-SHAKE-256s', 'slh-dsa-shake-256s', 96, true);
  await signature('SLH-DSA-SHA2-128s', 'slh-dsa-sha2-128s', 48, true);
  await symmetric();
}
