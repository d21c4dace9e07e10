#pragma once

#include "message/classified.h"
#include "rights/post.h"
#include "rights/rights.h"
#include "security/security_store.h"

/// What Article 32 asks of two States about classified information after it was sent: a level that
/// is changed or lifted at every receiver and confirmed, and a breach that is reported to whoever
/// sent it. The law judges, casework keeps the cases, the vault the level on each item.
namespace comity::security {

using casework::Officer;
using rights::Rooms;
using rights::Settings;
using rights::Told;

/// Art. 32(4)-1, of a message that this State sent.
struct LevelDraft {
    std::string item; ///< Id of the message.
    std::uint8_t level_after = 0; ///< 0 lifts it.
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(LevelDraft, (), (item, level_after, reason))

/// Art. 32(6), of one that came. The law says which part is missing.
struct BreachDraft {
    std::string item;
    message::Period happened;
    std::string circumstances;
    std::string consequences;
    std::vector<std::string> measures_taken {};
};
BOOST_DESCRIBE_STRUCT(
    BreachDraft, (), (item, happened, circumstances, consequences, measures_taken))

/// What became of a notice that came. Of a level change: the copies on paper, found or not.
struct SettlementDraft {
    std::optional<std::int64_t> copies_marked {};
    std::optional<std::int64_t> copies_missing {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(SettlementDraft, (), (copies_marked, copies_missing, text))

constexpr std::int64_t copies_max = 1'000'000;

class Security {
public:
    /// Takes its messages from casework. All of them outlive it.
    Security(Rooms rooms, Settings settings, Clock clock);

    /// Our own item and every copy of it that left in the case bear the new level at once; each
    /// receiver is told. Errors: not_found; conflict for an item that came, or that is of this
    /// level already; malformed, `levelAfter` or `reason`. Refused above his own clearance, of the
    /// level that it bears or that it is to bear (A32(5)).
    Result<Told> change_level(LevelDraft const& draft, Officer const& officer);
    /// Errors: not_found; conflict for an item that we sent, or that is not classified; malformed.
    Result<Told> report_breach(BreachDraft const& draft, Officer const& officer);
    /// Of one that came. Errors: not_found; conflict for what is settled; malformed,
    /// `copiesMarked` or `copiesMissing`.
    Result<Told> settle(std::int64_t place, SettlementDraft const& draft, Officer const& officer);
    /// What a notice says: opened for the officer, and noted. Errors: not_found; not_permitted.
    Result<json::Object> read_notice(std::int64_t place, Officer const& officer);

    /// Sends what waits to be sent, again what nobody confirmed within the patience of the
    /// settings, and confirms what was followed. How many messages; the first error, after all were
    /// tried.
    Result<std::size_t> work();

private:
    using Transaction = store::Transaction;
    struct Item {
        casework::CaseRow row;
        casework::ContentRow content;
        exchange::Stored message;
    };
    Result<Item> item_of(Transaction& transaction, std::string const& id) const;
    Result<std::vector<NoticeRow>> plan(Transaction& transaction, Item const& item,
        std::uint8_t level, protection::Actor const& actor);
    Result<void> mark(Transaction& transaction, casework::ContentRow const& content,
        std::uint8_t level, protection::Actor const& actor);
    Result<treaty::Decision> judge_change(
        casework::CaseRow const& row, std::string const& party) const;
    Result<treaty::Decision> judge_change(
        Item const& item, std::uint8_t level_after, Officer const& officer) const;
    Result<std::optional<std::string>> send_one(
        NoticeRow const& notice, std::string const& reason, std::string_view actor);
    Result<std::optional<std::string>> confirm_one(
        NoticeRow const& notice, std::optional<std::string> const& text, std::string_view actor);
    Result<bool> see_to(NoticeRow const& notice);
    std::uint8_t level_for(std::string const& party, std::uint8_t level) const;
    Result<bool> is_due_again(NoticeRow const& notice);
    Result<bool> send_again(NoticeRow const& notice);
    Result<void> hear_taken(Transaction& transaction, std::string const& message);

    using Taken = Result<exchange::Disposition>;
    Taken receive_change(Transaction& transaction, exchange::Delivered const& delivered);
    Taken receive_confirmation(Transaction& transaction, exchange::Delivered const& delivered);
    Taken receive_breach(Transaction& transaction, exchange::Delivered const& delivered);
    Result<void> heed(Transaction& transaction, message::LevelChange const& said, NoticeRow notice);

    Rooms rooms_;
    Settings settings_;
    Clock clock_;
    rights::Post post_;
};

} // namespace comity::security
