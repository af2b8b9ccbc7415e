#!/usr/bin/env bash
# Makes everything that the comparison with other engines needs, in .cache/peers: llama.cpp built for this processor from
# the source package of llama-cpp-python, Jlama from Maven Central, SmolLM2 for Sextant and Jlama and as GGUF, and our own
# benchmarks. What is there stays. Needs a JDK 25, Maven, python3 with venv, cmake, a C++ compiler; the build of
# llama.cpp takes some minutes.
set -euo pipefail

readonly LLAMA_PACKAGE=llama-cpp-python
readonly LLAMA_VERSION=0.3.36
readonly LLAMA_ARCHIVE=llama_cpp_python-0.3.36.tar.gz
readonly LLAMA_SHA256=832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e
readonly JLAMA_CORE=jlama-core-0.8.4.jar
readonly JLAMA_CORE_SHA256=ad04f8bcb401456d48b958d144588544e8ba0f71a6fc2c1b86071cf83049fe7f
readonly HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
readonly ROOT=$(cd "$HERE/../.." && pwd -P)
readonly CACHE=$ROOT/.cache/peers
readonly MODEL=SmolLM2-135M-Instruct

step() {
  echo "prepare: $*" >&2
}

# Ends unless the file $1 has the sha256 $2.
check_sum() {
  local sum
  sum=$(if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi)
  [[ ${sum%% *} == "$2" ]] && return
  echo "prepare: $1 has the sha256 ${sum%% *}, expected $2" >&2
  exit 1
}

make_python() {
  [[ -x $CACHE/venv/bin/python ]] && return
  step "Python with numpy and gguf"
  python3 -m venv "$CACHE/venv"
  "$CACHE/venv/bin/pip" install --quiet --disable-pip-version-check -r "$ROOT/tools/smollm2-requirements.txt"
}

fetch_llama() {
  [[ -f $CACHE/llama.cpp/CMakeLists.txt ]] && return
  step "the source package $LLAMA_PACKAGE $LLAMA_VERSION"
  "$CACHE/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary "$LLAMA_PACKAGE" \
    --dest "$CACHE" "$LLAMA_PACKAGE==$LLAMA_VERSION"
  check_sum "$CACHE/$LLAMA_ARCHIVE" "$LLAMA_SHA256"
  rm -rf "$CACHE/unpacked"
  mkdir -p "$CACHE/unpacked"
  tar -xzf "$CACHE/$LLAMA_ARCHIVE" -C "$CACHE/unpacked" --strip-components=3 \
    "${LLAMA_ARCHIVE%.tar.gz}/vendor/llama.cpp"
  mv "$CACHE/unpacked" "$CACHE/llama.cpp"
}

build_llama() {
  local targets=(llama-bench llama-quantize llama-completion)
  [[ -x $CACHE/llama-build/bin/${targets[-1]} ]] && return
  step "llama.cpp, compiled for this processor"
  cmake -S "$CACHE/llama.cpp" -B "$CACHE/llama-build" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
    -DGGML_NATIVE=ON -DGGML_BLAS=OFF -DGGML_CCACHE=OFF -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_TESTS=OFF \
    -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_APP=OFF >"$CACHE/llama-build.log" 2>&1
  cmake --build "$CACHE/llama-build" --target "${targets[@]}" --parallel "$(getconf _NPROCESSORS_ONLN)" \
    >>"$CACHE/llama-build.log" 2>&1 || { tail -n 20 "$CACHE/llama-build.log" >&2; exit 1; }
}

# Writes $1.part by the command in $2..., which names it %; then it is $1.
make_gguf() {
  local file=$CACHE/gguf/$1
  [[ -f $file ]] && return
  step "$1"
  shift
  "${@//%/$file.part}" >/dev/null 2>&1 || { echo "prepare: $* failed" >&2; exit 1; }
  mv "$file.part" "$file"
}

make_models() {
  local quantize=$CACHE/llama-build/bin/llama-quantize convert=("$CACHE/venv/bin/python" "$HERE/to_gguf.py")
  "$ROOT/tools/fetch-smollm2.sh" "$ROOT/.cache" --dtype all >&2
  mkdir -p "$CACHE/gguf"
  make_gguf F32.gguf "${convert[@]}" "$ROOT/.cache/$MODEL-f32" %
  make_gguf BF16.gguf "${convert[@]}" "$ROOT/.cache/$MODEL" %
  make_gguf Q8_0.gguf "$quantize" "$CACHE/gguf/BF16.gguf" % Q8_0
  make_gguf Q4_0.gguf "$quantize" "$CACHE/gguf/BF16.gguf" % Q4_0
}

fetch_jlama() {
  local classifier jdk
  [[ -f $CACHE/jlama/JlamaRound.class ]] && return
  step "Jlama"
  case $(uname -sm) in
    "Linux x86_64") classifier=linux-x86_64 ;;
    "Linux aarch64") classifier=linux-aarch_64 ;;
    "Darwin arm64") classifier=osx-aarch_64 ;;
    *) classifier=osx-x86_64 ;;
  esac
  mvn -q -B -ntp -f "$HERE/jlama/pom.xml" -Djlama.classifier="$classifier" -DoutputDirectory="$CACHE/jlama/lib" \
    org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies >&2
  check_sum "$CACHE/jlama/lib/$JLAMA_CORE" "$JLAMA_CORE_SHA256"
  jdk=$("$ROOT/tools/find-jdk.sh")
  "$jdk/bin/javac" --add-modules jdk.incubator.vector -Xlint:-incubating -cp "$CACHE/jlama/lib/*" -d "$CACHE/jlama" \
    "$HERE/jlama/JlamaRound.java" 2>/dev/null
}

build_sextant() {
  step "Sextant's benchmarks"
  (cd "$ROOT" && mvn -q -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -pl benchmarks -am package) >&2
}

mkdir -p "$CACHE"
make_python
fetch_llama
build_llama
make_models
fetch_jlama
build_sextant
