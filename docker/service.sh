# What the image of gobool's services runs: the service that the first argument names. It becomes Node, which gets signals.
case "${1:-}" in
  gateway | command | join) main=$1/main.js ;;
  worker) main=worker/pool-main.js ;;
  *)
    echo "Which service: gateway, command, worker or join?" >&2
    exit 2
    ;;
esac
exec node --disable-warning=TimeoutNegativeWarning "/opt/gobool/dist/cluster/services/$main" "$GOBOOL_SETTINGS"
