# Sourced by the scripts: what a build or test needs, installed where we may, else named.

require_dotnet() {
  command -v dotnet >/dev/null 2>&1 && return
  echo "qssh needs the .NET SDK 10 to build (package dotnet-sdk-10.0): 'dotnet' is not on PATH" >&2
  exit 1
}

# Installs Debian packages when root and apt-get are there; else says which are missing.
install_packages() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing $*" >&2
    { apt-get install -y --no-install-recommends "$@" || { apt-get update && apt-get install -y --no-install-recommends "$@"; }; } >/dev/null 2>&1 && return
  fi
  echo "missing packages: please install $* (Debian names)" >&2
  return 1
}

require_native_toolchain() {
  missing=
  command -v clang >/dev/null 2>&1 || missing="$missing clang"
  command -v ld.lld >/dev/null 2>&1 || missing="$missing lld"
  command -v objcopy >/dev/null 2>&1 || missing="$missing binutils"
  [ -e /usr/include/zlib.h ] || missing="$missing zlib1g-dev"
  [ -z "$missing" ] || install_packages $missing
}

# libFuzzer belongs to the version of clang that is there.
require_libfuzzer() {
  [ -e "$(clang -print-file-name=libclang_rt.fuzzer-x86_64.a)" ] ||
    [ -e "$(clang -print-file-name=libclang_rt.fuzzer.a)" ] ||
    install_packages "libclang-rt-$(clang -dumpversion | cut -d. -f1)-dev"
}

# Other programs that tests run. A test whose program cannot be installed is skipped under its name.
want_test_tools() {
  missing=
  while read -r program package; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null 2>&1 || missing="$missing $package"
  done <<TOOLS
tmux tmux
vim vim-tiny
ps procps
ssh openssh-client
openssl openssl
git git
strace strace
zstd zstd
setpriv util-linux
useradd passwd
less less
busybox busybox-static
valgrind valgrind
git git
rsync rsync
sshfs sshfs
ansible ansible-core
/usr/lib/openssh/sftp-server openssh-sftp-server
TOOLS
  [ -z "$missing" ] || install_packages $missing || true
}
