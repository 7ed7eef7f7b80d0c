import { type FieldError, field } from '../request/errors.ts';
import { at, type Fields, numberOf, recordOf, recordsOf, stringsOf, textOf, textsOf } from '../values.ts';
import { labelErrors } from './metadata.ts';
import { labelProblem, qualifiedNameProblem, subdomainProblem } from './names.ts';
import { portProblem, quantityOf, quantityProblem } from './numbers.ts';

const policies = ['Always', 'OnFailure', 'Never'];
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

export function validatePodSpec(spec: Fields, path: string, allowedPolicies = policies): FieldError[] {
  const volumes = recordsOf(spec.volumes);
  const names = new Set<string>();
  const errors = [...volumeErrors(volumes, `${path}.volumes`)];
  const containers = recordsOf(spec.containers);
  if (containers.length === 0) errors.push(field.required(`${path}.containers`));
  for (const list of ['containers', 'initContainers']) {
    for (const [index, container] of recordsOf(spec[list]).entries()) {
      const where = `${path}.${list}[${index}]`;
      errors.push(...containerErrors(container, where, volumes));
      const name = textOf(container.name);
      if (names.has(name)) errors.push(field.duplicate(`${where}.name`, name));
      names.add(name);
    }
  }
  errors.push(...hostPortErrors(containers, path));
  if (!policies.includes(textOf(spec.restartPolicy))) {
    errors.push(field.unsupported(`${path}.restartPolicy`, spec.restartPolicy, policies));
  } else if (!allowedPolicies.includes(textOf(spec.restartPolicy))) {
    errors.push(field.unsupported(`${path}.restartPolicy`, spec.restartPolicy, allowedPolicies));
  }
  if (!dnsPolicies.includes(textOf(spec.dnsPolicy))) {
    errors.push(field.unsupported(`${path}.dnsPolicy`, spec.dnsPolicy, dnsPolicies));
  }
  if (numberOf(spec.terminationGracePeriodSeconds) < 0) {
    const value = spec.terminationGracePeriodSeconds;
    errors.push(
      field.invalid(`${path}.terminationGracePeriodSeconds`, value, 'must be greater than or equal to 0'),
    );
  }
  errors.push(...labelErrors(stringsOf(spec.nodeSelector), `${path}.nodeSelector`));
  errors.push(...userErrors(recordOf(spec.securityContext), path));
  errors.push(...nameErrors(spec));
  return errors;

  function nameErrors(from: Fields): FieldError[] {
    return (['nodeName', 'serviceAccountName', 'hostname'] as const).flatMap((name) => {
      const value = textOf(from[name]);
      const problem = name === 'hostname' ? labelProblem(value) : subdomainProblem(value);
      return value === '' || problem === undefined ? [] : [field.invalid(`${path}.${name}`, value, problem)];
    });
  }
}

function containerErrors(container: Fields, path: string, volumes: Fields[]): FieldError[] {
  const errors: FieldError[] = [];
  const name = textOf(container.name);
  const problem = labelProblem(name);
  if (name === '') errors.push(field.required(`${path}.name`));
  else if (problem !== undefined) errors.push(field.invalid(`${path}.name`, name, problem));
  const image = textOf(container.image);
  if (image === '') errors.push(field.required(`${path}.image`));
  else if (image.trim() !== image) {
    errors.push(field.invalid(`${path}.image`, image, 'must not have leading or trailing whitespace'));
  }
  const pull = textOf(container.imagePullPolicy);
  if (!['Always', 'IfNotPresent', 'Never'].includes(pull)) {
    errors.push(field.unsupported(`${path}.imagePullPolicy`, pull, ['Always', 'IfNotPresent', 'Never']));
  }
  errors.push(...portErrors(recordsOf(container.ports), `${path}.ports`));
  for (const [index, variable] of recordsOf(container.env).entries()) {
    if (textOf(variable.name) === '') errors.push(field.required(`${path}.env[${index}].name`));
  }
  errors.push(...mountErrors(recordsOf(container.volumeMounts), `${path}.volumeMounts`, volumes));
  errors.push(...userErrors(recordOf(container.securityContext), path));
  errors.push(...resourceErrors(container, `${path}.resources`));
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (container[probe] !== undefined)
      errors.push(...probeErrors(recordOf(container[probe]), `${path}.${probe}`));
  }
  return errors;
}

function portErrors(ports: Fields[], path: string): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const where = `${path}[${index}]`;
    const errors: FieldError[] = [];
    const name = textOf(port.name);
    if (name !== '' && (name.length > 15 || !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name))) {
      errors.push(
        field.invalid(
          `${where}.name`,
          name,
          name.length > 15
            ? 'must be no more than 15 characters'
            : 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        ),
      );
    }
    if (name !== '' && names.has(name)) errors.push(field.duplicate(`${where}.name`, name));
    names.add(name);
    const number = portProblem(port.containerPort);
    if (port.containerPort === undefined || port.containerPort === 0)
      errors.push(field.required(`${where}.containerPort`));
    else if (number !== undefined)
      errors.push(field.invalid(`${where}.containerPort`, port.containerPort, number));
    if (port.hostPort !== undefined && port.hostPort !== 0) {
      const host = portProblem(port.hostPort);
      if (host !== undefined) errors.push(field.invalid(`${where}.hostPort`, port.hostPort, host));
    }
    if (!protocols.includes(textOf(port.protocol))) {
      errors.push(field.unsupported(`${where}.protocol`, port.protocol, protocols));
    }
    return errors;
  });
}

export const protocols = ['TCP', 'UDP', 'SCTP'];

function hostPortErrors(containers: Fields[], path: string): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap((container, index) =>
    recordsOf(container.ports).flatMap((port, inner) => {
      if (!port.hostPort) return [];
      const value = `${port.protocol}/${textOf(port.hostIP)}/${port.hostPort}`;
      const again = taken.has(value);
      taken.add(value);
      return again ? [field.duplicate(`${path}.containers[${index}].ports[${inner}].hostPort`, value)] : [];
    }),
  );
}

function volumeErrors(volumes: Fields[], path: string): FieldError[] {
  const names = new Set<string>();
  return volumes.flatMap((volume, index) => {
    const name = textOf(volume.name);
    const errors: FieldError[] = [];
    const problem = labelProblem(name);
    if (name === '') errors.push(field.required(`${path}[${index}].name`));
    else if (problem !== undefined) errors.push(field.invalid(`${path}[${index}].name`, name, problem));
    if (names.has(name)) errors.push(field.duplicate(`${path}[${index}].name`, name));
    names.add(name);
    if (Object.keys(volume).length > 2) {
      const second = Object.keys(volume).filter((key) => key !== 'name')[1];
      errors.push(field.forbidden(`${path}[${index}].${second}`, 'may not specify more than 1 volume type'));
    }
    return errors;
  });
}

function mountErrors(mounts: Fields[], path: string, volumes: Fields[]): FieldError[] {
  const paths = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const where = `${path}[${index}]`;
    const errors: FieldError[] = [];
    const name = textOf(mount.name);
    if (name === '') errors.push(field.required(`${where}.name`));
    if (!volumes.some((volume) => volume.name === name)) errors.push(field.notFound(`${where}.name`, name));
    const mountPath = textOf(mount.mountPath);
    if (mountPath === '') errors.push(field.required(`${where}.mountPath`));
    else if (paths.has(mountPath))
      errors.push(field.invalid(`${where}.mountPath`, mountPath, 'must be unique'));
    paths.add(mountPath);
    return errors;
  });
}

function resourceErrors(container: Fields, path: string): FieldError[] {
  const resources = recordOf(container.resources);
  const errors = ['limits', 'requests'].flatMap((kind) =>
    Object.entries(stringsOf(resources[kind])).flatMap(([name, value]) => {
      const where = `${path}.${kind}[${name}]`;
      const problem = quantityProblem(value);
      if (problem !== undefined) return [field.invalid(where, value, problem)];
      const nameProblem = qualifiedNameProblem(name);
      return nameProblem === undefined ? [] : [field.invalid(where, name, nameProblem)];
    }),
  );
  if (errors.length > 0) return errors;
  const limits = stringsOf(resources.limits);
  return Object.entries(stringsOf(resources.requests)).flatMap(([name, value]) => {
    const limit = limits[name];
    if (limit === undefined || quantityOf(value) <= quantityOf(limit)) return [];
    const detail = `must be less than or equal to ${name} limit of ${limit}`;
    return [field.invalid(`${path}.requests`, value, detail)];
  });
}

function userErrors(context: Fields, path: string): FieldError[] {
  return ['runAsUser', 'runAsGroup'].flatMap((name) => {
    const id = context[name];
    if (typeof id !== 'number' || (id >= 0 && id <= 2147483647)) return [];
    return [
      field.invalid(`${path}.securityContext.${name}`, id, 'must be between 0 and 2147483647, inclusive'),
    ];
  });
}

function probeErrors(probe: Fields, path: string): FieldError[] {
  const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'].filter((name) => probe[name] !== undefined);
  if (handlers.length === 0) return [field.required(path, 'must specify a handler type')];
  const [, second] = handlers;
  if (second !== undefined) {
    return [field.forbidden(`${path}.${second}`, 'may not specify more than 1 handler type')];
  }
  const errors: FieldError[] = [];
  for (const name of ['httpGet', 'tcpSocket', 'grpc']) {
    if (probe[name] === undefined) continue;
    const { port } = at(probe, name);
    const problem = typeof port === 'number' ? portProblem(port) : undefined;
    if (problem !== undefined) errors.push(field.invalid(`${path}.${name}.port`, port, problem));
  }
  if (probe.exec !== undefined && textsOf(at(probe, 'exec').command).length === 0) {
    errors.push(field.required(`${path}.exec.command`));
  }
  return errors;
}
