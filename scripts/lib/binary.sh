# Sourced by the scripts: artifacts/qssh, built anew only if what it is made of has changed.

binary=artifacts/qssh

binary_is_current() {
  [ -x $binary ] && [ -z "$(find Qssh Qssh.Generators Directory.Build.props Directory.Packages.props scripts/build -mindepth 0 \
    \( -name bin -o -name obj \) -prune -o \( -type f -o -mindepth 1 -type d \) -newer $binary -print -quit)" ]
}

ensure_binary() {
  binary_is_current || scripts/build
}
