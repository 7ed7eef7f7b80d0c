#!/usr/bin/env bash
# kubectl 1.20.2 (Debian 12, kubernetes-client 1.20.5+really1.20.2-1.1+deb12u1); 1.32.4 did the same.
#
# A Service for DNS has port 53 twice, UDP and TCP, each with its name. A strategic merge patch (`kubectl patch`'s
# default, and what `kubectl apply` sends) knows the entries of `ports` by the key `port` alone: the patch for the one
# named dns-tcp, with protocol TCP, is merged into the first entry with 53, which was UDP. Now both are TCP and named
# dns-tcp, and UDP is gone; a patch that deletes the TCP one deletes both. A JSON patch goes by place and is right;
# server-side apply has port and protocol as its key. The API server merges by the same key; --local shows it without
# one.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download kubernetes-client=1.20.5+really1.20.2-1.1+deb12u1 >/dev/null 2>&1 ||
  { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x kubernetes-client_*.deb tree
cat >service.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: dns
spec:
  selector: { app: dns }
  ports:
  - { name: dns, port: 53, protocol: UDP, targetPort: 53 }
  - { name: dns-tcp, port: 53, protocol: TCP, targetPort: 53 }
END
# ports TYPE PATCH: the ports after it
ports() {
  KUBECONFIG=/dev/null HOME=$work tree/usr/bin/kubectl patch --local -f service.yaml --type "$1" -p "$2" -o \
    go-template='{{range .spec.ports}} {{.name}}:{{.port}}/{{.protocol}}->{{.targetPort}}{{end}}' >after
  echo "$1 $2:"
  echo "  $(sed 's/^$/ none/' after | grep . || echo ' none')"
}
{
  ports strategic '{"spec":{"ports":[{"name":"dns-tcp","port":53,"protocol":"TCP","targetPort":5353}]}}'
  ports strategic '{"spec":{"ports":[{"$patch":"delete","port":53,"protocol":"TCP"}]}}'
  ports json '[{"op":"replace","path":"/spec/ports/1/targetPort","value":5353}]'
} | tee seen
cat >expected <<'END'
strategic {"spec":{"ports":[{"name":"dns-tcp","port":53,"protocol":"TCP","targetPort":5353}]}}:
   dns-tcp:53/TCP->5353 dns-tcp:53/TCP->53
strategic {"spec":{"ports":[{"$patch":"delete","port":53,"protocol":"TCP"}]}}:
   none
json [{"op":"replace","path":"/spec/ports/1/targetPort","value":5353}]:
   dns:53/UDP->53 dns-tcp:53/TCP->5353
END
diff expected seen
