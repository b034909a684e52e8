/** Loaded when a password is at hand: it takes 10 ms, which the first frame need not wait for (PERF-01). */
const crypto = async () => import('node:crypto');

/** OWASP's scrypt parameters that need 32 MiB (REL-07): a console stays small while it signs somebody in. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const BYTES = 32;

async function derive(password: string, salt: Buffer, { N, r, p }: typeof COST): Promise<Buffer> {
  const { scrypt } = await crypto();
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, BYTES, { N, r, p, maxmem: 64 * 2 ** 20 }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** A salted slow hash, `scrypt$N$r$p$salt$key` (USR-11, REL-07). */
export async function hashPassword(password: string): Promise<string> {
  const salt = (await crypto()).randomBytes(16);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Whether a password belongs to a hash. Takes as long for no hash at all, so that timing does not tell who exists. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [kind, N, r, p, salt = '', key = ''] = (hash ?? '').split('$');
  if (kind !== 'scrypt') {
    await derive(password, Buffer.alloc(16), COST);
    return false;
  }
  const expected = Buffer.from(key, 'base64');
  const given = await derive(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) });
  return expected.length === given.length && (await crypto()).timingSafeEqual(expected, given);
}
