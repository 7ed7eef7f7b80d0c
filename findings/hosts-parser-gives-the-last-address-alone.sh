#!/usr/bin/env bash
# hosts-parser 0.3.2 (npm), beside glibc's own reading of /etc/hosts (getent).
#
# Of several lines with the same name the C library gives the addresses of all, and it minds no capitals. hosts-parser's
# resolve() answers with the last one alone, and knows no name that is written otherwise: a second line for a host that
# has two addresses takes the first away in a program made with it, and in no other.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact hosts-parser@0.3.2 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
printf '%s\n' '127.0.0.1 localhost' '192.0.2.1 web.example web' '192.0.2.2 web' >hosts
cat >read.cjs <<'END'
const { Hosts } = require('hosts-parser');
const hosts = new Hosts(require('node:fs').readFileSync('hosts', 'utf8'));
for (const name of ['web', 'web.example', 'WEB.example']) console.log(`hosts-parser: ${name} ${hosts.resolve(name)}`);
END
{
  node read.cjs
  unshare --user --map-root-user --mount sh -c '
    mount --bind hosts /etc/hosts
    for name in web web.example WEB.example; do
      echo "getent: $name $(getent -s hosts:files ahostsv4 $name | sed "s/ .*//" | sort -u | xargs)"
    done'
} | tee seen
cat >expected <<'END'
hosts-parser: web 192.0.2.2
hosts-parser: web.example 192.0.2.1
hosts-parser: WEB.example undefined
getent: web 192.0.2.1 192.0.2.2
getent: web.example 192.0.2.1
getent: WEB.example 192.0.2.1
END
diff expected seen
