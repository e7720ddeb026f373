# Sourced by the scripts: the laboratory (Qssh.Lab), the product's cryptography compiled ahead of time with what measures it.

lab=$PWD/artifacts/qssh-lab

lab_is_current() {
  [ -x "$lab" ] && [ -x "$lab.valgrind" ] && [ -z "$(find Qssh.Lab/* Qssh/Crypto/* Qssh/Secrets/* Qssh/Errors/* Qssh/Compression/* Directory.Build.props \
    \( -name bin -o -name obj \) -prune -o -newer "$lab" -print -quit)" ]
}

ensure_lab() {
  lab_is_current && return
  require_dotnet
  require_native_toolchain
  begun=$(date +%s)
  dotnet publish Qssh.Lab -c Release -r linux-x64 -p:QsshLab=true -o artifacts/lab -v quiet --nologo
  # valgrind gives up over the compiler's debug information; names of methods stay.
  objcopy --strip-debug artifacts/lab/qssh-lab "$lab.valgrind"
  mv -f artifacts/lab/qssh-lab "$lab"
  touch -d "@$begun" "$lab" "$lab.valgrind"
}

# A list of the kind "what | why" to the left halves, without comments.
lab_allowed() { sed -n 's/^\([^#|]*[^#| ]\) *|.*/\1/p' "$1"; }
