#!/usr/bin/env bash
# A private PostgreSQL for tests: its own folder, a Unix socket and no port, never as root.
#   tools/postgres.sh start FOLDER [-c SETTING=VALUE]...   makes it if missing; prints its address
#   tools/postgres.sh standby FOLDER [OF [NAME]]            a streaming standby of the one in OF
#   tools/postgres.sh promote|stop|kill FOLDER              kill: every process, without warning
#   tools/postgres.sh with [-c SETTING=VALUE]... COMMAND
#                                     runs COMMAND with COMITY_TEST_DATABASE set, then removes it
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
[ -n "$bin" ] || { echo "no PostgreSQL server here (apt-get install postgresql)" >&2; exit 69; }

owner=()
if [ "$(id -u)" -eq 0 ]; then
    user=$(id -un postgres 2>/dev/null || echo nobody)
    owner=(setpriv --reuid="$user" --regid="$(id -gn "$user")" --clear-groups env HOME=/tmp)
fi

make_folder() {
    mkdir -p "$1"
    [ ${#owner[@]} -eq 0 ] || chown "$user" "$1"
    cd "$1" # the owner may not see where we stand
}

run_server() {
    local folder=$1
    shift
    "${owner[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -s -w -t 60 start -o \
        "-c listen_addresses='' -k '$folder' -c unix_socket_permissions=0700 -c max_connections=200 $*" >&2
    echo "postgresql:///postgres?host=$folder&user=comity"
}

start() {
    local folder=$1
    shift
    make_folder "$folder"
    [ -d "$folder/data" ] || "${owner[@]}" "$bin/initdb" -D "$folder/data" -U comity -A trust \
        -E UTF8 --locale=C --no-sync >"$folder/initdb.log"
    run_server "$folder" "$@"
}

standby() {
    make_folder "$1"
    [ -d "$1/data" ] || "${owner[@]}" "$bin/pg_basebackup" -D "$1/data" -R -c fast --no-sync \
        -d "host=${2:-} user=comity application_name=${3:-standby}"
    run_server "$1"
}

stop() {
    cd "$1"
    "${owner[@]}" "$bin/pg_ctl" -D "$1/data" -s -m fast stop >&2
}

promote() {
    cd "$1"
    "${owner[@]}" "$bin/pg_ctl" -D "$1/data" -s -w promote >&2
}

kill_all() {
    local main
    main=$(head -1 "$1/data/postmaster.pid")
    # shellcheck disable=SC2046 # one word a process
    kill -9 "$main" $(pgrep -P "$main" || true)
}

case ${1:-} in
here) exit 0 ;; # a server is installed
start) shift; start "$@" ;;
standby) shift; standby "$@" ;;
stop) stop "$2" ;;
promote) promote "$2" ;;
kill) kill_all "$2" ;;
with)
    shift
    folder=$(mktemp -d /tmp/comity-pg-XXXXXX)
    trap 'cd /; kill_all "$folder"; rm -rf "$folder"' EXIT # nothing of it is kept
    settings=()
    while [ "${1:-}" = -c ]; do settings+=(-c "$2"); shift 2; done
    COMITY_TEST_DATABASE=$(start "$folder" "${settings[@]}") # in a shell of its own: we stay here
    export COMITY_TEST_DATABASE
    "$@"
    ;;
*) sed -n '2,7s/^# *//p' "$0" >&2; exit 64 ;;
esac
