import t from 'tap';
import { ApiError } from '../../../src/cluster/api/request/errors.ts';
import { decode } from '../../../src/cluster/api/types/decode.ts';
import { fieldsOf, type Type, typeNames } from '../../../src/cluster/api/types/types.ts';

function refusal(kind: string, value: unknown): string {
  try {
    return decode(kind, 'v1', value).strict.join(', ');
  } catch (error) {
    return error instanceof ApiError ? error.message : String(error);
  }
}

t.test('every type that a table names has a line of its own', async (t) => {
  const innermost = (type: Type): Type => ('of' in type ? innermost(type.of) : type);
  for (const name of typeNames()) {
    for (const { type } of fieldsOf(name).values()) {
      const last = innermost(type);
      if (last.is === 'struct') t.doesNotThrow(() => fieldsOf(last.name), `${name}: ${last.name}`);
    }
  }
});

t.test('unknown fields are named by their path and left out', async (t) => {
  const pod = { spec: { containers: [{ name: 'a', imagee: 'b' }], hostnet: true } };
  const { object, strict } = decode('Pod', 'v1', pod);
  t.same(strict, ['unknown field "spec.containers[0].imagee"', 'unknown field "spec.hostnet"']);
  t.same(object, { spec: { containers: [{ name: 'a' }] } });
});

t.test('a value of a wrong type is refused in the words of the API server', async (t) => {
  const cannot = (kind: string, what: string) =>
    `${kind} in version "v1" cannot be handled as a ${kind}: json: cannot unmarshal ${what}`;
  t.equal(
    refusal('Deployment', { spec: { replicas: 'two' } }),
    cannot('Deployment', 'string into Go struct field DeploymentSpec.spec.replicas of type int32'),
  );
  t.equal(
    refusal('Pod', { spec: { containers: [{ env: [{ name: 'A', value: 1 }] }] } }),
    cannot('Pod', 'number into Go struct field EnvVar.spec.containers.env.value of type string'),
  );
  t.equal(
    refusal('Service', { spec: { ports: {} } }),
    cannot('Service', 'object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort'),
  );
});
