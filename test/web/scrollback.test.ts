import t from 'tap';
import { divider, sinceReload } from '../../src/web/shells/scrollback.ts';

const prompt = (node: string) => `\x1b[?2004h\x1b]133;A\x07\x1b[1;33m${node}\x1b[0m:~# \x1b]133;B\x1b\\`;
const words = 'before the reload';

t.test('reloads one after the other leave one line, and no prompts that nothing was typed at', async (t) => {
  const line = divider(words);
  const typed = `${prompt('lan')}ip route\r\ndefault via 192.168.1.1 dev eth0\r\n${prompt('lan')}`;
  const once = sinceReload(typed, words);
  t.equal(once, typed + line);
  const again = `\r\n${prompt('lan')}`;
  t.equal(sinceReload(once + again, words), once);
  t.equal(sinceReload(sinceReload(once + again, words) + again, words), once);
  const later = `\r\n${prompt('lan')}ping -c 1 192.168.15.2\r\n1 packets transmitted, 1 received\r\n${prompt('lan')}`;
  t.equal(sinceReload(once + later, words), once + later + line, 'all that was typed is kept');
});
