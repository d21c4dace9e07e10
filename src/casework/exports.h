#pragma once

#include "casework/casework_store.h"
#include "protection/vault.h"

/// What of a case left the node on paper or as a file (Art. 32(1)): counted, with what for and by
/// whom, each with an entry of the register. Entries only.
namespace comity::casework {

constexpr std::int64_t exports_max = 1000; ///< Of a case.
constexpr std::size_t export_purpose_bytes_max = 300;

struct Export {
    std::int64_t place = 0; ///< In its case, from 1.
    std::string case_number;
    std::string piece; ///< "request", "answer", "file".
    std::string format; ///< "pdf", "html".
    std::string purpose; ///< As the officer stated it.
    Instant at;
    std::string account, officer;
    std::int64_t masked = 0; ///< Identities that stand as codes.
    std::string sha256; ///< Of the file.
    /// Why identities stand as codes: "convention", "officer", or "none" where they do not; empty
    /// of older ones.
    std::string masking {};
    std::int64_t level = 0; ///< The highest of what the case held then (Art. 32).
    std::optional<std::uint64_t> entry {}; ///< Of the register; of older ones none.
};
BOOST_DESCRIBE_STRUCT(Export, (),
    (place, case_number, piece, format, purpose, at, account, officer, masked, sha256, masking,
        level, entry))

/// Of all cases, the newest first.
Result<std::vector<Export>> newest_exports(store::Transaction& transaction, std::int64_t limit);
/// From one instant to before another: pieces and formats with how many left, "file pdf" 3.
struct ExportCount {
    std::string piece, format;
    std::int64_t count = 0, masked = 0;
    std::int64_t classified = 0; ///< Of cases that held something classified.
};
BOOST_DESCRIBE_STRUCT(ExportCount, (), (piece, format, count, masked, classified))
Result<std::vector<ExportCount>> count_exports(
    store::Transaction& transaction, Instant from, Instant until);
/// The oldest first.
Result<std::vector<Export>> exports_of(store::Transaction& transaction, std::string_view number);
/// Gives it its place. Error: too_large after `exports_max`.
Result<Export> insert_export(store::Transaction& transaction, Export fresh);
Result<void> set_export_entry(store::Transaction& transaction, Export const& of);
/// What the register says of it: HMAC-SHA-256 over all of it but its entry, under a key of its own
/// that the node derives. Its rows cannot be changed unseen, and the register shows nothing of
/// them.
std::string export_commitment(protection::Vault const& vault, Export of);

} // namespace comity::casework
