import t from 'tap';
import { misspelt } from '../../src/core/text/nearest.ts';

t.test('a name that is another one misspelt, and names that are only alike', async (t) => {
  t.equal(misspelt('blue', ['red', 'bule']), 'bule', 'letters in another order');
  t.equal(misspelt('blue', ['red', 'blu']), 'blu', 'one letter less');
  t.equal(misspelt('orange', ['orenge']), 'orenge', 'one letter another');
  t.equal(misspelt('ns2', ['ns1', 'ns12']), '', 'numbers tell them apart');
  t.equal(misspelt('lan', ['wan', 'lane']), '', 'short names are near many');
  t.equal(misspelt('west', ['east', 'west']), '', 'neither itself nor a name that is only alike');
});
