import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { apiUnderTest } from './support/cluster.ts';

const { kubectl, run, userFile, directory, close } = await apiUnderTest();
t.teardown(close);

async function ok(words: string, input?: string): Promise<string> {
  const { code, out, err } = await kubectl(words, input);
  if (code !== 0) throw new Error(`kubectl ${words}: ${err}`);
  return out;
}

t.test('a user may do what a role allows that is bound to them, and no more', async (t) => {
  const jane = userFile('jane', ['dev']);
  const asJane = async (words: string) => {
    const { out, err } = await kubectl(`--kubeconfig ${jane} ${words}`);
    return `${out}${err}`.trim();
  };
  t.equal(
    await asJane('get pods'),
    'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
  );
  t.equal(await asJane('auth can-i list pods'), 'no');
  await ok('create role reader --verb=get,list,watch --resource=pods');
  await ok('create rolebinding readers --role=reader --group=dev');
  t.equal(await asJane('get pods'), 'No resources found in default namespace.');
  t.equal(await asJane('auth can-i list pods'), 'yes');
  t.equal(
    await asJane('get pods -n kube-system'),
    'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "kube-system"',
  );
  t.equal(
    await asJane('delete pod x'),
    'Error from server (Forbidden): pods "x" is forbidden: User "jane" cannot delete resource "pods" in API group "" in the namespace "default"',
  );
  t.equal(
    await asJane('get nodes'),
    'Error from server (Forbidden): nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
  );
  await ok('create rolebinding admins --clusterrole=admin --user=jane');
  t.match(
    await asJane('create rolebinding more --clusterrole=cluster-admin --user=jane'),
    /rolebindings\.rbac\.authorization\.k8s\.io "more" is forbidden: user "jane" \(groups=\["dev" "system:authenticated"\]\) is attempting to grant RBAC permissions not currently held:\n\{APIGroups:\["\*"\], Resources:\["\*"\], Verbs:\["\*"\]\}/,
  );
  t.match(await asJane('create rolebinding less --clusterrole=view --user=tom'), 'created');
  await ok('delete rolebinding admins less');
  t.match(await asJane('auth can-i --list'), /pods +\[\] +\[\] +\[get list watch\]/);
  t.equal((await kubectl('auth can-i get pods --as tom --as-group dev')).out, 'yes\n');
  t.equal((await kubectl('auth can-i delete pods --as tom --as-group dev')).out, 'no\n');
});

t.test('a certificate of another authority is nobody', async (t) => {
  const { err } = await kubectl(
    `--kubeconfig ${userFile('mallory', ['system:masters'], 'other-ca')} get pods`,
  );
  t.match(
    err,
    /You must be logged in to the server \(Unauthorized\)|the server has asked for the client to provide credentials/,
  );
});

t.test('a service account: its token, and what it may do', async (t) => {
  await ok('create sa robot');
  const token = (await ok('create token robot')).trim();
  t.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/);
  const server =
    /server: "(.*?)"/.exec(readFileSync(join(directory, 'kubernetes-admin.conf'), 'utf8'))?.[1] ?? '';
  const asRobot = (words: string, bearer = token) =>
    run([
      '--kubeconfig',
      '/dev/null',
      '--server',
      server,
      '--certificate-authority',
      'ca.crt',
      '--token',
      bearer,
      ...words.split(' '),
    ]);
  t.match(
    (await asRobot('get pods')).err,
    'User "system:serviceaccount:default:robot" cannot list resource "pods"',
  );
  await ok('create rolebinding robots --clusterrole=view --serviceaccount=default:robot');
  t.equal((await asRobot('get pods')).code, 0);
  t.match((await asRobot('get secrets')).err, 'cannot list resource "secrets"');
  t.match((await asRobot('get pods', `${token.slice(0, -4)}AAAA`)).err, /Unauthorized|provide credentials/);
  await ok('delete sa robot');
  t.match(
    (await asRobot('get pods')).err,
    /Unauthorized|provide credentials/,
    'a token ends with its account',
  );
});

t.test('a certificate signing request: approved, signed and used', async (t) => {
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: directory, stdio: 'pipe' });
  const request = (name: string, subject: string) => {
    openssl(
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      subject,
    );
    const body = readFileSync(join(directory, `${name}.csr`)).toString('base64');
    return `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: { name: ${name} }
spec: { request: ${body}, signerName: kubernetes.io/kube-apiserver-client, usages: [client auth] }
`;
  };
  await ok('create -f -', request('akshay', '/O=dev/CN=akshay'));
  t.match(
    await ok('get csr'),
    /akshay +\S+ +kubernetes.io\/kube-apiserver-client +kubernetes-admin +<none> +Pending/,
  );
  const issued = kubectl('wait csr akshay --for=jsonpath={.status.certificate} --timeout=20s');
  t.match(await ok('certificate approve akshay'), 'akshay approved');
  t.equal((await issued).code, 0);
  t.match(await ok('get csr akshay'), /Approved,Issued/);
  const certificate = Buffer.from(
    await ok('get csr akshay -o jsonpath={.status.certificate}'),
    'base64',
  ).toString();
  execFileSync('openssl', ['verify', '-CAfile', 'ca.crt'], {
    cwd: directory,
    input: certificate,
    stdio: 'pipe',
  });
  const subject = execFileSync('openssl', ['x509', '-noout', '-subject'], {
    input: certificate,
    encoding: 'utf8',
  });
  t.match(subject, /O ?= ?dev, ?CN ?= ?akshay/);

  await ok('create -f -', request('tom', '/CN=tom'));
  t.match(await ok('certificate deny tom'), 'tom denied');
  t.match(await ok('get csr tom'), /Denied/);
  const masters = await kubectl('create -f -', request('evil', '/O=system:masters/CN=evil'));
  t.match(
    masters.err,
    'certificatesigningrequests.certificates.k8s.io "evil" is forbidden: use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed',
  );
});
