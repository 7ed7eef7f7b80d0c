#!/usr/bin/env bash
# pac-resolver 9.0.2 with degenerator 7.0.2 and quickjs-wasi 3.7.0 (npm; it is under pac-proxy-agent and proxy-agent);
# pacparser 1.3.6 (Debian 12, libpacparser1 1.3.6-1.4) beside it.
#
# A proxy's configuration file asks dateRange(1, 31): every day of a month, as the functions of such files are described
# since Netscape. pac-resolver has the function and says false to whatever it is asked, in all of its forms: its body
# is a TODO, of which neither the description of the package nor an error tells. The file works in browsers and in
# pacparser, and in programs of Node the branch for the days of maintenance is never taken.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact pac-resolver@9.0.2 \
  degenerator@7.0.2 quickjs-wasi@3.7.0 >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
apt-get -q download libpacparser1=1.3.6-1.4 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x libpacparser1_*.deb tree

cat >proxy.pac <<'END'
function FindProxyForURL(url, host) {
  return [
    'day ' + dateRange(1, 31),
    'month ' + dateRange('JAN', 'DEC'),
    'year ' + dateRange(2000, 2999),
    'day and month, GMT ' + dateRange(1, 'JAN', 31, 'DEC', 'GMT'),
    'weekday ' + weekdayRange('SUN', 'SAT'),
  ].join(', ');
}
END
cat >resolve.mjs <<'END'
import { readFileSync } from 'node:fs';
import { createPacResolver } from 'pac-resolver';
import { QuickJS } from 'quickjs-wasi';
const wasm = readFileSync('node_modules/quickjs-wasi/quickjs.wasm');
const find = createPacResolver(await QuickJS.create({ wasm }), readFileSync('proxy.pac'));
console.log('pac-resolver:', await find('http://www.corp.test/'));
END
node resolve.mjs >seen
export LD_LIBRARY_PATH=$PWD/tree/usr/lib
echo "pacparser: $(tree/usr/bin/pactester -p proxy.pac -u http://www.corp.test/)" >>seen
cat seen
cat >expected <<'END'
pac-resolver: day false, month false, year false, day and month, GMT false, weekday true
pacparser: day true, month true, year true, day and month, GMT true, weekday true
END
diff expected seen
