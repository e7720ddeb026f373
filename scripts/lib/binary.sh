# Sourced by the scripts: artifacts/qssh, built anew only if what it is made of has changed.

binary=artifacts/qssh

# A folder is newer than the binary if a file in it went away.
binary_is_current() {
  [ -x $binary ] && [ -z "$(find Qssh/* Qssh.Generators/* Directory.Build.props Directory.Packages.props scripts/build \
    \( -name bin -o -name obj \) -prune -o -newer $binary -print -quit)" ]
}

ensure_binary() {
  binary_is_current || scripts/build
}
