#include "exchange/evidence_attachments.h"

#include "base/file.h"
#include "exchange/attachment_store.h"

#include <fmt/format.h>

#include <fstream>

namespace comity::exchange {
namespace {

using message::SealedAttachment;
using std::filesystem::path;

std::string chunk_name(std::uint32_t chunk, std::string_view ending)
{
    return fmt::format("{:04}.{}", chunk, ending);
}

Error at_fault(std::string const& file, std::string_view what)
{
    return { Error::Kind::not_authentic, fmt::format("{}: {}", file, what), file };
}

Error cannot_write(path const& file)
{
    return { Error::Kind::unavailable, fmt::format("cannot write {}", file.string()) };
}

/// Head line and content apart, so that the file is there whole and nothing twice.
Result<void> put_opened(path const& folder, std::uint32_t chunk, ByteView plain)
{
    auto const head_bytes = TRY(message::read_chunk(plain)).head_bytes;
    TRY(write_file(
        folder / chunk_name(chunk, "head"), plain.first(head_bytes), Readable::by_owner));
    auto const content = as_text(plain.subspan(head_bytes));
    std::ofstream out { folder / "content", std::ios::binary | std::ios::app };
    out.write(content.data(), std::ssize(content));
    if (!out.flush()) return cannot_write(folder / "content");
    return {};
}

Result<void> export_one(store::Transaction& transaction, Exchange const& exchange,
    AttachmentKey const& key, std::uint32_t chunks, path const& folder, Opened opened)
{
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (code) return cannot_write(folder);
    if (opened == Opened::yes) {
        TRY(write_file(folder / "content", {}, Readable::by_owner));
    }
    for (std::uint32_t chunk = 1; chunk <= chunks; ++chunk) {
        auto const sealed = TRY(chunk_at(transaction, key, chunk));
        TRY(write_file(folder / chunk_name(chunk, "p7m"), sealed, Readable::by_owner));
        if (opened == Opened::no) continue;
        TRY(put_opened(folder, chunk, TRY(exchange.self().open(sealed))));
    }
    return {};
}

struct Roots {
    HashList cipher, plain;
};

void append(HashList& hashes, crypto::Digest const& digest)
{
    hashes.insert(hashes.end(), digest.begin(), digest.end());
}

Result<void> verify_chunks(path const& folder, std::string const& name,
    SealedAttachment const& each, bool opened, Roots& roots)
{
    std::ifstream content;
    if (opened) content.open(folder / name / "content", std::ios::binary);
    for (std::uint32_t chunk = 1; chunk <= each.chunks; ++chunk) {
        auto const file = name + "/" + chunk_name(chunk, "p7m");
        auto const sealed = read_file(folder / file, sealed_chunk_bytes_max);
        if (!sealed.ok()) return at_fault(file, sealed.error().what);
        append(roots.cipher, crypto::sha256(sealed.value()));
        if (!opened) continue;
        auto const head_file = name + "/" + chunk_name(chunk, "head");
        auto const head = read_file(folder / head_file);
        if (!head.ok()) return at_fault(head_file, head.error().what);
        std::string part(each.chunk_bytes, '\0');
        content.read(part.data(), std::ssize(part));
        part.resize(static_cast<std::size_t>(content.gcount()));
        append(roots.plain, crypto::sha256({ head.value(), as_view(part) }));
    }
    if (opened && content.peek() != std::ifstream::traits_type::eof())
        return at_fault(name + "/content", "it is longer than what was sealed");
    return {};
}

Result<void> verify_one(
    path const& folder, SealedAttachment const& each, std::vector<std::string>& holds)
{
    auto const name = fmt::format("attachments/{}", each.n);
    if (!std::filesystem::exists(folder / name)) {
        holds.push_back(name + ": destroyed on its day, or never taken");
        return {};
    }
    bool const opened = std::filesystem::exists(folder / name / "content");
    Roots roots;
    TRY(verify_chunks(folder, name, each, opened, roots));
    if (to_hex(root_of(roots.cipher)) != each.cipher_root)
        return at_fault(name, "its chunks are not those that the manifest names");
    holds.push_back(fmt::format("{}: {} chunks, those that the manifest names", name, each.chunks));
    if (!opened) return {};
    if (to_hex(root_of(roots.plain)) != each.plain_root)
        return at_fault(name + "/content", "it is not what was sealed");
    holds.push_back(name + "/content: what was sealed");
    return {};
}

} // namespace

Result<void> export_attachments(store::Transaction& transaction, Exchange const& exchange,
    Stored const& message, path const& folder, Opened opened)
{
    auto const manifest = TRY(message::read_manifest(as_text(message.manifest)));
    for (auto const& each : manifest.sealed_attachments()) {
        AttachmentKey const key { message.id, message.direction, message.peer, each.n };
        auto const row = TRY(find_attachment(transaction, key));
        if (!row || row->state == "dropped") continue;
        TRY(export_one(transaction, exchange, key, each.chunks,
            folder / "attachments" / std::to_string(each.n), opened));
    }
    return {};
}

Result<void> verify_attachments(
    path const& folder, message::Manifest const& manifest, std::vector<std::string>& holds)
{
    for (auto const& each : manifest.sealed_attachments()) TRY(verify_one(folder, each, holds));
    return {};
}

} // namespace comity::exchange
