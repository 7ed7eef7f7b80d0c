import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { isRecord, numberOf, recordOf, textOf } from '../values.ts';

interface Account {
  namespace: string;
  name: string;
  uid: string;
}

const issuer = 'https://kubernetes.default.svc.cluster.local';

/** Tokens of service accounts: JSON web tokens signed with a key of the API server. */
export class Tokens {
  readonly #private: KeyObject;
  readonly #public: KeyObject;

  constructor(key: string) {
    this.#private = createPrivateKey(key);
    this.#public = createPublicKey(this.#private);
  }

  issue({ namespace, name, uid }: Account, audiences: string[], now: Date, seconds: number): string {
    const begin = Math.floor(now.getTime() / 1000);
    const claims = {
      aud: audiences.length === 0 ? [issuer] : audiences,
      exp: begin + seconds,
      iat: begin,
      iss: issuer,
      'kubernetes.io': { namespace, serviceaccount: { name, uid } },
      nbf: begin,
      sub: `system:serviceaccount:${namespace}:${name}`,
    };
    const alg = this.#private.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256';
    const text = `${encoded({ alg, typ: 'JWT' })}.${encoded(claims)}`;
    const signature = sign('sha256', Buffer.from(text), { key: this.#private, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  }

  /** The account of a token that this server has signed and that is still valid. */
  read(token: string, now: Date): Account | undefined {
    const [head = '', body = '', signature = ''] = token.split('.');
    const signed = Buffer.from(`${head}.${body}`);
    const key = { key: this.#public, dsaEncoding: 'ieee-p1363' as const };
    if (!verify('sha256', signed, key, Buffer.from(signature, 'base64url'))) return undefined;
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    if (!isRecord(claims) || numberOf(claims.exp) * 1000 <= now.getTime()) return undefined;
    const own = recordOf(claims['kubernetes.io']);
    const account = recordOf(own.serviceaccount);
    return { namespace: textOf(own.namespace), name: textOf(account.name), uid: textOf(account.uid) };
  }
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
