#pragma once

#include "base/instant.h"
#include "base/json.h"
#include "store/store.h"

/// What this room keeps in tables: which notice speaks of which item and what became of it. Never
/// what is wrong or right: that stands in the messages, in the vault.
namespace comity::rights {

extern std::span<store::Migration const> const migrations;

/// What became of a notice under Art. 31(4)(c).
enum class NoticeState : std::uint8_t {
    open,
    corrected,
    destroyed,
    kept, ///< For a reason that was told.
    answered, ///< A doubt that the sender does not share, a report that was taken note of.
};
BOOST_DESCRIBE_ENUM(NoticeState, open, corrected, destroyed, kept, answered)

/// One item that a notice speaks of.
struct NoticeRow {
    std::int64_t place = 0; ///< Its number here.
    bool sent = false; ///< By us; else it came.
    std::string kind; ///< Word of a message type: correction, doubt-notice, unlawful-use-report.
    std::string party; ///< The other side.
    std::string item; ///< Id of the message that it speaks of.
    std::string case_number; ///< Ours.
    std::string ground; ///< Word of message::CorrectionGround; empty of the other kinds.
    Instant at;
    std::string message {}; ///< The notice; empty until it is queued.
    NoticeState state = NoticeState::open;
    std::optional<Instant> settled_at {};
    std::optional<std::uint64_t> entry {}; ///< Of the register of whoever destroyed it.
    std::string answer {}; ///< The message that says what became of it.
    std::string reason {}; ///< Of what was kept.
    std::int64_t chases = 0; ///< How often it was sent again.
    std::optional<Instant> chased_at {};
};

/// Its place.
Result<std::int64_t> insert_notice(store::Transaction& transaction, NoticeRow const& row);
/// Everything but the first seven members.
Result<void> update_notice(store::Transaction& transaction, NoticeRow const& row);
Result<std::optional<NoticeRow>> find_notice(store::Transaction& transaction, std::int64_t place);
/// The oldest first.
Result<std::vector<NoticeRow>> notices_in(
    store::Transaction& transaction, std::string_view case_number);
Result<std::vector<NoticeRow>> notices_on(store::Transaction& transaction, std::string_view item);
Result<std::optional<NoticeRow>> notice_by_message(
    store::Transaction& transaction, std::string_view message);
/// Those not settled, or settled and not told yet, the oldest first.
Result<std::vector<NoticeRow>> notices_open(store::Transaction& transaction, std::int64_t limit);

/// Those of a time, the oldest first.
Result<std::vector<NoticeRow>> notices_between(
    store::Transaction& transaction, Instant from, Instant until);

/// That an item is gone, with the entry that says so: asked about later, it can still be told.
struct Gone {
    std::optional<std::uint64_t> entry;
    Instant at;
};
Result<void> insert_gone(store::Transaction& transaction, std::string_view item, Gone const& gone);
Result<std::optional<Gone>> find_gone(store::Transaction& transaction, std::string_view item);

enum class ConsentState : std::uint8_t { open, granted, withheld, withdrawn };
BOOST_DESCRIBE_ENUM(ConsentState, open, granted, withheld, withdrawn)

/// A consent that was asked of us or by us, for one item.
struct ConsentRow {
    std::int64_t place = 0;
    bool ours = false; ///< We asked; else it is ours to give.
    std::string party;
    std::string item;
    std::string case_number; ///< Ours.
    std::string subject; ///< Word of message::ConsentSubject.
    std::string purpose; ///< Wanted.
    std::string recipient_state; ///< Empty where none is meant.
    std::string message; ///< That asked.
    Instant at;
    std::optional<Instant> answer_by {};
    ConsentState state = ConsentState::open;
    std::string number {}; ///< Of the consent.
    std::string answer {}; ///< The message that gave or withheld it.
    std::optional<Date> valid_until {}; ///< The last day on which it holds.
    std::optional<Instant> decided_at {};
    std::string ground {}; ///< For withholding.
};
Result<std::int64_t> insert_consent(store::Transaction& transaction, ConsentRow const& row);
Result<void> update_consent(store::Transaction& transaction, ConsentRow const& row);
Result<std::optional<ConsentRow>> find_consent(store::Transaction& transaction, std::int64_t place);
Result<std::vector<ConsentRow>> consents_in(
    store::Transaction& transaction, std::string_view case_number);
/// By the message that asked.
Result<std::optional<ConsentRow>> consent_asked(
    store::Transaction& transaction, std::string_view message);
/// By its number and the State that gave it.
Result<std::optional<ConsentRow>> consent_numbered(
    store::Transaction& transaction, std::string_view party, std::string_view number);
Result<std::vector<ConsentRow>> consents_between(
    store::Transaction& transaction, Instant from, Instant until);
/// The newest first.
Result<std::vector<ConsentRow>> newest_consents(
    store::Transaction& transaction, std::int64_t limit);

} // namespace comity::rights
