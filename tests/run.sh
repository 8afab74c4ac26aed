#!/usr/bin/env bash
# Runs everything on real parts: builds, all tests, native publishing for both processors, equal digests on every processor, the demo.
# Needs Debian 12 or later and the .NET 10 SDK; installs the Debian packages that are missing (as root or with sudo).
#
#   tests/run.sh            the whole suite with the seeded, reduced counts of the long trials
#   tests/run.sh --long     the same with their full counts
#
# Ends with "N passed, N failed, N skipped". Exit 0 only when nothing failed and nothing was skipped.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 WATERWATCH_TRIALS=reduced
[ "${1:-}" = "--long" ] && export WATERWATCH_TRIALS=full
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

say() { printf '\n== %s\n' "$*"; }

# check NAME COMMAND...: runs a command as one test; its output is shown only when it fails.
check() {
  local name=$1; shift
  if "$@" >"$work/check.log" 2>&1; then
    passed=$((passed + 1)); echo "passed: $name"
  else
    failed=$((failed + 1)); echo "FAILED: $name"; tail -n 40 "$work/check.log"
  fi
}

finish() {
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ] && [ "$skipped" -eq 0 ]
  exit
}

stop() { echo "FAILED: $1"; failed=$((failed + 1)); finish; }

packages=(gcc libc6-dev mosquitto postgresql influxdb socat python3-pymodbus python3-serial python3 python3-cbor2 python3-cryptography python3-jsonschema systemd
  clang lld zlib1g-dev gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static)

install_packages() {
  local missing=() package
  for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "Installing ${missing[*]}"
  local as=()
  [ "$(id -u)" -eq 0 ] || as=(sudo)
  "${as[@]}" apt-get update -qq && "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$work/apt.log" 2>&1 \
    || { tail -n 20 "$work/apt.log"; return 1; }
}

# The arm64 libraries that an emulated program needs, unpacked beside the cross compiler's own; the system's package state is not touched.
arm64_sysroot() {
  local lists="$work/arm64" options
  mkdir -p "$lists/lists/partial" "$lists/archives/partial" "$work/sysroot"
  cp -a /usr/aarch64-linux-gnu/. "$work/sysroot/"
  options=(-o APT::Architecture=arm64 -o APT::Architectures::=arm64 -o "Dir::State::Lists=$lists/lists" -o "Dir::Cache::Archives=$lists/archives" -o "Dir::Cache::pkgcache=" -o "Dir::Cache::srcpkgcache=" -o "Dir::State::status=$lists/status")
  : >"$lists/status"
  apt-get "${options[@]}" -o APT::Sandbox::User=root update -qq || return 1
  (cd "$lists" && apt-get "${options[@]}" -o APT::Sandbox::User=root download libssl3:arm64 && for deb in *.deb; do dpkg -x "$deb" "$work/sysroot"; done)
}

# publish PROJECT RID: native, and not one warning.
publish() {
  local project=$1 rid=$2 cross=()
  [ "$rid" = linux-arm64 ] && cross=(-p:CppCompilerAndLinker=clang -p:LinkerFlavor=lld -p:ObjCopyName=aarch64-linux-gnu-objcopy)
  dotnet publish "src/$project" -c Release -r "$rid" -o "$work/$rid/$project" -p:TrimmerSingleWarn=false "${cross[@]}" >"$work/publish.log" 2>&1 || { cat "$work/publish.log"; return 1; }
  ! grep -E 'warning (IL|AOT|CS|CA|NETSDK|MSB)' "$work/publish.log"
}

native() { "$work/linux-x64/Sensor.Audit/waterwatch" "$@"; }
arm64() { qemu-aarch64-static -L "$work/sysroot" "$work/linux-arm64/Sensor.Audit/waterwatch" "$@"; }
managed() { dotnet "src/Sensor.Audit/bin/Release/net10.0/waterwatch.dll" "$@"; }
without_fma() { DOTNET_EnableFMA=0 DOTNET_EnableAVX2=0 GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2 managed "$@"; }

# same_bytes RUNNER: a runner decides Jiekou's year, a section by class with its pH means (powers and logarithms), an agreement in clauses that
# compares years, and a pool of three parties, to the byte as the managed program does.
decide() {
  "$1" assess --agreement agreements/xinanjiang-round-3-from-may.json --observations demo/data/jiekou.csv
  "$1" assess --agreement demo/agreements/class-iii-quarterly.json --observations demo/data/laokou.csv
  "$1" assess --agreement agreements/henan-shandong-2.json --observations tests/cases/assessments/fixture-henan-shandong-2024/observations.csv
  "$1" assess --clearing --agreement agreements/chishui.json --observations tests/cases/assessments/chishui-three-parties/observations.csv
  "$1" classify --standard gb3838 --water-body river demo/data/jiekou.csv
  "$1" verify tests/cases/bundles/sample.bundle --explain
}
same_bytes() {
  decide managed >"$work/expected" && decide "$1" >"$work/actual" && [ -s "$work/expected" ] && cmp "$work/expected" "$work/actual" && sha256sum "$work/actual"
}

# station_trials PROGRAM: the trials that start the station as a process (killed in the middle of appending, publishing and taking receipts;
# delivered; exported), with another program in the place of the built one.
station_trials() {
  local program=$1 line
  WATERWATCH_EDGE=$program WATERWATCH_TRIALS=reduced timeout 600 dotnet run --project tests/Sensor.Edge.Tests -c Release --no-build -- -class "*.KillTests" -class "*.CommandLineTests" >"$work/trials.log" 2>&1
  line=$(grep -o 'Total: [0-9]*, Errors: [0-9]*, Failed: [0-9]*, Skipped: [0-9]*' "$work/trials.log") || { tail -n 40 "$work/trials.log"; failed=$((failed + 1)); return 1; }
  read -r t e f s <<<"$(tr -dc '0-9 ' <<<"$line")"
  passed=$((passed + t - f - s)); failed=$((failed + e + f)); skipped=$((skipped + s))
  [ $((e + f)) -eq 0 ] || grep -A 8 'FAIL' "$work/trials.log"
  echo "$line: $program"
}

demo_decides() {
  (cd "$work" && timeout 120 dotnet run --project "$root/demo" -c Release --no-build -- --once --json out.json --port 18080 --mqtt-port 18830) || return 1
  /usr/bin/python3 tests/check_demo.py "$work/out.json" .
}

command -v dotnet >/dev/null || stop "the .NET 10 SDK is not installed"
install_packages || stop "Debian packages could not be installed: ${packages[*]}"

say "Building"
dotnet build WaterWatch.sln -c Release -v quiet -clp:ErrorsOnly || stop "the build"

say "Testing"
timeout 1800 dotnet test --solution WaterWatch.sln -c Release --no-build --no-progress 2>&1 | tee "$work/test.log"
read -r p f s < <(awk '/^ *succeeded:/ {p=$2} /^ *failed:/ {f=$2} /^ *skipped:/ {s=$2} END {print p+0, f+0, s+0}' "$work/test.log")
passed=$((passed + p)); failed=$((failed + f)); skipped=$((skipped + s))
grep -q '^Test run summary: Passed' "$work/test.log" || { [ "$failed" -gt 0 ] || failed=$((failed + 1)); }

say "Publishing natively"
for rid in linux-x64 linux-arm64; do
  check "waterwatch-edge for $rid, no warning" publish Sensor.Edge "$rid"
  check "waterwatch for $rid, no warning" publish Sensor.Audit "$rid"
done

say "The same digests on every processor"
check "arm64 libraries for the emulator" arm64_sysroot
check "native x64" same_bytes native
check "x64 without FMA and AVX2" same_bytes without_fma
check "native arm64 under qemu" same_bytes arm64

say "The native stations: outbox and publishing"
printf '#!/bin/sh\nexec qemu-aarch64-static -L "%s" "%s" "$@"\n' "$work/sysroot" "$work/linux-arm64/Sensor.Edge/waterwatch-edge" >"$work/waterwatch-edge-arm64"
chmod +x "$work/waterwatch-edge-arm64"
station_trials "$work/linux-x64/Sensor.Edge/waterwatch-edge"
station_trials "$work/waterwatch-edge-arm64"

say "The demo"
check "demo --once decides; schema, signatures and the figures of Jiekou hold" demo_decides
finish
