#include "message/manifest.h"

#include "base/random.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::message {
namespace {

constexpr std::size_t text_characters_max = 500;
constexpr std::size_t provisions_max = 200;
constexpr std::size_t salt_bytes = 32;
constexpr std::size_t head_bytes_max = 4096;
constexpr std::size_t attachment_name_bytes_max = 200;
constexpr std::size_t media_type_bytes_max = 100;

Error malformed(std::string field, std::string_view rule)
{
    auto what = fmt::format("{} {}", field, rule);
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

bool is_sha256(std::string_view text)
{
    return text.size() == 64 && from_hex(text).ok();
}

bool is_state(std::string_view text)
{
    return text.size() == 2
        && std::ranges::all_of(text, [](char c) { return 'A' <= c && c <= 'Z'; });
}

bool is_type_word(std::string_view text)
{
    return !text.empty() && text.size() <= type_characters_max
        && std::ranges::all_of(text,
            [](char c) { return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-'; });
}

Result<void> check_station(Station const& station, std::string const& field)
{
    if (!is_state(station.state))
        return malformed(field + ".state", "must be two capital letters (ISO 3166-1)");
    if (station.unit.empty() || station.unit.size() > text_characters_max)
        return malformed(field + ".unit", "must be 1 to 500 bytes long");
    if (!is_sha256(station.certificate))
        return malformed(field + ".certificate", "must be a SHA-256 in hexadecimal");
    return {};
}

Result<void> check_parts(Manifest const& manifest)
{
    if (manifest.parts.empty() || manifest.parts.size() > parts_max)
        return malformed("parts", fmt::format("must hold 1 to {} parts", parts_max));
    for (std::size_t i = 0; i < manifest.parts.size(); ++i) {
        auto const& part = manifest.parts[i];
        auto const field = fmt::format("parts[{}]", i);
        if (part.n != i + 1) return malformed(field + ".n", "must count 1, 2, 3 ...");
        if (!is_sha256(part.cipher_sha256))
            return malformed(field + ".cipherSha256", "must be a SHA-256 in hexadecimal");
        if (!is_sha256(part.plain_sha256))
            return malformed(field + ".plainSha256", "must be a SHA-256 in hexadecimal");
    }
    return {};
}

Result<void> check_attachment(SealedAttachment const& each, std::string const& field)
{
    if (each.name.empty() || each.name.size() > attachment_name_bytes_max)
        return malformed(field + ".name", "must be 1 to 200 bytes long");
    if (each.media_type.empty() || each.media_type.size() > media_type_bytes_max)
        return malformed(field + ".mediaType", "must be 1 to 100 bytes long");
    if (each.chunk_bytes == 0 || each.chunk_bytes > chunk_bytes_max)
        return malformed(
            field + ".chunkBytes", fmt::format("must be 1 to {} bytes", chunk_bytes_max));
    if (each.chunks == 0 || each.chunks > chunks_max)
        return malformed(field + ".chunks", fmt::format("must be 1 to {}", chunks_max));
    auto const whole = (each.chunks - 1) * each.chunk_bytes;
    bool const fits = each.bytes <= whole + each.chunk_bytes && (each.bytes > whole || whole == 0);
    if (!fits) return malformed(field + ".bytes", "must fill all chunks but the last");
    if (!is_sha256(each.cipher_root))
        return malformed(field + ".cipherRoot", "must be a SHA-256 in hexadecimal");
    if (!is_sha256(each.plain_root))
        return malformed(field + ".plainRoot", "must be a SHA-256 in hexadecimal");
    return {};
}

Result<void> check_attachments(Manifest const& manifest)
{
    auto const all = manifest.sealed_attachments();
    if (manifest.parts.size() + all.size() > parts_max)
        return malformed(
            "attachments", fmt::format("must be, with the parts, at most {}", parts_max));
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const field = fmt::format("attachments[{}]", i);
        if (all[i].n != manifest.parts.size() + i + 1)
            return malformed(field + ".n", "must count on from the last part");
        TRY(check_attachment(all[i], field));
        bytes += all[i].bytes;
    }
    if (bytes > attachments_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("attachments of {} bytes, {} at most", bytes, attachments_bytes_max),
            "attachments" };
    return {};
}

Result<void> check_law(Manifest const& manifest)
{
    if (manifest.purpose.empty() || manifest.purpose.size() > text_characters_max)
        return malformed("purpose", "must be 1 to 500 bytes long (A1, A31(4)(a)-1)");
    if (manifest.personal_data && !manifest.retention)
        return malformed("retention", "is mandatory for personal data (A31(4)(b)-1)");
    if (manifest.classification.level > 4)
        return malformed("classification.level", "must be 0 to 4 (A32(2))");
    if (manifest.legal_basis.provisions.size() > provisions_max)
        return malformed("legalBasis.provisions", "must hold at most 200 provisions");
    return {};
}

} // namespace

Result<Manifest> read_manifest(std::string_view text)
{
    if (text.size() > manifest_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("a manifest of {} bytes, {} at most", text.size(), manifest_bytes_max),
            "manifest" };
    auto manifest = TRY(json::read_text<Manifest>(text, json::Unknown::keep));
    if (manifest.v != profile_version)
        return malformed(
            "v", fmt::format("must be {}: the profile this node speaks", profile_version));
    if (manifest.suite != suite) return malformed("suite", fmt::format("must be {}", suite));
    if (!is_uuid(manifest.id)) return malformed("id", "must be a UUID in lower case");
    if (!is_type_word(manifest.type))
        return malformed("type", "must be 1 to 64 lower-case letters, digits and dashes");
    TRY(check_station(manifest.from, "from"));
    TRY(check_station(manifest.to, "to"));
    if (manifest.from.state == manifest.to.state)
        return malformed("to.state", "must be another State than from.state");
    if (manifest.seq == 0) return malformed("seq", "must count from 1");
    if (!is_sha256(manifest.prev_manifest_sha256))
        return malformed("prevManifestSha256", "must be a SHA-256 in hexadecimal");
    if (manifest.case_reference.ours.empty()
        || manifest.case_reference.ours.size() > text_characters_max)
        return malformed("caseReference.ours", "must be 1 to 500 bytes long");
    TRY(check_law(manifest));
    TRY(check_parts(manifest));
    TRY(check_attachments(manifest));
    return manifest;
}

Result<void> check_type(Manifest const& manifest)
{
    auto const* type = find_type(manifest.type);
    if (!type) return {};
    if (type->answers && !manifest.in_reply_to)
        return malformed("inReplyTo", "is mandatory: this type answers another message");
    if (type->personal_data == PersonalData::never && manifest.personal_data)
        return malformed("personalData", "must be false: this type holds no personal data");
    if (type->personal_data == PersonalData::always && !manifest.personal_data)
        return malformed("personalData", "must be true: this type holds personal data");
    return {};
}

namespace {

template <class Head> Bytes write_headed(Head const& head, ByteView content)
{
    auto out = to_bytes(json::to_text(head));
    out.reserve(out.size() + 1 + content.size());
    out.push_back('\n');
    out.insert(out.end(), content.begin(), content.end());
    return out;
}

/// The head line, and how long it is with its line feed.
template <class Head>
Result<std::pair<Head, std::size_t>> read_head(ByteView plain, std::string const& what)
{
    auto const head_area = as_text(plain.first(std::min(plain.size(), head_bytes_max)));
    auto const end = head_area.find('\n');
    if (end == head_area.npos) return malformed(what, "has no head line of at most 4096 bytes");
    auto head = TRY(json::read_text<Head>(head_area.substr(0, end), json::Unknown::keep));
    auto const salt = from_base64(head.salt);
    if (!salt.ok() || salt.value().size() != salt_bytes)
        return malformed(what + ".salt", "must be 32 bytes in base64");
    return std::pair { std::move(head), end + 1 };
}

} // namespace

Bytes write_part(PartHead const& head, ByteView content)
{
    return write_headed(head, content);
}

Result<OpenedPart> read_part(ByteView plain)
{
    auto [head, head_bytes] = TRY(read_head<PartHead>(plain, "part"));
    auto const content = plain.subspan(head_bytes);
    return OpenedPart { std::move(head), { content.begin(), content.end() } };
}

Bytes write_chunk(ChunkHead const& head, ByteView content)
{
    return write_headed(head, content);
}

Result<OpenedChunk> read_chunk(ByteView plain)
{
    auto [head, head_bytes] = TRY(read_head<ChunkHead>(plain, "chunk"));
    return OpenedChunk { std::move(head), head_bytes };
}

} // namespace comity::message
