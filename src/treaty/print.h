#pragma once

#include "treaty/deadline.h"
#include "treaty/text_case.h"

/// The law in words for a terminal. Every text ends with a new line.
namespace comity::treaty {

std::string print(DecisionText const& decision);

/// A case, what came out, and what was expected otherwise.
std::string print(TextCase const& text_case, Decision const& decision);

/// Name, dates, lists and reservations of one Party on a date. Error: not_found.
Result<std::string> print_party(Law const& law, PartyCode party, Date on);

/// All Parties in a table; the agreements, reservations and suspensions in effect.
std::string print_status(Law const& law, Date on);

/// Who a request under a provision goes to in a Party: A4(2)-1 and A4(4)-1 list the authorities,
/// anything else of Art. 4 the National Central Unit. Error: not_found.
Result<std::string> print_authority(
    Law const& law, PartyCode party, std::string_view provision, Date on);

/// The level of a marking and what the other Party stamps on that level. Errors: not_found for a
/// marking that the Party does not use (the error lists those it does).
Result<std::string> print_level(
    Law const& law, PartyCode party, std::string_view marking, PartyCode to, Date on);

/// Every fact of a measure: type, words, meaning, the provisions that read it.
Result<std::string> print_facts(Law const& law, std::string_view measure);

/// When the term of a provision is up. Errors: not_found for a provision without a term (the error
/// names those that have one) and for an unknown zone.
Result<std::string> print_deadline(std::string_view provision, Instant from, std::string_view zone);
/// Art. 40 for a Party: computed beside published, and the difference. Error: not_found.
Result<std::string> print_entry_into_force(Law const& law, PartyCode party);

} // namespace comity::treaty
