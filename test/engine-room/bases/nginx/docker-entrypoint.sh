#!/bin/sh
set -e
# The real one adds IPv6 to the settings where it may write them, and goes on where not.
if [ "$1" = nginx ] && [ -w /etc/nginx/conf.d/default.conf ]; then
  touch /etc/nginx/conf.d/default.conf
fi
exec "$@"
