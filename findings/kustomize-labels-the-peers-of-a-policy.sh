#!/usr/bin/env bash
# kubectl 1.20.2 (Debian 12, kubernetes-client 1.20.5+really1.20.2-1.1+deb12u1), the kustomize that it brings.
#
# `commonLabels: {team: shop}` puts a label on the objects of a kustomization, and into the selectors that find them.
# In a NetworkPolicy it goes into the peers as well, which are other pods: "from pods app=prometheus in the
# namespace monitoring" becomes "app=prometheus, team=shop", and as Prometheus has no such label, its way in is shut.
# The egress peers get it too. `podSelector: {}` and namespaceSelector are left as they are, so a policy for all pods
# still shows no harm. Nothing is said; the objects of one's own still reach each other.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download kubernetes-client=1.20.5+really1.20.2-1.1+deb12u1 >/dev/null 2>&1 ||
  { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x kubernetes-client_*.deb tree
mkdir shop
cat >shop/kustomization.yaml <<'END'
commonLabels: { team: shop }
resources: [policy.yaml]
END
cat >shop/policy.yaml <<'END'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress:
  - from:
    - podSelector: { matchLabels: { app: prometheus } }
      namespaceSelector: { matchLabels: { name: monitoring } }
    - podSelector: {}
  egress:
  - to:
    - podSelector: { matchLabels: { k8s-app: kube-dns } }
      namespaceSelector: {}
END
KUBECONFIG=/dev/null HOME=$work tree/usr/bin/kubectl kustomize shop | sed '1,/^spec:/d' | tee seen
cat >expected <<'END'
  egress:
  - to:
    - namespaceSelector: {}
      podSelector:
        matchLabels:
          k8s-app: kube-dns
          team: shop
  ingress:
  - from:
    - namespaceSelector:
        matchLabels:
          name: monitoring
      podSelector:
        matchLabels:
          app: prometheus
          team: shop
    - podSelector: {}
  podSelector:
    matchLabels:
      app: web
      team: shop
END
diff expected seen
