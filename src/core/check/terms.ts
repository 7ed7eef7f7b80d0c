import { z } from 'zod';
import { inEachLanguage, languages } from '../language.ts';
import { nearest } from '../text/nearest.ts';
import { says } from '../text/said.ts';
import { reasons } from '../verdict/reasons.ts';

/** Names, addresses and numbers as every part of a lab file writes them. */

export const identifier = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, says('expected-identifier'));
/** Also a hostname and the name of a network namespace. */
export const nodeName = z
  .string()
  .max(32)
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, says('expected-node-name'));
/** IFNAMSIZ is 16 with its closing zero (linux/if.h). */
export const linkName = z
  .string()
  .max(15, says('link-name-too-long'))
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, says('expected-link-name'));
export const ip = z.union([z.ipv4(), z.ipv6()], { error: says('expected-ip') });
export const cidr = z.union([z.cidrv4(), z.cidrv6()], {
  error: says('expected-cidr'),
});
/** A text in every language; lint reports a missing one, and the text of another language takes its place. */
export const text = z
  .strictObject(inEachLanguage(() => z.string().min(1).exactOptional()))
  .refine((given) => languages.some((language) => given[language] !== undefined), {
    error: says('expected-words', { languages: languages.join(', ') }),
  })
  .transform((given) => {
    const some = languages.map((language) => given[language]).find((words) => words !== undefined) ?? '';
    return inEachLanguage((language) => given[language] ?? some);
  })
  .pipe(z.strictObject(inEachLanguage(() => z.string())));
export const port = z.int().min(1).max(65535);
/** Bytes of data, as `ping -s` counts them: 8 for ICMP and 20 for IPv4 come on top. */
export const echoSize = z.int().min(0).max(65507);
export const dnsName = z
  .string()
  .max(253)
  .regex(/^(\.|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?)$/, says('expected-name'));
/** A slash stands for a dot in the name of a link (sysctl(8)); a part begins with a letter or digit, so `..` is none. */
export const netKey = z
  .string()
  .regex(/^net\./, says('net-only'))
  .regex(/^\w+(\.[\w@][\w@/-]*)+$/, says('expected-sysctl'));
export const oneLine = z
  .string()
  .min(1)
  .refine((text) => !/[\n\r\0]/.test(text), says('expected-one-line'));
export const stringOrNumber = z.union([oneLine, z.number()]).transform(String).pipe(z.string());
/** A switch is a number too: in YAML 1.2 yes and on are words, which the kernel refuses. */
export const sysctlValue = stringOrNumber.refine((text) => !/^(yes|no|on|off)$/i.test(text), {
  error: says('expected-switch'),
});
/** One text or several. */
export const several = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .transform((one) => [one].flat())
  .pipe(z.array(z.string()));
/** The other end of a veth pair. */
export const peerEnd = z.string().regex(/^[^:\s]+:[^:\s]+$/, says('expected-place'));
const unknownReason =
  (known: readonly string[]) =>
  ({ input }: { input?: unknown }) =>
    typeof input === 'string'
      ? says('unknown-reason', { reason: input, near: nearest(input, known) ?? '' })
      : says('expected-reason');
export const reason = z.enum(reasons, { error: unknownReason(reasons) });
/** The expected outcome of a probe: success, or the reason for which it must fail. */
export const expectation = <const Right extends string>(right: Right) => {
  const known = [right, ...reasons] as const;
  return z.enum(known, { error: unknownReason(known) });
};
/** A ping that must succeed before a failure of the probe itself means anything. */
export const control = z.strictObject({ from: nodeName, to: ip });
