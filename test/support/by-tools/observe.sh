# Prints the kernel's state of every node of the machine, each part after a line `@part node`.
# Runs in a mount namespace of its own: there /run/netns names every node, so that iproute2 can print the
# number by which one namespace knows another (link_netnsid) as that node's name. `@broken program` reports a
# program that failed: its state is unknown.
# Arguments: `name=path` of each node's network namespace; then `--`, then further sysctl files to read.
set -u
mkdir -p /.hoplab/netns
mount --rbind /run/netns /.hoplab/netns
mount -t tmpfs -o size=64k observe /run/netns
names=
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  # Opening a FIFO waits for ever, and iproute2 opens all there is and fails at what is no namespace.
  if [ -f "${1#*=}" ]; then
    ln -s "${1#*=}" "/run/netns/${1%%=*}"
    names="$names ${1%%=*}"
  fi
  shift
done
[ $# -eq 0 ] || shift
export files="$*"
cd /run/netns
for name in $names; do
  nsenter "--net=/run/netns/$name" sh -s "$name" <<'EOF' || [ $? -lt 126 ] || echo '@broken nsenter'
echo "@ip $1"
answer=$(printf 'address show\nroute show table all\nneighbour show\nnetns list\nrule show\n' |
  ip -j -d -batch - 2>/dev/null) || answer='@broken ip'
# echo of a POSIX shell would read the backslashes of a link's name.
printf '%s\n' "$answer"
# A program of its own runs only if it can have an answer.
case $answer in
  *'"info_kind":"bridge"'* | *'"info_kind":"vxlan"'*)
    echo "@fdb $1"
    printf 'fdb show\nvlan show\n' | bridge -j -batch - || echo '@broken bridge' ;;
esac
if read -r _ </proc/self/net/if_inet6; then
  echo "@policies6 $1"
  ip -6 -j -d rule show || echo '@broken ip'
fi
for family in '' 6; do
  if read -r _ </proc/self/net/ip${family}_tables_names; then
    echo "@legacy${family:-4} $1"
    ip${family}tables-legacy-save || echo "@broken ip${family}tables-legacy-save"
  fi
done
echo "@nft $1"
nft -s -t list ruleset 2>/dev/null && echo '# read'
echo "@rules4 $1"
iptables-save || echo '@broken iptables-save'
echo "@rules6 $1"
ip6tables-save || echo '@broken ip6tables-save'
echo "@listeners $1"
ss -Hltunp || echo '@broken ss'
echo "@connected $1"
ss -Hunp state established || echo '@broken ss'
echo "@sysctls $1"
cd /proc/sys/net
grep -s . ipv4/ip_forward ipv6/conf/all/forwarding bridge/bridge-nf-call-iptables bridge/bridge-nf-call-ip6tables \
  bridge/bridge-nf-call-arptables ipv4/conf/*/rp_filter ipv4/conf/*/forwarding ipv4/conf/*/proxy_arp \
  ipv4/conf/*/route_localnet ipv4/conf/*/arp_filter ipv4/conf/*/arp_ignore ipv4/conf/*/src_valid_mark ipv4/conf/*/accept_local \
  ipv4/conf/*/ignore_routes_with_linkdown ipv6/conf/*/proxy_ndp ipv6/conf/*/disable_ipv6 ipv6/conf/*/hop_limit \
  ipv4/ip_nonlocal_bind ipv4/ip_default_ttl ipv4/icmp_echo_ignore_all ipv4/icmp_echo_ignore_broadcasts ipv6/icmp/echo_ignore_all \
  ipv6/icmp/echo_ignore_multicast ipv4/ip_unprivileged_port_start $files
EOF
done
echo @end
