#!/bin/sh
set -eu
curl -fsSL "$1" | jq .
