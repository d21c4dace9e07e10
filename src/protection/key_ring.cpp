#include "protection/key_ring.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::protection {
namespace {

constexpr std::string_view magic = "comity vault keys 1\n";
constexpr std::size_t head_bytes = 8 + 8 + 4 + 4;
constexpr std::size_t key_bytes = 8 + 1 + 2 + 4 + 8 + 32;

void put(Bytes& out, std::uint64_t number, unsigned bytes)
{
    while (bytes-- > 0) out.push_back(static_cast<std::uint8_t>(number >> (8 * bytes)));
}

std::uint64_t take(ByteView& rest, unsigned bytes)
{
    std::uint64_t out = 0;
    for (auto const byte : rest.first(bytes)) out = out << 8U | byte;
    rest = rest.subspan(bytes);
    return out;
}

void put(Bytes& out, Date date)
{
    put(out, static_cast<std::uint32_t>(date.time_since_epoch().count()), 4);
}

Date take_date(ByteView& rest)
{
    auto const days = static_cast<std::int32_t>(static_cast<std::uint32_t>(take(rest, 4)));
    return Date { std::chrono::days { days } };
}

Error wrong(std::string what)
{
    return { Error::Kind::malformed, std::move(what), "vault keys" };
}

Result<void> check(PeriodKey const& key, std::uint64_t id, KeyRing const& ring)
{
    auto const capital = [](char c) { return 'A' <= c && c <= 'Z'; };
    auto const last = ring.keys.empty() ? 0 : ring.keys.rbegin()->first;
    if (id <= last || id >= ring.next_id)
        return wrong(fmt::format("key {} is out of its order", id));
    if (key.kind != KeyKind::drawer && key.kind != KeyKind::index)
        return wrong(fmt::format("key {} is of no known kind", id));
    if (!std::ranges::all_of(key.owner, capital))
        return wrong(fmt::format("key {} has no State", id));
    if (key.doubted_at > ring.version)
        return wrong(fmt::format("key {} is doubted before its time", id));
    return {};
}

crypto::Key256 file_key(crypto::Key256 const& node_key)
{
    auto const derived = crypto::hkdf_sha256(node_key, {}, as_view("comity vault key file"), 32);
    crypto::Key256 out {};
    std::ranges::copy(derived, out.begin());
    return out;
}

} // namespace

Bytes write_ring(KeyRing const& ring)
{
    MUST(ring.keys.size() <= ring_keys_max);
    Bytes out;
    out.reserve(head_bytes + ring.keys.size() * key_bytes);
    put(out, ring.version, 8);
    put(out, ring.next_id, 8);
    put(out, ring.seen);
    put(out, ring.keys.size(), 4);
    for (auto const& [id, key] : ring.keys) {
        MUST(key.owner.size() == 2);
        put(out, id, 8);
        put(out, static_cast<std::uint64_t>(key.kind), 1);
        out.insert(out.end(), key.owner.begin(), key.owner.end());
        put(out, key.dies_on);
        put(out, key.doubted_at, 8);
        out.insert(out.end(), key.key.begin(), key.key.end());
    }
    return out;
}

Result<KeyRing> read_ring(ByteView bytes)
{
    if (bytes.size() < head_bytes) return wrong("it is cut off before its keys");
    KeyRing out;
    out.version = take(bytes, 8);
    out.next_id = take(bytes, 8);
    out.seen = take_date(bytes);
    auto const count = take(bytes, 4);
    if (count > ring_keys_max) return wrong(fmt::format("over {} keys", ring_keys_max));
    if (bytes.size() != count * key_bytes) return wrong("its size is not that of its keys");
    while (!bytes.empty()) {
        auto const id = take(bytes, 8);
        PeriodKey key;
        key.kind = static_cast<KeyKind>(take(bytes, 1));
        key.owner = as_text(bytes.first(2));
        bytes = bytes.subspan(2);
        key.dies_on = take_date(bytes);
        key.doubted_at = take(bytes, 8);
        std::ranges::copy(bytes.first(32), key.key.begin());
        bytes = bytes.subspan(32);
        TRY(check(key, id, out));
        out.keys.emplace_hint(out.keys.end(), id, std::move(key));
    }
    return out;
}

Bytes seal_ring(KeyRing const& ring, crypto::Key256 const& node_key, Random const& random)
{
    crypto::Nonce96 nonce {};
    random(nonce);
    auto out = to_bytes(magic);
    out.insert(out.end(), nonce.begin(), nonce.end());
    auto const sealed
        = crypto::seal_aes256_gcm(file_key(node_key), nonce, as_view(magic), write_ring(ring));
    out.insert(out.end(), sealed.begin(), sealed.end());
    return out;
}

Result<KeyRing> open_ring(ByteView bytes, crypto::Key256 const& node_key)
{
    crypto::Nonce96 nonce {};
    if (bytes.size() < magic.size() + nonce.size() || as_text(bytes.first(magic.size())) != magic)
        return wrong("it is not a key file of this program");
    std::ranges::copy(bytes.subspan(magic.size(), nonce.size()), nonce.begin());
    auto const plain = TRY(crypto::open_aes256_gcm(
        file_key(node_key), nonce, as_view(magic), bytes.subspan(magic.size() + nonce.size())));
    return read_ring(plain);
}

} // namespace comity::protection
