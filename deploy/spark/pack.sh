#!/usr/bin/env bash
# deploy/spark/pack.sh [ARCHIVE]   in the project's root: the program and its libraries in one archive for a cluster
#
# To be run on a machine with the cluster's system and python3 (the archive names the interpreter, it does not hold it).
# pyspark is left out: the cluster has its own. The program is unpacked with the rest, because its migrations and tables
# are files; a zip for --py-files could not hold them.
set -euo pipefail
archive=$(realpath "${1:-environment.tar.gz}")
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
# each package begins a line, its hashes follow on indented ones
awk '/^[^ ]/ { left_out = /^(pyspark|py4j)==/ } !left_out && !/^-r /' requirements-spark.txt >"$work/spark.txt"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r "$work/spark.txt"
cp -R crawler "$("$work/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/"
find "$work/venv" -name __pycache__ -prune -exec rm -rf {} +
"$work/venv/bin/venv-pack" --quiet --force --prefix "$work/venv" --output "$archive"
du -h "$archive"
