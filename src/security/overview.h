#pragma once

#include "casework/exports.h"
#include "security/security.h"
#include "treaty/channel.h"

/// What a security officer looks at (Art. 32). The law's own tables by level and index, never by
/// the word on a label; this node's items, notices, packets and prints without what they say.
namespace comity::security {

constexpr std::int64_t listed_max = 200;
constexpr std::size_t marking_bytes_max = 100;

/// What a Party prints on a level, and which ways are open between it and us.
struct LevelCell {
    int level = 0;
    std::optional<std::string> marking {}; ///< None: it has no marking of the level.
    std::string source {};
    std::string to_them {}, from_them {}; ///< Words of treaty::Channel; empty for ourselves.
    std::string provision {}, reason {}; ///< Of the way to them.
};
BOOST_DESCRIBE_STRUCT(
    LevelCell, (), (level, marking, source, to_them, from_them, provision, reason))
struct PartyLevels {
    std::string party;
    std::vector<LevelCell> levels {};
};
BOOST_DESCRIBE_STRUCT(PartyLevels, (), (party, levels))

struct SecurityAgreement {
    std::vector<std::string> parties;
    std::string term; ///< Word of treaty::AgreementTerm: security-level, wire-level.
    std::optional<std::int64_t> level {}; ///< None where it is not public.
    std::string title {}, source {};
    Date from {};
    std::optional<Date> until {};
    bool in_force = false; ///< On the day that was asked for.
};
BOOST_DESCRIBE_STRUCT(
    SecurityAgreement, (), (parties, term, level, title, source, from, until, in_force))

struct Rules {
    Date on;
    std::string party; ///< Ours.
    std::vector<PartyLevels> matrix {};
    std::vector<SecurityAgreement> agreements {};
};
BOOST_DESCRIBE_STRUCT(Rules, (), (on, party, matrix, agreements))
/// On a day.
Rules rules_on(treaty::Law const& law, std::string const& own, Date on);

struct Equivalent {
    std::string party;
    std::optional<std::string> marking {}; ///< None: no agreement how to protect it.
    std::string source;
    bool beware = false; ///< The same word stands for another level there.
};
BOOST_DESCRIBE_STRUCT(Equivalent, (), (party, marking, source, beware))
struct Mapping {
    std::string party;
    int level = 0;
    std::string marking, source;
    std::vector<Equivalent> equivalents {};
};
BOOST_DESCRIBE_STRUCT(Mapping, (), (party, level, marking, source, equivalents))
/// Of a Party's marking, whole or one of its alternatives; each level that it may mean. Errors:
/// malformed, `party` or `marking`; not_found, `marking`, naming those that the Party has.
Result<std::vector<Mapping>> map_marking(
    treaty::Law const& law, std::string_view party, std::string_view marking, Date on);

struct ClassifiedItem {
    std::string item, type, direction, party, case_number;
    std::uint8_t level = 0;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(ClassifiedItem, (), (item, type, direction, party, case_number, level, at))

struct NoticeView {
    std::int64_t place = 0;
    bool sent = false;
    std::string kind, party, item, case_number;
    std::int64_t level_before = 0, level_after = 0;
    Instant at;
    NoticeState state {};
    std::optional<Instant> settled_at {};
    std::int64_t copies_marked = 0, copies_missing = 0, age = 0; ///< Seconds, to its end or now.
    std::string settled_by {};
    std::int64_t chases = 0; ///< How often it was sent again.
};
BOOST_DESCRIBE_STRUCT(NoticeView, (),
    (place, sent, kind, party, item, case_number, level_before, level_after, at, state, settled_at,
        copies_marked, copies_missing, age, settled_by, chases))

struct PacketView {
    std::string message, type, direction, party, state; ///< State as in exchange::Stored.
    std::optional<std::uint64_t> number {}; ///< On the courier's way of the pair.
    std::uint8_t level = 0;
    Instant at {};
    bool receipted = false;
};
BOOST_DESCRIBE_STRUCT(
    PacketView, (), (message, type, direction, party, state, number, level, at, receipted))

struct Overview {
    Instant at;
    std::vector<std::int64_t> share {}; ///< Items of each level, 0 first.
    std::vector<ClassifiedItem> items {};
    std::vector<NoticeView> notices {};
    std::vector<PacketView> packets {};
    std::vector<casework::ExportCount> exports {};
    std::vector<casework::Export> newest_exports {};
};
BOOST_DESCRIBE_STRUCT(Overview, (), (at, share, items, notices, packets, exports, newest_exports))
Result<Overview> oversee(store::Store& store, Instant now);

} // namespace comity::security
