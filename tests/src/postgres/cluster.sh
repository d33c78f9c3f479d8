# Makes a cluster in the current folder, serves it, and removes both when standard input ends.
# Standard input is a pipe that only the test process holds open: the end comes however that process dies.
set -u
bin=$1

make_cluster() {
    "$bin/initdb" -D data -U postgres -A trust -E UTF8 --no-sync "$@" </dev/null >>server.log 2>&1 && return
    status=$?
    rm -rf data
    return "$status"
}

# Sorting by a language, as servers out there do, shows the query that forgot COLLATE "C". Old servers cannot.
if make_cluster --locale=C --locale-provider=icu --icu-locale=en-US || make_cluster --locale=C; then
    "$bin/postgres" -D data -k "$PWD" -p 5432 -c listen_addresses= \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
        -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=256MB \
        -c max_connections=300 -c shared_buffers=64MB -c autovacuum=off -c jit=off \
        </dev/null >>server.log 2>&1 &
    server=$!
    read -r _ || true
    kill -QUIT "$server" 2>/dev/null
    wait "$server"
else
    echo "FATAL: initdb failed" >>server.log
    read -r _ || true
fi
rm -rf "$PWD"
