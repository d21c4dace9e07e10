#pragma once

#include "casework/casework.h"
#include "message/notice.h"

/// Article 3.1(d): the common directory - whom to reach in each Party, where and how, with the day
/// when somebody last tried. Entries only: a change is a new entry, an end is one too.
namespace comity::casework {

constexpr std::chrono::days usual_verification { 180 };
constexpr std::size_t contacts_max = 300; ///< Of a Party.

enum class ContactAct : std::uint8_t {
    entered, ///< By an officer of ours.
    verified, ///< Somebody tried, and it holds.
    received, ///< In an edition of its own Party.
    ended,
};
BOOST_DESCRIBE_ENUM(ContactAct, entered, verified, received, ended)

struct ContactEntry {
    std::string state; ///< Whose authority it is.
    message::Contact contact {};
    ContactAct act {};
    Instant at;
    std::string by; ///< An officer of ours, or "RO node".
    std::int64_t edition = 0; ///< Of the Party's own directory that it came in.
};
BOOST_DESCRIBE_STRUCT(ContactEntry, (), (state, contact, act, at, by, edition))

/// An entry that holds.
struct ContactLine {
    std::string state;
    message::Contact contact {};
    bool own = false; ///< Ours to keep.
    std::optional<std::string> verified_by {};
    bool overdue = false; ///< Nobody has tried for `usual_verification`.
    Instant changed_at;
    std::vector<ContactEntry> history {}; ///< The oldest first.
};
BOOST_DESCRIBE_STRUCT(
    ContactLine, (), (state, contact, own, verified_by, overdue, changed_at, history))

struct DirectoryView {
    std::vector<ContactLine> contacts; ///< By Party and authority.
    std::int64_t edition = 0; ///< That we sent last; none is 0.
    std::optional<Instant> sent_at {};
    bool changed = false; ///< Something of ours since then.
};
BOOST_DESCRIBE_STRUCT(DirectoryView, (), (contacts, edition, sent_at, changed))

/// Whether nobody tried for `usual_verification` on this day.
bool is_overdue(message::Contact const& contact, Date today);

class Directory {
public:
    /// Takes the editions of other Parties. Before anything is received; all of them outlive it.
    Directory(store::Store& store, exchange::Exchange& exchange, Casework& casework,
        treaty::Law const& law, Settings settings, Clock clock);

    Result<DirectoryView> view();
    /// A new entry of ours, or a change of one (by authority). Errors: malformed naming the member;
    /// too_large after `contacts_max`.
    Result<void> enter(message::Contact contact, Officer const& officer);
    /// Somebody of ours tried it today. Error: not_found. Of another Party it is our own note.
    Result<void> verify(std::string_view state, std::string_view authority, Officer const& officer);
    /// Errors: not_found; conflict for an entry of another Party.
    Result<void> end(std::string_view authority, Officer const& officer);
    /// Our whole directory to every Party that has a node, as one more edition. How many. Errors:
    /// conflict where there is nothing to send.
    Result<std::size_t> publish(Officer const& officer);

private:
    Result<exchange::Disposition> receive(
        store::Transaction& transaction, exchange::Delivered const& delivered);

    store::Store& store_;
    exchange::Exchange& exchange_;
    Casework& casework_;
    treaty::Law const& law_;
    Settings settings_;
    Clock clock_;
};

} // namespace comity::casework
