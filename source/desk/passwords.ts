/** Loaded when a password is at hand: it takes 10 ms, which the first frame need not wait for (PERF-01). */
const crypto = async () => import('node:crypto');

/** What a hash of a password costs: the parameters of scrypt. */
export type PasswordCost = { readonly N: number; readonly r: number; readonly p: number };

/** OWASP's scrypt parameters that need 32 MiB (REL-07): a console stays small while it signs somebody in. */
export const PASSWORD_COST: PasswordCost = { N: 2 ** 15, r: 8, p: 3 };
const BYTES = 32;

async function derive(password: string, salt: Buffer, { N, r, p }: PasswordCost): Promise<Buffer> {
  const { scrypt } = await crypto();
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, BYTES, { N, r, p, maxmem: 64 * 2 ** 20 }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** A salted slow hash, `scrypt$N$r$p$salt$key` (USR-11, REL-07). */
export async function hashPassword(password: string, cost: PasswordCost): Promise<string> {
  const salt = (await crypto()).randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/**
 * Whether a password belongs to a hash. Takes as long for no hash at all (`cost`: of those that are made now), so that timing does not
 * tell who exists.
 */
export async function verifyPassword(password: string, hash: string | null, cost: PasswordCost): Promise<boolean> {
  const [kind, N, r, p, salt = '', key = ''] = (hash ?? '').split('$');
  if (kind !== 'scrypt') {
    await derive(password, Buffer.alloc(16), cost);
    return false;
  }
  const expected = Buffer.from(key, 'base64');
  const given = await derive(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) });
  return expected.length === given.length && (await crypto()).timingSafeEqual(expected, given);
}
