/** Numbers for Prometheus, kept by hand: a counter and a histogram per method are all there is. */
export interface Metrics {
  request(method: string, code: string, seconds: number): void;
  connection(change: 1 | -1): void;
  terminal(change: 1 | -1): void;
  /** A connection the server ended, by reason. */
  cut(reason: string): void;
  text(gauges: { version: string; sessions: number; machines: number }): string;
}

const buckets = [0.001, 0.005, 0.025, 0.1, 0.5, 2, 10, 60];

interface Durations {
  counts: number[];
  sum: number;
  count: number;
}

/** One for all doors of a daemon. */
export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const durations = new Map<string, Durations>();
  const cuts = new Map<string, number>();
  let connections = 0;
  let terminals = 0;

  return {
    request(method, code, seconds) {
      increase(requests, labels({ method, code }));
      observe(durations, method, seconds);
    },
    connection(change) {
      connections += change;
    },
    terminal(change) {
      terminals += change;
    },
    cut(reason) {
      increase(cuts, labels({ reason }));
    },
    text({ version, sessions, machines }) {
      return [
        family('hoplab_info', 'gauge', 'Version of the daemon.', [[labels({ version }), 1]]),
        family('hoplab_sessions', 'gauge', 'Sessions there are.', [['', sessions]]),
        family('hoplab_machines', 'gauge', 'Machines that live.', [['', machines]]),
        family('hoplab_connections', 'gauge', 'Open WebSocket connections.', [['', connections]]),
        family('hoplab_terminals', 'gauge', 'Open terminals.', [['', terminals]]),
        family('hoplab_connections_cut_total', 'counter', 'Connections the daemon ended, by reason.', cuts),
        family('hoplab_requests_total', 'counter', 'Requests answered, by method and outcome.', requests),
        histogram('hoplab_request_seconds', 'Time from request to answer.', durations),
        family('process_resident_memory_bytes', 'gauge', 'Resident memory of the daemon.', [
          ['', process.memoryUsage.rss()],
        ]),
      ].join('');
    },
  };
}

function increase(counters: Map<string, number>, key: string): void {
  counters.set(key, (counters.get(key) ?? 0) + 1);
}

function observe(durations: Map<string, Durations>, method: string, seconds: number): void {
  const entry = durations.get(method) ?? { counts: buckets.map(() => 0), sum: 0, count: 0 };
  durations.set(method, entry);
  entry.sum += seconds;
  entry.count += 1;
  entry.counts = entry.counts.map((count, index) => count + (seconds <= (buckets[index] ?? 0) ? 1 : 0));
}

function family(name: string, type: string, help: string, values: Iterable<[string, number]>): string {
  return `${heading(name, type, help)}${[...values].map(([key, value]) => `${name}${key} ${value}\n`).join('')}`;
}

function histogram(name: string, help: string, durations: Map<string, Durations>): string {
  const lines = [...durations].flatMap(([method, { counts, sum, count }]) => [
    ...counts.map((each, index) => `${name}_bucket${labels({ method, le: `${buckets[index]}` })} ${each}\n`),
    `${name}_bucket${labels({ method, le: '+Inf' })} ${count}\n`,
    `${name}_sum${labels({ method })} ${sum}\n`,
    `${name}_count${labels({ method })} ${count}\n`,
  ]);
  return heading(name, 'histogram', help) + lines.join('');
}

function heading(name: string, type: string, help: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}

function labels(values: Record<string, string>): string {
  const escaped = (value: string) => value.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n');
  return `{${Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`;
}
