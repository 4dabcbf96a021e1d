#!/bin/sh
# Puts the data folder and what the environment says behind any command: meetings crawl report, meetings health.
set -eu
set -- "$@" -s "DATA_DIR=${DATA_DIR:-/data}"
[ -z "${CONTACT:-}" ] || set -- "$@" -s "CONTACT=$CONTACT"
[ -z "${STORE_URL:-}" ] || set -- "$@" -s "STORE_URL=$STORE_URL"
[ -z "${LOG_JSON:-}" ] || set -- "$@" -s "LOG_JSON=$LOG_JSON"
exec scrapy "$@"
