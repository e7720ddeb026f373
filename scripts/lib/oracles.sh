# Sourced by the scripts: other implementations, from npm, in artifacts/oracles.

oracles=$PWD/artifacts/oracles
oracle_node=$oracles/node_modules/node/bin/node

ensure_oracles() {
  [ -x "$oracle_node" ] && [ "$oracles/package.json" -nt scripts/lib/oracles/package.json ] && return
  command -v npm >/dev/null 2>&1 || install_packages npm
  mkdir -p "$oracles"
  cp scripts/lib/oracles/package.json "$oracles/"
  (cd "$oracles" && npm install --no-audit --no-fund --loglevel=error >&2)
  [ -x "$oracle_node" ] || { echo "npm did not bring node 24" >&2; return 1; }
}
