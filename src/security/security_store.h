#pragma once

#include "base/instant.h"
#include "base/json.h"
#include "store/store.h"

/// What this room keeps in tables: which notice of Article 32 speaks of which item, and what became
/// of it. Circumstances and consequences stand in the messages, in the vault.
namespace comity::security {

extern std::span<store::Migration const> const migrations;

enum class NoticeState : std::uint8_t {
    open,
    followed, ///< Art. 32(4)-2: every copy bears the new level, or is counted as missing.
    noted, ///< A breach report: told, or taken note of.
};
BOOST_DESCRIBE_ENUM(NoticeState, open, followed, noted)

/// One item that a notice speaks of.
struct NoticeRow {
    std::int64_t place = 0; ///< Its number here.
    bool sent = false; ///< By us; else it came.
    std::string kind; ///< Word of a message type: level-change, breach-report.
    std::string party; ///< The other side.
    std::string item; ///< Id of the message that it speaks of.
    std::string case_number; ///< Ours.
    std::int64_t level_before = 0, level_after = 0; ///< The same of a breach.
    Instant at;
    std::string message {}; ///< The notice; empty until it is queued.
    NoticeState state = NoticeState::open;
    std::optional<Instant> settled_at {};
    std::string answer {}; ///< The message that says what became of it.
    std::int64_t copies_marked = 0, copies_missing = 0;
    std::string settled_by {}; ///< Name; empty where the node did.
};

/// Its place.
Result<std::int64_t> insert_notice(store::Transaction& transaction, NoticeRow const& row);
/// Message, state, and all that follows.
Result<void> update_notice(store::Transaction& transaction, NoticeRow const& row);
Result<std::optional<NoticeRow>> find_notice(store::Transaction& transaction, std::int64_t place);
/// A notice sent again, because nobody confirmed it: its own message.
struct Chase {
    std::string message;
    Instant at;
};
Result<void> insert_chase(store::Transaction& transaction, std::int64_t place, Chase const& chase);
/// The oldest first.
Result<std::vector<Chase>> chases_of(store::Transaction& transaction, std::int64_t place);

/// Those of one message, or of one that said the same again, the oldest first.
Result<std::vector<NoticeRow>> notices_by_message(
    store::Transaction& transaction, std::string_view message);
Result<std::vector<NoticeRow>> notices_on(store::Transaction& transaction, std::string_view item);
/// Those that still have to be sent or answered, the oldest first.
Result<std::vector<NoticeRow>> notices_owed(store::Transaction& transaction, std::int64_t limit);
/// The open ones first, then the newest.
Result<std::vector<NoticeRow>> list_notices(store::Transaction& transaction, std::int64_t limit);

} // namespace comity::security
