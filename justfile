# The daily commands. `just` alone lists them; each is one line that can be typed by hand as well.

_default:
    @just --list --unsorted

# Serve on http://127.0.0.1:8080, keeping data in leadwright.db
run *arguments:
    cargo run -- serve {{arguments}}

# Serve with an organization that looks alive; prints the password of its admin once
demo:
    cargo run --release -- serve --demo

# All tests; the PostgreSQL half finds a server or starts one
test *arguments:
    cargo test --workspace {{arguments}}

# The tests that need no PostgreSQL
test-sqlite:
    cargo test --workspace -- --skip _postgres

# Only the house rules over the source tree
tidy:
    cargo test -p leadwright-tests --test tidy

# Format, then look for what reviewers would say
lint:
    cargo fmt --all
    cargo clippy --workspace --all-targets -- -D warnings

# Write openapi/openapi.json anew
openapi:
    cargo run -q -- openapi > openapi/openapi.json.new
    mv openapi/openapi.json.new openapi/openapi.json

# Lint openapi/openapi.json (needs Node 20.19 or newer)
openapi-lint:
    npm ci --prefix openapi/lint
    npm run -s lint --prefix openapi/lint

# The image that docs/OPERATIONS.md deploys
image:
    docker build -t leadwright .

# All that a change has to pass
ci:
    .ci/run
