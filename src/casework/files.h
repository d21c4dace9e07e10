#pragma once

#include "casework/contents.h"
#include "casework/file_type.h"
#include "exchange/exchange.h"

/// Files that an officer puts beside what he writes. Each comes in pieces, so that a poor line
/// goes on where it broke, and lies in the vault until the message has left: as long as the
/// longest draft, readable by who wrote it and by the second officer who is to confirm it.
namespace comity::casework {

constexpr std::size_t file_piece_bytes = 1U << 20U; ///< Of every piece but the last.
constexpr std::uint32_t file_pieces_max = 1000; ///< A file hangs together as one item of the vault.
constexpr std::uint64_t file_bytes_max = std::uint64_t { file_pieces_max } * file_piece_bytes;
constexpr std::chrono::days file_waits_max { 14 };
constexpr std::size_t files_waiting_max = 32; ///< Of one officer.
constexpr std::uint64_t files_waiting_bytes_max = std::uint64_t { 2 } << 30U;
constexpr std::size_t files_of_message_max = 16;

using FileNumber = std::int64_t;

/// What he says of a file before it comes.
struct FileDraft {
    std::string name;
    std::uint64_t bytes;
};
BOOST_DESCRIBE_STRUCT(FileDraft, (), (name, bytes))

struct WaitingFile {
    FileNumber number;
    std::string name;
    std::string media_type; ///< Empty before its first piece.
    std::uint64_t bytes;
    std::uint32_t pieces; ///< In all.
    std::uint32_t here; ///< The first so many; the next is `here` + 1.
    Instant until; ///< Then it is destroyed, sent or not.
};
BOOST_DESCRIBE_STRUCT(WaitingFile, (), (number, name, media_type, bytes, pieces, here, until))

class Files {
public:
    Files(store::Store& store, protection::Vault& vault, std::string own_state, Clock clock);

    /// Errors: malformed, too_large, naming the member.
    Result<WaitingFile> begin(FileDraft const& draft, Officer const& officer) const;
    /// In their order; one that is here already changes nothing. Errors: not_found; conflict for a
    /// piece that is not the next; malformed for a length that is not the piece's, or a file that
    /// is of no type that may go or named as another.
    Result<WaitingFile> put(
        FileNumber number, std::uint32_t piece, Bytes bytes, Officer const& officer) const;
    /// Error: not_found, for every file that is not his to see.
    Result<WaitingFile> find(FileNumber number, Officer const& officer) const;
    Result<Bytes> piece(FileNumber number, std::uint32_t piece, Officer const& officer) const;
    Result<void> discard(FileNumber number, Officer const& officer) const;

    /// For a message of `account`, read while it is sealed. Errors: malformed, naming `files[i]`
    /// that is not his or has not come whole; too_large.
    Result<std::vector<exchange::OutgoingAttachment>> outgoing(
        std::vector<FileNumber> const& numbers, std::string const& account) const;
    /// They stand in a proposal of that case: while it waits, whoever may read it may read them.
    Result<void> propose(store::Transaction& t, std::vector<FileNumber> const& numbers,
        std::string_view account, std::string_view case_number) const;
    /// Their message is written, with seals of its own: nothing of them is needed. In small writes;
    /// what cannot go now goes on its day, for the message has left whatever becomes of this.
    void left(std::vector<FileNumber> const& numbers) const;

private:
    struct Row;
    Result<std::optional<Row>> row_of(store::Transaction& t, FileNumber number) const;
    Result<Row> seen_by(store::Transaction& t, FileNumber number, Officer const& officer) const;
    Result<bool> proposed_to(
        store::Transaction& t, std::string_view case_number, Officer const& officer) const;
    Result<WaitingFile> view(store::Transaction& t, Row const& row) const;
    Result<std::string> name_of(store::Transaction& t, Row const& row) const;
    Result<void> room_for(
        store::Transaction& t, FileDraft const& draft, Officer const& officer) const;
    Result<Bytes> read(store::Transaction& t, std::string const& item, std::string_view account,
        protection::Operation operation) const;
    Result<void> keep(
        store::Transaction& t, Row const& row, std::string const& item, Bytes content) const;
    Result<void> remove(Row const& row) const;
    exchange::ByteSource source_of(Row const& row) const;

    store::Store& store_;
    protection::Vault& vault_;
    std::string own_state_;
    Clock clock_;
};

/// How a content names the files that go with it. MUST: it is the message's only part.
std::vector<message::Attachment> names_of(std::span<exchange::OutgoingAttachment const> files);
/// Whether a message of that type takes files along: its content has a place that names them.
bool takes_files(message::Type type);
/// Writes them there. MUST: it takes files.
void name_files(
    json::Object& content, message::Type type, std::span<exchange::OutgoingAttachment const> files);

// What a file is called and what it says lie in the vault.
constexpr std::string_view file_tables = R"sql(
CREATE TABLE casework_file (id BIGINT PRIMARY KEY, account TEXT NOT NULL, at TEXT NOT NULL,
    bytes BIGINT NOT NULL, here BIGINT NOT NULL, media_type TEXT NOT NULL, case_number TEXT);
CREATE INDEX casework_file_of ON casework_file (account);
CREATE INDEX casework_file_at ON casework_file (at);
)sql";

} // namespace comity::casework
