#!/usr/bin/python3
"""
Makes the images that Docker labs use, from what Debian's packages have put on this VM, as one archive for
`docker load`. The same packages give the same bytes: order, owners, modes and times are fixed.
Argument: the archive to write.
"""
import hashlib
import io
import json
import os
import platform
import re
import subprocess
import sys
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))
ARCHITECTURE = {'x86_64': 'amd64', 'aarch64': 'arm64'}[platform.machine()]
CREATED = '2026-01-01T00:00:00Z'


class Layer:
    """The files that one image adds to another: path -> entry of a tar archive, and its content."""

    def __init__(self):
        self.entries = {}

    def directory(self, path, mode=0o755):
        if path and path not in self.entries:
            self.directory(os.path.dirname(path))
            self._add(path, tarfile.DIRTYPE, mode)

    def text(self, path, content, mode=0o644):
        self._file(path, content.encode(), mode)

    def link(self, path, target):
        self.directory(os.path.dirname(path))
        self._add(path, tarfile.SYMTYPE, 0o777, target=target)

    def copy(self, source, path=None):
        with open(source, 'rb') as file:
            self._file(path or source.lstrip('/'), file.read(), 0o755 if os.access(source, os.X_OK) else 0o644)

    def program(self, source):
        """A program with the libraries that ldd(1) names, each under the name it is asked for."""
        self.copy(source)
        told = subprocess.run(['ldd', source], check=True, capture_output=True, text=True).stdout
        for library in sorted(set(re.findall(r'(?:=> |^\s+)(/\S+) \(', told, re.MULTILINE))):
            self.copy(library, 'usr' + library if library.startswith('/lib') else library.lstrip('/'))

    def archive(self):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode='w', format=tarfile.PAX_FORMAT) as tar:
            for path in sorted(self.entries):
                entry, content = self.entries[path]
                tar.addfile(entry, io.BytesIO(content))
        return out.getvalue()

    def _file(self, path, content, mode):
        self.directory(os.path.dirname(path))
        self._add(path, tarfile.REGTYPE, mode, content)

    def _add(self, path, kind, mode, content=b'', target=''):
        entry = tarfile.TarInfo(path)
        entry.type, entry.mode, entry.size, entry.linkname = kind, mode, len(content), target
        self.entries[path] = entry, content


def busybox():
    layer = Layer()
    for name in ('bin', 'sbin', 'lib', 'lib64'):
        layer.directory(f'usr/{name}')
        layer.link(name, f'usr/{name}')
    layer.copy('/bin/busybox', 'usr/bin/busybox')
    names = subprocess.run(['/bin/busybox', '--list'], check=True, capture_output=True, text=True).stdout.split()
    for name in names:
        if name != 'busybox':
            layer.link(f'usr/bin/{name}', 'busybox')
    for name in ('dev', 'proc', 'sys', 'run', 'var', 'etc', 'home', 'mnt'):
        layer.directory(name)
    layer.directory('tmp', 0o1777)
    layer.directory('root', 0o700)
    layer.text('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/nonexistent:/bin/false\n')
    layer.text('etc/group', 'root:x:0:\nnogroup:x:65534:\n')
    layer.text('etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files dns\n')
    return layer


def nginx():
    layer = Layer()
    layer.program('/usr/sbin/nginx')
    layer.copy('/etc/nginx/mime.types')
    layer.text('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnginx:x:101:101::/nonexistent:/bin/false\n')
    layer.text('etc/group', 'root:x:0:\nnginx:x:101:\n')
    layer.text('etc/nginx/nginx.conf', '''user nginx;
worker_processes 1;
error_log /dev/stderr notice;
pid /run/nginx.pid;
events { worker_connections 64; }
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  include /etc/nginx/conf.d/*.conf;
}
''')
    layer.text('etc/nginx/conf.d/default.conf', '''server {
  listen 80;
  server_name localhost;
  location / {
    root /usr/share/nginx/html;
    index index.html;
  }
}
''')
    layer.text('usr/share/nginx/html/index.html', '<!doctype html>\n<title>nginx</title>\n<h1>nginx works</h1>\n')
    for name in ('var/log/nginx', 'var/lib/nginx'):
        layer.directory(name)
    return layer


def speedtest():
    layer = Layer()
    layer.text('etc/nginx/conf.d/default.conf', '''server {
  listen 80;
  root /usr/share/nginx/html;
  location = /getIP.php {
    default_type text/plain;
    return 200 "host=$hostname\\nclient_address=$remote_addr\\nserver_address=$server_addr\\n";
  }
}
''')
    layer.copy(os.path.join(HERE, 'index.html'), 'usr/share/nginx/html/index.html')
    # Does not shrink on the way: bytes that look random, and are the same each time.
    noise = b''.join(hashlib.sha256(str(number).encode()).digest() for number in range(1 << 15))
    layer._file('usr/share/nginx/html/garbage.php', noise, 0o644)
    return layer


def curl():
    layer = Layer()
    layer.program('/usr/bin/curl')
    return layer


def main(path):
    base, web = busybox().archive(), nginx().archive()
    serve = ['/usr/sbin/nginx', '-g', 'daemon off;']
    images = {
        'busybox': ([base], {'Cmd': ['sh']}),
        'nginx': ([base, web], {'Cmd': serve, 'ExposedPorts': {'80/tcp': {}}, 'StopSignal': 'SIGQUIT'}),
        'adolfintel/speedtest': ([base, web, speedtest().archive()],
                                 {'Cmd': serve, 'ExposedPorts': {'80/tcp': {}}, 'StopSignal': 'SIGQUIT'}),
        'curlimages/curl': ([base, curl().archive()], {'Entrypoint': ['curl'], 'Cmd': ['--help']}),
    }
    whole, manifest = Layer(), []
    for name, (layers, settings) in images.items():
        ids = [hashlib.sha256(layer).hexdigest() for layer in layers]
        for id_, layer in zip(ids, layers):
            whole._file(f'{id_}.tar', layer, 0o644)
        config = json.dumps({
            'architecture': ARCHITECTURE,
            'os': 'linux',
            'created': CREATED,
            'config': {'Env': ['PATH=/usr/sbin:/usr/bin:/sbin:/bin'], **settings},
            'rootfs': {'type': 'layers', 'diff_ids': [f'sha256:{id_}' for id_ in ids]},
            'history': [{'created': CREATED, 'created_by': 'from packages of Debian'} for _ in ids],
        }, sort_keys=True).encode()
        file = f'{hashlib.sha256(config).hexdigest()}.json'
        whole._file(file, config, 0o644)
        manifest.append({'Config': file, 'RepoTags': [f'{name}:latest'], 'Layers': [f'{id_}.tar' for id_ in ids]})
    whole.text('manifest.json', json.dumps(manifest, sort_keys=True))
    with open(path, 'wb') as file:
        file.write(whole.archive())


main(sys.argv[1])
