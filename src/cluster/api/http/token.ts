import type { ApiObject } from '../../store/objects.ts';
import { timestamp } from '../deletion.ts';
import { field, internal, invalid } from '../request/errors.ts';
import type { Subresource } from '../resources.ts';
import { at, numberOf, textsOf } from '../values.ts';
import { objectOf, parsedBody } from './body.ts';
import type { ServerContext } from './common.ts';
import { type Exchange, sendJson } from './exchange.ts';

/** kubectl create token. */
export async function sendToken(
  exchange: Exchange,
  account: ApiObject,
  { tokens, now }: ServerContext,
  sub: Subresource,
): Promise<void> {
  const asked = objectOf(await parsedBody(exchange), sub, exchange);
  if (tokens === undefined) throw internal('this API server has no key to sign tokens with');
  const spec = at(asked, 'spec');
  const seconds = numberOf(spec.expirationSeconds) || 3600;
  if (seconds < 600) {
    const detail = 'may not specify a duration less than 10 minutes';
    throw invalid(sub, '', [field.invalid('spec.expirationSeconds', seconds, detail)]);
  }
  const { namespace = '', name, uid = '' } = account.metadata;
  const token = tokens.issue({ namespace, name, uid }, textsOf(spec.audiences), now(), seconds);
  const expirationTimestamp = timestamp(new Date(now().getTime() + seconds * 1000));
  const audiences = textsOf(spec.audiences);
  sendJson(exchange.response, 201, {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name, namespace, creationTimestamp: timestamp(now()) },
    spec: {
      audiences: audiences.length === 0 ? ['https://kubernetes.default.svc.cluster.local'] : audiences,
      expirationSeconds: seconds,
      boundObjectRef: null,
    },
    status: { token, expirationTimestamp },
  });
}
