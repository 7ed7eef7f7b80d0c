/**
 * Records the corpus anew: loads every file of written/ into a throwaway namespace and stores the output of
 * iptables-save. Run as root: node test/corpus/record.ts
 */
import { writeFileSync } from 'node:fs';
import { saveFile, saveOptions, written } from '../support/corpus.ts';
import { Netns } from '../support/netns.ts';

for (const { name, family, text } of written()) {
  for (const backend of ['nft', 'legacy'] as const) {
    const netns = new Netns();
    try {
      await netns.furnish();
      await netns.restore(family, backend, text);
      writeFileSync(saveFile(name, backend), await netns.save(family, backend, ...saveOptions(backend)));
    } finally {
      netns.close();
    }
  }
}
