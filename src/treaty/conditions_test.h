#pragma once

#include <span>
#include <string_view>

/// The law once more, as a table of conditions for the slow evaluator. Written from the text and
/// the requirements, not from the provisions, so that the two can disagree.
namespace comity::treaty::test {

struct Condition {
    std::string_view provision;
    /// Words of measures, and groups of them by name, separated by blanks.
    std::string_view measures;
    std::string_view effect; ///< R requires, F forbids, O obliges.
    /// `fact` a yes-no fact; `fact?` a text that is given; `fact=word`; `fact>=x` and `fact<=x`
    /// with a number, another fact or a name; `.name` something that the law or the measure says;
    /// `@term` what an implementing agreement says: a flag, or `@term=word`, `fact<=@term`;
    /// `@term~fact` the authority of the fact is among those listed; `%rule/fact` what the national
    /// law of the requested Party says, and where it is silent the fact; `%requesting:rule/fact`.
    /// `!x`, `x & y`, `x | y`, brackets.
    std::string_view applies;
    std::string_view holds;
};

extern std::span<Condition const> const conditions_of_general; ///< Art. 1, 2, 4, 40, general rules.
extern std::span<Condition const> const conditions_of_exchange; ///< Art. 2 to 12, 30, 31.
extern std::span<Condition const> const conditions_of_operations; ///< Art. 13 to 19.
extern std::span<Condition const> const conditions_of_teams; ///< Art. 20 to 29.
extern std::span<Condition const> const conditions_of_final; ///< Art. 32 to 42, reservations.

} // namespace comity::treaty::test
