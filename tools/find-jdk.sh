#!/usr/bin/env bash
# Prints the home of a JDK 25 or newer: JAVA_HOME, then the java on the PATH, then the usual places. Fails with a hint
# when there is none.
set -euo pipefail

readonly NEEDED=25

# The feature release of the JDK in $1, read from its release file, which is much faster than starting it.
release_of() {
  [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
  local line
  line=$(grep -m 1 '^JAVA_VERSION=' "$1/release") || return 1
  line=${line#JAVA_VERSION=\"}
  echo "${line%%[^0-9]*}"
}

take_if_new_enough() {
  local release
  release=$(release_of "$1") || return 0
  if [[ -n $release && $release -ge $NEEDED ]]; then
    echo "$1"
    exit 0
  fi
}

# The home of the java on the PATH, links resolved (readlink -f is missing on older systems).
home_on_path() {
  local java
  java=$(command -v java) || return 0
  while [[ -L $java ]]; do
    local target
    target=$(readlink "$java")
    [[ $target == /* ]] && java=$target || java=$(dirname "$java")/$target
  done
  (cd "$(dirname "$java")/.." && pwd -P)
}

[[ -z ${JAVA_HOME:-} ]] || take_if_new_enough "$JAVA_HOME"
on_path=$(home_on_path)
[[ -z $on_path ]] || take_if_new_enough "$on_path"
for name in ${!JAVA_HOME_@}; do take_if_new_enough "${!name}"; done # such as JAVA_HOME_25_X64
shopt -s nullglob
for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
  /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
  /opt/homebrew/opt/openjdk/libexec/openjdk.jdk/Contents/Home; do
  take_if_new_enough "$home"
done

echo "Sextant needs a JDK $NEEDED or newer and found none. Install one, for example Eclipse Temurin from" >&2
echo "https://adoptium.net, or with: sdk install java $NEEDED-tem; then set JAVA_HOME if it is in an unusual place." >&2
exit 1
