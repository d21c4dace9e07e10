#include "casework/files.h"

#include "casework/access_list.h"
#include "casework/four_eyes.h"
#include "message/content.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::casework {

using store::Transaction;

/// What it is called and what it says lie in the vault.
struct Files::Row {
    FileNumber number;
    std::string account;
    Instant at;
    std::uint64_t bytes;
    std::uint32_t here;
    std::string media_type;
    std::optional<std::string> case_number;

    std::uint32_t pieces() const
    {
        return static_cast<std::uint32_t>((bytes + file_piece_bytes - 1) / file_piece_bytes);
    }
    std::size_t bytes_of(std::uint32_t piece) const
    {
        return piece < pieces() ? file_piece_bytes
                                : bytes - (pieces() - 1) * std::uint64_t { file_piece_bytes };
    }
};

namespace {

constexpr auto purpose = "message-in-preparation";
constexpr auto retention_rule = "A31(4)(b)-1";
/// Pieces hang on the first of their group, and that on the file, so that a large file can go in
/// small writes.
constexpr std::uint32_t group_pieces = 16;

std::string item_of(FileNumber number)
{
    return fmt::format("file/{}", number);
}

std::string item_of(FileNumber number, std::uint32_t piece)
{
    return fmt::format("file/{}/{}", number, piece);
}

std::uint32_t first_of_group(std::uint32_t piece)
{
    return (piece - 1) / group_pieces * group_pieces + 1;
}

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

Error too_large(std::string field, std::string what)
{
    return { Error::Kind::too_large, std::move(what), std::move(field) };
}

Error no_file(FileNumber number)
{
    return { Error::Kind::not_found, fmt::format("no file {} waits here", number), "file" };
}

Result<void> check(FileDraft const& draft)
{
    if (!is_file_name(draft.name))
        return malformed("name",
            fmt::format("1 to {} bytes that can be seen, and none of / \\ : * ? \" < > |",
                file_name_bytes_max));
    if (draft.bytes == 0) return malformed("bytes", "the file is empty");
    if (draft.bytes > file_bytes_max)
        return too_large("bytes", fmt::format("a file has {} bytes at most", file_bytes_max));
    return {};
}

std::string known_types()
{
    std::string out;
    for (auto const& each : file_types())
        out += (out.empty() ? "" : ", ") + std::string { each.media_type };
    return out;
}

/// By its first piece, which of a text is all of it.
Result<std::string> type_of(std::string_view name, ByteView first, bool whole)
{
    auto const* type = file_type_of(first);
    if (!type)
        return malformed("file",
            fmt::format(
                "'{}' is of no type that may go beside a message: {}", name, known_types()));
    if (!fits(*type, name))
        return malformed(
            "name", fmt::format("'{}' is {}, its name says otherwise", name, type->media_type));
    if (type->media_type == "text/plain" && !whole)
        return too_large("bytes", fmt::format("a text has {} bytes at most", file_piece_bytes));
    return std::string { type->media_type };
}

} // namespace

Files::Files(store::Store& store, protection::Vault& vault, std::string own_state, Clock clock)
    : store_(store)
    , vault_(vault)
    , own_state_(std::move(own_state))
    , clock_(std::move(clock))
{
}

Result<void> Files::room_for(Transaction& t, FileDraft const& draft, Officer const& officer) const
{
    // What is over left the vault on its day; the newest number stays, so that none comes twice.
    TRY(t.run(
        "DELETE FROM casework_file WHERE at < $1 AND id < (SELECT max(id) FROM casework_file)",
        to_text(clock_() - file_waits_max - std::chrono::days { 2 })));
    auto const held = TRY(t.one(
        "SELECT count(*), CAST(coalesce(sum(bytes), 0) AS BIGINT) FROM casework_file WHERE account "
        "= $1",
        [](store::Row const& row) { return std::pair { row.integer(0), row.integer(1) }; },
        officer.account));
    if (held && static_cast<std::size_t>(held->first) >= files_waiting_max)
        return too_large("file",
            fmt::format("{} files of yours wait already: send or remove some", files_waiting_max));
    if (held && static_cast<std::uint64_t>(held->second) + draft.bytes > files_waiting_bytes_max)
        return too_large("bytes",
            fmt::format("with it more than {} bytes of yours would wait", files_waiting_bytes_max));
    return {};
}

Result<void> Files::keep(
    Transaction& t, Row const& row, std::string const& item, Bytes content) const
{
    protection::NewItem fresh { item, {}, std::move(content) };
    fresh.label.owner = own_state_;
    fresh.label.purpose = purpose;
    fresh.label.legal_basis = { retention_rule };
    fresh.label.deadlines.own_rule = TRY(vault_.today()) + file_waits_max + std::chrono::days { 1 };
    return vault_.put(t, fresh, { row.account, item_of(row.number) });
}

Result<WaitingFile> Files::begin(FileDraft const& draft, Officer const& officer) const
{
    TRY(check(draft));
    return store_.write([&](Transaction& t) -> Result<WaitingFile> {
        TRY(room_for(t, draft, officer));
        Row row { 0, officer.account, clock_(), draft.bytes, 0, {}, {} };
        row.number = TRY(t.one(
                             "INSERT INTO casework_file (account, at, bytes, here, media_type) "
                             "VALUES ($1, $2, $3, 0, '') RETURNING id",
                             [](store::Row const& made) { return made.integer(0); }, row.account,
                             to_text(row.at), row.bytes))
                         .value();
        TRY(keep(t, row, item_of(row.number), to_bytes(draft.name)));
        return view(t, row);
    });
}

Result<std::optional<Files::Row>> Files::row_of(Transaction& t, FileNumber number) const
{
    return t.one(
        "SELECT id, account, at, bytes, here, media_type, case_number FROM casework_file "
        "WHERE id = $1",
        [](store::Row const& row) {
            auto const at = parse_instant(row.text(2));
            MUST(at.ok()); // this node wrote it itself
            return Row { row.integer(0), row.text(1), at.value(),
                static_cast<std::uint64_t>(row.integer(3)),
                static_cast<std::uint32_t>(row.integer(4)), row.text(5), row.text_if(6) };
        },
        number);
}

/// Under the label of the proposal: its level and its compartments are those of its files.
Result<bool> Files::proposed_to(
    Transaction& t, std::string_view case_number, Officer const& officer) const
{
    auto const row = TRY(find_case(t, case_number));
    if (!row || TRY(refused_to_open(t, case_number, officer, clock_()))) return false;
    for (auto const& each : TRY(proposals_of(t, case_number))) {
        if (each.state != ProposalState::waiting) continue;
        auto const label = vault_.label(t, item_of(each));
        if (!label.ok()) return false;
        auto const use = use_of(*row, officer, {}, true);
        return protection::judge_use(label.value(), use, TRY(vault_.today())).permitted();
    }
    return false;
}

Result<Files::Row> Files::seen_by(Transaction& t, FileNumber number, Officer const& officer) const
{
    auto row = TRY(row_of(t, number));
    if (!row) return no_file(number);
    if (row->account == officer.account) return std::move(*row);
    if (!row->case_number || !TRY(proposed_to(t, *row->case_number, officer)))
        return no_file(number);
    return std::move(*row);
}

Result<Bytes> Files::read(Transaction& t, std::string const& item, std::string_view account,
    protection::Operation operation) const
{
    protection::Use use;
    use.officer = account;
    use.needs_to_know = true; // seen_by() saw to it
    use.need = item;
    use.purpose = purpose;
    use.operation = operation;
    auto read = TRY(vault_.read(t, item, use));
    if (!read.content)
        return Error { Error::Kind::not_found, "the file has been here for too long", "file" };
    return std::move(*read.content);
}

Result<std::string> Files::name_of(Transaction& t, Row const& row) const
{
    auto const name
        = TRY(read(t, item_of(row.number), row.account, protection::Operation::retrieve));
    return std::string { as_text(name) };
}

Result<WaitingFile> Files::view(Transaction& t, Row const& row) const
{
    auto name = TRY(name_of(t, row));
    return WaitingFile { row.number, std::move(name), row.media_type, row.bytes, row.pieces(),
        row.here, row.at + file_waits_max };
}

Result<WaitingFile> Files::put(
    FileNumber number, std::uint32_t piece, Bytes bytes, Officer const& officer) const
{
    return store_.write([&](Transaction& t) -> Result<WaitingFile> {
        auto row = TRY(row_of(t, number));
        if (!row || row->account != officer.account) return no_file(number);
        if (piece < 1 || piece > row->pieces())
            return malformed("piece",
                fmt::format("a piece of this file has a number of 1 to {}", row->pieces()));
        if (piece <= row->here) return view(t, *row);
        if (piece != row->here + 1)
            return Error { Error::Kind::conflict,
                fmt::format("the next piece is {}", row->here + 1), "piece" };
        if (bytes.size() != row->bytes_of(piece))
            return malformed("bytes",
                fmt::format(
                    "piece {} has {} bytes, {} came", piece, row->bytes_of(piece), bytes.size()));
        if (piece == 1)
            row->media_type = TRY(type_of(TRY(name_of(t, *row)), bytes, row->pieces() == 1));
        auto const item = item_of(number, piece);
        TRY(keep(t, *row, item, std::move(bytes)));
        auto const first = first_of_group(piece);
        TRY(vault_.add_copy(t, piece == first ? item_of(number) : item_of(number, first),
            { protection::CopyKind::attachment, item }));
        row->here = piece;
        TRY(t.run("UPDATE casework_file SET here = $1, media_type = $2 WHERE id = $3", row->here,
            row->media_type, number));
        return view(t, *row);
    });
}

Result<WaitingFile> Files::find(FileNumber number, Officer const& officer) const
{
    return store_.write([&](Transaction& t) -> Result<WaitingFile> {
        return view(t, TRY(seen_by(t, number, officer)));
    });
}

Result<Bytes> Files::piece(FileNumber number, std::uint32_t piece, Officer const& officer) const
{
    return store_.write([&](Transaction& t) -> Result<Bytes> {
        auto const row = TRY(seen_by(t, number, officer));
        if (piece < 1 || piece > row.here)
            return Error { Error::Kind::not_found,
                fmt::format("of this file {} pieces are here", row.here), "piece" };
        return read(t, item_of(number, piece), officer.account, protection::Operation::consult);
    });
}

Result<void> Files::discard(FileNumber number, Officer const& officer) const
{
    auto const row = TRY(store_.read([&](Transaction& t) { return row_of(t, number); }));
    if (!row || row->account != officer.account) return no_file(number);
    return remove(*row);
}

Result<void> Files::remove(Row const& row) const
{
    auto const destroy = [&](std::string const& item) {
        return store_.write([&](Transaction& t) -> Result<void> {
            TRY(vault_.destroy(t, item, message::DestructionGround::no_longer_needed,
                { row.account, item_of(row.number) }));
            return {};
        });
    };
    for (std::uint32_t first = 1; first <= row.here; first += group_pieces)
        TRY(destroy(item_of(row.number, first)));
    TRY(destroy(item_of(row.number)));
    // An old number is not given again: a draft on some device may name it still.
    return store_.write([&](Transaction& t) -> Result<void> {
        TRY(t.run("UPDATE casework_file SET account = '', bytes = 0, here = 0, case_number = NULL "
                  "WHERE id = $1",
            row.number));
        return {};
    });
}

exchange::ByteSource Files::source_of(Row const& row) const
{
    auto const state = std::make_shared<std::pair<std::uint32_t, Bytes>>(0, Bytes {});
    auto const at = std::make_shared<std::size_t>(0);
    return [this, row, state, at](std::span<std::uint8_t> room) -> Result<std::size_t> {
        auto& [piece, bytes] = *state;
        if (*at == bytes.size()) {
            if (piece == row.pieces()) return std::size_t { 0 };
            bytes = TRY(store_.write([&](Transaction& t) {
                return read(
                    t, item_of(row.number, piece + 1), row.account, protection::Operation::use);
            }));
            ++piece;
            *at = 0;
        }
        auto const count = std::min(room.size(), bytes.size() - *at);
        std::copy_n(bytes.begin() + std::ptrdiff_t(*at), count, room.begin());
        *at += count;
        return count;
    };
}

Result<std::vector<exchange::OutgoingAttachment>> Files::outgoing(
    std::vector<FileNumber> const& numbers, std::string const& account) const
{
    if (numbers.size() > files_of_message_max)
        return too_large(
            "files", fmt::format("a message has {} files at most", files_of_message_max));
    std::vector<exchange::OutgoingAttachment> out;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        auto const field = fmt::format("files[{}]", i);
        TRY(store_.write([&](Transaction& t) -> Result<void> {
            auto const row = TRY(row_of(t, numbers[i]));
            if (!row || row->account != account)
                return malformed(field, fmt::format("no file {} of yours waits here", numbers[i]));
            if (row->here != row->pieces()) return malformed(field, "it has not come whole");
            auto name = TRY(name_of(t, *row));
            out.push_back({ std::move(name), row->media_type, source_of(*row) });
            return {};
        }));
    }
    return out;
}

Result<void> Files::propose(Transaction& t, std::vector<FileNumber> const& numbers,
    std::string_view account, std::string_view case_number) const
{
    for (auto const number : numbers)
        TRY(t.run("UPDATE casework_file SET case_number = $1 WHERE id = $2 AND account = $3",
            case_number, number, account));
    return {};
}

void Files::left(std::vector<FileNumber> const& numbers) const
{
    for (auto const number : numbers) {
        auto const row = store_.read([&](Transaction& t) { return row_of(t, number); });
        bool const here = row.ok() && row.value() && !row.value()->account.empty();
        if (here) static_cast<void>(remove(*row.value()));
    }
}

namespace {

constexpr auto attachments = "attachments";

bool names_files(message::Shape const& shape)
{
    return std::ranges::any_of(
        shape.members, [](auto const& each) { return each.name == attachments; });
}

} // namespace

std::vector<message::Attachment> names_of(std::span<exchange::OutgoingAttachment const> files)
{
    std::vector<message::Attachment> out;
    std::uint32_t part = 1;
    for (auto const& each : files) out.push_back({ ++part, each.name, each.media_type });
    return out;
}

bool takes_files(message::Type type)
{
    auto const& shape = message::shape_of(type);
    return names_files(shape) || std::ranges::any_of(shape.members, [](auto const& each) {
        return names_files(*each.shape);
    });
}

void name_files(
    json::Object& content, message::Type type, std::span<exchange::OutgoingAttachment const> files)
{
    if (files.empty()) return;
    auto const& shape = message::shape_of(type);
    if (names_files(shape)) {
        content[attachments] = json::write(names_of(files));
        return;
    }
    for (auto const& member : shape.members) {
        auto* inner = names_files(*member.shape) ? content.if_contains(member.name) : nullptr;
        if (inner && inner->is_object())
            inner->get_object()[attachments] = json::write(names_of(files));
    }
}

} // namespace comity::casework
