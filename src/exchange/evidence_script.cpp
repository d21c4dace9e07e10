#include "exchange/evidence.h"

namespace comity::exchange {

// POSIX sh, openssl 3, coreutils. It rebuilds every hash from the bytes and never asks Comity.
std::string_view const verify_script = R"sh(#!/bin/sh
# Checks this evidence with openssl and coreutils only. Exit 0: everything holds.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $1" >&2; exit 1; }
hash() { sha256sum "$1" | cut -d' ' -f1; }
member() { # the first of that name: an answer's manifest names the id of its request after its own
    grep -o "\"$2\":\"\{0,1\}[^\",}]*" "$1" | head -n 1 | sed 's/^"[^"]*":"\{0,1\}//'
}
verified() { # signature, file of the instant, arguments of openssl
    signature=$1; instant=$2; shift 2
    openssl cms -verify -binary -cades -inform DER -in "$signature" -purpose any \
        -attime "$(cat "$instant")" "$@" >/dev/null 2>&1
}

verified manifest.p7s checked-at -content manifest.json -CAfile sender-root.pem -out /dev/null ||
    fail "manifest.p7s is not the sender's signature over manifest.json"
echo "manifest: signed by the sending State"

n=0
for part in parts/*.p7m; do
    [ -e "$part" ] || { echo "parts: destroyed on their day"; break; }
    n=$((n + 1))
    grep -q "\"cipherSha256\":\"$(hash "parts/$n.p7m")\"" manifest.json ||
        fail "parts/$n.p7m was altered"
    echo "part $n: the one that the manifest names"
    [ ! -e "opened/$n" ] && continue
    grep -q "\"plainSha256\":\"$(hash "opened/$n")\"" manifest.json || fail "opened/$n was altered"
    echo "opened $n: what was sealed"
done

merkle() { # folder of hashes, 32 bytes each: the root over them (RFC 6962), in hexadecimal
    while [ "$(ls "$1" | wc -l)" -gt 1 ]; do
        mkdir "$work/up"; left=; place=10000
        for each in "$1"/*; do
            [ -n "$left" ] || { left=$each; continue; }
            place=$((place + 1))
            { printf '\001'; cat "$left" "$each"; } |
                openssl dgst -sha256 -binary >"$work/up/$place"
            left=
        done
        [ -z "$left" ] || cp "$left" "$work/up/$((place + 1))"
        rm -r "$1"; mv "$work/up" "$1"
    done
    cat "$1"/* | od -An -v -tx1 | tr -d ' \n'
}
leaf() { # the hash on standard input becomes a leaf
    { printf '\000'; cat; } | openssl dgst -sha256 -binary
}
for folder in attachments/*; do
    [ -e "$folder" ] || break
    n=${folder#attachments/}
    sed 's/{"n":/\n&/g' manifest.json | grep "^{\"n\":$n,.*\"cipherRoot\":" >"$work/line" ||
        fail "$folder is not named in manifest.json"
    mkdir "$work/sealed" "$work/plain"
    chunk=0; size=$(member "$work/line" chunkBytes)
    for sealed in "$folder"/*.p7m; do
        chunk=$((chunk + 1)); file=$(printf '%s/%04d' "$folder" "$chunk")
        openssl dgst -sha256 -binary <"$file.p7m" | leaf >"$work/sealed/$((10000 + chunk))"
        [ -e "$folder/content" ] || continue
        { cat "$file.head"; tail -c "+$(((chunk - 1) * size + 1))" "$folder/content" |
            head -c "$size"; } |
            openssl dgst -sha256 -binary | leaf >"$work/plain/$((10000 + chunk))"
    done
    [ "$chunk" = "$(member "$work/line" chunks)" ] || fail "$folder lacks chunks"
    [ "$(merkle "$work/sealed")" = "$(member "$work/line" cipherRoot)" ] ||
        fail "$folder was altered"
    echo "attachment $n: $chunk chunks, those that the manifest names"
    if [ -e "$folder/content" ]; then
        [ "$(wc -c <"$folder/content")" -eq "$(member "$work/line" bytes)" ] &&
            [ "$(merkle "$work/plain")" = "$(member "$work/line" plainRoot)" ] ||
                fail "$folder/content was altered"
        echo "attachment $n: its content is what was sealed"
    fi
    rm -r "$work/sealed" "$work/plain"
done

if [ -e receipt.p7m ]; then
    verified receipt.p7m receipt-checked-at -CAfile receiver-root.pem -out "$work/receipt" ||
        fail "receipt.p7m is not signed by the receiving State"
    cmp -s "$work/receipt" receipt.json || fail "receipt.json is not what was signed"
    [ "$(member receipt.json manifestSha256)" = "$(hash manifest.json)" ] ||
        fail "the receipt is for another manifest"
    [ "$(member receipt.json signatureSha256)" = "$(hash manifest.p7s)" ] ||
        fail "the receipt is for another signature"
    echo "receipt: $(member receipt.json kind), signed by the receiving State"
fi

node() {
    { printf '\001'; cat "$1" "$2"; } | openssl dgst -sha256 -binary >"$work/next"
    mv "$work/next" "$work/hash"
}

line_of() { # note, folder of the key: its signature line, taken apart
    id=
    for line in $(sed -n "s/^\xe2\x80\x94 $(cut -d+ -f1 "$2/verifier") //p" "$1"); do
        printf %s "$line" | openssl base64 -d -A >"$work/signed"
        id=$(head -c 4 "$work/signed" | od -An -v -tx1 | tr -d ' \n')
        [ "$id" = "$(cut -d+ -f2 "$2/verifier")" ] && break
    done
    [ "$id" = "$(cut -d+ -f2 "$2/verifier")" ] || fail "$1 is signed with another key than $2"
    [ "$(cut -d+ -f3- "$2/verifier" | openssl base64 -d -A | tail -c 32 | od -An -v -tx1)" = \
        "$(openssl pkey -pubin -in "$2/key.pem" -outform DER | tail -c 32 | od -An -v -tx1)" ] ||
        fail "$2/verifier and $2/key.pem are different keys"
    tail -c 64 "$work/signed" >"$work/signature"
}
signs() { # signed file, folder of the key, what is said where it does not
    openssl pkeyutl -verify -pubin -inkey "$2/key.pem" -rawin -in "$1" \
        -sigfile "$work/signature" >/dev/null 2>&1 || fail "$3"
}
head_of() { # note, folder of the register: the three signed lines
    sed '/^$/,$d' "$1" >"$work/body"
    [ "$(sed -n 1p "$work/body")" = "$(cut -d+ -f1 "$2/verifier")" ] ||
        fail "$1 is of another register"
    line_of "$1" "$2"
    signs "$work/body" "$2" "$1 is not signed by its register"
}

cosigned() { # folder: an older head of the same register, and the lines of its witnesses
    head_of "$1/cosigned" "$1"
    for witness in "$1"/witness/*; do
        [ -e "$witness" ] || break
        line_of "$1/cosigned" "$witness"
        seconds=$((0x$(od -An -v -tx1 -j4 -N8 "$work/signed" | tr -d ' \n')))
        { printf 'cosignature/v1\ntime %s\n' "$seconds"; cat "$work/body"; } >"$work/seen"
        signs "$work/seen" "$witness" "$1/cosigned: a line of $witness does not hold"
        echo "$1: $(sed -n 2p "$work/body") entries cosigned by $(cut -d+ -f1 "$witness/verifier")"
    done
}

register() { # folder: the head's own signature, then RFC 9162 section 2.1.3.2
    head_of "$1/checkpoint" "$1"
    { printf '\000'; cat "$1/leaf"; } | openssl dgst -sha256 -binary >"$work/hash"
    index=$(cat "$1/index"); last=$(($(sed -n 2p "$work/body") - 1))
    [ "$index" -le "$last" ] || fail "$1/index is outside the tree"
    for sibling in "$1"/path/*; do
        [ -e "$sibling" ] || break
        [ "$last" -gt 0 ] || fail "$1/path is too long"
        if [ $((index % 2)) -eq 1 ] || [ "$index" -eq "$last" ]; then
            node "$sibling" "$work/hash"
            while [ $((index % 2)) -eq 0 ] && [ "$index" -gt 0 ]; do
                index=$((index / 2)); last=$((last / 2))
            done
        else
            node "$work/hash" "$sibling"
        fi
        index=$((index / 2)); last=$((last / 2))
    done
    [ "$last" -eq 0 ] || fail "$1/path is too short"
    [ "$(openssl base64 -A -in "$work/hash")" = "$(sed -n 3p "$work/body")" ] ||
        fail "$1: the entry is not under the signed head"
    [ "$(member "$1/leaf" message)" = "$(member manifest.json id)" ] ||
        fail "$1/leaf speaks of another message"
    echo "$1: entry $(cat "$1/index") of $(sed -n 2p "$work/body") in $(sed -n 1p "$work/body")"
    [ -e opened/1 ] || return 0
    salt=$(head -n 1 opened/1 | sed 's/.*"salt":"\([^"]*\)".*/\1/' | openssl base64 -d -A |
        od -An -v -tx1 | tr -d ' \n')
    [ "$(openssl dgst -sha256 -mac HMAC -macopt "hexkey:$salt" <manifest.json |
        sed 's/.*= //')" = \
        "$(member "$1/leaf" commitment)" ] || fail "$1/leaf does not commit to this content"
    echo "$1: commits to this very content"
}
register own-register
[ ! -e peer-register ] || register peer-register
[ ! -e peer-register/cosigned ] || cosigned peer-register
echo "Everything holds. The roots are yours to compare:"
for root in sender-root.pem receiver-root.pem; do
    echo "  $root $(openssl x509 -in "$root" -noout -fingerprint -sha256 | sed 's/.*=//')"
done
)sh";

} // namespace comity::exchange
