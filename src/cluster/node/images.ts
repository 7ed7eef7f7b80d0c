import { corednsProgram } from '../stand-ins/coredns.ts';
import type { StandInName } from '../stand-ins/index.ts';
import { ingressProgram } from '../stand-ins/ingress-nginx.ts';
import { lentNode, weaveProgram } from './places.ts';

/** The contents of an image: programs of the machine, with files of its own. */
export interface Image {
  entrypoint: string[];
  command: string[];
  /** Path -> text. */
  files: Record<string, string>;
  /** Directories of the machine of which a container gets a copy. */
  copies: string[];
  /** Makes further files of the cluster's objects, and follows them. */
  standIn?: StandInName;
  /** Archives that lie over the files, as a registry gave them. */
  layers?: string[];
  /** It runs a program of hoplab's own. */
  lent?: boolean;
}

const plain: Image = { entrypoint: [], command: ['sh'], files: {}, copies: [] };

const nginx = (server: string): string => `user www-data;
worker_processes 1;
pid /run/nginx.pid;
error_log /dev/stderr notice;
events { worker_connections 256; }
http {
  types { text/html html; text/css css; text/plain txt; application/javascript js; }
  access_log /dev/stdout;
  server {
${server}
    include /etc/nginx/conf.d/*.inc;
  }
  include /etc/nginx/conf.d/*.conf;
}
`;

const pages = `    listen 80;
    root /usr/share/nginx/html;`;

/** Prints the server's name and the client's address, in the lines that checks read. */
const echo = (port: number): string => `    listen ${port};
    location / {
      default_type text/plain;
      return 200 "host=$hostname\\nclient_address=$remote_addr\\nserver_address=$server_addr\\n";
    }`;

/** An application that knows one page, as the documents' online shop: a proxy has to take the path away. */
const shop = `    listen 8080;
    location = / {
      default_type text/plain;
      return 200 "host=$hostname\\nclient_address=$remote_addr\\nserver_address=$server_addr\\nx_forwarded_for=$http_x_forwarded_for\\npath=$request_uri\\n";
    }`;

/** Kubernetes' page for requests without a rule. */
const nothing = `    listen 8080;
    default_type text/plain;
    location = /healthz { return 200 "ok"; }
    location / { return 404 "default backend - 404"; }`;

const web = (server: string): Image => ({
  entrypoint: [],
  command: ['nginx', '-g', 'daemon off;'],
  files: { 'etc/nginx/nginx.conf': nginx(server) },
  copies: ['/usr/share/nginx/html'],
});

/** By name, without registry and tag. */
const images: Record<string, Image> = {
  nginx: web(pages),
  'adolfintel/speedtest': web(echo(80)),
  echoserver: web(echo(8080)),
  'weaveworks/weave-kube': { ...plain, command: [lentNode, weaveProgram, 'weaver'], lent: true },
  'bprashanth/nginxhttps': web(pages),
  'kodekloud/ecommerce': web(shop),
  'defaultbackend-amd64': web(nothing),
  'ingress-nginx/controller': {
    ...plain,
    entrypoint: ['sh', '/controller'],
    command: [],
    files: { controller: ingressProgram },
    standIn: 'ingress-nginx',
  },
  busybox: plain,
  debian: { ...plain, command: ['bash'] },
  ubuntu: { ...plain, command: ['bash'] },
  'curlimages/curl': { ...plain, command: ['curl', '--help'] },
  pause: { ...plain, command: ['sleep', 'infinity'] },
  coredns: {
    ...plain,
    entrypoint: ['sh', '/coredns'],
    command: [],
    files: { coredns: corednsProgram },
    standIn: 'coredns',
  },
};

/** `registry.k8s.io/echoserver:1.10` is `echoserver`; null for an unknown name. The tag does not matter. */
export function imageOf(reference: string): Image | null {
  const name = reference
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .replace(/^(docker\.io|index\.docker\.io)\//, '')
    .replace(/^library\//, '')
    .replace(/^(registry\.k8s\.io|k8s\.gcr\.io|gcr\.io\/google_containers)\/(coredns\/)?/, '');
  return images[name] ?? null;
}

/** As the container runtime writes it out in its errors. */
export function fullName(reference: string): string {
  const [first = ''] = reference.split('/');
  const hosted = reference.includes('/') && /[.:]|^localhost$/.test(first);
  const name = hosted ? reference : `docker.io/${reference.includes('/') ? '' : 'library/'}${reference}`;
  return /:[^/]*$/.test(name.replace(/^[^/]*\//, '')) ? name : `${name}:latest`;
}
