#include "treaty/chapter2/means_abroad.h"

namespace comity::treaty {

Truth may_wear_and_carry(View& view)
{
    auto const unless_refused = [&](Truth used, NationalRule rule, BooleanFact const& answer) {
        if (used.no()) return Truth { true };
        return any({ !used, !view.national(view.pair().requested, rule, answer) });
    };
    auto const uniform = view.is(fact::wears_uniform);
    auto const weapon = view.is(fact::carries_weapon);
    auto const anything = any({ uniform, weapon, view.is(fact::carries_other_means) });
    return all(
        { unless_refused(uniform, NationalRule::uniform_abroad_refused, fact::uniform_refused),
            unless_refused(weapon, NationalRule::weapons_abroad_refused, fact::weapons_refused),
            any({ !anything, view.is(fact::declared_conditions_met) }) });
}

} // namespace comity::treaty
