#include "ledger/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace comity::ledger {
namespace {

/// C2SP signed-note: what a key signs.
enum class KeyType : std::uint8_t { log = 0x01, witness = 0x04 };

constexpr std::string_view signature_mark = "— "; // U+2014 and a space
constexpr std::size_t signatures_max = 64;
constexpr std::size_t time_bytes = 8;

using KeyId = std::array<std::uint8_t, 4>;

KeyId key_id(std::string_view name, crypto::Ed25519PublicKey const& key, KeyType type)
{
    std::uint8_t const coded[] = { static_cast<std::uint8_t>(type) };
    auto const hash = crypto::sha256({ as_view(name), as_view("\n"), coded, key });
    return { hash[0], hash[1], hash[2], hash[3] };
}

Error malformed(char const* what)
{
    return { Error::Kind::malformed, fmt::format("checkpoint: {}", what) };
}

std::optional<std::string_view> take_line(std::string_view& rest)
{
    auto const end = rest.find('\n');
    if (end == rest.npos) return std::nullopt;
    auto const line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

std::string body_of(Checkpoint const& checkpoint)
{
    return fmt::format(
        "{}\n{}\n{}\n", checkpoint.origin, checkpoint.size, to_base64(checkpoint.root));
}

/// One line under a note.
struct Signature {
    std::string_view line; ///< With its line end.
    std::string_view name;
    KeyId id;
    Bytes value;
};

Result<Signature> read_signature(std::string_view line)
{
    Signature out { line, {}, {}, {} };
    if (!line.starts_with(signature_mark) || !line.ends_with('\n'))
        return malformed("signature line");
    line.remove_prefix(signature_mark.size());
    line.remove_suffix(1);
    auto const space = line.find(' ');
    if (space == line.npos) return malformed("signature line");
    out.name = line.substr(0, space);
    out.value = TRY(from_base64(line.substr(space + 1)));
    if (out.value.size() < out.id.size() + 1) return malformed("signature line");
    std::copy_n(out.value.begin(), out.id.size(), out.id.begin());
    out.value.erase(out.value.begin(), out.value.begin() + std::ssize(out.id));
    return out;
}

/// The text up to its last empty line, and the signatures after it.
struct Note {
    std::string_view body;
    std::vector<Signature> signatures;
};

Result<Note> read_note(std::string_view note)
{
    if (note.size() > note_bytes_max) return malformed("longer than 16384 bytes");
    for (char const c : note)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n')
            return malformed("control character");
    auto const gap = note.rfind("\n\n");
    if (gap == note.npos || !note.ends_with('\n')) return malformed("no signatures");
    Note out { note.substr(0, gap + 1), {} };
    for (auto rest = note.substr(gap + 2); !rest.empty();) {
        if (out.signatures.size() == signatures_max) return malformed("over 64 signatures");
        auto const end = rest.find('\n') + 1;
        out.signatures.push_back(TRY(read_signature(rest.substr(0, end))));
        rest.remove_prefix(end);
    }
    return out;
}

Result<Checkpoint> read_body(std::string_view body)
{
    Checkpoint out;
    auto const origin = take_line(body);
    auto const size = take_line(body);
    auto const root = take_line(body);
    if (!origin || origin->empty() || !size || !root) return malformed("fewer than three lines");
    out.origin = *origin;
    auto const [end, code] = std::from_chars(size->data(), size->data() + size->size(), out.size);
    if (code != std::errc {} || end != size->data() + size->size()
        || (size->size() > 1 && size->front() == '0'))
        return malformed("size is no decimal number");
    auto const hash = from_base64(*root);
    if (!hash.ok() || hash.value().size() != out.root.size())
        return malformed("root is no SHA-256");
    std::ranges::copy(hash.value(), out.root.begin());
    return out;
}

std::string text_of(Verifier const& verifier, KeyType type)
{
    Bytes coded { static_cast<std::uint8_t>(type) };
    coded.insert(coded.end(), verifier.key.begin(), verifier.key.end());
    return fmt::format("{}+{}+{}", verifier.name, to_hex(key_id(verifier.name, verifier.key, type)),
        to_base64(coded));
}

Result<Verifier> read_verifier(std::string_view text, KeyType type)
{
    auto const first = text.find('+');
    auto const second = first == text.npos ? first : text.find('+', first + 1);
    if (second == text.npos) return malformed("not a verifier key");
    auto const coded = TRY(from_base64(text.substr(second + 1)));
    Verifier out { std::string { text.substr(0, first) }, {} };
    if (coded.size() != out.key.size() + 1 || coded[0] != static_cast<std::uint8_t>(type))
        return malformed(type == KeyType::log ? "not an Ed25519 verifier key"
                                              : "not an Ed25519 key of a witness");
    std::copy(coded.begin() + 1, coded.end(), out.key.begin());
    if (text_of(out, type) != text) return malformed("a verifier key whose id does not fit");
    return out;
}

/// The key of the verifier that a line claims to be made with; none where it is another's.
crypto::Ed25519PublicKey const* claimed_key(
    Signature const& signature, Verifier const& verifier, KeyType type)
{
    if (signature.name != verifier.name) return nullptr;
    if (signature.id == key_id(verifier.name, verifier.key, type)) return &verifier.key;
    if (verifier.next && signature.id == key_id(verifier.name, *verifier.next, type))
        return &*verifier.next;
    return nullptr;
}

/// What a witness signs: its own first line keeps it apart from every checkpoint.
std::string cosigned_text(std::uint64_t at_s, std::string_view body)
{
    return fmt::format("cosignature/v1\ntime {}\n{}", at_s, body);
}

Result<std::uint64_t> check_cosignature(
    Signature const& signature, std::string_view body, crypto::Ed25519PublicKey const& key)
{
    std::uint64_t at_s = 0;
    auto const value = ByteView { signature.value };
    for (std::size_t i = 0; i < time_bytes && i < value.size(); ++i) at_s = at_s << 8U | value[i];
    bool const holds = value.size() > time_bytes && at_s >> 63U == 0
        && crypto::verify_ed25519(
            as_view(cosigned_text(at_s, body)), value.subspan(time_bytes), key);
    if (holds) return at_s;
    return Error { Error::Kind::not_authentic,
        fmt::format("checkpoint: the cosignature of {} does not hold", signature.name) };
}

} // namespace

std::string Verifier::text() const
{
    return text_of(*this, KeyType::log);
}

Result<Verifier> Verifier::read(std::string_view text)
{
    return read_verifier(text, KeyType::log);
}

std::string Verifier::witness_text() const
{
    return text_of(*this, KeyType::witness);
}

Result<Verifier> Verifier::read_witness(std::string_view text)
{
    return read_verifier(text, KeyType::witness);
}

std::string sign_note(std::string_view text, std::string_view name, crypto::Key const& key)
{
    return sign_note(text, name, std::span { &key, 1 }).take();
}

Result<std::string> sign_note(
    std::string_view text, std::string_view name, std::span<crypto::Key const> keys)
{
    MUST(text.ends_with('\n') && !text.ends_with("\n\n") && !keys.empty());
    auto out = fmt::format("{}\n", text);
    for (auto const& key : keys) {
        auto const id = key_id(name, crypto::public_key_of(key), KeyType::log);
        auto const signature = TRY(crypto::sign_ed25519(as_view(text), key));
        Bytes coded { id.begin(), id.end() };
        coded.insert(coded.end(), signature.begin(), signature.end());
        out += fmt::format("{}{} {}\n", signature_mark, name, to_base64(coded));
    }
    return out;
}

Result<std::string> open_note(std::string_view note, Verifier const& verifier)
{
    auto const read = TRY(read_note(note));
    bool signed_by_verifier = false;
    for (auto const& signature : read.signatures) {
        auto const* key = claimed_key(signature, verifier, KeyType::log);
        if (!key) continue;
        if (!crypto::verify_ed25519(as_view(read.body), signature.value, *key))
            return Error { Error::Kind::not_authentic, "checkpoint: the signature does not hold" };
        signed_by_verifier = true;
    }
    if (!signed_by_verifier)
        return Error { Error::Kind::not_authentic,
            fmt::format("checkpoint: not signed by {}", verifier.name) };
    return std::string { read.body };
}

std::string sign_checkpoint(Checkpoint const& checkpoint, crypto::Key const& key)
{
    return sign_checkpoint(checkpoint, std::span { &key, 1 }).take();
}

Result<std::string> sign_checkpoint(Checkpoint const& checkpoint, std::span<crypto::Key const> keys)
{
    return sign_note(body_of(checkpoint), checkpoint.origin, keys);
}

Result<std::string> note_text(std::string_view note)
{
    return std::string { TRY(read_note(note)).body };
}

Result<Checkpoint> read_checkpoint(std::string_view note)
{
    return read_body(TRY(read_note(note)).body);
}

Result<Checkpoint> open_checkpoint(std::string_view note, Verifier const& verifier)
{
    auto const text = TRY(open_note(note, verifier));
    auto out = TRY(read_body(text));
    if (out.origin != verifier.name)
        return Error { Error::Kind::not_authentic,
            fmt::format("checkpoint of {}, expected {}", out.origin, verifier.name) };
    return out;
}

Result<std::string> cosign(
    std::string_view note, std::string_view witness, crypto::Key const& key, Instant at)
{
    auto const body = TRY(read_note(note)).body;
    auto const since = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    if (since < 0) return malformed("a cosignature from before 1970");
    auto const at_s = static_cast<std::uint64_t>(since);
    auto const id = key_id(witness, crypto::public_key_of(key), KeyType::witness);
    Bytes coded { id.begin(), id.end() };
    for (unsigned shift = 64; shift > 0; shift -= 8)
        coded.push_back(static_cast<std::uint8_t>(at_s >> (shift - 8)));
    auto const signature = TRY(crypto::sign_ed25519(as_view(cosigned_text(at_s, body)), key));
    coded.insert(coded.end(), signature.begin(), signature.end());
    return fmt::format("{}{} {}\n", signature_mark, witness, to_base64(coded));
}

Result<std::vector<Cosignature>> cosignatures(
    std::string_view note, std::span<Verifier const> witnesses)
{
    auto const read = TRY(read_note(note));
    std::vector<Cosignature> out;
    for (auto const& witness : witnesses) {
        std::optional<Cosignature> found;
        std::vector<crypto::Ed25519PublicKey const*> seen;
        for (auto const& signature : read.signatures) {
            auto const* key = claimed_key(signature, witness, KeyType::witness);
            if (!key) continue;
            auto const at_s = TRY(check_cosignature(signature, read.body, *key));
            if (!found) found = { witness.name, at_s, {} };
            if (std::ranges::count(seen, key) == 0) found->line += signature.line;
            seen.push_back(key);
        }
        if (found) out.push_back(std::move(*found));
    }
    return out;
}

} // namespace comity::ledger
