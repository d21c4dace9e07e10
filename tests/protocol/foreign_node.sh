#!/bin/sh
# Plays the node of another State with curl, openssl, coreutils and sed, as docs/PROTOCOL.md has it:
# writes one request by hand, sends it to a running node, and checks every word of its receipt.
#
#   tests/protocol/foreign_node.sh FOLDER FROM TO [HOST:PORT]
#
# FOLDER has what `comity found` makes: FOLDER/<state>/keys/{seal,sealing,transport}.{crt,key},
# FOLDER/<state>/trust.json and roots/. FROM plays, TO runs: two-letter codes. FROM must not run a
# node of its own that goes on afterwards: its numbers to TO would start again and be a fork.
#
#   SEQ, PREV   number of the message and SHA-256 of the manifest before it (1 and 64 zeros)
#   PLATE, CASE what is asked and under which number
#   ANSWER=1    wait for the answer too, at FROM's address in the trust list, and give its receipt,
#               with a register of two entries: once for each founding, since a second such
#               register would be another history, and TO would say so
#   KEEP        a new folder for everything that was made; else it is removed
set -eu

[ $# -ge 3 ] || { sed -n '2,18s/^# \{0,1\}//p' "$0"; exit 64; }
data=$(cd "$1" && pwd)
from=$(printf %s "$2" | tr a-z A-Z)
to=$(printf %s "$3" | tr a-z A-Z)
home=$data/$(printf %s "$from" | tr A-Z a-z)
keys=$home/keys
trust=$home/trust.json
[ -e "$trust" ] || trust=$data/trust.json
seq=${SEQ:-1}
prev=${PREV:-$(printf '%064d' 0)}
plate=${PLATE:-B 123 ABC}
case_number=${CASE:-$from-2026-$$}

if [ -n "${KEEP:-}" ]; then
    mkdir "$KEEP"
    work=$(cd "$KEEP" && pwd)
else
    work=$(mktemp -d)
fi
server=
leave() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -n "${KEEP:-}" ] || rm -rf "$work"
}
trap leave EXIT
cd "$work"

fail() { echo "FAILED: $1" >&2; exit 1; }
holds() { echo "  holds: $1"; }
hash() { sha256sum "$1" | cut -d' ' -f1; }
fingerprint() { openssl x509 -in "$1" -outform DER | sha256sum | cut -d' ' -f1; }
text() { sed -n "s/.*\"$2\":\"\([^\"]*\)\".*/\1/p" "$1"; }
number() { sed -n "s/.*\"$2\":\([0-9][0-9]*\).*/\1/p" "$1"; }
same() { [ "$2" = "$3" ] || fail "$1: '$2' is not '$3'"; holds "$1"; }
hex() { od -An -v -tx1 | tr -d ' \n'; }

# --- section 3 of the page: the trust list -------------------------------------------------------
state() { sed 's/{"state":/\n&/g' "$trust" | grep "^{\"state\":\"$1\"" >"$1.line"; }
pem() { # the n-th certificate of a list in a State's line
    sed -n "s/.*\"$2\":\[\{0,1\}\"\([^]}]*\).*/\1/p" "$1.line" | sed 's/","/\n/g;s/".*//' |
        sed -n "${3}p" | sed 's/\\n/\n/g'
}
state "$from"; state "$to"
pem "$to" root 1 >root.pem
pem "$to" sealings 1 >sealing.pem
pem "$to" transports 1 >transport.pem
address=${4:-$(text "$to.line" address)}
verifier=$(text "$to.line" registerKey)
echo "$from writes to $to at $address"

signatures=$home/trust.signatures.json
[ ! -e "$signatures" ] || {
    count=0
    sed 's/{"state":/\n&/g' "$signatures" | sed -n '/^{"state"/p' >signatures
    while read -r line || [ -n "$line" ]; do
        printf '%s\n' "$line" >signature.line
        signer=$(text signature.line state)
        state "$signer"; pem "$signer" root 1 >signer-root.pem
        pinned=$home/roots/$(printf %s "$signer" | tr A-Z a-z).pem
        [ "$(fingerprint "$pinned")" = "$(fingerprint signer-root.pem)" ] ||
            fail "the root of $signer is not the one that $from vouches for"
        text signature.line signature | openssl base64 -d -A >trust.p7s
        openssl cms -verify -cades -binary -inform DER -in trust.p7s -content "$trust" \
            -CAfile signer-root.pem -purpose any -out /dev/null 2>/dev/null && count=$((count + 1))
    done <signatures
    [ "$count" -ge "$(number "$trust" requiredSignatures)" ] || fail "the trust list: $count signed"
    holds "the trust list is signed by $count States"
}

# --- sections 5 and 6: the part and its seal -----------------------------------------------------
new_id() { # UUID of version 7
    milliseconds=$(printf '%012x' "$(date +%s%3N)")
    chance=$(openssl rand -hex 10)
    printf '%s-%s-7%s-8%s-%s' "$(printf %s "$milliseconds" | cut -c1-8)" \
        "$(printf %s "$milliseconds" | cut -c9-12)" "$(printf %s "$chance" | cut -c1-3)" \
        "$(printf %s "$chance" | cut -c4-6)" "$(printf %s "$chance" | cut -c7-18)"
}
id=$(new_id)
salt=$(openssl rand -base64 32)
unit() { # ids of National Central Units, appendix A of the page
    case $1 in
    AL) echo AL-MOI ;; AT) echo AT-BK ;; BA) echo BA-MOS ;; BG) echo BG-IOCD ;;
    HR) echo HR-IPC ;; HU) echo HU-NEBEK ;; MD) echo MD-MOI ;; ME) echo ME-POLICE ;;
    MK) echo MK-MOI ;; RO) echo RO-MAI ;; RS) echo RS-MOI ;; SI) echo SI-IPC ;;
    *) fail "$1 is no Party" ;;
    esac
}
{
    printf '{"message":"%s","part":1,"salt":"%s","readers":["%s","%s"]}\n' \
        "$id" "$salt" "$to" "$from"
    printf '{"kind":"vehicle-owner","caseNumber":"%s","purpose":"investigation",' "$case_number"
    printf '"offence":"vehicle theft TEST","needGround":"identify-owner",'
    printf '"requestingAuthority":"%s","requestedAuthority":"%s",' "$(unit "$from")" "$(unit "$to")"
    printf '"medium":"system","vehicle":{"plate":"%s","registrationState":"%s"},' "$plate" "$to"
    printf '"decision":{"verdict":"permitted","findings":[],"duties":[],"deadlines":[],'
    printf '"lawVersion":"TEST"}}'
} >part-1
openssl cms -encrypt -binary -aes-256-gcm -outform DER -in part-1 -out part-1.p7m \
    -recip sealing.pem -keyopt ecdh_kdf_md:sha256 \
    -recip "$keys/sealing.crt" -keyopt ecdh_kdf_md:sha256
openssl cms -decrypt -binary -inform DER -in part-1.p7m \
    -recip "$keys/sealing.crt" -inkey "$keys/sealing.key" | cmp -s - part-1 ||
    fail "our own copy of the part does not open"

# --- section 4: the manifest and its signature ---------------------------------------------------
{
    printf '{"v":1,"id":"%s","type":"request","suite":"CMS-P256-SHA256-A256GCM",' "$id"
    printf '"from":{"state":"%s","unit":"%s","certificate":"%s"},' \
        "$from" "$(text "$from.line" unit)" "$(fingerprint "$keys/seal.crt")"
    printf '"to":{"state":"%s","unit":"%s","certificate":"%s"},' \
        "$to" "$(text "$to.line" unit)" "$(fingerprint sealing.pem)"
    printf '"seq":%s,"prevManifestSha256":"%s",' "$seq" "$prev"
    printf '"createdAt":"%s",' "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
    printf '"caseReference":{"ours":"%s"},' "$case_number"
    printf '"legalBasis":{"instrument":"PCC SEE","provisions":["A1","A4(2)-1"],'
    printf '"lawVersion":"TEST"},"purpose":"investigation","urgency":"routine",'
    printf '"classification":{"level":0},"personalData":true,'
    printf '"retention":{"eraseBy":"%s","rule":"A31(4)(b)-1"},' "$(date -u -d '+1 year' +%F)"
    printf '"handling":[],"language":"en","parts":[{"n":1,"name":"request",'
    printf '"mediaType":"application/json","schema":"request/1","bytes":%s,' "$(wc -c <part-1)"
    printf '"cipherSha256":"%s","plainSha256":"%s"}],' "$(hash part-1.p7m)" "$(hash part-1)"
    printf '"registerLog":"%s"}' "$(text "$from.line" registerKey | cut -d+ -f1)"
} >manifest.json
openssl cms -sign -cades -binary -nosmimecap -md sha256 -outform DER \
    -signer "$keys/seal.crt" -inkey "$keys/seal.key" -in manifest.json -out manifest.p7s

# --- sections 2 and 7: the way there -------------------------------------------------------------
host=$(openssl x509 -in transport.pem -noout -ext subjectAltName | sed -n 's/.*DNS:\([^,]*\).*/\1/p')
peer() { # path, further arguments of curl; the node is pinned by its key, its name is of no weight
    path=$1; shift
    curl -sS --tlsv1.3 --cert "$keys/transport.crt" --key "$keys/transport.key" --cacert root.pem \
        --connect-to "$host:${address##*:}:$address" "$@" "https://$host:${address##*:}$path" \
        --pinnedpubkey "sha256//$(openssl x509 -in transport.pem -noout -pubkey |
            openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | openssl base64)"
}
send() { # file for the answer
    peer /exchange/v1/messages -o "$1" -w '%{http_code}' -H 'Expect:' \
        -F 'manifest=@manifest.json;type=application/json' \
        -F 'signature=@manifest.p7s;type=application/pkcs7-signature' \
        -F 'part-1=@part-1.p7m;type=application/pkcs7-mime'
}
if [ -n "${ANSWER:-}" ]; then # the other way: a server for TO, before the answer can be there
    mkfifo reply
    own=$(text "$from.line" address)
    openssl s_server -accept "$own" -tls1_3 -quiet -naccept 1 -cert "$keys/transport.crt" \
        -key "$keys/transport.key" -CAfile root.pem -Verify 1 -verify_return_error \
        <reply >request 2>server.log &
    server=$!
    exec 3>reply
fi
status=$(send receipt.p7m)
[ "$status" = 200 ] || fail "the node answered $status: $(cat receipt.p7m)"

# --- section 8: the receipt ----------------------------------------------------------------------
echo "message $id, number $seq: receipted"
openssl cms -verify -cades -binary -inform DER -in receipt.p7m -CAfile root.pem -purpose any \
    -signer signer.pem -out receipt.json 2>/dev/null || fail "the receipt's signature"
holds "the receipt is signed under the root of $to"
seal=$(fingerprint signer.pem)
n=1
while pem "$to" seals $n >listed.pem && [ -s listed.pem ]; do
    [ "$(fingerprint listed.pem)" != "$seal" ] || { listed=yes; break; }
    n=$((n + 1))
done
[ "${listed:-no}" = yes ] || fail "the signer is no seal of $to"
holds "the signer is a seal of $to in the trust list"
same "sealCertificateSha256" "$(text receipt.json sealCertificateSha256)" "$seal"
same "messageId" "$(text receipt.json messageId)" "$id"
same "manifestSha256" "$(text receipt.json manifestSha256)" "$(hash manifest.json)"
same "signatureSha256" "$(text receipt.json signatureSha256)" "$(hash manifest.p7s)"
same "cipherSha256 of part 1" "$(text receipt.json cipherSha256)" "$(hash part-1.p7m)"
same "from" "$(text receipt.json from)" "$to"
same "to" "$(text receipt.json to)" "$from"
same "seq" "$(number receipt.json seq)" "$seq"
same "kind" "$(text receipt.json kind)" durable

# --- section 9: the entry in the register of TO --------------------------------------------------
text receipt.json leaf | openssl base64 -d -A >leaf
same "the entry names the message" "$(text leaf message)" "$id"
key=$(printf %s "$salt" | openssl base64 -d -A | hex)
same "the entry commits to what was sent" "$(text leaf commitment)" \
    "$(openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" <manifest.json | sed 's/.*= //')"
checkpoint() { # file with a note: its signature, under the key of the trust list
    sed '/^$/,$d' "$1" >body
    same "origin of the checkpoint" "$(sed -n 1p body)" "${verifier%%+*}"
    sed -n "s/^\xe2\x80\x94 ${verifier%%+*} //p" "$1" | openssl base64 -d -A >signed
    same "key id of the checkpoint" "$(head -c 4 signed | hex)" "$(printf %s "$verifier" | cut -d+ -f2)"
    {
        printf '\060\052\060\005\006\003\053\145\160\003\041\000' # RFC 8410: Ed25519
        printf %s "$verifier" | cut -d+ -f3- | openssl base64 -d -A | tail -c 32
    } | openssl pkey -pubin -inform DER -out register.pem
    tail -c 64 signed >signature
    openssl pkeyutl -verify -pubin -inkey register.pem -rawin -in body -sigfile signature \
        >/dev/null 2>&1 || fail "the signature of the checkpoint"
    holds "the checkpoint of size $(sed -n 2p body) is signed by ${verifier%%+*}"
}
# shellcheck disable=SC2059 # the note's \n become line ends
printf "$(text receipt.json checkpoint)" >note
checkpoint note
node() { { printf '\001'; cat "$1" "$2"; } | openssl dgst -sha256 -binary >up; mv up root; }
{ printf '\000'; cat leaf; } | openssl dgst -sha256 -binary >root
index=$(number receipt.json index)
last=$(($(sed -n 2p body) - 1))
sed -n 's/.*"path":\[\([^]]*\)\].*/\1/p' receipt.json | tr -d '"' | tr ',' '\n' >path
while read -r sibling || [ -n "$sibling" ]; do # RFC 9162 section 2.1.3.2
    [ -n "$sibling" ] || continue
    [ "$last" -gt 0 ] || fail "the path is too long"
    printf %s "$sibling" | openssl base64 -d -A >sibling
    if [ $((index % 2)) -eq 1 ] || [ "$index" -eq "$last" ]; then
        node sibling root
        while [ $((index % 2)) -eq 0 ] && [ "$index" -gt 0 ]; do
            index=$((index / 2)); last=$((last / 2))
        done
    else
        node root sibling
    fi
    index=$((index / 2)); last=$((last / 2))
done <path
same "the path ends at the top of the tree" "$last" 0
same "the entry is under the signed root" "$(openssl base64 -A -in root)" "$(sed -n 3p body)"

# --- sections 7 and 9: the same again, and the register as files ---------------------------------
same "the same message again: status" "$(send again.p7m)" 200
cmp -s receipt.p7m again.p7m || fail "the second receipt has other bytes"
holds "the second receipt has the same bytes"
size=$(sed -n 2p body)
peer /register/checkpoint -o newest
checkpoint newest
[ "$(sed -n 2p body)" -ge "$size" ] || fail "the register has shrunk"
sed 's/"id":"..../"id":"0000/' manifest.json >altered && cp manifest.json whole
cp altered manifest.json
same "an altered manifest: status" "$(send refused.json)" 401
cp whole manifest.json

# --- the answer: the page from the receiver's side -----------------------------------------------
answered=0 # bytes of the requests that have their answer
next_request() { # into header and, from there on, rest
    tries=0
    until tail -c +$((answered + 1)) request >rest && sed '/^\r$/q' rest >header && grep -q '^.$' header &&
        length=$(sed -n 's/^[Cc]ontent-[Ll]ength: \([0-9]*\)\r$/\1/p' header) && length=${length:-0} &&
        [ "$(wc -c <rest)" -ge $(($(wc -c <header) + length)) ]; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || fail "no request within 30 seconds: $(cat server.log)"
        sleep 0.1
    done
    answered=$((answered + $(wc -c <header) + length))
    tail -c +$(($(wc -c <header) + 1)) rest | head -c "$length" >content
}

reply() { # status, content type, file
    {
        printf 'HTTP/1.1 %s\r\nContent-Type: %s\r\n' "$1" "$2"
        printf 'Content-Length: %s\r\n\r\n' "$(wc -c <"$3")"
        cat "$3"
    } >&3
}

sign_head() { # size, file with the root: own.note, the head of our register
    log=$(text "$from.line" registerKey)
    printf '%s\n%s\n%s\n' "${log%%+*}" "$1" "$(openssl base64 -A -in "$2")" >own.body
    openssl pkeyutl -sign -rawin -inkey "$keys/register.key" -in own.body -out own.signature
    note_signature=$({
        { printf '%s\n\001' "${log%%+*}"; printf %s "$log" | cut -d+ -f3- |
            openssl base64 -d -A | tail -c 32; } | openssl dgst -sha256 -binary | head -c 4
        cat own.signature
    } | openssl base64 -A)
    { cat own.body; printf '\n\342\200\224 %s %s\n' "${log%%+*}" "$note_signature"; } >own.note
}

take_answer() {
    leaf_of sent "$(text manifest.json createdAt)" manifest.json part-1 >leaf-0
    { printf '\000'; cat leaf-0; } | openssl dgst -sha256 -binary >leaf-0.hash
    sign_head 1 leaf-0.hash
    : >nothing
    while next_request; do # it looks who is there before it gives its message a number
        case $(sed -n '1s/\r$//p' header) in
        "GET /register/checkpoint HTTP/1.1") reply "200 OK" "text/plain; charset=utf-8" own.note ;;
        "POST /register/witness/"*) reply "404 Not Found" text/plain nothing ;;
        *) break ;;
        esac
    done
    same "the answer's path" "$(sed -n '1s/\r$//p' header)" "POST /exchange/v1/messages HTTP/1.1"
    boundary=$(sed -n 's/^Content-Type: multipart\/form-data; boundary=\(.*\)\r$/\1/p' header)
    mv content body.multipart
    previous=
    grep -abo -- "--$boundary" body.multipart | cut -d: -f1 | while read -r offset; do
        if [ -n "$previous" ]; then
            skip=$((previous + ${#boundary} + 2 + 2))
            tail -c +$((skip + 1)) body.multipart | head -c $((offset - 2 - skip)) >field
            sed '/^\r$/q' field >field.header
            name=$(sed -n 's/.*form-data; name="\([a-z0-9-]*\)".*/\1/p' field.header)
            tail -c +$(($(wc -c <field.header) + 1)) field >"answer.$name"
        fi
        previous=$offset
    done
}

check_answer() {
    openssl cms -verify -cades -binary -inform DER -in answer.signature -content answer.manifest \
        -CAfile root.pem -purpose any -signer signer.pem -out checked 2>/dev/null ||
        fail "the answer's signature"
    cmp -s checked answer.manifest || fail "the answer's manifest"
    same "the answer is signed by a seal of $to" "$(fingerprint signer.pem)" "$seal"
    same "it is an answer or a refusal" "$(grep -cE '"type":"(answer|refusal)"' answer.manifest)" 1
    same "it follows what came before" "$(text answer.manifest prevManifestSha256)" "$(printf '%064d' 0)"
    reply_to=$(sed -n 's/.*"inReplyTo":{"id":"\([^"]*\)".*/\1/p' answer.manifest)
    same "it replies to our message" "$reply_to" "$id"
    same "it names our case" "$(text answer.manifest yours)" "$case_number"
    same "its part is the one named" "$(text answer.manifest cipherSha256)" "$(hash answer.part-1)"
    openssl cms -decrypt -binary -inform DER -in answer.part-1 -recip "$keys/sealing.crt" \
        -inkey "$keys/sealing.key" -out answer.plain
    same "and says what was sealed" "$(text answer.manifest plainSha256)" "$(hash answer.plain)"
    head -n 1 answer.plain >answer.head
    answer_id=$(sed -n 's/^{"v":1,"id":"\([^"]*\)".*/\1/p' answer.manifest)
    same "its head names its message" "$(text answer.head message)" "$answer_id"
}

leaf_of() { # act, instant, manifest, plain part: an entry of our own register
    salt_hex=$(head -n 1 "$4" | sed 's/.*"salt":"\([^"]*\)".*/\1/' | openssl base64 -d -A | hex)
    printf '{"v":1,"act":"%s","at":"%s","message":"%s",' "$1" "$2" \
        "$(sed -n 's/^{"v":1,"id":"\([^"]*\)".*/\1/p' "$3")"
    printf '"type":"%s","from":"%s","to":"%s",' "$(text "$3" type)" \
        "$(sed -n 's/.*"from":{"state":"\(..\)".*/\1/p' "$3")" \
        "$(sed -n 's/.*"to":{"state":"\(..\)".*/\1/p' "$3")"
    printf '"fromUnit":"%s","toUnit":"%s","caseNumber":"%s","purpose":"%s",' \
        "$(sed -n 's/.*"from":{"state":"..","unit":"\([^"]*\)".*/\1/p' "$3")" \
        "$(sed -n 's/.*"to":{"state":"..","unit":"\([^"]*\)".*/\1/p' "$3")" \
        "$(text "$3" ours)" "$(text "$3" purpose)"
    printf '"provisions":[%s],' "$(sed -n 's/.*"provisions":\[\([^]]*\)\].*/\1/p' "$3")"
    printf '"verdict":"permitted","lawVersion":"TEST","personalData":%s,"eraseBy":"%s",' \
        "$(sed -n 's/.*"personalData":\([a-z]*\).*/\1/p' "$3")" "$(text "$3" eraseBy)"
    printf '"commitment":"%s"}' "$(openssl dgst -sha256 -mac HMAC \
        -macopt "hexkey:$salt_hex" <"$3" | sed 's/.*= //')"
}

write_receipt() {
    now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    leaf_of received "$now" answer.manifest answer.plain >leaf-1
    { printf '\000'; cat leaf-1; } | openssl dgst -sha256 -binary >leaf-1.hash
    node leaf-0.hash leaf-1.hash
    sign_head 2 root
    {
        printf '{"v":1,"id":"%s","kind":"durable","messageId":"%s",' "$(new_id)" "$answer_id"
        printf '"manifestSha256":"%s","signatureSha256":"%s",' \
            "$(hash answer.manifest)" "$(hash answer.signature)"
        printf '"parts":[{"n":1,"cipherSha256":"%s","opened":true}],' "$(hash answer.part-1)"
        printf '"from":"%s","to":"%s","seq":1,"highestContiguousSeq":1,' "$from" "$to"
        printf '"receivedAt":"%s","persistedAt":"%s","checks":[],' "$now" "$now"
        printf '"registerEntry":{"log":"%s","index":1,"leaf":"%s","path":["%s"],' \
            "${log%%+*}" "$(openssl base64 -A -in leaf-1)" "$(openssl base64 -A -in leaf-0.hash)"
        printf '"checkpoint":"%s\\n2\\n%s\\n\\n\342\200\224 %s %s\\n"},' "${log%%+*}" \
            "$(openssl base64 -A -in root)" "${log%%+*}" "$note_signature"
        printf '"sealCertificateSha256":"%s"}' "$(fingerprint "$keys/seal.crt")"
    } >own-receipt.json
    openssl cms -sign -nodetach -cades -binary -nosmimecap -md sha256 -outform DER \
        -signer "$keys/seal.crt" -inkey "$keys/seal.key" -in own-receipt.json -out own-receipt.p7m
    reply "200 OK" application/pkcs7-mime own-receipt.p7m
    exec 3>&- # the server says its end once all is through
    wait "$server" || fail "the server: $(cat server.log)"
    server=
}

if [ -n "${ANSWER:-}" ]; then
    take_answer
    check_answer
    write_receipt
    echo "$(text answer.manifest type): $(sed -n \
        '2s/^{"kind":"[^"]*","caseNumber":"[^"]*","\(result\|ground\)":"\([^"]*\)".*/\2/p' \
        answer.plain), receipted"
fi
echo "Everything holds. Next to $to: SEQ=$((seq + 1)) PREV=$(hash manifest.json)"
