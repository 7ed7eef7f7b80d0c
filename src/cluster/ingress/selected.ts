import type { Ingress, IngressClass } from './objects.ts';

/** The ingress classes in the controller's arguments. */
interface Classes {
  name: string;
  controller: string;
  withoutClass: boolean;
}

const flag = (args: readonly string[], name: string): string | undefined =>
  args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

export function classesOf(args: readonly string[]): Classes {
  return {
    name: flag(args, 'ingress-class') ?? 'nginx',
    controller: flag(args, 'controller-class') ?? 'k8s.io/ingress-nginx',
    withoutClass: flag(args, 'watch-ingress-without-class') === 'true',
  };
}

/** `namespace/name` of the service for requests without a rule. */
export const defaultBackendOf = (args: readonly string[]): string | undefined =>
  flag(args, 'default-backend-service');

/** Ingresses that this controller is to serve, the oldest first: it wins where two have the same path. */
export function servedIngresses(
  ingresses: readonly Ingress[],
  classes: readonly IngressClass[],
  own: Classes,
): Ingress[] {
  const names = classes
    .filter(({ spec }) => spec.controller === own.controller)
    .map(({ metadata }) => metadata.name);
  return ingresses
    .filter(({ metadata, spec }) => {
      const annotated = metadata.annotations?.['kubernetes.io/ingress.class'];
      if (annotated !== undefined) return annotated === own.name;
      if (spec.ingressClassName !== undefined) return names.includes(spec.ingressClassName);
      return own.withoutClass;
    })
    .sort(
      (one, other) =>
        (one.metadata.creationTimestamp ?? '').localeCompare(other.metadata.creationTimestamp ?? '') ||
        `${one.metadata.namespace}/${one.metadata.name}`.localeCompare(
          `${other.metadata.namespace}/${other.metadata.name}`,
        ),
    );
}
