#!/bin/sh
# Installs what services.txt says an image holds. Arguments: the service, and a nats-server to take where it needs one.
set -eu
here=$(dirname "$0")
service=$1
nats_server=$2

# The words behind a name and a colon; a name that no line has stops the build.
row() {
  awk -v name="$2:" '$1 == name { $1 = ""; print; found = 1 } END { exit !found }' "$here/$1" || {
    echo "deploy/images/$1 has no line for \"$2\"" >&2
    exit 1
  }
}

packages=$(row packages-bookworm.txt init)
for part in $(row services.txt "$service"); do
  case $part in
    nats-server) install -m 755 "$nats_server" /usr/local/bin/nats-server ;;
    *) packages="$packages $(row packages-bookworm.txt "$part")" ;;
  esac
done
apt-get update
# shellcheck disable=SC2086 # Words, each a package.
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages
rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/* /var/log/*
