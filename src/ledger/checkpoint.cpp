#include "ledger/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace comity::ledger {
namespace {

constexpr std::uint8_t ed25519_type = 0x01;
constexpr std::string_view signature_mark = "— "; // U+2014 and a space
constexpr std::size_t note_bytes_max = 16'384;
constexpr std::size_t signatures_max = 64;

using KeyId = std::array<std::uint8_t, 4>;

KeyId key_id(std::string_view name, crypto::Ed25519PublicKey const& key)
{
    std::uint8_t const type[] = { ed25519_type };
    auto const hash = crypto::sha256({ as_view(name), as_view("\n"), type, key });
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

/// The text up to its last empty line, and the signature lines after it.
Result<std::pair<std::string_view, std::string_view>> split(std::string_view note)
{
    if (note.size() > note_bytes_max) return malformed("longer than 16384 bytes");
    for (char const c : note)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n')
            return malformed("control character");
    auto const gap = note.rfind("\n\n");
    if (gap == note.npos || !note.ends_with('\n')) return malformed("no signatures");
    return std::pair { note.substr(0, gap + 1), note.substr(gap + 2) };
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

} // namespace

std::string Verifier::text() const
{
    Bytes coded { ed25519_type };
    coded.insert(coded.end(), key.begin(), key.end());
    return fmt::format("{}+{}+{}", name, to_hex(key_id(name, key)), to_base64(coded));
}

Result<Verifier> Verifier::read(std::string_view text)
{
    auto const first = text.find('+');
    auto const second = first == text.npos ? first : text.find('+', first + 1);
    if (second == text.npos) return malformed("not a verifier key");
    auto const coded = TRY(from_base64(text.substr(second + 1)));
    Verifier out { std::string { text.substr(0, first) }, {} };
    if (coded.size() != out.key.size() + 1 || coded[0] != ed25519_type)
        return malformed("not an Ed25519 verifier key");
    std::copy(coded.begin() + 1, coded.end(), out.key.begin());
    if (out.text() != text) return malformed("a verifier key whose id does not fit");
    return out;
}

std::string sign_checkpoint(Checkpoint const& checkpoint, crypto::Key const& key)
{
    auto const body = body_of(checkpoint);
    auto const id = key_id(checkpoint.origin, crypto::public_key_of(key));
    auto const signature = crypto::sign_ed25519(as_view(body), key);
    Bytes coded { id.begin(), id.end() };
    coded.insert(coded.end(), signature.begin(), signature.end());
    return fmt::format("{}\n{}{} {}\n", body, signature_mark, checkpoint.origin, to_base64(coded));
}

Result<Checkpoint> read_checkpoint(std::string_view note)
{
    return read_body(TRY(split(note)).first);
}

Result<Checkpoint> open_checkpoint(std::string_view note, Verifier const& verifier)
{
    auto const [body, lines] = TRY(split(note));
    auto const id = key_id(verifier.name, verifier.key);
    bool signed_by_verifier = false;
    auto rest = lines;
    for (std::size_t count = 0; !rest.empty(); ++count) {
        auto line = take_line(rest);
        if (count == signatures_max || !line || !line->starts_with(signature_mark))
            return malformed("signature line");
        line->remove_prefix(signature_mark.size());
        auto const space = line->find(' ');
        if (space == line->npos) return malformed("signature line");
        auto const coded = TRY(from_base64(line->substr(space + 1)));
        if (coded.size() < id.size() + 1) return malformed("signature line");
        bool const own = line->substr(0, space) == verifier.name
            && std::equal(id.begin(), id.end(), coded.begin());
        if (!own) continue;
        if (!crypto::verify_ed25519(
                as_view(body), ByteView { coded }.subspan(id.size()), verifier.key))
            return Error { Error::Kind::not_authentic, "checkpoint: the signature does not hold" };
        signed_by_verifier = true;
    }
    if (!signed_by_verifier)
        return Error { Error::Kind::not_authentic,
            fmt::format("checkpoint: not signed by {}", verifier.name) };
    auto out = TRY(read_body(body));
    if (out.origin != verifier.name)
        return Error { Error::Kind::not_authentic,
            fmt::format("checkpoint of {}, expected {}", out.origin, verifier.name) };
    return out;
}

} // namespace comity::ledger
