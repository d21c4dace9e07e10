#pragma once

#include "treaty/article.h"

/// Everything the law's data says, as rows that a person reads: whose it is, what it says, from
/// when until when, and where it was found.
namespace comity::treaty {

enum class ParameterGroup : std::uint8_t {
    entry_into_force, ///< Art. 39, 40: since when a State is a Party.
    authority, ///< The annexed lists (Art. 4, 37) and the registers beside them.
    judicial, ///< Art. 4(1): kinds of request left to judicial authorities.
    readiness, ///< Art. 31(3): data-protection provisions in force.
    marking, ///< Art. 32: the word for a level.
    national_law, ///< What an article leaves to national law.
    agreement, ///< Art. 34(1): implementing agreements.
    agreement_term, ///< What one of them says.
    reservation, ///< Art. 41.
    suspension, ///< Art. 42(3): of some articles, or of all.
};
BOOST_DESCRIBE_ENUM(ParameterGroup, entry_into_force, authority, judicial, readiness, marking,
    national_law, agreement, agreement_term, reservation, suspension)

enum class When : std::uint8_t {
    in_effect,
    not_yet,
    ended,
    not_known, ///< Between two dates, one of which is the right one.
};
BOOST_DESCRIBE_ENUM(When, in_effect, not_yet, ended, not_known)

struct Parameter {
    ParameterGroup group {};
    std::vector<int> articles; ///< Every article that rests on it.
    std::vector<PartyCode> parties; ///< Whose it is; two for an agreement.
    std::optional<PartyCode> only_for; ///< Of a term: whose officials it concerns.
    std::string about; ///< A word of the tables: "pursuit-area-metres", "4(3)", "RES-HR(2)".
    std::string value; ///< A word (yes, no, not-public), a number or a text.
    Validity validity;
    /// From here on it is certain; validity.from where nothing is in doubt.
    Date certain_from;
    SourceId source = source_convention;
    std::string reference; ///< Where it was found.
    std::string note;

    When on(Date date) const;
};

/// Every row of the data, by group and then in the order of the tables.
std::vector<Parameter> parameters(Law const& law);

/// Every date on which one of them starts, ends or becomes certain, and the day of signature;
/// rising.
std::vector<Date> stops(std::span<Parameter const* const> parameters);

} // namespace comity::treaty
