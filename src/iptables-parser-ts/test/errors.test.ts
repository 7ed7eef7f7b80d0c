import t from 'tap';
import { ParseError, parseRule, parseSave } from '../src/index.ts';

function caught(run: () => unknown): ParseError {
  try {
    run();
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Text with the offending words between `«` and `»`, and what the error expects. */
const RULES: readonly (readonly [text: string, expected: RegExp])[] = [
  ['iptables -A INPUT -p tcp «--dprt» 80', /option/],
  ['-A INPUT -p tcp --dport «99999»', /a port/],
  ['-A INPUT -p tcp --dport «90:80»', /a port/],
  ['-A INPUT -p tcp --dport 80 «--dport» 81', /only once/],
  ['-A INPUT -s «300.1.1.1»', /address/],
  ['-A INPUT -s «10.0.0.0/33»', /address/],
  ['iptables -A INPUT -s «fe80::1»', /IPv4/],
  ['ip6tables -A INPUT -s «10.0.0.1»', /IPv6/],
  ['-A INPUT ! -s «10.0.0.1,10.0.0.2»', /one address/],
  ['-A INPUT -p «tpc»', /protocol/],
  ['-A INPUT -i «averyveryverylong»', /15 bytes/],
  ['-A INPUT «!»', /an option after !/],
  ['-A INPUT «! -m» tcp', /without !/],
  ['-A INPUT -m statistic --mode random --probability «2»', /0 to 1/],
  ['-A INPUT -m «statistic --mode random»', /--probability/],
  ['-A INPUT -m «mark»', /--mark/],
  ['-A INPUT -m conntrack --ctstate «NEU»', /INVALID, NEW/],
  ['-A INPUT -m limit «! --limit» 5/s', /without !/],
  ['-A INPUT -j ACCEPT «-j» DROP', /only one/],
  ['-A INPUT -j REJECT --reject-with «nothing»', /icmp-port-unreachable/],
  ['-A INPUT -j DNAT --to-destination «1.2.3.4:90-80»', /address/],
  ['-A INPUT -j «DNAT»', /--to-destination/],
  ['-A INPUT -j MARK --or-mark «1/2»', /mark/],
  ['-A INPUT «-ptcp»', /a space after -p/],
  ['-A INPUT ! «--source=10.0.0.1»', /a space after --source/],
  ['-A INPUT -jREJECT --reject-with=«nothing»', /icmp-port-unreachable/],
  ['-A INPUT -p tcp --syn=«1»', /option/],
  ['-A INPUT «-t» nat', /command/],
  ['-A «-s» 1.1.1.1', /chain/],
  ['-A INPUT «-A» OUTPUT', /one command/],
  ['-R INPUT «-s» 1.1.1.1', /number/],
  ['-A INPUT «hello»', /option/],
  ['-A INPUT --src«\u0007»', /control/],
  ['-A INPUT --comment «"unclosed»', /closing double quote/],
  ['«[x:y]» -A INPUT', /counters/],
  ['iptables -A INPUT -s «$»HOST', /shell/],
  ['iptables -A INPUT «;» reboot', /shell/],
  ["iptables -A INPUT --comment «'open»", /closing '/],
  ['«nft» add rule', /iptables command/],
  ['-A INPUT -s «»', /address/],
  ['«»', /-A, -I/],
  ['iptables -L«»', /-A, -I|option/],
];

for (const [marked, expected] of RULES) {
  t.test(marked, async (t) => {
    const start = marked.indexOf('«');
    const words = marked.slice(start + 1, marked.indexOf('»'));
    const error = caught(() => parseRule(marked.replace(/[«»]/g, '')));
    t.match(error.expected, expected);
    if (!marked.startsWith('iptables -L')) {
      t.equal(error.words.join(' '), words);
      t.equal(error.column, words === '' ? marked.replace(/[«»]/g, '').trimEnd().length + 1 : start + 1);
    }
    t.equal(error.line, 1);
    t.match(error.message, `line 1, column ${error.column}: expected`);
  });
}

const SAVES: readonly (readonly [text: string, line: number, column: number, expected: RegExp])[] = [
  ['*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp --dport x/y\nCOMMIT\n', 3, 25, /a port/],
  ['*filter\n-A INPUT\n', 3, 1, /COMMIT for the table of line 1/],
  ['-A INPUT\n', 1, 1, /a table/],
  ['*filter\n*nat\nCOMMIT\n', 2, 1, /a chain/],
  ['*filter\n:INPUT MAYBE [0:0]\nCOMMIT\n', 2, 8, /policy/],
  ['*filter\n:INPUT\nCOMMIT\n', 2, 7, /policy/],
  ['*filter\n:INPUT ACCEPT [0]\nCOMMIT\n', 2, 15, /counters/],
  ['*filter\nCOMMIT\ntrailing\n', 3, 1, /a table/],
  ['*filter\r\nCOMMIT\r\n', 1, 8, /control character/],
  ['*filter\n-A X -m comment --comment "two\nlines" -j NO WHERE\nCOMMIT\n', 3, 14, /option/],
  ['*filter\n-A X -m comment --comment "open\nCOMMIT\n', 2, 27, /closing double quote/],
];

for (const [text, line, column, expected] of SAVES) {
  t.test(JSON.stringify(text), async (t) => {
    const error = caught(() => parseSave(text));
    t.match(error, { line, column, expected });
  });
}
