#include "casework/case_files.h"

#include "casework/casework.h"
#include "crypto/hash_stream.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::casework {

using store::Transaction;

namespace {

Error no_file(FilePlace const& place)
{
    return { Error::Kind::not_found,
        fmt::format("message {} of case {} brought no file {}", place.message_id, place.case_number,
            place.n),
        "file" };
}

message::SealedAttachment const* find_file(message::Manifest const& manifest, std::uint32_t n)
{
    auto const all = manifest.sealed_attachments();
    auto const found = std::ranges::find(all, n, &message::SealedAttachment::n);
    return found == all.end() ? nullptr : &*found;
}

CaseFileLine line_of(std::string const& message, message::SealedAttachment const& file)
{
    return { message, file.n, file.name, file.media_type, file.bytes, file.cipher_root,
        file.chunks };
}

} // namespace

std::vector<CaseFileLine> files_of(message::Manifest const& manifest)
{
    std::vector<CaseFileLine> out;
    for (auto const& each : manifest.sealed_attachments())
        out.push_back(line_of(manifest.id, each));
    return out;
}

void OpenFiles::add(std::string const& account, FilePlace const& place, Instant now)
{
    std::scoped_lock const lock { mutex_ };
    std::erase_if(opened_, [&](auto const& each) { return each.second + lasts <= now; });
    // Whoever falls out is noted once more.
    if (opened_.size() >= count_max) opened_.erase(opened_.begin());
    opened_[{ account, place.message_id, place.n }] = now;
}

bool OpenFiles::holds(std::string const& account, FilePlace const& place, Instant now)
{
    std::scoped_lock const lock { mutex_ };
    auto const found = opened_.find({ account, place.message_id, place.n });
    return found != opened_.end() && now < found->second + lasts;
}

std::vector<exchange::OutgoingAttachment> passed_on(
    store::Store& store, exchange::Exchange const& exchange, message::Manifest const& manifest)
{
    std::vector<exchange::OutgoingAttachment> out;
    for (auto const& each : manifest.sealed_attachments()) {
        struct At {
            std::uint32_t chunk = 0;
            Bytes bytes {};
            std::size_t taken = 0;
        };
        auto const at = std::make_shared<At>();
        auto const source = [&store, &exchange, id = manifest.id, n = each.n, chunks = each.chunks,
                                at](std::span<std::uint8_t> room) -> Result<std::size_t> {
            if (at->taken == at->bytes.size()) {
                if (at->chunk == chunks) return std::size_t { 0 };
                at->bytes = TRY(store.read([&](Transaction& t) {
                    return exchange.attachments().content(t, id, n, at->chunk + 1);
                }));
                ++at->chunk;
                at->taken = 0;
            }
            auto const count = std::min(room.size(), at->bytes.size() - at->taken);
            std::copy_n(at->bytes.begin() + std::ptrdiff_t(at->taken), count, room.begin());
            at->taken += count;
            return count;
        };
        out.push_back({ each.name, each.media_type, source });
    }
    return out;
}

namespace {

/// A file of a case that its reader needs to know, or what stands against it.
struct Reached {
    std::optional<access::Refusal> refused {};
    CaseRow row {};
    ContentRow content {};
    message::SealedAttachment file {};
};

Result<Reached> reach(Transaction& t, FilePlace const& place, Officer const& officer, Instant now)
{
    auto row = TRY(find_case(t, place.case_number));
    auto content = TRY(find_content(t, place.message_id));
    if (!row || !content || content->number != place.case_number) return no_file(place);
    Reached out;
    out.refused = TRY(refused_to_open(t, place.case_number, officer, now));
    if (out.refused) return out;
    auto const stored = TRY(exchange::message_by_id(t, place.message_id));
    auto const manifest
        = TRY(json::read_text<message::Manifest>(as_text(stored.manifest), json::Unknown::keep));
    auto const* file = find_file(manifest, place.n);
    if (!file) return no_file(place);
    out.row = std::move(*row);
    out.content = std::move(*content);
    out.file = *file;
    return out;
}

} // namespace

Result<FileOpened> Casework::open_file(FilePlace const& place, Officer const& officer)
{
    auto const now = clock_();
    auto out = TRY(store_.write([&](Transaction& t) -> Result<FileOpened> {
        auto const reached = TRY(reach(t, place, officer, now));
        if (reached.refused) return FileOpened { reached.refused };
        auto const opened = TRY(open_content(t, vault_, reached.content, reached.row, officer,
            { .justification = fmt::format("file {}", place.n) }));
        if (!opened.judgement.permitted()) return FileOpened { {}, opened.judgement.objections };
        auto const& file = reached.file;
        auto const first = TRY(exchange_.attachments().content(t, place.message_id, place.n, 1));
        auto const* type = file_type_of(first);
        std::optional<std::string> found;
        if (type) found = std::string { type->media_type };
        return FileOpened { {}, {},
            CaseFileView { line_of(place.message_id, file), name_to_save(file.name, type),
                std::move(found), file.chunks } };
    }));
    if (out.it) open_files_.add(officer.account, place, now);
    return out;
}

Result<void> Casework::digest(std::vector<CaseFileLine>& files)
{
    for (auto& file : files) {
        crypto::HashStream hash;
        bool whole = true;
        for (std::uint32_t piece = 1; whole && piece <= file.pieces; ++piece) {
            auto const bytes = store_.read([&](Transaction& t) {
                return exchange_.attachments().content(t, file.message_id, file.n, piece);
            });
            whole = bytes.ok();
            if (!whole && bytes.error().kind != Error::Kind::not_found) return bytes.error();
            if (whole) hash.add(bytes.value());
        }
        if (whole) file.sha256 = to_hex(hash.digest());
    }
    return {};
}

Result<FilePiece> Casework::file_piece(
    FilePlace const& place, std::uint32_t piece, Officer const& officer)
{
    if (!open_files_.holds(officer.account, place, clock_())) {
        auto const opened = TRY(open_file(place, officer));
        if (!opened.it) return FilePiece { opened.refused, opened.objections };
    }
    return store_.read([&](Transaction& t) -> Result<FilePiece> {
        auto const reached = TRY(reach(t, place, officer, clock_()));
        if (reached.refused) return FilePiece { reached.refused };
        return FilePiece { {}, {},
            TRY(exchange_.attachments().content(t, place.message_id, place.n, piece)) };
    });
}

} // namespace comity::casework
