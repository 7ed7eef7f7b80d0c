#!/usr/bin/env bash
# ssh-config 5.3.0 (npm), beside OpenSSH's own reading (`ssh -G`; 9.2p1 of Debian 12).
#
# Patterns of a Host line stand with spaces between them (ssh_config(5)); the lists with commas are those of Match. ssh
# reads `Host web,db` as one pattern that has a comma in it, and so takes the line for neither host, without a word.
# ssh-config takes it for both: what a program made with it connects to is not what ssh connects to. All other lines
# here, a Match by the name that HostName has given among them, both read alike.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (no ssh, or the package is not to be had).
set -euo pipefail
command -v ssh >/dev/null || { echo 'no ssh' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact ssh-config@5.3.0 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >config <<'END'
Host mail
  HostName db1
Match host db1
  Port 2201
Host web,db
  Port 2202
Host "web" ftp
  Port 2203
Host db
  Port 2204
END
cat >read.cjs <<'END'
const { execFileSync } = require('node:child_process');
const { default: SSHConfig } = require('ssh-config');
const config = SSHConfig.parse(require('node:fs').readFileSync('config', 'utf8'));
for (const host of ['mail', 'web', 'db', 'ftp']) {
  const said = execFileSync('ssh', ['-G', '-F', 'config', host], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  console.log(`${host}: ssh ${/^port (\d+)$/m.exec(said)[1]}, ssh-config ${config.compute(host).Port}`);
}
END
node read.cjs | tee seen
cat >expected <<'END'
mail: ssh 2201, ssh-config 2201
web: ssh 2203, ssh-config 2202
db: ssh 2204, ssh-config 2202
ftp: ssh 2203, ssh-config 2203
END
diff expected seen
