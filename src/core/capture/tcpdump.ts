/** tcpdump on one device, or on all with each packet's device in front of it; a pcap stream on its standard output. */
export function tcpdump(device: string | undefined, filter: readonly string[], count?: string): string[] {
  return [
    ...['tcpdump', '-n', '-U', '-w', '-', '--immediate-mode', '--time-stamp-precision=nano'],
    ...(device === undefined || device === 'any' ? ['-i', 'any', '-y', 'LINUX_SLL2'] : ['-i', device]),
    ...(count === undefined ? [] : ['-c', count]),
    '--',
    ...filter,
  ];
}
