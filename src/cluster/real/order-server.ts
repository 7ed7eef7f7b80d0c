import {
  createServer as createHttp,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import { lastAddress } from '../node/network-addon.ts';
import { listOf } from '../objects/kinds.ts';
import type { Pod } from '../objects/pod.ts';
import type { ApiObject } from '../store/objects.ts';
import { AddressOrder } from './address-order.ts';
import { changesTo, chooseNode } from './admission.ts';
import type { Mirror } from './mirror.ts';

const webhookPort = 10_300;
export const extenderPort = 10_301;

/** A pod that was given a node a moment ago is not bound in the mirror yet. */
const decided = new Map<string, string>();
const addresses = new AddressOrder(lastAddress);

/** Answers the API server (a mutating webhook) and the scheduler (an extender), on the control plane's own address. */
export async function serveOrder(
  mirror: Mirror,
  tls: { cert: string; key: string },
  plane: string,
): Promise<void> {
  const webhook = createHttps(
    tls,
    answering<Review>((review) => admission(review, mirror)),
  );
  const extender = createHttp(answering<Asked>((asked) => filter(asked, mirror, plane)));
  await Promise.all([listening(webhook, webhookPort), listening(extender, extenderPort)]);
}

/** For the API server: asks hoplab about every pod and service; goes on without an answer. */
export const webhookConfiguration = (ca: string) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'hoplab' },
  webhooks: [
    {
      name: 'order.hoplab.test',
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      failurePolicy: 'Ignore',
      timeoutSeconds: 2,
      clientConfig: {
        url: `https://127.0.0.1:${webhookPort}/`,
        caBundle: Buffer.from(ca).toString('base64'),
      },
      rules: [
        { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] },
        { apiGroups: [''], apiVersions: ['v1'], resources: ['services'], operations: ['CREATE', 'UPDATE'] },
      ],
    },
  ],
});

/** admission.k8s.io/v1, as far as it is read. */
interface Review {
  request: { uid: string; namespace: string; object: ApiObject };
}

function admission({ request }: Review, mirror: Mirror): unknown {
  const known = { pods: listOf(mirror, 'pods'), services: listOf(mirror, 'services') };
  const operations = changesTo(request.object, request.namespace, known);
  const patch =
    operations.length === 0
      ? {}
      : { patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(operations)).toString('base64') };
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: { uid: request.uid, allowed: true, ...patch },
  };
}

interface Asked {
  Pod: Pod;
  NodeNames: string[];
}

async function filter(
  { Pod: pod, NodeNames: names }: Asked,
  mirror: Mirror,
  plane: string,
): Promise<unknown> {
  const pods = listOf(mirror, 'pods').map((each) => {
    const uid = each.metadata.uid ?? '';
    const nodeName = each.spec.nodeName ?? decided.get(uid);
    return nodeName === undefined ? each : { ...each, spec: { ...each.spec, nodeName } };
  });
  const uids = new Set(pods.map(({ metadata }) => metadata.uid));
  for (const uid of decided.keys()) if (!uids.has(uid)) decided.delete(uid);
  const others = pods.filter(({ metadata }) => metadata.uid !== pod.metadata.uid);
  const chosen = chooseNode(pod, names, others, plane);
  const [node] = chosen;
  if (node !== undefined) {
    decided.set(pod.metadata.uid ?? '', node);
    // The scheduler asks for one pod at a time, so the pods behind this one wait, too.
    if (!pod.spec.hostNetwork) await addresses.turn(node);
  }
  return { NodeNames: chosen, FailedNodes: {}, Error: '' };
}

const answering =
  <Asked>(answer: (asked: Asked) => unknown) =>
  async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const part of request.setEncoding('utf8')) text += part;
    try {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(await answer(JSON.parse(text))));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  };

const listening = (server: Server | ReturnType<typeof createHttps>, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
