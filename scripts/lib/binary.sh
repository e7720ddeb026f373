# Sourced by the scripts: the static executable, built anew only if what it is made of has changed. QSSH_BINARY names another one, used as it is.

binary=${QSSH_BINARY:-$PWD/artifacts/qssh}

# A folder is newer than the binary if a file in it went away.
binary_is_current() {
  [ -x "$binary" ] && [ -z "$(find Qssh/* Qssh.Generators/* Directory.Build.props Directory.Packages.props scripts/build \
    \( -name bin -o -name obj \) -prune -o -newer "$binary" -print -quit)" ]
}

ensure_binary() {
  [ -n "${QSSH_BINARY:-}" ] || binary_is_current || scripts/build
}
