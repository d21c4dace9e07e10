#pragma once

#include "casework/exports.h"
#include "document/document.h"
#include "rights/person_store.h"
#include "rights/rights_store.h"

/// What a data protection officer hands to the supervisory body once a year: counted from the log
/// of operations and from what this room keeps. It names no person, no officer and no case.
namespace comity::rights {

constexpr int first_year = 2007; ///< In which the Convention came into force.
constexpr std::int64_t persons_counted = 10'000;

struct Count {
    std::string key;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (key, count))

/// Corrections and destructions at another's word, doubts, reports of unlawful use.
struct NoticeCount {
    std::string kind {};
    bool sent = false;
    std::int64_t count = 0, settled = 0, open = 0;
};
BOOST_DESCRIBE_STRUCT(NoticeCount, (), (kind, sent, count, settled, open))

struct ConsentCount {
    bool ours = false; ///< We asked.
    std::int64_t asked = 0, granted = 0, withheld = 0, withdrawn = 0, open = 0;
};
BOOST_DESCRIBE_STRUCT(ConsentCount, (), (ours, asked, granted, withheld, withdrawn, open))

/// One person's request, without the person.
struct PersonCount {
    std::int64_t number = 0;
    std::vector<message::PersonClaim> claims {};
    Date received_on {};
    std::optional<Date> deadline {}, sent_on {};
    std::optional<std::int64_t> days {}; ///< To the reply.
    bool late = false; ///< Answered after its deadline, or open after it.
    std::vector<Count> outcomes {}; ///< By what was done with the items.
};
BOOST_DESCRIBE_STRUCT(
    PersonCount, (), (number, claims, received_on, deadline, sent_on, days, late, outcomes))

struct YearReport {
    int year = 0;
    std::string party {};
    Instant at {};
    bool over = false; ///< The year; else the figures go to `at`.
    std::int64_t operations = 0;
    std::vector<Count> by_kind {}, by_party {}, by_provision {};
    std::vector<Count> refused {}; ///< By what refused.
    std::int64_t refused_uses = 0;
    std::int64_t destroyed_in_time = 0, destroyed_late = 0;
    std::int64_t destroyed_unknown = 0; ///< Noted before the log said whether in time.
    std::int64_t log_readings = 0; ///< A31(4)(e)-4, those of this report too.
    std::vector<NoticeCount> notices {};
    std::vector<ConsentCount> consents {};
    std::vector<PersonCount> persons {};
    std::vector<casework::ExportCount> exports {};
};
BOOST_DESCRIBE_STRUCT(YearReport, (),
    (year, party, at, over, operations, by_kind, by_party, by_provision, refused, refused_uses,
        destroyed_in_time, destroyed_late, destroyed_unknown, log_readings, notices, consents,
        persons, exports))

/// Of a civil year (UTC). Error: malformed, `year`, for one before the first or after this one.
Result<YearReport> report_of_year(
    store::Store& store, std::string const& party, int year, Instant now);
/// One figure a line: what it is about, what it counts, how many.
std::string csv_of(YearReport const& report);
/// For print, with what it does not tell: en, bg, es, ro, sr, sq. MUST: a language of paper.
document::Document paper_of(YearReport const& report, std::string_view language = "en");

} // namespace comity::rights
