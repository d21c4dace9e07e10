#!/usr/bin/env bash
# Both commands of the README in a bare Debian 12 root, made with debootstrap in a temporary folder;
# says how long each took. Root only: it needs chroot. MIRROR names another Debian mirror.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" -eq 0 ] || { echo "make fresh needs root (chroot)" >&2; exit 1; }
command -v debootstrap >/dev/null || apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
mirror=${MIRROR:-$(sed -nE 's/^(URIs:|deb) *(\[[^]]*\])? *([^ ]*debian\/?)( .*)?$/\3/p' \
    $(find /etc/apt -name '*.list' -o -name '*.sources') | head -n 1)}
root=$(mktemp -d /tmp/comity-fresh-XXXXXX)
# Never follow a mount when clearing up, whatever is still busy in the root: this machine's own.
clean() {
    umount -l -R "$root" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap clean EXIT
mount --bind "$root" "$root" # ip -n wants the root of its files to be a mount, as on a machine it is
chmod 755 "$root" # a service's own user looks for its files under it
echo "== a bare Debian 12 in $root"
debootstrap --variant=minbase --include=ca-certificates,make bookworm "$root" "${mirror:-http://deb.debian.org/debian}" >/dev/null
cp /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
for list in $(find /etc/apt -name '*.list' -o -name '*.sources'); do cp "$list" "$root$list"; done
# A network with its own certificate authority or registry: what this machine needs, the root needs.
settings=()
for name in SSL_CERT_FILE CURL_CA_BUNDLE NODE_EXTRA_CA_CERTS; do
    [ -e "${!name:-}" ] || continue
    install -D "${!name}" "$root${!name}"
    settings+=("$name=${!name}")
done
for file in "$HOME/.npmrc" /etc/npmrc /usr/etc/npmrc; do
    [ ! -e "$file" ] || install -D "$file" "$root$file"
done
mkdir -p "$root/dev/shm"
mount -t tmpfs shm "$root/dev/shm"
mount -t proc proc "$root/proc"
mount -t sysfs sys "$root/sys"
git clone -q . "$root/comity"
inside() {
    local began=$SECONDS
    chroot "$root" /usr/bin/env -i HOME="$HOME" PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        ${http_proxy:+http_proxy=$http_proxy} ${https_proxy:+https_proxy=$https_proxy} "${settings[@]}" \
        npm_config_registry="$(npm config get registry 2>/dev/null || true)" \
        bash -c "cd /comity && $1"
    echo "== '$1' took $((SECONDS - began)) seconds"
}
inside "make demo ONCE=1 PORT=7900"
inside "make test"
inside "make demo ONCE=1 PORT=7900"
echo "== both commands hold on a bare Debian 12"
