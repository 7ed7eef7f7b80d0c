import type { Location, Site, Upstream } from './sites.ts';

/** Without a secret: the controller's own certificate. */
export const certificateFile = (secret: string): string =>
  secret === '' ? '/tmp/fake' : `/etc/nginx/tls/${secret.replace('/', '-')}`;

const head = `daemon off;
worker_processes 1;
pid /tmp/nginx.pid;
error_log /dev/stderr notice;
events { worker_connections 512; }
http {
  log_format upstreaminfo '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
    '[$proxy_upstream_name] $upstream_addr $upstream_status';
  access_log /dev/stdout upstreaminfo;
  client_body_temp_path /tmp/body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  server_tokens off;
  server_names_hash_bucket_size 128;
  proxy_http_version 1.1;
  proxy_redirect off;
  proxy_connect_timeout 5s;
  proxy_next_upstream error timeout;
  proxy_next_upstream_tries 3;
  proxy_set_header Host $http_host;
  proxy_set_header X-Request-ID $request_id;
  proxy_set_header X-Real-IP $remote_addr;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header X-Forwarded-Port $server_port;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header X-Scheme $scheme;
  proxy_set_header Proxy "";
  proxy_set_header Connection "";
`;

/** nginx.conf as ingress-nginx makes it, with addresses in place of its Lua balancer: a change is a reload. */
export function nginxConf(sites: readonly Site[], fallback: Upstream | null): string {
  const standard = fallback ?? { name: 'upstream-default-backend', servers: ['127.0.0.1:8181'] };
  const upstreams = new Map<string, Upstream>();
  for (const each of [
    standard,
    ...sites.flatMap(({ locations }) => locations.map(({ upstream }) => upstream)),
  ])
    if (each.servers.length > 0) upstreams.set(each.name, each);
  return [
    head,
    ...[...upstreams.values()].map(
      ({ name, servers }) =>
        `  upstream ${name} {\n${servers.map((server) => `    server ${server};\n`).join('')}    keepalive 32;\n  }`,
    ),
    ...sites.map((site) => serverBlock(site, standard)),
    '  server {\n    listen 127.0.0.1:8181;\n    access_log off;\n    location / { return 404; }\n  }',
    '}',
    '',
  ].join('\n');
}

function serverBlock({ host, locations, tls, redirect }: Site, standard: Upstream): string {
  const first = host === '_' ? ' default_server' : '';
  const file = certificateFile(tls ?? '');
  const regex = locations.some((location) => location.regex);
  const whole = locations.some(({ path }) => path === '/');
  const ordered = [...locations].sort((one, other) => other.path.length - one.path.length);
  const lines = [
    `listen 80${first};`,
    `listen 443 ssl${first};`,
    `server_name ${nameOf(host)};`,
    `ssl_certificate ${file}.crt;`,
    `ssl_certificate_key ${file}.key;`,
    'set $proxy_upstream_name "-";',
    ...(host === '_' ? ['location = /healthz { access_log off; return 200; }'] : []),
    ...ordered.flatMap((location) => locationBlocks(location, regex, redirect)),
    ...(whole ? [] : [block(regex ? '~* "^/"' : '"/"', standard, null, '', redirect)]),
  ];
  return `  server {\n${lines.map((line) => `    ${line}\n`).join('')}  }`;
}

/** A host with a star stands for one label. */
function nameOf(host: string): string {
  if (!host.startsWith('*.')) return host;
  return `"~^(?<subdomain>[\\w-]+)\\.${host.slice(2).replaceAll('.', '\\.')}$"`;
}

/** One rewrite or regular expression makes all paths of the host regular expressions, as ingress-nginx has it. */
function locationBlocks(
  { path, pathType, upstream, rewrite }: Location,
  regex: boolean,
  redirect: boolean,
): string[] {
  const made = (match: string) => block(match, upstream, rewrite, path, redirect);
  const quoted = path.replaceAll('"', '');
  if (regex) return [made(`~* "^${quoted}"`)];
  if (pathType === 'Exact') return [made(`= "${quoted}"`)];
  if (pathType === 'ImplementationSpecific' || path === '/') return [made(`"${quoted}"`)];
  const bare = quoted.replace(/\/+$/, '');
  return [made(`"${bare}/"`), made(`= "${bare}"`)];
}

function block(
  match: string,
  { name, servers }: Upstream,
  rewrite: string | null,
  path: string,
  redirect: boolean,
): string {
  const steps = [
    `set $proxy_upstream_name "${name}";`,
    ...(redirect ? ['if ($scheme = http) { return 308 https://$host$request_uri; }'] : []),
    ...(rewrite === null
      ? []
      : [`rewrite "(?i)${path.replaceAll('"', '')}" ${rewrite.replace(/[\s;{}"]/g, '')} break;`]),
    // nginx takes no upstream without servers.
    servers.length === 0 ? 'return 503;' : `proxy_pass http://${name};`,
  ];
  return `location ${match} { ${steps.join(' ')} }`;
}
