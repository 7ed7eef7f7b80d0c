# Prints the rules of some nodes of the machine, each part after a line `@part node`. `@broken program`
# reports a program that failed: its rules are unknown; `@read node` reports that a node is complete.
# Arguments: of each node its name, the path of its network namespace and the programs to run: letters of n
# (nftables), 4, 6 (iptables), l (iptables-legacy).
set -u
while [ $# -gt 0 ]; do
  # Opening a FIFO would wait for ever.
  [ ! -f "$2" ] || nsenter "--net=$2" sh -s "$1" "$3" <<'EOF' || [ $? -lt 126 ] || echo '@broken nsenter'
case $2 in *l*)
  for family in '' 6; do
    if read -r _ </proc/self/net/ip${family}_tables_names; then
      echo "@legacy${family:-4} $1"
      ip${family}tables-legacy-save || echo "@broken ip${family}tables-legacy-save"
    fi
  done ;;
esac
case $2 in *n*)
  echo "@nft $1"
  nft -s -t list ruleset 2>/dev/null && echo '# read' ;;
esac
case $2 in *4*)
  echo "@rules4 $1"
  iptables-save || echo '@broken iptables-save' ;;
esac
case $2 in *6*)
  echo "@rules6 $1"
  ip6tables-save || echo '@broken ip6tables-save' ;;
esac
echo "@read $1"
EOF
  shift 3
done
echo @end
