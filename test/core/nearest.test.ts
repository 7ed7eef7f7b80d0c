import t from 'tap';
import { misspelt, nearest } from '../../src/core/text/nearest.ts';

t.test('a name that is another one misspelt, and names that are only alike', async (t) => {
  t.equal(misspelt('blue', ['red', 'bule']), 'bule', 'letters in another order');
  t.equal(misspelt('blue', ['red', 'blu']), 'blu', 'one letter less');
  t.equal(misspelt('orange', ['orenge']), 'orenge', 'one letter another');
  t.equal(misspelt('red', ['blue', 'Red']), 'Red', 'other capitals');
  t.equal(misspelt('ns2', ['ns1', 'ns12']), '', 'numbers tell them apart');
  t.equal(misspelt('lan', ['wan', 'lane']), '', 'short names are near many');
  t.equal(misspelt('west', ['east', 'west']), '', 'neither itself nor a name that is only alike');
});

t.test('the name that was meant, and no guess where none is near', async (t) => {
  const keys = ['id', 'ping', 'nat', 'netns', 'sysctls', 'addresses', 'link'];
  for (const [given, meant] of [
    ['pnig', 'ping'],
    ['sysctl', 'sysctls'],
    ['adresses', 'addresses'],
    ['addr', 'addresses'],
    ['netsn', 'netns'],
    ['lnk', 'link'],
  ] as const)
    t.equal(nearest(given, keys), meant);
  for (const given of ['kind', 'to', 'name', 'up', 'from']) t.equal(nearest(given, keys), null, given);
});
