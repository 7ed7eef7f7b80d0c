import { readFileSync } from 'node:fs';
import t from 'tap';
import { largeSendBuffer } from '../../src/kernel/machine/send-buffer.ts';
import { sh, workplace } from '../support/machines.ts';

const value = () => readFileSync('/proc/sys/net/core/wmem_default', 'utf8').trim();

t.test(
  'a rule set as kube-proxy leaves it fits into one message, and the VM gets its limit back',
  async (t) => {
    const before = value();
    const giveBack = await largeSendBuffer();
    await workplace(t, async ({ make }) => {
      const machine = await make();
      const rule =
        '-A FORWARD -d 10.96.$((i/250)).$((i%250))/32 -p tcp -m comment --comment "ns/svc$i:http" -m tcp --dport 80';
      await sh(
        machine,
        `{ echo '*filter'; for i in $(seq 3000); do echo ${JSON.stringify(`${rule} -j ACCEPT`)}; done; echo COMMIT; } | iptables-restore --noflush`,
      );
      t.equal((await sh(machine, 'iptables-save -t filter | grep -c "^-A FORWARD"')).trim(), '3000');
    });
    await giveBack();
    t.equal(value(), before);
  },
);
