#!/usr/bin/env bash
# Database servers of the tests' own: `tests/databases.sh start FOLDER` makes them in a folder, on free ports of this
# machine only, as a user without rights, and prints the variables that tell the tests where they are;
# `tests/databases.sh stop FOLDER` ends them by their process ids. Nothing is flushed to disk: they are thrown away.
#
# `tests/databases.sh crash FOLDER postgres|mysql` kills one of them, and `tests/databases.sh resume FOLDER postgres|mysql`
# starts it again with what it had, on the port that it had.
#
#     eval "$(tests/databases.sh start /tmp/databases)"; cargo nextest run -p velocious --all-features
set -euo pipefail

postgres_programs="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)"

# Runs a command as somebody who is not root, which no database server wants to be.
unprivileged() {
    local user="$1"
    shift
    if [ "$(id -u)" -eq 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi
}

free_port() {
    local port
    while true; do
        # Below those that the system hands out by itself.
        port=$((20000 + RANDOM % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
}

# Waits for a command to succeed, a minute and a half at most.
await() {
    local tries
    for tries in $(seq 900); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 0.1
    done
    echo "databases.sh: gave up waiting for: $*" >&2
    return 1
}

start_postgres() {
    local home="$1/postgres" port
    port="$(free_port)"
    mkdir -p "$home"
    if [ "$(id -u)" -eq 0 ]; then chown postgres "$home"; fi
    unprivileged postgres "$postgres_programs/initdb" -D "$home/data" -U velocious --auth=trust --encoding=UTF8 \
        --locale=C.UTF-8 --no-sync >"$home/log" 2>&1
    echo "$port" >"$1/postgres.port"
    run_postgres "$1"
    echo "export VELOCIOUS_TEST_POSTGRES_URL=postgres://velocious@127.0.0.1:$port/postgres"
}

run_postgres() {
    local home="$1/postgres" port
    port="$(cat "$1/postgres.port")"
    unprivileged postgres "$postgres_programs/postgres" -D "$home/data" -p "$port" -k "$home" \
        -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
        -c max_connections=400 </dev/null >>"$home/log" 2>&1 &
    await "$postgres_programs/pg_isready" -h 127.0.0.1 -p "$port"
    head -n 1 "$home/data/postmaster.pid" >"$1/postgres.pid"
}

start_mysql() {
    local home="$1/mysql" port
    port="$(free_port)"
    mkdir -p "$home"
    if [ "$(id -u)" -eq 0 ]; then chown mysql "$home"; fi
    unprivileged mysql mariadb-install-db --no-defaults --datadir="$home/data" --skip-test-db \
        --auth-root-authentication-method=normal >"$home/log" 2>&1
    echo "$port" >"$1/mysql.port"
    run_mysql "$1"
    mariadb --no-defaults --socket="$home/socket" --user=root --execute="
        CREATE USER velocious@'127.0.0.1' IDENTIFIED BY 'velocious';
        GRANT ALL ON *.* TO velocious@'127.0.0.1' WITH GRANT OPTION"
    echo "export VELOCIOUS_TEST_MYSQL_URL=mysql://velocious:velocious@127.0.0.1:$port/mysql"
}

run_mysql() {
    local home="$1/mysql"
    unprivileged mysql mariadbd --no-defaults --datadir="$home/data" --socket="$home/socket" --pid-file="$home/pid" \
        --port="$(cat "$1/mysql.port")" --bind-address=127.0.0.1 --innodb-flush-log-at-trx-commit=0 \
        --innodb-doublewrite=0 --max-connections=400 --skip-name-resolve </dev/null >>"$home/log" 2>&1 &
    await mariadb --no-defaults --socket="$home/socket" --user=root --execute="SELECT 1"
    cp "$home/pid" "$1/mysql.pid"
}

start() {
    local folder="$1"
    mkdir -p "$folder"
    chmod 755 "$folder"
    if [ -n "$postgres_programs" ]; then
        start_postgres "$folder"
    else
        echo "databases.sh: skipped PostgreSQL, which is not installed" >&2
    fi
    if command -v mariadbd >/dev/null; then
        start_mysql "$folder"
    else
        echo "databases.sh: skipped MariaDB, which is not installed" >&2
    fi
}

crash() {
    local pid _
    pid="$(cat "$1/$2.pid")"
    kill -KILL "$pid"
    # The processes of PostgreSQL that serve connections end by themselves when they see it.
    for _ in $(seq 100); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.05
    done
    rm -f "$1/$2/socket"
}

resume() {
    case "$2" in
    postgres)
        # The one that was killed could not take it away.
        rm -f "$1/postgres/data/postmaster.pid"
        run_postgres "$1"
        ;;
    mysql) run_mysql "$1" ;;
    esac
}

stop() {
    local file pid _
    for file in "$1"/*.pid; do
        [ -f "$file" ] || continue
        pid="$(cat "$file")"
        kill -TERM "$pid" 2>/dev/null || true
        for _ in $(seq 100); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "$pid" 2>/dev/null || true
    done
    rm -rf "$1"
}

case "${1-}" in
start | stop) "$1" "${2:?name a folder}" ;;
crash | resume) "$1" "${2:?name a folder}" "${3:?name postgres or mysql}" ;;
*)
    echo "usage: tests/databases.sh start|stop FOLDER, or crash|resume FOLDER postgres|mysql" >&2
    exit 2
    ;;
esac
